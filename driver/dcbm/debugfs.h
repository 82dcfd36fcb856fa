/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Files in debugfs/dcbm
 */
#ifndef _DCBM_DEBUGFS_H
#define _DCBM_DEBUGFS_H

void dcbm_debugfs_init(void);
void dcbm_debugfs_exit(void);

#endif /* _DCBM_DEBUGFS_H */
