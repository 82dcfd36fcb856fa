// SPDX-License-Identifier: GPL-2.0-only
/*
 * Lanes: mapping, submission, and accounting of descriptors that have ended
 */
#include <linux/dma-mapping.h>
#include <linux/jiffies.h>
#include <linux/ktime.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/mm.h>
#include <linux/time64.h>

#include "chan.h"
#include "ctx.h"
#include "desc.h"
#include "lane.h"
#include "phase.h"
#include "plan.h"
#include "recover.h"

/**
 * DOC: Ownership of a chunk's memory
 *
 * mapped, pending == 0
 *	The lane owns the memory and may unmap it.
 * pending > 0
 *	The engine owns the memory: it must not be unmapped, and the folios must not be
 *	accessed.
 * all descriptors ended
 *	The lane owns the memory again. A descriptor has ended when it has completed, or
 *	was terminated and the channel synchronized.
 * lost
 *	The engine owns the memory permanently. It is never unmapped, the context is not
 *	used again, and each folio keeps an extra reference. Page migration then leaves
 *	the source in place (-EAGAIN of __migrate_folio() in mm/migrate.c), and the page
 *	allocator never gets the destination back.
 *
 * A lane maps and submits until DCBM_WINDOW chunks are in use, and continues when a
 * descriptor has ended. If the provider has no descriptor left, the lane retries later.
 */

/*
 * Retry time for a single segment on an idle channel. Some providers recycle a descriptor
 * only after its callback has returned, so that one NULL is no error.
 */
#define DCBM_PREP_RETRY_MS	20

/* Retry time while other batches use all descriptors of the provider. */
#define DCBM_BUSY_RETRY_MS	100

/* Give a lane that is not busy its share of a round, the bytes from @start to @end. */
void dcbm_lane_begin(struct dcbm_lane *lane, u64 start, u64 end)
{
	lane->pos = start;
	lane->end = end;
	lane->starved = false;
	if (start < end)
		lane->item = dcbm_round_find(&lane->ctx->round, start);
}

/* Set @starved. Returns true if it was not set before. */
static bool dcbm_lane_starve(struct dcbm_lane *lane)
{
	if (lane->starved)
		return false;
	lane->starved = true;
	lane->starved_since = jiffies;
	return true;
}

static void dcbm_lane_fail_unmapped(struct dcbm_lane *lane,
				    enum dcbm_reason reason, int error)
{
	dcbm_round_failed(&lane->ctx->round, lane->pos, lane->end, reason, error);
	lane->pos = lane->end;
	lane->starved = false;
}

/* List the next segments of the lane, at most @max. */
static void dcbm_chunk_fill(struct dcbm_lane *lane, struct dcbm_chunk *chunk,
			    unsigned int max)
{
	struct dcbm_round *round = &lane->ctx->round;
	unsigned int n = 0, item = lane->item;
	u64 pos = lane->pos;

	while (n < max && pos < lane->end) {
		struct dcbm_item *i = &round->items[item];
		u64 off = pos - i->start;
		struct page *src = folio_page(i->src, off >> PAGE_SHIFT);
		struct page *dst = folio_page(i->dst, off >> PAGE_SHIFT);
		size_t len;

		len = dcbm_plan_cut(&lane->chan->lim,
				    page_to_phys(dst) + offset_in_page(off),
				    page_to_phys(src) + offset_in_page(off),
				    min(i->end, lane->end) - pos);
		if (!len)
			break;

		sg_set_page(&chunk->src.sgl[n], src, len, offset_in_page(off));
		sg_set_page(&chunk->dst.sgl[n], dst, len, offset_in_page(off));
		n++;
		pos += len;
		item += pos == i->end;
	}

	chunk->src.orig_nents = n;
	chunk->dst.orig_nents = n;
	chunk->start = lane->pos;
	chunk->end = pos;
}

static void dcbm_chunk_unmap(struct dcbm_lane *lane, struct dcbm_chunk *chunk)
{
	struct device *dev = lane->chan->dev;

	guard(dcbm_phase)(lane->ctx->phases, DCBM_PH_UNMAP);
	dma_unmap_sgtable(dev, &chunk->dst, DMA_FROM_DEVICE, 0);
	dma_unmap_sgtable(dev, &chunk->src, DMA_TO_DEVICE, 0);
}

/*
 * DMA_ATTR_SKIP_CPU_SYNC must not be set: a device that is not coherent, or uses a bounce
 * buffer, would copy stale bytes. DMA_ATTR_NO_WARN is set because a full bounce buffer is
 * expected: the lane retries with fewer segments.
 */
static int dcbm_chunk_map(struct dcbm_lane *lane, struct dcbm_chunk *chunk)
{
	struct device *dev = lane->chan->dev;
	int ret;

	guard(dcbm_phase)(lane->ctx->phases, DCBM_PH_MAP);
	ret = dma_map_sgtable(dev, &chunk->src, DMA_TO_DEVICE, DMA_ATTR_NO_WARN);
	if (ret)
		return ret;
	ret = dma_map_sgtable(dev, &chunk->dst, DMA_FROM_DEVICE,
			      DMA_ATTR_NO_WARN);
	if (ret) {
		dma_unmap_sgtable(dev, &chunk->src, DMA_TO_DEVICE, 0);
		return ret;
	}

	ret = dcbm_plan_pair(chunk->dst.sgl, chunk->dst.nents, chunk->src.sgl,
			     chunk->src.nents, chunk->pair_dst, chunk->pair_src,
			     lane->ctx->max_segs);
	if (ret < 0) {
		dcbm_chunk_unmap(lane, chunk);
		return ret;
	}
	chunk->pairs = ret;
	return 0;
}

static struct dcbm_chunk *dcbm_lane_free_chunk(struct dcbm_lane *lane)
{
	unsigned int i;

	for (i = 0; i < DCBM_WINDOW; i++)
		if (!lane->chunks[i].busy)
			return &lane->chunks[i];
	return NULL;
}

/*
 * Map the next chunk. If there is no room for the mapping, retry after a descriptor in
 * flight has ended, or, if no descriptor is in flight, map a single segment.
 */
static void dcbm_lane_map(struct dcbm_lane *lane)
{
	struct dcbm_chunk *chunk = dcbm_lane_free_chunk(lane);
	unsigned int max = lane->ctx->max_segs;
	int ret;

	if (!chunk) {
		/* All chunks are lost: nothing more can be mapped. */
		if (!lane->inflight)
			dcbm_lane_fail_unmapped(lane, DCBM_FB_QUARANTINE, -EIO);
		return;
	}
	for (;;) {
		dcbm_chunk_fill(lane, chunk, max);
		if (!chunk->src.orig_nents) {
			dcbm_lane_fail_unmapped(lane, DCBM_FB_MAP, -EINVAL);
			return;
		}
		ret = dcbm_chunk_map(lane, chunk);
		if (!ret)
			break;
		if (lane->inflight) {
			dcbm_lane_starve(lane);
			return;
		}
		if (max == 1) {
			dcbm_lane_fail_unmapped(lane, DCBM_FB_MAP, ret);
			return;
		}
		max = 1;
	}

	chunk->busy = true;
	chunk->lost = false;
	chunk->next = 0;
	chunk->pending = 0;
	lane->cur = chunk;
	lane->submit_pos = chunk->start;
	lane->submit_item = lane->item;
	lane->pos = chunk->end;
	if (lane->pos < lane->end)
		lane->item = dcbm_round_find(&lane->ctx->round, lane->pos);
}

/* Keep the folios of a lost chunk allocated: the engine may still access them. */
static void dcbm_chunk_hold(struct dcbm_round *round, struct dcbm_chunk *chunk)
{
	unsigned int item;

	for (item = dcbm_round_find(round, chunk->start);
	     item < round->nr && round->items[item].start < chunk->end; item++) {
		struct dcbm_item *i = &round->items[item];

		if (i->held)
			continue;
		i->held = true;
		folio_get(i->src);
		folio_get(i->dst);
	}
}

/* Unmap a chunk if all its descriptors have been submitted and have ended. */
static void dcbm_lane_finish(struct dcbm_lane *lane, struct dcbm_chunk *chunk)
{
	struct dcbm_round *round = &lane->ctx->round;

	if (chunk == lane->cur || chunk->pending)
		return;

	if (chunk->lost) {
		/*
		 * Bytes that have arrived cannot be used either: without
		 * dma_unmap_sgtable(), the CPU may read stale data.
		 */
		dcbm_round_failed(round, chunk->start, chunk->end,
				  DCBM_FB_QUARANTINE, -EIO);
		dcbm_chunk_hold(round, chunk);
		lane->ctx->lost = true;
		return;
	}
	dcbm_chunk_unmap(lane, chunk);
	chunk->busy = false;
}

/* Leave each folio with a byte that is not submitted yet to the CPU. */
static void dcbm_lane_fail(struct dcbm_lane *lane, enum dcbm_reason reason,
			   int error)
{
	struct dcbm_chunk *chunk = lane->cur;

	if (chunk) {
		dcbm_round_failed(&lane->ctx->round, lane->submit_pos, chunk->end,
				  reason, error);
		lane->cur = NULL;
		dcbm_lane_finish(lane, chunk);
	}
	dcbm_lane_fail_unmapped(lane, reason, error);
}

/*
 * The provider has returned no descriptor. Either it has none left now, or it does not
 * accept this number of segments. Returns true to retry at once.
 */
static bool dcbm_lane_refused(struct dcbm_lane *lane, unsigned int segs)
{
	bool idle = !atomic_read(&lane->chan->nr_inflight);
	unsigned int bound = DCBM_BUSY_RETRY_MS;

	/* The first retry is later. While descriptors are in flight, their end triggers it. */
	if (dcbm_lane_starve(lane) || lane->inflight)
		return false;

	/* On a channel that other batches use, fewer segments may fit. */
	if (!idle && segs > 1) {
		lane->max_segs = segs / 2;
		return true;
	}
	if (idle)
		bound = DCBM_PREP_RETRY_MS;
	if (!time_after(jiffies, lane->starved_since + msecs_to_jiffies(bound)))
		return false;

	if (segs == 1) {
		dcbm_lane_fail(lane, idle ? DCBM_FB_PREP : DCBM_FB_BUSY, -EBUSY);
		return false;
	}

	/* The channel is idle: @segs is too large, unless it was accepted before. */
	lane->max_segs = segs / 2;
	if (segs > READ_ONCE(lane->chan->segs_ok))
		WRITE_ONCE(lane->chan->segs_max, segs / 2);
	lane->starved = false;
	return true;
}

/* Submit the next descriptor of the current chunk. Returns false to stop until later. */
static bool dcbm_lane_submit(struct dcbm_lane *lane)
{
	struct dcbm_round *round = &lane->ctx->round;
	struct dcbm_chunk *chunk = lane->cur;
	struct dcbm_desc *desc = &chunk->desc[chunk->next];
	unsigned int segs = 1;
	unsigned int i;
	int ret;

	if (lane->backend == DCBM_BE_MEMCPY_SG)
		segs = min(chunk->pairs - chunk->next, lane->max_segs);

	desc->batch = lane->ctx->batch;
	desc->segs = segs;
	desc->start = lane->submit_pos;
	desc->end = desc->start;
	for (i = 0; i < segs; i++)
		desc->end += sg_dma_len(&chunk->pair_src[chunk->next + i]);
	desc->item = lane->submit_item;
	desc->folios = dcbm_round_begins(round, desc->item, desc->start, desc->end);

	ret = dcbm_desc_submit(lane->chan, desc, lane->backend,
			       &chunk->pair_dst[chunk->next],
			       &chunk->pair_src[chunk->next], lane->ctx->phases);
	switch (ret) {
	case 0:
		break;
	case -EAGAIN:
		return dcbm_lane_refused(lane, segs);
	case -ECANCELED:
		dcbm_lane_fail(lane, DCBM_FB_ABORTED, ret);
		return false;
	default:
		dcbm_lane_fail(lane, DCBM_FB_SUBMIT, ret);
		return false;
	}

	lane->starved = false;
	lane->used = true;
	lane->inflight++;
	chunk->pending++;
	chunk->next += segs;
	lane->submit_pos = desc->end;
	if (chunk->next == chunk->pairs)
		lane->cur = NULL;
	else
		lane->submit_item = dcbm_round_find(round, lane->submit_pos);
	return true;
}

/* Map and submit until all chunks are in use or the provider is full; start the engine. */
void dcbm_lane_pump(struct dcbm_lane *lane)
{
	while (lane->cur || lane->pos < lane->end) {
		if (!lane->cur)
			dcbm_lane_map(lane);
		if (!lane->cur || !dcbm_lane_submit(lane))
			break;
	}
	if (lane->inflight) {
		guard(dcbm_phase)(lane->ctx->phases, DCBM_PH_SUBMIT);
		dcbm_chan_issue(lane->chan);
	}
}

/* Fallback reason and error for each result except DCBM_RES_OK */
static const struct {
	enum dcbm_reason reason;
	int error;
} dcbm_failures[DCBM_NR_RESULTS] = {
	[DCBM_RES_READ] = { DCBM_FB_ENGINE, -EIO },
	[DCBM_RES_WRITE] = { DCBM_FB_ENGINE, -EIO },
	[DCBM_RES_ABORTED] = { DCBM_FB_ENGINE, -ECANCELED },
	[DCBM_RES_UNKNOWN] = { DCBM_FB_ENGINE, -EPROTO },
	[DCBM_RES_RESIDUE] = { DCBM_FB_RESIDUE, -ENODATA },
	[DCBM_RES_TERMINATED] = { DCBM_FB_TIMEOUT, -ETIMEDOUT },
	[DCBM_RES_LOST] = { DCBM_FB_QUARANTINE, -EIO },
};

/* Account for a descriptor that has ended; unmap its chunk after the last descriptor. */
void dcbm_lane_ended(struct dcbm_desc *desc)
{
	struct dcbm_chunk *chunk = desc->chunk;
	struct dcbm_ctx *ctx = container_of(desc->waiter, struct dcbm_ctx, waiter);
	struct dcbm_lane *lane = ctx->lanes;

	while (lane->chan != desc->chan)
		lane++;

	dcbm_desc_unlink(desc);
	if (desc->result == DCBM_RES_OK)
		dcbm_round_arrived(&ctx->round, desc->item, desc->start,
				   desc->end);
	else
		dcbm_round_failed(&ctx->round, desc->start, desc->end,
				  dcbm_failures[desc->result].reason,
				  dcbm_failures[desc->result].error);
	if (desc->result == DCBM_RES_LOST)
		chunk->lost = true;

	lane->inflight--;
	chunk->pending--;
	dcbm_lane_finish(lane, chunk);
}

/* Start or continue recovery if a descriptor of the lane is overdue. */
void dcbm_lane_check(struct dcbm_lane *lane)
{
	u64 bound = (u64)lane->ctx->timeout_ms * NSEC_PER_MSEC;
	u64 now = ktime_get_ns();
	unsigned int i, j;

	for (i = 0; i < DCBM_WINDOW; i++) {
		struct dcbm_chunk *chunk = &lane->chunks[i];

		if (!chunk->busy || !chunk->pending)
			continue;
		for (j = 0; j < chunk->next; j++) {
			struct dcbm_desc *desc = &chunk->desc[j];

			if (!dcbm_desc_inflight(desc) ||
			    now - desc->submitted_ns <= bound)
				continue;
			dcbm_chan_overdue(lane->chan, lane->ctx->timeout_ms);
			return;
		}
	}
}
