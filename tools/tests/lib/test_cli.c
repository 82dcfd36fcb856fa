// SPDX-License-Identifier: GPL-2.0-only
/*
 * The built tool as a user runs it: exit status, stdout and stderr; man pages and completion
 * have all commands and options.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fixture.h"
#include "lib/cmd.h"
#include "lib/opts.h"
#include "lib/tool.h"
#include "lib/util.h"
#include "main.h"

/* Exactly one line, which begins with the name of the tool */
static void one_line(struct fixture *fx, const char *want)
{
	assert_int_equal(strncmp(fx->err, "dcbm: ", 6), 0);
	assert_ptr_equal(strchr(fx->err, '\n'), fx->err + strlen(fx->err) - 1);
	if (!strstr(fx->err, want))
		fail_msg("'%s' is not in: %s", want, fx->err);
}

static void test_help(void **state)
{
	static const char *const lines[] = {
		"--help", "-h", "help", "help migrate", "migrate --help", "migrate -h",
		"stat --help", "help doctor", "--json --help",
	};
	struct fixture *fx = *state;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(lines); i++) {
		assert_int_equal(fixture_exec(fx, lines[i]), 0);
		assert_int_equal(strncmp(fx->out, "Usage: dcbm ", 12), 0);
		assert_string_equal(fx->err, "");
	}
	assert_int_equal(fixture_exec(fx, "--version"), 0);
	assert_int_equal(strncmp(fx->out, "dcbm ", 5), 0);
	assert_null(strstr(fx->out, "Usage"));
}

/* The help shows the range of an option, and a number outside of the range is refused. */
static void test_ranges(void **state)
{
	static const struct {
		const char *cmd;
		const char *option;
		const char *help;
		const char *refused;
	} cases[] = {
		{ "migrate", "--threads", ", 1 to 256 (default: 1)", "257" },
		{ "migrate", "--to", ", 0 to 32767", "32768" },
		{ "validate", "--max-bytes", ", 64K to 4M", "63K" },
		{ "record", "--buffer-size", ", 8K to 64G (default: 8M)", "7K" },
		{ "top", "--interval", ", 0.1 to 3600 (default: 1)", "0.099" },
	};
	struct fixture *fx = *state;
	char line[64], *shown;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		snprintf(line, sizeof(line), "help %s", cases[i].cmd);
		assert_int_equal(fixture_exec(fx, line), 0);
		shown = strstr(fx->out, cases[i].option);
		assert_non_null(shown);
		*strchr(shown, '\n') = '\0';
		if (!strstr(shown, cases[i].help))
			fail_msg("%s: '%s' is not in '%s'", cases[i].cmd, cases[i].help, shown);
		snprintf(line, sizeof(line), "%s %s %s", cases[i].cmd, cases[i].option,
			 cases[i].refused);
		assert_int_equal(fixture_exec(fx, line), TOOL_USAGE);
		one_line(fx, "but must be ");
	}
}

static void test_usage(void **state)
{
	static const struct {
		const char *line;
		const char *why;
	} cases[] = {
		{ "", "no command given (see 'dcbm --help')" },
		{ "frog", "unknown command 'frog'" },
		{ "help frog", "unknown command 'frog'" },
		{ "--frog", "unknown option '--frog' (see 'dcbm --help')" },
		{ "stat --frog", "unknown option '--frog' (see 'dcbm stat --help')" },
		{ "--debugfs", "option '--debugfs' needs an argument" },
		{ "reset all", "takes no operand" },
		{ "trigger frog", "'frog' is not key=value" },
	};
	struct fixture *fx = *state;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		assert_int_equal(fixture_exec(fx, cases[i].line), TOOL_USAGE);
		one_line(fx, cases[i].why);
		assert_string_equal(fx->out, "");
	}
}

static void test_env(void **state)
{
	struct fixture *fx = *state;

	assert_int_equal(fixture_exec(fx, "stat"), TOOL_ENV);
	one_line(fx, "modprobe dcbm_sg");
	assert_string_equal(fx->out, "");
	assert_int_equal(fixture_exec(fx, "--debugfs /nowhere reset"), TOOL_ENV);
	one_line(fx, "modprobe dcbm_sg");
}

static void test_json(void **state)
{
	struct fixture *fx = *state;
	struct json_object *obj;

	fixture_driver(fx);
	assert_int_equal(fixture_exec(fx, "stat --json"), 0);
	obj = json_tokener_parse(fx->out);
	assert_string_equal(jstr(obj, "command"), "stat");
	assert_int_equal(jint(obj, "exit"), 0);
	assert_null(jget(obj, "error"));
	assert_int_equal(ju64(jget(obj, "channels"), "count"), 2);
	json_object_put(obj);

	/* A failure is an object as well. */
	assert_int_equal(fixture_exec(fx, "--json migrate --frog"), TOOL_USAGE);
	one_line(fx, "--frog");
	obj = json_tokener_parse(fx->out);
	assert_string_equal(jstr(obj, "command"), "migrate");
	assert_int_equal(jint(obj, "exit"), TOOL_USAGE);
	assert_non_null(strstr(jstr(obj, "error"), "--frog"));
	json_object_put(obj);
}

static void test_plain(void **state)
{
	struct fixture *fx = *state;

	fixture_driver(fx);
	assert_int_equal(fixture_exec(fx, "stat"), 0);
	assert_null(strchr(fx->out, '\033'));
	assert_string_equal(fx->err, "");
}

static void mentions(const char *text, const char *file, const char *word)
{
	if (!fixture_mentions(text, word))
		fail_msg("%s does not mention %s", file, word);
}

static void opts_mentioned(const char *text, const char *file, const struct opt *opt)
{
	char word[64];

	for (; opt && opt->name; opt++) {
		snprintf(word, sizeof(word), "--%s", opt->name);
		mentions(text, file, word);
	}
}

static void check_papers(char *text, const char *name)
{
	const struct cmd *const *cmd;

	for (cmd = cmds; *cmd; cmd++) {
		mentions(text, name, (*cmd)->name);
		opts_mentioned(text, name, (*cmd)->opts);
	}
	opts_mentioned(text, name, common_opts);
	opts_mentioned(text, name, global_opts);
	free(text);
}

static void test_papers(void **state)
{
	(void)state;
	check_papers(fixture_man(), "Documentation/man");
	check_papers(fixture_paper("completion/dcbm"), "completion/dcbm");
}

static void test_keys(void **state)
{
	static const char *const lines[] = { "stat", "doctor", "trigger --help-keys" };
	struct fixture *fx = *state;
	size_t i;

	fixture_driver(fx);
	for (i = 0; i < ARRAY_SIZE(lines); i++) {
		fixture_run(fx, lines[i]);
		fixture_keys(fx->result);
	}
}

#define T(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

int main(void)
{
	const struct test_entry tests[] = {
		T(test_help),
		T(test_ranges),
		T(test_usage),
		T(test_env),
		T(test_json),
		T(test_plain),
		T(test_papers),
		T(test_keys),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
