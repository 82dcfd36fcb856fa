/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Cookies. The kernel's own helpers are in drivers/dma/dmaengine.h, which packages
 * of headers do not carry, and know only engines that complete in order.
 *
 * completed_cookie of a channel is the last cookie before the oldest one that is
 * still in flight, so that it never runs ahead of a descriptor that has been
 * overtaken. What failed or was terminated is remembered apart, for as many
 * cookies as the ring has descriptors: for all that can be in flight at once.
 */
#ifndef _SIMDMA_COOKIE_H
#define _SIMDMA_COOKIE_H

#include <linux/dmaengine.h>
#include <linux/limits.h>

/**
 * simdma_cookie_after() - the cookie that is given out after this one
 * @cookie: a cookie
 *
 * Return: The next one; after INT_MAX it is the first one again.
 */
static inline dma_cookie_t simdma_cookie_after(dma_cookie_t cookie)
{
	return cookie == INT_MAX ? DMA_MIN_COOKIE : cookie + 1;
}

/**
 * simdma_cookie_before() - the cookie that was given out before this one
 * @cookie: a cookie
 *
 * Return: The one before.
 */
static inline dma_cookie_t simdma_cookie_before(dma_cookie_t cookie)
{
	return cookie == DMA_MIN_COOKIE ? INT_MAX : cookie - 1;
}

/**
 * simdma_cookie_init() - begin to give out cookies
 * @chan: a channel that has given out none
 */
static inline void simdma_cookie_init(struct dma_chan *chan)
{
	chan->cookie = DMA_MIN_COOKIE;
	chan->completed_cookie = DMA_MIN_COOKIE;
}

/**
 * simdma_cookie_assign() - give out a cookie
 * @tx: the descriptor that is being submitted, its channel locked
 *
 * Return: The cookie.
 */
static inline dma_cookie_t simdma_cookie_assign(struct dma_async_tx_descriptor *tx)
{
	tx->chan->cookie = simdma_cookie_after(tx->chan->cookie);
	tx->cookie = tx->chan->cookie;
	return tx->cookie;
}

/**
 * simdma_cookie_completed() - all but the ones in flight have completed
 * @chan: the channel, locked
 * @oldest: cookie of the oldest descriptor in flight; 0 if there is none
 */
static inline void simdma_cookie_completed(struct dma_chan *chan,
					   dma_cookie_t oldest)
{
	chan->completed_cookie = oldest ? simdma_cookie_before(oldest) :
					  chan->cookie;
}

#endif /* _SIMDMA_COOKIE_H */
