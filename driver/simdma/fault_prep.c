// SPDX-License-Identifier: GPL-2.0-only
/*
 * Faults of prep: accepted invalid requests, stale descriptors, sleeping
 */
#include <linux/delay.h>
#include <linux/hardirq.h>
#include <linux/irqflags.h>
#include <linux/minmax.h>
#include <linux/preempt.h>
#include <linux/scatterlist.h>

#include "fault.h"
#include "fault_prep.h"
#include "limits.h"
#include "simdma.h"

struct simdma_offer {
	u64 total; /* bytes */
	unsigned int empty; /* entries of length 0 */
};

/* Returns false if the list is invalid for a reason other than entries of length 0. */
static bool simdma_offer_measure(const struct simdma_limits *lim,
				 struct scatterlist *sgl, unsigned int nents,
				 struct simdma_offer *offer)
{
	struct scatterlist *sg = sgl;
	unsigned int i;

	*offer = (struct simdma_offer) { };
	if (nents > lim->max_segs)
		return false;
	for (i = 0; i < nents; i++, sg = sg_next(sg)) {
		if (!sg)
			return false;
		if (!sg_dma_len(sg))
			offer->empty++;
		else if (!simdma_seg_valid(lim, sg_dma_address(sg), sg_dma_len(sg)))
			return false;
		offer->total += sg_dma_len(sg);
	}
	return offer->total <= U32_MAX;
}

/**
 * simdma_fault_accepts() - does a fault let an invalid request pass?
 * @sc: the channel, not locked
 * @req: the request; its length is set if the fault hits
 *
 * A mode accepts only requests that are invalid in the way of this mode and in no other.
 *
 * Context: Any.
 * Return: true if the request is to be accepted.
 */
bool simdma_fault_accepts(struct simdma_chan *sc, struct simdma_request *req)
{
	const struct simdma_limits *lim = &sc->sd->lim;
	struct simdma_offer dst, src;
	enum simdma_fault_mode mode;

	if (!simdma_offer_measure(lim, req->dst, req->nr_dst, &dst) ||
	    !simdma_offer_measure(lim, req->src, req->nr_src, &src))
		return false;

	if (!req->nr_dst && !req->nr_src)
		mode = SIMDMA_FAULT_TAKES_EMPTY;
	else if ((dst.empty || src.empty) && dst.total == src.total)
		mode = SIMDMA_FAULT_TAKES_ZERO;
	else if (!dst.empty && !src.empty && req->nr_dst && req->nr_src)
		mode = SIMDMA_FAULT_TAKES_UNEVEN_TOTALS;
	else
		return false;
	if (!simdma_fault(sc, mode))
		return false;
	req->len = min(dst.total, src.total);
	return true;
}

/**
 * simdma_fault_stale() - does a descriptor keep the sources of its previous use?
 * @desc: a taken descriptor
 * @req: the new request
 *
 * Only sources may be stale: the memory of a stale destination may belong to the kernel or
 * to another process now. Stale sources affect the data of this client only.
 *
 * Context: Any.
 * Return: true if the sources must not be loaded.
 */
bool simdma_fault_stale(struct simdma_desc *desc, const struct simdma_request *req)
{
	struct scatterlist *sg;
	bool differs = desc->nr_src != req->nr_src;
	unsigned int i;
	u64 total = 0;

	for (i = 0; i < desc->nr_src; i++)
		total += desc->src[i].len;
	if (!total || total != req->len)
		return false;

	for_each_sg(req->src, sg, min(desc->nr_src, req->nr_src), i)
		differs |= desc->src[i].addr != sg_dma_address(sg);
	return differs && simdma_fault(to_simdma_chan(desc->tx.chan),
				       SIMDMA_FAULT_STALE);
}

/**
 * simdma_fault_sleep() - sleep if the context allows
 * @ms: time to sleep
 *
 * Without CONFIG_PREEMPT_COUNT the kernel cannot detect that the caller holds a spinlock
 * or is in an RCU read-side section. In such a kernel the function sleeps in these cases,
 * too.
 *
 * Context: Any.
 */
void simdma_fault_sleep(u32 ms)
{
	if (in_interrupt() || irqs_disabled())
		return;
	if (IS_ENABLED(CONFIG_PREEMPT_COUNT) && !preemptible())
		return;
	msleep(ms);
}
