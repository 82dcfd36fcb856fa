/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Planning of a batch: who copies what, cut where. Pure functions on numbers and
 * scatterlists, without state, locks or allocation; any context.
 */
#ifndef _DCBM_PLAN_H
#define _DCBM_PLAN_H

#include <linux/scatterlist.h>
#include <linux/types.h>

/**
 * struct dcbm_limits - what a DMA device takes as one segment
 * @max_seg: most bytes in a segment, at least 1 << @align_shift
 * @align_shift: log2 of what addresses and lengths are multiples of
 *	(dma_device.copy_align)
 * @boundary: mask of the addresses within which a segment must stay
 *	(dma_get_seg_boundary())
 */
struct dcbm_limits {
	size_t max_seg;
	unsigned int align_shift;
	u64 boundary;
};

/**
 * struct dcbm_range - part of a batch, in units of one page
 * @start: first unit
 * @end: unit behind the last
 */
struct dcbm_range {
	u64 start;
	u64 end;
};

struct dcbm_range dcbm_plan_share(u64 units, unsigned int nr, unsigned int idx);
size_t dcbm_plan_cut(const struct dcbm_limits *lim, u64 dst, u64 src, size_t len);
int dcbm_plan_pair(struct scatterlist *dst, unsigned int dst_nents,
		   struct scatterlist *src, unsigned int src_nents,
		   struct scatterlist *pair_dst, struct scatterlist *pair_src,
		   unsigned int max);

#endif /* _DCBM_PLAN_H */
