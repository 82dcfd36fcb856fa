// SPDX-License-Identifier: GPL-2.0-only
/*
 * Lists of segments: random ones of a shape, and plain ones.
 */
#include <linux/align.h>
#include <linux/log2.h>
#include <linux/minmax.h>
#include <linux/mm.h>
#include <linux/prandom.h>

#include "../plan.h"
#include "lists.h"
#include "types.h"

/**
 * dcbm_v_seed() - make what is random depend on the case alone
 * @t: the run
 * @i: number of the case
 */
void dcbm_v_seed(struct dcbm_vt *t, u32 i)
{
	prandom_seed_state(&t->rnd, ((u64)t->spec->seed << 32) +
			   ((u64)t->spec->clause << 24) + i);
}

/**
 * dcbm_v_unit() - what addresses and lengths are multiples of
 * @t: the run
 *
 * Return: Bytes, a power of two.
 */
u32 dcbm_v_unit(const struct dcbm_vt *t)
{
	return 1U << t->chan->lim.align_shift;
}

/**
 * dcbm_v_between() - a random number, small ones as likely as large ones
 * @t: the run
 * @min: at least this, not 0
 * @max: at most this, not less
 *
 * Return: The number; its number of binary digits is what is evenly distributed.
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

/*
 * Where a segment of a list may start: on a cache line of its own, and where the shape
 * says so anywhere in it.
 */
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
 * @v: the descriptor that is to copy it
 * @shape: what it is to be like
 * @at: where in both arenas it may begin
 * @room: bytes from there, at least two cache lines and a segment
 *
 * What the device cannot take as one segment is cut short.
 *
 * Return: Bytes of the arenas that it takes.
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

/* Where the segment @i of a list of pairs is read from, if at @at or soon behind. */
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
 * dcbm_v_list_back() - read the segments of a list of pairs from the last one to the first
 * @t: the run
 * @v: the descriptor, with its list
 * @at: where in the source arena the last one may be
 * @room: bytes from there
 *
 * Who sorts segments by their address then takes wrong pairs. Where the device cannot take
 * one so, all stay where they are.
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

/**
 * dcbm_v_list_one() - make a list of one segment
 * @t: the run
 * @v: the descriptor that is to copy it
 * @at: where in both arenas, on a cache line
 * @len: bytes; less where the device takes less
 */
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

/**
 * dcbm_v_list_move() - read a segment from elsewhere
 * @t: the run
 * @seg: a source segment
 * @off: from where; where the device cannot take it so, it stays where it is
 */
void dcbm_v_list_move(struct dcbm_vt *t, struct dcbm_vseg *seg, u32 off)
{
	u64 phys = dcbm_v_phys(&t->src, off);

	if (dcbm_plan_cut(&t->chan->lim, phys, phys, seg->len) == seg->len)
		seg->off = off;
}

/**
 * dcbm_v_list_recut() - cut the sources differently from the destinations
 * @t: the run
 * @v: a descriptor with a list of pairs
 * @at: where in the source arena it may begin
 * @room: bytes from there; the destinations and a cache line for each segment
 *
 * The total stays.
 *
 * Return: false if the device takes too short segments for that.
 */
bool dcbm_v_list_recut(struct dcbm_vt *t, struct dcbm_vd *v, u32 at, u32 room)
{
	u32 left = dcbm_v_list_bytes(&v->list), unit = dcbm_v_unit(t);
	u32 longest = max(2 * left / v->list.nr_dst, unit);
	u32 n = 0, end = at + room;

	while (left && n < v->max_segs) {
		u32 len = min(left, dcbm_v_between(t, unit, longest));
		u32 s = dcbm_v_place(t, at, true);

		/* The last ones take what is left. */
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

/**
 * dcbm_v_list_bytes() - the total of a list
 * @list: the list
 *
 * Return: Bytes that are written.
 */
u32 dcbm_v_list_bytes(const struct dcbm_vlist *list)
{
	u32 i, bytes = 0;

	for (i = 0; i < list->nr_dst; i++)
		bytes += list->dst[i].len;
	return bytes;
}
