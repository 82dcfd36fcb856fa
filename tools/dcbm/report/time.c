// SPDX-License-Identifier: GPL-2.0-only
/*
 * Boxes and series, see report_time.h.
 *
 * DOC: How long a recording is, and how much is in it, is known at its end only. So both
 * begin with the finest steps; whenever the room is full, steps become twice as long, and
 * what falls into the same step is put together.
 */
#include <string.h>

#include "report/time.h"

/* Boxes are told apart by less than this only as long as all of them have room. */
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

/* Puts @box together with the last one of its lane, if they belong so. */
static bool try_merge(struct timeline *tl, const struct box *box)
{
	uint32_t last = tl->last[box->track][box->lane];
	struct box *to;

	if (!tl->shift || !last)
		return false;
	to = &tl->box[last - 1];
	/* Never before it, but in the last lane, which several may share. */
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

/* All over again with longer steps, until half of the room is free. */
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

/**
 * timeline_add() - add a box
 * @tl: timeline
 * @box: box that has ended; those of a lane come in the order of time
 */
void timeline_add(struct timeline *tl, const struct box *box)
{
	if (tl->nr == TIMELINE_BOXES)
		coarsen(tl);
	append(tl, box);
	tl->added++;
}

/**
 * steps_fit() - is there a step for this time?
 * @steps: steps that have begun
 * @ts: time, not before they begin
 *
 * Return: Whether there is; if not, fold all series, add 1 to the shift, and ask again.
 */
bool steps_fit(const struct clock_steps *steps, uint64_t ts)
{
	return (ts - steps->begin) >> steps->shift < SERIES_STEPS;
}

/**
 * steps_at() - the step of a time
 * @steps: steps
 * @ts: time that fits
 *
 * Return: Its index.
 */
unsigned int steps_at(const struct clock_steps *steps, uint64_t ts)
{
	return (unsigned int)((ts - steps->begin) >> steps->shift);
}

/**
 * series_fold() - make each step twice as long
 * @s: series
 */
void series_fold(struct series *s)
{
	unsigned int i;

	for (i = 0; i < SERIES_STEPS / 2; i++)
		s->sum[i] = s->sum[2 * i] + s->sum[2 * i + 1];
	memset(s->sum + SERIES_STEPS / 2, 0, sizeof(s->sum) / 2);
}

/**
 * lanes_take() - take the first free lane
 * @lanes: lanes of a track
 *
 * Return: Its number; the last one if none is free.
 */
unsigned int lanes_take(struct lanes *lanes)
{
	unsigned int lane;

	for (lane = 0; lane < TIMELINE_LANES - 1; lane++)
		if (!(lanes->taken & 1u << lane))
			break;
	lanes->taken |= 1u << lane;
	return lane;
}

/**
 * lanes_give() - give a lane back
 * @lanes: lanes of a track
 * @lane: its number
 */
void lanes_give(struct lanes *lanes, unsigned int lane)
{
	lanes->taken &= ~(1u << lane);
}
