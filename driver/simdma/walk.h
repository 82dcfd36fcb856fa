/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Two lists of segments as two streams of bytes. Pure: no kernel state, no
 * allocation; the caller sees to the lifetime of the lists.
 */
#ifndef _SIMDMA_WALK_H
#define _SIMDMA_WALK_H

#include <linux/types.h>

/**
 * struct simdma_seg - a segment
 * @addr: DMA address of its first byte
 * @len: bytes, at least one
 */
struct simdma_seg {
	dma_addr_t addr;
	u32 len;
};

static inline dma_addr_t simdma_seg_end(const struct simdma_seg *seg)
{
	return seg->addr + seg->len;
}

static inline bool simdma_segs_overlap(const struct simdma_seg *a,
				       const struct simdma_seg *b)
{
	return a->addr < simdma_seg_end(b) && b->addr < simdma_seg_end(a);
}

/**
 * struct simdma_stream - a position in a list of segments
 * @seg: the segment of the next byte
 * @end: behind the last segment
 * @off: of the next byte in @seg
 */
struct simdma_stream {
	const struct simdma_seg *seg;
	const struct simdma_seg *end;
	u32 off;
};

/**
 * struct simdma_walk - a copy under way
 * @dst: where the next byte goes
 * @src: where it comes from
 */
struct simdma_walk {
	struct simdma_stream dst;
	struct simdma_stream src;
};

/**
 * struct simdma_piece - bytes that one memcpy() can copy
 * @dst: address of the first one's destination
 * @src: address of the first one's source
 * @len: how many; 0 if there are no more
 */
struct simdma_piece {
	dma_addr_t dst;
	dma_addr_t src;
	u32 len;
};

void simdma_walk_begin(struct simdma_walk *walk, const struct simdma_seg *dst,
		       unsigned int nr_dst, const struct simdma_seg *src,
		       unsigned int nr_src);
struct simdma_piece simdma_walk_next(struct simdma_walk *walk, u32 page);

#endif /* _SIMDMA_WALK_H */
