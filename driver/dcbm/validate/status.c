// SPDX-License-Identifier: GPL-2.0-only
/*
 * Clauses status.*, order.* and time.*: cookies, tx_status, order and duration.
 */
#include <linux/jiffies.h>
#include <linux/ktime.h>
#include <linux/limits.h>
#include <linux/minmax.h>
#include <linux/sizes.h>
#include <linux/time64.h>

#include "clauses.h"
#include "map.h"
#include "mem.h"
#include "run.h"
#include "submit.h"
#include "types.h"
#include "verdict.h"
#include "wait.h"

/* A page must be copied on an idle channel within timeout_ms / DCBM_V_PACE. */
#define DCBM_V_PACE	10

/* Cookies above this may have wrapped around before the next check. */
#define DCBM_V_COOKIE_LATE	(INT_MAX - 2 * DCBM_V_MAX_DEPTH)

/* Runs rounds with the checks @before issue_pending and @after the end. */
static int dcbm_v_look(struct dcbm_vt *t,
		       int (*before)(struct dcbm_vt *t, u32 started),
		       int (*after)(struct dcbm_vt *t, u32 started))
{
	int ret = dcbm_v_slots(t, t->spec->depth, SZ_4K);
	u32 i = 0, started;

	while (dcbm_v_next(t, &i, &ret)) {
		dcbm_v_fill(t, t->nr);
		ret = dcbm_v_start(t, t->nr, &started, DCBM_V_FLAGS);
		if (!ret && before)
			ret = before(t, started);
		if (ret)
			break;
		dcbm_v_issue(t);
		ret = dcbm_v_wait(t, started);
		if (!ret && after)
			ret = after(t, started);
		if (!ret)
			ret = dcbm_v_finish(t, t->nr, started);
	}
	return ret;
}

static int dcbm_v_cookies_rise(struct dcbm_vt *t, u32 started)
{
	u32 i;

	for (i = 0; i < started; i++) {
		dma_cookie_t last = t->cookie, this = t->vd[i].d.cookie;

		/* dma_cookie_assign() wraps around after INT_MAX. */
		if (this <= last && last < DCBM_V_COOKIE_LATE)
			return dcbm_v_fail(t, "cookie %d was followed by lower cookie %d",
					   last, this);
		t->cookie = this;
	}
	return DCBM_V_PASS;
}

int dcbm_v_status_cookies(struct dcbm_vt *t)
{
	return dcbm_v_look(t, dcbm_v_cookies_rise, NULL);
}

static int dcbm_v_not_complete(struct dcbm_vt *t, u32 started)
{
	u32 i;

	for (i = 0; i < started; i++) {
		enum dma_status status = dcbm_v_status(t, &t->vd[i], NULL);

		if (status != DMA_IN_PROGRESS &&
		    !(status == DMA_OUT_OF_ORDER && !t->ordered))
			return dcbm_v_fail(t,
					   "tx_status of descriptor %u is %d before issue_pending",
					   i, status);
	}
	return DCBM_V_PASS;
}

static int dcbm_v_complete(struct dcbm_vt *t, u32 started)
{
	u32 i;

	for (i = 0; i < started; i++) {
		enum dma_status status = dcbm_v_status(t, &t->vd[i], NULL);

		if (status != DMA_COMPLETE &&
		    !(status == DMA_OUT_OF_ORDER && !t->ordered))
			return dcbm_v_fail(t, "tx_status of descriptor %u is %d after its callback",
					   i, status);
	}
	return DCBM_V_PASS;
}

int dcbm_v_status_progress(struct dcbm_vt *t)
{
	return dcbm_v_look(t, dcbm_v_not_complete, dcbm_v_complete);
}

/* With DMA_RESIDUE_GRANULARITY_DESCRIPTOR a provider may report a residue of 0. */
static int dcbm_v_all_left(struct dcbm_vt *t, u32 started)
{
	bool coarse = t->dma->device->residue_granularity ==
		      DMA_RESIDUE_GRANULARITY_DESCRIPTOR;
	u32 i, residue;

	for (i = 0; i < started; i++) {
		u32 whole = t->vd[i].d.end;

		dcbm_v_status(t, &t->vd[i], &residue);
		if (residue != whole && !(coarse && !residue))
			return dcbm_v_fail(t, "the residue of %u bytes is %u before issue_pending",
					   whole, residue);
	}
	return DCBM_V_PASS;
}

static int dcbm_v_none_left(struct dcbm_vt *t, u32 started)
{
	u32 i, residue;

	for (i = 0; i < started; i++) {
		dcbm_v_status(t, &t->vd[i], &residue);
		if (residue)
			return dcbm_v_fail(t, "the residue is %u after the callback",
					   residue);
	}
	return DCBM_V_PASS;
}

int dcbm_v_status_residue(struct dcbm_vt *t)
{
	return dcbm_v_look(t, dcbm_v_all_left, dcbm_v_none_left);
}

static int dcbm_v_in_order(struct dcbm_vt *t, u32 started)
{
	u32 i;

	for (i = 1; i < started; i++)
		if (t->vd[i].seq < t->vd[i - 1].seq)
			return dcbm_v_fail(t, "descriptor %u of %u completed before descriptor %u",
					   i, started, i - 1);
	return DCBM_V_PASS;
}

int dcbm_v_status_order(struct dcbm_vt *t)
{
	if (!t->ordered)
		return dcbm_v_skip(t, "DMA_COMPLETION_NO_ORDER is declared");
	return dcbm_v_look(t, NULL, dcbm_v_in_order);
}

/*
 * Both descriptors write to the mapping of the first descriptor, as memory must not be
 * mapped for writing twice. The own destination of the second one stays mapped and unused.
 */
static int dcbm_v_same_start(struct dcbm_vt *t)
{
	struct dcbm_vd *first = &t->vd[0], *second = &t->vd[1];
	struct dcbm_vseg own = second->list.dst[0];
	int ret;

	second->list.dst[0] = first->list.dst[0];
	dcbm_v_fill(t, 2);
	second->list.dst[0] = own;
	ret = dcbm_v_map(t, first) ?: dcbm_v_map(t, second);
	second->list.dst[0] = first->list.dst[0];
	if (ret)
		return ret;
	sg_dma_address(&second->pair_dst[0]) = sg_dma_address(&first->pair_dst[0]);
	ret = dcbm_v_put_retry(t, first, DCBM_V_FLAGS | DMA_PREP_FENCE);
	if (!ret && !first->submitted)
		return dcbm_v_fail(t, "prep refused DMA_PREP_FENCE");
	if (!ret)
		ret = dcbm_v_put_retry(t, second, DCBM_V_FLAGS | DMA_PREP_FENCE);
	if (!ret && !second->submitted)
		return dcbm_v_no_room(t, 2);
	return ret;
}

int dcbm_v_order_same(struct dcbm_vt *t)
{
	int ret = dcbm_v_slots(t, 2, SZ_16K);
	struct dcbm_vseg own;
	u32 i = 0;

	while (dcbm_v_next(t, &i, &ret)) {
		if (t->nr < 2)
			return dcbm_v_skip(t, "max_bytes is too small for 2 descriptors");
		own = t->vd[1].list.dst[0];
		ret = dcbm_v_same_start(t);
		if (ret)
			break;
		dcbm_v_issue(t);
		/* The second copy may overwrite the data before the first callback checks it. */
		ret = dcbm_v_wait(t, 2);
		t->vd[0].data_bad = false;
		if (!ret)
			ret = dcbm_v_finish(t, 2, 2);
		t->vd[1].list.dst[0] = own;
	}
	return ret;
}

/* Measures only the time from issue to completion. */
static int dcbm_v_timed(struct dcbm_vt *t, u64 *ns)
{
	u32 started;
	int ret;

	dcbm_v_fill(t, 1);
	ret = dcbm_v_start(t, 1, &started, DCBM_V_FLAGS);
	if (ret)
		return ret;
	*ns = ktime_get_ns();
	dcbm_v_issue(t);
	ret = dcbm_v_wait(t, 1);
	*ns = ktime_get_ns() - *ns;
	return ret ?: dcbm_v_finish(t, 1, 1);
}

int dcbm_v_time_bound(struct dcbm_vt *t)
{
	u64 bound = (u64)t->spec->timeout_ms * NSEC_PER_MSEC / DCBM_V_PACE;
	int ret = dcbm_v_slots(t, 1, SZ_4K);
	u64 worst = 0, ns = 0;
	u32 i = 0;

	while (dcbm_v_next(t, &i, &ret)) {
		ret = dcbm_v_timed(t, &ns);
		worst = max(worst, ns);
		if (!ret && ns > bound)
			return dcbm_v_fail(t, "a page took %llu us, more than %llu us",
					   ns / NSEC_PER_USEC, bound / NSEC_PER_USEC);
	}
	dcbm_v_note(t, "the slowest of %u copies of 4096 bytes took %llu us", i,
		    worst / NSEC_PER_USEC);
	return ret;
}
