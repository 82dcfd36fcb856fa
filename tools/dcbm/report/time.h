/* SPDX-License-Identifier: GPL-2.0-only */
/* Timeline in fixed memory: boxes on tracks, and sums per step of time */
#ifndef DCBM_REPORT_TIME_H
#define DCBM_REPORT_TIME_H

#include <stdbool.h>
#include <stdint.h>

/* Maximum number of boxes that a page can show and a file can hold */
#define TIMELINE_BOXES	12000u

/* Maximum number of parallel boxes on a track; further boxes share the last lane. */
#define TIMELINE_LANES	8u

/* A track per channel, and a track for batches */
#define TIMELINE_TRACKS	257u

/* Kinds of boxes: good, partly good, bad */
#define TIMELINE_KINDS	3u

/**
 * struct box - a batch or descriptor, or several merged batches or descriptors
 * @begin: earliest begin
 * @end: latest end
 * @busy: sum of the durations
 * @bytes: bytes copied
 * @nr: number of batches or descriptors, by kind
 * @track: track in the timeline
 * @lane: lane on the track, from 0
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
 * struct timeline - boxes of all tracks; all zero is an empty timeline
 * @box: boxes in the order of their end
 * @nr: number of boxes
 * @added: number of boxes added, before merging
 * @shift: boxes of a lane that begin in the same 2^shift ns are merged; 0: no merging
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

/* Number of steps of a series */
#define SERIES_STEPS	256u

/**
 * struct series - a sum per step of time
 * @sum: sum per step
 */
struct series {
	uint64_t sum[SERIES_STEPS];
};

/**
 * struct clock_steps - the steps of all series
 * @begin: begin of the first step
 * @shift: a step has 2^shift ns
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
 * struct lanes - lanes of a track in use
 * @taken: bitmap
 */
struct lanes {
	uint32_t taken;
};

unsigned int lanes_take(struct lanes *lanes);
void lanes_give(struct lanes *lanes, unsigned int lane);

#endif /* DCBM_REPORT_TIME_H */
