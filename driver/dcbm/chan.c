// SPDX-License-Identifier: GPL-2.0-only
/*
 * Channels: state, prep and issue
 */
#include <linux/scatterlist.h>

#include <dcbm_compat.h>

#include "chan.h"

/* The caller holds the lock of the channel, or no other thread has a pointer to it. */
void dcbm_chan_set_state(struct dcbm_chan *chan, enum dcbm_chan_state state)
{
	WRITE_ONCE(chan->slot->state, state);
}

/*
 * Prepare a copy of @nents mapped segments, of pairwise the same length; a single segment
 * for memcpy. Some providers sleep, see "Channel lock" in chan.h. Returns NULL if the
 * provider has no descriptor or refuses the segments.
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

/*
 * Start the submitted descriptors. Called repeatedly while descriptors are in flight: some
 * engines start what was submitted while they were busy only at the next call.
 */
void dcbm_chan_issue(struct dcbm_chan *chan)
{
	mutex_lock(&chan->lock);
	if (dcbm_chan_ready(chan))
		dma_async_issue_pending(chan->dma);
	mutex_unlock(&chan->lock);
}
