/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Histograms with logarithmic bins. The caller serialises access.
 */
#ifndef _DCBM_HIST_H
#define _DCBM_HIST_H

#include <linux/types.h>
#include <uapi/linux/dcbm.h>

/*
 * Bin 0 counts zeroes, bin k the values from 2^(k-1) to 2^k - 1, the last bin also all
 * larger values. @min and @max are 0 while @count is 0.
 */
struct dcbm_hist {
	u64 bins[DCBM_HIST_BINS];
	u64 count;
	u64 sum;
	u64 min;
	u64 max;
};

unsigned int dcbm_hist_bin(u64 value);
u64 dcbm_hist_from(unsigned int bin);
u64 dcbm_hist_to(unsigned int bin);
void dcbm_hist_add(struct dcbm_hist *hist, u64 value);
void dcbm_hist_merge(struct dcbm_hist *hist, const struct dcbm_hist *other);

#endif /* _DCBM_HIST_H */
