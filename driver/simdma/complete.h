/* SPDX-License-Identifier: GPL-2.0-only */
/* Completion of descriptors */
#ifndef _SIMDMA_COMPLETE_H
#define _SIMDMA_COMPLETE_H

#include <linux/dmaengine.h>

struct simdma_chan;
struct simdma_desc;

void simdma_complete_init(struct simdma_chan *sc);
void simdma_complete_kick(struct simdma_chan *sc);
void simdma_desc_complete(struct simdma_desc *desc,
			  enum dmaengine_tx_result result);

#endif /* _SIMDMA_COMPLETE_H */
