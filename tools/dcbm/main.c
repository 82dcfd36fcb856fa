// SPDX-License-Identifier: GPL-2.0-only
/*
 * dcbm: test batches, real migrations and statistics of the dcbm_sg driver.
 */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/commands.h"
#include "lib/cmd.h"
#include "lib/jutil.h"
#include "lib/term.h"
#include "lib/tool.h"
#include "main.h"

const struct cmd *const cmds[] = {
	&cmd_trigger,
	&cmd_validate,
	&cmd_migrate,
	&cmd_stat,
	&cmd_top,
	&cmd_reset,
	&cmd_record,
	&cmd_report,
	&cmd_doctor,
	NULL
};

const struct cmd *cmd_find(const char *name)
{
	const struct cmd *const *cmd;

	for (cmd = cmds; *cmd; cmd++)
		if (!strcmp((*cmd)->name, name))
			return *cmd;
	return NULL;
}

static int set_version(struct tool *t, void *conf, const char *value)
{
	bool *shown = conf;

	(void)t;
	(void)value;
	printf("dcbm %s\n", DCBM_VERSION);
	*shown = true;
	return TOOL_HELPED;
}

const struct opt global_opts[] = {
	{ "version", 'V', NULL, "show the version", OPT_CALL(set_version) },
	{ .name = NULL }
};

static void print_usage(FILE *out)
{
	const struct cmd *const *cmd;

	fprintf(out, "Usage: dcbm [OPTION...] COMMAND [ARGUMENT...]\n\n"
		"Test batches, real migrations and statistics of the dcbm_sg driver.\n\n"
		"Commands:\n");
	for (cmd = cmds; *cmd; cmd++)
		fprintf(out, "  %-10s %s\n", (*cmd)->name, (*cmd)->summary);
	fprintf(out, "  %-10s Show the help of a command\n", "help");
	opts_list(out, "Options", global_opts);
	opts_list(out, "Options of every command", common_opts);
	fprintf(out, "\nExit status: 0 ok, 1 a check failed, 2 bad usage,\n"
		"3 the environment lacks something, 128 + N ended early by signal N.\n");
}

static int unknown_command(struct tool *t, const char *name)
{
	return tool_fail(t, TOOL_USAGE, "unknown command '%s' (see 'dcbm --help')", name);
}

static int help(struct tool *t, int argc, char **argv)
{
	const struct cmd *cmd;

	if (argc < 2) {
		print_usage(stdout);
		return TOOL_HELPED;
	}
	cmd = cmd_find(argv[1]);
	if (!cmd)
		return unknown_command(t, argv[1]);
	opts_help(stdout, cmd);
	return TOOL_HELPED;
}

static int run(struct tool *t, int argc, char **argv)
{
	bool version_shown = false;
	int first, ret;

	ret = opts_parse(t, global_opts, argc, argv, &version_shown, &first);
	if (ret == TOOL_HELPED && !version_shown)
		print_usage(stdout);
	if (ret)
		return ret;
	if (first == argc)
		return tool_fail(t, TOOL_USAGE, "no command given (see 'dcbm --help')");
	argc -= first;
	argv += first;
	if (!strcmp(argv[0], "help"))
		return help(t, argc, argv);
	t->cmd = cmd_find(argv[0]);
	if (!t->cmd)
		return unknown_command(t, argv[0]);
	return t->cmd->run(t, argc, argv);
}

/* Prints the result as text or JSON to stdout, and the reason of a failure to stderr. */
static int finish(struct tool *t, int status)
{
	if (status == TOOL_HELPED) {
		status = TOOL_OK;
	} else if (t->json) {
		jadd_str(t->result, "command", t->cmd ? t->cmd->name : NULL);
		jadd_u64(t->result, "exit", (unsigned int)status);
		jadd_str(t->result, "error", t->error[0] ? t->error : NULL);
		jprint(stdout, t->result);
	} else if (t->show) {
		struct term term;

		term_init(&term, stdout);
		t->cmd->print(&term, t->result);
	}
	if (fflush(stdout) || ferror(stdout))
		status = tool_fail(t, TOOL_ENV, "cannot write the result: %m");
	if (t->error[0])
		fprintf(stderr, "dcbm: %s\n", t->error);
	return status;
}

int main(int argc, char **argv)
{
	struct tool t;
	int status;

	setlocale(LC_CTYPE, "");
	tool_init(&t);
	t.result = json_object_new_object();
	/* Placeholders, so that these keys come first */
	jadd_str(t.result, "command", NULL);
	jadd_str(t.result, "exit", NULL);
	jadd_str(t.result, "error", NULL);

	status = finish(&t, run(&t, argc, argv));
	json_object_put(t.result);
	return status;
}
