// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tests of patterns
 */
#include <kunit/test.h>
#include <linux/mm.h>

#include "pattern.c"

static void *make_page(struct kunit *test)
{
	void *mem = kunit_kzalloc(test, PAGE_SIZE, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, mem);
	return mem;
}

static void fill_is_found(struct kunit *test)
{
	struct dcbm_pattern p = { .seed = 1 };
	void *mem = make_page(test);
	size_t first;

	for (p.fill = 0; p.fill < DCBM_NR_FILLS; p.fill++) {
		dcbm_pattern_fill(&p, mem, PAGE_SIZE, 0);
		KUNIT_EXPECT_EQ(test, 0,
				dcbm_pattern_check(&p, mem, PAGE_SIZE, 0, &first));
	}
}

/* A single wrong byte is found, at its offset. */
static void wrong_byte_is_found(struct kunit *test)
{
	struct dcbm_pattern p = { .fill = DCBM_FILL_RANDOM, .seed = 1 };
	u8 *mem = make_page(test);
	size_t i, first;

	dcbm_pattern_fill(&p, mem, PAGE_SIZE, 0);
	for (i = 0; i < PAGE_SIZE; i++) {
		mem[i] ^= 1;
		KUNIT_ASSERT_EQ(test, 1,
				dcbm_pattern_check(&p, mem, PAGE_SIZE, 0, &first));
		KUNIT_ASSERT_EQ(test, first, i & ~7);
		mem[i] ^= 1;
	}
}

/* Destinations get the complement of the content: no byte may be equal. */
static void complement_differs_in_every_byte(struct kunit *test)
{
	struct dcbm_pattern p = { .seed = 1 };
	u64 offset;

	for (p.fill = 0; p.fill < DCBM_NR_FILLS; p.fill++) {
		struct dcbm_pattern inv = p;

		inv.invert = true;
		for (offset = 0; offset < PAGE_SIZE; offset += sizeof(u64))
			KUNIT_ASSERT_EQ(test, ~0ULL, dcbm_pattern_word(&p, offset) ^
					dcbm_pattern_word(&inv, offset));
	}
}

/* Content of another run or another offset differs in every word. */
static void seeds_and_places_differ(struct kunit *test)
{
	struct dcbm_pattern p = { .fill = DCBM_FILL_RANDOM, .seed = 1 };
	struct dcbm_pattern q = { .fill = DCBM_FILL_RANDOM, .seed = 2 };
	void *mem = make_page(test);
	size_t first;

	dcbm_pattern_fill(&p, mem, PAGE_SIZE, 0);
	KUNIT_EXPECT_EQ(test, PAGE_SIZE / sizeof(u64),
			dcbm_pattern_check(&q, mem, PAGE_SIZE, 0, &first));
	KUNIT_EXPECT_EQ(test, PAGE_SIZE / sizeof(u64),
			dcbm_pattern_check(&p, mem, PAGE_SIZE, PAGE_SIZE, &first));
	KUNIT_EXPECT_EQ(test, PAGE_SIZE / sizeof(u64),
			dcbm_pattern_check(&p, mem, PAGE_SIZE, sizeof(u64), &first));
}

static struct kunit_case pattern_cases[] = {
	KUNIT_CASE(fill_is_found),
	KUNIT_CASE(wrong_byte_is_found),
	KUNIT_CASE(complement_differs_in_every_byte),
	KUNIT_CASE(seeds_and_places_differ),
	{ }
};

static struct kunit_suite pattern_suite = {
	.name = "dcbm_pattern",
	.test_cases = pattern_cases,
};

kunit_test_suite(pattern_suite);
