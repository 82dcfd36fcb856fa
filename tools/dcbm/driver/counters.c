// SPDX-License-Identifier: GPL-2.0-only
/*
 * The driver's counters before and after a run. The driver counts all migrations of the machine,
 * so the difference is exact only if no other process migrates meanwhile.
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "driver/counters.h"
#include "driver/debugfs.h"
#include "driver/parse.h"
#include "lib/files.h"
#include "lib/jutil.h"
#include "lib/num.h"
#include "lib/term.h"
#include "lib/tool.h"
#include "lib/util.h"

/* Module parameters that are counters; keys of the same names are in the snapshot. */
static const char *const counters[] = { "folios_migrated", "folios_failures" };

#define NR_COUNTERS	ARRAY_SIZE(counters)

static char *parameter(const struct tool *t, const char *name)
{
	char path[PATH_MAX + 64];

	snprintf(path, sizeof(path), "%s/module/dcbm_sg/parameters/%s", t->sysfs, name);
	return text_line(path);
}

/* An optional statistic: its object, or null */
static struct json_object *statistic(const struct tool *t, const char *file)
{
	struct json_object *obj;
	char path[PATH_MAX + 64];
	struct parse_error err;
	struct text text;

	snprintf(path, sizeof(path), "%s/dcbm/%s", t->debugfs, file);
	if (text_read(path, &text))
		return NULL;
	obj = parse_file(file, text.buf, text.len, &err);
	text_free(&text);
	return obj;
}

static void add_rows(struct json_object *look, const struct tool *t, const char *file,
		     const char *rows)
{
	struct json_object *obj = statistic(t, file);

	jadd(look, rows, json_object_get(jget(obj, rows)));
	json_object_put(obj);
}

/**
 * driver_look() - read the driver's counters
 * @t: run
 *
 * Return: An object to be put. Its key "loaded" is false without a driver; a file that
 * cannot be read is null.
 */
struct json_object *driver_look(const struct tool *t)
{
	struct json_object *look = json_object_new_object();
	uint64_t value;
	char *line;
	size_t i;

	jadd_bool(look, "loaded", driver_loaded(t));
	line = parameter(t, "offloading");
	jadd(look, "offloading", !line ? NULL :
	     json_object_new_boolean(!strcmp(line, "1") || !strcmp(line, "Y")));
	free(line);
	for (i = 0; i < NR_COUNTERS; i++) {
		line = parameter(t, counters[i]);
		jadd(look, counters[i], line && !num_u64(line, 0, UINT64_MAX, &value) ?
		     json_object_new_uint64(value) : NULL);
		free(line);
	}
	add_rows(look, t, "channels", "channels");
	add_rows(look, t, "fallbacks", "reasons");
	return look;
}

/* Increase of a counter; a counter that decreased was reset meanwhile. */
static uint64_t grown(struct json_object *before, struct json_object *after, const char *key,
		      bool *zeroed)
{
	uint64_t from = ju64(before, key), to = ju64(after, key);

	if (to >= from)
		return to - from;
	*zeroed = true;
	return to;
}

static struct json_object *same_channel(struct json_object *rows, struct json_object *row)
{
	size_t i;

	for (i = 0; i < jlen(rows); i++)
		if (!strcmp(jstr(jat(rows, i), "channel"), jstr(row, "channel")) &&
		    !strcmp(jstr(jat(rows, i), "provider"), jstr(row, "provider")))
			return jat(rows, i);
	return NULL;
}

static void compare_channels(struct json_object *out, struct json_object *before,
			     struct json_object *after, bool *zeroed)
{
	struct json_object *rows = jget(after, "channels");
	struct json_object *arr = jadd_arr(out, "channels");
	size_t i;

	for (i = 0; i < jlen(rows); i++) {
		struct json_object *to = jat(rows, i);
		struct json_object *from = same_channel(jget(before, "channels"), to);
		uint64_t bytes = grown(from, to, "bytes", zeroed);
		struct json_object *row;

		if (!bytes)
			continue;
		row = jpush_obj(arr);
		jadd_str(row, "channel", jstr(to, "channel"));
		jadd_str(row, "provider", jstr(to, "provider"));
		jadd_str(row, "backend", jstr(to, "backend"));
		jadd_u64(row, "folios", grown(from, to, "folios", zeroed));
		jadd_u64(row, "bytes", bytes);
	}
}

static void compare_fallbacks(struct json_object *out, struct json_object *before,
			      struct json_object *after, bool *zeroed)
{
	struct json_object *rows = jget(after, "reasons");
	struct json_object *arr = jadd_arr(out, "fallbacks");
	size_t i;

	for (i = 0; i < jlen(rows); i++) {
		struct json_object *to = jat(rows, i);
		struct json_object *from = jfind(jget(before, "reasons"), "reason",
						 jstr(to, "reason"));
		uint64_t folios = grown(from, to, "folios", zeroed);
		struct json_object *row;

		if (!folios)
			continue;
		row = jpush_obj(arr);
		jadd_str(row, "reason", jstr(to, "reason"));
		jadd_u64(row, "folios", folios);
		jadd_u64(row, "bytes", grown(from, to, "bytes", zeroed));
	}
}

static double percent(uint64_t part, uint64_t whole)
{
	return whole ? 100.0 * (double)part / (double)whole : 0.0;
}

/**
 * driver_compare() - difference of two snapshots
 * @before: from driver_look()
 * @after: from driver_look()
 * @moved: folios that this run moved
 *
 * Return: An object to be put: both snapshots, the increase of each counter, and the folios
 * copied by DMA and by the CPU. "eligible" are the folios that the kernel offered to the driver.
 */
struct json_object *driver_compare(struct json_object *before, struct json_object *after,
				   uint64_t moved)
{
	struct json_object *out = json_object_new_object();
	uint64_t value[NR_COUNTERS], by_cpu;
	bool zeroed = false;
	size_t i;

	jadd_bool(out, "loaded", jbool(after, "loaded"));
	jadd(out, "offloading", json_object_get(jget(after, "offloading")));
	for (i = 0; i < NR_COUNTERS; i++) {
		value[i] = grown(before, after, counters[i], &zeroed);
		jadd_u64(out, counters[i], value[i]);
	}
	compare_channels(out, before, after, &zeroed);
	compare_fallbacks(out, before, after, &zeroed);

	by_cpu = moved > value[0] ? moved - value[0] : 0;
	jadd_u64(out, "moved", moved);
	jadd_u64(out, "by_dma", value[0]);
	jadd_dec(out, "by_dma_percent", percent(value[0], value[0] + by_cpu), 2);
	jadd_u64(out, "by_cpu", by_cpu);
	jadd_dec(out, "by_cpu_percent", percent(by_cpu, value[0] + by_cpu), 2);
	jadd_u64(out, "eligible", value[0] + value[1]);
	jadd_dec(out, "eligible_by_dma_percent", percent(value[0], value[0] + value[1]), 2);
	jadd_bool(out, "counters_zeroed", zeroed);
	jadd(out, "before", json_object_get(before));
	jadd(out, "after", json_object_get(after));
	return out;
}

/* Number of channels in use and their balance; dcbm stat shows each channel. */
static void print_channels(struct term *term, struct json_object *rows)
{
	char least[FMT_LEN], most[FMT_LEN];
	uint64_t min = UINT64_MAX, max = 0;
	size_t i;

	if (!jlen(rows))
		return;
	for (i = 0; i < jlen(rows); i++) {
		uint64_t bytes = ju64(jat(rows, i), "bytes");

		min = bytes < min ? bytes : min;
		max = bytes > max ? bytes : max;
	}
	fprintf(term->out, "  %-12s%zu, %s to %s each\n", "channels", jlen(rows),
		fmt_bytes(least, min), fmt_bytes(most, max));
}

static void print_fallbacks(struct term *term, struct json_object *rows)
{
	size_t i;

	if (!jlen(rows))
		return;
	fprintf(term->out, "  %-12s", "fallbacks");
	for (i = 0; i < jlen(rows); i++)
		fprintf(term->out, "%s%s %s", i ? ", " : "", jstr(jat(rows, i), "reason"),
			jstr(jat(rows, i), "folios"));
	fputc('\n', term->out);
}

void driver_print(struct term *term, struct json_object *driver)
{
	uint64_t moved = ju64(driver, "moved"), dma = ju64(driver, "by_dma");

	if (!jbool(driver, "loaded")) {
		fprintf(term->out, "  %-12s%llu folios: the driver is not loaded\n", "by CPU",
			(unsigned long long)moved);
		return;
	}
	fprintf(term->out,
		"  %-12s%s folios (%s %%), %s %% of the %s offered to the driver\n",
		"by DMA", jstr(driver, "by_dma"), jstr(driver, "by_dma_percent"),
		jstr(driver, "eligible_by_dma_percent"), jstr(driver, "eligible"));
	fprintf(term->out, "  %-12s%s folios (%s %%)%s\n", "by CPU", jstr(driver, "by_cpu"),
		jstr(driver, "by_cpu_percent"),
		jbool(driver, "offloading") ? "" : "; offloading is off");
	if (dma > moved)
		fprintf(term->out,
			"  %-12s%llu folios more than this run moved: other migrations, or copied again\n",
			"note", (unsigned long long)(dma - moved));
	if (jbool(driver, "counters_zeroed"))
		fprintf(term->out, "  %-12sthe driver's counters were reset meanwhile\n", "note");
	print_channels(term, jget(driver, "channels"));
	print_fallbacks(term, jget(driver, "fallbacks"));
}
