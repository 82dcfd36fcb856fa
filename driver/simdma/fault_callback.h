/* SPDX-License-Identifier: GPL-2.0-only */
/* Faults of callbacks */
#ifndef _SIMDMA_FAULT_CALLBACK_H
#define _SIMDMA_FAULT_CALLBACK_H

#include <linux/types.h>

struct simdma_desc;

bool simdma_fault_callback(struct simdma_desc *desc);

#endif /* _SIMDMA_FAULT_CALLBACK_H */
