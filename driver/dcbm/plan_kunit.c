// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tests of planning
 */
#include <kunit/test.h>
#include <linux/dma-mapping.h>
#include <linux/sizes.h>

#include "plan.c"

#define MAX_PAIRS	64

static void share_covers_all(struct kunit *test)
{
	static const u64 units[] = { 0, 1, 2, 15, 16, 17, 511, 512, 513, 262144 };
	unsigned int u, nr, i;

	for (u = 0; u < ARRAY_SIZE(units); u++) {
		for (nr = 1; nr <= 16; nr++) {
			u64 next = 0, least = U64_MAX, most = 0;

			for (i = 0; i < nr; i++) {
				struct dcbm_range r;

				r = dcbm_plan_share(units[u], nr, i);
				KUNIT_ASSERT_EQ(test, r.start, next);
				KUNIT_ASSERT_LE(test, r.start, r.end);
				next = r.end;
				least = min(least, r.end - r.start);
				most = max(most, r.end - r.start);
			}
			KUNIT_EXPECT_EQ(test, next, units[u]);
			KUNIT_EXPECT_LE(test, most - least, 1);
		}
	}
}

static const struct dcbm_limits no_limits = {
	.max_seg = SZ_1G,
	.boundary = U64_MAX,
};

static void cut_without_limits(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, dcbm_plan_cut(&no_limits, 0, SZ_4K, SZ_2M), SZ_2M);
	KUNIT_EXPECT_EQ(test, dcbm_plan_cut(&no_limits, U64_MAX - SZ_4K + 1, 0, SZ_4K),
			SZ_4K);
	KUNIT_EXPECT_EQ(test, dcbm_plan_cut(&no_limits, 1, 2, 3), 3);
}

static void cut_at_max_seg(struct kunit *test)
{
	struct dcbm_limits lim = no_limits;

	lim.max_seg = SZ_64K - 1;
	KUNIT_EXPECT_EQ(test, dcbm_plan_cut(&lim, 0, 0, SZ_2M), SZ_64K - 1);
	lim.align_shift = 6;
	KUNIT_EXPECT_EQ(test, dcbm_plan_cut(&lim, 0, 0, SZ_2M), SZ_64K - 64);
}

static void cut_at_boundary(struct kunit *test)
{
	struct dcbm_limits lim = no_limits;

	lim.boundary = SZ_64K - 1;
	KUNIT_EXPECT_EQ(test, dcbm_plan_cut(&lim, SZ_4K, 0, SZ_2M), SZ_64K - SZ_4K);
	KUNIT_EXPECT_EQ(test, dcbm_plan_cut(&lim, 0, SZ_64K - SZ_4K, SZ_2M), SZ_4K);
	KUNIT_EXPECT_EQ(test, dcbm_plan_cut(&lim, 0, 0, SZ_2M), SZ_64K);
	lim.boundary = SZ_4G - 1;
	KUNIT_EXPECT_EQ(test, dcbm_plan_cut(&lim, SZ_4G - SZ_4K, 0, SZ_2M), SZ_4K);
}

static void cut_refuses_misaligned(struct kunit *test)
{
	struct dcbm_limits lim = no_limits;

	lim.align_shift = 3;
	KUNIT_EXPECT_EQ(test, dcbm_plan_cut(&lim, 8, 16, 24), 24);
	KUNIT_EXPECT_EQ(test, dcbm_plan_cut(&lim, 4, 16, 24), 0);
	KUNIT_EXPECT_EQ(test, dcbm_plan_cut(&lim, 8, 17, 24), 0);
	KUNIT_EXPECT_EQ(test, dcbm_plan_cut(&lim, 8, 16, 25), 0);
}

/* Make a mapped list of segments that are not adjacent. */
static unsigned int make_list(struct scatterlist *sg, const unsigned int *len,
			      dma_addr_t base)
{
	unsigned int n;

	sg_init_table(sg, MAX_PAIRS);
	for (n = 0; len[n]; n++) {
		sg_dma_address(&sg[n]) = base + n * (u64)SZ_1G;
		sg_dma_len(&sg[n]) = len[n];
	}
	return n;
}

struct pair_case {
	const char *name;
	unsigned int dst[MAX_PAIRS];
	unsigned int src[MAX_PAIRS];
	unsigned int max;
	int ret;
	unsigned int len[MAX_PAIRS];
};

static const struct pair_case pair_cases[] = {
	{ "one", { 4096 }, { 4096 }, 1, 1, { 4096 } },
	{ "equal", { 1, 2, 3 }, { 1, 2, 3 }, 3, 3, { 1, 2, 3 } },
	{ "dst merged", { 12288 }, { 4096, 4096, 4096 }, 3, 3, { 4096, 4096, 4096 } },
	{ "src merged", { 4096, 8192 }, { 12288 }, 3, 2, { 4096, 8192 } },
	{ "union", { 4096, 8192, 4096 }, { 8192, 8192 }, 4, 4, { 4096, 4096, 4096, 4096 } },
	{ "no room", { 12288 }, { 4096, 4096, 4096 }, 2, -ENOSPC },
	{ "dst longer", { 4096, 4096 }, { 4096 }, 4, -EINVAL },
	{ "src longer", { 4096 }, { 4096, 1 }, 4, -EINVAL },
	{ "dst shorter by a byte", { 4095 }, { 4096 }, 4, -EINVAL },
	{ "both empty", { }, { }, 4, 0 },
};

static void pair_case_desc(const struct pair_case *c, char *desc)
{
	strscpy(desc, c->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(pair, pair_cases, pair_case_desc);

/* Address of the byte @pos of the list */
static dma_addr_t stream_addr(struct scatterlist *sg, unsigned int pos)
{
	while (pos >= sg_dma_len(sg)) {
		pos -= sg_dma_len(sg);
		sg++;
	}
	return sg_dma_address(sg) + pos;
}

static void pair_matches(struct kunit *test)
{
	const struct pair_case *c = test->param_value;
	struct scatterlist *sg[4];
	unsigned int i, dst_nents, src_nents, pos = 0;
	int ret;

	for (i = 0; i < ARRAY_SIZE(sg); i++) {
		sg[i] = kunit_kcalloc(test, MAX_PAIRS, sizeof(*sg[i]), GFP_KERNEL);
		KUNIT_ASSERT_NOT_NULL(test, sg[i]);
	}
	dst_nents = make_list(sg[0], c->dst, SZ_4K);
	src_nents = make_list(sg[1], c->src, SZ_2M);

	ret = dcbm_plan_pair(sg[0], dst_nents, sg[1], src_nents, sg[2], sg[3],
			     c->max);
	KUNIT_ASSERT_EQ(test, ret, c->ret);
	for (i = 0; (int)i < ret; i++) {
		KUNIT_EXPECT_EQ(test, sg_dma_len(&sg[2][i]), c->len[i]);
		KUNIT_EXPECT_EQ(test, sg_dma_len(&sg[3][i]), c->len[i]);
		KUNIT_EXPECT_EQ(test, sg_dma_address(&sg[2][i]),
				stream_addr(sg[0], pos));
		KUNIT_EXPECT_EQ(test, sg_dma_address(&sg[3][i]),
				stream_addr(sg[1], pos));
		pos += c->len[i];
	}
}

/* An empty segment must not cause an endless loop. */
static void pair_refuses_empty_segment(struct kunit *test)
{
	struct scatterlist dst[2], src[2], out_dst[2], out_src[2];

	sg_init_table(dst, 2);
	sg_init_table(src, 2);
	sg_dma_len(&dst[0]) = 0;
	sg_dma_len(&dst[1]) = 8;
	sg_dma_len(&src[0]) = 4;
	sg_dma_len(&src[1]) = 4;
	KUNIT_EXPECT_EQ(test, dcbm_plan_pair(dst, 2, src, 2, out_dst, out_src, 2),
			-EINVAL);
}

static struct kunit_case plan_cases[] = {
	KUNIT_CASE(share_covers_all),
	KUNIT_CASE(cut_without_limits),
	KUNIT_CASE(cut_at_max_seg),
	KUNIT_CASE(cut_at_boundary),
	KUNIT_CASE(cut_refuses_misaligned),
	KUNIT_CASE_PARAM(pair_matches, pair_gen_params),
	KUNIT_CASE(pair_refuses_empty_segment),
	{ }
};

static struct kunit_suite plan_suite = {
	.name = "dcbm_plan",
	.test_cases = plan_cases,
};

kunit_test_suite(plan_suite);

MODULE_AUTHOR("dcbm-sg developers");
MODULE_DESCRIPTION("KUnit tests of dcbm_sg");
MODULE_LICENSE("GPL");
