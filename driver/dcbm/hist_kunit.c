// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tests of histograms
 */
#include <kunit/test.h>

#include "hist.c"

static void bins_have_no_gaps(struct kunit *test)
{
	unsigned int bin;

	KUNIT_EXPECT_EQ(test, dcbm_hist_from(0), 0);
	KUNIT_EXPECT_EQ(test, dcbm_hist_to(DCBM_HIST_BINS - 1), U64_MAX);
	for (bin = 1; bin < DCBM_HIST_BINS; bin++)
		KUNIT_EXPECT_EQ(test, dcbm_hist_from(bin), dcbm_hist_to(bin - 1) + 1);
}

static void value_lies_in_its_bin(struct kunit *test)
{
	static const u64 values[] = {
		0, 1, 2, 3, 4, 511, 512, 513, U32_MAX, 1ULL << 47, U64_MAX
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(values); i++) {
		unsigned int bin = dcbm_hist_bin(values[i]);

		KUNIT_ASSERT_LT(test, bin, DCBM_HIST_BINS);
		KUNIT_EXPECT_LE(test, dcbm_hist_from(bin), values[i]);
		KUNIT_EXPECT_GE(test, dcbm_hist_to(bin), values[i]);
	}
}

static void merge_is_like_one(struct kunit *test)
{
	static const u64 values[] = { 7, 0, 1000, 512, 3, U32_MAX };
	struct dcbm_hist *h = kunit_kcalloc(test, 3, sizeof(*h), GFP_KERNEL);
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, h);
	for (i = 0; i < ARRAY_SIZE(values); i++) {
		dcbm_hist_add(&h[0], values[i]);
		dcbm_hist_add(&h[1 + i % 2], values[i]);
	}
	dcbm_hist_merge(&h[1], &h[2]);
	KUNIT_EXPECT_MEMEQ(test, &h[0], &h[1], sizeof(*h));
	KUNIT_EXPECT_EQ(test, h[0].count, ARRAY_SIZE(values));
	KUNIT_EXPECT_EQ(test, h[0].min, 0);
	KUNIT_EXPECT_EQ(test, h[0].max, U32_MAX);
}

/* The minimum of an empty histogram, 0, must not be merged. */
static void merge_ignores_empty(struct kunit *test)
{
	struct dcbm_hist *h = kunit_kcalloc(test, 2, sizeof(*h), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, h);
	dcbm_hist_add(&h[0], 5);
	dcbm_hist_merge(&h[0], &h[1]);
	KUNIT_EXPECT_EQ(test, h[0].min, 5);
	dcbm_hist_merge(&h[1], &h[0]);
	KUNIT_EXPECT_EQ(test, h[1].min, 5);
}

static struct kunit_case hist_cases[] = {
	KUNIT_CASE(bins_have_no_gaps),
	KUNIT_CASE(value_lies_in_its_bin),
	KUNIT_CASE(merge_is_like_one),
	KUNIT_CASE(merge_ignores_empty),
	{ }
};

static struct kunit_suite hist_suite = {
	.name = "dcbm_hist",
	.test_cases = hist_cases,
};

kunit_test_suite(hist_suite);
