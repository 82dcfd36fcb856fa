/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Limits of a device, and validity of requests
 *
 * No kernel state, no allocation.
 */
#ifndef _SIMDMA_LIMITS_H
#define _SIMDMA_LIMITS_H

#include <linux/types.h>

struct scatterlist;
struct simdma_seg;

/**
 * struct simdma_limits - the limits of a device
 * @addr_mask: highest DMA address
 * @boundary_mask: no segment crosses a multiple of @boundary_mask + 1; all ones for
 *	no boundary
 * @max_seg_size: maximum length of a segment, in bytes
 * @max_segs: maximum number of segments per list
 * @align_mask: bits that must be 0 in addresses and lengths
 */
struct simdma_limits {
	u64 addr_mask;
	u64 boundary_mask;
	u32 max_seg_size;
	u32 max_segs;
	u32 align_mask;
};

bool simdma_flags_valid(unsigned long flags);
bool simdma_seg_valid(const struct simdma_limits *lim, dma_addr_t addr, size_t len);
u32 simdma_list_len(const struct simdma_limits *lim, struct scatterlist *sgl,
		    unsigned int nents);
unsigned int simdma_list_load(struct simdma_seg *segs, struct scatterlist *sgl,
			      unsigned int nents);

#endif /* _SIMDMA_LIMITS_H */
