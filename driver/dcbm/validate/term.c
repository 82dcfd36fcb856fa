// SPDX-License-Identifier: GPL-2.0-only
/*
 * Clauses term.* and chan.*: termination, and release of the channel.
 */
#include <linux/delay.h>
#include <linux/dma-map-ops.h>
#include <linux/dmaengine.h>
#include <linux/minmax.h>
#include <linux/sizes.h>

#include <dcbm_compat.h>

#include "clauses.h"
#include "map.h"
#include "mem.h"
#include "run.h"
#include "stop.h"
#include "submit.h"
#include "types.h"
#include "verdict.h"
#include "wait.h"

/* Number of attempts to request the channel: another client may hold the channel briefly. */
#define DCBM_V_REQUESTS	10

static u32 dcbm_v_calls_of(const struct dcbm_vt *t)
{
	u32 i, calls = atomic_read(&t->validate->stray);

	for (i = 0; i < t->nr; i++)
		calls += atomic_read(&t->vd[i].calls);
	return calls;
}

/* Descriptors that were not issued have no callback, even when terminated. */
static int dcbm_v_uncalled(struct dcbm_vt *t)
{
	u32 calls = dcbm_v_calls_of(t), i;

	if (calls)
		return dcbm_v_fail(t, "%u callbacks for descriptors that had not started",
				   calls);
	/* For a device that is not coherent, mapping may change the content of memory. */
	for (i = 0; i < t->nr; i++)
		t->vd[i].unspecified = !dev_is_dma_coherent(t->chan->dev);
	return DCBM_V_PASS;
}

static int dcbm_v_unwritten(struct dcbm_vt *t)
{
	u64 wrong = dcbm_v_compare(t, t->nr, NULL, 0);

	if (wrong)
		return dcbm_v_fail(t, "%llu bytes were written by descriptors that had not started",
				   wrong);
	return DCBM_V_PASS;
}

/*
 * Terminates the channel, and checks that the copies completed before are right, and that no
 * write or callback follows. A channel that writes or calls back later is quarantined.
 */
static int dcbm_v_quiet(struct dcbm_vt *t, bool issued, const char *when)
{
	u32 before, calls;
	int ret;

	ret = dcbm_v_terminate(t);
	if (!ret && !issued)
		ret = dcbm_v_uncalled(t);
	if (ret)
		return ret;
	before = dcbm_v_calls_of(t);
	dcbm_v_unmap_all(t);
	ret = issued ? dcbm_v_verify(t, t->nr) : dcbm_v_unwritten(t);
	if (ret)
		return ret;

	ret = dcbm_v_untouched(t, when);
	calls = dcbm_v_calls_of(t);
	dcbm_v_unlink(t);
	if (!ret && calls != before)
		ret = dcbm_v_fail(t, "%u callbacks ran %s", calls - before, when);
	if (ret)
		dcbm_v_quarantine(t, "it was not quiet after a termination");
	return ret;
}

/* Starts and terminates @nr descriptors of @len bytes each. @issue: issue them before. */
static int dcbm_v_term(struct dcbm_vt *t, u32 nr, u32 len, bool issue,
		       const char *when)
{
	u32 i = 0, j, started;
	int ret;

	if (!t->dma->device->device_terminate_all)
		return dcbm_v_skip(t, "the provider cannot terminate");
	ret = dcbm_v_slots(t, nr, len);

	while (dcbm_v_next(t, &i, &ret)) {
		dcbm_v_fill(t, t->nr);
		if (!issue)
			dcbm_v_expect_nothing(t);
		ret = dcbm_v_start(t, t->nr, &started, DCBM_V_FLAGS);
		if (ret)
			break;
		for (j = started; j < t->nr; j++)
			t->vd[j].unspecified = true;
		if (issue)
			dcbm_v_issue(t);
		ret = dcbm_v_quiet(t, issue, when);
		if (!ret)
			ret = dcbm_v_round(t, 1);
	}
	return ret;
}

int dcbm_v_term_prepared(struct dcbm_vt *t)
{
	return dcbm_v_term(t, min(t->spec->depth, 8U), SZ_4K, false,
			   "after descriptors that had not started were terminated");
}

int dcbm_v_term_queued(struct dcbm_vt *t)
{
	return dcbm_v_term(t, t->spec->depth, SZ_32K, true,
			   "after queued descriptors were terminated");
}

int dcbm_v_term_running(struct dcbm_vt *t)
{
	return dcbm_v_term(t, 1, t->size, true,
			   "after a running copy was terminated");
}

int dcbm_v_term_again(struct dcbm_vt *t)
{
	u32 i = 0;
	int ret;

	if (!t->dma->device->device_terminate_all)
		return dcbm_v_skip(t, "the provider cannot terminate");
	ret = dcbm_v_slots(t, t->spec->depth, SZ_4K);
	while (dcbm_v_next(t, &i, &ret)) {
		ret = dcbm_v_stop(t, 1 + i % t->nr);
		if (!ret)
			ret = dcbm_v_round(t, 1);
		if (!ret)
			ret = dcbm_v_round(t, t->nr);
	}
	return ret;
}

static bool dcbm_v_this_chan(struct dma_chan *dma, void *param)
{
	return dma == param;
}

static int dcbm_v_request_again(struct dcbm_vt *t)
{
	struct dma_chan *dma = NULL;
	dma_cap_mask_t mask;
	u32 i;

	dma_cap_zero(mask);
	dma_release_channel(t->dma);
	for (i = 0; !dma && i < DCBM_V_REQUESTS; i++) {
		if (i)
			msleep(DCBM_V_LINGER_MS);
		dma = dma_request_channel(mask, dcbm_v_this_chan, t->dma);
	}
	if (dma)
		return DCBM_V_PASS;
	/* The channel is not held any more; only quarantine prevents a second release. */
	dcbm_v_quarantine(t, "it was released and could not be requested again");
	return dcbm_v_fail(t, "the channel was released and could not be requested again");
}

int dcbm_v_chan_reacquire(struct dcbm_vt *t)
{
	int ret = dcbm_v_slots(t, min(t->spec->depth, 8U), SZ_4K);
	u32 i = 0;

	while (dcbm_v_next(t, &i, &ret)) {
		ret = dcbm_v_round(t, t->nr);
		if (!ret)
			ret = dcbm_v_request_again(t);
		if (!ret)
			ret = dcbm_v_round(t, t->nr);
	}
	return ret;
}
