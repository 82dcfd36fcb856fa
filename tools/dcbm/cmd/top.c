// SPDX-License-Identifier: GPL-2.0-only
/* dcbm top: the driver's statistics, live */
#include <poll.h>
#include <string.h>

#include "cmd/commands.h"
#include "lib/cmd.h"
#include "lib/jutil.h"
#include "lib/progress.h"
#include "lib/sig.h"
#include "lib/term.h"
#include "lib/tool.h"
#include "top/frame.h"
#include "top/layout.h"
#include "top/live.h"
#include "top/model.h"
#include "top/screen.h"
#include "top/view.h"

#define NS_PER_MS	1000000ULL
#define NS_PER_S	1000000000ULL
#define COUNT_MAX	1000000000ULL

static int bad_sort(struct tool *t, const char *value)
{
	char names[128] = "";
	size_t i, len = 0;

	for (i = 0; top_sorts[i].name; i++)
		len += (size_t)snprintf(names + len, sizeof(names) - len, "%s%s", i ? ", " : "",
					top_sorts[i].name);
	return tool_fail(t, TOOL_USAGE, "top: --sort is '%.40s', but must be one of %s",
			 value, names);
}

static int set_sort(struct tool *t, void *conf, const char *value)
{
	struct top *top = conf;

	return top_sort_find(value, &top->view.sort) ? 0 : bad_sort(t, value);
}

static const struct opt top_opts[] = {
	{ "interval", 'i', "SECONDS", "time between samples",
	  OPT_SECONDS(struct top, view.interval_ns, 100 * NS_PER_MS, 3600 * NS_PER_S, NS_PER_S) },
	{ "count", 'n', "N", "end after N intervals",
	  OPT_NUMBER(struct top, count, 1, COUNT_MAX, 0) },
	{ "sort", 's', "COLUMN", "sort channels by COLUMN (default: bytes)", OPT_CALL(set_sort) },
	{ "reverse", 'r', NULL, "sort in reverse order", OPT_FLAG(struct top, view.reverse) },
	{ "total", 't', NULL, "show batch sizes since the last reset",
	  OPT_FLAG(struct top, view.total) },
	{ "once", '1', NULL, "print one interval as plain text, no terminal is needed",
	  OPT_FLAG(struct top, once) },
	{ .name = NULL }
};

/* Returns false if a signal came. */
static bool sleep_until(uint64_t end)
{
	uint64_t now;

	while (!sig_caught() && (now = now_ns()) < end)
		poll(NULL, 0, top_wait_ms(now, end));
	return !sig_caught();
}

static int run_once(struct top *top)
{
	struct json_object *after;
	int ret;

	sig_catch();
	if (!sleep_until(ju64(top->sample, "now_ns") + top->view.interval_ns))
		return TOOL_SIGNAL + sig_caught();
	ret = top_load(top->t, &after);
	if (ret)
		return ret;
	/* Append the keys to the result of the run, which begins with command, exit and error. */
	top->result = top_rates(top->sample, after);
	json_object_put(after);
	json_object_object_foreach(top->result, key, value)
		jadd(top->t->result, key, json_object_get(value));
	jadd_str(top->t->result, "sort", top_sorts[top->view.sort].name);
	jadd_bool(top->t->result, "reverse", top->view.reverse);
	jadd_bool(top->t->result, "sizes_shown_total", top->view.total);
	top->t->show = true;
	return TOOL_OK;
}

static int top_run(struct tool *t, int argc, char **argv)
{
	struct top top = { .t = t };
	int first, ret;

	opts_defaults(top_opts, &top);
	ret = opts_parse(t, top_opts, argc, argv, &top, &first);
	if (ret)
		return ret;
	if (first < argc)
		return tool_fail(t, TOOL_USAGE, "top: takes no operand, but got '%s'", argv[first]);
	if (t->json && !top.once)
		return tool_fail(t, TOOL_USAGE, "top: --json goes with --once only");
	if (top.count && top.once)
		return tool_fail(t, TOOL_USAGE, "top: --once and --count exclude each other");
	ret = top.once ? 0 : screen_check(t);
	ret = ret ?: top_load(t, &top.sample);
	if (!ret) {
		top.result = top.once ? NULL : top_rates(NULL, top.sample);
		ret = top.once ? run_once(&top) : top_live(&top);
	}
	top_free(&top);
	return ret;
}

static void top_print(struct term *term, struct json_object *result)
{
	struct top_view view = {
		.reverse = jbool(result, "reverse"),
		.total = jbool(result, "sizes_shown_total"),
		.look = term->look,
	};
	struct frame frame;

	top_sort_find(jstr(result, "sort"), &view.sort);
	if (frame_init(&frame, top_height(result), term->width))
		return;
	top_draw(&frame, &view, result);
	frame_print(&frame, term);
	frame_free(&frame);
}

const struct cmd cmd_top = {
	.name = "top",
	.args = "",
	.summary = "Show the driver's statistics live, with rates",
	.details =
		"COLUMN is bytes, descriptors, busy, errors, timeouts, inflight or channel.\n"
		"The key h shows what the keys do.\n",
	.opts = top_opts,
	.run = top_run,
	.print = top_print,
};
