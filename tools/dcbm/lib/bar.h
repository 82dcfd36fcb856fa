/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Bars of several parts, as characters: for a stream and for a screen.
 */
#ifndef DCBM_BAR_H
#define DCBM_BAR_H

#include <stdbool.h>
#include <stdint.h>
#include <wchar.h>

/** enum colour - meaning of a text; the palettes are in lib/term.c and top/screen.c */
enum colour {
	COLOUR_NONE, COLOUR_GOOD, COLOUR_WARN, COLOUR_BAD, COLOUR_HEAD, COLOUR_DIM, COLOUR_TITLE,
	NR_COLOURS
};

/**
 * struct bar_part - a part of a bar
 * @value: length in the unit of the whole bar
 * @colour: colour; without colours it selects the block character
 * @plain: character without block characters
 */
struct bar_part {
	uint64_t value;
	enum colour colour;
	char plain;
};

/**
 * struct bar_look - capabilities of the output
 * @colour: parts differ by colour
 * @blocks: block characters of Unicode are available
 */
struct bar_look {
	bool colour;
	bool blocks;
};

/** struct bar_cell - one character of a bar */
struct bar_cell {
	wchar_t ch;
	enum colour colour;
};

/** BAR_MAX - widest bar */
#define BAR_MAX	256

wchar_t bar_mark(const struct bar_look *look, const struct bar_part *part);
unsigned int bar_fill(struct bar_cell *cell, const struct bar_look *look,
		      const struct bar_part *part, unsigned int nr, uint64_t whole,
		      unsigned int columns);

#endif /* DCBM_BAR_H */
