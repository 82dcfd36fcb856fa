// SPDX-License-Identifier: GPL-2.0-only
/* Bars of several parts: lengths and characters */
#include "lib/bar.h"

/* The block elements of Unicode divide a character into eighths. */
#define EIGHTHS		8U

#define FULL_BLOCK	0x2588
#define MEDIUM_SHADE	0x2592
#define LIGHT_SHADE	0x2591

/* U+2588 is the full block, each of the next seven is an eighth narrower. */
static wchar_t left_block(unsigned int eighths)
{
	return (wchar_t)(FULL_BLOCK + (EIGHTHS - eighths));
}

/* Returns the full character of a part, for the legend. */
wchar_t bar_mark(const struct bar_look *look, const struct bar_part *part)
{
	if (!look->blocks)
		return (wchar_t)part->plain;
	if (look->colour || part->colour == COLOUR_GOOD)
		return FULL_BLOCK;
	return part->colour == COLOUR_WARN ? MEDIUM_SHADE : LIGHT_SHADE;
}

static unsigned int parts_left(const struct bar_part *part, unsigned int nr)
{
	unsigned int i, left = 0;

	for (i = 0; i < nr; i++)
		left += !!part[i].value;
	return left;
}

/**
 * bar_fill() - make a bar
 * @cell: gets the characters, @columns of them at most
 * @look: capabilities of the output
 * @part: the parts from left to right
 * @nr: number of parts
 * @whole: value of a bar that fills all columns
 * @columns: width of the full bar, at most BAR_MAX
 *
 * Each part above 0 gets at least one column if there are enough columns, so that a rare event
 * is not rounded away. With block characters a bar ends on an eighth of a column.
 *
 * Return: Number of characters.
 */
unsigned int bar_fill(struct bar_cell *cell, const struct bar_look *look,
		      const struct bar_part *part, unsigned int nr, uint64_t whole,
		      unsigned int columns)
{
	unsigned int used = 0, i;
	double sum = 0;

	if (!whole)
		return 0;
	if (columns > BAR_MAX)
		columns = BAR_MAX;
	for (i = 0; i < nr; i++) {
		unsigned int later = parts_left(part + i + 1, nr - i - 1);
		wchar_t mark = bar_mark(look, &part[i]);
		unsigned int end, eighths, most;

		if (!part[i].value || used == columns)
			continue;
		sum += (double)part[i].value;
		most = later < columns - used ? columns - later : used + 1;
		eighths = (unsigned int)(sum / (double)whole * columns * EIGHTHS + 0.5);
		/*
		 * Fractions of a character exist only at the end of the whole bar, and only for
		 * the full block.
		 */
		if (later || mark != FULL_BLOCK)
			eighths = (eighths + EIGHTHS / 2) / EIGHTHS * EIGHTHS;
		if (eighths > most * EIGHTHS)
			eighths = most * EIGHTHS;
		if (eighths <= used * EIGHTHS)
			eighths = used * EIGHTHS + (later || mark != FULL_BLOCK ? EIGHTHS : 1);
		end = eighths / EIGHTHS;
		while (used < end)
			cell[used++] = (struct bar_cell) { mark, part[i].colour };
		if (eighths % EIGHTHS)
			cell[used++] = (struct bar_cell) {
				left_block(eighths % EIGHTHS), part[i].colour
			};
	}
	return used;
}
