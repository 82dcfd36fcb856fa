// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tests of rounds
 */
#include <kunit/test.h>

#include "round.c"

/* Unit of the folio sizes, in bytes */
#define UNIT	4096ULL

static const unsigned int sizes[] = { 3, 1, 4, 2 };

static struct dcbm_round *make_round(struct kunit *test)
{
	struct dcbm_round *round;
	unsigned int i;

	round = kunit_kzalloc(test, sizeof(*round), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, round);
	dcbm_round_reset(round);
	for (i = 0; i < ARRAY_SIZE(sizes); i++)
		dcbm_round_add(round, NULL, NULL, sizes[i] * UNIT);
	return round;
}

static void arrive(struct dcbm_round *round, u64 start, u64 end)
{
	dcbm_round_arrived(round, dcbm_round_find(round, start), start, end);
}

static void finds_every_byte(struct kunit *test)
{
	struct dcbm_round *round = make_round(test);
	unsigned int i;

	KUNIT_EXPECT_EQ(test, round->bytes, 10 * UNIT);
	for (i = 0; i < round->nr; i++) {
		struct dcbm_item *item = &round->items[i];

		KUNIT_EXPECT_EQ(test, dcbm_round_find(round, item->start), i);
		KUNIT_EXPECT_EQ(test, dcbm_round_find(round, item->end - 1), i);
	}
}

static void counts_beginnings_once(struct kunit *test)
{
	struct dcbm_round *round = make_round(test);
	u64 cut, total = round->bytes;

	for (cut = 1; cut < total; cut += UNIT / 2) {
		unsigned int item = dcbm_round_find(round, cut);

		KUNIT_EXPECT_EQ(test, dcbm_round_begins(round, 0, 0, cut) +
				dcbm_round_begins(round, item, cut, total),
				round->nr);
	}
}

static void copied_when_all_has_arrived(struct kunit *test)
{
	struct dcbm_round *round = make_round(test);
	unsigned int i;

	/* Out of order, and across folio boundaries */
	arrive(round, 5 * UNIT, 10 * UNIT);
	KUNIT_EXPECT_FALSE(test, dcbm_item_copied(&round->items[2]));
	KUNIT_EXPECT_TRUE(test, dcbm_item_copied(&round->items[3]));
	arrive(round, 1, 5 * UNIT);
	KUNIT_EXPECT_FALSE(test, dcbm_item_copied(&round->items[0]));
	KUNIT_EXPECT_TRUE(test, dcbm_item_copied(&round->items[1]));
	arrive(round, 0, 1);
	for (i = 0; i < round->nr; i++)
		KUNIT_EXPECT_TRUE(test, dcbm_item_copied(&round->items[i]));
}

static void failed_part_fails_the_folio(struct kunit *test)
{
	struct dcbm_round *round = make_round(test);

	arrive(round, 0, 10 * UNIT);
	dcbm_round_failed(round, 4 * UNIT, 4 * UNIT + 1, DCBM_FB_ENGINE, -EIO);
	KUNIT_EXPECT_TRUE(test, dcbm_item_copied(&round->items[0]));
	KUNIT_EXPECT_TRUE(test, dcbm_item_copied(&round->items[1]));
	KUNIT_EXPECT_FALSE(test, dcbm_item_copied(&round->items[2]));
	KUNIT_EXPECT_TRUE(test, dcbm_item_copied(&round->items[3]));
}

static void first_reason_stands(struct kunit *test)
{
	struct dcbm_round *round = make_round(test);

	dcbm_round_failed(round, 0, 4 * UNIT, DCBM_FB_MAP, -ENOMEM);
	dcbm_round_failed(round, 0, 10 * UNIT, DCBM_FB_TIMEOUT, -ETIMEDOUT);
	KUNIT_EXPECT_EQ(test, round->items[1].reason, DCBM_FB_MAP);
	KUNIT_EXPECT_EQ(test, round->items[1].error, -ENOMEM);
	KUNIT_EXPECT_EQ(test, round->items[2].reason, DCBM_FB_TIMEOUT);
}

static void empty_range_fails_nothing(struct kunit *test)
{
	struct dcbm_round *round = make_round(test);

	dcbm_round_failed(round, UNIT, UNIT, DCBM_FB_MAP, -ENOMEM);
	KUNIT_EXPECT_FALSE(test, round->items[0].failed);
}

static struct kunit_case round_cases[] = {
	KUNIT_CASE(finds_every_byte),
	KUNIT_CASE(counts_beginnings_once),
	KUNIT_CASE(copied_when_all_has_arrived),
	KUNIT_CASE(failed_part_fails_the_folio),
	KUNIT_CASE(first_reason_stands),
	KUNIT_CASE(empty_range_fails_nothing),
	{ }
};

static struct kunit_suite round_suite = {
	.name = "dcbm_round",
	.test_cases = round_cases,
};

kunit_test_suite(round_suite);
