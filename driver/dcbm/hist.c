// SPDX-License-Identifier: GPL-2.0-only
/*
 * Histogram, see hist.h.
 */
#include <linux/bitops.h>
#include <linux/bits.h>
#include <linux/minmax.h>

#include "hist.h"

/**
 * dcbm_hist_bin() - the bin that counts a value
 * @value: any value
 *
 * Return: Index below DCBM_HIST_BINS.
 */
unsigned int dcbm_hist_bin(u64 value)
{
	return min_t(unsigned int, fls64(value), DCBM_HIST_BINS - 1);
}

/**
 * dcbm_hist_from() - smallest value of a bin
 * @bin: index below DCBM_HIST_BINS
 *
 * Return: The value.
 */
u64 dcbm_hist_from(unsigned int bin)
{
	return bin ? BIT_ULL(bin - 1) : 0;
}

/**
 * dcbm_hist_to() - largest value of a bin
 * @bin: index below DCBM_HIST_BINS
 *
 * Return: The value; U64_MAX for the last bin, which has no upper bound.
 */
u64 dcbm_hist_to(unsigned int bin)
{
	return bin == DCBM_HIST_BINS - 1 ? U64_MAX : BIT_ULL(bin) - 1;
}

/**
 * dcbm_hist_add() - count a value
 * @hist: histogram, not written by anybody else meanwhile
 * @value: any value
 */
void dcbm_hist_add(struct dcbm_hist *hist, u64 value)
{
	hist->bins[dcbm_hist_bin(value)]++;
	hist->min = hist->count ? min(hist->min, value) : value;
	hist->max = max(hist->max, value);
	hist->sum += value;
	hist->count++;
}

/**
 * dcbm_hist_merge() - add all that another histogram counted
 * @hist: where to
 * @other: from where
 */
void dcbm_hist_merge(struct dcbm_hist *hist, const struct dcbm_hist *other)
{
	unsigned int bin;

	if (!other->count)
		return;

	for (bin = 0; bin < DCBM_HIST_BINS; bin++)
		hist->bins[bin] += other->bins[bin];
	hist->min = hist->count ? min(hist->min, other->min) : other->min;
	hist->max = max(hist->max, other->max);
	hist->sum += other->sum;
	hist->count += other->count;
}
