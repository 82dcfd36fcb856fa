/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Walk over two lists of segments, as over two streams of bytes
 *
 * No kernel state, no allocation. The lists must stay valid during the walk.
 */
#ifndef _SIMDMA_WALK_H
#define _SIMDMA_WALK_H

#include <linux/types.h>

/**
 * struct simdma_seg - a segment
 * @addr: DMA address of the first byte
 * @len: length in bytes, at least 1
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
 * @seg: segment of the next byte
 * @end: end of the list, after the last segment
 * @off: offset of the next byte in @seg
 */
struct simdma_stream {
	const struct simdma_seg *seg;
	const struct simdma_seg *end;
	u32 off;
};

/**
 * struct simdma_walk - positions of a copy
 * @dst: position of the next byte to write
 * @src: position of the next byte to read
 */
struct simdma_walk {
	struct simdma_stream dst;
	struct simdma_stream src;
};

/**
 * struct simdma_piece - bytes that one memcpy() can copy
 * @dst: DMA address of the destination
 * @src: DMA address of the source
 * @len: length in bytes; 0 at the end of the walk
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
