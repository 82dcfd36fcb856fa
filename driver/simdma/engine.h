/* SPDX-License-Identifier: GPL-2.0-only */
/* The worker of a channel */
#ifndef _SIMDMA_ENGINE_H
#define _SIMDMA_ENGINE_H

struct simdma_chan;

int simdma_worker_start(struct simdma_chan *sc);
void simdma_worker_stop(struct simdma_chan *sc);

#endif /* _SIMDMA_ENGINE_H */
