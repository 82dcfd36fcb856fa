// SPDX-License-Identifier: GPL-2.0-only
/* dcbm report: statistics of a recording */
#include "cmd/commands.h"
#include "lib/cmd.h"
#include "lib/jutil.h"
#include "lib/tool.h"
#include "report/compare.h"
#include "report/html.h"
#include "report/load.h"
#include "report/print.h"

struct report_conf {
	const char *html;
	bool compare;
};

static const struct opt report_opts[] = {
	{ "html", 0, "FILE", "write a self-contained page for a browser",
	  OPT_TEXT(struct report_conf, html) },
	{ "compare", 0, NULL, "show how a second recording differs from the first",
	  OPT_FLAG(struct report_conf, compare) },
	{ .name = NULL }
};

/* A recording with lost events is shown, but the run fails. */
static int judge(struct tool *t, struct json_object *report)
{
	if (!ju64(report, "lost_places"))
		return TOOL_OK;
	return tool_fail(t, TOOL_FAILED,
			 "report: '%s': events were lost (at %s places); counts and sums are lower bounds",
			 jstr(report, "file"), jstr(report, "lost_places"));
}

/* Moves all keys of @from to @to, in order. */
static void take_keys(struct json_object *to, struct json_object *from)
{
	json_object_object_foreach(from, key, value)
		jadd(to, key, json_object_get(value));
	json_object_put(from);
}

static int show(struct tool *t, const struct report_conf *conf, const char *file)
{
	struct json_object *report;
	int ret;

	ret = report_load(t, file, &report);
	if (!ret && conf->html) {
		ret = report_html(t, conf->html, report);
		if (ret)
			json_object_put(report);
	}
	if (ret)
		return ret;
	ret = judge(t, report);
	take_keys(t->result, report);
	t->show = true;
	return ret;
}

static int compare(struct tool *t, char **file)
{
	struct json_object *a, *b;
	int ret, second;

	ret = report_load(t, file[0], &a);
	if (ret)
		return ret;
	ret = report_load(t, file[1], &b);
	if (ret) {
		json_object_put(a);
		return ret;
	}
	report_compare(a, b, t->result);
	ret = judge(t, a);
	second = judge(t, b);
	json_object_put(a);
	json_object_put(b);
	t->show = true;
	return ret ?: second;
}

static int report_run(struct tool *t, int argc, char **argv)
{
	struct report_conf conf = { .html = NULL };
	int first, ret;

	ret = opts_parse(t, report_opts, argc, argv, &conf, &first);
	if (ret)
		return ret;
	if (conf.compare && conf.html)
		return tool_fail(t, TOOL_USAGE,
				 "report: --html and --compare exclude each other");
	if (argc - first != 1 + conf.compare)
		return tool_fail(t, TOOL_USAGE, "report: %s, but got %d (see 'dcbm report --help')",
				 conf.compare ? "--compare needs two recordings" :
				 "needs one recording", argc - first);
	return conf.compare ? compare(t, argv + first) : show(t, &conf, argv[first]);
}

static void print(struct term *term, struct json_object *result)
{
	if (jget(result, "rows"))
		compare_print(term, result);
	else
		report_print(term, result);
}

const struct cmd cmd_report = {
	.name = "report",
	.args = "FILE | --compare FILE FILE",
	.summary = "Show the batches and channels of a trace-cmd recording",
	.details =
		"FILE is a recording with the events of the system dcbm, see 'dcbm record'.\n"
		"Percentiles are at most 0.1 % too high; all other numbers are exact. The\n"
		"exit status is 1 if events were lost.\n",
	.opts = report_opts,
	.run = report_run,
	.print = print,
};
