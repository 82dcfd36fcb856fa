// SPDX-License-Identifier: GPL-2.0-only
/*
 * Validity of requests
 *
 * A hardware engine cannot represent a request beyond its limits. The DMA API reports
 * the limits to clients, so an invalid request is a bug of the client.
 */
#include <linux/dmaengine.h>
#include <linux/limits.h>
#include <linux/scatterlist.h>

#include "limits.h"
#include "walk.h"

/* DMA_PREP_LOAD_EOT has an effect on repeated transfers only, and is ignored. */
#define SIMDMA_FLAGS	(DMA_PREP_INTERRUPT | DMA_CTRL_ACK | DMA_PREP_FENCE | \
			 DMA_PREP_LOAD_EOT)

/* DMA_CTRL_REUSE is invalid: no device declares descriptor_reuse. */
bool simdma_flags_valid(unsigned long flags)
{
	return !(flags & ~(unsigned long)SIMDMA_FLAGS);
}

bool simdma_seg_valid(const struct simdma_limits *lim, dma_addr_t addr, size_t len)
{
	if (!len || len > lim->max_seg_size)
		return false;
	if ((addr | len) & lim->align_mask)
		return false;
	if (addr > lim->addr_mask || len - 1 > lim->addr_mask - addr)
		return false;
	return len - 1 <= lim->boundary_mask - (addr & lim->boundary_mask);
}

/**
 * simdma_list_len() - length of a valid list
 * @lim: limits of the device
 * @sgl: mapped segments
 * @nents: number of segments
 *
 * Return: Length in bytes, or 0 for an invalid list. A list of more than U32_MAX bytes
 * is invalid, because the residue of a result has 32 bits.
 */
u32 simdma_list_len(const struct simdma_limits *lim, struct scatterlist *sgl,
		    unsigned int nents)
{
	struct scatterlist *sg = sgl;
	unsigned int i;
	u64 total = 0;

	if (nents > lim->max_segs)
		return 0;

	for (i = 0; i < nents; i++, sg = sg_next(sg)) {
		if (!sg)
			return 0;
		if (!simdma_seg_valid(lim, sg_dma_address(sg), sg_dma_len(sg)))
			return 0;
		total += sg_dma_len(sg);
	}
	return total <= U32_MAX ? total : 0;
}

/**
 * simdma_list_load() - copy a list to a descriptor
 * @segs: array of at least @nents segments
 * @sgl: mapped segments
 * @nents: number of segments
 *
 * Segments of length 0 are skipped. A valid list has none, but the fault takes_zero
 * accepts them.
 *
 * Return: Number of segments in @segs.
 */
unsigned int simdma_list_load(struct simdma_seg *segs, struct scatterlist *sgl,
			      unsigned int nents)
{
	struct scatterlist *sg;
	unsigned int i, n = 0;

	for_each_sg(sgl, sg, nents, i) {
		if (!sg_dma_len(sg))
			continue;
		segs[n].addr = sg_dma_address(sg);
		segs[n].len = sg_dma_len(sg);
		n++;
	}
	return n;
}
