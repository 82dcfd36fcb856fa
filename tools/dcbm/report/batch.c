// SPDX-License-Identifier: GPL-2.0-only
/* Batches of a recording */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "report/batch.h"
#include "report/chan.h"
#include "report/model.h"

static const unsigned int kind_of[DCBM_NR_OUTCOMES] = {
	[DCBM_OFFLOADED] = 0,
	[DCBM_PARTIAL] = 1,
	[DCBM_FALLBACK] = 2,
};

/* Returns a batch that has not ended, or NULL. */
struct report_batch *batch_find(struct report_model *m, uint64_t id)
{
	size_t i;

	/* The latest batch is at the end, and most lookups are for this batch. */
	for (i = m->nr_open; i > 0; i--)
		if (m->open[i - 1].id == id)
			return &m->open[i - 1];
	return NULL;
}

static void unlink_batch(struct report_model *m, struct report_batch *b)
{
	size_t i = (size_t)(b - m->open);

	lanes_give(&m->lanes, b->lane);
	m->nr_open--;
	memmove(b, b + 1, (m->nr_open - i) * sizeof(*b));
}

/* Returns the open batch of an event. A batch whose start is not in the recording is added. */
struct report_batch *batch_get(struct report_model *m, const struct report_event *ev)
{
	struct report_batch *b = batch_find(m, ev->batch);

	if (b)
		return b;
	if (m->nr_open == REPORT_OPEN_BATCHES) {
		unlink_batch(m, &m->open[0]);
		m->unfinished_batches++;
	}
	b = &m->open[m->nr_open++];
	memset(b, 0, sizeof(*b));
	b->id = ev->batch;
	b->begin = ev->ts;
	b->lane = lanes_take(&m->lanes);
	return b;
}

void batch_desc_begins(struct report_batch *b, size_t chan, uint64_t ts)
{
	uint64_t bit = 1ULL << chan % 64;

	b->nr_used += !(b->used[chan / 64] & bit);
	b->used[chan / 64] |= bit;
	b->descs++;
	if (!b->inflight++)
		b->busy_since = ts;
}

void batch_desc_ends(struct report_batch *b, uint64_t ts)
{
	/* The event of the submission may have been lost. */
	if (b->inflight && !--b->inflight)
		b->engine_ns += ts - b->busy_since;
}

int batch_start(struct report_model *m, const struct report_event *ev)
{
	batch_get(m, ev)->started = true;
	return 0;
}

int batch_phases(struct report_model *m, const struct report_event *ev)
{
	struct report_batch *b = batch_get(m, ev);
	unsigned int i;

	memcpy(b->phase, ev->phase, sizeof(b->phase));
	b->phased = true;
	for (i = 0; i < NR_PHASES; i++)
		hist_add(&m->phase[i], ev->phase[i]);
	return 0;
}

/* Keeps the slowest batches, in order. */
static void rank(struct report_model *m, const struct report_batch *b)
{
	size_t at = m->nr_slowest;

	while (at > 0 && m->slowest[at - 1].ns < b->ns)
		at--;
	if (at == REPORT_SLOWEST)
		return;
	if (m->nr_slowest < REPORT_SLOWEST)
		m->nr_slowest++;
	memmove(&m->slowest[at + 1], &m->slowest[at],
		(m->nr_slowest - at - 1) * sizeof(*m->slowest));
	m->slowest[at] = *b;
}

static void show(struct report_model *m, const struct report_batch *b, uint64_t end)
{
	struct box box = {
		.begin = b->begin,
		.end = end,
		.busy = end - b->begin,
		.bytes = b->bytes,
		.track = REPORT_BATCH_TRACK,
		.lane = (uint16_t)b->lane,
	};

	box.nr[kind_of[b->outcome]] = 1;
	timeline_add(&m->timeline, &box);
}

/* Closes a batch. Returns -ERANGE if the event has unknown numbers. */
int batch_end(struct report_model *m, const struct report_event *ev)
{
	struct report_batch *b;

	if (ev->outcome >= DCBM_NR_OUTCOMES)
		return -ERANGE;
	b = batch_get(m, ev);
	if (!b->started) {
		m->unstarted_batches++;
		b->begin = ev->ts > ev->ns ? ev->ts - ev->ns : 0;
	}
	b->ns = ev->ns;
	b->folios = ev->folios;
	b->bytes = ev->bytes;
	b->folios_dma = ev->folios_dma;
	b->bytes_dma = ev->bytes_dma;
	b->outcome = ev->outcome;
	b->pid = ev->pid;
	snprintf(b->comm, sizeof(b->comm), "%s", ev->comm ?: "");
	if (b->inflight)
		b->engine_ns += ev->ts - b->busy_since;

	hist_add(&m->size_folios[ev->outcome], ev->folios);
	hist_add(&m->size_bytes[ev->outcome], ev->bytes);
	hist_add(&m->batch_latency, ev->ns);
	if (b->descs)
		hist_add(&m->engine, b->engine_ns);
	show(m, b, ev->ts);
	rank(m, b);
	unlink_batch(m, b);
	return 0;
}

/* Counts a fallback. Returns -ERANGE if the event has unknown numbers. */
int batch_fallback(struct report_model *m, const struct report_event *ev)
{
	struct report_fallback *f;

	if (ev->reason >= DCBM_NR_REASONS)
		return -ERANGE;
	f = &m->fallbacks[ev->reason];
	f->batches++;
	f->folios += ev->folios;
	f->bytes += ev->bytes;
	f->last_errno = ev->error;
	f->last_ns = ev->ts;
	batch_get(m, ev)->fell_back[ev->reason] += ev->folios;
	model_moved(m, &m->by_cpu, ev->ts, ev->bytes);
	return 0;
}
