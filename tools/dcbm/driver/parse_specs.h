/* SPDX-License-Identifier: GPL-2.0-only */
/* Lines of the driver's debugfs files, as tables */
#ifndef DCBM_PARSE_SPECS_H
#define DCBM_PARSE_SPECS_H

#include <stdbool.h>

struct json_object;
struct parse_error;

enum col_type {
	COL_END,	/* no more columns */
	COL_NAME,	/* printable word */
	COL_U64,	/* decimal digits */
	COL_INT,	/* decimal digits, optionally with a minus sign */
	COL_DEC,	/* decimal digits, optionally with a decimal point */
	COL_KEY_U64,	/* KEY=, and decimal digits */
	COL_KEY_HEX,	/* KEY=, 0x and hexadecimal digits */
	COL_REST,	/* the rest of the line; the last column */
};

struct col {
	const char *key;
	enum col_type type;
};

/**
 * struct line_spec - one kind of line
 * @word: first word, NULL for a row of the table
 * @key: key of the line in the result
 * @cols: columns after @word, ended by COL_END
 * @many: @key is an array with an object per line; otherwise the file has at most one such
 *	line, and @key is an object if the columns have names, or the value of the only
 *	column
 * @needed: a file without this line is truncated
 */
struct line_spec {
	const char *word;
	const char *key;
	const struct col *cols;
	bool many;
	bool needed;
};

/**
 * struct file_spec - one file
 * @file: name of the file
 * @lines: kinds of lines, ended by an entry without key
 * @help: keep the lines that begin with #
 * @check: checks the whole file at its end, NULL for no check
 */
struct file_spec {
	const char *file;
	const struct line_spec *lines;
	bool help;
	int (*check)(struct json_object *obj, struct parse_error *err);
};

const struct file_spec *parse_spec(const char *file);

#endif /* DCBM_PARSE_SPECS_H */
