/* SPDX-License-Identifier: GPL-2.0-only */
/* Samples of the statistics and the live view */
#ifndef DCBM_TOP_LIVE_H
#define DCBM_TOP_LIVE_H

#include <stdbool.h>
#include <stdint.h>

#include "top/view.h"

struct json_object;
struct tool;

/**
 * struct top - a run of dcbm top
 * @t: run of the tool
 * @view: state of the view
 * @sample: last sample, owned; NULL without statistics
 * @result: result of top_rates(), owned; NULL without statistics
 * @count: number of intervals, 0 for no end
 * @frames: intervals so far
 * @once: print one frame, no screen
 */
struct top {
	struct tool *t;
	struct top_view view;
	struct json_object *sample;
	struct json_object *result;
	uint64_t count;
	uint64_t frames;
	bool once;
};

int top_load(struct tool *t, struct json_object **sample);
void top_free(struct top *top);
int top_wait_ms(uint64_t now, uint64_t next);
int top_live(struct top *top);

#endif /* DCBM_TOP_LIVE_H */
