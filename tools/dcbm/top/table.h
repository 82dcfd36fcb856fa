/* SPDX-License-Identifier: GPL-2.0-only */
/* Tables that leave out columns that do not fit */
#ifndef DCBM_TOP_TABLE_H
#define DCBM_TOP_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "top/frame.h"

struct json_object;

/** TABLE_COLS - maximum number of columns of a table */
#define TABLE_COLS	16

/** CELL_LEN - longest text in a table, with NUL */
#define CELL_LEN	64

/** enum column_side - alignment of a column */
enum column_side { COLUMN_RIGHT, COLUMN_LEFT };

/**
 * struct column - a column
 * @title: heading
 * @key: key of a row
 * @text: makes the text of a row, NULL for a bar
 * @colour: meaning of the text of a row, NULL for none
 * @width: width, 0 for the widest text; minimum width of a bar
 * @rank: priority: columns with a higher rank are left out first
 * @side: alignment
 */
struct column {
	const char *title;
	const char *key;
	const char *(*text)(char *buf, struct json_object *row, const char *key);
	enum colour (*colour)(struct json_object *row, const char *key);
	unsigned int width;
	unsigned int rank;
	enum column_side side;
};

/**
 * struct table - a table that fits the terminal
 * @column: all columns, ended by an entry without title
 * @width: width of each column, 0 if left out
 * @whole: value of a full bar
 */
struct table {
	const struct column *column;
	unsigned int width[TABLE_COLS];
	uint64_t whole;
};

void table_fit(struct table *table, const struct column *column, struct json_object *rows,
	       unsigned int cols);
void table_head(const struct table *table, const struct area *area, unsigned int row,
		const char *sorted);
void table_row(const struct table *table, const struct area *area, unsigned int row,
	       const struct bar_look *look, struct json_object *obj);

const char *cell_word(char *buf, struct json_object *row, const char *key);
const char *cell_count(char *buf, struct json_object *row, const char *key);
const char *cell_bytes(char *buf, struct json_object *row, const char *key);
const char *cell_percent(char *buf, struct json_object *row, const char *key);
const char *cell_errno(char *buf, struct json_object *row, const char *key);
const char *cell_ago(char *buf, struct json_object *row, const char *key);
enum colour colour_bad(struct json_object *row, const char *key);
enum colour colour_warn(struct json_object *row, const char *key);
enum colour colour_state(struct json_object *row, const char *key);

#endif /* DCBM_TOP_TABLE_H */
