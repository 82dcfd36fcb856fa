// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tests of the grammar of faults and of the choice of opportunities
 */
#include <kunit/test.h>

#include "../lib/kvline.c"
#include "fault_spec.c"

#define OPPORTUNITIES	100
#define MANY		100000

struct parse_case {
	const char *text;
	/* Output of simdma_fault_format(); NULL if the line is refused. */
	const char *shown;
	/* Part of the error message */
	const char *why;
};

static const struct parse_case parse_cases[] = {
	{ "mode=none", "none nth=1 every=1 prob=0 arg=0 chan=-1" },
	{ "mode=flip", "flip nth=1 every=1 prob=0 arg=1 chan=-1" },
	{ "mode=early\n", "early nth=1 every=1 prob=0 arg=20 chan=-1" },
	{ "  mode=slow\targ=0 ", "slow nth=1 every=1 prob=0 arg=0 chan=-1" },
	{ "arg=7 mode=slow", "slow nth=1 every=1 prob=0 arg=7 chan=-1" },
	{ "mode=slow mode=flip", "flip nth=1 every=1 prob=0 arg=1 chan=-1" },
	{ "mode=lose nth=1000000 every=1000000 prob=1000 arg=1000000000 chan=15",
	  "lose nth=1000000 every=1000000 prob=1000 arg=1000000000 chan=15" },
	{ "mode=lose nth=0x10 every=0", "lose nth=16 every=0 prob=0 arg=0 chan=-1" },
	{ "", NULL, "mode=: must be one of none|flip|skip_seg" },
	{ "\n", NULL, "status_residue" },
	{ "nth=1", NULL, "mode=: must be one of none" },
	{ "mode", NULL, "mode=: must be one of none" },
	{ "mode=", NULL, "mode=: must be one of none" },
	{ "mode=Flip", NULL, "mode=Flip: must be one of none" },
	{ "mode=flip,nth=2", NULL, "mode=flip,nth=2: must be" },
	{ "mode=flip nth=0", NULL, "nth=0: must be in 1..1000000" },
	{ "mode=flip nth=1000001", NULL, "1..1000000" },
	{ "mode=flip nth=", NULL, "nth=: must be in" },
	{ "mode=flip nth", NULL, "nth=: must be in" },
	{ "mode=flip nth=one", NULL, "nth=one: must be in" },
	{ "mode=flip nth=99999999999", NULL, "nth=99999999999: must be in" },
	{ "mode=flip every=-1", NULL, "every=-1: must be in 0..1000000" },
	{ "mode=flip every=1000001", NULL, "0..1000000" },
	{ "mode=flip prob=1001", NULL, "prob=1001: must be in 0..1000" },
	{ "mode=flip prob=-1", NULL, "0..1000" },
	{ "mode=flip arg=1000000001", NULL, "arg=1000000001: must be in 0..1000000000" },
	{ "mode=flip arg=-1", NULL, "0..1000000000" },
	{ "mode=flip chan=16", NULL, "chan=16: must be in -1..15" },
	{ "mode=flip chan=-2", NULL, "-1..15" },
	{ "mode=flip size=1", NULL,
	  "unknown key 'size', must be one of: mode nth every prob arg chan" },
	{ "flip", NULL, "unknown key 'flip'" },
	{ "=1 mode=flip", NULL, "unknown key ''" },
};

static void parse_desc(const struct parse_case *c, char *desc)
{
	/* A test name must not contain a newline. */
	strscpy(desc, *c->text ? c->text : "(empty)", KUNIT_PARAM_DESC_SIZE);
	strreplace(desc, '\n', ' ');
	strreplace(desc, '\t', ' ');
}

KUNIT_ARRAY_PARAM(parse, parse_cases, parse_desc);

static void fault_is_read_or_refused(struct kunit *test)
{
	const struct parse_case *c = test->param_value;
	char text[SIMDMA_FAULT_LEN], shown[SIMDMA_FAULT_LEN];
	struct simdma_fault_spec spec;
	char *why;
	int ret;

	why = kunit_kzalloc(test, SIMDMA_FAULT_WHY_LEN, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, why);
	strscpy(text, c->text);
	ret = simdma_fault_parse(text, &spec, why, SIMDMA_FAULT_WHY_LEN);
	KUNIT_ASSERT_EQ(test, ret, c->shown ? 0 : -EINVAL);
	if (ret) {
		KUNIT_EXPECT_NOT_NULL_MSG(test, strstr(why, c->why), "%s", why);
		return;
	}
	simdma_fault_format(&spec, shown, sizeof(shown));
	KUNIT_EXPECT_STREQ(test, shown, c->shown);
	KUNIT_EXPECT_EQ(test, *why, '\0');
}

/* An error message that is longer than the buffer is truncated. */
static void fault_error_message_is_truncated(struct kunit *test)
{
	char text[] = "mode=a-word-that-is-too-long", why[16];
	struct simdma_fault_spec spec;

	KUNIT_EXPECT_EQ(test, simdma_fault_parse(text, &spec, why, 8), -EINVAL);
	KUNIT_EXPECT_EQ(test, strlen(why), 7);
}

static bool is_word(const char *s)
{
	while ((*s >= 'a' && *s <= 'z') || (*s >= '0' && *s <= '9') || *s == '_')
		s++;
	return !*s;
}

/* Programs that read the file split its lines at blanks. */
static void fault_modes_are_complete(struct kunit *test)
{
	const struct simdma_fault_info *info;
	unsigned int mode, other;

	for (mode = 0; (info = simdma_fault_info(mode)); mode++) {
		KUNIT_ASSERT_NOT_NULL(test, info->name);
		KUNIT_ASSERT_NOT_NULL(test, info->text);
		KUNIT_EXPECT_TRUE_MSG(test, is_word(info->name), "%s", info->name);
		KUNIT_EXPECT_NULL(test, strchr(info->text, '\n'));
		KUNIT_EXPECT_EQ(test, !!strstr(info->text, "arg: "), info->arg ||
				mode == SIMDMA_FAULT_SKIP_SEG ||
				mode == SIMDMA_FAULT_OVERRUN_PAGE ||
				mode == SIMDMA_FAULT_ERROR ||
				mode == SIMDMA_FAULT_READ_ERROR ||
				mode == SIMDMA_FAULT_ABORT);
		for (other = 0; other < mode; other++)
			KUNIT_EXPECT_STRNEQ(test, info->name,
					    simdma_fault_info(other)->name);
	}
	KUNIT_EXPECT_EQ(test, mode, SIMDMA_NR_FAULTS);
}

struct strike_case {
	int nth;
	int every;
	/* Opportunities that are hit; ends with 0 */
	u64 hit[OPPORTUNITIES + 1];
};

static const struct strike_case strike_cases[] = {
	{ 1, 0, { 1 } },
	{ 7, 0, { 7 } },
	{ 100, 1, { 100 } },
	{ 98, 1, { 98, 99, 100 } },
	{ 3, 40, { 3, 43, 83 } },
	{ 50, 50, { 50, 100 } },
	{ 99, 2, { 99 } },
	{ 101, 1, { } },
};

static void strike_desc(const struct strike_case *c, char *desc)
{
	scnprintf(desc, KUNIT_PARAM_DESC_SIZE, "nth=%d every=%d", c->nth, c->every);
}

KUNIT_ARRAY_PARAM(strike, strike_cases, strike_desc);

static void fault_strikes_when_it_should(struct kunit *test)
{
	const struct strike_case *c = test->param_value;
	const struct simdma_fault_spec spec = { .nth = c->nth, .every = c->every };
	const u64 *next = c->hit;
	u64 seen;

	for (seen = 1; seen <= OPPORTUNITIES; seen++) {
		bool want = *next == seen;

		KUNIT_EXPECT_EQ_MSG(test, simdma_fault_strikes(&spec, seen, 0), want,
				    "%llu", seen);
		next += want;
	}
	KUNIT_EXPECT_EQ(test, *next, 0);
}

static void fault_strikes_at_large_counts(struct kunit *test)
{
	const struct simdma_fault_spec spec = { .nth = 5, .every = 1000000 };
	u64 far = 5 + 1000000ULL * 1000000000;

	KUNIT_EXPECT_TRUE(test, simdma_fault_strikes(&spec, far, 0));
	KUNIT_EXPECT_FALSE(test, simdma_fault_strikes(&spec, far + 1, 0));
	KUNIT_EXPECT_FALSE(test, simdma_fault_strikes(&spec, far - 1, 0));
}

static void fault_strikes_by_chance(struct kunit *test)
{
	static const int probs[] = { 1, 250, 999, 1000 };
	unsigned int i, n, hits;

	for (i = 0; i < ARRAY_SIZE(probs); i++) {
		/* nth and every are ignored. */
		struct simdma_fault_spec spec = { .nth = 1, .prob = probs[i] };

		for (hits = 0, n = 0; n < MANY; n++)
			hits += simdma_fault_strikes(&spec, 2 + n, n);
		KUNIT_EXPECT_EQ(test, hits, MANY / 1000 * probs[i]);
	}
}

static struct kunit_case simdma_fault_cases[] = {
	KUNIT_CASE_PARAM(fault_is_read_or_refused, parse_gen_params),
	KUNIT_CASE(fault_error_message_is_truncated),
	KUNIT_CASE(fault_modes_are_complete),
	KUNIT_CASE_PARAM(fault_strikes_when_it_should, strike_gen_params),
	KUNIT_CASE(fault_strikes_at_large_counts),
	KUNIT_CASE(fault_strikes_by_chance),
	{ }
};

static struct kunit_suite simdma_fault_suite = {
	.name = "simdma_fault",
	.test_cases = simdma_fault_cases,
};

kunit_test_suite(simdma_fault_suite);
