/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Text for people: width, colours, bars, numbers with units.
 */
#ifndef DCBM_TERM_H
#define DCBM_TERM_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "util.h"

/** enum colour - what a piece of text stands for; the palette is in term.c */
enum colour { COLOUR_NONE, COLOUR_GOOD, COLOUR_WARN, COLOUR_BAD, COLOUR_HEAD, NR_COLOURS };

/**
 * struct term - where text goes
 * @out: stream
 * @width: columns, 80 unless it is a terminal that says otherwise
 * @colour: colours may be used: a terminal, not a dumb one, and no NO_COLOR
 * @blocks: block characters may be used: a terminal in UTF-8
 */
struct term {
	FILE *out;
	unsigned int width;
	bool colour;
	bool blocks;
};

/**
 * struct bar_part - a part of a bar
 * @value: its length in the unit of the whole
 * @colour: how it is painted
 * @plain: character where there are no colours
 */
struct bar_part {
	uint64_t value;
	enum colour colour;
	char plain;
};

/* Longest text that the fmt_ functions make, with its NUL. */
#define FMT_LEN	32

bool is_terminal(FILE *out);
void term_init(struct term *term, FILE *out);
void term_paint(struct term *term, enum colour colour, const char *fmt, ...)
	__printf(3, 4);
void term_bar(struct term *term, const struct bar_part *part, unsigned int nr,
	      uint64_t whole, unsigned int columns);
void term_wrap(struct term *term, unsigned int used, const char *prefix, const char *text);

const char *fmt_ns(char *buf, uint64_t ns);
const char *fmt_bytes(char *buf, uint64_t bytes);
const char *fmt_unit(char *buf, uint64_t value, const char *unit);

#endif /* DCBM_TERM_H */
