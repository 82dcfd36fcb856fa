// SPDX-License-Identifier: GPL-2.0-only
/*
 * A report as an object. The statistics that debugfs has as well have the same keys as in `dcbm
 * stat --json`.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/jutil.h"
#include "lib/util.h"
#include "report/json.h"
#include "report/model.h"

/* Resolution of a distribution: 2^3 ranges per power of two */
#define SHAPE_BITS	3u

static const char *const outcome_names[] = { DCBM_OUTCOMES(DCBM_NAME) };
static const char *const result_names[] = { DCBM_RESULTS(DCBM_NAME) };
static const char *const reason_names[] = { DCBM_REASONS(DCBM_NAME) };
static const char *const backend_names[] = { DCBM_BACKENDS(DCBM_NAME) };
static const char *const state_names[] = { DCBM_CHAN_STATES(DCBM_NAME) };

static const char *const phase_names[NR_PHASES] = {
	[PHASE_PLAN] = "plan",
	[PHASE_MAP] = "map",
	[PHASE_PREP] = "prep",
	[PHASE_SUBMIT] = "submit",
	[PHASE_WAIT] = "wait",
	[PHASE_UNMAP] = "unmap",
};

static const struct {
	const char *key;
	unsigned int permille;
} percentiles[] = {
	{ "p50", 500 }, { "p90", 900 }, { "p99", 990 }, { "p99_9", 999 },
};

static void add_percentiles(struct json_object *obj, const struct hist *h)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(percentiles); i++)
		jadd_u64(obj, percentiles[i].key, hist_percentile(h, percentiles[i].permille));
}

static void add_range(struct json_object *arr, const struct hist_range *range)
{
	struct json_object *row = jpush_obj(arr);

	jadd_u64(row, "from", range->from);
	jadd_u64(row, "to", range->to);
	jadd_u64(row, "count", range->count);
}

static void add_hist(struct json_object *all, const char *key, const char *unit,
		     const struct hist *h)
{
	struct json_object *obj = jadd_obj(all, key), *arr;
	struct hist_range range;
	unsigned int i;

	jadd_str(obj, "unit", unit);
	jadd_u64(obj, "count", h->count);
	jadd_u64(obj, "sum", h->sum);
	jadd_u64(obj, "min", h->min);
	jadd_u64(obj, "max", h->max);
	add_percentiles(obj, h);
	arr = jadd_arr(obj, "bins");
	for (i = 0; i < DCBM_HIST_BINS; i++) {
		range = hist_bin(h, i);
		if (range.count)
			add_range(arr, &range);
	}
	arr = jadd_arr(obj, "shape");
	for (i = 0; hist_next(h, SHAPE_BITS, &i, &range); )
		add_range(arr, &range);
}

static uint64_t add_sizes(struct json_object *obj, const char *key, const struct hist *hists)
{
	struct json_object *arr = jadd_arr(obj, key);
	unsigned int bin, i;
	uint64_t sum = 0;

	for (i = 0; i < DCBM_NR_OUTCOMES; i++)
		sum += hists[i].sum;
	for (bin = 0; bin < DCBM_HIST_BINS; bin++) {
		uint64_t count[DCBM_NR_OUTCOMES], all = 0;
		struct hist_range range = { .from = 0 };
		struct json_object *row;

		for (i = 0; i < DCBM_NR_OUTCOMES; i++) {
			range = hist_bin(&hists[i], bin);
			count[i] = range.count;
			all += range.count;
		}
		if (!all)
			continue;
		row = jpush_obj(arr);
		jadd_u64(row, "from", range.from);
		jadd_u64(row, "to", range.to);
		for (i = 0; i < DCBM_NR_OUTCOMES; i++)
			jadd_u64(row, outcome_names[i], count[i]);
	}
	return sum;
}

static void add_batches(const struct report_model *m, struct json_object *obj)
{
	struct json_object *size = jadd_obj(obj, "batch_size");
	struct json_object *outcomes = jadd_obj(obj, "outcomes");
	uint64_t folios, bytes;
	unsigned int i;

	folios = add_sizes(size, "folios", m->size_folios);
	bytes = add_sizes(size, "bytes", m->size_bytes);
	jadd_u64(size, "folios_sum", folios);
	jadd_u64(size, "bytes_sum", bytes);
	for (i = 0; i < DCBM_NR_OUTCOMES; i++)
		jadd_u64(outcomes, outcome_names[i], m->size_folios[i].count);
	add_hist(obj, "batch_latency", "ns", &m->batch_latency);
	add_hist(obj, "desc_latency", "ns", &m->desc_latency);
	add_hist(obj, "desc_segments", "segments", &m->desc_segments);
}

static int by_name(const void *a, const void *b)
{
	const struct report_chan *x = *(const struct report_chan *const *)a;
	const struct report_chan *y = *(const struct report_chan *const *)b;

	if (x->dev_id != y->dev_id)
		return x->dev_id < y->dev_id ? -1 : 1;
	return x->chan_id < y->chan_id ? -1 : x->chan_id > y->chan_id;
}

/* Percent, truncated after the second decimal like in the driver */
static double share_of(uint64_t part, uint64_t whole)
{
	return whole ? (double)((__uint128_t)part * 10000 / whole) / 100.0 : 0.0;
}

static const char *chan_name(char *buf, size_t len, const struct report_chan *c)
{
	snprintf(buf, len, "dma%lluchan%llu", (unsigned long long)c->dev_id,
		 (unsigned long long)c->chan_id);
	return buf;
}

static void add_chan(struct json_object *arr, const struct report_model *m,
		     const struct report_chan *c, uint64_t total)
{
	struct json_object *row = jpush_obj(arr);
	char name[DCBM_NAME_LEN + 16];

	jadd_str(row, "channel", chan_name(name, sizeof(name), c));
	jadd_str(row, "provider", c->provider[0] ? c->provider : NULL);
	jadd_str(row, "backend",
		 c->backend < DCBM_NR_BACKENDS ? backend_names[c->backend] : NULL);
	jadd_str(row, "state", c->state < DCBM_NR_CHAN_STATES ? state_names[c->state] : NULL);
	jadd_u64(row, "batches", c->batches);
	jadd_u64(row, "descriptors", c->descriptors);
	jadd_u64(row, "folios", c->folios);
	jadd_u64(row, "bytes", c->bytes);
	jadd_dec(row, "share", share_of(c->bytes, total), 2);
	jadd_u64(row, "busy_ns", c->busy_ns);
	jadd_dec(row, "busy_percent", share_of(c->busy_ns, m->last_ts - m->first_ts), 2);
	jadd_u64(row, "errors", c->errors);
	jadd_u64(row, "timeouts", c->timeouts);
	jadd_u64(row, "inflight_max", c->inflight_max);
	jadd_u64(row, "out_of_order", c->disordered);
	jadd_u64(row, "overtaken", c->overtaken);
	add_percentiles(row, &c->latency);
}

static void add_channels(const struct report_model *m, struct json_object *all)
{
	struct report_chan *const *from = m->chan;
	const struct report_chan *sorted[REPORT_CHANNELS];
	struct json_object *obj = jadd_obj(all, "channels"), *arr = jadd_arr(obj, "channels");
	uint64_t total = 0, most = 0, disordered = 0, overtaken = 0, ratio = 0;
	unsigned int ready = 0, nr = 0;
	size_t i;

	for (i = 0; i < m->nr_chan; i++) {
		/*
		 * A channel that was held during the whole recording has no event with its
		 * state.
		 */
		bool held = from[i]->state == DCBM_CHAN_READY ||
			    from[i]->state == DCBM_NR_CHAN_STATES;

		sorted[i] = from[i];
		total += from[i]->bytes;
		most = from[i]->bytes > most ? from[i]->bytes : most;
		disordered += from[i]->disordered;
		overtaken += from[i]->overtaken;
		ready += held;
		nr += held || from[i]->bytes;
	}
	qsort(sorted, m->nr_chan, sizeof(*sorted), by_name);
	for (i = 0; i < m->nr_chan; i++)
		add_chan(arr, m, sorted[i], total);
	if (total)
		ratio = (uint64_t)((__uint128_t)most * nr * 1000 / total);
	jadd_u64(obj, "count", ready);
	jadd_dec(obj, "imbalance", (double)ratio / 1000.0, 3);
	jadd_u64(all, "out_of_order", disordered);
	jadd_u64(all, "overtaken", overtaken);
}

static void add_fallbacks(const struct report_model *m, struct json_object *all)
{
	struct json_object *arr = jadd_arr(jadd_obj(all, "fallbacks"), "reasons");
	unsigned int i;

	for (i = 0; i < DCBM_NR_REASONS; i++) {
		const struct report_fallback *f = &m->fallbacks[i];
		struct json_object *row = jpush_obj(arr);

		jadd_str(row, "reason", reason_names[i]);
		jadd_u64(row, "batches", f->batches);
		jadd_u64(row, "folios", f->folios);
		jadd_u64(row, "bytes", f->bytes);
		jadd_int(row, "last_errno", f->last_errno);
		jadd_str(row, "last_error",
			 f->last_errno ? strerrorname_np(abs((int)f->last_errno)) : NULL);
		jadd_u64(row, "last_ns", f->last_ns);
	}
}

static void add_results(const struct report_model *m, struct json_object *all)
{
	struct json_object *obj = jadd_obj(all, "results");
	unsigned int i;

	for (i = 0; i < DCBM_NR_RESULTS; i++)
		jadd_u64(obj, result_names[i], m->results[i]);
}

static void add_phase(struct json_object *arr, const char *name, const struct hist *h)
{
	struct json_object *row = jpush_obj(arr);

	jadd_str(row, "phase", name);
	jadd_u64(row, "count", h->count);
	jadd_u64(row, "sum", h->sum);
	add_percentiles(row, h);
	jadd_u64(row, "max", h->max);
}

static void add_phases(const struct report_model *m, struct json_object *all)
{
	struct json_object *arr = jadd_arr(all, "phases");
	unsigned int i;

	for (i = 0; i < NR_PHASES && m->events[EV_BATCH_PHASES]; i++)
		add_phase(arr, phase_names[i], &m->phase[i]);
	add_phase(jadd_arr(all, "engine"), "engine", &m->engine);
}

static void add_slow(struct json_object *arr, const struct report_batch *b)
{
	struct json_object *row = jpush_obj(arr), *obj;
	unsigned int i;

	jadd_u64(row, "batch", b->id);
	jadd_u64(row, "ns", b->ns);
	jadd_u64(row, "begin_ns", b->begin);
	jadd_str(row, "comm", b->comm);
	jadd_int(row, "pid", b->pid);
	jadd_str(row, "outcome", outcome_names[b->outcome]);
	jadd_u64(row, "folios", b->folios);
	jadd_u64(row, "bytes", b->bytes);
	jadd_u64(row, "folios_dma", b->folios_dma);
	jadd_u64(row, "bytes_dma", b->bytes_dma);
	jadd_u64(row, "descriptors", b->descs);
	jadd_u64(row, "channels", b->nr_used);
	jadd_u64(row, "engine_ns", b->engine_ns);
	jadd(row, "phases", NULL);
	if (b->phased) {
		obj = jadd_obj(row, "phases");
		for (i = 0; i < NR_PHASES; i++)
			jadd_u64(obj, phase_names[i], b->phase[i]);
	}
	obj = jadd_obj(row, "fallbacks");
	for (i = 0; i < DCBM_NR_REASONS; i++)
		if (b->fell_back[i])
			jadd_u64(obj, reason_names[i], b->fell_back[i]);
}

static void add_losses(const struct report_model *m, struct json_object *obj)
{
	struct json_object *arr, *row;
	size_t i;

	jadd_bool(obj, "complete", model_complete(m));
	jadd_u64(obj, "lost_events", m->lost);
	jadd_u64(obj, "lost_places", m->losses);
	jadd_u64(obj, "lost_uncounted", m->lost_uncounted);
	arr = jadd_arr(obj, "lost");
	for (i = 0; i < m->losses && i < REPORT_LOSSES; i++) {
		row = jpush_obj(arr);
		jadd_int(row, "cpu", m->loss[i].cpu);
		jadd_u64(row, "before_ns", m->loss[i].ts);
		jadd(row, "events",
		     m->loss[i].events ? json_object_new_uint64(m->loss[i].events) : NULL);
	}
	jadd_u64(obj, "unknown_events", m->unknown);
	jadd_u64(obj, "unstarted_batches", m->unstarted_batches);
	jadd_u64(obj, "unfinished_batches", m->unfinished_batches);
	jadd_u64(obj, "unsubmitted_descriptors", m->unsubmitted);
	jadd_u64(obj, "unfinished_descriptors", m->unfinished);
}

static void push(struct json_object *arr, uint64_t value)
{
	json_object_array_add(arr, json_object_new_uint64(value));
}

/* Adds the name of a track and the number of lanes that it needs. */
static void add_track(struct json_object *arr, const struct timeline *tl, size_t track,
		      const char *name)
{
	struct json_object *row = jpush_obj(arr);
	unsigned int i, lanes = 1;

	for (i = 0; i < TIMELINE_LANES; i++)
		if (tl->last[track][i])
			lanes = i + 1;
	jadd_str(row, "name", name);
	jadd_u64(row, "lanes", lanes);
}

/* A box is an array without keys, as there are thousands of boxes. */
static void add_box(struct json_object *arr, const struct box *box, uint64_t first_ts)
{
	struct json_object *row = json_object_new_array_ext(10);
	unsigned int i;

	push(row, box->track);
	push(row, box->lane);
	push(row, box->begin > first_ts ? box->begin - first_ts : 0);
	push(row, box->end - first_ts);
	push(row, box->busy);
	push(row, box->bytes);
	for (i = 0; i < TIMELINE_KINDS; i++)
		push(row, box->nr[i]);
	json_object_array_add(arr, row);
}

static void add_timeline(const struct report_model *m, struct json_object *all)
{
	struct json_object *obj = jadd_obj(all, "timeline"), *arr;
	const struct timeline *tl = &m->timeline;
	char name[64];
	size_t i;

	jadd_bool(obj, "aggregated", tl->shift);
	jadd_u64(obj, "step_ns", tl->shift ? 1ULL << tl->shift : 0);
	jadd_u64(obj, "added", tl->added);
	arr = jadd_arr(obj, "tracks");
	add_track(arr, tl, REPORT_BATCH_TRACK, "batches");
	for (i = 0; i < m->nr_chan; i++)
		add_track(arr, tl, i + 1, chan_name(name, sizeof(name), m->chan[i]));
	arr = jadd_arr(obj, "boxes");
	for (i = 0; i < tl->nr; i++)
		add_box(arr, &tl->box[i], m->first_ts);
}

static void add_series(struct json_object *arr, const char *name, const struct series *s,
		       unsigned int steps)
{
	struct json_object *row = jpush_obj(arr), *sums;
	unsigned int i;

	jadd_str(row, "name", name);
	sums = jadd_arr(row, "bytes");
	for (i = 0; i < steps; i++)
		push(sums, s->sum[i]);
}

static void add_balance(const struct report_model *m, struct json_object *all)
{
	struct json_object *obj = jadd_obj(all, "balance"), *arr;
	unsigned int steps = 0;
	char name[64];
	size_t i;

	if (m->steps.set && steps_fit(&m->steps, m->last_ts))
		steps = steps_at(&m->steps, m->last_ts) + 1;
	else if (m->steps.set)
		steps = SERIES_STEPS;
	jadd_u64(obj, "step_ns", 1ULL << m->steps.shift);
	arr = jadd_arr(obj, "series");
	for (i = 0; i < m->nr_chan; i++)
		add_series(arr, chan_name(name, sizeof(name), m->chan[i]), &m->chan[i]->moved,
			   steps);
	add_series(arr, "cpu", &m->by_cpu, steps);
}

/* Makes an object of a model that has ended; dcbm-report(1) lists its keys. */
void report_json(const struct report_model *m, struct json_object *obj)
{
	struct json_object *arr;
	uint64_t events = 0;
	size_t i;

	for (i = 0; i < NR_EVENT_KINDS; i++)
		events += m->events[i];
	/* A placeholder, so that this key comes first */
	jadd_str(obj, "file", NULL);
	add_losses(m, obj);
	jadd_u64(obj, "events", events);
	jadd_u64(obj, "other_events", m->other);
	jadd_u64(obj, "first_ns", m->first_ts);
	jadd_u64(obj, "duration_ns", m->last_ts - m->first_ts);
	jadd_u64(obj, "batches", m->batch_latency.count);
	jadd_u64(obj, "test_runs", m->events[EV_TRIGGER]);
	add_batches(m, obj);
	add_channels(m, obj);
	add_fallbacks(m, obj);
	add_results(m, obj);
	add_phases(m, obj);
	arr = jadd_arr(obj, "slowest");
	for (i = 0; i < m->nr_slowest; i++)
		add_slow(arr, &m->slowest[i]);
	add_timeline(m, obj);
	add_balance(m, obj);
}
