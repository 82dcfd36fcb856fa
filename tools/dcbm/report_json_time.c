// SPDX-License-Identifier: GPL-2.0-only
/*
 * What happened when, as an object, see report_json.h.
 */
#include <stdio.h>

#include "jutil.h"
#include "report_json.h"
#include "report_model.h"

static void push(struct json_object *arr, uint64_t value)
{
	json_object_array_add(arr, json_object_new_uint64(value));
}

static const char *chan_name(char *buf, size_t len, const struct report_chan *c)
{
	snprintf(buf, len, "dma%lluchan%llu", (unsigned long long)c->dev_id,
		 (unsigned long long)c->chan_id);
	return buf;
}

/* The name, and how many lanes it needs. */
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

/* Plain arrays: there are thousands of them. */
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

/**
 * report_json_time() - what happened when
 * @m: model that has ended
 * @obj: gets the keys timeline and balance
 */
void report_json_time(const struct report_model *m, struct json_object *obj)
{
	add_timeline(m, obj);
	add_balance(m, obj);
}
