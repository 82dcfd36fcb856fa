// SPDX-License-Identifier: GPL-2.0-only
/*
 * Result of dcbm migrate as text.
 */
#include <string.h>

#include "driver/counters.h"
#include "lib/jutil.h"
#include "lib/term.h"
#include "migrate/print.h"

static void print_counts(struct term *term, const char *title, struct json_object *counts,
			 const char *rest)
{
	const char *sep = "";

	fprintf(term->out, "  %-12s", title);
	json_object_object_foreach(counts, key, value) {
		fprintf(term->out, "%s%s %s", sep, key, json_object_get_string(value));
		sep = ", ";
	}
	fprintf(term->out, "%s\n", rest);
}

static void print_head(struct term *term, struct json_object *part)
{
	struct json_object *huge = jget(part, "huge");
	char bytes[FMT_LEN];

	term_paint(term, COLOUR_HEAD, "%s", jstr(part, "kind"));
	fprintf(term->out, ": %s, %s pages in %s folios", fmt_bytes(bytes, ju64(part, "bytes")),
		jstr(part, "pages"), jstr(part, "folios"));
	if (huge)
		fprintf(term->out, ", huge %s of %s, %s at the end", jstr(huge, "begin"),
			jstr(huge, "wanted"), jstr(huge, "end"));
	if (jget(part, "file_system"))
		fprintf(term->out, ", on %s", jstr(part, "file_system"));
	fputc('\n', term->out);
	if (jbool(part, "process_ended"))
		fprintf(term->out, "  %-12sthe process ended meanwhile, after %s moves\n", "note",
			jstr(part, "moves"));
}

static void print_moved(struct term *term, struct json_object *part)
{
	char bytes[FMT_LEN], ns[FMT_LEN];

	fprintf(term->out, "  %-12s%s folios, %s pages, %s in %s: %s MB/s\n", "moved",
		jstr(part, "moved_folios"), jstr(part, "moved_pages"),
		fmt_bytes(bytes, ju64(part, "moved_bytes")), fmt_ns(ns, ju64(part, "wall_ns")),
		jstr(part, "mbps"));
}

static void print_place(struct term *term, struct json_object *part)
{
	uint64_t wrong = ju64(part, "pages_elsewhere"), right = ju64(part, "pages_in_place");

	if (!jget(part, "node"))
		return;
	fprintf(term->out, "  %-12s", "in place");
	term_paint(term, wrong ? COLOUR_BAD : COLOUR_GOOD, "%llu of %llu pages on node %s",
		   (unsigned long long)right, (unsigned long long)(right + wrong),
		   jstr(part, "node"));
	fputc('\n', term->out);
}

static void print_mismatch(struct term *term, struct json_object *part, struct json_object *row)
{
	fprintf(term->out, "  %-12s%s at offset %s of %s: expected write %s, found %s", "",
		jstr(row, "state"), jstr(row, "offset"), jstr(part, "kind"),
		jstr(row, "expected"), jstr(row, "found"));
	if (ju64(row, "line") != ju64(row, "found_line"))
		fprintf(term->out, " of line %s in line %s", jstr(row, "found_line"),
			jstr(row, "line"));
	fprintf(term->out, " (by the %s%s)\n", jstr(row, "by"),
		strcmp(jstr(row, "by"), "final") ? "" : " check");
}

static void print_verify(struct term *term, struct json_object *part)
{
	struct json_object *v = jget(part, "verify"), *rows = jget(v, "mismatches");
	bool bad = ju64(v, "lost_writes") || ju64(v, "misreads");
	size_t i;

	if (!v)
		return;
	fprintf(term->out, "  %-12swriters %s: %s writes, %s per second, %s while pages moved\n",
		"verify", jstr(v, "writers"), jstr(v, "writes"), jstr(v, "writes_per_s"),
		jstr(v, "writes_in_flight"));
	fprintf(term->out, "  %-12seach wrote to every page at least %s times\n", "",
		jstr(v, "passes"));
	fprintf(term->out, "  %-12sreaders %s: %s reads\n", "", jstr(v, "readers"),
		jstr(v, "reads"));
	fprintf(term->out, "  %-12s%s pages moved while writers wrote\n", "",
		jstr(v, "active_pages"));
	fprintf(term->out, "  %-12s", "");
	term_paint(term, bad ? COLOUR_BAD : COLOUR_GOOD, "lost writes: %s, misreads: %s",
		   jstr(v, "lost_writes"), jstr(v, "misreads"));
	fputc('\n', term->out);
	if (bad) {
		print_counts(term, "  lost", jget(v, "lost"), "");
		print_counts(term, "  misread", jget(v, "misread"), "");
	}
	for (i = 0; i < jlen(rows); i++)
		print_mismatch(term, part, jat(rows, i));
}

static void print_part(struct term *term, struct json_object *part)
{
	char note[96] = "";

	print_head(term, part);
	print_moved(term, part);
	if (ju64(part, "retried_folios"))
		snprintf(note, sizeof(note), "; %s retried, %s failed in the end",
			 jstr(part, "retried_folios"), jstr(part, "failed_folios"));
	print_counts(term, "move_pages", jget(part, "status"), note);
	if (json_object_object_length(jget(part, "call_errors")))
		print_counts(term, "calls failed", jget(part, "call_errors"), "");
	if (ju64(part, "already_pages"))
		fprintf(term->out, "  %-12s%s pages were there before\n", "already",
			jstr(part, "already_pages"));
	print_place(term, part);
	driver_print(term, jget(part, "driver"));
	print_verify(term, part);
}

void migrate_print(struct term *term, struct json_object *result)
{
	struct json_object *parts = jget(result, "parts");
	struct json_object *nodes = jget(result, "nodes");
	size_t i;

	if (!strcmp(jstr(result, "source"), "pid"))
		fprintf(term->out, "process %s, ", jstr(result, "pid"));
	if (jget(result, "to"))
		fprintf(term->out, "to node %s", jstr(result, "to"));
	else
		fprintf(term->out, "nodes %s and %s, moves %s",
			json_object_get_string(jat(nodes, 0)),
			json_object_get_string(jat(nodes, 1)), jstr(result, "moves"));
	fprintf(term->out, ", threads %s, pages per call %s\n", jstr(result, "threads"),
		jstr(result, "batch"));
	for (i = 0; i < jlen(parts); i++) {
		fputc('\n', term->out);
		print_part(term, jat(parts, i));
	}
	if (jlen(parts) < 2)
		return;
	fputc('\n', term->out);
	term_paint(term, COLOUR_HEAD, "total");
	fputc('\n', term->out);
	print_moved(term, jget(result, "total"));
	driver_print(term, jget(result, "driver"));
	if (jget(jat(parts, 0), "verify"))
		fprintf(term->out, "  %-12s%s\n", "lost writes",
			jstr(jget(result, "total"), "lost_writes"));
}
