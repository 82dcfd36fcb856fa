// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tests of the grammar of the trigger
 */
#include <kunit/test.h>

#include "../lib/kvline.c"
#include "names.c"
#include "trigger_spec.c"

struct spec_case {
	const char *text;
	/* NULL for a valid line, otherwise a part of the error message */
	const char *why;
};

static const struct spec_case spec_cases[] = {
	{ "" },
	{ "\n" },
	{ "folios=1" },
	{ "  folios=65536   order=0\tsrc=0 dst=1\n" },
	{ "backend=memcpy_sg fill=zero verify=0 repeat=1000000 seed=4294967295" },
	{ "backend=auto backend=memcpy" },
	{ "folios=0x10" },
	{ "folios=0", "folios=0: must be in 1..65536" },
	{ "folios=65537", "1..65536" },
	{ "folios=-1", "1..65536" },
	{ "folios=", "folios=: must be in" },
	{ "folios", "folios=: must be in" },
	{ "folios=1 folios=x", "folios=x" },
	{ "folio=1", "unknown key 'folio', must be one of: folios order" },
	{ "=1", "unknown key ''" },
	{ "order=64", "order=64: must be in 0.." },
	{ "chan=0", "chan=0: must be in 1..16" },
	{ "chan=17", "1..16" },
	{ "backend=dma", "backend=dma: must be one of auto|memcpy_sg|memcpy" },
	{ "backend=memcpy_", "auto|memcpy_sg|memcpy" },
	{ "fill=two", "zero|ones|counter|random" },
	{ "verify=2", "verify=2: must be in 0..1" },
	{ "repeat=1000001", "1..1000000" },
	{ "seed=4294967296", "0..4294967295" },
	{ "folios=1,order=2", "folios=1,order=2" },
};

static void spec_case_desc(const struct spec_case *c, char *desc)
{
	unsigned int i;

	/* A description in KTAP must be one line without #. */
	strscpy(desc, *c->text ? c->text : "(empty)", KUNIT_PARAM_DESC_SIZE);
	for (i = 0; desc[i]; i++)
		if (desc[i] == '\n' || desc[i] == '\t' || desc[i] == '#')
			desc[i] = ' ';
}

KUNIT_ARRAY_PARAM(spec, spec_cases, spec_case_desc);

static void accepts_or_explains(struct kunit *test)
{
	const struct spec_case *c = test->param_value;
	char text[KVLINE_LEN], why[KVLINE_LEN];
	struct dcbm_trigger_spec spec = { .folios = 1, .repeat = 1, .chan = 1 };
	int ret;

	strscpy(text, c->text);
	ret = kvline_parse(&dcbm_trigger_grammar, text, &spec, why, sizeof(why));
	KUNIT_EXPECT_EQ(test, ret, c->why ? -EINVAL : 0);
	if (c->why)
		KUNIT_EXPECT_NOT_NULL_MSG(test, strstr(why, c->why), "%s", why);
	else
		KUNIT_EXPECT_STREQ(test, why, "");
}

static void reads_what_it_writes(struct kunit *test)
{
	const struct dcbm_trigger_spec spec = {
		.folios = 511, .order = 3, .src = 1, .dst = 0, .chan = 8,
		.backend = DCBM_BE_MEMCPY, .fill = DCBM_FILL_COUNTER,
		.verify = 1, .repeat = 7, .seed = 9,
	};
	struct dcbm_trigger_spec again = { };
	char text[KVLINE_LEN], why[KVLINE_LEN];

	kvline_format(&dcbm_trigger_grammar, &spec, text, sizeof(text));
	KUNIT_EXPECT_STREQ(test, text,
			   "folios=511 order=3 src=1 dst=0 chan=8 backend=memcpy fill=counter verify=1 repeat=7 seed=9");
	KUNIT_ASSERT_EQ(test, 0, kvline_parse(&dcbm_trigger_grammar, text, &again, why,
					      sizeof(why)));
	KUNIT_EXPECT_MEMEQ(test, &spec, &again, sizeof(spec));
}

static void error_message_is_cut(struct kunit *test)
{
	struct dcbm_trigger_spec spec = { };
	char text[] = "nosuchkey=1", why[8];

	KUNIT_EXPECT_EQ(test, -EINVAL, kvline_parse(&dcbm_trigger_grammar, text, &spec, why,
						    sizeof(why)));
	KUNIT_EXPECT_STREQ(test, why, "unknown");
}

static void help_covers_all_keys(struct kunit *test)
{
	char line[KVLINE_LEN];
	unsigned int n = 0;

	while (kvline_help(&dcbm_trigger_grammar, n, line, sizeof(line)))
		n++;
	KUNIT_EXPECT_EQ(test, n, sizeof(struct dcbm_trigger_spec) / sizeof(u32));
}

static struct kunit_case cases[] = {
	KUNIT_CASE_PARAM(accepts_or_explains, spec_gen_params),
	KUNIT_CASE(reads_what_it_writes),
	KUNIT_CASE(error_message_is_cut),
	KUNIT_CASE(help_covers_all_keys),
	{ }
};

static struct kunit_suite trigger_spec_suite = {
	.name = "dcbm_trigger_spec",
	.test_cases = cases,
};

kunit_test_suite(trigger_spec_suite);
