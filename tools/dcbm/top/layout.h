/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How the statistics are arranged in a frame.
 */
#ifndef DCBM_TOP_LAYOUT_H
#define DCBM_TOP_LAYOUT_H

#include <stdbool.h>

struct frame;
struct json_object;
struct top_view;

/** TOP_COLS_MIN, TOP_ROWS_MIN - in a smaller frame nothing but that is said */
#define TOP_COLS_MIN	40U
#define TOP_ROWS_MIN	10U

/** TOP_COLS_WIDE - from here on sizes and fallbacks stand side by side */
#define TOP_COLS_WIDE	144U

/**
 * struct top_rows - lines of each part of the frame, with its title
 * @channels: of the table of channels
 * @sizes: of the sizes of batches; 0: left out
 * @fallbacks: of the table of fallbacks; 0: left out
 * @wide: the last two are side by side
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
