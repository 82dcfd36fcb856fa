/* SPDX-License-Identifier: GPL-2.0-only */
/* Faults that write to memory after a correct copy */
#ifndef _SIMDMA_FAULT_WRITE_H
#define _SIMDMA_FAULT_WRITE_H

#include "copy_fault.h"

extern const struct simdma_copy_fault simdma_write_faults[SIMDMA_NR_FAULTS];

#endif /* _SIMDMA_FAULT_WRITE_H */
