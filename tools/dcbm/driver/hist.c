// SPDX-License-Identifier: GPL-2.0-only
/* Bins of the driver's histograms */
#include <string.h>

#include "driver/hist.h"
#include "lib/jutil.h"

/* Names of the outcomes: keys of a bin of batch_size, in the order of the parts of a bar */
const char *const hist_outcome[HIST_OUTCOMES] = { "offloaded", "partial", "fallback" };

/* Makes a bar of a bin of batch_size; all HIST_OUTCOMES parts are 0 if @bin is NULL. */
void hist_parts(struct bar_part *part, struct json_object *bin)
{
	static const enum colour colour[] = { COLOUR_GOOD, COLOUR_WARN, COLOUR_BAD };
	static const char plain[] = { '#', '+', '-' };
	unsigned int i;

	for (i = 0; i < HIST_OUTCOMES; i++)
		part[i] = (struct bar_part) { ju64(bin, hist_outcome[i]), colour[i], plain[i] };
}

/* Number of batches in a bin of batch_size, for all outcomes */
uint64_t hist_batches(struct json_object *bin)
{
	uint64_t sum = 0;
	unsigned int i;

	for (i = 0; i < HIST_OUTCOMES; i++)
		sum += ju64(bin, hist_outcome[i]);
	return sum;
}

/* Formats the range of a bin; @buf has HIST_RANGE_LEN bytes. */
const char *hist_range(char *buf, struct json_object *bin, const char *unit)
{
	bool scaled = !strcmp(unit, "ns") || !strcmp(unit, "bytes");
	char from[FMT_LEN], to[FMT_LEN];

	if (ju64(bin, "from") == ju64(bin, "to"))
		snprintf(buf, HIST_RANGE_LEN, "%s", jstr(bin, "from"));
	else if (scaled)
		/* Show the first value after the range: powers of two are easier to read. */
		snprintf(buf, HIST_RANGE_LEN, "%s - %s", fmt_unit(from, ju64(bin, "from"), unit),
			 fmt_unit(to, ju64(bin, "to") + 1, unit));
	else
		snprintf(buf, HIST_RANGE_LEN, "%s - %s", jstr(bin, "from"), jstr(bin, "to"));
	return buf;
}
