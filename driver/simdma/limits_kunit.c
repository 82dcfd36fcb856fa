// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tests of the validity of requests
 */
#include <kunit/test.h>
#include <linux/dma-mapping.h>
#include <linux/sizes.h>

#include "limits.c"

static const struct simdma_limits no_limits = {
	.addr_mask = U64_MAX,
	.boundary_mask = U64_MAX,
	.max_seg_size = SZ_1G,
	.max_segs = 8,
};

/* A limit of 0 in @lim means no limit. */
struct seg_case {
	const char *name;
	struct simdma_limits lim;
	dma_addr_t addr;
	size_t len;
	bool valid;
};

static const struct seg_case seg_cases[] = {
	{ "a byte", { }, 0x1001, 1, true },
	{ "no byte", { }, 0x1000, 0, false },
	{ "max_seg_size", { .max_seg_size = 4096 }, 0x1000, 4096, true },
	{ "one more", { .max_seg_size = 4096 }, 0x1000, 4097, false },
	{ "more than 32 bits", { }, 0x1000, SZ_4G + 1, false },
	{ "aligned", { .align_mask = 63 }, 0x1040, 64, true },
	{ "address not aligned", { .align_mask = 63 }, 0x1020, 64, false },
	{ "length not aligned", { .align_mask = 63 }, 0x1000, 96, false },
	{ "up to the last byte", { }, U64_MAX - 4095, 4096, true },
	{ "wraps around", { }, U64_MAX - 4094, 4096, false },
	{ "up to the mask", { .addr_mask = DMA_BIT_MASK(32) }, 0xfffff000, 4096, true },
	{ "crosses the mask", { .addr_mask = DMA_BIT_MASK(32) }, 0xfffff001, 4096, false },
	{ "beyond the mask", { .addr_mask = DMA_BIT_MASK(32) }, SZ_4G, 1, false },
	{ "up to a boundary", { .boundary_mask = DMA_BIT_MASK(16) }, 0x1ff00, 256, true },
	{ "from a boundary", { .boundary_mask = DMA_BIT_MASK(16) }, 0x20000, 0x10000, true },
	{ "crosses a boundary", { .boundary_mask = DMA_BIT_MASK(16) }, 0x1ff00, 257, false },
	{ "longer than a boundary", { .boundary_mask = DMA_BIT_MASK(16) }, 0x20000, 0x10001,
		false },
};

static void seg_desc(const struct seg_case *c, char *desc)
{
	strscpy(desc, c->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(seg, seg_cases, seg_desc);

static void seg_is_checked(struct kunit *test)
{
	const struct seg_case *c = test->param_value;
	struct simdma_limits lim = {
		.addr_mask = c->lim.addr_mask ?: no_limits.addr_mask,
		.boundary_mask = c->lim.boundary_mask ?: no_limits.boundary_mask,
		.max_seg_size = c->lim.max_seg_size ?: no_limits.max_seg_size,
		.align_mask = c->lim.align_mask,
	};

	KUNIT_EXPECT_EQ(test, simdma_seg_valid(&lim, c->addr, c->len), c->valid);
}

static struct scatterlist *new_list(struct kunit *test, unsigned int nents, u32 len)
{
	struct scatterlist *sgl, *sg;
	unsigned int i;

	sgl = kunit_kcalloc(test, nents, sizeof(*sgl), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, sgl);
	sg_init_table(sgl, nents);
	for_each_sg(sgl, sg, nents, i) {
		sg_dma_address(sg) = (dma_addr_t)i * SZ_1G;
		sg_dma_len(sg) = len;
	}
	return sgl;
}

static void list_len_is_the_total(struct kunit *test)
{
	struct scatterlist *sgl = new_list(test, 8, 4096);
	struct simdma_seg segs[8];

	KUNIT_EXPECT_EQ(test, simdma_list_len(&no_limits, sgl, 8), 8 * 4096);
	KUNIT_EXPECT_EQ(test, simdma_list_len(&no_limits, sgl, 3), 3 * 4096);

	simdma_list_load(segs, sgl, 8);
	KUNIT_EXPECT_EQ(test, segs[7].addr, 7ULL * SZ_1G);
	KUNIT_EXPECT_EQ(test, segs[7].len, 4096);
}

static void empty_list_is_refused(struct kunit *test)
{
	struct scatterlist *sgl = new_list(test, 2, 4096);

	KUNIT_EXPECT_EQ(test, simdma_list_len(&no_limits, sgl, 0), 0);
	KUNIT_EXPECT_EQ(test, simdma_list_len(&no_limits, NULL, 0), 0);
	KUNIT_EXPECT_EQ(test, simdma_list_len(&no_limits, NULL, 1), 0);
	sg_dma_len(&sgl[1]) = 0;
	KUNIT_EXPECT_EQ(test, simdma_list_len(&no_limits, sgl, 2), 0);
}

static void list_with_too_many_segments_is_refused(struct kunit *test)
{
	struct scatterlist *sgl = new_list(test, 9, 4096);

	KUNIT_EXPECT_EQ(test, simdma_list_len(&no_limits, sgl, 8), 8 * 4096);
	KUNIT_EXPECT_EQ(test, simdma_list_len(&no_limits, sgl, 9), 0);
}

/* nents is larger than the number of entries. */
static void list_that_ends_early_is_refused(struct kunit *test)
{
	struct scatterlist *sgl = new_list(test, 2, 4096);

	KUNIT_EXPECT_EQ(test, simdma_list_len(&no_limits, sgl, 3), 0);
}

static void list_with_one_bad_segment_is_refused(struct kunit *test)
{
	struct scatterlist *sgl = new_list(test, 4, 4096);

	sg_dma_len(&sgl[3]) = SZ_1G + 1;
	KUNIT_EXPECT_EQ(test, simdma_list_len(&no_limits, sgl, 4), 0);
	KUNIT_EXPECT_EQ(test, simdma_list_len(&no_limits, sgl, 3), 3 * 4096);
}

/* A residue has 32 bits. */
static void list_of_4g_is_refused(struct kunit *test)
{
	struct scatterlist *sgl = new_list(test, 4, SZ_1G);

	KUNIT_EXPECT_EQ(test, simdma_list_len(&no_limits, sgl, 4), 0);
	sg_dma_len(&sgl[3]) -= 1;
	KUNIT_EXPECT_EQ(test, simdma_list_len(&no_limits, sgl, 4), U32_MAX);
}

static void flags_are_checked(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, simdma_flags_valid(0));
	KUNIT_EXPECT_TRUE(test, simdma_flags_valid(DMA_PREP_INTERRUPT | DMA_CTRL_ACK |
						    DMA_PREP_FENCE | DMA_PREP_LOAD_EOT));
	KUNIT_EXPECT_FALSE(test, simdma_flags_valid(DMA_CTRL_REUSE));
	KUNIT_EXPECT_FALSE(test, simdma_flags_valid(DMA_CTRL_ACK | DMA_PREP_REPEAT));
	KUNIT_EXPECT_FALSE(test, simdma_flags_valid(DMA_PREP_CMD));
	KUNIT_EXPECT_FALSE(test, simdma_flags_valid(1UL << 40));
}

static struct kunit_case simdma_limits_cases[] = {
	KUNIT_CASE_PARAM(seg_is_checked, seg_gen_params),
	KUNIT_CASE(list_len_is_the_total),
	KUNIT_CASE(empty_list_is_refused),
	KUNIT_CASE(list_with_too_many_segments_is_refused),
	KUNIT_CASE(list_that_ends_early_is_refused),
	KUNIT_CASE(list_with_one_bad_segment_is_refused),
	KUNIT_CASE(list_of_4g_is_refused),
	KUNIT_CASE(flags_are_checked),
	{ }
};

static struct kunit_suite simdma_limits_suite = {
	.name = "simdma_limits",
	.test_cases = simdma_limits_cases,
};

kunit_test_suite(simdma_limits_suite);
