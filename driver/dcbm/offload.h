/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Migrator: the interface to page migration
 */
#ifndef _DCBM_OFFLOAD_H
#define _DCBM_OFFLOAD_H

struct dcbm;

int dcbm_offload_enable(struct dcbm *d);
void dcbm_offload_disable(struct dcbm *d);
int dcbm_offload_set_reasons(unsigned long mask);

#endif /* _DCBM_OFFLOAD_H */
