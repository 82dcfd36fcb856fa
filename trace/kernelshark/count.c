// SPDX-License-Identifier: LGPL-2.1
/*
 * Counts of what the plugin found in a recording, for tests: written to the file that the
 * environment variable DCBM_PLOT_COUNTS names
 */
#include <stdio.h>
#include <stdlib.h>

#include "count.h"

#define COUNTS_ENV	"DCBM_PLOT_COUNTS"

static const char *const results[] = { DCBM_RESULTS(DCBM_NAME) };
static const char *const outcomes[] = { DCBM_OUTCOMES(DCBM_NAME) };
static const char *const reasons[] = { DCBM_REASONS(DCBM_NAME) };

/* Writes a line "what value count" for every value of the boxes. */
static void count_values(FILE *out, const char *what, const struct dp_boxes *boxes,
			 const char *const *names, int nr)
{
	size_t i, count;
	int value;

	for (value = 0; value < nr; value++) {
		for (i = count = 0; i < boxes->nr; i++)
			count += boxes->box[i].value == value;
		if (count)
			fprintf(out, "%s %s %zu\n", what, names[value], count);
	}
}

/**
 * dp_count() - write the numbers of a stream if DCBM_PLOT_COUNTS is set
 * @ctx: context of the stream, built
 */
void dp_count(const struct dp_context *ctx)
{
	const char *name = getenv(COUNTS_ENV);
	size_t i, overtaking;
	FILE *out;
	int lane;

	out = name ? fopen(name, "w") : NULL;
	if (!out)
		return;
	for (lane = 0; lane < ctx->nr_lanes; lane++) {
		const struct dp_lane *l = &ctx->lane[lane];

		count_values(out, l->name, &l->boxes, results, DCBM_NR_RESULTS);
		for (i = overtaking = 0; i < l->boxes.nr; i++)
			overtaking += l->boxes.box[i].overtook;
		fprintf(out, "%s overtaking %zu\n", l->name, overtaking);
		fprintf(out, "%s unpaired %zu\n", l->name, l->unpaired);
	}
	count_values(out, "batch", &ctx->batches, outcomes, DCBM_NR_OUTCOMES);
	fprintf(out, "batch unpaired %zu\n", ctx->unpaired);
	count_values(out, "fallback", &ctx->fallbacks, reasons, DCBM_NR_REASONS);
	fclose(out);
}

/* dp_count_shown() - append the number of lanes in the window */
void dp_count_shown(int nr_lanes)
{
	const char *name = getenv(COUNTS_ENV);
	FILE *out;

	out = name ? fopen(name, "a") : NULL;
	if (!out)
		return;
	fprintf(out, "lanes %d\n", nr_lanes);
	fclose(out);
}
