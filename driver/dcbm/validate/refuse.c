// SPDX-License-Identifier: GPL-2.0-only
/*
 * Clauses refuse.*: lists that prep must refuse, and the ring after a refusal.
 */
#include <linux/minmax.h>
#include <linux/sizes.h>

#include "clauses.h"
#include "lists.h"
#include "map.h"
#include "mem.h"
#include "run.h"
#include "submit.h"
#include "types.h"
#include "verdict.h"
#include "wait.h"

/* Segments of the lists that are made invalid. */
#define DCBM_V_SPOIL_SEGS	4

static int dcbm_v_good(struct dcbm_vt *t)
{
	const struct dcbm_vshape shape = {
		.segs_min = t->sg ? DCBM_V_SPOIL_SEGS : 1,
		.segs_max = t->sg ? DCBM_V_SPOIL_SEGS : 1,
		.len_min = SZ_512,
		.len_max = SZ_2K,
	};

	dcbm_v_list_make(t, &t->vd[0], &shape, 0, t->size);
	dcbm_v_fill(t, 1);
	return dcbm_v_map(t, &t->vd[0]);
}

/*
 * Valid lists are mapped and then made invalid by @spoil. Their addresses stay valid: a
 * provider that accepts an invalid list copies it.
 */
static int dcbm_v_refuse(struct dcbm_vt *t, const char *what,
			 void (*spoil)(struct dcbm_vd *v, u32 i))
{
	int ret = dcbm_v_alloc(t, 1, DCBM_V_SPOIL_SEGS);
	struct dcbm_vd *v;
	u32 i = 0;

	while (dcbm_v_next(t, &i, &ret)) {
		v = &t->vd[0];
		ret = dcbm_v_good(t);
		if (ret)
			break;
		spoil(v, i);
		ret = dcbm_v_put(t, v, DCBM_V_FLAGS);
		if (v->submitted) {
			dcbm_v_issue(t);
			wait_event_timeout(t->waiter.wq, dcbm_v_ended(v), HZ);
			return dcbm_v_fail(t, "prep accepted %s", what);
		}
		dcbm_v_unmap(t, v);
	}
	return ret;
}

/* Shortens one segment of one side by one unit, another segment in each case. */
static void dcbm_v_spoil_total(struct dcbm_vd *v, u32 i)
{
	struct scatterlist *side = i % 2 ? v->pair_dst : v->pair_src;

	sg_dma_len(&side[i / 2 % v->pairs]) -= dcbm_v_unit(v->t);
}

int dcbm_v_refuse_totals(struct dcbm_vt *t)
{
	return dcbm_v_refuse(t, "lists of different total length", dcbm_v_spoil_total);
}

/* Empties one list or both lists. Unmapping uses orig_nents and is not affected. */
static void dcbm_v_spoil_nents(struct dcbm_vd *v, u32 i)
{
	v->pairs = 0;
	if (i % 3 != 2)
		v->dst.nents = 0;
	if (i % 3 != 0)
		v->src.nents = 0;
}

int dcbm_v_refuse_empty(struct dcbm_vt *t)
{
	return dcbm_v_refuse(t, "lists without entries", dcbm_v_spoil_nents);
}

/* Makes one pair of entries empty, another pair in each case. */
static void dcbm_v_spoil_entry(struct dcbm_vd *v, u32 i)
{
	sg_dma_len(&v->pair_dst[i % v->pairs]) = 0;
	sg_dma_len(&v->pair_src[i % v->pairs]) = 0;
}

int dcbm_v_refuse_zero(struct dcbm_vt *t)
{
	return dcbm_v_refuse(t, "an entry of length 0", dcbm_v_spoil_entry);
}

int dcbm_v_refuse_depth(struct dcbm_vt *t)
{
	int ret = dcbm_v_slots(t, DCBM_V_MAX_DEPTH, SZ_64);
	u32 i = 0, depth, first = 0;

	while (dcbm_v_next(t, &i, &ret)) {
		ret = dcbm_v_depth(t, &depth);
		if (ret)
			break;
		if (i > 1 && depth < first)
			return dcbm_v_fail(t,
					   "the ring accepted %u descriptors, and only %u the next time",
					   first, depth);
		first = first ?: depth;
	}
	if (ret)
		return ret;
	if (first == t->nr)
		dcbm_v_note(t, "the ring accepts %u descriptors or more", first);
	else
		dcbm_v_note(t, "the ring accepts %u descriptors", first);
	return ret;
}
