// SPDX-License-Identifier: GPL-2.0-only
/*
 * Results of dcbm validate as KTAP, see Documentation/dev-tools/ktap.rst of the kernel. Lines
 * that explain a result come before the line of the result, as usual in KTAP.
 */
#include <stdarg.h>
#include <string.h>

#include "lib/jutil.h"
#include "validate/print.h"

/* Maximum number of lines, so that a failure fits on a screen */
#define SEGMENTS_SHOWN	6
#define BYTES_SHOWN	5

/* Columns of the list of clauses */
#define ID_WIDTH	16
#define NEEDS_WIDTH	4

static const struct verdict_text {
	const char *verdict;
	const char *result;
	const char *directive;
	enum colour colour;
} verdicts[] = {
	{ "pass", "ok", "", COLOUR_GOOD },
	{ "fail", "not ok", "", COLOUR_BAD },
	{ "skip", "ok", "SKIP", COLOUR_WARN },
	{ "interrupted", "ok", "SKIP", COLOUR_WARN },
	/* Also for unknown verdicts, so that none of them is shown as a pass */
	{ "error", "not ok", "ERROR", COLOUR_BAD },
};

static const struct verdict_text *find_verdict(const char *verdict)
{
	const struct verdict_text *text = verdicts;

	while (text < &verdicts[ARRAY_SIZE(verdicts) - 1] && strcmp(text->verdict, verdict))
		text++;
	return text;
}

static void begin(struct ktap *k)
{
	fprintf(k->term.out, "%*s", (int)k->indent, "");
}

__printf(2, 3)
static void note(struct ktap *k, const char *fmt, ...)
{
	va_list args;

	begin(k);
	fputs("# ", k->term.out);
	va_start(args, fmt);
	vfprintf(k->term.out, fmt, args);
	va_end(args);
	fputc('\n', k->term.out);
}

/* "#   LABEL       text", further lines aligned with the text. */
static void note_wrapped(struct ktap *k, const char *name, const char *text)
{
	char prefix[64];

	begin(k);
	fprintf(k->term.out, "#   %-11s ", name);
	snprintf(prefix, sizeof(prefix), "%*s#   %-11s ", (int)k->indent, "", "");
	term_wrap(&k->term, (unsigned int)strlen(prefix), prefix, text);
}

static void result_line(struct ktap *k, uint64_t nr, const char *verdict,
			const char *name, const char *why)
{
	const struct verdict_text *text = find_verdict(verdict);
	bool said = *why && strcmp(why, "-");

	begin(k);
	term_paint(&k->term, text->colour, "%s", text->result);
	fprintf(k->term.out, " %llu %s", (unsigned long long)nr, name);
	/* The reason of a failure is in the lines before. */
	if (*text->directive || (said && text->colour == COLOUR_GOOD))
		fprintf(k->term.out, " #%s%s%s%s", *text->directive ? " " : "", text->directive,
			said ? " " : "", said ? why : "");
	fputc('\n', k->term.out);
	fflush(k->term.out);
}

void ktap_head(struct ktap *k)
{
	if (!k->on)
		return;
	begin(k);
	fputs("KTAP version 1\n", k->term.out);
}

void ktap_plan(struct ktap *k, uint64_t nr)
{
	if (!k->on)
		return;
	begin(k);
	fprintf(k->term.out, "1..%llu\n", (unsigned long long)nr);
	fflush(k->term.out);
}

void ktap_channel(struct ktap *k, struct json_object *block)
{
	if (k->on)
		note(k, "%s of %s (%s), seed %s", jstr(block, "chan"), jstr(block, "device"),
		     jstr(block, "driver"), jstr(block, "seed"));
}

/* "%#llx" would print 0 without 0x. */
static const char *hex(char *buf, uint64_t value)
{
	snprintf(buf, FMT_LEN, "0x%llx", (unsigned long long)value);
	return buf;
}

static void segment(struct ktap *k, struct json_object *seg)
{
	char offset[FMT_LEN];

	if (seg)
		fprintf(k->term.out, "  %10s %9s", hex(offset, ju64(seg, "offset")),
			jstr(seg, "len"));
	else
		fprintf(k->term.out, "  %10s %9s", "-", "-");
}

static void print_segments(struct ktap *k, struct json_object *res)
{
	struct json_object *dst = jget(res, "dst"), *src = jget(res, "src");
	struct json_object *reduced = jget(res, "reduced");
	size_t i, nr = jlen(dst) > jlen(src) ? jlen(dst) : jlen(src);

	if (!reduced)
		return;
	if (ju64(reduced, "from") == ju64(reduced, "to"))
		note(k, "  lists       all %s segments of the case", jstr(reduced, "from"));
	else
		note(k, "  lists       reduced from %s segments to %s", jstr(reduced, "from"),
		     jstr(reduced, "to"));
	if (nr)
		note(k, "    segm.  %10s %9s  %10s %9s", "dst offset", "length", "src offset",
		     "length");
	for (i = 0; i < nr && i < SEGMENTS_SHOWN; i++) {
		begin(k);
		fprintf(k->term.out, "#     %5zu", i);
		segment(k, jat(dst, i));
		segment(k, jat(src, i));
		fputc('\n', k->term.out);
	}
	if (i < nr)
		note(k, "    %5s  %zu more", "...", nr - i);
}

/*
 * Position of a byte relative to the nearest segment: bytes after the end of a segment show a
 * copy that is too long.
 */
static void place(struct json_object *res, struct json_object *byte, char *buf, size_t size)
{
	const char *where = jstr(byte, "where");
	const char *list = strcmp(where, "src") ? "dst" : "src";
	uint64_t at = ju64(byte, "offset"), nearest = UINT64_MAX;
	struct json_object *segs = jget(res, list);
	char distance[FMT_LEN];
	size_t i;

	snprintf(buf, size, "%s", where);
	for (i = 0; i < jlen(segs); i++) {
		uint64_t first = ju64(jat(segs, i), "offset");
		uint64_t end = first + ju64(jat(segs, i), "len");
		uint64_t away = at < first ? first - at : at - end + 1;

		if (at >= first && at < end) {
			snprintf(buf, size, "%s %zu + %s", list, i, hex(distance, at - first));
			return;
		}
		if (away >= nearest)
			continue;
		nearest = away;
		snprintf(buf, size, at < first ? "%s %zu - %s" : "end of %s %zu + %s", list, i,
			 hex(distance, at < first ? first - at : at - end));
	}
}

static void print_bytes(struct ktap *k, struct json_object *res)
{
	struct json_object *bytes = jget(res, "wrong_bytes");
	uint64_t wrong = ju64(res, "wrong");
	size_t i;

	if (!wrong)
		return;
	note(k, "  wrong       %llu byte%s", (unsigned long long)wrong, wrong == 1 ? "" : "s");
	if (jlen(bytes))
		note(k, "    %-24s %10s %9s %6s", "where", "offset", "expected", "found");
	for (i = 0; i < jlen(bytes) && i < BYTES_SHOWN; i++) {
		char where[64], offset[FMT_LEN], expected[FMT_LEN], found[FMT_LEN];
		struct json_object *byte = jat(bytes, i);

		place(res, byte, where, sizeof(where));
		note(k, "    %-24s %10s %9s %6s", where, hex(offset, ju64(byte, "offset")),
		     hex(expected, ju64(byte, "expected")), hex(found, ju64(byte, "found")));
	}
	if (i && i < wrong)
		note(k, "    ... %llu more", (unsigned long long)(wrong - i));
}

static void print_failure(struct ktap *k, struct json_object *res)
{
	if (jget(res, "fail_case"))
		note(k, "%s %s, seed %s: case %s failed", jstr(res, "chan"), jstr(res, "clause"),
		     jstr(res, "seed"), jstr(res, "fail_case"));
	else
		note(k, "%s %s, seed %s: failed", jstr(res, "chan"), jstr(res, "clause"),
		     jstr(res, "seed"));
	note_wrapped(k, "requirement", jstr(res, "law"));
	note_wrapped(k, "why", jstr(res, "why"));
	print_segments(k, res);
	print_bytes(k, res);
	note(k, "  channel     %s, of %s (%s)", jstr(res, "chan_state"), jstr(res, "device"),
	     jstr(res, "driver"));
	note(k, "  repeat      %s", jstr(res, "repeat"));
}

void ktap_clause(struct ktap *k, uint64_t nr, struct json_object *res)
{
	const char *verdict = jstr(res, "verdict");
	char name[160];

	if (!k->on)
		return;
	if (!strcmp(verdict, "fail"))
		print_failure(k, res);
	snprintf(name, sizeof(name), "%.80s %.70s", jstr(res, "chan"), jstr(res, "clause"));
	result_line(k, nr, verdict, name, jstr(res, "why"));
}

/* Prints the result line of a channel, after the results of its clauses. */
void ktap_block(struct ktap *k, uint64_t nr, struct json_object *block)
{
	char name[160];

	if (!k->on)
		return;
	snprintf(name, sizeof(name), "%.80s seed=%s", jstr(block, "chan"), jstr(block, "seed"));
	result_line(k, nr, jstr(block, "verdict"), name, jstr(block, "why"));
}

void ktap_totals(struct ktap *k, struct json_object *totals)
{
	char bytes[FMT_LEN], ns[FMT_LEN];

	if (!k->on)
		return;
	note(k, "Totals: pass:%s fail:%s skip:%s error:%s", jstr(totals, "passed"),
	     jstr(totals, "failed"), jstr(totals, "skipped"), jstr(totals, "errors"));
	note(k, "%s descriptors, %s in %s", jstr(totals, "descriptors"),
	     fmt_bytes(bytes, ju64(totals, "bytes")), fmt_ns(ns, ju64(totals, "ns")));
	fflush(k->term.out);
}

void validate_print_list(struct term *term, struct json_object *clauses)
{
	char prefix[ID_WIDTH + NEEDS_WIDTH + 1];
	size_t i;

	snprintf(prefix, sizeof(prefix), "%*s", ID_WIDTH + NEEDS_WIDTH, "");
	for (i = 0; i < jlen(clauses); i++) {
		struct json_object *clause = jat(clauses, i);

		fprintf(term->out, "%-*s%-*s", ID_WIDTH, jstr(clause, "clause"), NEEDS_WIDTH,
			jstr(clause, "needs"));
		term_wrap(term, ID_WIDTH + NEEDS_WIDTH, prefix, jstr(clause, "text"));
	}
}
