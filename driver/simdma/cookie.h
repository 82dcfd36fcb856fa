/* SPDX-License-Identifier: GPL-2.0-only */
/* Cookies of a channel that may complete out of order */
#ifndef _SIMDMA_COOKIE_H
#define _SIMDMA_COOKIE_H

#include <linux/dmaengine.h>
#include <linux/limits.h>

/**
 * DOC: Cookies
 *
 * The helpers in drivers/dma/dmaengine.h are not part of the kernel's header
 * packages, and support in-order completion only.
 *
 * completed_cookie of a channel is the last cookie before the oldest descriptor in
 * flight. So a descriptor that was overtaken is never reported as complete. Cookies
 * that failed or were terminated are stored in simdma_chan.failed, indexed by their
 * low bits: one entry per descriptor of the ring, because no more can be in flight.
 *
 * The callers hold simdma_chan.lock.
 */

static inline dma_cookie_t simdma_cookie_after(dma_cookie_t cookie)
{
	return cookie == INT_MAX ? DMA_MIN_COOKIE : cookie + 1;
}

static inline dma_cookie_t simdma_cookie_before(dma_cookie_t cookie)
{
	return cookie == DMA_MIN_COOKIE ? INT_MAX : cookie - 1;
}

static inline void simdma_cookie_init(struct dma_chan *chan)
{
	chan->cookie = DMA_MIN_COOKIE;
	chan->completed_cookie = DMA_MIN_COOKIE;
}

static inline dma_cookie_t simdma_cookie_assign(struct dma_async_tx_descriptor *tx)
{
	tx->chan->cookie = simdma_cookie_after(tx->chan->cookie);
	tx->cookie = tx->chan->cookie;
	return tx->cookie;
}

/**
 * simdma_cookie_completed() - update completed_cookie
 * @chan: the channel
 * @oldest: cookie of the oldest descriptor in flight; 0 for none
 */
static inline void simdma_cookie_completed(struct dma_chan *chan,
					   dma_cookie_t oldest)
{
	chan->completed_cookie = oldest ? simdma_cookie_before(oldest) :
					  chan->cookie;
}

#endif /* _SIMDMA_COOKIE_H */
