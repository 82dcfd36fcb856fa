// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which requests are lawful, see limits.h.
 *
 * An engine cannot do otherwise than refuse what it has no way to express, and a
 * client that asks for it has a bug: the DMA API told it the limits.
 */
#include <linux/dmaengine.h>
#include <linux/limits.h>
#include <linux/scatterlist.h>

#include "limits.h"
#include "walk.h"

/* DMA_PREP_LOAD_EOT changes nothing where no transfer is repeated. */
#define SIMDMA_FLAGS	(DMA_PREP_INTERRUPT | DMA_CTRL_ACK | DMA_PREP_FENCE | \
			 DMA_PREP_LOAD_EOT)

/**
 * simdma_flags_valid() - are all flags ones that this engine knows?
 * @flags: DMA_PREP_* and DMA_CTRL_* flags
 *
 * DMA_CTRL_REUSE is not among them: no device declares descriptor_reuse.
 *
 * Return: true if so.
 */
bool simdma_flags_valid(unsigned long flags)
{
	return !(flags & ~(unsigned long)SIMDMA_FLAGS);
}

/**
 * simdma_seg_valid() - is a segment within the limits?
 * @lim: the limits
 * @addr: DMA address of its first byte
 * @len: its bytes
 *
 * Return: true if so.
 */
bool simdma_seg_valid(const struct simdma_limits *lim, dma_addr_t addr,
		       size_t len)
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
 * simdma_list_len() - is a list within the limits?
 * @lim: the limits
 * @sgl: mapped segments
 * @nents: how many
 *
 * Context: Any.
 * Return: The bytes of the list, or 0 if it is not lawful. More than U32_MAX are
 * not, because the residue of a result could not tell them.
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
 * simdma_list_load() - copy a lawful list
 * @segs: where to, at least @nents
 * @sgl: mapped segments
 * @nents: how many
 *
 * Segments without length, which no lawful list has, are left out.
 *
 * Context: Any.
 * Return: How many segments there are in @segs.
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
