// SPDX-License-Identifier: GPL-2.0-only
/*
 * Memory of a run: arenas, their content, and the expected content.
 */
#include <linux/delay.h>
#include <linux/gfp.h>
#include <linux/minmax.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "../pattern.h"
#include "mem.h"
#include "types.h"
#include "verdict.h"

/**
 * DOC: Content of the arenas
 *
 * The source arena has random content that never changes. Before a round each byte of a
 * destination segment is set to the complement of its expected value, so that no byte is
 * right by chance. All other bytes of the destination arena have one fixed value.
 */

/* Value of bytes outside the destination segments. */
#define DCBM_V_OUTSIDE_BYTE	0xc3

/* Bytes checked after the last segment: overruns end in the same page or in the next one. */
#define DCBM_V_GUARD		(2 * PAGE_SIZE)

static int dcbm_arena_alloc(struct dcbm_arena *arena, int node, u32 size)
{
	arena->order = get_order(size);
	arena->page = alloc_pages_node(node, GFP_KERNEL | __GFP_COMP | __GFP_NOWARN |
				       __GFP_NORETRY, arena->order);
	if (!arena->page)
		return -ENOMEM;
	arena->mem = page_address(arena->page);
	return 0;
}

/*
 * The content of a seed is always the same. If freed memory kept it, an engine that reads
 * from a wrong address, as from one without its upper 32 bits, could read the right bytes
 * from the arena of an earlier run.
 */
static void dcbm_arena_free(struct dcbm_arena *arena)
{
	if (arena->page) {
		memset(arena->mem, 0, PAGE_SIZE << arena->order);
		__free_pages(arena->page, arena->order);
	}
	*arena = (struct dcbm_arena) { };
}

int dcbm_v_mem_alloc(struct dcbm_vt *t, int node, u32 size)
{
	struct dcbm_pattern content = {
		.fill = DCBM_FILL_RANDOM,
		.seed = t->spec->seed,
	};

	t->size = size;
	t->was = kvmalloc(size, GFP_KERNEL);
	t->want = kvmalloc(size, GFP_KERNEL);
	if (!t->was || !t->want || dcbm_arena_alloc(&t->src, node, size) ||
	    dcbm_arena_alloc(&t->dst, node, size)) {
		dcbm_v_mem_free(t);
		return -ENOMEM;
	}
	dcbm_pattern_fill(&content, t->was, round_down(size, sizeof(u64)), 0);
	memcpy(t->src.mem, t->was, size);
	memset(t->want, DCBM_V_OUTSIDE_BYTE, size);
	memset(t->dst.mem, DCBM_V_OUTSIDE_BYTE, size);
	t->window = size;
	return 0;
}

void dcbm_v_mem_free(struct dcbm_vt *t)
{
	dcbm_arena_free(&t->src);
	dcbm_arena_free(&t->dst);
	kvfree(t->was);
	kvfree(t->want);
	t->was = NULL;
	t->want = NULL;
}

/* Calls @piece for each range of bytes that is contiguous in source and destination. */
static void dcbm_v_walk(struct dcbm_vt *t, const struct dcbm_vlist *list,
			void (*piece)(struct dcbm_vt *t, u32 dst, u32 src, u32 len))
{
	u32 d = 0, s = 0, d_off = 0, s_off = 0;

	while (d < list->nr_dst && s < list->nr_src) {
		u32 len = min(list->dst[d].len - d_off, list->src[s].len - s_off);

		piece(t, list->dst[d].off + d_off, list->src[s].off + s_off, len);
		d_off += len;
		s_off += len;
		if (d_off == list->dst[d].len) {
			d++;
			d_off = 0;
		}
		if (s_off == list->src[s].len) {
			s++;
			s_off = 0;
		}
	}
}

static void dcbm_v_expect(struct dcbm_vt *t, u32 dst, u32 src, u32 len)
{
	u32 i;

	memcpy(t->want + dst, t->was + src, len);
	for (i = 0; i < len; i++)
		t->dst.mem[dst + i] = ~t->was[src + i];
	t->window = max(t->window, dst + len);
}

/*
 * Prepares the destination arena for a round of @nr descriptors. If two descriptors have
 * the same destination, the later descriptor is expected to win.
 */
void dcbm_v_fill(struct dcbm_vt *t, u32 nr)
{
	u32 i;

	memset(t->want, DCBM_V_OUTSIDE_BYTE, t->window);
	memset(t->dst.mem, DCBM_V_OUTSIDE_BYTE, t->window);
	t->window = 0;
	for (i = 0; i < nr; i++) {
		t->vd[i].unspecified = false;
		dcbm_v_walk(t, &t->vd[i].list, dcbm_v_expect);
	}
	t->window = min(t->size, t->window + (u32)DCBM_V_GUARD);
}

/* To be called after dcbm_v_fill() if no descriptor must write. */
void dcbm_v_expect_nothing(struct dcbm_vt *t)
{
	memcpy(t->want, t->dst.mem, t->window);
}

static bool dcbm_v_inside(struct dcbm_vt *t, u32 nr, u32 off)
{
	u32 i, j;

	for (i = 0; i < nr; i++) {
		const struct dcbm_vlist *list = &t->vd[i].list;

		for (j = 0; j < list->nr_dst; j++)
			if (off - list->dst[j].off < list->dst[j].len)
				return true;
	}
	return false;
}

/* A terminated descriptor may have written any part: its destination is not checked. */
static void dcbm_v_accept(struct dcbm_vt *t, u32 nr)
{
	u32 i, j;

	for (i = 0; i < nr; i++) {
		const struct dcbm_vlist *list = &t->vd[i].list;

		if (!t->vd[i].unspecified)
			continue;
		for (j = 0; j < list->nr_dst; j++)
			memcpy(t->want + list->dst[j].off,
			       t->dst.mem + list->dst[j].off, list->dst[j].len);
	}
}

/**
 * dcbm_v_compare() - count wrong bytes
 * @t: the run, with nothing mapped
 * @nr: number of descriptors that copied, the first in @t->vd
 * @wrong: receives the first wrong bytes, or NULL
 * @max: capacity of @wrong
 *
 * Return: Number of wrong bytes, including bytes outside the destinations and in the
 * source.
 */
u64 dcbm_v_compare(struct dcbm_vt *t, u32 nr, struct dcbm_vwrong *wrong, u32 max)
{
	u64 n = 0;
	u32 i;

	dcbm_v_accept(t, nr);
	if (memcmp(t->dst.mem, t->want, t->window)) {
		for (i = 0; i < t->window; i++) {
			if (t->dst.mem[i] == t->want[i])
				continue;
			if (wrong && n < max)
				wrong[n] = (struct dcbm_vwrong) {
					.where = dcbm_v_inside(t, nr, i) ?
						 DCBM_V_DST : DCBM_V_OUTSIDE,
					.off = i,
					.expected = t->want[i],
					.found = t->dst.mem[i],
				};
			n++;
		}
	}
	if (memcmp(t->src.mem, t->was, t->size)) {
		for (i = 0; i < t->size; i++) {
			if (t->src.mem[i] == t->was[i])
				continue;
			if (wrong && n < max)
				wrong[n] = (struct dcbm_vwrong) {
					.where = DCBM_V_SRC,
					.off = i,
					.expected = t->was[i],
					.found = t->src.mem[i],
				};
			n++;
		}
		/* Restores the source, so that this failure does not fail the next case, too. */
		memcpy(t->src.mem, t->was, t->size);
	}
	return n;
}

static const char * const dcbm_v_damage[] = {
	[DCBM_V_DST] = "differ from their source",
	[DCBM_V_OUTSIDE] = "differ, the first of them outside the destination segments",
	[DCBM_V_SRC] = "of the source were changed",
};

/*
 * Checks that the data of @nr descriptors has arrived and nothing else was written. On
 * failure the wrong bytes become part of the result. Nothing may be mapped.
 */
int dcbm_v_verify(struct dcbm_vt *t, u32 nr)
{
	struct dcbm_vresult *res = t->res;

	res->nr_wrong = dcbm_v_compare(t, nr, res->wrong, DCBM_V_MAX_WRONG);
	if (!res->nr_wrong)
		return DCBM_V_PASS;

	msleep(DCBM_V_LINGER_MS);
	if (res->wrong->where != DCBM_V_SRC && !dcbm_v_compare(t, nr, NULL, 0))
		return dcbm_v_fail(t, "%llu bytes arrived after the callback",
				   res->nr_wrong);
	return dcbm_v_fail(t, "%llu bytes %s", res->nr_wrong,
			   dcbm_v_damage[res->wrong->where]);
}

/*
 * Checks for DCBM_V_LINGER_MS that no destination is written. Nothing may be mapped or in
 * flight. @when: end of the failure message, "after ...".
 */
int dcbm_v_untouched(struct dcbm_vt *t, const char *when)
{
	u64 wrong;

	memset(t->want, DCBM_V_OUTSIDE_BYTE, t->size);
	memset(t->dst.mem, DCBM_V_OUTSIDE_BYTE, t->size);
	msleep(DCBM_V_LINGER_MS);
	t->window = t->size;
	wrong = dcbm_v_compare(t, 0, NULL, 0);
	if (wrong)
		return dcbm_v_fail(t, "%llu bytes were written %s", wrong, when);
	return DCBM_V_PASS;
}
