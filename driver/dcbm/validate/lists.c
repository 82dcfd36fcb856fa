// SPDX-License-Identifier: GPL-2.0-only
/*
 * Lists of segments: random lists of a given shape, and simple lists.
 */
#include <linux/align.h>
#include <linux/log2.h>
#include <linux/minmax.h>
#include <linux/mm.h>
#include <linux/prandom.h>

#include "../plan.h"
#include "lists.h"
#include "types.h"

/* The seed depends only on the request and the case, so that a case can be repeated alone. */
void dcbm_v_seed(struct dcbm_vt *t, u32 i)
{
	prandom_seed_state(&t->rnd, ((u64)t->spec->seed << 32) +
			   ((u64)t->spec->clause << 24) + i);
}

/* Alignment of addresses and lengths, in bytes. */
u32 dcbm_v_unit(const struct dcbm_vt *t)
{
	return 1U << t->chan->lim.align_shift;
}

/*
 * Returns a random number in @min..@max; @min must not be 0. The number of binary digits
 * is evenly distributed, so that small numbers are as likely as large numbers.
 */
u32 dcbm_v_between(struct dcbm_vt *t, u32 min, u32 max)
{
	u32 digits = ilog2(min) +
		     prandom_u32_state(&t->rnd) % (ilog2(max) - ilog2(min) + 1);
	u32 low = max(min, 1U << digits);
	u32 high = digits < 31 ? min(max, (2U << digits) - 1) : max;

	return low + prandom_u32_state(&t->rnd) % (high - low + 1);
}

static u64 dcbm_v_phys(const struct dcbm_arena *arena, u32 off)
{
	return page_to_phys(arena->page) + off;
}

/* Returns the start of a segment in a new cache line: a random offset if @anywhere, else 0. */
static u32 dcbm_v_place(struct dcbm_vt *t, u32 at, bool anywhere)
{
	u32 unit = dcbm_v_unit(t);

	at = ALIGN(at, max_t(u32, DCBM_V_LINE, unit));
	if (anywhere && unit < DCBM_V_LINE)
		at += prandom_u32_state(&t->rnd) % (DCBM_V_LINE / unit) * unit;
	return at;
}

/**
 * dcbm_v_list_make() - make a random list of pairs
 * @t: the run
 * @v: the descriptor
 * @shape: shape of the list
 * @at: first offset to use in both arenas
 * @room: bytes from @at, at least two cache lines and a segment
 *
 * Segments that exceed a limit of the device are shortened.
 *
 * Return: Bytes of the arenas that the list takes.
 */
u32 dcbm_v_list_make(struct dcbm_vt *t, struct dcbm_vd *v,
		     const struct dcbm_vshape *shape, u32 at, u32 room)
{
	u32 segs = dcbm_v_between(t, shape->segs_min, shape->segs_max);
	u32 unit = dcbm_v_unit(t), end = at + room, dst = at, src = at, n = 0;

	while (n < segs) {
		u32 len = dcbm_v_between(t, shape->len_min, shape->len_max);
		u32 d = dcbm_v_place(t, dst, shape->align);
		u32 s = dcbm_v_place(t, src, shape->align);

		len = max(round_down(len, unit), unit);
		if (max(d, s) >= end || len > end - max(d, s)) {
			if (n)
				break;
			len = round_down(end - max(d, s), unit);
		}
		len = dcbm_plan_cut(&t->chan->lim, dcbm_v_phys(&t->dst, d),
				    dcbm_v_phys(&t->src, s), len);
		v->list.dst[n] = (struct dcbm_vseg) { d, len };
		v->list.src[n] = (struct dcbm_vseg) { s, len };
		n++;
		dst = d + len;
		src = s + len;
	}
	v->list.nr_dst = n;
	v->list.nr_src = n;
	return max(dst, src) - at;
}

/* Next address from @at with the same offset in its cache line as source segment @i. */
static u32 dcbm_v_place_again(struct dcbm_vt *t, const struct dcbm_vlist *list, u32 i, u32 at)
{
	u32 line = max_t(u32, DCBM_V_LINE, dcbm_v_unit(t));

	return ALIGN(at, line) + (list->src[i].off & (line - 1));
}

static bool dcbm_v_fits(struct dcbm_vt *t, const struct dcbm_vlist *list, u32 i, u32 s,
			u32 end)
{
	u32 len = list->src[i].len;

	return s + len <= end &&
	       dcbm_plan_cut(&t->chan->lim, dcbm_v_phys(&t->dst, list->dst[i].off),
			     dcbm_v_phys(&t->src, s), len) == len;
}

/**
 * dcbm_v_list_back() - reverse the order of the source segments in memory
 * @t: the run
 * @v: the descriptor, with a list of pairs
 * @at: first offset to use in the source arena
 * @room: bytes from @at
 *
 * A provider that sorts segments by address then copies wrong pairs. If a moved segment
 * would exceed a limit of the device, the list is not changed.
 */
void dcbm_v_list_back(struct dcbm_vt *t, struct dcbm_vd *v, u32 at, u32 room)
{
	struct dcbm_vlist *list = &v->list;
	u32 i, s, end = at + room, next = at;

	for (i = list->nr_src; i--; next = s + list->src[i].len) {
		s = dcbm_v_place_again(t, list, i, next);
		if (!dcbm_v_fits(t, list, i, s, end))
			return;
	}
	for (i = list->nr_src, next = at; i--; next = s + list->src[i].len) {
		s = dcbm_v_place_again(t, list, i, next);
		list->src[i].off = s;
	}
}

/* A list of one segment, at the same offset in both arenas. The device may limit @len. */
void dcbm_v_list_one(struct dcbm_vt *t, struct dcbm_vd *v, u32 at, u32 len)
{
	len = dcbm_plan_cut(&t->chan->lim, dcbm_v_phys(&t->dst, at),
			    dcbm_v_phys(&t->src, at),
			    max(round_down(len, dcbm_v_unit(t)), dcbm_v_unit(t)));
	v->list.dst[0] = (struct dcbm_vseg) { at, len };
	v->list.src[0] = (struct dcbm_vseg) { at, len };
	v->list.nr_dst = 1;
	v->list.nr_src = 1;
}

/* Moves a source segment to @off, unless the segment would exceed a limit of the device. */
void dcbm_v_list_move(struct dcbm_vt *t, struct dcbm_vseg *seg, u32 off)
{
	u64 phys = dcbm_v_phys(&t->src, off);

	if (dcbm_plan_cut(&t->chan->lim, phys, phys, seg->len) == seg->len)
		seg->off = off;
}

/**
 * dcbm_v_list_recut() - divide the source into other segments than the destination
 * @t: the run
 * @v: a descriptor with a list of pairs
 * @at: first offset to use in the source arena
 * @room: bytes from @at; the destinations and a cache line per segment
 *
 * Return: false if the device limits segments to a length that is too short.
 */
bool dcbm_v_list_recut(struct dcbm_vt *t, struct dcbm_vd *v, u32 at, u32 room)
{
	u32 left = dcbm_v_list_bytes(&v->list), unit = dcbm_v_unit(t);
	u32 longest = max(2 * left / v->list.nr_dst, unit);
	u32 n = 0, end = at + room;

	while (left && n < v->max_segs) {
		u32 len = min(left, dcbm_v_between(t, unit, longest));
		u32 s = dcbm_v_place(t, at, true);

		/* The last segment takes the rest. */
		if (n + 1 == v->max_segs || s + left + 2 * DCBM_V_LINE >= end)
			len = left;
		len = max(round_down(len, unit), unit);
		len = dcbm_plan_cut(&t->chan->lim, dcbm_v_phys(&t->src, s),
				    dcbm_v_phys(&t->src, s), len);
		v->list.src[n++] = (struct dcbm_vseg) { s, len };
		left -= len;
		at = s + len;
	}
	v->list.nr_src = n;
	return !left;
}

u32 dcbm_v_list_bytes(const struct dcbm_vlist *list)
{
	u32 i, bytes = 0;

	for (i = 0; i < list->nr_dst; i++)
		bytes += list->dst[i].len;
	return bytes;
}
