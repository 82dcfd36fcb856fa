/* SPDX-License-Identifier: GPL-2.0-only */
/* Layout of the statistics in a frame */
#ifndef DCBM_TOP_LAYOUT_H
#define DCBM_TOP_LAYOUT_H

#include <stdbool.h>

struct frame;
struct json_object;
struct top_view;

/** TOP_COLS_MIN, TOP_ROWS_MIN - minimum size; a smaller frame has only a message */
#define TOP_COLS_MIN	40U
#define TOP_ROWS_MIN	10U

/** TOP_COLS_WIDE - from this width on sizes and fallbacks are side by side */
#define TOP_COLS_WIDE	144U

/**
 * struct top_rows - lines of each part of the frame, including the title
 * @channels: table of channels
 * @sizes: sizes of batches, 0 if left out
 * @fallbacks: table of fallbacks, 0 if left out
 * @wide: sizes and fallbacks are side by side
 */
struct top_rows {
	unsigned int channels;
	unsigned int sizes;
	unsigned int fallbacks;
	bool wide;
};

struct top_rows top_divide(struct top_rows want, unsigned int room);
unsigned int top_height(struct json_object *result);
void top_draw(struct frame *frame, struct top_view *view, struct json_object *result);

#endif /* DCBM_TOP_LAYOUT_H */
