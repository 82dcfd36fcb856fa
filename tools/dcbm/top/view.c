// SPDX-License-Identifier: GPL-2.0-only
/* State of the view and its keys */
#include <stdlib.h>
#include <string.h>

#include "lib/jutil.h"
#include "lib/term.h"
#include "lib/util.h"
#include "top/view.h"

#define NS_PER_MS	1000000ULL

const struct top_sort top_sorts[] = {
	{ "bytes", "bytes_per_s", false },
	{ "descriptors", "descriptors_per_s", false },
	{ "busy", "busy_percent", false },
	{ "errors", "errors", false },
	{ "timeouts", "timeouts", false },
	{ "inflight", "inflight_max", false },
	{ "channel", "channel", true },
	{ .name = NULL }
};

static enum top_act press_quit(struct top_view *view)
{
	(void)view;
	return TOP_ACT_QUIT;
}

static enum top_act press_reset(struct top_view *view)
{
	view->ask = true;
	return TOP_ACT_DRAW;
}

static enum top_act press_pause(struct top_view *view)
{
	view->paused = !view->paused;
	return view->paused ? TOP_ACT_DRAW : TOP_ACT_RESUME;
}

static enum top_act press_sort(struct top_view *view)
{
	view->sort++;
	if (!top_sorts[view->sort].name)
		view->sort = 0;
	view->scroll = 0;
	return TOP_ACT_DRAW;
}

static enum top_act press_reverse(struct top_view *view)
{
	view->reverse = !view->reverse;
	return TOP_ACT_DRAW;
}

static enum top_act press_total(struct top_view *view)
{
	view->total = !view->total;
	return TOP_ACT_DRAW;
}

static enum top_act press_bytes(struct top_view *view)
{
	view->bytes = !view->bytes;
	return TOP_ACT_DRAW;
}

/* Sets the next longer or shorter interval. */
static enum top_act set_pace(struct top_view *view, bool slower)
{
	static const uint64_t steps_ms[] = { 100, 200, 500, 1000, 2000, 5000, 10000, 30000, 60000 };
	size_t i, nr = ARRAY_SIZE(steps_ms);
	uint64_t ms = view->interval_ns / NS_PER_MS;
	char ns[FMT_LEN];

	if (slower) {
		for (i = 0; i < nr - 1 && steps_ms[i] <= ms; i++)
			;
	} else {
		for (i = nr - 1; i > 0 && steps_ms[i] >= ms; i--)
			;
	}
	view->interval_ns = steps_ms[i] * NS_PER_MS;
	snprintf(view->note, sizeof(view->note), "a sample every %s",
		 fmt_ns(ns, view->interval_ns));
	view->note_bad = false;
	return TOP_ACT_PACE;
}

static enum top_act press_slower(struct top_view *view)
{
	return set_pace(view, true);
}

static enum top_act press_faster(struct top_view *view)
{
	return set_pace(view, false);
}

static enum top_act press_help(struct top_view *view)
{
	view->help = true;
	return TOP_ACT_DRAW;
}

/* The upper limit of &top_view.scroll is set by the layout, which knows the number of lines. */
static enum top_act scroll(struct top_view *view, unsigned int up, unsigned int down)
{
	view->scroll = view->scroll > up ? view->scroll - up : 0;
	view->scroll += down;
	return TOP_ACT_DRAW;
}

static enum top_act press_up(struct top_view *view)
{
	return scroll(view, 1, 0);
}

static enum top_act press_down(struct top_view *view)
{
	return scroll(view, 0, 1);
}

static enum top_act press_page_up(struct top_view *view)
{
	return scroll(view, view->page, 0);
}

static enum top_act press_page_down(struct top_view *view)
{
	return scroll(view, 0, view->page);
}

static enum top_act press_resize(struct top_view *view)
{
	(void)view;
	return TOP_ACT_DRAW;
}

const struct top_keydef top_keys[] = {
	{ 'q', "q", "quit", "quit", press_quit },
	{ 'h', "h", "help", "this help, also ?; any key closes it", press_help },
	{ '?', NULL, NULL, NULL, press_help },
	{ 'p', "p", "pause", "pause and resume, also space", press_pause },
	{ ' ', NULL, NULL, NULL, press_pause },
	{ 's', "s", "sort", "sort channels by the next column", press_sort },
	{ 'S', "S", NULL, "reverse the order", press_reverse },
	{ 't', "t", "total", "batch sizes: of the interval, or since the last reset", press_total },
	{ 'b', "b", "bytes", "batch sizes: in folios, or in bytes", press_bytes },
	{ 'r', "r", "reset", "reset all statistics of the driver, asks first", press_reset },
	{ '+', "+ -", "interval", "longer, shorter interval", press_slower },
	{ '=', NULL, NULL, NULL, press_slower },
	{ '-', NULL, NULL, NULL, press_faster },
	{ TOP_KEY_DOWN, "arrows", NULL, "scroll the channels if not all fit",
	  press_down },
	{ TOP_KEY_UP, NULL, NULL, NULL, press_up },
	{ TOP_KEY_PAGE_DOWN, NULL, NULL, NULL, press_page_down },
	{ TOP_KEY_PAGE_UP, NULL, NULL, NULL, press_page_up },
	{ TOP_KEY_RESIZE, NULL, NULL, NULL, press_resize },
	{ .press = NULL }
};

/* Handles the answer to "reset?": any key but y means no. */
static enum top_act answer(struct top_view *view, int key)
{
	view->ask = false;
	if (key == 'y' || key == 'Y')
		return TOP_ACT_RESET;
	snprintf(view->note, sizeof(view->note), "nothing was reset");
	view->note_bad = false;
	return TOP_ACT_DRAW;
}

/* Handles a key. Returns the action for the caller. */
enum top_act top_press(struct top_view *view, int key)
{
	const struct top_keydef *def;

	if (key == TOP_KEY_NONE)
		return TOP_ACT_NONE;
	if (key == TOP_KEY_GONE)
		return TOP_ACT_QUIT;
	if (view->ask && key != TOP_KEY_RESIZE)
		return answer(view, key);
	if (view->help && key != TOP_KEY_RESIZE && key != 'q') {
		view->help = false;
		return TOP_ACT_DRAW;
	}
	for (def = top_keys; def->press; def++) {
		if (def->key != key)
			continue;
		if (key != TOP_KEY_RESIZE)
			view->note[0] = '\0';
		return def->press(view);
	}
	return TOP_ACT_NONE;
}

bool top_sort_find(const char *name, size_t *sort)
{
	size_t i;

	for (i = 0; top_sorts[i].name; i++) {
		if (!strcmp(top_sorts[i].name, name)) {
			*sort = i;
			return true;
		}
	}
	return false;
}

/* Sort key, and the position in the driver's file for equal keys */
struct sorted {
	struct json_object *row;
	const char *text;
	double number;
	size_t place;
	bool reverse;
};

static int compare(const void *a, const void *b)
{
	const struct sorted *x = a, *y = b;
	/* Names sort like dma0chan2, dma0chan10; numbers in descending order. */
	int order = x->text ? strverscmp(x->text, y->text) :
			      (x->number < y->number) - (x->number > y->number);

	if (x->reverse)
		order = -order;
	return order ?: (x->place > y->place) - (x->place < y->place);
}

/**
 * top_order() - sort the channels for display
 * @view: has the column and the direction
 * @rows: channels of the result of top_rates()
 * @order: gets the channels, still owned by @rows
 * @room: entries of @order
 *
 * Return: The number of channels.
 */
size_t top_order(const struct top_view *view, struct json_object *rows,
		 struct json_object **order, size_t room)
{
	const struct top_sort *sort = &top_sorts[view->sort];
	struct sorted *sorted = calloc(room, sizeof(*sorted));
	size_t i, nr = jlen(rows) < room ? jlen(rows) : room;

	if (!sorted)
		return 0;
	for (i = 0; i < nr; i++)
		sorted[i] = (struct sorted) {
			.row = jat(rows, i),
			.text = sort->text ? jstr(jat(rows, i), sort->key) : NULL,
			.number = jdec(jat(rows, i), sort->key),
			.place = i,
			.reverse = view->reverse,
		};
	qsort(sorted, nr, sizeof(*sorted), compare);
	for (i = 0; i < nr; i++)
		order[i] = sorted[i].row;
	free(sorted);
	return nr;
}
