// SPDX-License-Identifier: GPL-2.0-only
/*
 * Walking two lists of segments side by side, see walk.h.
 */
#include <linux/minmax.h>

#include "walk.h"

/**
 * simdma_walk_begin() - go to the first byte
 * @walk: the walk
 * @dst: segments that are written
 * @nr_dst: how many
 * @src: segments that are read
 * @nr_src: how many
 */
void simdma_walk_begin(struct simdma_walk *walk, const struct simdma_seg *dst,
		       unsigned int nr_dst, const struct simdma_seg *src,
		       unsigned int nr_src)
{
	walk->dst = (struct simdma_stream) { .seg = dst, .end = dst + nr_dst };
	walk->src = (struct simdma_stream) { .seg = src, .end = src + nr_src };
}

/* Bytes up to the end of the segment or of the page, whichever comes first. */
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
 * simdma_walk_next() - take the next piece
 * @walk: the walk
 * @page: bytes that no piece crosses a multiple of, on either side; a power of two
 *
 * Return: The piece. Its length is 0 when one of the lists is at its end.
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
