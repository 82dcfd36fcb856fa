/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Planning: sharing a batch over channels, cutting and pairing segments. Pure functions,
 * for any context.
 */
#ifndef _DCBM_PLAN_H
#define _DCBM_PLAN_H

#include <linux/scatterlist.h>
#include <linux/types.h>

/**
 * struct dcbm_limits - limits of a DMA device for one segment
 * @max_seg: maximum length in bytes, at least 1 << @align_shift
 * @align_shift: log2 of the alignment of addresses and lengths (dma_device.copy_align)
 * @boundary: mask of the boundary that a segment must not cross
 *	(dma_get_seg_boundary())
 */
struct dcbm_limits {
	size_t max_seg;
	unsigned int align_shift;
	u64 boundary;
};

/* Part of a batch, from unit @start to before unit @end */
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
