// SPDX-License-Identifier: GPL-2.0-only
/* Statistics of a recording: histograms and percentiles, order, time, lost events */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "fixture.h"
#include "lib/util.h"
#include "report/compare.h"
#include "report/json.h"
#include "report/model.h"

#define VALUES	5000u

static int by_value(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

/* A reproducible sequence of numbers over many powers of two */
static uint64_t next_number(uint64_t *state)
{
	*state = *state * 6364136223846793005ULL + 1442695040888963407ULL;
	return *state >> 20 >> (*state >> 59);
}

static void test_percentiles(void **state)
{
	static const unsigned int permille[] = { 1, 10, 500, 900, 990, 999, 1000 };
	struct hist *h = calloc(1, sizeof(*h));
	uint64_t value[VALUES], seed = 1;
	size_t i, nr;

	(void)state;
	assert_int_equal(hist_percentile(h, 500), 0);
	for (nr = 1; nr <= VALUES; nr++) {
		value[nr - 1] = next_number(&seed);
		hist_add(h, value[nr - 1]);
		if (nr > 12 && nr != 999 && nr != 1000 && nr != VALUES)
			continue;
		qsort(value, nr, sizeof(*value), by_value);
		for (i = 0; i < ARRAY_SIZE(permille); i++) {
			uint64_t rank = (nr * permille[i] + 999) / 1000;
			uint64_t exact = value[rank ? rank - 1 : 0];
			uint64_t found = hist_percentile(h, permille[i]);

			assert_true(found >= exact);
			assert_true((double)(found - exact) <= HIST_ERROR * (double)exact);
		}
		assert_int_equal(h->min, value[0]);
		assert_int_equal(h->max, value[nr - 1]);
	}
	free(h);
}

/* The driver's bins and finer ranges: each value is in the right range. */
static void test_ranges(void **state)
{
	static const uint64_t values[] = {
		0, 1, 2, 3, 1023, 1024, 2047, 2048, 2049, 4095, 4096, 1ULL << 45, (1ULL << 46) - 1,
		1ULL << 46, 1ULL << 63, UINT64_MAX,
	};
	struct hist *h = calloc(1, sizeof(*h));
	struct hist_range range;
	uint64_t in_bins = 0, in_ranges = 0, before = 0;
	unsigned int i, k, at = 0;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(values); i++)
		hist_add(h, values[i]);
	for (i = 0; i < DCBM_HIST_BINS; i++) {
		uint64_t want = 0;

		range = hist_bin(h, i);
		for (k = 0; k < ARRAY_SIZE(values); k++)
			want += values[k] >= range.from && values[k] <= range.to;
		assert_int_equal(range.count, want);
		in_bins += range.count;
	}
	assert_int_equal(in_bins, ARRAY_SIZE(values));
	while (hist_next(h, 3, &at, &range)) {
		uint64_t want = 0;

		assert_true(range.from >= before);
		before = range.to;
		for (k = 0; k < ARRAY_SIZE(values); k++)
			want += values[k] >= range.from && values[k] <= range.to;
		assert_int_equal(range.count, want);
		in_ranges += range.count;
	}
	assert_int_equal(in_ranges, ARRAY_SIZE(values));
	free(h);
}

/* The memory does not grow with the number of boxes, and no box is lost. */
static void test_timeline(void **state)
{
	struct timeline *tl = calloc(1, sizeof(*tl));
	uint64_t nr = 0, busy = 0, want = 0;
	uint32_t i;

	(void)state;
	for (i = 0; i < 10 * TIMELINE_BOXES; i++) {
		struct box box = {
			.begin = i * 1000ULL, .end = i * 1000ULL + 900, .busy = 900,
			.track = (uint16_t)(i % 5),
			.lane = (uint16_t)(i / 5 % TIMELINE_LANES),
		};

		box.nr[i % 7 ? 0 : 1] = 1;
		timeline_add(tl, &box);
		want += box.busy;
		if (i + 1 == TIMELINE_BOXES)
			assert_int_equal(tl->shift, 0);
	}
	assert_true(tl->nr <= TIMELINE_BOXES);
	assert_true(tl->nr > TIMELINE_BOXES / 8);
	assert_int_equal(tl->added, 10 * TIMELINE_BOXES);
	for (i = 0; i < tl->nr; i++) {
		nr += tl->box[i].nr[0] + tl->box[i].nr[1];
		busy += tl->box[i].busy;
		assert_true(tl->box[i].begin < tl->box[i].end);
	}
	assert_int_equal(nr, 10 * TIMELINE_BOXES);
	assert_int_equal(busy, want);
	free(tl);
}

/* Boxes in an invalid order do not cause a crash. */
static void test_timeline_odd(void **state)
{
	struct timeline *tl = calloc(1, sizeof(*tl));
	uint64_t seed = 3;
	uint32_t i;

	(void)state;
	for (i = 0; i < 4 * TIMELINE_BOXES; i++) {
		uint64_t begin = i % 2 ? UINT64_MAX - i : next_number(&seed) >> 8;
		struct box box = {
			.begin = begin, .end = begin, .nr[0] = 1,
			.lane = TIMELINE_LANES - 1,
		};

		timeline_add(tl, &box);
		assert_true(tl->nr <= TIMELINE_BOXES);
	}
	free(tl);
}

static void feed(struct report_model *m, struct report_event ev)
{
	assert_int_equal(model_event(m, &ev), 0);
}

static void submit(struct report_model *m, uint64_t ts, uint64_t batch, uint64_t chan,
		   uint64_t desc)
{
	const struct report_event ev = {
		.kind = EV_DESC_SUBMIT, .ts = ts, .batch = batch, .chan_id = chan, .desc = desc,
		.segs = 2, .inflight = desc, .backend = DCBM_BE_MEMCPY_SG,
	};

	feed(m, ev);
}

static void complete(struct report_model *m, uint64_t ts, uint64_t batch, uint64_t chan,
		     uint64_t desc, enum dcbm_result result)
{
	const struct report_event ev = {
		.kind = EV_DESC_COMPLETE, .ts = ts, .batch = batch, .chan_id = chan, .desc = desc,
		.result = result, .bytes = 4096, .folios = 1, .ns = 50, .busy_ns = 40,
	};

	feed(m, ev);
}

static void end(struct report_model *m, uint64_t ts, uint64_t batch, uint64_t ns)
{
	const struct report_event ev = {
		.kind = EV_BATCH_END, .ts = ts, .batch = batch, .folios = 2, .bytes = 8192,
		.outcome = DCBM_PARTIAL, .ns = ns, .comm = "task",
	};

	feed(m, ev);
}

static void start(struct report_model *m, uint64_t ts, uint64_t batch)
{
	feed(m, (struct report_event) { .kind = EV_BATCH_START, .ts = ts, .batch = batch });
}

/* 2 and 3 end before 1, so each overtakes 1; 1 overtakes no descriptor. */
static void test_order(void **state)
{
	struct report_model *m = model_new();

	(void)state;
	start(m, 1000, 7);
	submit(m, 1010, 7, 0, 1);
	submit(m, 1020, 7, 0, 2);
	submit(m, 1030, 7, 0, 3);
	submit(m, 1040, 7, 1, 1);
	complete(m, 1100, 7, 0, 3, DCBM_RES_OK);
	complete(m, 1110, 7, 0, 2, DCBM_RES_READ);
	complete(m, 1120, 7, 0, 1, DCBM_RES_OK);
	complete(m, 1130, 7, 1, 1, DCBM_RES_OK);
	end(m, 1200, 7, 200);
	model_end(m);
	assert_true(model_complete(m));
	assert_int_equal(m->nr_chan, 2);
	assert_int_equal(m->chan[0]->disordered, 2);
	assert_int_equal(m->chan[0]->overtaken, 3);
	assert_int_equal(m->chan[1]->disordered, 0);
	assert_int_equal(m->chan[0]->bytes, 8192);
	assert_int_equal(m->chan[0]->errors, 1);
	assert_int_equal(m->chan[0]->batches, 1);
	assert_int_equal(m->chan[0]->inflight_max, 3);
	assert_int_equal(m->desc_latency.count, 4);
	/* From the first submission to the last completion, without a gap */
	assert_int_equal(m->engine.sum, 120);
	assert_int_equal(m->slowest[0].nr_used, 2);
	assert_int_equal(m->slowest[0].descs, 4);
	model_free(m);
}

/* A terminated descriptor has overtaken no other and has no latency. */
static void test_given_up(void **state)
{
	struct report_model *m = model_new();

	(void)state;
	submit(m, 1010, 7, 0, 1);
	submit(m, 1020, 7, 0, 2);
	complete(m, 1100, 7, 0, 2, DCBM_RES_TERMINATED);
	complete(m, 1100, 7, 0, 1, DCBM_RES_LOST);
	assert_int_equal(m->chan[0]->disordered, 0);
	assert_int_equal(m->chan[0]->timeouts, 2);
	assert_int_equal(m->chan[0]->errors, 0);
	assert_int_equal(m->chan[0]->busy_ns, 80);
	assert_int_equal(m->desc_latency.count, 0);
	model_free(m);
}

/* Time with a descriptor in flight: two periods with a gap */
static void test_engine(void **state)
{
	struct report_model *m = model_new();

	(void)state;
	start(m, 100, 1);
	submit(m, 110, 1, 0, 1);
	submit(m, 120, 1, 1, 1);
	complete(m, 130, 1, 0, 1, DCBM_RES_OK);
	complete(m, 150, 1, 1, 1, DCBM_RES_OK);
	submit(m, 200, 1, 0, 2);
	complete(m, 205, 1, 0, 2, DCBM_RES_OK);
	end(m, 300, 1, 200);
	assert_int_equal(m->engine.sum, 45);
	/* A batch without descriptors is not counted, also not as a time of 0. */
	start(m, 400, 2);
	end(m, 410, 2, 10);
	assert_int_equal(m->engine.count, 1);
	assert_int_equal(m->batch_latency.count, 2);
	model_free(m);
}

/* After lost events a descriptor that may have ended is not overtaken. */
static void test_lost(void **state)
{
	struct report_model *m = model_new();

	(void)state;
	start(m, 100, 1);
	submit(m, 110, 1, 0, 1);
	model_lost(m, 2, 150, 30);
	submit(m, 160, 2, 0, 9);
	complete(m, 170, 2, 0, 9, DCBM_RES_OK);
	complete(m, 180, 3, 0, 4, DCBM_RES_OK);
	end(m, 190, 3, 60);
	model_lost(m, 0, 200, 0);
	model_end(m);
	assert_false(model_complete(m));
	assert_int_equal(m->lost, 30);
	assert_int_equal(m->losses, 2);
	assert_int_equal(m->lost_uncounted, 1);
	assert_int_equal(m->loss[0].cpu, 2);
	assert_int_equal(m->chan[0]->disordered, 0);
	assert_int_equal(m->unsubmitted, 1);
	assert_int_equal(m->unfinished, 1);
	assert_int_equal(m->unstarted_batches, 1);
	assert_int_equal(m->unfinished_batches, 2);
	model_free(m);
}

/* Descriptors and batches without an end are dropped at a limit, and counted. */
static void test_bounded(void **state)
{
	struct report_model *m = model_new();
	unsigned int i;

	(void)state;
	for (i = 0; i < 3 * REPORT_OPEN_DESCS; i++)
		submit(m, 100 + i, i, 0, i);
	model_end(m);
	assert_true(m->chan[0]->nr_open <= REPORT_OPEN_DESCS);
	assert_true(m->nr_open <= REPORT_OPEN_BATCHES);
	assert_int_equal(m->unfinished, 3 * REPORT_OPEN_DESCS);
	assert_int_equal(m->unfinished_batches, 3 * REPORT_OPEN_DESCS);
	model_free(m);
}

/* Numbers of a later driver or a damaged file are not used as an index. */
static void test_unknown(void **state)
{
	struct report_model *m = model_new();
	unsigned int i;

	(void)state;
	feed(m, (struct report_event) { .kind = EV_BATCH_END, .outcome = DCBM_NR_OUTCOMES });
	feed(m, (struct report_event) { .kind = EV_DESC_SUBMIT, .backend = DCBM_NR_BACKENDS });
	feed(m, (struct report_event) { .kind = EV_DESC_COMPLETE, .result = UINT64_MAX });
	feed(m, (struct report_event) { .kind = EV_FALLBACK, .reason = DCBM_NR_REASONS });
	feed(m, (struct report_event) { .kind = EV_CHAN_ACQUIRE, .state = DCBM_NR_CHAN_STATES });
	assert_int_equal(m->unknown, 5);
	for (i = 0; i < REPORT_CHANNELS + 3; i++)
		submit(m, 10, 1, i, 1);
	assert_int_equal(m->nr_chan, REPORT_CHANNELS);
	assert_int_equal(m->unknown, 8);
	/* A timestamp before the previous one is replaced by the previous one. */
	submit(m, 5, 1, 0, 2);
	assert_int_equal(m->last_ts, 10);
	assert_false(model_complete(m));
	model_free(m);
}

static void test_slowest(void **state)
{
	struct report_model *m = model_new();
	uint64_t i;

	(void)state;
	for (i = 0; i < 100; i++) {
		start(m, 1000 * i, i);
		end(m, 1000 * i + 500, i, (i * 37) % 100);
	}
	assert_int_equal(m->nr_slowest, REPORT_SLOWEST);
	for (i = 0; i < REPORT_SLOWEST; i++)
		assert_int_equal(m->slowest[i].ns, 99 - i);
	model_free(m);
}

/* The sums over time are all bytes, however often the steps were doubled. */
static void test_balance(void **state)
{
	const struct report_event left = {
		.kind = EV_FALLBACK, .ts = 1ULL << 62, .bytes = 77, .reason = DCBM_FB_BUSY,
		.error = -EBUSY,
	};
	struct report_model *m = model_new();
	uint64_t sum = 0;
	unsigned int i;

	(void)state;
	for (i = 0; i < 1000; i++) {
		submit(m, 1000000ULL * i, 1, 0, i);
		complete(m, 1000000ULL * i + 10, 1, 0, i, DCBM_RES_OK);
	}
	feed(m, left);
	for (i = 0; i < SERIES_STEPS; i++)
		sum += m->chan[0]->moved.sum[i];
	assert_int_equal(sum, 1000 * 4096);
	/* One second is shorter than a step at the end. */
	assert_int_equal(m->chan[0]->moved.sum[0], sum);
	assert_int_equal(m->by_cpu.sum[steps_at(&m->steps, 1ULL << 62)], 77);
	assert_int_equal(m->fallbacks[DCBM_FB_BUSY].last_errno, -EBUSY);
	model_free(m);
}

static struct json_object *report_of(uint64_t ns)
{
	const struct report_event phases = {
		.kind = EV_BATCH_PHASES, .ts = 1020, .batch = 1, .phase = { 1, 2, 3, 4, 5, 6 },
	};
	struct json_object *obj = json_object_new_object();
	struct report_model *m = model_new();

	start(m, 1000, 1);
	submit(m, 1010, 1, 0, 1);
	feed(m, phases);
	complete(m, 1030, 1, 0, 1, DCBM_RES_OK);
	end(m, 1040, 1, ns);
	model_end(m);
	report_json(m, obj);
	model_free(m);
	return obj;
}

static void test_json(void **state)
{
	struct json_object *obj = report_of(40), *row;

	(void)state;
	fixture_keys(obj);
	assert_true(jbool(obj, "complete"));
	assert_int_equal(ju64(jget(obj, "batch_latency"), "sum"), 40);
	assert_int_equal(jlen(jget(obj, "phases")), NR_PHASES);
	assert_string_equal(jstr(jat(jget(obj, "phases"), 5), "phase"), "unmap");
	assert_int_equal(ju64(jat(jget(obj, "phases"), 5), "sum"), 6);
	row = jat(jget(jget(obj, "channels"), "channels"), 0);
	assert_string_equal(jstr(row, "channel"), "dma0chan0");
	assert_null(jget(row, "provider"));
	assert_null(jget(row, "state"));
	assert_string_equal(jstr(row, "backend"), "memcpy_sg");
	/* The channel counts as held, as its release is not in the recording. */
	assert_int_equal(ju64(jget(obj, "channels"), "count"), 1);
	json_object_put(obj);
}

static void test_compare(void **state)
{
	struct json_object *a = report_of(40), *b = report_of(60), *result, *row;

	(void)state;
	result = json_object_new_object();
	report_compare(a, b, result);
	fixture_keys(result);
	row = jfind(jget(result, "rows"), "metric", "batch_latency.sum");
	assert_int_equal(jint(row, "difference"), 20);
	assert_string_equal(jstr(row, "percent"), "50.0");
	row = jfind(jget(result, "rows"), "metric", "dma0chan0.bytes");
	assert_int_equal(jint(row, "difference"), 0);
	assert_null(jfind(jget(result, "rows"), "metric", "dma0chan0.errors"));
	json_object_put(result);
	json_object_put(a);
	json_object_put(b);
}

int main(void)
{
	const struct test_entry tests[] = {
		cmocka_unit_test(test_percentiles),
		cmocka_unit_test(test_ranges),
		cmocka_unit_test(test_timeline),
		cmocka_unit_test(test_timeline_odd),
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_given_up),
		cmocka_unit_test(test_engine),
		cmocka_unit_test(test_lost),
		cmocka_unit_test(test_bounded),
		cmocka_unit_test(test_unknown),
		cmocka_unit_test(test_slowest),
		cmocka_unit_test(test_balance),
		cmocka_unit_test(test_json),
		cmocka_unit_test(test_compare),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
