// SPDX-License-Identifier: GPL-2.0-only
/* dcbm top without a terminal: one interval, usage and environment */
#include "fixture.h"
#include "lib/tool.h"
#include "lib/util.h"

static void test_once(void **state)
{
	struct fixture *fx = *state;

	fixture_driver(fx);
	fixture_run(fx, "top --once --interval 0.1 --sort channel --total");
	assert_int_equal(fx->status, TOOL_OK);
	has(fx->out, "\ntotal         50  20.5k 80.0 MiB");
	has(fx->out, "2 channels  by channel");
	has(fx->out, "dma0chan1 simdma.0");
	has(fx->out, " BATCHES total ");
	has(fx->out, "\ntimeout ");
	has_not(fx->out, "no_channel");
	has_not(fx->out, "\033");
	/* Keys are not shown in printed output. */
	has_not(fx->out, "quit");
	fixture_keys(fx->result);
	assert_true(ju64(fx->result, "interval_ns") >= 100000000);

	fixture_exec(fx, "top --once -i 0.1");
	assert_int_equal(fx->status, TOOL_OK);
	has(fx->out, "\ndma0chan0 ready ");
	assert_string_equal(fx->err, "");
}

static void test_usage(void **state)
{
	static const struct {
		const char *line;
		const char *why;
	} cases[] = {
		{ "top x", "top: takes no operand, but got 'x'" },
		{ "top --interval 0", "top: --interval is '0', but must be 0.1 to 3600 seconds" },
		{ "top --interval 0.09", "--interval is '0.09'" },
		{ "top --interval 3600.001", "--interval is '3600.001'" },
		{ "top --interval -1", "--interval is '-1'" },
		{ "top --interval 1.", "--interval is '1.'" },
		{ "top --interval .5", "--interval is '.5'" },
		{ "top --interval 1.2345", "--interval is '1.2345'" },
		{ "top --interval 99999999999999999999999", "top: --interval is" },
		{ "top --count 0", "top: --count is '0', but must be 1 to 1000000000" },
		{ "top --sort frog", "top: --sort is 'frog', but must be one of bytes, " },
		{ "top --once --count 2", "top: --once and --count exclude each other" },
	};
	struct fixture *fx = *state;
	size_t i;

	fixture_driver(fx);
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		assert_int_equal(fixture_run(fx, cases[i].line), TOOL_USAGE);
		has(fixture_error(fx), cases[i].why);
	}
	assert_int_equal(fixture_exec(fx, "top --json"), TOOL_USAGE);
	assert_string_equal(fx->err, "dcbm: top: --json goes with --once only\n");
	/* stdout is a file. */
	assert_int_equal(fixture_exec(fx, "top"), TOOL_ENV);
	assert_string_equal(fx->err,
			    "dcbm: top: needs a terminal; for a pipe or a file use 'dcbm top --once'\n");
	assert_string_equal(fx->out, "");
}

static void test_env(void **state)
{
	struct fixture *fx = *state;

	assert_int_equal(fixture_run(fx, "top --once"), TOOL_ENV);
	has(fixture_error(fx), "the driver is not loaded; 'modprobe dcbm_sg'");
	fixture_driver(fx);
	fixture_write(fx, "debugfs/dcbm/fallbacks", "# dcbm fallbacks v2\n");
	assert_int_equal(fixture_run(fx, "top --once"), TOOL_ENV);
	has(fixture_error(fx), "format v2");
}

#define T(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

int main(void)
{
	const struct test_entry tests[] = {
		T(test_once),
		T(test_usage),
		T(test_env),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
