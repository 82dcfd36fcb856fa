// SPDX-License-Identifier: GPL-2.0-only
/**
 * DOC: Timeline and series in fixed memory
 *
 * The length of a recording and the number of its events are known only at its end. Timeline
 * and series therefore start with the finest steps. When the memory is full, the length of all
 * steps is doubled, and boxes in the same step are merged.
 */
#include <string.h>

#include "report/time.h"

/* The shortest step in which boxes are merged is 2^FIRST_SHIFT ns. */
#define FIRST_SHIFT	8u

static void box_merge(struct box *to, const struct box *from)
{
	unsigned int i;

	if (from->begin < to->begin)
		to->begin = from->begin;
	if (from->end > to->end)
		to->end = from->end;
	to->busy += from->busy;
	to->bytes += from->bytes;
	for (i = 0; i < TIMELINE_KINDS; i++)
		to->nr[i] += from->nr[i];
}

/* Merges @box with the last box of its lane if both are in the same step. */
static bool try_merge(struct timeline *tl, const struct box *box)
{
	uint32_t last = tl->last[box->track][box->lane];
	struct box *to;

	if (!tl->shift || !last)
		return false;
	to = &tl->box[last - 1];
	/* A box begins before @to only in the last lane, where boxes overlap; merge it as well. */
	if (box->begin >> tl->shift > to->begin >> tl->shift)
		return false;
	box_merge(to, box);
	return true;
}

static void append(struct timeline *tl, const struct box *box)
{
	if (try_merge(tl, box))
		return;
	tl->box[tl->nr++] = *box;
	tl->last[box->track][box->lane] = tl->nr;
}

/* Merges all boxes with longer steps until half of the memory is free. */
static void coarsen(struct timeline *tl)
{
	while (tl->nr > TIMELINE_BOXES / 2) {
		uint32_t i, nr = tl->nr;

		tl->shift = tl->shift ? tl->shift + 1 : FIRST_SHIFT;
		memset(tl->last, 0, sizeof(tl->last));
		tl->nr = 0;
		for (i = 0; i < nr; i++) {
			struct box box = tl->box[i];

			append(tl, &box);
		}
	}
}

/* Adds a box that has ended; the boxes of a lane come in the order of time. */
void timeline_add(struct timeline *tl, const struct box *box)
{
	if (tl->nr == TIMELINE_BOXES)
		coarsen(tl);
	append(tl, box);
	tl->added++;
}

/*
 * Returns whether the time @ts is in a step. If not, the caller must call series_fold() for all
 * series, add 1 to the shift, and repeat the call.
 */
bool steps_fit(const struct clock_steps *steps, uint64_t ts)
{
	return (ts - steps->begin) >> steps->shift < SERIES_STEPS;
}

unsigned int steps_at(const struct clock_steps *steps, uint64_t ts)
{
	return (unsigned int)((ts - steps->begin) >> steps->shift);
}

/* Doubles the length of each step. */
void series_fold(struct series *s)
{
	unsigned int i;

	for (i = 0; i < SERIES_STEPS / 2; i++)
		s->sum[i] = s->sum[2 * i] + s->sum[2 * i + 1];
	memset(s->sum + SERIES_STEPS / 2, 0, sizeof(s->sum) / 2);
}

/* Takes the first free lane, or the last lane if none is free. */
unsigned int lanes_take(struct lanes *lanes)
{
	unsigned int lane;

	for (lane = 0; lane < TIMELINE_LANES - 1; lane++)
		if (!(lanes->taken & 1u << lane))
			break;
	lanes->taken |= 1u << lane;
	return lane;
}

void lanes_give(struct lanes *lanes, unsigned int lane)
{
	lanes->taken &= ~(1u << lane);
}
