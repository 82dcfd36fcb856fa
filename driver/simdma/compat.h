/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What differs between the kernels that simdma builds on: DCBM_HAVE_MEMCPY_SG comes
 * from driver/Kbuild, which looks into the kernel's headers.
 */
#ifndef _SIMDMA_COMPAT_H
#define _SIMDMA_COMPAT_H

#include <linux/dmaengine.h>

#ifdef DCBM_HAVE_MEMCPY_SG

/* Returns false if the kernel has no memcpy_sg. */
static inline bool
simdma_offer_memcpy_sg(struct dma_device *dma,
		       struct dma_async_tx_descriptor *
		       (*prep)(struct dma_chan *chan, struct scatterlist *dst_sg,
			       unsigned int dst_nents, struct scatterlist *src_sg,
			       unsigned int src_nents, unsigned long flags))
{
	dma_cap_set(DMA_MEMCPY_SG, dma->cap_mask);
	dma->device_prep_dma_memcpy_sg = prep;
	return true;
}

static inline bool simdma_has_memcpy_sg(struct dma_chan *chan)
{
	return dma_has_cap(DMA_MEMCPY_SG, chan->device->cap_mask);
}

static inline struct dma_async_tx_descriptor *
simdma_client_memcpy_sg(struct dma_chan *chan, struct scatterlist *dst_sg,
			unsigned int dst_nents, struct scatterlist *src_sg,
			unsigned int src_nents, unsigned long flags)
{
	return dmaengine_prep_dma_memcpy_sg(chan, dst_sg, dst_nents, src_sg,
					    src_nents, flags);
}

#else

static inline bool
simdma_offer_memcpy_sg(struct dma_device *dma,
		       struct dma_async_tx_descriptor *
		       (*prep)(struct dma_chan *chan, struct scatterlist *dst_sg,
			       unsigned int dst_nents, struct scatterlist *src_sg,
			       unsigned int src_nents, unsigned long flags))
{
	return false;
}

static inline bool simdma_has_memcpy_sg(struct dma_chan *chan)
{
	return false;
}

static inline struct dma_async_tx_descriptor *
simdma_client_memcpy_sg(struct dma_chan *chan, struct scatterlist *dst_sg,
			unsigned int dst_nents, struct scatterlist *src_sg,
			unsigned int src_nents, unsigned long flags)
{
	return NULL;
}

#endif

#endif /* _SIMDMA_COMPAT_H */
