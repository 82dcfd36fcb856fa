/* SPDX-License-Identifier: GPL-2.0-only */
/* Channels */
#ifndef _SIMDMA_CHAN_H
#define _SIMDMA_CHAN_H

struct simdma;
struct simdma_chan;

void simdma_chan_init(struct simdma *sd, struct simdma_chan *sc);
void simdma_chan_abandon(struct simdma_chan *sc);
void simdma_issue(struct simdma_chan *sc);

#endif /* _SIMDMA_CHAN_H */
