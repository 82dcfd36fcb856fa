// SPDX-License-Identifier: GPL-2.0-only
/*
 * Clauses copy.*: the right bytes are copied, and no others.
 */
#include <linux/limits.h>
#include <linux/minmax.h>
#include <linux/prandom.h>
#include <linux/sizes.h>

#include "clauses.h"
#include "lists.h"
#include "map.h"
#include "mem.h"
#include "reduce.h"
#include "run.h"
#include "submit.h"
#include "types.h"
#include "verdict.h"
#include "wait.h"

/*
 * Bytes before and after the lists in the arena, to see writes outside the lists. Not
 * PAGE_SIZE, which may be 64 KB and thus the size of the smallest arena.
 */
#define DCBM_V_MARGIN	SZ_4K

/* Maximum number of segments per list in copy.many. */
#define DCBM_V_MAX_SEGS	1024

static u32 dcbm_v_room(const struct dcbm_vt *t)
{
	return t->size - 2 * DCBM_V_MARGIN;
}

/* In even cases the source segments have reverse order. */
static void dcbm_v_list(struct dcbm_vt *t, const struct dcbm_vshape *shape, u32 i)
{
	dcbm_v_list_make(t, &t->vd[0], shape, DCBM_V_MARGIN, dcbm_v_room(t));
	if (!(i % 2))
		dcbm_v_list_back(t, &t->vd[0], DCBM_V_MARGIN, dcbm_v_room(t));
}

/* Copies random lists. Without memcpy_sg each list has one segment. */
static int dcbm_v_copy(struct dcbm_vt *t, struct dcbm_vshape shape)
{
	u32 i = 0;
	int ret;

	if (!t->sg)
		shape.segs_max = 1;
	shape.len_max = min(shape.len_max, dcbm_v_room(t));
	ret = dcbm_v_alloc(t, 1, shape.segs_max);
	while (dcbm_v_next(t, &i, &ret)) {
		dcbm_v_list(t, &shape, i);
		ret = dcbm_v_case(t, i);
	}
	return ret;
}

#define DCBM_V_SHAPE(_segs_min, _segs_max, _len_min, _len_max, _align)	\
	((struct dcbm_vshape) {						\
		.segs_min = _segs_min,					\
		.segs_max = _segs_max,					\
		.len_min = _len_min,					\
		.len_max = _len_max,					\
		.align = _align,					\
	})

int dcbm_v_copy_one(struct dcbm_vt *t)
{
	return dcbm_v_copy(t, DCBM_V_SHAPE(1, 1, SZ_4K, U32_MAX, false));
}

int dcbm_v_copy_few(struct dcbm_vt *t)
{
	return dcbm_v_copy(t, DCBM_V_SHAPE(2, 8, SZ_64, SZ_16K, false));
}

int dcbm_v_copy_lengths(struct dcbm_vt *t)
{
	return dcbm_v_copy(t, DCBM_V_SHAPE(1, 4, 1, U32_MAX, false));
}

int dcbm_v_copy_align(struct dcbm_vt *t)
{
	return dcbm_v_copy(t, DCBM_V_SHAPE(1, 16, 1, SZ_8K, true));
}

/* Short segments with gaps: each check compares the whole arena, gaps included. */
int dcbm_v_copy_outside(struct dcbm_vt *t)
{
	return dcbm_v_copy(t, DCBM_V_SHAPE(1, 8, 1, SZ_512, true));
}

int dcbm_v_copy_source(struct dcbm_vt *t)
{
	return dcbm_v_copy_outside(t);
}

/* Copies one list of @segs segments. Returns DCBM_V_SKIP if the provider refuses it. */
static int dcbm_v_copy_segs(struct dcbm_vt *t, u32 segs, u32 i)
{
	const struct dcbm_vshape shape = DCBM_V_SHAPE(segs, segs, SZ_64, SZ_512, false);
	struct dcbm_vd *v = &t->vd[0];
	bool refused;
	int ret;

	dcbm_v_list(t, &shape, i);
	if (v->list.nr_dst < segs)
		return DCBM_V_SKIP;
	dcbm_v_fill(t, 1);
	ret = dcbm_v_map(t, v);
	if (!ret)
		ret = dcbm_v_put_retry(t, v, DCBM_V_FLAGS);
	if (ret)
		return ret;
	refused = !v->submitted;
	/* After a failure the descriptor may be in flight: dcbm_v_reset() unmaps it. */
	if (refused)
		dcbm_v_unmap(t, v);
	else
		ret = dcbm_v_finish(t, 1, 1);
	if (ret == DCBM_V_FAIL && t->res->nr_wrong)
		return dcbm_v_case(t, i);
	return ret ?: refused ? DCBM_V_SKIP : DCBM_V_PASS;
}

/*
 * Searches the longest list that the provider accepts: doubles the length until the
 * provider refuses, then bisects. Returns DCBM_V_SKIP if one segment is refused.
 */
static int dcbm_v_copy_longest(struct dcbm_vt *t, u32 i, u32 *taken)
{
	u32 segs, more;
	int ret = DCBM_V_PASS;

	*taken = 0;
	for (segs = 1; !ret && segs <= DCBM_V_MAX_SEGS; segs *= 2) {
		ret = dcbm_v_copy_segs(t, segs, i);
		if (!ret)
			*taken = segs;
	}
	for (more = *taken / 2; ret == DCBM_V_SKIP && more; more /= 2) {
		ret = dcbm_v_copy_segs(t, *taken + more, i);
		if (ret)
			continue;
		*taken += more;
		ret = DCBM_V_SKIP;
	}
	return ret == DCBM_V_SKIP && *taken ? DCBM_V_PASS : ret;
}

int dcbm_v_copy_many(struct dcbm_vt *t)
{
	u32 taken, most = 0, i = 0;
	int ret = dcbm_v_alloc(t, 1, DCBM_V_MAX_SEGS);

	while (dcbm_v_next(t, &i, &ret)) {
		ret = dcbm_v_copy_longest(t, i, &taken);
		most = max(most, taken);
	}
	if (ret == DCBM_V_SKIP)
		return dcbm_v_fail(t, "prep refused a list of one segment on an idle channel");
	dcbm_v_note(t, "prep accepts lists of up to %u segments", most);
	return ret;
}

int dcbm_v_copy_uneven(struct dcbm_vt *t)
{
	const struct dcbm_vshape shape = DCBM_V_SHAPE(2, 8, SZ_64, SZ_4K, false);
	u32 i = 0, copied = 0, refused = 0;
	struct dcbm_vd *v;
	int ret = dcbm_v_alloc(t, 1, 2 * shape.segs_max);

	while (dcbm_v_next(t, &i, &ret)) {
		v = &t->vd[0];
		dcbm_v_list_make(t, v, &shape, DCBM_V_MARGIN, dcbm_v_room(t));
		if (!dcbm_v_list_recut(t, v, DCBM_V_MARGIN, dcbm_v_room(t)) ||
		    v->list.nr_src == v->list.nr_dst)
			continue;
		dcbm_v_fill(t, 1);
		ret = dcbm_v_map(t, v);
		if (!ret)
			ret = dcbm_v_put_retry(t, v, DCBM_V_FLAGS);
		if (ret)
			break;
		refused += !v->submitted;
		copied += v->submitted;
		/* After a failure the descriptor may be in flight: dcbm_v_reset() unmaps it. */
		if (v->submitted)
			ret = dcbm_v_finish(t, 1, 1);
		else
			dcbm_v_unmap(t, v);
		if (ret == DCBM_V_FAIL && t->res->nr_wrong)
			ret = dcbm_v_case(t, i);
	}
	dcbm_v_note(t, "%u uneven lists were copied, %u refused", copied, refused);
	return ret;
}

/* All source segments lie in an area that is smaller than their total. */
int dcbm_v_copy_overlap(struct dcbm_vt *t)
{
	const struct dcbm_vshape shape = DCBM_V_SHAPE(2, 8, SZ_64, SZ_4K, false);
	int ret = dcbm_v_alloc(t, 1, shape.segs_max);
	u32 unit = dcbm_v_unit(t), i = 0, j;
	struct dcbm_vlist *list;

	while (dcbm_v_next(t, &i, &ret)) {
		list = &t->vd[0].list;
		dcbm_v_list_make(t, &t->vd[0], &shape, DCBM_V_MARGIN, dcbm_v_room(t));
		for (j = 0; j < list->nr_src; j++)
			dcbm_v_list_move(t, &list->src[j], DCBM_V_MARGIN +
					 prandom_u32_state(&t->rnd) % (SZ_2K / unit ?: 1) * unit);
		ret = dcbm_v_case(t, i);
	}
	return ret;
}
