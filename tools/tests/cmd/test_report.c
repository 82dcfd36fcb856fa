// SPDX-License-Identifier: GPL-2.0-only
/*
 * dcbm report and dcbm record as a user runs them, with files that are not recordings and with
 * a fake trace-cmd
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "fixture.h"
#include "lib/tool.h"
#include "lib/util.h"

static void test_usage(void **state)
{
	static const struct {
		const char *line;
		const char *why;
	} cases[] = {
		{ "report", "needs one recording, but got 0" },
		{ "report a b", "needs one recording, but got 2" },
		{ "report --compare a", "--compare needs two recordings, but got 1" },
		{ "report --compare --html x a b", "--html and --compare exclude each other" },
		{ "report --html", "needs an argument" },
		{ "report --frog a", "unknown option '--frog'" },
		{ "record", "no command to record: dcbm record -- COMMAND" },
		{ "record --", "no command to record" },
		{ "record ls", "must follow --: dcbm record -- ls" },
		{ "record -f ns>=1 -e dcbm:dcbm_batch_end -- true",
		  "--filter 'ns>=1' has no --event before it" },
		{ "record -b 4K -- true", "--buffer-size is '4K', but must be 8K to 64G" },
		{ "record --buffer-size much -- true", "--buffer-size is 'much'" },
	};
	struct fixture *fx = *state;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		assert_int_equal(fixture_exec(fx, cases[i].line), TOOL_USAGE);
		has(fx->err, cases[i].why);
		assert_int_equal(times(fx->err, "\n"), 1);
		assert_string_equal(fx->out, "");
	}
}

/* Files that are refused before libtracecmd reads them, and files that libtracecmd refuses */
static void test_bad_files(void **state)
{
	static const char head[] = "\027\010\104tracing\066\0\0\010\0\020\0\0";
	struct fixture *fx = *state;
	char line[128];
	size_t i;

	static const struct {
		const char *bytes;
		size_t len;
		const char *why;
	} cases[] = {
		{ "", 0, "is empty" },
		{ "x", 1, "is not a trace-cmd recording" },
		{ "batch=1\n", 8, "is not a trace-cmd recording" },
		{ head, 10, "truncated or corrupt trace-cmd recording" },
		{ head, sizeof(head) - 1, "truncated or corrupt trace-cmd recording" },
	};

	snprintf(line, sizeof(line), "report %s/file", fx->dir);
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		fixture_write_bytes(fx, "file", cases[i].bytes, cases[i].len);
		assert_int_equal(fixture_exec(fx, line), TOOL_USAGE);
		has(fx->err, cases[i].why);
		assert_int_equal(times(fx->err, "\n"), 1);
	}
	snprintf(line, sizeof(line), "report --json %s/nothing", fx->dir);
	assert_int_equal(fixture_exec(fx, line), TOOL_USAGE);
	has(fx->err, "cannot open");
	has(fx->out, "\"exit\": 2");
	snprintf(line, sizeof(line), "report %s", fx->dir);
	assert_int_equal(fixture_exec(fx, line), TOOL_USAGE);
	has(fx->err, "is not a readable file");
}

/* Puts a program named trace-cmd first in PATH. */
static void stand_in(struct fixture *fx, const char *script)
{
	char path[256];

	fixture_write(fx, "bin/trace-cmd", script);
	snprintf(path, sizeof(path), "%s/bin/trace-cmd", fx->dir);
	chmod(path, 0700);
	snprintf(path, sizeof(path), "%s/bin:/usr/bin:/bin", fx->dir);
	setenv("PATH", path, 1);
}

static void machine(struct fixture *fx)
{
	fixture_driver(fx);
	fixture_write(fx, "sysfs/kernel/tracing/events/dcbm/enable", "0\n");
}

static void test_missing(void **state)
{
	struct fixture *fx = *state;

	setenv("PATH", "/nowhere", 1);
	assert_int_equal(fixture_exec(fx, "record -- true"), TOOL_ENV);
	has(fx->err, "trace-cmd is not in PATH");
	stand_in(fx, "#!/bin/sh\nexit 0\n");
	assert_int_equal(fixture_exec(fx, "record -- true"), TOOL_ENV);
	has(fx->err, "modprobe dcbm_sg");
	fixture_driver(fx);
	assert_int_equal(fixture_exec(fx, "record -- true"), TOOL_ENV);
	has(fx->err, "tracefs is not mounted");
	fixture_write(fx, "sysfs/kernel/tracing/events/enable", "0\n");
	assert_int_equal(fixture_exec(fx, "record -- true"), TOOL_ENV);
	has(fx->err, "no events of the system dcbm");
	assert_int_equal(times(fx->err, "\n"), 1);
}

/* The arguments of trace-cmd; the arguments of the command are not changed. */
static void test_words(void **state)
{
	struct fixture *fx = *state;
	char line[512];

	machine(fx);
	stand_in(fx, "#!/bin/sh\necho \"$@\" > ${0%/*}/words\nshift 11\nexec \"$@\"\n");
	snprintf(line, sizeof(line),
		 "record -o %s/file -b 1M --clock boot -e migrate -- echo -n a--b", fx->dir);
	/* The fake trace-cmd writes no recording. */
	assert_int_equal(fixture_exec(fx, line), TOOL_USAGE);
	has(fx->err, "cannot open");
	assert_string_equal(fx->out, "a--b");
	snprintf(line, sizeof(line), "%s/bin/words", fx->dir);
	assert_int_equal(fixture_exec(fx, "--version"), 0);
	{
		char words[512] = "";
		FILE *in = fopen(line, "r");

		assert_non_null(in);
		assert_non_null(fgets(words, sizeof(words), in));
		fclose(in);
		has(words, "record -o ");
		has(words, "/file -b 1024 -C boot -e dcbm -e migrate sh -c ");
		has(words, " sh echo -n a--b");
	}
}

/* The last line of trace-cmd is the reason, and with --json stdout has only the object. */
static void test_failing(void **state)
{
	struct fixture *fx = *state;

	machine(fx);
	stand_in(fx, "#!/bin/sh\necho first\necho '  no such clock' >&2\nexit 1\n");
	assert_int_equal(fixture_exec(fx, "record --clock frog -- echo hello"), TOOL_ENV);
	has(fx->err, "trace-cmd failed: no such clock");
	assert_int_equal(times(fx->err, "\n"), 1);
	assert_string_equal(fx->out, "");
	/* The command ran, but there is no recording. */
	stand_in(fx, "#!/bin/sh\nshift 9\n\"$@\"\nexit 1\n");
	assert_int_equal(fixture_exec(fx, "record --json -- echo hello"), TOOL_ENV);
	has(fx->err, "hello\n");
	has_not(fx->out, "hello\n");
	has(fx->out, "\"exit\": 3");
}

#define T(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

int main(void)
{
	const struct test_entry tests[] = {
		T(test_usage),
		T(test_bad_files),
		T(test_missing),
		T(test_words),
		T(test_failing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
