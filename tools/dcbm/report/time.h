/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What happened when, in fixed memory: boxes on tracks, and sums over stretches of time.
 */
#ifndef DCBM_REPORT_TIME_H
#define DCBM_REPORT_TIME_H

#include <stdbool.h>
#include <stdint.h>

/* Most boxes that are kept: what a page can show, and a file can hold. */
#define TIMELINE_BOXES	12000u

/* Most boxes side by side on one track; more of them share the last lane. */
#define TIMELINE_LANES	8u

/* A track for each channel, and one for batches. */
#define TIMELINE_TRACKS	257u

/* What a box can be: good, half good, bad. */
#define TIMELINE_KINDS	3u

/**
 * struct box - something that took time, or several such that were put together
 * @begin: when the first began
 * @end: when the last ended
 * @busy: the sum of their times
 * @bytes: that they moved
 * @nr: how many, by what they are
 * @track: where it is shown
 * @lane: where on its track, from 0
 */
struct box {
	uint64_t begin;
	uint64_t end;
	uint64_t busy;
	uint64_t bytes;
	uint32_t nr[TIMELINE_KINDS];
	uint16_t track;
	uint16_t lane;
};

/**
 * struct timeline - boxes of all tracks; all zero is an empty one
 * @box: the boxes, in the order in which they ended
 * @nr: how many
 * @added: how many were added
 * @shift: those of a lane that begin in the same 2^shift ns are one box; 0: none are
 * @last: the last box of each lane, plus one
 */
struct timeline {
	struct box box[TIMELINE_BOXES];
	uint32_t nr;
	uint64_t added;
	unsigned int shift;
	uint32_t last[TIMELINE_TRACKS][TIMELINE_LANES];
};

void timeline_add(struct timeline *tl, const struct box *box);

/* Stretches of time that are told apart. */
#define SERIES_STEPS	256u

/**
 * struct series - a sum for each stretch of time
 * @sum: the sums
 */
struct series {
	uint64_t sum[SERIES_STEPS];
};

/**
 * struct clock_steps - the stretches that all series have in common
 * @begin: when the first begins
 * @shift: each is 2^shift ns long
 * @set: @begin is known
 */
struct clock_steps {
	uint64_t begin;
	unsigned int shift;
	bool set;
};

bool steps_fit(const struct clock_steps *steps, uint64_t ts);
unsigned int steps_at(const struct clock_steps *steps, uint64_t ts);
void series_fold(struct series *s);

/**
 * struct lanes - which lanes of a track are taken
 * @taken: a bit each
 */
struct lanes {
	uint32_t taken;
};

unsigned int lanes_take(struct lanes *lanes);
void lanes_give(struct lanes *lanes, unsigned int lane);

#endif /* DCBM_REPORT_TIME_H */
