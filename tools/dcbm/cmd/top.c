// SPDX-License-Identifier: GPL-2.0-only
/*
 * dcbm top: the driver's statistics while they change.
 */
#include <errno.h>
#include <poll.h>
#include <string.h>

#include "cmd/commands.h"
#include "lib/cmd.h"
#include "lib/jutil.h"
#include "lib/num.h"
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
#define MS_PER_S	1000ULL
#define INTERVAL_MS	1000ULL
#define INTERVAL_MS_MIN	100ULL
#define INTERVAL_MS_MAX	3600000ULL
#define COUNT_MAX	1000000000ULL

enum { OPT_INTERVAL, OPT_COUNT, OPT_SORT, OPT_REVERSE, OPT_TOTAL, OPT_ONCE };

static const struct opt top_opts[] = {
	{ "interval", "SECONDS", "time between samples, 0.1 to 3600 (1)", OPT_INTERVAL, 'i' },
	{ "count", "N", "end after so many intervals", OPT_COUNT, 'n' },
	{ "sort", "COLUMN", "sort channels by bytes (the default), descriptors, ...", OPT_SORT,
	  's' },
	{ "reverse", NULL, "sort the other way round", OPT_REVERSE, 'r' },
	{ "total", NULL, "show batch sizes since the last reset", OPT_TOTAL, 't' },
	{ "once", NULL, "print one interval as plain text, no terminal is needed", OPT_ONCE, '1' },
	{ .name = NULL }
};

/* Seconds with up to three digits behind the point. */
static int to_ms(const char *text, uint64_t *ms)
{
	uint64_t seconds, fraction = 0;
	char whole[16], part[4] = "000";
	const char *point = strchrnul(text, '.');
	size_t len = (size_t)(point - text), digits = *point ? strlen(point + 1) : 0;

	if (len >= sizeof(whole) || (*point && (!digits || digits > 3)))
		return -EINVAL;
	memcpy(whole, text, len);
	whole[len] = '\0';
	memcpy(part, point + !!*point, digits);
	if (num_u64(whole, 0, INTERVAL_MS_MAX, &seconds) || num_u64(part, 0, 999, &fraction))
		return -EINVAL;
	*ms = seconds * MS_PER_S + fraction;
	return *ms < INTERVAL_MS_MIN || *ms > INTERVAL_MS_MAX ? -EINVAL : 0;
}

static int bad_sort(struct tool *t, const char *value)
{
	char names[128] = "";
	size_t i, len = 0;

	for (i = 0; top_sorts[i].name; i++)
		len += (size_t)snprintf(names + len, sizeof(names) - len, "%s%s", i ? ", " : "",
					top_sorts[i].name);
	return tool_fail(t, TOOL_USAGE, "top: --sort is one of %s, not '%s'", names, value);
}

static int top_set(struct tool *t, void *arg, int id, const char *value)
{
	struct top *top = arg;
	uint64_t ms;

	switch (id) {
	case OPT_INTERVAL:
		if (to_ms(value, &ms))
			return tool_fail(t, TOOL_USAGE,
					 "top: --interval is 0.1 to 3600 seconds, not '%s'", value);
		top->view.interval_ns = ms * NS_PER_MS;
		return 0;
	case OPT_COUNT:
		if (num_u64(value, 1, COUNT_MAX, &top->count))
			return tool_fail(t, TOOL_USAGE, "top: --count is 1 to %llu, not '%s'",
					 COUNT_MAX, value);
		return 0;
	case OPT_SORT:
		return top_sort_find(value, &top->view.sort) ? 0 : bad_sort(t, value);
	case OPT_REVERSE:
		top->view.reverse = true;
		return 0;
	case OPT_TOTAL:
		top->view.total = true;
		return 0;
	default:
		top->once = true;
		return 0;
	}
}

/* Sleeps until @end. Returns false if a signal came. */
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
	/* Into the run's result, behind the keys that are there */
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
	struct top top = { .t = t, .view.interval_ns = INTERVAL_MS * NS_PER_MS };
	int first, ret;

	ret = opts_parse(t, top_opts, argc, argv, top_set, &top, &first);
	if (ret)
		return ret;
	if (first < argc)
		return tool_fail(t, TOOL_USAGE, "top: takes no operand, but got '%s'", argv[first]);
	if (t->json && !top.once)
		return tool_fail(t, TOOL_USAGE, "top: --json goes with --once only");
	if (top.count && top.once)
		return tool_fail(t, TOOL_USAGE, "top: --once is one interval, without --count");
	ret = top.once ? 0 : screen_check(t);
	ret = ret ?: top_load(t, &top.sample);
	if (!ret) {
		top.result = top.once ? NULL : top_rates(NULL, top.sample);
		ret = top.once ? run_once(&top) : top_live(&top);
	}
	top_forget(&top);
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
