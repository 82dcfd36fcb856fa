// SPDX-License-Identifier: GPL-2.0-only
/*
 * Walk over two lists of segments
 */
#include <linux/minmax.h>

#include "walk.h"

void simdma_walk_begin(struct simdma_walk *walk, const struct simdma_seg *dst,
		       unsigned int nr_dst, const struct simdma_seg *src,
		       unsigned int nr_src)
{
	walk->dst = (struct simdma_stream) { .seg = dst, .end = dst + nr_dst };
	walk->src = (struct simdma_stream) { .seg = src, .end = src + nr_src };
}

/* Bytes up to the end of the segment or of the page, whichever comes first */
static u32 simdma_stream_room(const struct simdma_stream *s, u32 page)
{
	dma_addr_t addr = s->seg->addr + s->off;

	return min_t(u32, s->seg->len - s->off, page - (addr & (page - 1)));
}

static void simdma_stream_advance(struct simdma_stream *s, u32 len)
{
	s->off += len;
	if (s->off == s->seg->len) {
		s->seg++;
		s->off = 0;
	}
}

/**
 * simdma_walk_next() - advance by one piece
 * @walk: the walk
 * @page: a power of two; the piece does not cross a multiple of @page in the source or
 *	in the destination
 *
 * Return: The piece; of length 0 at the end of the shorter list.
 */
struct simdma_piece simdma_walk_next(struct simdma_walk *walk, u32 page)
{
	struct simdma_piece piece = { };

	if (walk->dst.seg == walk->dst.end || walk->src.seg == walk->src.end)
		return piece;

	piece.dst = walk->dst.seg->addr + walk->dst.off;
	piece.src = walk->src.seg->addr + walk->src.off;
	piece.len = min(simdma_stream_room(&walk->dst, page),
			simdma_stream_room(&walk->src, page));
	simdma_stream_advance(&walk->dst, piece.len);
	simdma_stream_advance(&walk->src, piece.len);
	return piece;
}
