/* SPDX-License-Identifier: GPL-2.0-only */
/* Text output: width, colours, bars, numbers with units */
#ifndef DCBM_TERM_H
#define DCBM_TERM_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "lib/bar.h"
#include "lib/util.h"

/**
 * struct term - an output stream
 * @out: stream
 * @width: columns of the terminal, 80 if unknown
 * @look: capabilities. Colours need a terminal with control sequences and no NO_COLOR, block
 *	characters need a terminal in UTF-8.
 */
struct term {
	FILE *out;
	unsigned int width;
	struct bar_look look;
};

/* Longest text of the fmt_ functions, with NUL */
#define FMT_LEN	32

bool is_terminal(FILE *out);
void term_init(struct term *term, FILE *out);
void term_paint(struct term *term, enum colour colour, const char *fmt, ...)
	__printf(3, 4);
void term_colour(struct term *term, enum colour colour);
void term_char(struct term *term, wchar_t ch);
void term_bar(struct term *term, const struct bar_part *part, unsigned int nr,
	      uint64_t whole, unsigned int columns);
void term_wrap(struct term *term, unsigned int used, const char *prefix, const char *text);

const char *fmt_ns(char *buf, uint64_t ns);
const char *fmt_bytes(char *buf, uint64_t bytes);
const char *fmt_count(char *buf, double count);
const char *fmt_unit(char *buf, uint64_t value, const char *unit);

#endif /* DCBM_TERM_H */
