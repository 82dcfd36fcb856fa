/* SPDX-License-Identifier: GPL-2.0-only */
/* Faults that act after a callback or a termination */
#ifndef _SIMDMA_FAULT_LATE_H
#define _SIMDMA_FAULT_LATE_H

#include <linux/types.h>

struct simdma_chan;
struct simdma_desc;

void simdma_late_terminated(struct simdma_desc *desc);
bool simdma_late_copy(struct simdma_desc *desc, u32 ms);

#ifdef SIMDMA_FAULTS
void simdma_late_end(struct simdma_chan *sc);
#else
static inline void simdma_late_end(struct simdma_chan *sc)
{
}
#endif

#endif /* _SIMDMA_FAULT_LATE_H */
