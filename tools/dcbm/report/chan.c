// SPDX-License-Identifier: GPL-2.0-only
/* Channels of a recording and their descriptors */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/batch.h"
#include "report/chan.h"
#include "report/model.h"

/* Initial room for descriptors in flight; few engines have more. */
#define FIRST_ROOM	64u

static const enum report_class class_of[DCBM_NR_RESULTS] = {
	[DCBM_RES_OK] = CLASS_GOOD,
	[DCBM_RES_READ] = CLASS_FAILED,
	[DCBM_RES_WRITE] = CLASS_FAILED,
	[DCBM_RES_ABORTED] = CLASS_FAILED,
	[DCBM_RES_RESIDUE] = CLASS_FAILED,
	[DCBM_RES_TERMINATED] = CLASS_GIVEN_UP,
	[DCBM_RES_LOST] = CLASS_GIVEN_UP,
	[DCBM_RES_UNKNOWN] = CLASS_FAILED,
};

static size_t chan_index(const struct report_model *m, uint64_t dev_id, uint64_t chan_id)
{
	size_t i;

	for (i = 0; i < m->nr_chan; i++)
		if (m->chan[i]->dev_id == dev_id && m->chan[i]->chan_id == chan_id)
			break;
	return i;
}

/* Returns the index of a channel, which may be new, or a negative errno. */
static int chan_get(struct report_model *m, uint64_t dev_id, uint64_t chan_id)
{
	size_t i = chan_index(m, dev_id, chan_id);
	struct report_chan *c;

	if (i < m->nr_chan)
		return (int)i;
	if (i == REPORT_CHANNELS)
		return -ERANGE;
	c = calloc(1, sizeof(*c));
	if (!c)
		return -ENOMEM;
	c->dev_id = dev_id;
	c->chan_id = chan_id;
	c->backend = DCBM_NR_BACKENDS;
	c->state = DCBM_NR_CHAN_STATES;
	m->chan[m->nr_chan++] = c;
	return (int)i;
}

/* Returns a channel of the recording, or NULL. */
struct report_chan *model_chan(struct report_model *m, uint64_t dev_id, uint64_t chan_id)
{
	size_t i = chan_index(m, dev_id, chan_id);

	return i < m->nr_chan ? m->chan[i] : NULL;
}

/* Handles dcbm_chan_acquire and dcbm_chan_release. */
int model_chan_seen(struct report_model *m, const struct report_event *ev)
{
	struct report_chan *c;
	int i;

	if (ev->backend >= DCBM_NR_BACKENDS || ev->state >= DCBM_NR_CHAN_STATES)
		return -ERANGE;
	i = chan_get(m, ev->dev_id, ev->chan_id);
	if (i < 0)
		return i;
	c = m->chan[i];
	snprintf(c->provider, sizeof(c->provider), "%s", ev->provider);
	c->backend = ev->backend;
	c->state = ev->state;
	return 0;
}

static void unlink_desc(struct report_chan *c, size_t i)
{
	lanes_give(&c->lanes, c->open[i].lane);
	c->nr_open--;
	memmove(&c->open[i], &c->open[i + 1], (c->nr_open - i) * sizeof(*c->open));
}

/*
 * Makes room for a descriptor. At the limit the oldest descriptor is dropped: its end is most
 * likely not in the recording.
 */
static int make_room(struct report_model *m, struct report_chan *c)
{
	size_t room = c->room ? 2 * c->room : FIRST_ROOM;
	struct report_desc *open;

	if (c->nr_open < c->room)
		return 0;
	if (room > REPORT_OPEN_DESCS) {
		unlink_desc(c, 0);
		m->unfinished++;
		return 0;
	}
	open = realloc(c->open, room * sizeof(*open));
	if (!open)
		return -ENOMEM;
	c->open = open;
	c->room = room;
	return 0;
}

/* Handles dcbm_desc_submit. Returns 0 or a negative errno. */
int model_submit(struct report_model *m, const struct report_event *ev)
{
	struct report_batch *b;
	struct report_chan *c;
	int i, ret;

	if (ev->backend >= DCBM_NR_BACKENDS)
		return -ERANGE;
	i = chan_get(m, ev->dev_id, ev->chan_id);
	if (i < 0)
		return i;
	c = m->chan[i];
	ret = make_room(m, c);
	if (ret)
		return ret;
	c->open[c->nr_open++] = (struct report_desc) {
		.id = ev->desc,
		.batch = ev->batch,
		.begin = ev->ts,
		.lane = lanes_take(&c->lanes),
	};
	b = batch_get(m, ev);
	if (!(b->used[i / 64] & 1ULL << i % 64))
		c->batches++;
	batch_desc_begins(b, (size_t)i, ev->ts);

	if (c->backend == DCBM_NR_BACKENDS)
		c->backend = ev->backend;
	c->descriptors++;
	if (ev->inflight > c->inflight_max)
		c->inflight_max = ev->inflight;
	hist_add(&m->desc_segments, ev->segs);
	return 0;
}

/* Returns the index of the descriptor that completed, or @nr_open. */
static size_t find_open(const struct report_chan *c, uint64_t id)
{
	size_t i;

	for (i = 0; i < c->nr_open; i++)
		if (c->open[i].id == id)
			break;
	return i;
}

/* Descriptors before index @at are still in flight, so the descriptor at @at overtook them. */
static void count_order(struct report_chan *c, size_t at)
{
	uint64_t before = 0;
	size_t i;

	for (i = 0; i < at; i++)
		before += !c->open[i].doubtful;
	c->disordered += before != 0;
	c->overtaken += before;
}

/* Removes a completed descriptor. Returns its time of submission and its lane. */
static struct report_desc close_desc(struct report_model *m, struct report_chan *c,
				     const struct report_event *ev)
{
	size_t at = find_open(c, ev->desc);
	struct report_desc desc;

	if (at == c->nr_open) {
		m->unsubmitted++;
		return (struct report_desc) {
			.batch = ev->batch,
			.begin = ev->ts > ev->ns ? ev->ts - ev->ns : 0,
			.lane = TIMELINE_LANES - 1,
		};
	}
	/* Descriptors that were terminated do not count as out of order. */
	if (class_of[ev->result] != CLASS_GIVEN_UP)
		count_order(c, at);
	desc = c->open[at];
	unlink_desc(c, at);
	return desc;
}

static void count_end(struct report_model *m, struct report_chan *c,
		      const struct report_event *ev)
{
	m->results[ev->result]++;
	c->busy_ns += ev->busy_ns;
	if (class_of[ev->result] == CLASS_GIVEN_UP) {
		c->timeouts++;
		return;
	}
	hist_add(&m->desc_latency, ev->ns);
	hist_add(&c->latency, ev->ns);
	if (ev->result != DCBM_RES_OK) {
		c->errors++;
		return;
	}
	c->folios += ev->folios;
	c->bytes += ev->bytes;
	model_moved(m, &c->moved, ev->ts, ev->bytes);
}

/* Handles dcbm_desc_complete. Returns 0 or a negative errno. */
int model_complete_desc(struct report_model *m, const struct report_event *ev)
{
	struct report_batch *b;
	struct report_desc desc;
	struct box box;
	int i;

	if (ev->result >= DCBM_NR_RESULTS)
		return -ERANGE;
	i = chan_get(m, ev->dev_id, ev->chan_id);
	if (i < 0)
		return i;
	desc = close_desc(m, m->chan[i], ev);
	count_end(m, m->chan[i], ev);
	b = batch_find(m, desc.batch);
	if (b)
		batch_desc_ends(b, ev->ts);

	box = (struct box) {
		.begin = desc.begin,
		.end = ev->ts,
		.busy = ev->ts - desc.begin,
		.bytes = ev->bytes,
		.track = (uint16_t)(i + 1),
		.lane = (uint16_t)desc.lane,
	};
	box.nr[class_of[ev->result]] = 1;
	timeline_add(&m->timeline, &box);
	return 0;
}

/*
 * After lost events: descriptors in flight may have ended. These descriptors no longer count as
 * overtaken, and their lanes are free.
 */
void model_doubt(struct report_model *m)
{
	size_t i, k;

	for (i = 0; i < m->nr_chan; i++) {
		struct report_chan *c = m->chan[i];

		for (k = 0; k < c->nr_open; k++)
			c->open[k].doubtful = true;
		c->lanes.taken = 0;
	}
	m->lanes.taken = 0;
}
