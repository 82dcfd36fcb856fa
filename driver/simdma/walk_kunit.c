// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tests of the walk over two lists
 */
#include <kunit/test.h>
#include <linux/sizes.h>

#include "walk.c"

#define MAX_SEGS	8
#define NR_BYTES	SZ_64K
#define PAGE		SZ_4K

/* Lists that end with a segment of length 0. */
struct walk_case {
	const char *name;
	struct simdma_seg dst[MAX_SEGS];
	struct simdma_seg src[MAX_SEGS];
};

static const struct walk_case walk_cases[] = {
	{
		.name = "one byte",
		.dst = { { 0x10fff, 1 } },
		.src = { { 0x20000, 1 } },
	}, {
		.name = "one page",
		.dst = { { 0x10000, PAGE } },
		.src = { { 0x20000, PAGE } },
	}, {
		.name = "both cross pages at different places",
		.dst = { { 0x10801, 3 * PAGE } },
		.src = { { 0x20ffe, 3 * PAGE } },
	}, {
		.name = "one to many",
		.dst = { { 0x10000, 1000 } },
		.src = { { 0x20000, 1 }, { 0x30fff, 998 }, { 0x40000, 1 } },
	}, {
		.name = "many to one",
		.dst = { { 0x10010, 500 }, { 0x11ff0, 100 }, { 0x13000, 400 } },
		.src = { { 0x20000, 1000 } },
	}, {
		.name = "never cut at the same place",
		.dst = { { 0x10000, 5000 }, { 0x12000, 3 }, { 0x14000, 4997 } },
		.src = { { 0x20000, 4999 }, { 0x22000, 5 }, { 0x24000, 4996 } },
	}, {
		.name = "above 4 GiB, and up to the last byte",
		.dst = { { 0x1fffff800, SZ_4K } },
		.src = { { U64_MAX - SZ_4K + 1, SZ_4K } },
	},
};

static unsigned int nr_segs(const struct simdma_seg *segs)
{
	unsigned int n = 0;

	while (n < MAX_SEGS && segs[n].len)
		n++;
	return n;
}

/* Address of byte @pos of a list */
static dma_addr_t addr_of(const struct simdma_seg *segs, u32 pos)
{
	while (pos >= segs->len)
		pos -= segs++->len;
	return segs->addr + pos;
}

static void walk_desc(const struct walk_case *c, char *desc)
{
	strscpy(desc, c->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(walk, walk_cases, walk_desc);

static void walk_visits_each_byte_once(struct kunit *test)
{
	const struct walk_case *c = test->param_value;
	unsigned int nr_dst = nr_segs(c->dst), nr_src = nr_segs(c->src), i;
	struct simdma_piece p;
	struct simdma_walk walk;
	u32 pos = 0, total = 0;

	for (i = 0; i < nr_dst; i++)
		total += c->dst[i].len;

	simdma_walk_begin(&walk, c->dst, nr_dst, c->src, nr_src);
	for (;;) {
		p = simdma_walk_next(&walk, PAGE);
		if (!p.len)
			break;
		KUNIT_ASSERT_LE(test, pos + p.len, total);
		for (i = 0; i < p.len; i++) {
			KUNIT_ASSERT_EQ(test, p.dst + i, addr_of(c->dst, pos + i));
			KUNIT_ASSERT_EQ(test, p.src + i, addr_of(c->src, pos + i));
		}
		KUNIT_EXPECT_EQ(test, p.dst / PAGE, (p.dst + p.len - 1) / PAGE);
		KUNIT_EXPECT_EQ(test, p.src / PAGE, (p.src + p.len - 1) / PAGE);
		pos += p.len;
	}
	KUNIT_EXPECT_EQ(test, pos, total);
}

/* Pieces must not be shorter than possible, or the copy would be slow. */
static void walk_takes_whole_pages(struct kunit *test)
{
	const struct simdma_seg dst = { 0x100000, NR_BYTES };
	const struct simdma_seg src = { 0x200000, NR_BYTES };
	struct simdma_walk walk;
	unsigned int pieces = 0;

	simdma_walk_begin(&walk, &dst, 1, &src, 1);
	while (simdma_walk_next(&walk, PAGE).len)
		pieces++;
	KUNIT_EXPECT_EQ(test, pieces, NR_BYTES / PAGE);
}

static void walk_ends_with_the_shorter_list(struct kunit *test)
{
	const struct simdma_seg dst = { 0x100000, 100 };
	const struct simdma_seg src = { 0x200000, 99 };
	struct simdma_walk walk;

	simdma_walk_begin(&walk, &dst, 1, &src, 1);
	KUNIT_EXPECT_EQ(test, simdma_walk_next(&walk, PAGE).len, 99);
	KUNIT_EXPECT_EQ(test, simdma_walk_next(&walk, PAGE).len, 0);
	simdma_walk_begin(&walk, &dst, 1, &src, 0);
	KUNIT_EXPECT_EQ(test, simdma_walk_next(&walk, PAGE).len, 0);
}

static struct kunit_case simdma_walk_cases[] = {
	KUNIT_CASE_PARAM(walk_visits_each_byte_once, walk_gen_params),
	KUNIT_CASE(walk_takes_whole_pages),
	KUNIT_CASE(walk_ends_with_the_shorter_list),
	{ }
};

static struct kunit_suite simdma_walk_suite = {
	.name = "simdma_walk",
	.test_cases = simdma_walk_cases,
};

kunit_test_suite(simdma_walk_suite);

MODULE_DESCRIPTION("KUnit tests of simdma");
MODULE_AUTHOR("dcbm-sg developers");
MODULE_LICENSE("GPL");
