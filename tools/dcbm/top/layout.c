// SPDX-License-Identifier: GPL-2.0-only
/*
 * Layout of the statistics in a frame. The only inputs are the result of top_rates() and the
 * view, so that a frame can be tested without a driver and a terminal.
 */
#include <string.h>

#include <uapi/linux/dcbm.h>

#include "lib/jutil.h"
#include "lib/term.h"
#include "top/frame.h"
#include "top/layout.h"
#include "top/parts.h"
#include "top/view.h"

/* Heading, table of sums with its title and two rows, empty line */
#define TOP_LINES	5U

/* Minimum number of lines of the table of channels, with its title */
#define CHANNELS_MIN	5U

static void draw_heading(const struct area *area, const struct top_view *view,
			 struct json_object *result, size_t shown, size_t nr)
{
	char text[128], ns[FMT_LEN];
	unsigned int at;

	at = put_item(area, 0, 0, COLOUR_HEAD, "dcbm top");
	if (view->paused)
		at = put_item(area, 0, at, COLOUR_WARN, "PAUSED");
	if (view->lost[0])
		return;
	if (ju64(result, "interval_ns"))
		snprintf(text, sizeof(text), "last %s", fmt_ns(ns, ju64(result, "interval_ns")));
	else
		snprintf(text, sizeof(text), "wait %s", fmt_ns(ns, view->interval_ns));
	at = put_item(area, 0, at, COLOUR_NONE, text);
	if (jbool(result, "reset"))
		at = put_item(area, 0, at, COLOUR_WARN, "statistics were reset");
	if (shown < nr)
		snprintf(text, sizeof(text), "channels %zu-%zu of %zu", view->scroll + 1UL,
			 view->scroll + shown, nr);
	else
		snprintf(text, sizeof(text), "%zu channels", nr);
	at = put_item(area, 0, at, COLOUR_NONE, text);
	snprintf(text, sizeof(text), "by %s%s", top_sorts[view->sort].name,
		 view->reverse ? ", reversed" : "");
	at = put_item(area, 0, at, COLOUR_NONE, text);
	if (jget(result, "imbalance")) {
		snprintf(text, sizeof(text), "imbalance %s", jstr(result, "imbalance"));
		put_item(area, 0, at, COLOUR_NONE, text);
	}
}

static unsigned int max_of(unsigned int a, unsigned int b)
{
	return a > b ? a : b;
}

static unsigned int min_of(unsigned int a, unsigned int b)
{
	return a < b ? a : b;
}

/**
 * top_divide() - divide the lines between channels, sizes and fallbacks
 * @want: wanted lines of each part
 * @room: available lines
 *
 * An empty line separates two parts. If there are not enough lines, channels are reduced
 * first, to CHANNELS_MIN, then the other parts. A title without a row is left out.
 *
 * Return: The lines of each part, at most the wanted lines.
 */
struct top_rows top_divide(struct top_rows want, unsigned int room)
{
	unsigned int lower = want.wide ? max_of(want.sizes, want.fallbacks) :
					 want.sizes + 1 + want.fallbacks;
	struct top_rows get = { .wide = want.wide };
	unsigned int rest;

	rest = room > lower + 1 ? room - lower - 1 : 0;
	get.channels = min_of(min_of(want.channels, max_of(rest, CHANNELS_MIN)), room);
	rest = room > get.channels + 1 ? room - get.channels - 1 : 0;
	if (want.wide) {
		get.sizes = min_of(want.sizes, rest);
		get.fallbacks = min_of(want.fallbacks, rest);
	} else {
		get.sizes = min_of(want.sizes, max_of(rest / 2, rest > want.fallbacks + 1 ?
						      rest - want.fallbacks - 1 : 0));
		rest = rest > get.sizes + 1 ? rest - get.sizes - 1 : 0;
		get.fallbacks = min_of(want.fallbacks, rest);
	}
	if (get.sizes < 2)
		get.sizes = 0;
	if (get.fallbacks < 2)
		get.fallbacks = 0;
	return get;
}

static struct top_rows wanted_rows(const struct top_view *view, struct json_object *result,
				   unsigned int cols)
{
	struct json_object *bins = jget(jget(result, "sizes"), view->bytes ? "bytes" : "folios");
	struct json_object *rows[DCBM_NR_REASONS];

	return (struct top_rows) {
		.channels = 1 + max_of((unsigned int)jlen(jget(result, "channels")), 1),
		.sizes = 1 + max_of((unsigned int)jlen(bins), 1),
		.fallbacks = 1 + max_of(top_reasons(result, rows), 1),
		.wide = cols >= TOP_COLS_WIDE,
	};
}

/* Returns a number of lines that is sufficient for the whole result. */
unsigned int top_height(struct json_object *result)
{
	static const struct top_view folios, bytes = { .bytes = true };
	struct top_rows a = wanted_rows(&folios, result, 0), b = wanted_rows(&bytes, result, 0);

	return TOP_LINES + a.channels + 1 + max_of(a.sizes, b.sizes) + 1 + a.fallbacks + 1;
}

static void draw_body(const struct area *area, struct top_view *view, struct json_object *result)
{
	struct json_object *order[DCBM_MAX_ROWS], *rows = jget(result, "channels");
	struct area upper = area_part(area, 1, 3), lower, left, right;
	size_t nr = top_order(view, rows, order, DCBM_MAX_ROWS), shown;
	struct area body = area_part(area, TOP_LINES, area->rows);
	struct top_rows lines = top_divide(wanted_rows(view, result, area->cols), body.rows);

	view->page = lines.channels - 1;
	shown = nr < view->page ? nr : view->page;
	if (view->scroll > nr - shown)
		view->scroll = (unsigned int)(nr - shown);
	draw_heading(area, view, result, shown, nr);
	draw_sums(&upper, view, result);

	upper = area_part(&body, 0, lines.channels);
	draw_channels(&upper, view, rows, order, shown);
	lower = area_part(&body, lines.channels + 1, area->rows);
	left = area_part(&lower, 0, lines.sizes);
	right = area_part(&lower, lines.sizes ? lines.sizes + 1 : 0, lines.fallbacks);
	if (lines.wide) {
		right = area_part(&lower, 0, lines.fallbacks);
		left.cols = (area->cols - 1) / 2;
		right.col += left.cols + 1;
		right.cols -= left.cols + 1;
	}
	if (lines.sizes)
		draw_sizes(&left, view, result);
	if (lines.fallbacks)
		draw_fallbacks(&right, view, result);
}

static void draw_help(const struct area *area)
{
	static const char *const columns[] = {
		"BYTES/S, SHARE  what the channel copied in the interval",
		"BUSY            part of the interval with a descriptor in flight",
		"ERR, T/O        errors, and descriptors terminated or lost, since the reset",
		"INFL            most descriptors in flight at once, since the reset",
		"BY DMA          part of the bytes; the CPU copied the others",
		"BATCH, DESC     mean time of a batch, of a descriptor",
	};
	const struct top_keydef *def;
	unsigned int row = 0, i;

	area_put(area, row++, 0, COLOUR_HEAD, "dcbm top: keys");
	for (def = top_keys; def->press; def++)
		if (def->name)
			area_put(area, row++, 0, COLOUR_NONE, "  %-8s %s", def->name, def->help);
	row++;
	for (i = 0; i < ARRAY_SIZE(columns); i++)
		area_put(area, row++, 0, COLOUR_NONE, "  %s", columns[i]);
}

/* A message can be longer than a line. */
static void draw_lost(const struct area *area, const struct top_view *view)
{
	unsigned int at = 0, len;
	const char *text;

	draw_heading(area, view, NULL, 0, 0);
	for (; at < strlen(view->lost); at += area->cols) {
		text = view->lost + at;
		len = min_of((unsigned int)strlen(text), area->cols);
		area_put(area, 2 + at / area->cols, 0, COLOUR_WARN, "%.*s", (int)len, text);
	}
	area_put(area, 3 + at / area->cols, 0, COLOUR_NONE, "waiting for the statistics ...");
}

static void draw_bottom(const struct area *area, const struct top_view *view)
{
	const struct top_keydef *def;
	unsigned int at = 0;
	char text[64];

	if (view->ask) {
		area_put(area, 0, 0, COLOUR_WARN, "reset all statistics? y/n");
		return;
	}
	if (view->note[0]) {
		area_put(area, 0, 0, view->note_bad ? COLOUR_BAD : COLOUR_GOOD, "%s", view->note);
		return;
	}
	for (def = top_keys; def->press; def++) {
		if (!def->brief)
			continue;
		snprintf(text, sizeof(text), "%s %s", def->name, def->brief);
		at = put_item(area, 0, at, COLOUR_DIM, text);
	}
}

/**
 * top_draw() - draw a frame
 * @frame: frame, empty
 * @view: state of the view
 * @result: result of top_rates(), NULL without statistics
 */
void top_draw(struct frame *frame, struct top_view *view, struct json_object *result)
{
	struct area all = frame_area(frame), area = all, bottom;

	if (frame->cols < TOP_COLS_MIN || frame->rows < TOP_ROWS_MIN) {
		area_put(&all, 0, 0, COLOUR_WARN, "%ux%u is too small,", frame->cols, frame->rows);
		area_put(&all, 1, 0, COLOUR_WARN, "%ux%u is needed", TOP_COLS_MIN, TOP_ROWS_MIN);
		return;
	}
	if (view->live) {
		area = area_part(&all, 0, all.rows - 1);
		bottom = area_part(&all, all.rows - 1, 1);
		draw_bottom(&bottom, view);
	}
	if (view->help)
		draw_help(&area);
	else if (view->lost[0])
		draw_lost(&area, view);
	else
		draw_body(&area, view, result);
}
