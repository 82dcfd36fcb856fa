/* SPDX-License-Identifier: GPL-2.0-only */
/* The ring of a channel and the states of its descriptors */
#ifndef _SIMDMA_RING_H
#define _SIMDMA_RING_H

#include "simdma.h"

int simdma_ring_alloc(struct simdma_chan *sc);
void simdma_ring_free(struct simdma_chan *sc);
struct simdma_desc *simdma_ring_first(struct simdma_chan *sc,
				      enum simdma_state state);
struct simdma_desc *simdma_ring_take(struct simdma_chan *sc);
void simdma_desc_move(struct simdma_desc *desc, enum simdma_state state);
void simdma_desc_recycle(struct simdma_desc *desc, enum simdma_state state);
void simdma_desc_leave_flight(struct simdma_desc *desc, bool failed);
void simdma_desc_park(struct simdma_desc *desc);
void simdma_desc_call(struct simdma_desc *desc);
bool simdma_must_stop(struct simdma_desc *desc);

/* Does the client of a submitted descriptor expect a callback? */
static inline bool simdma_desc_has_callback(const struct simdma_desc *desc)
{
	return (desc->tx.flags & DMA_PREP_INTERRUPT) &&
	       (desc->tx.callback_result || desc->tx.callback);
}

#endif /* _SIMDMA_RING_H */
