// SPDX-License-Identifier: GPL-2.0-only
/* Parts of a frame */
#include <string.h>

#include "driver/hist.h"
#include "lib/jutil.h"
#include "lib/term.h"
#include "top/parts.h"
#include "top/table.h"
#include "top/view.h"

/* Columns of the sizes: range and batches. The bar has the remaining columns. */
#define RANGE_WIDTH	18
#define COUNT_WIDTH	8

static const struct column sum_cols[] = {
	{ "", "of", cell_word, NULL, 8, 1, COLUMN_LEFT },
	{ "BATCHES", "batches", cell_count, NULL, 7, 2, COLUMN_RIGHT },
	{ "FOLIOS", "folios", cell_count, NULL, 6, 4, COLUMN_RIGHT },
	{ "BYTES", "bytes", cell_bytes, NULL, 8, 3, COLUMN_RIGHT },
	{ "BY DMA", "by_dma_percent", cell_percent, NULL, 6, 5, COLUMN_RIGHT },
	{ "DESCS", "descriptors", cell_count, NULL, 5, 8, COLUMN_RIGHT },
	{ "BATCH", "batch_ns", cell_ago, NULL, 7, 9, COLUMN_RIGHT },
	{ "DESC", "desc_ns", cell_ago, NULL, 7, 10, COLUMN_RIGHT },
	{ "ERR", "errors", cell_count, colour_bad, 4, 6, COLUMN_RIGHT },
	{ "T/O", "timeouts", cell_count, colour_bad, 4, 7, COLUMN_RIGHT },
	{ .title = NULL }
};

static const struct column channel_cols[] = {
	{ "CHANNEL", "channel", cell_word, NULL, 0, 1, COLUMN_LEFT },
	{ "PROVIDER", "provider", cell_word, NULL, 0, 10, COLUMN_LEFT },
	{ "NODE", "node", cell_word, NULL, 4, 12, COLUMN_RIGHT },
	{ "BACKEND", "backend", cell_word, NULL, 0, 11, COLUMN_LEFT },
	{ "STATE", "state", cell_word, colour_state, 0, 3, COLUMN_LEFT },
	{ "BYTES/S", "bytes_per_s", cell_bytes, NULL, 8, 2, COLUMN_RIGHT },
	{ "DESC/S", "descriptors_per_s", cell_count, NULL, 6, 7, COLUMN_RIGHT },
	{ "BUSY", "busy_percent", cell_percent, NULL, 6, 4, COLUMN_RIGHT },
	{ "ERR", "errors", cell_count, colour_bad, 4, 5, COLUMN_RIGHT },
	{ "T/O", "timeouts", cell_count, colour_bad, 4, 6, COLUMN_RIGHT },
	{ "INFL", "inflight_max", cell_count, NULL, 4, 9, COLUMN_RIGHT },
	{ "SHARE", "share", cell_percent, NULL, 6, 8, COLUMN_RIGHT },
	{ " ", "bytes_added", NULL, NULL, 10, 8, COLUMN_RIGHT },
	{ .title = NULL }
};

static const struct column fallback_cols[] = {
	{ "FALLBACK", "reason", cell_word, NULL, 11, 1, COLUMN_LEFT },
	{ "FOLIOS/S", "folios_per_s", cell_count, colour_warn, 8, 2, COLUMN_RIGHT },
	{ "BYTES/S", "bytes_per_s", cell_bytes, colour_warn, 8, 5, COLUMN_RIGHT },
	{ "BATCHES", "batches", cell_count, NULL, 7, 6, COLUMN_RIGHT },
	{ "FOLIOS", "folios", cell_count, NULL, 6, 3, COLUMN_RIGHT },
	{ "BYTES", "bytes", cell_bytes, NULL, 8, 7, COLUMN_RIGHT },
	{ "ERROR", "last_errno", cell_errno, NULL, 9, 4, COLUMN_LEFT },
	{ "AGO", "ago_ns", cell_ago, NULL, 7, 8, COLUMN_RIGHT },
	{ .title = NULL }
};

/**
 * put_item() - draw a text two columns after the previous text, if there is room for the text
 * @area: area
 * @row: line in the area
 * @at: column after the previous text, 0 without a previous text
 * @colour: meaning of the text
 * @text: text
 *
 * Return: The column after the text, or @at if the text was not drawn.
 */
unsigned int put_item(const struct area *area, unsigned int row, unsigned int at,
		      enum colour colour, const char *text)
{
	unsigned int begin = at ? at + 2 : 0;

	if (begin + strlen(text) > area->cols)
		return at;
	return area_put(area, row, begin, colour, "%s", text);
}

/* The sums as rows: per second with the means of the interval, and total */
static struct json_object *sum_rows(struct json_object *result)
{
	struct json_object *rows = json_object_new_array(), *row = jpush_obj(rows);

	json_object_object_foreach(jget(result, "interval"), key, value)
		jadd(row, key, json_object_get(value));
	json_object_object_foreach(jget(result, "per_s"), rate, per_s)
		jadd(row, rate, json_object_get(per_s));
	jadd_str(row, "of", "per s");
	row = jpush_obj(rows);
	json_object_object_foreach(jget(result, "total"), name, total)
		jadd(row, name, json_object_get(total));
	jadd_str(row, "of", "total");
	return rows;
}

void draw_sums(const struct area *area, const struct top_view *view, struct json_object *result)
{
	struct json_object *rows = sum_rows(result);
	struct table table;
	unsigned int i;

	table_fit(&table, sum_cols, rows, area->cols);
	table_head(&table, area, 0, "");
	for (i = 0; i < jlen(rows); i++)
		table_row(&table, area, i + 1, &view->look, jat(rows, i));
	json_object_put(rows);
}

/**
 * draw_channels() - draw the table of channels
 * @area: area
 * @view: state of the view: first channel to show, sorted column
 * @rows: all channels, for the width of columns
 * @order: all channels in display order
 * @shown: number of channels to show
 */
void draw_channels(const struct area *area, const struct top_view *view,
		   struct json_object *rows, struct json_object **order, size_t shown)
{
	struct table table;
	unsigned int i;

	table_fit(&table, channel_cols, rows, area->cols);
	table_head(&table, area, 0, top_sorts[view->sort].key);
	if (!jlen(rows))
		area_put(area, 1, 0, COLOUR_DIM, "no channel acquired yet");
	for (i = 0; i < shown; i++)
		table_row(&table, area, i + 1, &view->look, order[view->scroll + i]);
}

/* Prints "N more" in the last line if rows do not fit. Returns the number of rows that fit. */
static unsigned int cut_rows(const struct area *area, size_t nr)
{
	unsigned int room = area->rows - 1;

	if (nr <= room)
		return (unsigned int)nr;
	area_put(area, area->rows - 1, 0, COLOUR_DIM, "... %zu more", nr - (room - 1));
	return room - 1;
}

static void draw_legend(const struct area *area, const struct top_view *view, unsigned int at)
{
	struct bar_part part[HIST_OUTCOMES];
	unsigned int i;

	hist_parts(part, NULL);
	for (i = 0; i < HIST_OUTCOMES; i++) {
		if (at + 4 + strlen(hist_outcome[i]) > area->cols)
			return;
		at = area_char(area, 0, at + 2,
			       (struct bar_cell) { bar_mark(&view->look, &part[i]),
						   part[i].colour });
		at = area_put(area, 0, at, COLOUR_TITLE, " %s", hist_outcome[i]);
	}
}

void draw_sizes(const struct area *area, const struct top_view *view, struct json_object *result)
{
	const char *unit = view->bytes ? "bytes" : "folios";
	struct json_object *bins = jget(jget(result, view->total ? "sizes_total" : "sizes"), unit);
	unsigned int i, rows, used = RANGE_WIDTH + COUNT_WIDTH + 1;
	char range[HIST_RANGE_LEN], count[FMT_LEN], title[32];
	struct bar_part part[HIST_OUTCOMES];
	uint64_t most = 0;

	snprintf(title, sizeof(title), "%s PER BATCH", view->bytes ? "BYTES" : "FOLIOS");
	area_paint(area, 0, COLOUR_TITLE);
	area_put(area, 0, 0, COLOUR_TITLE, "%*s%*s", RANGE_WIDTH, title, COUNT_WIDTH, "BATCHES");
	draw_legend(area, view, area_put(area, 0, used, COLOUR_TITLE, "%s",
					 view->total ? "total" : "interval"));
	if (!jlen(bins))
		area_put(area, 1, 0, COLOUR_DIM, "none yet");
	for (i = 0; i < jlen(bins); i++)
		if (hist_batches(jat(bins, i)) > most)
			most = hist_batches(jat(bins, i));
	rows = cut_rows(area, jlen(bins));
	for (i = 0; i < rows; i++) {
		struct json_object *bin = jat(bins, i);

		area_put(area, i + 1, 0, COLOUR_NONE, "%*s%*s", RANGE_WIDTH,
			 hist_range(range, bin, unit), COUNT_WIDTH,
			 fmt_count(count, (double)hist_batches(bin)));
		hist_parts(part, bin);
		if (area->cols > used)
			area_bar(area, i + 1, used, area->cols - used, &view->look, part,
				 HIST_OUTCOMES, most);
	}
}

/*
 * Stores the reasons since the last reset, at most DCBM_NR_REASONS, owned by @result. Returns
 * their number.
 */
unsigned int top_reasons(struct json_object *result, struct json_object **rows)
{
	struct json_object *all = jget(result, "fallbacks");
	unsigned int nr = 0;
	size_t i;

	for (i = 0; i < jlen(all) && nr < DCBM_NR_REASONS; i++)
		if (ju64(jat(all, i), "folios"))
			rows[nr++] = jat(all, i);
	return nr;
}

void draw_fallbacks(const struct area *area, const struct top_view *view,
		    struct json_object *result)
{
	struct json_object *rows[DCBM_NR_REASONS];
	unsigned int i, nr = top_reasons(result, rows);
	struct table table;

	table_fit(&table, fallback_cols, jget(result, "fallbacks"), area->cols);
	table_head(&table, area, 0, "");
	if (!nr)
		area_put(area, 1, 0, COLOUR_DIM, "none");
	nr = cut_rows(area, nr);
	for (i = 0; i < nr; i++)
		table_row(&table, area, i + 1, &view->look, rows[i]);
}
