/* SPDX-License-Identifier: GPL-2.0-only */
/* Faults of prep */
#ifndef _SIMDMA_FAULT_PREP_H
#define _SIMDMA_FAULT_PREP_H

#include <linux/types.h>

struct simdma_chan;
struct simdma_desc;
struct simdma_request;

bool simdma_fault_accepts(struct simdma_chan *sc, struct simdma_request *req);
bool simdma_fault_stale(struct simdma_desc *desc,
			const struct simdma_request *req);
void simdma_fault_sleep(u32 ms);

#endif /* _SIMDMA_FAULT_PREP_H */
