// SPDX-License-Identifier: GPL-2.0-only
/**
 * DOC: Rates of the driver's statistics
 *
 * A sample has the object of parse_file() for each file in top_files, and "now_ns", the time of
 * reading. All numbers shown are computed here, from two samples only.
 *
 * A counter that has decreased was reset, or belongs to a driver that was loaded again. All
 * statistics are reset together, so in this case the second sample has all events since the
 * reset, and its values are those of the interval.
 */
#include <string.h>

#include <uapi/linux/dcbm.h>

#include "driver/hist.h"
#include "lib/jutil.h"
#include "lib/util.h"
#include "top/model.h"

#define NS_PER_S	1e9
#define PERCENT		100.0

const char *const top_files[] = {
	"batch_size", "batch_latency", "desc_latency", "channels", "fallbacks", NULL
};

/* Keys that are counters, by object. Rows are matched by the key @row. */
struct counters {
	const char *file;
	const char *rows;
	const char *row;
	const char *const *keys;
};

static const char *const hist_keys[] = { "count", "sum", NULL };
static const char *const size_keys[] = { "folios_sum", "bytes_sum", NULL };
static const char *const bin_keys[] = { "offloaded", "partial", "fallback", NULL };
static const char *const reason_keys[] = { "batches", "folios", "bytes", NULL };
static const char *const chan_keys[] = {
	"batches", "descriptors", "folios", "bytes", "busy_ns", "errors", "timeouts",
	"inflight_max", NULL
};

static const struct counters counters[] = {
	{ "batch_size", NULL, NULL, size_keys },
	{ "batch_size", "folios", "from", bin_keys },
	{ "batch_size", "bytes", "from", bin_keys },
	{ "batch_latency", NULL, NULL, hist_keys },
	{ "desc_latency", NULL, NULL, hist_keys },
	{ "channels", "channels", "channel", chan_keys },
	{ "fallbacks", "reasons", "reason", reason_keys },
};

/* Finds the same row in the previous sample. Another provider may have the name now. */
static struct json_object *same_row(struct json_object *rows, const char *key,
				    struct json_object *row)
{
	struct json_object *old = jfind(rows, key, jstr(row, key));

	return strcmp(jstr(old, "provider"), jstr(row, "provider")) ? NULL : old;
}

static bool less(struct json_object *before, struct json_object *after, const char *const *key)
{
	for (; *key; key++)
		if (ju64(after, *key) < ju64(before, *key))
			return true;
	return false;
}

static bool went_back(struct json_object *before, struct json_object *after)
{
	size_t i, j;

	for (i = 0; i < ARRAY_SIZE(counters); i++) {
		const struct counters *c = &counters[i];
		struct json_object *old = jget(before, c->file), *new = jget(after, c->file);

		if (!c->rows && less(old, new, c->keys))
			return true;
		if (!c->rows)
			continue;
		old = jget(old, c->rows);
		new = jget(new, c->rows);
		for (j = 0; j < jlen(new); j++)
			if (less(same_row(old, c->row, jat(new, j)), jat(new, j), c->keys))
				return true;
	}
	return false;
}

static uint64_t added(struct json_object *before, struct json_object *after, const char *key)
{
	return ju64(after, key) - ju64(before, key);
}

static double per_s(uint64_t count, uint64_t ns)
{
	return ns ? (double)count * NS_PER_S / (double)ns : 0.0;
}

/* A quotient, or null if the divisor is 0 */
static void jadd_ratio(struct json_object *obj, const char *key, double part, double whole,
		       int digits)
{
	if (whole > 0)
		jadd_dec(obj, key, part / whole, digits);
	else
		jadd_str(obj, key, NULL);
}

static void add_bins(struct json_object *to, const char *unit, struct json_object *before,
		     struct json_object *after)
{
	struct json_object *interval = jadd_arr(to, unit);
	struct json_object *bins = jget(after, unit);
	size_t i, k;

	/* Also bins without events in the interval, so that lines do not appear and disappear */
	for (i = 0; i < jlen(bins); i++) {
		struct json_object *bin = jat(bins, i), *obj = jpush_obj(interval);
		struct json_object *old = jfind(jget(before, unit), "from", jstr(bin, "from"));

		jadd_u64(obj, "from", ju64(bin, "from"));
		jadd_u64(obj, "to", ju64(bin, "to"));
		for (k = 0; k < HIST_OUTCOMES; k++)
			jadd_u64(obj, hist_outcome[k], added(old, bin, hist_outcome[k]));
	}
}

static uint64_t batches_of(struct json_object *bins)
{
	uint64_t sum = 0;
	size_t i;

	for (i = 0; i < jlen(bins); i++)
		sum += hist_batches(jat(bins, i));
	return sum;
}

static uint64_t sum_of(struct json_object *rows, const char *key)
{
	uint64_t sum = 0;
	size_t i;

	for (i = 0; i < jlen(rows); i++)
		sum += ju64(jat(rows, i), key);
	return sum;
}

/* Adds a channel without its share, which needs the sum of all channels. */
static void add_channel(struct json_object *rows, struct json_object *old,
			struct json_object *new, uint64_t ns)
{
	static const char *const same[] = { "channel", "provider", "node", "backend", "state" };
	struct json_object *obj = jpush_obj(rows);
	double busy = PERCENT * (double)added(old, new, "busy_ns") / (double)(ns ?: 1);
	size_t i;

	for (i = 0; i < ARRAY_SIZE(same); i++)
		jadd(obj, same[i], json_object_get(jget(new, same[i])));
	for (i = 0; chan_keys[i]; i++)
		jadd(obj, chan_keys[i], json_object_get(jget(new, chan_keys[i])));
	jadd_u64(obj, "bytes_added", added(old, new, "bytes"));
	jadd_u64(obj, "descriptors_added", added(old, new, "descriptors"));
	jadd_u64(obj, "errors_added", added(old, new, "errors"));
	jadd_u64(obj, "timeouts_added", added(old, new, "timeouts"));
	jadd_dec(obj, "bytes_per_s", per_s(added(old, new, "bytes"), ns), 0);
	jadd_dec(obj, "descriptors_per_s", per_s(added(old, new, "descriptors"), ns), 1);
	/* The driver adds the time at the end of a descriptor, so more than 100 % is possible. */
	jadd_dec(obj, "busy_percent", busy > PERCENT ? PERCENT : busy, 1);
}

static void add_channels(struct json_object *to, struct json_object *before,
			 struct json_object *after, uint64_t ns)
{
	struct json_object *old = jget(before, "channels"), *new = jget(after, "channels");
	struct json_object *rows = jadd_arr(to, "channels");
	uint64_t sum, most = 0, nr = 0;
	size_t i;

	for (i = 0; i < jlen(new); i++)
		add_channel(rows, same_row(old, "channel", jat(new, i)), jat(new, i), ns);
	sum = sum_of(rows, "bytes_added");
	for (i = 0; i < jlen(rows); i++) {
		struct json_object *row = jat(rows, i);
		uint64_t bytes = ju64(row, "bytes_added");

		jadd_ratio(row, "share", PERCENT * (double)bytes, (double)sum, 2);
		most = bytes > most ? bytes : most;
		nr += bytes || !strcmp(jstr(row, "state"), "ready");
	}
	jadd_u64(to, "count", ju64(after, "count"));
	/* The driver's definition of imbalance, over the interval */
	jadd_ratio(to, "imbalance", (double)most * (double)nr, (double)sum, 3);
}

static void add_fallbacks(struct json_object *to, struct json_object *before,
			  struct json_object *after, uint64_t ns, uint64_t now_ns)
{
	struct json_object *old = jget(before, "reasons"), *new = jget(after, "reasons");
	struct json_object *rows = jadd_arr(to, "fallbacks");
	char key[32];
	size_t i, k;

	for (i = 0; i < jlen(new); i++) {
		struct json_object *row = jat(new, i), *obj = jpush_obj(rows);
		struct json_object *prev = same_row(old, "reason", row);
		uint64_t last_ns = ju64(row, "last_ns");

		jadd_str(obj, "reason", jstr(row, "reason"));
		for (k = 0; reason_keys[k]; k++) {
			jadd_u64(obj, reason_keys[k], ju64(row, reason_keys[k]));
			snprintf(key, sizeof(key), "%s_added", reason_keys[k]);
			jadd_u64(obj, key, added(prev, row, reason_keys[k]));
			snprintf(key, sizeof(key), "%s_per_s", reason_keys[k]);
			jadd_dec(obj, key, per_s(added(prev, row, reason_keys[k]), ns), 1);
		}
		jadd_int(obj, "last_errno", jint(row, "last_errno"));
		jadd_u64(obj, "ago_ns", last_ns && last_ns < now_ns ? now_ns - last_ns : 0);
	}
}

static void add_mean(struct json_object *to, const char *key, struct json_object *before,
		     struct json_object *after)
{
	jadd_ratio(to, key, (double)added(before, after, "sum"),
		   (double)added(before, after, "count"), 0);
}

/* Bytes by DMA and by CPU, in the interval (@suffix "_added") or since the reset ("") */
static void add_ways(struct json_object *to, struct json_object *result, const char *suffix)
{
	struct json_object *chans = jget(result, "channels");
	uint64_t by_dma, by_cpu;
	char key[32];

	snprintf(key, sizeof(key), "bytes%s", suffix);
	by_dma = sum_of(chans, key);
	by_cpu = sum_of(jget(result, "fallbacks"), key);
	jadd_u64(to, "by_dma", by_dma);
	jadd_u64(to, "by_cpu", by_cpu);
	jadd_ratio(to, "by_dma_percent", PERCENT * (double)by_dma, (double)by_dma + (double)by_cpu,
		   1);
	snprintf(key, sizeof(key), "descriptors%s", suffix);
	jadd_u64(to, "descriptors", sum_of(chans, key));
	snprintf(key, sizeof(key), "errors%s", suffix);
	jadd_u64(to, "errors", sum_of(chans, key));
	snprintf(key, sizeof(key), "timeouts%s", suffix);
	jadd_u64(to, "timeouts", sum_of(chans, key));
}

static void add_sums(struct json_object *to, struct json_object *result, const char *key,
		     const char *suffix, struct json_object *before, struct json_object *after)
{
	struct json_object *sums = jadd_obj(to, key), *sizes = jget(after, "batch_size");
	struct json_object *old = jget(before, "batch_size");

	jadd_u64(sums, "batches", batches_of(jget(sizes, "folios")) -
		 batches_of(jget(old, "folios")));
	jadd_u64(sums, "folios", added(old, sizes, "folios_sum"));
	jadd_u64(sums, "bytes", added(old, sizes, "bytes_sum"));
	add_ways(sums, result, suffix);
	add_mean(sums, "batch_ns", jget(before, "batch_latency"), jget(after, "batch_latency"));
	add_mean(sums, "desc_ns", jget(before, "desc_latency"), jget(after, "desc_latency"));
}

static void add_per_s(struct json_object *to, struct json_object *interval, uint64_t ns)
{
	static const char *const keys[] = {
		"batches", "folios", "bytes", "descriptors", "errors", "timeouts"
	};
	struct json_object *rates = jadd_obj(to, "per_s");
	size_t i;

	for (i = 0; i < ARRAY_SIZE(keys); i++)
		jadd_dec(rates, keys[i], per_s(ju64(interval, keys[i]), ns), 1);
}

/**
 * top_rates() - compute the rates between two samples
 * @before: first sample, NULL for totals only
 * @after: second sample
 *
 * Return: An object to be put, with the keys that dcbm-top(1) lists.
 */
struct json_object *top_rates(struct json_object *before, struct json_object *after)
{
	struct json_object *result = json_object_new_object();
	uint64_t ns = before ? ju64(after, "now_ns") - ju64(before, "now_ns") : 0;
	bool reset = before && went_back(before, after);
	struct json_object *sizes, *base = reset ? NULL : before ?: after;

	jadd_u64(result, "interval_ns", ns);
	jadd_bool(result, "reset", reset);
	add_channels(result, jget(base, "channels"), jget(after, "channels"), ns);
	add_fallbacks(result, jget(base, "fallbacks"), jget(after, "fallbacks"), ns,
		      ju64(after, "now_ns"));
	sizes = jadd_obj(result, "sizes");
	add_bins(sizes, "folios", jget(base, "batch_size"), jget(after, "batch_size"));
	add_bins(sizes, "bytes", jget(base, "batch_size"), jget(after, "batch_size"));
	jadd(result, "sizes_total", json_object_get(jget(after, "batch_size")));
	add_sums(result, result, "interval", "_added", base, after);
	add_sums(result, result, "total", "", NULL, after);
	add_per_s(result, jget(result, "interval"), ns);
	return result;
}
