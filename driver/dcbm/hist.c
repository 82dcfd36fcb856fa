// SPDX-License-Identifier: GPL-2.0-only
/*
 * Histograms with logarithmic bins
 */
#include <linux/bitops.h>
#include <linux/bits.h>
#include <linux/minmax.h>

#include "hist.h"

unsigned int dcbm_hist_bin(u64 value)
{
	return min_t(unsigned int, fls64(value), DCBM_HIST_BINS - 1);
}

/* Smallest value of a bin */
u64 dcbm_hist_from(unsigned int bin)
{
	return bin ? BIT_ULL(bin - 1) : 0;
}

/* Largest value of a bin; the last bin has no upper bound */
u64 dcbm_hist_to(unsigned int bin)
{
	return bin == DCBM_HIST_BINS - 1 ? U64_MAX : BIT_ULL(bin) - 1;
}

void dcbm_hist_add(struct dcbm_hist *hist, u64 value)
{
	hist->bins[dcbm_hist_bin(value)]++;
	hist->min = hist->count ? min(hist->min, value) : value;
	hist->max = max(hist->max, value);
	hist->sum += value;
	hist->count++;
}

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
