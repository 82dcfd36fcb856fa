// SPDX-License-Identifier: GPL-2.0-only
/* Comparison of two reports */
#include <stdio.h>
#include <string.h>

#include "lib/jutil.h"
#include "lib/term.h"
#include "lib/util.h"
#include "report/compare.h"

/* Numbers to compare: path in the report, and unit */
static const struct {
	const char *path;
	const char *unit;
} metrics[] = {
	{ "duration_ns", "ns" },
	{ "events", "" },
	{ "lost_events", "" },
	{ "batches", "" },
	{ "outcomes.offloaded", "" },
	{ "outcomes.partial", "" },
	{ "outcomes.fallback", "" },
	{ "batch_size.folios_sum", "" },
	{ "batch_size.bytes_sum", "bytes" },
	{ "batch_latency.sum", "ns" },
	{ "batch_latency.p50", "ns" },
	{ "batch_latency.p90", "ns" },
	{ "batch_latency.p99", "ns" },
	{ "batch_latency.p99_9", "ns" },
	{ "batch_latency.max", "ns" },
	{ "desc_latency.count", "" },
	{ "desc_latency.sum", "ns" },
	{ "desc_latency.p50", "ns" },
	{ "desc_latency.p90", "ns" },
	{ "desc_latency.p99", "ns" },
	{ "desc_latency.p99_9", "ns" },
	{ "desc_latency.max", "ns" },
	{ "desc_segments.sum", "" },
	{ "out_of_order", "" },
	{ "overtaken", "" },
};

/* Arrays whose rows are matched by name */
static const struct {
	const char *path;
	const char *name;
	const char *value;
	const char *unit;
} tables[] = {
	{ "channels.channels", "channel", "bytes", "bytes" },
	{ "channels.channels", "channel", "errors", "" },
	{ "channels.channels", "channel", "timeouts", "" },
	{ "fallbacks.reasons", "reason", "folios", "" },
	{ "phases", "phase", "sum", "ns" },
	{ "engine", "phase", "sum", "ns" },
};

static struct json_object *follow(struct json_object *obj, const char *path)
{
	char key[64];

	while (*path) {
		size_t len = strcspn(path, ".");

		snprintf(key, sizeof(key), "%.*s", (int)len, path);
		obj = jget(obj, key);
		path += len + (path[len] == '.');
	}
	return obj;
}

static void add_row(struct json_object *rows, const char *metric, const char *unit, uint64_t a,
		    uint64_t b)
{
	struct json_object *row = jpush_obj(rows);

	jadd_str(row, "metric", metric);
	jadd_str(row, "unit", unit);
	jadd_u64(row, "a", a);
	jadd_u64(row, "b", b);
	jadd_int(row, "difference", (int64_t)(b - a));
	jadd(row, "percent", NULL);
	if (a)
		jadd_dec(row, "percent", 100.0 * ((double)b - (double)a) / (double)a, 1);
}

static void add_named(struct json_object *rows, size_t table, const char *name,
		      struct json_object *in_a, struct json_object *in_b)
{
	uint64_t a = ju64(in_a, tables[table].value), b = ju64(in_b, tables[table].value);
	char metric[128];

	if (!a && !b)
		return;
	snprintf(metric, sizeof(metric), "%s.%s", name, tables[table].value);
	add_row(rows, metric, tables[table].unit, a, b);
}

/* Adds the rows of @a with their counterparts in @b, then the rows that only @b has. */
static void add_table(struct json_object *rows, size_t table, struct json_object *a,
		      struct json_object *b)
{
	const char *key = tables[table].name, *name;
	size_t i;

	for (i = 0; i < jlen(a); i++) {
		name = jstr(jat(a, i), key);
		add_named(rows, table, name, jat(a, i), jfind(b, key, name));
	}
	for (i = 0; i < jlen(b); i++) {
		name = jstr(jat(b, i), key);
		if (!jfind(a, key, name))
			add_named(rows, table, name, NULL, jat(b, i));
	}
}

static void add_side(struct json_object *result, const char *key, struct json_object *report)
{
	struct json_object *side = jadd_obj(result, key);

	jadd_str(side, "file", jstr(report, "file"));
	jadd_bool(side, "complete", jbool(report, "complete"));
	jadd_u64(side, "lost_events", ju64(report, "lost_events"));
}

/* Compares two reports; @result gets the keys a, b and rows. */
void report_compare(struct json_object *a, struct json_object *b, struct json_object *result)
{
	struct json_object *rows;
	size_t i;

	add_side(result, "a", a);
	add_side(result, "b", b);
	rows = jadd_arr(result, "rows");
	for (i = 0; i < ARRAY_SIZE(metrics); i++)
		add_row(rows, metrics[i].path, metrics[i].unit,
			json_object_get_uint64(follow(a, metrics[i].path)),
			json_object_get_uint64(follow(b, metrics[i].path)));
	for (i = 0; i < ARRAY_SIZE(tables); i++)
		add_table(rows, i, follow(a, tables[i].path), follow(b, tables[i].path));
}

static void print_side(struct term *term, const char *name, struct json_object *side)
{
	fprintf(term->out, "%s: %s", name, jstr(side, "file"));
	if (!jbool(side, "complete"))
		term_paint(term, COLOUR_BAD,
			   " (not complete: counts and sums are lower bounds)");
	fputc('\n', term->out);
}

static const char *fmt_value(char *buf, struct json_object *row, const char *key)
{
	const char *unit = jstr(row, "unit");

	if (*unit)
		return fmt_unit(buf, ju64(row, key), unit);
	snprintf(buf, FMT_LEN, "%s", jstr(row, key));
	return buf;
}

void compare_print(struct term *term, struct json_object *result)
{
	struct json_object *rows = jget(result, "rows");
	char a[FMT_LEN], b[FMT_LEN];
	size_t i;

	print_side(term, "A", jget(result, "a"));
	print_side(term, "B", jget(result, "b"));
	term_paint(term, COLOUR_HEAD, "\n%-28s %12s %12s %12s\n", "", "A", "B", "B to A");
	for (i = 0; i < jlen(rows); i++) {
		struct json_object *row = jat(rows, i);
		char change[32] = "=";

		if (jint(row, "difference") && jget(row, "percent"))
			snprintf(change, sizeof(change), "%+.1f %%", jdec(row, "percent"));
		else if (jint(row, "difference"))
			snprintf(change, sizeof(change), "new");
		fprintf(term->out, "%-28s %12s %12s %12s\n", jstr(row, "metric"),
			fmt_value(a, row, "a"), fmt_value(b, row, "b"), change);
	}
}
