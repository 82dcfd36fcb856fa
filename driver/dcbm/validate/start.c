// SPDX-License-Identifier: GPL-2.0-only
/*
 * Clauses start.* and prep.*: preparation and start of descriptors.
 */
#include <linux/delay.h>
#include <linux/minmax.h>
#include <linux/sizes.h>

#include "clauses.h"
#include "map.h"
#include "mem.h"
#include "run.h"
#include "submit.h"
#include "types.h"
#include "verdict.h"
#include "wait.h"

/* Time for a provider to recycle descriptors: after it, prep must not refuse. */
#define DCBM_V_IDLE_MS	25

/* Has the engine written to a segment? dcbm_v_fill() set each byte to its complement. */
static bool dcbm_v_begun(const struct dcbm_vt *t, const struct dcbm_vseg *seg)
{
	u32 i;

	for (i = seg->off; i < seg->off + seg->len; i++)
		if (t->dst.mem[i] != (u8)~t->want[i])
			return true;
	return false;
}

int dcbm_v_start_pending(struct dcbm_vt *t)
{
	int ret = dcbm_v_slots(t, min(t->spec->depth, 4U), SZ_4K);
	u32 i = 0, j, started;

	while (dcbm_v_next(t, &i, &ret)) {
		dcbm_v_fill(t, t->nr);
		ret = dcbm_v_start(t, t->nr, &started, DCBM_V_FLAGS);
		if (ret)
			break;
		msleep(DCBM_V_LINGER_MS);
		for (j = 0; j < started; j++) {
			struct dcbm_vd *v = &t->vd[j];

			if (atomic_read(&v->calls) ||
			    (dcbm_v_visible(t) && dcbm_v_begun(t, &v->list.dst[0])))
				return dcbm_v_fail(t,
						   "descriptor %u of %u was copied before issue_pending",
						   j, started);
		}
		ret = dcbm_v_finish(t, t->nr, started);
	}
	return ret;
}

/* Fails if a second issue_pending makes more descriptors complete. */
static int dcbm_v_start_again(struct dcbm_vt *t, u32 started)
{
	u32 left = dcbm_v_wait_ended(t, started);

	if (!left)
		return DCBM_V_PASS;
	dcbm_v_issue(t);
	if (dcbm_v_wait_ended(t, started) < left)
		return dcbm_v_fail(t,
				   "descriptors submitted before issue_pending needed a second one");
	return DCBM_V_PASS;
}

/* Odd cases submit all descriptors at once, even cases submit half to the busy channel. */
int dcbm_v_start_once(struct dcbm_vt *t)
{
	int ret = dcbm_v_slots(t, t->spec->depth, SZ_4K);
	u32 i = 0, started, first;

	while (dcbm_v_next(t, &i, &ret)) {
		first = i % 2 ? t->nr : (t->nr + 1) / 2;
		dcbm_v_fill(t, t->nr);
		ret = dcbm_v_start(t, first, &started, DCBM_V_FLAGS);
		if (ret)
			break;
		dcbm_v_issue(t);
		if (first < t->nr && started == first) {
			ret = dcbm_v_start_more(t, t->nr, &started, DCBM_V_FLAGS);
			if (ret)
				break;
			dcbm_v_issue(t);
		}
		ret = dcbm_v_start_again(t, started);
		if (!ret)
			ret = dcbm_v_finish(t, t->nr, started);
	}
	return ret;
}

int dcbm_v_prep_idle(struct dcbm_vt *t)
{
	int ret = dcbm_v_slots(t, 1, SZ_4K);
	u32 i = 0;

	while (dcbm_v_next(t, &i, &ret)) {
		struct dcbm_vd *v = &t->vd[0];

		dcbm_v_fill(t, 1);
		ret = dcbm_v_map(t, v);
		if (ret)
			break;
		msleep(DCBM_V_IDLE_MS);
		ret = dcbm_v_put(t, v, DCBM_V_FLAGS);
		if (!ret && !v->submitted)
			return dcbm_v_fail(t, "prep refused on a channel that was idle for %u ms",
					   DCBM_V_IDLE_MS);
		if (!ret)
			ret = dcbm_v_finish(t, 1, 1);
	}
	return ret;
}

/* dcbm_v_put() checks each prep and submit. */
int dcbm_v_prep_atomic(struct dcbm_vt *t)
{
	int ret = dcbm_v_slots(t, t->spec->depth, SZ_64);
	u32 i = 0;

	if (IS_ENABLED(CONFIG_PREEMPT_RT))
		return dcbm_v_skip(t, "spinlocks sleep in this kernel");
	while (dcbm_v_next(t, &i, &ret))
		ret = dcbm_v_round(t, t->nr);
	return ret;
}

int dcbm_v_prep_clean(struct dcbm_vt *t)
{
	int ret = dcbm_v_slots(t, DCBM_V_MAX_DEPTH, SZ_64);
	const char *stale = NULL;
	u32 i = 0, j, n;

	while (dcbm_v_next(t, &i, &ret)) {
		dcbm_v_fill(t, t->nr);
		ret = dcbm_v_fill_ring(t, &n);
		if (ret)
			break;
		for (j = 0; !stale && j < n; j++)
			stale = t->vd[j].stale;
		ret = dcbm_v_finish(t, t->nr, n);
		if (stale)
			return dcbm_v_fail(t, "prep returned a descriptor %s", stale);
	}
	return ret;
}
