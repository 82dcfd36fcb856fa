/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What stands in which of the driver's debugfs files.
 */
#ifndef DCBM_PARSE_SPECS_H
#define DCBM_PARSE_SPECS_H

#include <stdbool.h>

struct json_object;
struct parse_error;

enum col_type {
	COL_END,	/* no more columns */
	COL_NAME,	/* printable word */
	COL_U64,	/* decimal digits */
	COL_INT,	/* the same, with a minus perhaps */
	COL_DEC,	/* decimal digits with a point perhaps */
	COL_KEY_U64,	/* KEY=, and decimal digits */
	COL_KEY_HEX,	/* KEY=, 0x and hexadecimal digits */
	COL_REST,	/* the rest of the line as it is; the last column */
};

struct col {
	const char *key;
	enum col_type type;
};

/**
 * struct line_spec - one kind of line
 * @word: word that begins it, NULL: a row, which begins with its first column
 * @key: key in the result
 * @cols: columns behind @word, ended by COL_END
 * @many: @key is an array with an object for each such line; else the line comes
 *	once at most, and @key is an object if the columns have names, or the value
 *	of the only one
 * @needed: a file without the line was cut short
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
 * @file: its name
 * @lines: kinds of lines, ended by one without key
 * @help: keep the lines that begin with #
 * @check: what no line says for itself, NULL if there is nothing; called at the end
 */
struct file_spec {
	const char *file;
	const struct line_spec *lines;
	bool help;
	int (*check)(struct json_object *obj, struct parse_error *err);
};

const struct file_spec *parse_spec(const char *file);

#endif /* DCBM_PARSE_SPECS_H */
