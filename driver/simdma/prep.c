// SPDX-License-Identifier: GPL-2.0-only
/*
 * Preparing and submitting descriptors.
 */
#include <linux/cleanup.h>
#include <linux/device.h>
#include <linux/dmaengine.h>
#include <linux/errno.h>
#include <linux/lockdep.h>
#include <linux/scatterlist.h>

#include <dcbm_compat.h>

#include "cookie.h"
#include "faults.h"
#include "simdma.h"

/* After an error the descriptor is not the client's any more. */
static dma_cookie_t simdma_submit(struct simdma_chan *sc, struct simdma_desc *desc)
{
	lockdep_assert_held(&sc->lock);
	if (desc->state != SIMDMA_PREPARED) {
		dev_err_ratelimited(sc->sd->dma.dev,
				    "submitted is a descriptor that is not prepared, or was terminated since\n");
		return -EINVAL;
	}
	if (sc->gone) {
		dma_descriptor_unmap(&desc->tx);
		simdma_desc_recycle(desc, SIMDMA_FREE);
		return -ENODEV;
	}

	simdma_desc_move(desc, SIMDMA_SUBMITTED);
	list_add_tail(&desc->active, &sc->active);
	sc->stats.submitted++;
	sc->stats.in_flight++;
	if (sc->stats.in_flight > sc->stats.in_flight_max)
		sc->stats.in_flight_max = sc->stats.in_flight;
	return simdma_cookie_assign(&desc->tx);
}

static dma_cookie_t simdma_tx_submit(struct dma_async_tx_descriptor *tx)
{
	struct simdma_chan *sc = to_simdma_chan(tx->chan);
	dma_cookie_t cookie;

	scoped_guard(spinlock_irqsave, &sc->lock)
		cookie = simdma_submit(sc, to_simdma_desc(tx));
	return cookie;
}

static struct simdma_desc *simdma_prep_take(struct simdma_chan *sc)
{
	struct simdma_desc *desc = NULL;

	scoped_guard(spinlock_irqsave, &sc->lock) {
		if (!sc->gone)
			desc = simdma_ring_take(sc);
		if (!sc->gone && !desc)
			sc->stats.ring_full++;
	}
	return desc;
}

static struct dma_async_tx_descriptor *
simdma_prep_refuse(struct simdma_chan *sc)
{
	scoped_guard(spinlock_irqsave, &sc->lock)
		sc->stats.refused++;
	return NULL;
}

static struct dma_async_tx_descriptor *
simdma_prep_memcpy_sg(struct dma_chan *chan, struct scatterlist *dst_sg,
		      unsigned int dst_nents, struct scatterlist *src_sg,
		      unsigned int src_nents, unsigned long flags)
{
	struct simdma_chan *sc = to_simdma_chan(chan);
	const struct simdma_limits *lim = &sc->sd->lim;
	struct simdma_desc *desc;
	u32 len;

	len = simdma_list_lawful(lim, dst_sg, dst_nents);
	if (!len || len != simdma_list_lawful(lim, src_sg, src_nents) ||
	    !simdma_flags_lawful(flags) || simdma_should_refuse(sc))
		return simdma_prep_refuse(sc);

	desc = simdma_prep_take(sc);
	if (!desc)
		return NULL;

	simdma_list_load(desc->dst, dst_sg, dst_nents);
	simdma_list_load(desc->src, src_sg, src_nents);
	desc->nr_dst = dst_nents;
	desc->nr_src = src_nents;
	desc->len = len;
	desc->copied = 0;
	desc->cancelled = false;
	desc->tx.cookie = -EBUSY;
	desc->tx.flags = flags;
	desc->tx.unmap = NULL;
	desc->tx.tx_submit = simdma_tx_submit;

	scoped_guard(spinlock_irqsave, &sc->lock)
		simdma_desc_move(desc, SIMDMA_PREPARED);
	return &desc->tx;
}

static struct dma_async_tx_descriptor *
simdma_prep_memcpy(struct dma_chan *chan, dma_addr_t dst, dma_addr_t src,
		   size_t len, unsigned long flags)
{
	struct simdma_chan *sc = to_simdma_chan(chan);
	struct scatterlist dst_sg, src_sg;

	/* Longer ones might look shorter in a scatterlist, which has 32 bits. */
	if (len > sc->sd->lim.max_seg_size)
		return simdma_prep_refuse(sc);

	sg_init_table(&dst_sg, 1);
	sg_init_table(&src_sg, 1);
	sg_dma_address(&dst_sg) = dst;
	sg_dma_address(&src_sg) = src;
	sg_dma_len(&dst_sg) = len;
	sg_dma_len(&src_sg) = len;
	return simdma_prep_memcpy_sg(chan, &dst_sg, 1, &src_sg, 1, flags);
}

/**
 * simdma_prep_init() - declare what can be prepared
 * @sd: a device that is not registered yet
 */
void simdma_prep_init(struct simdma *sd)
{
	struct dma_device *dma = &sd->dma;

	dma_cap_set(DMA_MEMCPY, dma->cap_mask);
	dma->device_prep_dma_memcpy = simdma_prep_memcpy;
	if (sd->cfg.memcpy_sg &&
	    !dcbm_offer_memcpy_sg(dma, simdma_prep_memcpy_sg)) {
		sd->cfg.memcpy_sg = 0;
		dev_info(dma->dev, "this kernel has no memcpy_sg: only memcpy is offered\n");
	}
}
