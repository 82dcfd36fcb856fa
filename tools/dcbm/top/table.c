// SPDX-License-Identifier: GPL-2.0-only
/* Tables that leave out columns that do not fit */
#include <stdlib.h>
#include <string.h>

#include "lib/jutil.h"
#include "lib/term.h"
#include "top/table.h"

/* Maximum width of a bar: longer bars cannot be compared by eye. */
#define BAR_WIDTH_MAX	60U

/* Columns between two columns of the table */
#define GAP		1U

const char *cell_word(char *buf, struct json_object *row, const char *key)
{
	snprintf(buf, CELL_LEN, "%s", jstr(row, key));
	return buf;
}

/* A number or rate, "-" for null */
const char *cell_count(char *buf, struct json_object *row, const char *key)
{
	return jget(row, key) ? fmt_count(buf, jdec(row, key)) : "-";
}

const char *cell_bytes(char *buf, struct json_object *row, const char *key)
{
	return fmt_bytes(buf, (uint64_t)jdec(row, key));
}

/* "-" for null */
const char *cell_percent(char *buf, struct json_object *row, const char *key)
{
	if (!jget(row, key))
		return "-";
	snprintf(buf, CELL_LEN, "%.1f%%", jdec(row, key));
	return buf;
}

/* Name of a negative errno, "-" for 0 */
const char *cell_errno(char *buf, struct json_object *row, const char *key)
{
	int err = abs((int)jint(row, key));

	snprintf(buf, CELL_LEN, "%s", err ? strerrorname_np(err) ?: "?" : "-");
	return buf;
}

/* A time, "-" for 0 or null */
const char *cell_ago(char *buf, struct json_object *row, const char *key)
{
	return ju64(row, key) ? fmt_ns(buf, ju64(row, key)) : "-";
}

enum colour colour_bad(struct json_object *row, const char *key)
{
	return jdec(row, key) > 0 ? COLOUR_BAD : COLOUR_NONE;
}

enum colour colour_warn(struct json_object *row, const char *key)
{
	return jdec(row, key) > 0 ? COLOUR_WARN : COLOUR_NONE;
}

enum colour colour_state(struct json_object *row, const char *key)
{
	static const struct {
		const char *state;
		enum colour colour;
	} states[] = {
		{ "ready", COLOUR_GOOD }, { "released", COLOUR_DIM }, { "probing", COLOUR_WARN },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(states); i++)
		if (!strcmp(states[i].state, jstr(row, key)))
			return states[i].colour;
	return COLOUR_BAD;
}

static unsigned int text_width(const struct column *col, struct json_object *row)
{
	char buf[CELL_LEN];

	return (unsigned int)strlen(col->text(buf, row, col->key));
}

/* Width of the widest text or of the title */
static unsigned int wanted(const struct column *col, struct json_object *rows)
{
	unsigned int most = (unsigned int)strlen(col->title);
	size_t i;

	if (most < col->width)
		most = col->width;
	for (i = 0; col->text && !col->width && i < jlen(rows); i++) {
		unsigned int width = text_width(col, jat(rows, i));

		most = width > most ? width : most;
	}
	return most;
}

/**
 * table_fit() - choose the columns that fit
 * @table: gets the columns
 * @column: all columns, ended by an entry without title
 * @rows: all rows
 * @cols: columns of the terminal
 */
void table_fit(struct table *table, const struct column *column, struct json_object *rows,
	       unsigned int cols)
{
	unsigned int used = 0, rank, i, bar = TABLE_COLS;

	*table = (struct table) { .column = column };
	for (rank = 1; rank <= TABLE_COLS; rank++) {
		for (i = 0; column[i].title; i++) {
			unsigned int gap = used ? GAP : 0, width;

			if (column[i].rank != rank)
				continue;
			width = wanted(&column[i], rows);
			if (used + gap + width > cols)
				continue;
			table->width[i] = width;
			used += gap + width;
			if (!column[i].text)
				bar = i;
		}
	}
	if (bar == TABLE_COLS)
		return;
	table->width[bar] += cols - used;
	if (table->width[bar] > BAR_WIDTH_MAX)
		table->width[bar] = BAR_WIDTH_MAX;
	for (i = 0; i < jlen(rows); i++) {
		uint64_t value = ju64(jat(rows, i), column[bar].key);

		table->whole = value > table->whole ? value : table->whole;
	}
}

/* Draws a text in its column. Returns the begin of the next column. */
static unsigned int put_cell(const struct table *table, unsigned int i, const struct area *area,
			     unsigned int row, unsigned int at, enum colour colour,
			     const char *text)
{
	int width = (int)table->width[i];

	if (table->column[i].side == COLUMN_LEFT || !table->column[i].text)
		area_put(area, row, at, colour, "%-*.*s", width, width, text);
	else
		area_put(area, row, at, colour, "%*.*s", width, width, text);
	return at + table->width[i] + GAP;
}

/**
 * table_head() - draw the line of titles
 * @table: table
 * @area: area
 * @row: line in the area
 * @sorted: key of the sorted column, "" without sorting
 */
void table_head(const struct table *table, const struct area *area, unsigned int row,
		const char *sorted)
{
	unsigned int i, at = 0;

	area_paint(area, row, COLOUR_TITLE);
	for (i = 0; table->column[i].title; i++) {
		bool by = !strcmp(table->column[i].key, sorted);

		if (table->width[i])
			at = put_cell(table, i, area, row, at, by ? COLOUR_HEAD : COLOUR_TITLE,
				      table->column[i].title);
	}
}

void table_row(const struct table *table, const struct area *area, unsigned int row,
	       const struct bar_look *look, struct json_object *obj)
{
	unsigned int i, at = 0;
	char buf[CELL_LEN];

	for (i = 0; table->column[i].title; i++) {
		const struct column *col = &table->column[i];
		struct bar_part part = { ju64(obj, col->key), COLOUR_GOOD, '#' };

		if (!table->width[i])
			continue;
		if (!col->text) {
			area_bar(area, row, at, table->width[i], look, &part, 1, table->whole);
			at += table->width[i] + GAP;
			continue;
		}
		at = put_cell(table, i, area, row, at,
			      col->colour ? col->colour(obj, col->key) : COLOUR_NONE,
			      col->text(buf, obj, col->key));
	}
}
