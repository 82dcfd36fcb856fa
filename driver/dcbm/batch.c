// SPDX-License-Identifier: GPL-2.0-only
/*
 * Batches: share a batch over channels, wait, and mark the folios that were copied
 */
#include "log.h"

#include <linux/jiffies.h>
#include <linux/ktime.h>
#include <linux/minmax.h>
#include <linux/mm.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/string.h>

#include <dcbm_compat.h>
#include <trace/events/dcbm.h>

#include "batch.h"
#include "lane.h"
#include "phase.h"
#include "plan.h"
#include "pool.h"
#include "stats.h"

/**
 * DOC: Path of a batch
 *
 * All batches, of page migration and of the trigger, are copied by dcbm_batch_copy(), in
 * rounds of up to DCBM_ROUND_FOLIOS folios. The channels get equal shares of the bytes of
 * a round, regardless of the sizes of the folios. A lane maps and submits the share of
 * its channel in chunks, until the provider has no descriptor left. The thread of the
 * batch waits until a descriptor ends, unmaps finished chunks, and submits more. A folio
 * is marked when all its bytes have arrived. The CPU copies the folios without the mark,
 * so that an error here never loses data.
 */

/* Busy-poll budget of completion=hybrid (not tuned) */
#define DCBM_POLL_NS		(50 * NSEC_PER_USEC)

/* Number of checks for overdue descriptors per timeout_ms */
#define DCBM_CHECKS		4

/*
 * Time until the next prep if a provider has no descriptor left and no descriptor of this
 * lane is in flight. Many providers recycle a descriptor right after its callback has
 * returned. A timer tick would be longer than most batches.
 */
#define DCBM_STARVED_NS		(100 * NSEC_PER_USEC)

static void dcbm_tally_add(struct dcbm_report *report, enum dcbm_reason reason,
			   u64 bytes, int error)
{
	struct dcbm_tally *tally = &report->left[reason];

	tally->folios++;
	tally->bytes += bytes;
	tally->error = error;
}

/* Leave all folios to the CPU. */
static void dcbm_batch_leave(struct dcbm_report *report,
			     struct list_head *src_list, enum dcbm_reason reason,
			     int error)
{
	struct folio *src;

	list_for_each_entry(src, src_list, lru)
		dcbm_tally_add(report, reason, folio_size(src), error);
}

/* An engine that completes out of order has no last cookie to poll. */
static bool dcbm_lane_pollable(struct dcbm_lane *lane)
{
	if (!dma_has_cap(DMA_COMPLETION_NO_ORDER, lane->chan->dma->device->cap_mask))
		return true;

	pr_info_once("%s: completes out of order and cannot be polled, waiting for its interrupts\n",
		     lane->chan->slot->name);
	return false;
}

/*
 * Poll for at most @ns. Some providers process completions when a client reads the tx
 * status, others only in their interrupt handler.
 */
static void dcbm_ctx_poll(struct dcbm_ctx *ctx, u64 ns)
{
	u64 until = ktime_get_ns() + ns;
	unsigned int i;

	for (i = 0; i < ctx->nr_lanes; i++)
		if (!dcbm_lane_pollable(&ctx->lanes[i]))
			return;

	while (llist_empty(&ctx->waiter.ended) && ktime_get_ns() < until) {
		for (i = 0; i < ctx->nr_lanes; i++) {
			struct dcbm_lane *lane = &ctx->lanes[i];

			if (lane->inflight)
				dma_async_is_tx_complete(lane->chan->dma,
							 lane->chan->dma->cookie,
							 NULL, NULL);
		}
		cpu_relax();
		cond_resched();
	}
}

/* Wait until a descriptor has ended, or until the next check for overdue descriptors. */
static void dcbm_ctx_wait(struct dcbm_ctx *ctx, enum dcbm_completion completion)
{
	u64 period = (u64)ctx->timeout_ms * NSEC_PER_MSEC / DCBM_CHECKS;
	unsigned int i;

	guard(dcbm_phase)(ctx->phases, DCBM_PH_WAIT);
	/* Providers do not notify clients when they have descriptors again. */
	for (i = 0; i < ctx->nr_lanes; i++)
		if (ctx->lanes[i].starved && !ctx->lanes[i].inflight)
			period = DCBM_STARVED_NS;

	if (completion == DCBM_POLL)
		dcbm_ctx_poll(ctx, period);
	else if (completion == DCBM_HYBRID)
		dcbm_ctx_poll(ctx, min(period, DCBM_POLL_NS));

	wait_event_hrtimeout(ctx->waiter.wq, !llist_empty(&ctx->waiter.ended),
			     ns_to_ktime(period));
}

static bool dcbm_ctx_busy(struct dcbm_ctx *ctx)
{
	unsigned int i;

	for (i = 0; i < ctx->nr_lanes; i++)
		if (dcbm_lane_busy(&ctx->lanes[i]))
			return true;
	return false;
}

/* Copy the round of the context. No descriptor is in flight afterwards. */
static void dcbm_round_copy(struct dcbm_ctx *ctx, enum dcbm_completion completion)
{
	struct dcbm_desc *desc, *next;
	struct llist_node *ended;
	unsigned int i;

	for (;;) {
		for (i = 0; i < ctx->nr_lanes; i++)
			dcbm_lane_pump(&ctx->lanes[i]);
		if (!dcbm_ctx_busy(ctx))
			break;

		dcbm_ctx_wait(ctx, completion);
		ended = llist_reverse_order(llist_del_all(&ctx->waiter.ended));
		llist_for_each_entry_safe(desc, next, ended, ended)
			dcbm_lane_ended(desc);
		for (i = 0; i < ctx->nr_lanes; i++)
			dcbm_lane_check(&ctx->lanes[i]);
	}
}

/* Share the bytes of the round over the lanes, in units of a page. */
static void dcbm_round_share(struct dcbm_ctx *ctx)
{
	u64 pages = ctx->round.bytes >> PAGE_SHIFT;
	unsigned int nr = min_t(u64, ctx->nr_lanes, pages);
	unsigned int i;

	for (i = 0; i < nr; i++) {
		struct dcbm_range share = dcbm_plan_share(pages, nr, i);

		dcbm_lane_begin(&ctx->lanes[i], share.start << PAGE_SHIFT,
				share.end << PAGE_SHIFT);
	}
	for (; i < ctx->nr_lanes; i++)
		dcbm_lane_begin(&ctx->lanes[i], 0, 0);
}

static void dcbm_round_mark(struct dcbm_round *round, struct dcbm_report *report)
{
	unsigned int i;

	for (i = 0; i < round->nr; i++) {
		struct dcbm_item *item = &round->items[i];
		u64 bytes = item->end - item->start;

		if (dcbm_item_copied(item)) {
			dcbm_mark_copied(item->dst);
			report->folios_dma++;
			report->bytes_dma += bytes;
		} else {
			/* Each byte has either arrived or failed. */
			WARN_ON_ONCE(!item->failed);
			dcbm_tally_add(report, item->reason, bytes, item->error);
		}
	}
}

/*
 * Choose the channels of a batch: first those on the node of the destination. Each batch
 * begins with another channel, because a small batch does not use all channels.
 */
static void dcbm_ctx_choose(struct dcbm_ctx *ctx, struct dcbm_pool *pool,
			    const struct dcbm_options *opt, int node)
{
	unsigned int nr = min(pool->nr, opt->nr_chan);
	unsigned int turn = atomic_inc_return(&pool->turn);
	unsigned int i;
	int pass;

	ctx->nr_lanes = 0;
	for (pass = 0; pass < 2; pass++) {
		for (i = 0; i < nr; i++) {
			struct dcbm_chan *chan = pool->chans[(turn + i) % nr];
			struct dcbm_lane *lane = &ctx->lanes[ctx->nr_lanes];
			bool local = chan->slot->node == node;

			if (local == pass)
				continue;
			if (!dcbm_chan_ready(chan))
				continue;
			if (opt->backend == DCBM_BE_MEMCPY_SG &&
			    chan->backend != DCBM_BE_MEMCPY_SG)
				continue;
			if (opt->backend == DCBM_BE_MEMCPY &&
			    !dma_has_cap(DMA_MEMCPY, chan->dma->device->cap_mask))
				continue;

			lane->chan = chan;
			lane->backend = opt->backend == DCBM_BE_AUTO ?
					chan->backend : opt->backend;
			lane->max_segs = min(ctx->max_segs,
					     READ_ONCE(chan->segs_max));
			lane->used = false;
			ctx->nr_lanes++;
		}
	}
}

static void dcbm_batch_rounds(struct dcbm_ctx *ctx, const struct dcbm_options *opt,
			      struct list_head *dst_list,
			      struct list_head *src_list,
			      struct dcbm_report *report)
{
	struct folio *src, *dst;

	dcbm_round_reset(&ctx->round);
	dst = list_first_entry(dst_list, struct folio, lru);
	list_for_each_entry(src, src_list, lru) {
		if (folio_size(src) == folio_size(dst))
			dcbm_round_add(&ctx->round, dst, src, folio_size(src));
		else
			dcbm_tally_add(report, DCBM_FB_SIZE, folio_size(src),
				       -EINVAL);

		if (ctx->round.nr == DCBM_ROUND_FOLIOS ||
		    list_is_last(&src->lru, src_list)) {
			if (ctx->round.nr) {
				dcbm_round_share(ctx);
				dcbm_round_copy(ctx, opt->completion);
				dcbm_round_mark(&ctx->round, report);
			}
			dcbm_round_reset(&ctx->round);
		}
		dst = list_next_entry(dst, lru);
	}
}

static void dcbm_batch_run(struct dcbm_pool *pool, const struct dcbm_options *opt,
			   struct list_head *dst_list,
			   struct list_head *src_list,
			   struct dcbm_phases *phases, struct dcbm_report *report)
{
	int node = folio_nid(list_first_entry(dst_list, struct folio, lru));
	struct dcbm_ctx *ctx;
	unsigned int i;

	lockdep_assert_held_read(&pool->sem);
	if (!pool->nr) {
		dcbm_batch_leave(report, src_list, DCBM_FB_NO_CHANNEL, -ENODEV);
		return;
	}
	ctx = dcbm_ctx_get(&pool->ctxs);
	if (!ctx) {
		dcbm_batch_leave(report, src_list, DCBM_FB_BUSY, -EBUSY);
		return;
	}

	ctx->phases = phases;
	ctx->batch = report->id;
	ctx->timeout_ms = opt->timeout_ms;
	dcbm_ctx_choose(ctx, pool, opt, node);
	if (ctx->nr_lanes) {
		dcbm_batch_rounds(ctx, opt, dst_list, src_list, report);
	} else {
		bool named = opt->backend != DCBM_BE_AUTO;

		dcbm_batch_leave(report, src_list,
				 named ? DCBM_FB_BACKEND : DCBM_FB_NO_CHANNEL,
				 named ? -EOPNOTSUPP : -ENODEV);
	}

	for (i = 0; i < ctx->nr_lanes; i++)
		if (ctx->lanes[i].used)
			dcbm_stats_chan_batch(pool->stats,
					      ctx->lanes[i].chan->slot_idx);
	dcbm_ctx_put(&pool->ctxs, ctx);
}

static enum dcbm_outcome dcbm_outcome_of(const struct dcbm_report *report)
{
	if (report->folios_dma == report->folios)
		return DCBM_OFFLOADED;
	return report->folios_dma ? DCBM_PARTIAL : DCBM_FALLBACK;
}

static void dcbm_batch_account(struct dcbm_pool *pool,
			       const struct dcbm_report *report)
{
	enum dcbm_outcome outcome = dcbm_outcome_of(report);
	unsigned int i;

	for (i = 0; i < DCBM_NR_REASONS; i++) {
		const struct dcbm_tally *left = &report->left[i];

		if (!left->folios)
			continue;
		trace_dcbm_fallback(report->id, i, left->folios, left->bytes,
				    left->error);
		dcbm_stats_fallback(pool->stats, i, left->folios, left->bytes,
				    left->error);
	}

	trace_dcbm_batch_end(report->id, report->folios, report->bytes,
			     report->folios_dma, report->bytes_dma, outcome,
			     report->ns);
	dcbm_stats_batch(pool->stats, outcome, report->folios, report->bytes,
			 report->ns);
}

/**
 * dcbm_batch_copy() - copy a batch of folios
 * @pool: the channels
 * @id: id of the batch, for tracing
 * @opt: options
 * @dst_list: folios that are written, linked by lru
 * @src_list: folios that are read, linked by lru, the same number; not empty
 * @report: outcome
 *
 * No other code may access the folios during the call. A destination is marked
 * (dcbm_mark_copied()) when all its bytes have arrived. After the call no engine accesses
 * a folio, except the folios of a quarantined channel, which get an extra reference.
 *
 * Context: May sleep for a bounded time: timeout_ms per descriptor, and after a timeout
 * the time of a termination. Allocates no memory.
 */
void dcbm_batch_copy(struct dcbm_pool *pool, u64 id,
		     const struct dcbm_options *opt, struct list_head *dst_list,
		     struct list_head *src_list, struct dcbm_report *report)
{
	struct folio *src = list_first_entry(src_list, struct folio, lru);
	struct folio *dst = list_first_entry(dst_list, struct folio, lru);
	u64 now, start = ktime_get_ns();
	struct dcbm_phases phases = {
		.on = trace_dcbm_batch_phases_enabled(),
		.since = start,
	};
	struct folio *folio;

	memset(report, 0, sizeof(*report));
	report->id = id;
	list_for_each_entry(folio, src_list, lru) {
		report->folios++;
		report->bytes += folio_size(folio);
	}
	trace_dcbm_batch_start(id, report->folios, report->bytes, opt->nr_chan,
			       folio_nid(src), folio_nid(dst), opt->backend);

	if (report->folios < opt->min_folios) {
		dcbm_batch_leave(report, src_list, DCBM_FB_SMALL, 0);
	} else if (!down_read_trylock(&pool->sem)) {
		dcbm_batch_leave(report, src_list, DCBM_FB_RECONFIG, -EAGAIN);
	} else {
		dcbm_batch_run(pool, opt, dst_list, src_list, &phases, report);
		up_read(&pool->sem);
	}

	/* One timestamp for both uses, so that the phases add up to report->ns */
	now = ktime_get_ns();
	report->ns = now - start;
	if (phases.on) {
		dcbm_phases_at(&phases, DCBM_PH_PLAN, now);
		trace_dcbm_batch_phases(id, phases.ns[DCBM_PH_PLAN],
					phases.ns[DCBM_PH_MAP],
					phases.ns[DCBM_PH_PREP],
					phases.ns[DCBM_PH_SUBMIT],
					phases.ns[DCBM_PH_WAIT],
					phases.ns[DCBM_PH_UNMAP]);
	}
	dcbm_batch_account(pool, report);
}
