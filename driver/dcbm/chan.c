// SPDX-License-Identifier: GPL-2.0-only
/*
 * Channels: state, prep and issue
 */
#include <linux/scatterlist.h>

#include <dcbm_compat.h>

#include "chan.h"

/* The caller holds the lock of the channel, or is the only one that knows the channel. */
void dcbm_chan_set_state(struct dcbm_chan *chan, enum dcbm_chan_state state)
{
	WRITE_ONCE(chan->slot->state, state);
}

/**
 * dcbm_chan_prep() - prepare a copy
 * @chan: the channel
 * @backend: memcpy_sg, or memcpy for a single segment
 * @dst: mapped segments that are written
 * @src: mapped segments that are read, of pairwise the same length as @dst
 * @nents: entries of each list
 *
 * Context: A thread. Some providers sleep in prep, see chan.h.
 * Return: A descriptor, or NULL if the provider has none or refuses the segments.
 */
struct dma_async_tx_descriptor *
dcbm_chan_prep(struct dcbm_chan *chan, enum dcbm_backend backend,
	       struct scatterlist *dst, struct scatterlist *src,
	       unsigned int nents)
{
	unsigned long flags = DMA_PREP_INTERRUPT | DMA_CTRL_ACK;

	if (backend == DCBM_BE_MEMCPY_SG)
		return dcbm_prep_memcpy_sg(chan->dma, dst, nents, src, nents,
					   flags);

	return dmaengine_prep_dma_memcpy(chan->dma, sg_dma_address(dst),
					 sg_dma_address(src), sg_dma_len(dst),
					 flags);
}

/**
 * dcbm_chan_issue() - start the descriptors that were submitted
 * @chan: the channel
 *
 * Called repeatedly while descriptors are in flight: some engines leave what was
 * submitted while they were busy to the next call.
 *
 * Context: A thread. May sleep.
 */
void dcbm_chan_issue(struct dcbm_chan *chan)
{
	mutex_lock(&chan->lock);
	if (dcbm_chan_ready(chan))
		dma_async_issue_pending(chan->dma);
	mutex_unlock(&chan->lock);
}
