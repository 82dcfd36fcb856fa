// SPDX-License-Identifier: GPL-2.0-only
/*
 * Cases of copy clauses, and the reduction of a list that fails.
 */
#include <linux/math.h>
#include <linux/minmax.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "lists.h"
#include "map.h"
#include "mem.h"
#include "reduce.h"
#include "submit.h"
#include "types.h"
#include "verdict.h"
#include "wait.h"

/**
 * DOC: Reduction of failing lists
 *
 * A list that was copied wrongly is copied again with segments left out or shortened, as
 * long as the copy is still wrong, so that the list in the result is short. (Zeller,
 * Hildebrandt: Simplifying and Isolating Failure-Inducing Input, IEEE TSE 28(2), 2002;
 * here only the removal of pieces, first half of the list, then smaller pieces.)
 */

/* Maximum number of copies. To find one bad segment among 1024 takes about 40 copies. */
#define DCBM_V_MAX_TRIES	200

/*
 * Returns true if the list is still copied wrongly. Any other failure ends the reduction:
 * the descriptor may be in flight, so it stays mapped and must not be used again.
 */
static bool dcbm_v_still_wrong(struct dcbm_vt *t, struct dcbm_vd *v, u32 *tries)
{
	u32 started;
	bool wrong;

	if (!*tries || v->mapped)
		return false;
	--*tries;
	dcbm_v_fill(t, 1);
	if (dcbm_v_start(t, 1, &started, DCBM_V_FLAGS) || started != 1) {
		*tries = 0;
		return false;
	}
	dcbm_v_issue(t);
	if (dcbm_v_wait(t, 1) || v->d.result != DCBM_RES_OK) {
		*tries = 0;
		return false;
	}
	dcbm_v_unlink(t);
	dcbm_v_unmap(t, v);
	wrong = dcbm_v_compare(t, 1, NULL, 0);
	return wrong;
}

static void dcbm_vlist_cut(struct dcbm_vlist *list, u32 at, u32 nr)
{
	u32 rest = list->nr_dst - at - nr;

	memmove(list->dst + at, list->dst + at + nr, rest * sizeof(*list->dst));
	memmove(list->src + at, list->src + at + nr, rest * sizeof(*list->src));
	list->nr_dst -= nr;
	list->nr_src -= nr;
}

static void dcbm_vlist_copy(struct dcbm_vlist *to, const struct dcbm_vlist *from)
{
	memcpy(to->dst, from->dst, from->nr_dst * sizeof(*to->dst));
	memcpy(to->src, from->src, from->nr_src * sizeof(*to->src));
	to->nr_dst = from->nr_dst;
	to->nr_src = from->nr_src;
}

static void dcbm_v_fewer(struct dcbm_vt *t, struct dcbm_vd *v,
			 struct dcbm_vlist *last, u32 *tries)
{
	u32 piece, at;

	for (piece = v->list.nr_dst / 2; piece; piece /= 2) {
		for (at = 0; at + piece <= v->list.nr_dst &&
		     piece < v->list.nr_dst;) {
			dcbm_vlist_copy(last, &v->list);
			dcbm_vlist_cut(&v->list, at, piece);
			if (dcbm_v_still_wrong(t, v, tries))
				continue;
			dcbm_vlist_copy(&v->list, last);
			at += piece;
		}
	}
}

static void dcbm_v_shorter(struct dcbm_vt *t, struct dcbm_vd *v, u32 *tries)
{
	u32 unit = dcbm_v_unit(t), i;

	for (i = 0; i < v->list.nr_dst; i++) {
		u32 len = v->list.dst[i].len;

		for (;;) {
			u32 half = round_up(len / 2, unit);

			if (half >= len)
				break;
			v->list.dst[i].len = half;
			v->list.src[i].len = half;
			if (!dcbm_v_still_wrong(t, v, tries))
				break;
			len = half;
		}
		v->list.dst[i].len = len;
		v->list.src[i].len = len;
	}
}

static bool dcbm_v_keep(struct dcbm_vt *t, const struct dcbm_vd *v, u32 i)
{
	struct dcbm_vresult *res = t->res;

	res->list.dst = kvcalloc(v->max_segs, sizeof(*res->list.dst), GFP_KERNEL);
	res->list.src = kvcalloc(v->max_segs, sizeof(*res->list.src), GFP_KERNEL);
	if (!res->list.dst || !res->list.src)
		return false;
	dcbm_vlist_copy(&res->list, &v->list);
	res->nr_original = max(v->list.nr_dst, v->list.nr_src);
	res->fail_case = i - 1;
	res->has_list = true;
	return true;
}

static void dcbm_v_reduce(struct dcbm_vt *t, struct dcbm_vd *v)
{
	struct dcbm_vresult *res = t->res;
	u32 tries = DCBM_V_MAX_TRIES;

	/* Uneven lists and failures that do not repeat are not reduced. */
	if (v->list.nr_dst != v->list.nr_src || !dcbm_v_still_wrong(t, v, &tries))
		return;
	dcbm_v_fewer(t, v, &res->list, &tries);
	dcbm_v_shorter(t, v, &tries);
	dcbm_vlist_copy(&res->list, &v->list);

	/* The wrong bytes of the reduced list. */
	tries = 1;
	if (dcbm_v_still_wrong(t, v, &tries))
		res->nr_wrong = dcbm_v_compare(t, 1, res->wrong, DCBM_V_MAX_WRONG);
}

/*
 * A provider does not declare its maximum number of segments per list: after a refusal
 * the list is halved.
 */
static int dcbm_v_case_start(struct dcbm_vt *t, struct dcbm_vd *v)
{
	int ret;

	for (;;) {
		dcbm_v_fill(t, 1);
		ret = dcbm_v_map(t, v);
		if (!ret)
			ret = dcbm_v_put_retry(t, v, DCBM_V_FLAGS);
		if (ret || v->submitted)
			return ret;
		dcbm_v_unmap(t, v);
		if (v->list.nr_dst == 1 || v->list.nr_dst != v->list.nr_src)
			return dcbm_v_fail(t,
					   "prep refused %u segments (%u bytes) on an idle channel",
					   v->list.nr_dst,
					   dcbm_v_list_bytes(&v->list));
		dcbm_v_note(t, "prep refused lists of %u segments", v->list.nr_dst);
		v->list.nr_dst /= 2;
		v->list.nr_src = v->list.nr_dst;
	}
}

/*
 * Runs case @i, from 1, which is the list of the first descriptor. If the copy is wrong,
 * the reduced list becomes part of the result.
 */
int dcbm_v_case(struct dcbm_vt *t, u32 i)
{
	struct dcbm_vd *v = &t->vd[0];
	int ret = dcbm_v_case_start(t, v);

	if (!ret)
		ret = dcbm_v_finish(t, 1, 1);
	if (ret != DCBM_V_FAIL || !t->res->nr_wrong)
		return ret;
	if (dcbm_v_keep(t, v, i))
		dcbm_v_reduce(t, v);
	return ret;
}
