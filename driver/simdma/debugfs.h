/* SPDX-License-Identifier: GPL-2.0-only */
/* debugfs files of a device */
#ifndef _SIMDMA_DEBUGFS_H
#define _SIMDMA_DEBUGFS_H

struct simdma;

void simdma_debugfs_init(void);
void simdma_debugfs_exit(void);
void simdma_debugfs_add(struct simdma *sd);
void simdma_debugfs_remove(struct simdma *sd);

#endif /* _SIMDMA_DEBUGFS_H */
