// SPDX-License-Identifier: GPL-2.0-only
/* Statistics of a recording */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "lib/util.h"
#include "report/batch.h"
#include "report/chan.h"
#include "report/model.h"

/* The shortest step of time, about a microsecond */
#define FIRST_STEP	10u

/* Returns an empty model for model_free(), or NULL. */
struct report_model *model_new(void)
{
	return calloc(1, sizeof(struct report_model));
}

void model_free(struct report_model *m)
{
	size_t i;

	for (i = 0; m && i < m->nr_chan; i++) {
		free(m->chan[i]->open);
		free(m->chan[i]);
	}
	free(m);
}

/* Adds bytes to a series at the time @ts. */
void model_moved(struct report_model *m, struct series *s, uint64_t ts, uint64_t bytes)
{
	size_t i;

	while (!steps_fit(&m->steps, ts)) {
		for (i = 0; i < m->nr_chan; i++)
			series_fold(&m->chan[i]->moved);
		series_fold(&m->by_cpu);
		m->steps.shift++;
	}
	s->sum[steps_at(&m->steps, ts)] += bytes;
}

static int count_only(struct report_model *m, const struct report_event *ev)
{
	(void)m;
	(void)ev;
	return 0;
}

static int (*const handlers[NR_EVENT_KINDS])(struct report_model *m,
					      const struct report_event *ev) = {
	[EV_BATCH_START] = batch_start,
	[EV_BATCH_PHASES] = batch_phases,
	[EV_BATCH_END] = batch_end,
	[EV_DESC_SUBMIT] = model_submit,
	[EV_DESC_COMPLETE] = model_complete_desc,
	[EV_CHAN_ACQUIRE] = model_chan_seen,
	[EV_CHAN_RELEASE] = model_chan_seen,
	[EV_FALLBACK] = batch_fallback,
	[EV_TRIGGER] = count_only,
};

/**
 * model_event() - count an event
 * @m: model
 * @ev: event; a timestamp before that of the last event is replaced by the latter
 *
 * Return: 0 or -ENOMEM. An event with an unknown number only increases @events and @unknown.
 */
int model_event(struct report_model *m, const struct report_event *ev)
{
	int ret;

	if (ev->ts < m->last_ts) {
		struct report_event late = *ev;

		late.ts = m->last_ts;
		return model_event(m, &late);
	}
	if (!m->steps.set) {
		m->steps = (struct clock_steps) {
			.begin = ev->ts,
			.shift = FIRST_STEP,
			.set = true,
		};
		m->first_ts = ev->ts;
	}
	m->last_ts = ev->ts;
	m->events[ev->kind]++;
	ret = handlers[ev->kind](m, ev);
	if (ret == -ERANGE) {
		m->unknown++;
		return 0;
	}
	return ret;
}

/* Notes lost events in the buffer of a CPU, before the time @ts; @events is 0 if unknown. */
void model_lost(struct report_model *m, int cpu, uint64_t ts, uint64_t events)
{
	if (m->losses < REPORT_LOSSES)
		m->loss[m->losses] = (struct report_loss) { cpu, ts, events };
	m->losses++;
	m->lost += events;
	m->lost_uncounted += !events;
	model_doubt(m);
}

/* Ends the recording; batches and descriptors that are still open count as unfinished. */
void model_end(struct report_model *m)
{
	size_t i;

	m->unfinished_batches += m->nr_open;
	for (i = 0; i < m->nr_chan; i++)
		m->unfinished += m->chan[i]->nr_open;
}

/* Returns whether no event is missing; otherwise counts and sums are lower bounds. */
bool model_complete(const struct report_model *m)
{
	return !m->losses && !m->unknown && !m->unstarted_batches && !m->unfinished_batches &&
	       !m->unsubmitted && !m->unfinished;
}
