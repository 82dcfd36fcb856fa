// SPDX-License-Identifier: GPL-2.0-only
/*
 * A picture made of characters, see top_frame.h.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>

#include "lib/term.h"
#include "top/frame.h"

/* Longest text of one area_put(). */
#define PUT_MAX	512

/**
 * frame_init() - make an empty frame
 * @frame: gets it, to be freed by frame_free()
 * @rows: lines
 * @cols: columns
 *
 * Return: 0 or -ENOMEM.
 */
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

/**
 * frame_free() - give back what frame_init() made
 * @frame: frame
 */
void frame_free(struct frame *frame)
{
	free(frame->cell);
	*frame = (struct frame) { .cell = NULL };
}

/**
 * frame_area() - all of a frame
 * @frame: frame
 *
 * Return: The area.
 */
struct area frame_area(struct frame *frame)
{
	return (struct area) { frame, 0, 0, frame->rows, frame->cols };
}

/**
 * area_part() - some lines of an area
 * @area: area
 * @row: the first one
 * @rows: so many, fewer if there are not so many
 *
 * Return: The part.
 */
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

/**
 * area_char() - draw a character
 * @area: where
 * @row: line in it
 * @col: column in it
 * @cell: character with its colour
 *
 * Return: The column behind it.
 */
unsigned int area_char(const struct area *area, unsigned int row, unsigned int col,
		       struct bar_cell cell)
{
	struct bar_cell *at = cell_at(area, row, col);

	if (at)
		*at = cell;
	return col + 1;
}

/**
 * area_put() - draw a text
 * @area: where
 * @row: line in it
 * @col: column in it
 * @colour: what the text stands for
 * @fmt: text; a byte that is no printable ASCII becomes a question mark
 *
 * Return: The column behind it.
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

/**
 * area_paint() - give a whole line one colour
 * @area: where
 * @row: line in it
 * @colour: what the line stands for
 */
void area_paint(const struct area *area, unsigned int row, enum colour colour)
{
	struct bar_cell *cell;
	unsigned int col;

	for (col = 0; (cell = cell_at(area, row, col)); col++)
		cell->colour = colour;
}

/**
 * area_bar() - draw a bar
 * @area: where
 * @row: line in it
 * @col: column in it
 * @columns: width of the full bar
 * @look: what the place can show
 * @part: as for bar_fill()
 * @nr: number of parts
 * @whole: value of a full bar
 */
void area_bar(const struct area *area, unsigned int row, unsigned int col,
	      unsigned int columns, const struct bar_look *look, const struct bar_part *part,
	      unsigned int nr, uint64_t whole)
{
	struct bar_cell cell[BAR_MAX];
	unsigned int i, len = bar_fill(cell, look, part, nr, whole, columns);

	for (i = 0; i < len; i++)
		area_char(area, row, col + i, cell[i]);
}

/* Columns up to the last one that can be seen. */
static unsigned int line_len(const struct frame *frame, unsigned int row, bool colours)
{
	const struct bar_cell *line = &frame->cell[row * frame->cols];
	unsigned int len = frame->cols;

	while (len && line[len - 1].ch == ' ' &&
	       !(colours && line[len - 1].colour == COLOUR_TITLE))
		len--;
	return len;
}

/**
 * frame_print() - print a frame up to its last line that is not empty
 * @frame: frame
 * @term: where to
 */
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
