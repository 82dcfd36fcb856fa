/* SPDX-License-Identifier: GPL-2.0-only */
/* Faults of the duration and of the result of a copy */
#ifndef _SIMDMA_FAULT_RESULT_H
#define _SIMDMA_FAULT_RESULT_H

#include "copy_fault.h"

extern const struct simdma_copy_fault simdma_result_faults[SIMDMA_NR_FAULTS];

#endif /* _SIMDMA_FAULT_RESULT_H */
