// SPDX-License-Identifier: GPL-2.0-only
/* Rates from two samples */
#include <string.h>

#include "driver/parse.h"
#include "fixture.h"
#include "lib/util.h"
#include "top/model.h"

#define NS_PER_S	1000000000UL

/* Values of a sample; the others are 0. */
struct state {
	uint64_t now_ns;
	uint64_t offloaded;
	uint64_t fallback;
	uint64_t latency;
	uint64_t bytes[2];
	uint64_t busy_ns[2];
	uint64_t errors;
	uint64_t in_flight;
	uint64_t small;
	const char *provider;
};

static void add_file(struct json_object *sample, const char *file, const char *text)
{
	struct parse_error err;
	struct json_object *obj = parse_file(file, text, strlen(text), &err);

	if (!obj)
		fail_msg("%s:%u: %s", file, err.line, err.text);
	jadd(sample, file, obj);
}

static void add_hist(struct json_object *sample, const char *file, uint64_t count, uint64_t sum)
{
	char text[256];

	snprintf(text, sizeof(text),
		 "# dcbm %s v1\nunit ns\ncount %lu\nsum %lu\nmin 1\nmax 9\n# from to count\n",
		 file, count, sum);
	add_file(sample, file, text);
}

static struct json_object *sample_of(const struct state *s)
{
	struct json_object *sample = json_object_new_object();
	const char *provider = s->provider ?: "simdma.0";
	char text[1024];

	snprintf(text, sizeof(text),
		 "# dcbm batch_size v1\nfolios 4 7 0 0 %lu\nfolios 512 1023 %lu 0 0\n"
		 "bytes 16384 32767 0 0 %lu\nbytes 2097152 4194303 %lu 0 0\n"
		 "folios_sum %lu\nbytes_sum %lu\n",
		 s->fallback, s->offloaded, s->fallback, s->offloaded,
		 s->offloaded * 512 + s->fallback * 7,
		 (s->offloaded * 512 + s->fallback * 7) * 4096);
	add_file(sample, "batch_size", text);
	add_hist(sample, "batch_latency", s->offloaded, s->latency);
	add_hist(sample, "desc_latency", 0, 0);
	snprintf(text, sizeof(text),
		 "# dcbm channels v1\n"
		 "dma0chan0 simdma.0 0 memcpy_sg ready 1 %lu 1 %lu 50.00 %lu %lu 0 %lu\n"
		 "dma0chan1 %s 0 memcpy_sg released 1 %lu 1 %lu 50.00 %lu 0 0 4\n"
		 "channels 2\nimbalance 1.000\n",
		 s->bytes[0] / 4096, s->bytes[0], s->busy_ns[0], s->errors, s->in_flight, provider,
		 s->bytes[1] / 4096, s->bytes[1], s->busy_ns[1]);
	add_file(sample, "channels", text);
	snprintf(text, sizeof(text),
		 "# dcbm fallbacks v1\nsmall %lu %lu %lu -11 %lu\nbusy 0 0 0 0 0\n",
		 s->small, s->small * 7, s->small * 7 * 4096, s->small ? 5 * NS_PER_S : 0);
	add_file(sample, "fallbacks", text);
	jadd_u64(sample, "now_ns", s->now_ns);
	return sample;
}

static struct json_object *rates(const struct state *before, const struct state *after)
{
	struct json_object *a = before ? sample_of(before) : NULL, *b = sample_of(after);
	struct json_object *result = top_rates(a, b);

	json_object_put(a);
	json_object_put(b);
	return result;
}

static struct json_object *chan(struct json_object *result, size_t i)
{
	return jat(jget(result, "channels"), i);
}

static const struct state start = {
	.now_ns = 7 * NS_PER_S, .offloaded = 10, .fallback = 3, .latency = 4000,
	.bytes = { 1000 * 4096, 500 * 4096 }, .busy_ns = { NS_PER_S, 0 }, .errors = 2, .small = 3,
};

/* Two seconds later */
static const struct state later = {
	.now_ns = 9 * NS_PER_S, .offloaded = 30, .fallback = 5, .latency = 14000,
	.bytes = { 1300 * 4096, 600 * 4096 }, .busy_ns = { 2 * NS_PER_S, 5 * NS_PER_S },
	.errors = 3, .small = 5,
};

static void test_rates(void **state)
{
	struct json_object *result = rates(&start, &later), *sums;

	(void)state;
	assert_int_equal(ju64(result, "interval_ns"), 2 * NS_PER_S);
	assert_false(jbool(result, "reset"));

	assert_string_equal(jstr(chan(result, 0), "bytes_per_s"), "614400");
	assert_int_equal(ju64(chan(result, 0), "bytes_added"), 300 * 4096);
	assert_int_equal(ju64(chan(result, 0), "bytes"), 1300 * 4096);
	assert_string_equal(jstr(chan(result, 0), "descriptors_per_s"), "150.0");
	assert_string_equal(jstr(chan(result, 0), "share"), "75.00");
	assert_string_equal(jstr(chan(result, 1), "share"), "25.00");
	assert_string_equal(jstr(chan(result, 0), "busy_percent"), "50.0");
	/* A descriptor that began long ago, and has ended */
	assert_string_equal(jstr(chan(result, 1), "busy_percent"), "100.0");
	assert_int_equal(ju64(chan(result, 0), "errors_added"), 1);
	assert_string_equal(jstr(result, "imbalance"), "1.500");

	sums = jget(result, "interval");
	assert_int_equal(ju64(sums, "batches"), 22);
	assert_int_equal(ju64(sums, "folios"), 20 * 512 + 2 * 7);
	assert_int_equal(ju64(sums, "bytes"), (20 * 512 + 2 * 7) * 4096);
	assert_int_equal(ju64(sums, "by_dma"), 400 * 4096);
	assert_int_equal(ju64(sums, "by_cpu"), 14 * 4096);
	assert_string_equal(jstr(sums, "by_dma_percent"), "96.6");
	assert_int_equal(ju64(sums, "descriptors"), 400);
	assert_string_equal(jstr(sums, "batch_ns"), "500");
	assert_null(jget(sums, "desc_ns"));
	assert_string_equal(jstr(jget(result, "per_s"), "batches"), "11.0");
	assert_string_equal(jstr(jget(result, "per_s"), "errors"), "0.5");

	sums = jget(result, "total");
	assert_int_equal(ju64(sums, "batches"), 35);
	assert_int_equal(ju64(sums, "by_dma"), 1900 * 4096);
	assert_int_equal(ju64(sums, "errors"), 3);
	json_object_put(result);
}

static void test_bins(void **state)
{
	struct json_object *result = rates(&start, &later);
	struct json_object *bins = jget(jget(result, "sizes"), "folios");

	(void)state;
	assert_int_equal(jlen(bins), 2);
	assert_int_equal(ju64(jat(bins, 0), "fallback"), 2);
	assert_int_equal(ju64(jat(bins, 1), "from"), 512);
	assert_int_equal(ju64(jat(bins, 1), "offloaded"), 20);
	bins = jget(jget(result, "sizes_total"), "bytes");
	assert_int_equal(ju64(jat(bins, 1), "offloaded"), 30);
	json_object_put(result);

	/* Bins without events in the interval are shown, so that lines keep their place. */
	result = rates(&later, &later);
	bins = jget(jget(result, "sizes"), "folios");
	assert_int_equal(jlen(bins), 2);
	assert_int_equal(ju64(jat(bins, 1), "offloaded"), 0);
	json_object_put(result);
}

static void test_fallbacks(void **state)
{
	struct json_object *result = rates(&start, &later);
	struct json_object *row = jat(jget(result, "fallbacks"), 0);

	(void)state;
	assert_string_equal(jstr(row, "reason"), "small");
	assert_int_equal(ju64(row, "batches"), 5);
	assert_int_equal(ju64(row, "folios_added"), 14);
	assert_string_equal(jstr(row, "folios_per_s"), "7.0");
	assert_int_equal(jint(row, "last_errno"), -11);
	assert_int_equal(ju64(row, "ago_ns"), 4 * NS_PER_S);
	assert_int_equal(ju64(jat(jget(result, "fallbacks"), 1), "ago_ns"), 0);
	json_object_put(result);
}

static void test_nothing(void **state)
{
	struct json_object *result = rates(NULL, &start);

	(void)state;
	/* No previous sample: totals, but no rates */
	assert_int_equal(ju64(result, "interval_ns"), 0);
	assert_int_equal(ju64(jget(result, "total"), "batches"), 13);
	assert_int_equal(ju64(jget(result, "interval"), "batches"), 0);
	assert_string_equal(jstr(chan(result, 0), "busy_percent"), "0.0");
	assert_string_equal(jstr(chan(result, 0), "bytes_per_s"), "0");
	assert_null(jget(chan(result, 0), "share"));
	assert_null(jget(result, "imbalance"));
	assert_null(jget(jget(result, "interval"), "by_dma_percent"));
	json_object_put(result);

	/* Two samples at the same time */
	result = rates(&start, &start);
	assert_string_equal(jstr(chan(result, 0), "bytes_per_s"), "0");
	assert_string_equal(jstr(chan(result, 0), "busy_percent"), "0.0");
	json_object_put(result);
}

/* If a counter has decreased, the second sample has all events since the reset. */
static void test_reset(void **state)
{
	static const struct {
		const char *what;
		size_t offset;
	} fields[] = {
		{ "offloaded", offsetof(struct state, offloaded) },
		{ "fallback", offsetof(struct state, fallback) },
		{ "latency", offsetof(struct state, latency) },
		{ "bytes", offsetof(struct state, bytes[1]) },
		{ "busy_ns", offsetof(struct state, busy_ns[0]) },
		{ "in_flight", offsetof(struct state, in_flight) },
		{ "errors", offsetof(struct state, errors) },
		{ "small", offsetof(struct state, small) },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(fields); i++) {
		struct state before = later, after = later;
		struct json_object *result;

		after.now_ns += NS_PER_S;
		*(uint64_t *)((char *)&before + fields[i].offset) += 4096;
		result = rates(&before, &after);
		if (!jbool(result, "reset"))
			fail_msg("that %s went back was not seen", fields[i].what);
		assert_int_equal(ju64(jget(result, "interval"), "batches"), 35);
		assert_int_equal(ju64(chan(result, 0), "bytes_added"), 1300 * 4096);
		json_object_put(result);
	}
}

/* A new channel with the name of a channel that is gone starts at 0, which is no reset. */
static void test_new_channel(void **state)
{
	struct state after = later;
	struct json_object *result;

	(void)state;
	after.provider = "ptdma";
	after.bytes[1] = 100 * 4096;
	result = rates(&start, &after);
	assert_false(jbool(result, "reset"));
	assert_int_equal(ju64(chan(result, 1), "bytes_added"), 100 * 4096);
	assert_int_equal(ju64(chan(result, 0), "bytes_added"), 300 * 4096);
	json_object_put(result);
}

int main(void)
{
	const struct test_entry tests[] = {
		cmocka_unit_test(test_rates),
		cmocka_unit_test(test_bins),
		cmocka_unit_test(test_fallbacks),
		cmocka_unit_test(test_nothing),
		cmocka_unit_test(test_reset),
		cmocka_unit_test(test_new_channel),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
