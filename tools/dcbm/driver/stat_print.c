// SPDX-License-Identifier: GPL-2.0-only
/* The driver's statistics as text */
#include <stdlib.h>
#include <string.h>

#include "driver/hist.h"
#include "driver/stat_print.h"
#include "lib/jutil.h"
#include "lib/term.h"
#include "lib/util.h"

/* Columns of a histogram: range, count, percent. The bar gets the rest. */
#define RANGE_WIDTH	22
#define COUNT_WIDTH	10
#define PERCENT_WIDTH	9

static void print_range(struct term *term, struct json_object *bin, const char *unit)
{
	char range[HIST_RANGE_LEN];

	fprintf(term->out, "  %*s", RANGE_WIDTH - 2, hist_range(range, bin, unit));
}

static void print_bin(struct term *term, uint64_t count, uint64_t sum)
{
	fprintf(term->out, "%*llu%*.1f %% ", COUNT_WIDTH, (unsigned long long)count,
		PERCENT_WIDTH - 3, sum ? 100.0 * (double)count / (double)sum : 0.0);
}

static unsigned int bar_width(const struct term *term)
{
	unsigned int used = RANGE_WIDTH + COUNT_WIDTH + PERCENT_WIDTH + 1;

	/* Numbers are not truncated: a narrower terminal wraps the line. */
	return term->width > used ? term->width - used : 0;
}

static void print_hist(struct term *term, const char *file, struct json_object *obj)
{
	struct json_object *bins = jget(obj, "bins");
	const char *unit = jstr(obj, "unit");
	uint64_t count = ju64(obj, "count");
	char min[FMT_LEN], max[FMT_LEN], mean[FMT_LEN];
	uint64_t sum = 0, most = 0;
	size_t i;

	term_paint(term, COLOUR_HEAD, "%s", file);
	if (!count) {
		fprintf(term->out, ": none yet\n");
		return;
	}
	fprintf(term->out, ": %llu, mean %s, min %s, max %s\n", (unsigned long long)count,
		fmt_unit(mean, ju64(obj, "sum") / count, unit),
		fmt_unit(min, ju64(obj, "min"), unit), fmt_unit(max, ju64(obj, "max"), unit));
	for (i = 0; i < jlen(bins); i++) {
		uint64_t n = ju64(jat(bins, i), "count");

		sum += n;
		if (n > most)
			most = n;
	}
	for (i = 0; i < jlen(bins); i++) {
		struct json_object *bin = jat(bins, i);
		struct bar_part part = { ju64(bin, "count"), COLOUR_GOOD, '#' };

		print_range(term, bin, unit);
		print_bin(term, part.value, sum);
		term_bar(term, &part, 1, most, bar_width(term));
		fputc('\n', term->out);
	}
}

static void print_size_hist(struct term *term, struct json_object *bins, const char *unit)
{
	uint64_t sum = 0, most = 0;
	size_t i;

	for (i = 0; i < jlen(bins); i++) {
		uint64_t n = hist_batches(jat(bins, i));

		sum += n;
		if (n > most)
			most = n;
	}
	fprintf(term->out, "  %s per batch\n", unit);
	for (i = 0; i < jlen(bins); i++) {
		struct json_object *bin = jat(bins, i);
		struct bar_part parts[HIST_OUTCOMES];

		hist_parts(parts, bin);
		print_range(term, bin, unit);
		print_bin(term, hist_batches(bin), sum);
		term_bar(term, parts, HIST_OUTCOMES, most, bar_width(term));
		fputc('\n', term->out);
	}
}

/* "# offloaded 40, + partial 1, - fallback 0", in the colours of the bars */
static void print_legend(struct term *term, const struct bar_part *part)
{
	size_t i;

	for (i = 0; i < HIST_OUTCOMES; i++) {
		enum colour colour = part[i].value ? part[i].colour : COLOUR_NONE;

		fputs(i ? ", " : "", term->out);
		term_paint(term, colour, "%lc %s %llu", (wint_t)bar_mark(&term->look, &part[i]),
			   hist_outcome[i], (unsigned long long)part[i].value);
	}
	fputc('\n', term->out);
}

static void print_sizes(struct term *term, const char *file, struct json_object *obj)
{
	struct bar_part sum[HIST_OUTCOMES], part[HIST_OUTCOMES];
	struct json_object *bins = jget(obj, "folios");
	uint64_t batches = 0;
	char bytes[FMT_LEN];
	size_t i, j;

	hist_parts(sum, NULL);
	for (i = 0; i < jlen(bins); i++) {
		batches += hist_batches(jat(bins, i));
		hist_parts(part, jat(bins, i));
		for (j = 0; j < HIST_OUTCOMES; j++)
			sum[j].value += part[j].value;
	}
	term_paint(term, COLOUR_HEAD, "%s", file);
	if (!batches) {
		fprintf(term->out, ": none yet\n");
		return;
	}
	fprintf(term->out, ": %llu batches, %s folios, %s; ", (unsigned long long)batches,
		jstr(obj, "folios_sum"), fmt_bytes(bytes, ju64(obj, "bytes_sum")));
	print_legend(term, sum);
	print_size_hist(term, bins, "folios");
	print_size_hist(term, jget(obj, "bytes"), "bytes");
}

/* Columns of words in the table of channels, as wide as the longest word */
static const char *const word_cols[] = { "channel", "provider", "node", "backend", "state" };

#define STATE_COL	(ARRAY_SIZE(word_cols) - 1)

/* The columns after word_cols: "   1.0 MiB 100.00% err t/o " */
#define NUMBERS_WIDTH	27

static void measure(struct json_object *rows, int *width)
{
	size_t i, col;

	for (col = 0; col < ARRAY_SIZE(word_cols); col++) {
		width[col] = (int)strlen(word_cols[col]);
		for (i = 0; i < jlen(rows); i++) {
			int len = (int)strlen(jstr(jat(rows, i), word_cols[col]));

			width[col] = len > width[col] ? len : width[col];
		}
	}
}

static void print_count(struct term *term, const char *count)
{
	term_paint(term, strcmp(count, "0") ? COLOUR_BAD : COLOUR_NONE, " %3s", count);
}

static void print_channel(struct term *term, struct json_object *row, const int *width,
			  uint64_t most)
{
	struct bar_part part = { ju64(row, "bytes"), COLOUR_GOOD, '#' };
	bool ready = !strcmp(jstr(row, "state"), "ready");
	unsigned int used = 2 + NUMBERS_WIDTH;
	char bytes[FMT_LEN];
	size_t col;

	fputs("  ", term->out);
	for (col = 0; col < ARRAY_SIZE(word_cols); col++) {
		term_paint(term, col == STATE_COL && !ready ? COLOUR_WARN : COLOUR_NONE, "%-*s ",
			   width[col], jstr(row, word_cols[col]));
		used += (unsigned int)width[col] + 1;
	}
	fprintf(term->out, "%9s %6s%%", fmt_bytes(bytes, part.value), jstr(row, "share"));
	print_count(term, jstr(row, "errors"));
	print_count(term, jstr(row, "timeouts"));
	fputc(' ', term->out);
	if (term->width > used)
		term_bar(term, &part, 1, most, term->width - used);
	fputc('\n', term->out);
}

static void print_channels(struct term *term, const char *file, struct json_object *obj)
{
	struct json_object *rows = jget(obj, "channels");
	int width[ARRAY_SIZE(word_cols)];
	uint64_t most = 0;
	size_t i;

	term_paint(term, COLOUR_HEAD, "%s", file);
	fprintf(term->out, ": %s, imbalance %s (busiest to mean)\n", jstr(obj, "count"),
		jstr(obj, "imbalance"));
	if (!jlen(rows))
		return;
	measure(rows, width);
	fputs("  ", term->out);
	for (i = 0; i < ARRAY_SIZE(word_cols); i++)
		fprintf(term->out, "%-*s ", width[i], word_cols[i]);
	fprintf(term->out, "%9s %7s %3s %3s\n", "copied", "share", "err", "t/o");
	for (i = 0; i < jlen(rows); i++)
		if (ju64(jat(rows, i), "bytes") > most)
			most = ju64(jat(rows, i), "bytes");
	for (i = 0; i < jlen(rows); i++)
		print_channel(term, jat(rows, i), width, most);
}

static void print_fallbacks(struct term *term, const char *file, struct json_object *obj)
{
	struct json_object *rows = jget(obj, "reasons");
	uint64_t folios = 0;
	char bytes[FMT_LEN];
	size_t i;

	for (i = 0; i < jlen(rows); i++)
		folios += ju64(jat(rows, i), "folios");
	term_paint(term, COLOUR_HEAD, "%s", file);
	if (!folios) {
		fprintf(term->out, ": none\n");
		return;
	}
	fprintf(term->out, ": %llu folios left to the CPU\n", (unsigned long long)folios);
	fprintf(term->out, "  %-12s %10s %10s %10s  %s\n", "reason", "batches", "folios", "bytes",
		"last error");
	for (i = 0; i < jlen(rows); i++) {
		struct json_object *row = jat(rows, i);
		int err = abs((int)jint(row, "last_errno"));

		if (!ju64(row, "folios"))
			continue;
		fprintf(term->out, "  %-12s %10s %10s %10s  %s\n", jstr(row, "reason"),
			jstr(row, "batches"), jstr(row, "folios"),
			fmt_bytes(bytes, ju64(row, "bytes")),
			err ? strerrorname_np(err) ?: "?" : "-");
	}
}

const struct stat_file stat_files[] = {
	{ "batch_size", print_sizes },
	{ "batch_latency", print_hist },
	{ "desc_latency", print_hist },
	{ "desc_segments", print_hist },
	{ "channels", print_channels },
	{ "fallbacks", print_fallbacks },
	{ .file = NULL }
};
