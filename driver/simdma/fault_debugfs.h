/* SPDX-License-Identifier: GPL-2.0-only */
/* debugfs file of the fault of a device */
#ifndef _SIMDMA_FAULT_DEBUGFS_H
#define _SIMDMA_FAULT_DEBUGFS_H

struct simdma;

#ifdef SIMDMA_FAULTS
void simdma_fault_debugfs_add(struct simdma *sd);
#else
static inline void simdma_fault_debugfs_add(struct simdma *sd)
{
}
#endif

#endif /* _SIMDMA_FAULT_DEBUGFS_H */
