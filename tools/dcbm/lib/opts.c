// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tables of options: parsing by getopt_long(), ranges, defaults, help.
 */
#include <errno.h>
#include <getopt.h>
#include <string.h>

#include "lib/cmd.h"
#include "lib/num.h"
#include "lib/opts.h"
#include "lib/tool.h"
#include "lib/util.h"

/* Tables with more options are truncated. */
#define OPTS_MAX	48

/* Values of getopt_long() for entries of the table start after all letters. */
#define OPTS_BASE	256

/* Room for a value of an option as text, such as 4294967295 or 0.1. */
#define VALUE_LEN	24

static int set_debugfs(struct tool *t, void *conf, const char *value)
{
	(void)conf;
	return tool_set_dir(t, t->debugfs, value);
}

static int set_sysfs(struct tool *t, void *conf, const char *value)
{
	(void)conf;
	return tool_set_dir(t, t->sysfs, value);
}

static int set_procfs(struct tool *t, void *conf, const char *value)
{
	(void)conf;
	return tool_set_dir(t, t->procfs, value);
}

static int set_help(struct tool *t, void *conf, const char *value)
{
	(void)t;
	(void)conf;
	(void)value;
	return TOOL_HELPED;
}

/* The configuration of these options is the struct tool. */
const struct opt common_opts[] = {
	{ "json", 'j', NULL, "print the result as one JSON object", OPT_FLAG(struct tool, json) },
	{ "debugfs", 0, "DIR", "mount point of debugfs (DCBM_DEBUGFS or /sys/kernel/debug)",
	  OPT_CALL(set_debugfs) },
	{ "sysfs", 0, "DIR", "mount point of sysfs (DCBM_SYSFS or /sys)", OPT_CALL(set_sysfs) },
	{ "procfs", 0, "DIR", "mount point of procfs (DCBM_PROCFS or /proc)",
	  OPT_CALL(set_procfs) },
	{ "help", 'h', NULL, "show this help", OPT_CALL(set_help) },
	{ .name = NULL }
};

/* All options of a command in the form of getopt_long(). */
struct long_opts {
	const struct opt *opt[OPTS_MAX];
	bool given[OPTS_MAX];
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

static size_t index_of(const struct long_opts *all, int val)
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
				 "option '%s' needs an argument (see 'dcbm %s%s--help')",
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

static const char *value_text(char *buf, const struct opt *opt, uint64_t value)
{
	static const char units[] = "KMGT";
	size_t unit = 0;

	if (opt->type == OPT_TYPE_SECONDS) {
		snprintf(buf, VALUE_LEN, "%g", (double)value / 1e9);
		return buf;
	}
	if (opt->type == OPT_TYPE_SIZE)
		for (; unit < strlen(units) && value && !(value % 1024); unit++)
			value /= 1024;
	snprintf(buf, VALUE_LEN, "%llu%.*s", (unsigned long long)value, !!unit,
		 unit ? &units[unit - 1] : "");
	return buf;
}

static bool is_number(const struct opt *opt)
{
	return opt->type >= OPT_TYPE_INT;
}

static void store(const struct opt *opt, void *conf, uint64_t value)
{
	void *at = (char *)conf + opt->at;

	if (opt->type == OPT_TYPE_INT)
		*(int *)at = (int)value;
	else
		*(uint64_t *)at = value;
}

static int set_number(struct tool *t, const struct opt *opt, void *conf, const char *text)
{
	const char *unit = opt->type == OPT_TYPE_SECONDS ? " seconds" : "";
	char min[VALUE_LEN], max[VALUE_LEN];
	uint64_t value;
	int bad;

	if (opt->type == OPT_TYPE_SIZE)
		bad = num_size(text, &value);
	else if (opt->type == OPT_TYPE_SECONDS)
		bad = num_seconds(text, &value);
	else
		bad = num_u64(text, 0, UINT64_MAX, &value);
	if (!bad && value >= opt->min && value <= opt->max) {
		store(opt, conf, value);
		return 0;
	}
	value_text(min, opt, opt->min);
	if (opt->type == OPT_TYPE_SIZE && opt->max == UINT64_MAX)
		return tool_fail(t, TOOL_USAGE,
				 "%s: --%s is '%.40s', but must be a size such as 256M (K, M, G or T)",
				 t->cmd->name, opt->name, text);
	if (opt->max == UINT64_MAX)
		return tool_fail(t, TOOL_USAGE, "%s: --%s is '%.40s', but must be %s or more%s",
				 t->cmd->name, opt->name, text, min, unit);
	return tool_fail(t, TOOL_USAGE, "%s: --%s is '%.40s', but must be %s to %s%s",
			 t->cmd->name, opt->name, text, min,
			 value_text(max, opt, opt->max), unit);
}

static int set(struct tool *t, const struct opt *opt, void *conf, const char *value)
{
	char *at = (char *)conf + opt->at;

	switch (opt->type) {
	case OPT_TYPE_CALL:
		return opt->set(t, conf, value);
	case OPT_TYPE_FLAG:
		*(bool *)at = true;
		return 0;
	case OPT_TYPE_TEXT:
		*(const char **)at = value;
		return 0;
	default:
		return set_number(t, opt, conf, value);
	}
}

static bool is_given(const struct long_opts *all, const char *name)
{
	size_t i;

	for (i = 0; i < all->nr; i++)
		if (all->given[i] && !strcmp(all->opt[i]->name, name))
			return true;
	return false;
}

static int check_needs(struct tool *t, const struct long_opts *all)
{
	size_t i;

	for (i = 0; i < all->nr; i++) {
		const struct opt *opt = all->opt[i];

		if (all->given[i] && opt->needs && !is_given(all, opt->needs))
			return tool_fail(t, TOOL_USAGE,
					 "%s: --%s needs --%s (see 'dcbm %s --help')",
					 t->cmd->name, opt->name, opt->needs, t->cmd->name);
	}
	return 0;
}

void opts_defaults(const struct opt *opts, void *conf)
{
	for (; opts->name; opts++)
		if (is_number(opts))
			store(opts, conf, opts->def);
}

/**
 * opts_parse() - parse options
 * @t: run. While no command is known, parsing stops at the first operand.
 * @own: options of the command besides the common ones, NULL if there are none
 * @argc: number of words
 * @argv: the words; operands are moved after the options
 * @conf: configuration of the command, gets the values of @own
 * @first: gets the index of the first operand
 *
 * Return: 0, TOOL_HELPED after --help, or another enum tool_status.
 */
int opts_parse(struct tool *t, const struct opt *own, int argc, char **argv, void *conf,
	       int *first)
{
	struct long_opts all = { .nr = 0 };
	size_t nr_own;
	int val, ret;

	snprintf(all.letters, sizeof(all.letters), "%s:", t->cmd ? "" : "+");
	add_table(&all, own);
	nr_own = all.nr;
	add_table(&all, common_opts);

	/* 0 makes glibc reset its state from the previous call. */
	optind = 0;
	opterr = 0;
	while ((val = getopt_long(argc, argv, all.letters, all.option, NULL)) != -1) {
		size_t i;

		if (val == '?' || val == ':')
			return bad_option(t, val, argv);
		i = index_of(&all, val);
		all.given[i] = true;
		ret = set(t, all.opt[i], i < nr_own ? conf : t, optarg);
		if (ret == TOOL_HELPED && t->cmd)
			opts_help(stdout, t->cmd);
		if (ret)
			return ret;
	}
	*first = optind;
	return check_needs(t, &all);
}

/* Returns the option with this name, which must be in the table. */
const struct opt *opts_find(const struct opt *opts, const char *name)
{
	while (strcmp(opts->name, name))
		opts++;
	return opts;
}

/* Returns the value of an option with a uint64_t field. */
uint64_t opt_number(const struct opt *opt, const void *conf)
{
	return *(const uint64_t *)((const char *)conf + opt->at);
}

static void left_column(const struct opt *opt, char *buf, size_t size)
{
	char letter[5] = "    ";

	if (opt->letter)
		snprintf(letter, sizeof(letter), "-%c, ", opt->letter);
	snprintf(buf, size, "%s--%s%s%s", letter, opt->name, opt->arg ? " " : "",
		 opt->arg ?: "");
}

static void print_range(FILE *out, const struct opt *opt)
{
	char min[VALUE_LEN], max[VALUE_LEN], def[VALUE_LEN];

	if (opt->max != UINT64_MAX)
		fprintf(out, ", %s to %s", value_text(min, opt, opt->min),
			value_text(max, opt, opt->max));
	if (opt->def >= opt->min && opt->def <= opt->max)
		fprintf(out, " (default: %s)", value_text(def, opt, opt->def));
}

void opts_list(FILE *out, const char *title, const struct opt *opts)
{
	char left[64];

	if (!opts || !opts->name)
		return;
	fprintf(out, "\n%s:\n", title);
	for (; opts->name; opts++) {
		left_column(opts, left, sizeof(left));
		fprintf(out, "  %-26s %s", left, opts->help);
		if (is_number(opts))
			print_range(out, opts);
		fputc('\n', out);
	}
}

void opts_help(FILE *out, const struct cmd *cmd)
{
	fprintf(out, "Usage: dcbm %s [OPTION...]%s%s\n\n%s.\n", cmd->name,
		*cmd->args ? " " : "", cmd->args, cmd->summary);
	opts_list(out, "Options", cmd->opts);
	opts_list(out, "Options of every command", common_opts);
	if (cmd->details)
		fprintf(out, "\n%s", cmd->details);
}
