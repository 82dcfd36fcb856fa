// SPDX-License-Identifier: GPL-2.0-only
/* A frame of characters, for a screen or a stream */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>

#include "lib/term.h"
#include "top/frame.h"

/* Longest text of an area_put() */
#define PUT_MAX	512

int frame_init(struct frame *frame, unsigned int rows, unsigned int cols)
{
	size_t i, nr = (size_t)rows * cols;

	*frame = (struct frame) { rows, cols, calloc(nr ?: 1, sizeof(*frame->cell)) };
	if (!frame->cell)
		return -ENOMEM;
	for (i = 0; i < nr; i++)
		frame->cell[i].ch = ' ';
	return 0;
}

void frame_free(struct frame *frame)
{
	free(frame->cell);
	*frame = (struct frame) { .cell = NULL };
}

struct area frame_area(struct frame *frame)
{
	return (struct area) { frame, 0, 0, frame->rows, frame->cols };
}

/* Returns up to @rows lines of an area, from @row on. */
struct area area_part(const struct area *area, unsigned int row, unsigned int rows)
{
	struct area part = *area;

	if (row > area->rows)
		row = area->rows;
	part.row += row;
	part.rows = rows < area->rows - row ? rows : area->rows - row;
	return part;
}

static struct bar_cell *cell_at(const struct area *area, unsigned int row, unsigned int col)
{
	if (row >= area->rows || col >= area->cols)
		return NULL;
	return &area->frame->cell[(area->row + row) * area->frame->cols + area->col + col];
}

/* Draws a character. Returns the next column. */
unsigned int area_char(const struct area *area, unsigned int row, unsigned int col,
		       struct bar_cell cell)
{
	struct bar_cell *at = cell_at(area, row, col);

	if (at)
		*at = cell;
	return col + 1;
}

/*
 * Draws a text; bytes that are not printable ASCII become question marks. Returns the column
 * after the text.
 */
unsigned int area_put(const struct area *area, unsigned int row, unsigned int col,
		      enum colour colour, const char *fmt, ...)
{
	char text[PUT_MAX];
	va_list args;
	char *at;

	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	for (at = text; *at; at++) {
		wchar_t ch = *at >= ' ' && *at <= '~' ? *at : '?';

		col = area_char(area, row, col, (struct bar_cell) { ch, colour });
	}
	return col;
}

/* Sets the colour of a whole line. */
void area_paint(const struct area *area, unsigned int row, enum colour colour)
{
	struct bar_cell *cell;
	unsigned int col;

	for (col = 0; (cell = cell_at(area, row, col)); col++)
		cell->colour = colour;
}

void area_bar(const struct area *area, unsigned int row, unsigned int col,
	      unsigned int columns, const struct bar_look *look, const struct bar_part *part,
	      unsigned int nr, uint64_t whole)
{
	struct bar_cell cell[BAR_MAX];
	unsigned int i, len = bar_fill(cell, look, part, nr, whole, columns);

	for (i = 0; i < len; i++)
		area_char(area, row, col + i, cell[i]);
}

/* Columns up to the last visible character */
static unsigned int line_len(const struct frame *frame, unsigned int row, bool colours)
{
	const struct bar_cell *line = &frame->cell[row * frame->cols];
	unsigned int len = frame->cols;

	while (len && line[len - 1].ch == ' ' &&
	       !(colours && line[len - 1].colour == COLOUR_TITLE))
		len--;
	return len;
}

/* Prints a frame up to its last non-empty line. */
void frame_print(const struct frame *frame, struct term *term)
{
	unsigned int row, col, len, rows = frame->rows;

	while (rows && !line_len(frame, rows - 1, false))
		rows--;
	for (row = 0; row < rows; row++) {
		const struct bar_cell *line = &frame->cell[row * frame->cols];
		enum colour colour = COLOUR_NONE;

		len = line_len(frame, row, term->look.colour);
		for (col = 0; col < len; col++) {
			if (line[col].colour != colour)
				term_colour(term, line[col].colour);
			colour = line[col].colour;
			term_char(term, line[col].ch);
		}
		if (colour != COLOUR_NONE)
			term_colour(term, COLOUR_NONE);
		fputc('\n', term->out);
	}
}
