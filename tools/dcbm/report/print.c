// SPDX-License-Identifier: GPL-2.0-only
/* A report as text */
#include <stdio.h>
#include <string.h>

#include "driver/stat_print.h"
#include "lib/jutil.h"
#include "lib/term.h"
#include "lib/util.h"
#include "report/print.h"

/* Number of slowest batches in the text; the page and JSON have more. */
#define SLOW_SHOWN	5u

/* Columns of a phase before its bar */
#define PHASE_WIDTH	52u

#define ULL(obj, key)	((unsigned long long)ju64(obj, key))

static void print_head(struct term *term, struct json_object *r)
{
	char span[FMT_LEN], bytes[FMT_LEN];

	term_paint(term, COLOUR_HEAD, "%s", jstr(r, "file"));
	fprintf(term->out, ": %s%llu events in %s, %llu batches of %s\n",
		jbool(r, "complete") ? "" : "at least ", ULL(r, "events"),
		fmt_ns(span, ju64(r, "duration_ns")), ULL(r, "batches"),
		fmt_bytes(bytes, ju64(jget(r, "batch_size"), "bytes_sum")));
}

static const struct {
	const char *key;
	const char *text;
} cuts[] = {
	{ "unknown_events", "events have values unknown to this dcbm" },
	{ "unstarted_batches", "batches end without a start" },
	{ "unfinished_batches", "batches start without an end" },
	{ "unsubmitted_descriptors", "descriptors complete without a submission" },
	{ "unfinished_descriptors", "descriptors are submitted without a completion" },
};

static void print_losses(struct term *term, struct json_object *r)
{
	struct json_object *lost = jget(r, "lost"), *row;
	char ts[FMT_LEN];
	size_t i;

	if (jbool(r, "complete"))
		return;
	term_paint(term, COLOUR_BAD, "The recording is not complete: ");
	fprintf(term->out, "counts and sums are lower bounds,\n"
		"percentiles cover the recorded events only.\n");
	for (i = 0; i < jlen(lost); i++) {
		row = jat(lost, i);
		fprintf(term->out, "  CPU %s: %s events lost before %s\n", jstr(row, "cpu"),
			jget(row, "events") ? jstr(row, "events") : "some",
			fmt_ns(ts, ju64(row, "before_ns") - ju64(r, "first_ns")));
	}
	if (ju64(r, "lost_places") > jlen(lost))
		fprintf(term->out, "  and at %llu more places; at least %llu events in total\n",
			ULL(r, "lost_places") - jlen(lost), ULL(r, "lost_events"));
	for (i = 0; i < ARRAY_SIZE(cuts); i++)
		if (ju64(r, cuts[i].key))
			fprintf(term->out, "  %llu %s\n", ULL(r, cuts[i].key), cuts[i].text);
}

static void print_files(struct term *term, struct json_object *r)
{
	const struct stat_file *f;

	for (f = stat_files; f->file; f++) {
		struct json_object *obj = jget(r, f->file);

		if (!obj)
			continue;
		fputc('\n', term->out);
		f->print(term, f->file, obj);
	}
}

static void print_latency(struct term *term, struct json_object *r, const char *key)
{
	static const char *const cols[] = { "p50", "p90", "p99", "p99_9", "max" };
	struct json_object *obj = jget(r, key);
	char text[FMT_LEN];
	size_t i;

	fprintf(term->out, "  %-16s", key);
	for (i = 0; i < ARRAY_SIZE(cols); i++)
		fprintf(term->out, "%11s", fmt_ns(text, ju64(obj, cols[i])));
	fputc('\n', term->out);
}

static void print_percentiles(struct term *term, struct json_object *r)
{
	term_paint(term, COLOUR_HEAD, "\npercentiles\n");
	fprintf(term->out, "  %-16s%11s%11s%11s%11s%11s\n", "", "p50", "p90", "p99", "p99.9",
		"max");
	print_latency(term, r, "batch_latency");
	print_latency(term, r, "desc_latency");
}

static void print_phase(struct term *term, struct json_object *row, uint64_t whole)
{
	struct bar_part part = { ju64(row, "sum"), COLOUR_GOOD, '#' };
	char sum[FMT_LEN], p50[FMT_LEN], p99[FMT_LEN];

	fprintf(term->out, "  %-8s%11s %5.1f %%%11s%11s ", jstr(row, "phase"),
		fmt_ns(sum, part.value),
		whole ? 100.0 * (double)part.value / (double)whole : 0.0,
		fmt_ns(p50, ju64(row, "p50")), fmt_ns(p99, ju64(row, "p99")));
	if (term->width > PHASE_WIDTH)
		term_bar(term, &part, 1, whole, term->width - PHASE_WIDTH);
	fputc('\n', term->out);
}

static void print_phases(struct term *term, struct json_object *r)
{
	struct json_object *rows = jget(r, "phases");
	uint64_t whole = 0;
	size_t i;

	term_paint(term, COLOUR_HEAD, "\nphases");
	if (!jlen(rows))
		fprintf(term->out, ": not recorded (no event dcbm_batch_phases)");
	fprintf(term->out, "\n  %-8s%11s %7s%11s%11s\n", "", "in all", "share", "p50", "p99");
	for (i = 0; i < jlen(rows); i++)
		whole += ju64(jat(rows, i), "sum");
	for (i = 0; i < jlen(rows); i++)
		print_phase(term, jat(rows, i), whole);
	/* Not a phase: the engine runs in parallel to the phases. */
	print_phase(term, jat(jget(r, "engine"), 0),
		    whole ? whole : ju64(jget(r, "batch_latency"), "sum"));
}

static void print_order(struct term *term, struct json_object *r)
{
	term_paint(term, COLOUR_HEAD, "\nout of order");
	fprintf(term->out, ": %llu descriptors, %llu overtaken\n", ULL(r, "out_of_order"),
		ULL(r, "overtaken"));
}

static void print_slowest(struct term *term, struct json_object *r)
{
	struct json_object *rows = jget(r, "slowest");
	char ns[FMT_LEN], at[FMT_LEN], bytes[FMT_LEN], engine[FMT_LEN];
	size_t i;

	if (!jlen(rows))
		return;
	term_paint(term, COLOUR_HEAD, "\nslowest batches\n");
	fprintf(term->out, "  %10s%10s%10s%10s%8s%10s%6s  %-10s%s\n", "batch", "at", "time",
		"engine", "folios", "bytes", "desc", "outcome", "task");
	for (i = 0; i < jlen(rows) && i < SLOW_SHOWN; i++) {
		struct json_object *row = jat(rows, i);

		fprintf(term->out, "  %10s%10s%10s%10s%8s%10s%6s  %-10s%s-%s\n",
			jstr(row, "batch"),
			fmt_ns(at, ju64(row, "begin_ns") - ju64(r, "first_ns")),
			fmt_ns(ns, ju64(row, "ns")), fmt_ns(engine, ju64(row, "engine_ns")),
			jstr(row, "folios"), fmt_bytes(bytes, ju64(row, "bytes")),
			jstr(row, "descriptors"), jstr(row, "outcome"), jstr(row, "comm"),
			jstr(row, "pid"));
	}
}

void report_print(struct term *term, struct json_object *report)
{
	print_head(term, report);
	print_losses(term, report);
	print_files(term, report);
	print_percentiles(term, report);
	print_phases(term, report);
	print_order(term, report);
	print_slowest(term, report);
}
