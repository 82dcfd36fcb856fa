/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Planning: sharing a batch over channels, cutting and pairing segments. Pure functions,
 * for any context.
 */
#ifndef _DCBM_PLAN_H
#define _DCBM_PLAN_H

#include <linux/scatterlist.h>
#include <linux/types.h>

/* Limits of a DMA device for one segment. @max_seg is at least 1 << @align_shift. */
struct dcbm_limits {
	size_t max_seg;
	unsigned int align_shift;	/* of addresses and lengths: dma_device.copy_align */
	u64 boundary;			/* mask, as of dma_get_seg_boundary() */
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
