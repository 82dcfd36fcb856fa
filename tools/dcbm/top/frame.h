/* SPDX-License-Identifier: GPL-2.0-only */
/* A frame of characters, for a screen or a stream */
#ifndef DCBM_TOP_FRAME_H
#define DCBM_TOP_FRAME_H

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include "lib/bar.h"
#include "lib/util.h"

struct term;

/**
 * struct frame - lines of characters with colours
 * @rows: lines
 * @cols: columns
 * @cell: @rows times @cols characters, line by line
 */
struct frame {
	unsigned int rows;
	unsigned int cols;
	struct bar_cell *cell;
};

/**
 * struct area - a part of a frame; text outside of the area is not drawn
 * @frame: the frame
 * @row: first line
 * @col: first column
 * @rows: lines
 * @cols: columns
 */
struct area {
	struct frame *frame;
	unsigned int row;
	unsigned int col;
	unsigned int rows;
	unsigned int cols;
};

int frame_init(struct frame *frame, unsigned int rows, unsigned int cols);
void frame_free(struct frame *frame);
struct area frame_area(struct frame *frame);
struct area area_part(const struct area *area, unsigned int row, unsigned int rows);
unsigned int area_put(const struct area *area, unsigned int row, unsigned int col,
		      enum colour colour, const char *fmt, ...) __printf(5, 6);
void area_paint(const struct area *area, unsigned int row, enum colour colour);
unsigned int area_char(const struct area *area, unsigned int row, unsigned int col,
		       struct bar_cell cell);
void area_bar(const struct area *area, unsigned int row, unsigned int col,
	      unsigned int columns, const struct bar_look *look, const struct bar_part *part,
	      unsigned int nr, uint64_t whole);
void frame_print(const struct frame *frame, struct term *term);

#endif /* DCBM_TOP_FRAME_H */
