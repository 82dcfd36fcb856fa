/* SPDX-License-Identifier: GPL-2.0-only */
/* Histogram in fixed memory: exact sums and bins, approximate percentiles */
#ifndef DCBM_REPORT_HIST_H
#define DCBM_REPORT_HIST_H

#include <stdbool.h>
#include <stdint.h>

/**
 * HIST_BITS - 2^HIST_BITS slots per power of two
 *
 * Values below 2^(HIST_BITS + 1) have a slot of their own, and a percentile is too
 * high by at most the fraction HIST_ERROR.
 */
#define HIST_BITS	10u
#define HIST_ERROR	(1.0 / (1u << HIST_BITS))

/** HIST_SLOTS - slots for all 64-bit values */
#define HIST_SLOTS	((65u - HIST_BITS) << HIST_BITS)

/**
 * struct hist - histogram; all zero is an empty histogram
 * @count: number of values
 * @sum: sum of all values
 * @min: minimum, 0 without values
 * @max: maximum
 * @slot: values per slot. Slots that are never written use no memory after calloc().
 */
struct hist {
	uint64_t count;
	uint64_t sum;
	uint64_t min;
	uint64_t max;
	uint64_t slot[HIST_SLOTS];
};

/**
 * struct hist_range - a range of values
 * @from: smallest value
 * @to: largest value
 * @count: number of values
 */
struct hist_range {
	uint64_t from;
	uint64_t to;
	uint64_t count;
};

void hist_add(struct hist *h, uint64_t value);
uint64_t hist_percentile(const struct hist *h, unsigned int permille);
struct hist_range hist_bin(const struct hist *h, unsigned int bin);
bool hist_next(const struct hist *h, unsigned int bits, unsigned int *at,
	       struct hist_range *range);

#endif /* DCBM_REPORT_HIST_H */
