// SPDX-License-Identifier: GPL-2.0-only
/* dcbm validate on a fake driver: the lines written, and the output */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "fake_validate.h"
#include "ktap_check.h"
#include "lib/tool.h"
#include "lib/util.h"

static void test_ktap_check(void **state)
{
	static const struct {
		const char *text;
		const char *why;
	} cases[] = {
		{ "KTAP version 1\n1..2\n# note\nok 1 a\nnot ok 2 b # ERROR c\n# end\n", NULL },
		{ "KTAP version 1\n  KTAP version 1\n  1..1\n  ok 1 a # SKIP b\nok 1 t\n1..1\n",
		  NULL },
		{ "1..1\nok 1 a\n", "no version line" },
		{ "KTAP version 1\nok 1 a\n", "no plan" },
		{ "KTAP version 1\n1..0\n", "a bad plan" },
		{ "KTAP version 1\n1..1\n1..1\nok 1 a\n", "two plans" },
		{ "KTAP version 1\n1..1\n", "fewer results than planned" },
		{ "KTAP version 1\n1..1\nok 1 a\nok 2 b\n", "more results than planned" },
		{ "KTAP version 1\nok 1 a\n1..2\nok 2 b\n", "a plan after other results" },
		{ "KTAP version 1\n1..2\nok 1 a\nok 3 b\n", "results are not numbered from 1" },
		{ "KTAP version 1\n1..1\nok 1\n", "a result without a name" },
		{ "KTAP version 1\n1..1\nok 1 # SKIP x\n", "a result without a name" },
		{ "KTAP version 1\n1..1\nok 1 a # ERROR x\n", "an error that is ok" },
		{ "KTAP version 1\n1..1\nok 1 a\nfrog\n", "neither plan, result" },
		{ "KTAP version 1\n1..1\nok 1 a", "the last line has no end" },
		{ "KTAP version 1\n1..1\n ok 1 a\n", "a line between two levels" },
		{ "KTAP version 1\n1..1\n  ok 1 a\nok 1 b\n", "no version line" },
		{ "KTAP version 1\n1..1\n  KTAP version 1\n  1..1\n  not ok 1 a\nok 1 t\n",
		  "not that of its subtests" },
		/* A test can fail although all its subtests pass. */
		{ "KTAP version 1\n1..1\n  KTAP version 1\n  1..1\n  ok 1 a\nnot ok 1 t\n", NULL },
		{ "KTAP version 1\n1..1\nok 1 t\n  KTAP version 1\n  1..1\n  ok 1 a\n",
		  "without a result of their test" },
	};
	struct ktap_count count;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		const char *why = ktap_check(cases[i].text, &count);

		if (!why != !cases[i].why || (why && !strstr(why, cases[i].why)))
			fail_msg("%s: '%s'", why ?: "taken", cases[i].text);
	}
}

static void test_pass(void **state)
{
	struct fixture *fx = *state;

	assert_int_equal(on_one(fx, NULL, "validate"), TOOL_OK);
	assert_string_equal(fixture_error(fx), "");
	results(fx, 0, FAKE_CLAUSES, 0, 0);
	assert_int_equal(strncmp(fx->out, "KTAP version 1\n1..44\n"
				 "# dma0chan0 of simdma.0 (simdma), seed 1\n"
				 "ok 1 dma0chan0 copy.one\nok 2 dma0chan0 copy.few\n", 105), 0);
	has(fx->out, "\nok 44 dma0chan0 time.bound\n# Totals: pass:44 fail:0 skip:0 error:0\n"
	    "# 35728 descriptors, 5.2 MiB in ");
	assert_int_equal(fake.writes, FAKE_CLAUSES);
	/* Options that were not given are left to the driver. */
	assert_int_equal(strncmp(fake.lines, "chan=dma0chan0 clause=copy.one seed=1\n"
				 "chan=dma0chan0 clause=copy.few seed=1\n", 76), 0);
	assert_string_equal(fake.write.got, "chan=dma0chan0 clause=time.bound seed=1\n");
	/* Results are dropped after they were printed. */
	assert_int_equal(jlen(jget(fx->result, "runs")), 0);
}

static void test_fail(void **state)
{
	static const struct fake_rule rules[] = {
		{ .clause = "copy.many", .result = fake_fail },
		{ .result = NULL }
	};
	struct fixture *fx = *state;

	assert_int_equal(on_one(fx, rules, "validate --clause copy.many --cases 50"), TOOL_FAILED);
	results(fx, 0, 0, 1, 0);
	*strstr(fx->out, " in ") = '\0';
	assert_string_equal(fx->out,
			    "KTAP version 1\n"
			    "1..1\n"
			    "# dma0chan0 of simdma.0 (simdma), seed 1\n"
			    "# dma0chan0 copy.many, seed 1: case 17 failed\n"
			    "#   requirement paired lists up to the longest that prep accepts are copied\n"
			    "#   why         12 bytes differ\n"
			    "#   lists       reduced from 64 segments to 2\n"
			    "#     segm.  dst offset    length  src offset    length\n"
			    "#         0      0x1000      4096         0x0      4096\n"
			    "#         1      0x3000       512      0x2000       512\n"
			    "#   wrong       12 bytes\n"
			    "#     where                        offset  expected  found\n"
			    "#     dst 0 + 0xffc                0x1ffc      0x12   0xed\n"
			    "#     dst 0 + 0xffd                0x1ffd      0x34   0xcb\n"
			    "#     end of dst 1 + 0x0           0x3200      0xa5    0x7\n"
			    "#     dst 0 - 0xff0                  0x10      0xa5    0x8\n"
			    "#     src 1 + 0x1                  0x2001       0x1    0x2\n"
			    "#     ... 7 more\n"
			    "#   channel     ready, of simdma.0 (simdma)\n"
			    "#   repeat      dcbm validate --chan dma0chan0 --clause copy.many --seed 1 --cases 18\n"
			    "not ok 1 dma0chan0 copy.many\n"
			    "# Totals: pass:0 fail:1 skip:0 error:0\n"
			    "# 18 descriptors, 121 KiB");
	assert_string_equal(fixture_error(fx), "validate: 1 failed, first copy.many on dma0chan0");
	assert_string_equal(fake.write.got, "chan=dma0chan0 clause=copy.many seed=1 cases=50\n");

	/* A failure does not end the run. */
	assert_int_equal(on_one(fx, rules, "validate"), TOOL_FAILED);
	results(fx, 0, FAKE_CLAUSES - 1, 1, 0);
}

#define FAILED(nr_from, nr_to)	\
	"status fail\nwhy all wrong\nerrno 0\ncases 1\ndescriptors 1\nbytes 1\nns 1\n"	\
	"chan_state ready\nfail_case 0\nreduced " #nr_from " " #nr_to "\n"
#define DST(nr)	"dst " #nr " offset=0x" #nr "000 len=1\n"
#define SRC(nr)	"src " #nr " offset=0x" #nr "000 len=1\n"

/* Long lists are truncated, and an empty list is not printed. */
static void test_fail_lists(void **state)
{
	static const struct fake_rule rules[] = {
		{ .clause = "copy.few", .result = FAILED(9, 8)
		  DST(0) DST(1) DST(2) DST(3) DST(4) DST(5) DST(6) DST(7) SRC(0) SRC(1)
		  "wrong 0\n" },
		{ .clause = "copy.one", .result = FAILED(3, 3) SRC(0) SRC(1) SRC(2)
		  "wrong 1\nbyte dst offset=0x5 expected=0x0 found=0x1\n" },
		{ .result = NULL }
	};
	struct fixture *fx = *state;

	assert_int_equal(on_one(fx, rules, "validate --clause copy.few"), TOOL_FAILED);
	has(fx->out, "#   lists       reduced from 9 segments to 8\n");
	has(fx->out, "#         1      0x1000         1      0x1000         1\n"
	    "#         2      0x2000         1           -         -\n");
	has(fx->out, "#         5      0x5000         1           -         -\n"
	    "#       ...  2 more\n#   channel     ");
	has(fx->out, "--seed 1 --cases 1\n");

	assert_int_equal(on_one(fx, rules, "validate --clause copy.one"), TOOL_FAILED);
	has(fx->out, "#   lists       all 3 segments of the case\n");
	has(fx->out, "#         2           -         -      0x2000         1\n");
	has(fx->out, "#   wrong       1 byte\n#     where ");
	has(fx->out, "#     dst                             0x5       0x0    0x1\n#   channel");
}

/* A long requirement continues in the next line, and stays within 80 columns. */
static void test_fail_wrapped(void **state)
{
	static const struct fake_rule rules[] = {
		{ .result = fake_quarantined }, { .result = NULL }
	};
	struct fixture *fx = *state;

	on_one(fx, rules, "validate --clause done.context");
	has(fx->out, "\n# dma0chan0 done.context, seed 1: failed\n"
	    "#   requirement callbacks come in softirq or thread context, interrupts on, no\n"
	    "#               lock of the provider held: they may prep, submit, issue\n"
	    "#   why         descriptor 3 is overdue, and the channel cannot be made quiet\n"
	    "#   channel     quarantined, of simdma.0 (simdma)\n"
	    "#   repeat      dcbm validate --chan dma0chan0 --clause done.context --seed 1\n"
	    "not ok 1 dma0chan0 done.context\n");
}

static void test_repeat(void **state)
{
	static const struct fake_rule rules[] = {
		{ .result = fake_quarantined }, { .result = NULL }
	};
	struct fixture *fx = *state;

	on_one(fx, rules,
	       "validate --chan dma0chan0 --clause map.iommu --seed 7 --cases 9 --depth 32 --threads 2 --max-bytes 64K --timeout-ms 100 --unsafe --time 60");
	assert_string_equal(fake.write.got,
			    "chan=dma0chan0 clause=map.iommu seed=7 cases=9 depth=32 threads=2 max_bytes=65536 timeout_ms=100 unsafe=1\n");
	has(fx->out,
	    "dcbm validate --chan dma0chan0 --clause map.iommu --seed 7 --cases 9 --depth 32 --threads 2 --max-bytes 65536 --timeout-ms 100 --unsafe\n");
}

static void test_others(void **state)
{
	static const struct fake_rule rules[] = {
		{ .clause = "copy.one", .result = fake_skip },
		{ .clause = "copy.few", .result = fake_said },
		{ .clause = "copy.many", .result = fake_error },
		{ .clause = "copy.align", .err = ENOMEM },
		{ .result = NULL }
	};
	struct fixture *fx = *state;

	assert_int_equal(on_one(fx, rules, "validate --clause copy.one,copy.few"), TOOL_OK);
	results(fx, 0, 1, 0, 1);
	has(fx->out, "\nok 1 dma0chan0 copy.one # SKIP no memory above 4 GiB\n"
	    "ok 2 dma0chan0 copy.few # refused by NULL\n");

	/*
	 * A clause that could not be run has not passed, and is no failure of the engine's
	 * driver.
	 */
	assert_int_equal(on_one(fx, rules, "validate --clause copy"), TOOL_ENV);
	results(fx, 0, 6, 2, 1);
	has(fx->out, "\nnot ok 3 dma0chan0 copy.many # ERROR no memory for the arenas\n");
	has(fx->out, "\nnot ok 5 dma0chan0 copy.align # ERROR Cannot allocate memory\n");
	assert_string_equal(fixture_error(fx),
			    "validate: 2 could not be run, first copy.many on dma0chan0");
	/* A driver that reports "interrupted" without a signal */
	fake_start(fx, (const struct fake_rule []) {
		{ .result = fake_interrupted, .err = EINTR }, { .result = NULL } });
	fixture_run(fx, "validate --clause copy.one");
	has(fx->out, "\nok 1 dma0chan0 copy.one # SKIP interrupted\n");
	assert_int_equal(fx->status, TOOL_OK);
}

static void test_clauses(void **state)
{
	static const struct {
		const char *clause;
		unsigned int nr;
		const char *why;
	} cases[] = {
		{ "copy", 9, NULL },
		{ "copy.one", 1, NULL },
		{ "time,copy.few,copy.few,refuse", 6, NULL },
		{ "limit,limit.segment", 3, NULL },
		{ "frog", 0,
		  "no clause 'frog'; groups are: copy, refuse, start, prep, done, status, order, reuse, term, chan, many, limit, map, time ('dcbm validate --list' shows all)"
		},
		{ "copy.frog", 0,
		  "no clause 'copy.frog', but there are: copy.one, copy.few, copy.many, copy.lengths, copy.align, copy.uneven, copy.overlap, copy.outside, copy.source"
		},
		{ "chan.frog", 0, "but there are: chan.reacquire" },
		{ "cop", 0, "no clause 'cop'; groups" },
		{ "copy.", 0, "no clause 'copy.', but" },
		{ "copy.one.", 0, "no clause 'copy.one.', but" },
		{ "copy.on", 0, "no clause 'copy.on', but" },
		{ "copy,,time", 0, "no clause ''; groups" },
		{ "copy,", 0, "no clause ''; groups" },
		{ "copy,frog,toad", 0, "no clause 'frog'; groups" },
	};
	struct fixture *fx = *state;
	char line[128];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		snprintf(line, sizeof(line), "validate --clause %s", cases[i].clause);
		on_one(fx, NULL, line);
		assert_int_equal(fake.writes, cases[i].nr);
		if (!cases[i].why) {
			assert_int_equal(fx->status, TOOL_OK);
			continue;
		}
		assert_int_equal(fx->status, TOOL_USAGE);
		has(fixture_error(fx), cases[i].why);
		assert_string_equal(fx->out, "");
	}
	/* In the driver's order, not in that of the command line */
	on_one(fx, NULL, "validate --clause time,copy.few");
	has(fx->out, "ok 1 dma0chan0 copy.few\nok 2 dma0chan0 time.bound\n");
}

static void test_list(void **state)
{
	struct fixture *fx = *state;

	assert_int_equal(on_one(fx, NULL, "validate --list"), TOOL_OK);
	has(fx->out, "copy.one        any one segment is copied byte for byte\n"
	    "copy.few        sg  paired lists of 2 to 8 segments are copied\n");
	assert_int_equal(jlen(jget(fx->result, "clauses")), FAKE_CLAUSES);
	assert_int_equal(fake.writes, 0);
	on_one(fx, NULL, "validate --list --clause refuse");
	assert_int_equal(jlen(jget(fx->result, "clauses")), 4);
	assert_int_equal(times(fx->out, "\n"), 4);
}

static void test_usage(void **state)
{
	static const struct {
		const char *words;
		const char *why;
	} cases[] = {
		{ "frog", "validate takes no operand, but got 'frog'" },
		{ "--seed -1", "--seed is '-1', but must be 0 to 4294967295" },
		{ "--seed 4294967296", "--seed is" },
		{ "--seeds 0", "--seeds is '0', but must be 1 to 100000" },
		{ "--seed 4294967295 --seeds 2",
		  "--seed plus --seeds exceeds 4294967295" },
		{ "--cases 0", "--cases is '0', but must be 1 to 1000000" },
		{ "--cases 1x", "--cases is '1x'" },
		{ "--depth 4097", "--depth is '4097', but must be 1 to 4096" },
		{ "--threads 17", "--threads is '17', but must be 1 to 16" },
		{ "--max-bytes 1K", "--max-bytes is '1K', but must be 64K to 4M" },
		{ "--max-bytes 5M", "--max-bytes is '5M'" },
		{ "--timeout-ms 9", "--timeout-ms is '9', but must be 10 to 60000" },
		{ "--time 0", "--time is '0', but must be 1 to 31536000" },
		{ "--soak --seeds 2", "--soak and --seeds exclude each other" },
		{ "--chan dma9chan9",
		  "no channel 'dma9chan9'; there are: dma0chan0, dma0chan1, dma1chan0, dma1chan2, dma1chan10"
		},
		{ "--chan dma0chan", "no channel 'dma0chan'" },
		{ "--chan dma0chan0,", "no channel ''" },
		{ "--chan dma0chan0,all", "no channel 'all'" },
	};
	struct fixture *fx = *state;
	char line[128];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		snprintf(line, sizeof(line), "validate %s", cases[i].words);
		assert_int_equal(on_many(fx, NULL, line), TOOL_USAGE);
		has(fixture_error(fx), cases[i].why);
		assert_string_equal(fx->out, "");
		assert_int_equal(fake.writes, 0);
	}
}

static void test_json(void **state)
{
	static const struct fake_rule rules[] = {
		{ .chan = "dma0chan0", .clause = "copy.few", .result = fake_fail },
		{ .chan = "dma1chan2", .clause = "copy.few", .result = fake_quarantined },
		{ .result = NULL }
	};
	struct fixture *fx = *state;
	struct json_object *run, *res;

	assert_int_equal(on_many(fx, rules, "validate --json --clause copy"), TOOL_FAILED);
	assert_string_equal(fx->out, "");
	fixture_keys(fx->result);
	assert_int_equal(ju64(fx->result, "seeds"), 1);
	assert_int_equal(jlen(jget(fx->result, "clauses")), 9);
	assert_int_equal(jlen(jget(fx->result, "runs")), 2);
	run = jat(jget(fx->result, "runs"), 0);
	assert_string_equal(jstr(run, "chan"), "dma0chan0");
	assert_string_equal(jstr(run, "device"), "simdma.0");
	assert_string_equal(jstr(run, "driver"), "simdma");
	assert_string_equal(jstr(run, "verdict"), "fail");
	assert_int_equal(jlen(jget(run, "results")), 9);
	res = jat(jget(run, "results"), 1);
	assert_string_equal(jstr(res, "verdict"), "fail");
	assert_string_equal(jstr(res, "status"), "fail");
	assert_string_equal(jstr(res, "law"), "paired lists of 2 to 8 segments are copied");
	assert_int_equal(ju64(res, "fail_case"), 17);
	assert_int_equal(ju64(jget(res, "reduced"), "to"), 2);
	assert_int_equal(jlen(jget(res, "dst")), 2);
	assert_int_equal(jlen(jget(res, "wrong_bytes")), 8);
	assert_string_equal(jstr(res, "repeat"),
			    "dcbm validate --chan dma0chan0 --clause copy.few --seed 1 --cases 18");
	fixture_keys(res);
	run = jat(jget(fx->result, "runs"), 1);
	assert_string_equal(jstr(run, "why"), "channel is quarantined");
	res = jat(jget(run, "results"), 8);
	assert_string_equal(jstr(res, "verdict"), "skip");
	assert_string_equal(jstr(res, "why"), "channel is quarantined");
	assert_null(jget(res, "status"));
	res = jget(fx->result, "totals");
	assert_int_equal(ju64(res, "passed"), 9);
	assert_int_equal(ju64(res, "failed"), 2);
	assert_int_equal(ju64(res, "skipped"), 7);
	assert_int_equal(ju64(res, "errors"), 0);
	assert_int_equal(ju64(res, "descriptors"), 9 * 812 + 18 + 3);
}

/* The built tool: results go to stdout, skipped channels to stderr. */
static void test_built(void **state)
{
	struct fixture *fx = *state;

	on_many(fx, NULL, "validate --list");
	assert_int_equal(fixture_exec(fx, "validate --list --clause map"), TOOL_OK);
	has(fx->out, "map.iommu       any copies through an IOMMU are correct");
	assert_string_equal(fx->err, "");
	/* The fake driver does not answer, so the first result cannot be read. */
	assert_int_equal(fixture_exec(fx, "validate --clause map"), TOOL_ENV);
	results(fx, 1, 0, 1, 2);
	has(fx->err,
	    "dcbm: validate: one channel per device: 2 of 4 free channels; --chan all tests all\n");
	on_many(fx, NULL, "validate --list");
	fixture_exec(fx, "validate --clause map --chan all");
	has(fx->err, "dcbm: validate: 1 of 5 channels are in use and skipped\n");
	on_many(fx, NULL, "validate --list");
	fixture_exec(fx, "validate --clause map --chan dma0chan0");
	has_not(fx->err, "left out");
	has_not(fx->err, "per device");
}

#define T(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

int main(void)
{
	const struct test_entry tests[] = {
		cmocka_unit_test(test_ktap_check),
		T(test_pass),
		T(test_fail),
		T(test_fail_lists),
		T(test_fail_wrapped),
		T(test_repeat),
		T(test_others),
		T(test_clauses),
		T(test_list),
		T(test_usage),
		T(test_json),
		T(test_built),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
