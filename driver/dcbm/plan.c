// SPDX-License-Identifier: GPL-2.0-only
/*
 * Planning: sharing a batch over channels, cutting and pairing segments
 */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/math64.h>
#include <linux/minmax.h>

#include "plan.h"

/*
 * The part of a batch of @units that channel @idx of @nr channels copies. The parts of all
 * channels are adjacent, in the order of @idx, cover the batch, and differ by at most one
 * unit. Some parts are empty if there are fewer units than channels.
 */
struct dcbm_range dcbm_plan_share(u64 units, unsigned int nr, unsigned int idx)
{
	return (struct dcbm_range) {
		.start = div_u64(units * idx, nr),
		.end = div_u64(units * (idx + 1), nr),
	};
}

/* Bytes from @addr to the next boundary; 0 stands for 2^64. */
static u64 to_boundary(u64 addr, u64 boundary)
{
	return (boundary - (addr & boundary)) + 1;
}

/*
 * Length of the next segment, of at most @len bytes, that is valid at both physical
 * addresses; 0 if no length is valid. Segments are cut at boundaries before they are
 * mapped: the direct mapping adds a constant to the address and does not check boundaries
 * (dma_direct_map_sg()), and an IOMMU never places an entry across a boundary
 * (iommu_dma_map_sg()).
 */
size_t dcbm_plan_cut(const struct dcbm_limits *lim, u64 dst, u64 src, size_t len)
{
	u64 unit = 1ULL << lim->align_shift;
	u64 cut = min_t(u64, len, lim->max_seg);
	u64 room;

	room = to_boundary(dst, lim->boundary);
	if (room)
		cut = min(cut, room);
	room = to_boundary(src, lim->boundary);
	if (room)
		cut = min(cut, room);

	if ((dst | src | len) & (unit - 1))
		return 0;
	return cut & ~(unit - 1);
}

/**
 * dcbm_plan_pair() - cut two mapped lists so that they match pairwise
 * @dst: mapped list that is written
 * @dst_nents: entries of @dst, as returned by dma_map_sg()
 * @src: mapped list that is read
 * @src_nents: entries of @src
 * @pair_dst: result for @dst
 * @pair_src: result for @src
 * @max: capacity of each result, in entries
 *
 * An IOMMU may merge the entries of the lists differently, but some engines accept only
 * pairs of equal length. So both lists are cut wherever an entry of either list ends. Two
 * lists that had n pairwise equal entries before mapping need at most n entries.
 *
 * Only the DMA address and length of the results are set, as a provider needs them.
 *
 * Return: Number of pairs; -EINVAL for lists of different total lengths or with an empty
 * entry; -ENOSPC if there are more than @max pairs.
 */
int dcbm_plan_pair(struct scatterlist *dst, unsigned int dst_nents,
		   struct scatterlist *src, unsigned int src_nents,
		   struct scatterlist *pair_dst, struct scatterlist *pair_src,
		   unsigned int max)
{
	size_t dst_off = 0, src_off = 0;
	unsigned int n = 0;

	while (dst_nents && src_nents) {
		size_t len = min(sg_dma_len(dst) - dst_off,
				 sg_dma_len(src) - src_off);

		if (!len)
			return -EINVAL;
		if (n == max)
			return -ENOSPC;

		sg_dma_address(&pair_dst[n]) = sg_dma_address(dst) + dst_off;
		sg_dma_len(&pair_dst[n]) = len;
		sg_dma_address(&pair_src[n]) = sg_dma_address(src) + src_off;
		sg_dma_len(&pair_src[n]) = len;
		n++;

		dst_off += len;
		src_off += len;
		if (dst_off == sg_dma_len(dst)) {
			dst = sg_next(dst);
			dst_off = 0;
			dst_nents--;
		}
		if (src_off == sg_dma_len(src)) {
			src = sg_next(src);
			src_off = 0;
			src_nents--;
		}
	}

	if (dst_nents || src_nents)
		return -EINVAL;
	return n;
}
