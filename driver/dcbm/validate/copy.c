// SPDX-License-Identifier: GPL-2.0-only
/*
 * copy.*: the right bytes, and no others.
 */
#include <linux/mm.h>
#include <linux/minmax.h>
#include <linux/prandom.h>
#include <linux/sizes.h>

#include "validate.h"

/* Lists begin behind so much, and end before: who writes around them is seen. */
#define DCBM_V_MARGIN	PAGE_SIZE

static u32 dcbm_v_room(const struct dcbm_vt *t)
{
	return t->size - 2 * DCBM_V_MARGIN;
}

static int dcbm_v_copy(struct dcbm_vt *t, const struct dcbm_vshape *shape)
{
	int ret = dcbm_v_alloc(t, 1, shape->segs_max);
	u32 i = 0;

	while (dcbm_v_next(t, &i, &ret)) {
		dcbm_v_list_make(t, &t->vd[0], shape, DCBM_V_MARGIN, dcbm_v_room(t));
		ret = dcbm_v_case(t, i);
	}
	return ret;
}

int dcbm_v_copy_one(struct dcbm_vt *t)
{
	const struct dcbm_vshape shape = {
		.segs_min = 1,
		.segs_max = 1,
		.len_min = PAGE_SIZE,
		.len_max = dcbm_v_room(t),
	};

	return dcbm_v_copy(t, &shape);
}

int dcbm_v_copy_few(struct dcbm_vt *t)
{
	const struct dcbm_vshape shape = {
		.segs_min = 2,
		.segs_max = 8,
		.len_min = SZ_64,
		.len_max = SZ_16K,
	};

	return dcbm_v_copy(t, &shape);
}

int dcbm_v_copy_lengths(struct dcbm_vt *t)
{
	const struct dcbm_vshape shape = {
		.segs_min = 1,
		.segs_max = t->sg ? 4 : 1,
		.len_min = 1,
		.len_max = dcbm_v_room(t),
	};

	return dcbm_v_copy(t, &shape);
}

int dcbm_v_copy_align(struct dcbm_vt *t)
{
	const struct dcbm_vshape shape = {
		.segs_min = 1,
		.segs_max = t->sg ? 16 : 1,
		.len_min = 1,
		.len_max = SZ_8K,
		.align = true,
	};

	return dcbm_v_copy(t, &shape);
}

/* Short segments with room between them; each copy is looked at from end to end. */
int dcbm_v_copy_outside(struct dcbm_vt *t)
{
	const struct dcbm_vshape shape = {
		.segs_min = 1,
		.segs_max = t->sg ? 8 : 1,
		.len_min = 1,
		.len_max = SZ_512,
		.align = true,
	};

	return dcbm_v_copy(t, &shape);
}

int dcbm_v_copy_source(struct dcbm_vt *t)
{
	return dcbm_v_copy_outside(t);
}

/* One list of so many segments. DCBM_V_SKIP: the provider does not take it. */
static int dcbm_v_copy_segs(struct dcbm_vt *t, u32 segs, u32 i)
{
	const struct dcbm_vshape shape = {
		.segs_min = segs,
		.segs_max = segs,
		.len_min = SZ_64,
		.len_max = SZ_512,
	};
	struct dcbm_vd *v = &t->vd[0];
	bool refused;
	int ret;

	dcbm_v_list_make(t, v, &shape, DCBM_V_MARGIN, dcbm_v_room(t));
	if (v->list.nr_dst < segs)
		return DCBM_V_SKIP;
	dcbm_v_fill(t, 1);
	ret = dcbm_v_map(t, v);
	if (!ret)
		ret = dcbm_v_put_patiently(t, v, DCBM_V_FLAGS);
	if (ret)
		return ret;
	refused = !v->submitted;
	if (!refused)
		ret = dcbm_v_finish(t, 1, 1);
	dcbm_v_unmap(t, v);
	if (ret == DCBM_V_FAIL && t->res->nr_wrong)
		return dcbm_v_case(t, i);
	return ret ?: refused ? DCBM_V_SKIP : DCBM_V_PASS;
}

int dcbm_v_copy_many(struct dcbm_vt *t)
{
	u32 segs, most = 0, i = 0;
	int ret = dcbm_v_alloc(t, 1, DCBM_V_MAX_SEGS);

	while (dcbm_v_next(t, &i, &ret)) {
		for (segs = 1; !ret && segs <= DCBM_V_MAX_SEGS; segs *= 2) {
			ret = dcbm_v_copy_segs(t, segs, i);
			if (!ret)
				most = max(most, segs);
		}
		if (ret == DCBM_V_SKIP && most)
			ret = DCBM_V_PASS;
	}
	if (ret == DCBM_V_SKIP)
		return dcbm_v_fail(t, "prep refused a list of one segment on an idle channel");
	dcbm_v_say(t, "lists of %u segments are taken", most);
	return ret;
}

/* As streams of bytes, or not at all. */
int dcbm_v_copy_uneven(struct dcbm_vt *t)
{
	const struct dcbm_vshape shape = {
		.segs_min = 2,
		.segs_max = 8,
		.len_min = SZ_64,
		.len_max = SZ_4K,
	};
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
			ret = dcbm_v_put_patiently(t, v, DCBM_V_FLAGS);
		if (ret)
			break;
		refused += !v->submitted;
		copied += v->submitted;
		if (v->submitted)
			ret = dcbm_v_finish(t, 1, 1);
		dcbm_v_unmap(t, v);
		if (ret == DCBM_V_FAIL && t->res->nr_wrong)
			ret = dcbm_v_case(t, i);
	}
	dcbm_v_say(t, "%u uneven lists were copied, %u refused", copied, refused);
	return ret;
}

/* All sources come from a place that is smaller than they are together. */
int dcbm_v_copy_overlap(struct dcbm_vt *t)
{
	const struct dcbm_vshape shape = {
		.segs_min = 2,
		.segs_max = 8,
		.len_min = SZ_64,
		.len_max = SZ_4K,
	};
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
