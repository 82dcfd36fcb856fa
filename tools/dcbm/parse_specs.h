/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What stands in which of the driver's debugfs files.
 */
#ifndef DCBM_PARSE_SPECS_H
#define DCBM_PARSE_SPECS_H

#include <stdbool.h>

enum col_type {
	COL_END,	/* no more columns */
	COL_NAME,	/* printable word */
	COL_U64,	/* decimal digits */
	COL_INT,	/* the same, with a minus perhaps */
	COL_DEC,	/* decimal digits with a point perhaps */
	COL_REST,	/* the rest of the line as it is */
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
 * @many: @key is an array with an object for each such line; else @key has the
 *	value of the only column and the line comes once at most
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
 */
struct file_spec {
	const char *file;
	const struct line_spec *lines;
	bool help;
};

const struct file_spec *parse_spec(const char *file);

#endif /* DCBM_PARSE_SPECS_H */
