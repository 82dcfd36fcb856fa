/* SPDX-License-Identifier: GPL-2.0-only */
/* Parts of a frame: sums, channels, sizes of batches, fallbacks */
#ifndef DCBM_TOP_PARTS_H
#define DCBM_TOP_PARTS_H

#include <stddef.h>

#include <uapi/linux/dcbm.h>

#include "top/frame.h"

struct json_object;
struct top_view;

unsigned int put_item(const struct area *area, unsigned int row, unsigned int at,
		      enum colour colour, const char *text);
unsigned int top_reasons(struct json_object *result, struct json_object **rows);
void draw_sums(const struct area *area, const struct top_view *view, struct json_object *result);
void draw_channels(const struct area *area, const struct top_view *view,
		   struct json_object *rows, struct json_object **order, size_t shown);
void draw_sizes(const struct area *area, const struct top_view *view,
		struct json_object *result);
void draw_fallbacks(const struct area *area, const struct top_view *view,
		    struct json_object *result);

#endif /* DCBM_TOP_PARTS_H */
