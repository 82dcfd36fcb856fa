/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Samples of the statistics, and the terminal that shows them.
 */
#ifndef DCBM_TOP_LIVE_H
#define DCBM_TOP_LIVE_H

#include <stdbool.h>
#include <stdint.h>

#include "top/view.h"

struct json_object;
struct tool;

/**
 * struct top - one run
 * @t: run of the tool
 * @view: what is shown
 * @sample: the last sample, NULL if there is none. Owned.
 * @result: what is shown of it, NULL if there is none. Owned.
 * @count: samples after which to end, 0: never
 * @frames: samples so far that had one before them
 * @once: no screen, one frame
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
void top_forget(struct top *top);
int top_wait_ms(uint64_t now, uint64_t next);
int top_live(struct top *top);

#endif /* DCBM_TOP_LIVE_H */
