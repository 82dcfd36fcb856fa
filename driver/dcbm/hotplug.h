/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Providers that are bound and unbound while their channels are held
 */
#ifndef _DCBM_HOTPLUG_H
#define _DCBM_HOTPLUG_H

struct dcbm_pool;

int dcbm_hotplug_init(struct dcbm_pool *pool);
void dcbm_hotplug_exit(void);

#endif /* _DCBM_HOTPLUG_H */
