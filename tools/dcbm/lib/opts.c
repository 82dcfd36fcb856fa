// SPDX-License-Identifier: GPL-2.0-only
/*
 * Options and help by tables, see opts.h.
 */
#include <getopt.h>
#include <stdbool.h>
#include <string.h>

#include "lib/cmd.h"
#include "lib/opts.h"
#include "lib/tool.h"

/* More options than this no command has; the parser refuses larger tables. */
#define OPTS_MAX	48

/* Values of getopt_long() for entries of the table: behind all letters. */
#define OPTS_BASE	256

enum { OPT_JSON, OPT_DEBUGFS, OPT_SYSFS, OPT_PROCFS, OPT_HELP };

const struct opt common_opts[] = {
	{ "json", NULL, "print the result as one JSON object", OPT_JSON, 'j' },
	{ "debugfs", "DIR", "where debugfs is (also DCBM_DEBUGFS; /sys/kernel/debug)",
	  OPT_DEBUGFS, 0 },
	{ "sysfs", "DIR", "where sysfs is (also DCBM_SYSFS; /sys)", OPT_SYSFS, 0 },
	{ "procfs", "DIR", "where procfs is (also DCBM_PROCFS; /proc)", OPT_PROCFS, 0 },
	{ "help", NULL, "show this help", OPT_HELP, 'h' },
	{ .name = NULL }
};

static int set_common(struct tool *t, int id, const char *value)
{
	switch (id) {
	case OPT_JSON:
		t->json = true;
		return 0;
	case OPT_DEBUGFS:
		return tool_set_dir(t, t->debugfs, value);
	case OPT_SYSFS:
		return tool_set_dir(t, t->sysfs, value);
	case OPT_PROCFS:
		return tool_set_dir(t, t->procfs, value);
	default:
		return TOOL_HELPED;
	}
}

/* One table after the other in the form that getopt_long() wants. */
struct long_opts {
	const struct opt *opt[OPTS_MAX];
	struct option option[OPTS_MAX + 1];
	char letters[2 * OPTS_MAX + 3];
	size_t nr;
};

static void add_table(struct long_opts *all, const struct opt *opts)
{
	for (; opts && opts->name && all->nr < OPTS_MAX; opts++) {
		all->opt[all->nr] = opts;
		all->option[all->nr] = (struct option) {
			.name = opts->name,
			.has_arg = opts->arg ? required_argument : no_argument,
			.val = OPTS_BASE + (int)all->nr,
		};
		if (opts->letter) {
			size_t len = strlen(all->letters);

			snprintf(all->letters + len, sizeof(all->letters) - len, "%c%s",
				 opts->letter, opts->arg ? ":" : "");
		}
		all->nr++;
	}
}

static size_t find_opt(const struct long_opts *all, int val)
{
	size_t i;

	if (val >= OPTS_BASE)
		return (size_t)val - OPTS_BASE;
	for (i = 0; i < all->nr; i++)
		if (all->opt[i]->letter == val)
			break;
	return i;
}

static int bad_option(struct tool *t, int what, char **argv)
{
	const char *cmd = t->cmd ? t->cmd->name : "";
	const char *sep = t->cmd ? " " : "";
	const char *word = argv[optind - 1];

	if (what == ':')
		return tool_fail(t, TOOL_USAGE,
				 "option '%s' wants an argument (see 'dcbm %s%s--help')",
				 word, cmd, sep);
	if (optopt > 0 && optopt < OPTS_BASE)
		return tool_fail(t, TOOL_USAGE, "unknown option '-%c' (see 'dcbm %s%s--help')",
				 optopt, cmd, sep);
	if (optopt)
		return tool_fail(t, TOOL_USAGE,
				 "option '%s' takes no argument (see 'dcbm %s%s--help')",
				 word, cmd, sep);
	return tool_fail(t, TOOL_USAGE, "unknown option '%s' (see 'dcbm %s%s--help')",
			 word, cmd, sep);
}

/**
 * opts_parse() - parse options
 * @t: run. While it has no command, parsing stops at the first operand.
 * @own: options of the command besides the common ones
 * @argc: number of words
 * @argv: the words; operands are moved behind the options
 * @set: takes each option of @own by its id, with its argument or NULL; returns 0
 *	or an enum tool_status. May be NULL if @own is empty.
 * @conf: for @set
 * @first: gets the index of the first operand
 *
 * Return: 0, TOOL_HELPED after --help, or another enum tool_status.
 */
int opts_parse(struct tool *t, const struct opt *own, int argc, char **argv,
	       int (*set)(struct tool *t, void *conf, int id, const char *value),
	       void *conf, int *first)
{
	struct long_opts all = { .nr = 0 };
	size_t nr_own;
	int val, ret;

	snprintf(all.letters, sizeof(all.letters), "%s:", t->cmd ? "" : "+");
	add_table(&all, own);
	nr_own = all.nr;
	add_table(&all, common_opts);

	/* 0 makes glibc forget the words of the call before. */
	optind = 0;
	opterr = 0;
	while ((val = getopt_long(argc, argv, all.letters, all.option, NULL)) != -1) {
		size_t i;

		if (val == '?' || val == ':')
			return bad_option(t, val, argv);
		i = find_opt(&all, val);
		if (i < nr_own)
			ret = set(t, conf, all.opt[i]->id, optarg);
		else
			ret = set_common(t, all.opt[i]->id, optarg);
		if (ret == TOOL_HELPED && t->cmd)
			opts_help(stdout, t->cmd);
		if (ret)
			return ret;
	}
	*first = optind;
	return 0;
}

static void left_column(const struct opt *opt, char *buf, size_t size)
{
	char letter[5] = "    ";

	if (opt->letter)
		snprintf(letter, sizeof(letter), "-%c, ", opt->letter);
	snprintf(buf, size, "%s--%s%s%s", letter, opt->name, opt->arg ? " " : "",
		 opt->arg ?: "");
}

/**
 * opts_list() - print a table of options
 * @out: where to
 * @title: heading
 * @opts: table, may be NULL or empty: then nothing is printed
 */
void opts_list(FILE *out, const char *title, const struct opt *opts)
{
	char left[64];

	if (!opts || !opts->name)
		return;
	fprintf(out, "\n%s:\n", title);
	for (; opts->name; opts++) {
		left_column(opts, left, sizeof(left));
		fprintf(out, "  %-26s %s\n", left, opts->help);
	}
}

/**
 * opts_help() - print the help of a command
 * @out: where to
 * @cmd: which
 */
void opts_help(FILE *out, const struct cmd *cmd)
{
	fprintf(out, "Usage: dcbm %s [OPTION...]%s%s\n\n%s.\n", cmd->name,
		*cmd->args ? " " : "", cmd->args, cmd->summary);
	opts_list(out, "Options", cmd->opts);
	opts_list(out, "Options of every command", common_opts);
	if (cmd->details)
		fprintf(out, "\n%s", cmd->details);
}
