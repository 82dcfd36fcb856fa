/* SPDX-License-Identifier: GPL-2.0-only */
/* Faults that copy wrong data, and selection of the fault of a copy */
#ifndef _SIMDMA_FAULT_DATA_H
#define _SIMDMA_FAULT_DATA_H

#include <linux/types.h>

#include "copy_fault.h"

struct simdma_desc;

#ifdef SIMDMA_FAULTS
const struct simdma_copy_fault *simdma_copy_fault_begin(struct simdma_desc *desc,
							u32 *arg);
#else
static inline const struct simdma_copy_fault *
simdma_copy_fault_begin(struct simdma_desc *desc, u32 *arg)
{
	return NULL;
}
#endif

#endif /* _SIMDMA_FAULT_DATA_H */
