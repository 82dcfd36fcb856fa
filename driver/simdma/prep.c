// SPDX-License-Identifier: GPL-2.0-only
/*
 * Preparation and submission of descriptors
 */
#include <linux/cleanup.h>
#include <linux/device.h>
#include <linux/dmaengine.h>
#include <linux/errno.h>
#include <linux/lockdep.h>
#include <linux/scatterlist.h>

#include <dcbm_compat.h>

#include "chan.h"
#include "cookie.h"
#include "fault.h"
#include "fault_prep.h"
#include "limits.h"
#include "prep.h"
#include "ring.h"
#include "simdma.h"

/* tx_submit with the channel locked. After an error the client must not use @desc. */
static dma_cookie_t simdma_submit(struct simdma_chan *sc, struct simdma_desc *desc)
{
	dma_cookie_t cookie;

	lockdep_assert_held(&sc->lock);
	if (desc->state != SIMDMA_PREPARED) {
		dev_err_ratelimited(sc->sd->dma.dev,
				    "tx_submit() of a descriptor that is not prepared (already submitted or terminated)\n");
		return -EINVAL;
	}
	if (sc->gone || simdma_fault(sc, SIMDMA_FAULT_SUBMIT_FAILS)) {
		dma_descriptor_unmap(&desc->tx);
		simdma_desc_recycle(desc, SIMDMA_FREE);
		return sc->gone ? -ENODEV : -EIO;
	}

	simdma_desc_move(desc, SIMDMA_SUBMITTED);
	list_add_tail(&desc->active, &sc->active);
	sc->stats.submitted++;
	sc->stats.in_flight++;
	if (sc->stats.in_flight > sc->stats.in_flight_max)
		sc->stats.in_flight_max = sc->stats.in_flight;
	cookie = simdma_cookie_assign(&desc->tx);
	if (simdma_fault(sc, SIMDMA_FAULT_EAGER))
		simdma_issue(sc);
	/* A valid cookie that is never assigned: simdma_cookie_init() skips it. */
	if (simdma_fault(sc, SIMDMA_FAULT_BAD_COOKIE))
		return DMA_MIN_COOKIE;
	return cookie;
}

static dma_cookie_t simdma_tx_submit(struct dma_async_tx_descriptor *tx)
{
	struct simdma_chan *sc = to_simdma_chan(tx->chan);
	dma_cookie_t cookie;

	scoped_guard(spinlock_irqsave, &sc->lock)
		cookie = simdma_submit(sc, to_simdma_desc(tx));
	return cookie;
}

static bool simdma_idle(struct simdma_chan *sc)
{
	return !sc->stats.in_flight && list_empty(&sc->lists[SIMDMA_PREPARED]) &&
	       list_empty(&sc->lists[SIMDMA_COMPLETED]);
}

static struct simdma_desc *simdma_prep_take(struct simdma_chan *sc)
{
	struct simdma_desc *desc = NULL;

	scoped_guard(spinlock_irqsave, &sc->lock) {
		bool none = READ_ONCE(sc->starved) ||
			    (simdma_idle(sc) &&
			     simdma_fault(sc, SIMDMA_FAULT_NULL_EARLY));

		if (!sc->gone && !none)
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

/* Check a request, and set its length. */
static bool simdma_prep_valid(struct simdma_chan *sc, struct simdma_request *req,
			      unsigned long flags)
{
	const struct simdma_limits *lim = &sc->sd->lim;

	if (!simdma_flags_valid(flags))
		return false;
	req->len = simdma_list_len(lim, req->dst, req->nr_dst);
	if (req->len && req->len == simdma_list_len(lim, req->src, req->nr_src))
		return true;
	return simdma_fault_active(sc) && simdma_fault_accepts(sc, req);
}

/* Fill in a taken descriptor. A fault may keep sources or flags of the previous use. */
static void simdma_prep_load(struct simdma_chan *sc, struct simdma_desc *desc,
			     const struct simdma_request *req, unsigned long flags)
{
	unsigned long stale = desc->tx.flags & ~flags;

	desc->nr_dst = simdma_list_load(desc->dst, req->dst, req->nr_dst);
	if (!(simdma_fault_active(sc) && simdma_fault_stale(desc, req)))
		desc->nr_src = simdma_list_load(desc->src, req->src, req->nr_src);
	if (stale && simdma_fault(sc, SIMDMA_FAULT_STALE_FLAGS))
		flags |= stale;

	desc->len = req->len;
	desc->copied = 0;
	desc->cancelled = false;
	desc->held = false;
	desc->tx.cookie = -EBUSY;
	desc->tx.flags = flags;
	desc->tx.unmap = NULL;
}

static struct dma_async_tx_descriptor *
simdma_prep_memcpy_sg(struct dma_chan *chan, struct scatterlist *dst_sg,
		      unsigned int dst_nents, struct scatterlist *src_sg,
		      unsigned int src_nents, unsigned long flags)
{
	struct simdma_chan *sc = to_simdma_chan(chan);
	struct simdma_request req = {
		.dst = dst_sg, .nr_dst = dst_nents,
		.src = src_sg, .nr_src = src_nents,
	};
	struct simdma_desc *desc;
	u32 ms;

	if (!simdma_prep_valid(sc, &req, flags))
		return simdma_prep_refuse(sc);
	if (simdma_fault_arg(sc, SIMDMA_FAULT_PREP_SLEEPS, &ms))
		simdma_fault_sleep(ms);

	desc = simdma_prep_take(sc);
	if (!desc)
		return NULL;

	simdma_prep_load(sc, desc, &req, flags);
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

	/* The length in a scatterlist has 32 bits: a longer length would be truncated. */
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

void simdma_prep_init(struct simdma *sd)
{
	struct dma_device *dma = &sd->dma;

	dma_cap_set(DMA_MEMCPY, dma->cap_mask);
	dma->device_prep_dma_memcpy = simdma_prep_memcpy;
	if (sd->cfg.memcpy_sg &&
	    !dcbm_offer_memcpy_sg(dma, simdma_prep_memcpy_sg)) {
		sd->cfg.memcpy_sg = 0;
		dev_info(dma->dev, "the kernel does not support memcpy_sg, only memcpy is offered\n");
	}
}
