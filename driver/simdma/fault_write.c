// SPDX-License-Identifier: GPL-2.0-only
/*
 * Faults that write to memory after a correct copy
 */
#include <linux/align.h>
#include <linux/dmaengine.h>
#include <linux/highmem.h>
#include <linux/ioport.h>
#include <linux/mm.h>
#include <linux/string.h>

#include "addr.h"
#include "fault_write.h"
#include "simdma.h"
#include "walk.h"

/* Byte that the fault overrun_page writes */
#define SIMDMA_OVERRUN_BYTE	0xee

/* Does a destination overlap [@addr, @addr + @len)? */
static bool simdma_in_dst(const struct simdma_desc *desc, dma_addr_t addr, u32 len)
{
	const struct simdma_seg range = { .addr = addr, .len = len };
	unsigned int i;

	for (i = 0; i < desc->nr_dst; i++)
		if (simdma_segs_overlap(&desc->dst[i], &range))
			return true;
	return false;
}

/* Flip @bits of the byte at a DMA address, if there is memory. */
static void simdma_flip_bits(struct device *dev, dma_addr_t addr, u8 bits)
{
	u8 *mem = simdma_map(dev, addr);

	if (!mem)
		return;
	*mem ^= bits;
	kunmap_local(mem);
}

static enum dmaengine_tx_result simdma_flip(struct simdma_desc *desc, u32 arg)
{
	u32 off = desc->len / 2;
	unsigned int i = 0;

	while (i + 1 < desc->nr_dst && off >= desc->dst[i].len)
		off -= desc->dst[i++].len;
	simdma_flip_bits(simdma_desc_dev(desc), desc->dst[i].addr + off,
			 (u8)arg ?: U8_MAX);
	return DMA_TRANS_NOERROR;
}

/*
 * Find the end of a segment whose next byte is on the same page, and not part of another
 * destination.
 */
static bool simdma_overrun_byte_at(struct simdma_desc *desc, dma_addr_t *addr)
{
	unsigned int i;

	for (i = 0; i < desc->nr_dst; i++) {
		*addr = simdma_seg_end(&desc->dst[i]);
		if (!IS_ALIGNED(*addr, SIMDMA_PIECE) &&
		    !simdma_in_dst(desc, *addr, 1))
			return true;
	}
	return false;
}

static bool simdma_overrun_byte_fits(struct simdma_desc *desc, u32 arg)
{
	dma_addr_t addr;

	return simdma_overrun_byte_at(desc, &addr);
}

static enum dmaengine_tx_result simdma_overrun_byte(struct simdma_desc *desc,
						    u32 arg)
{
	dma_addr_t addr;

	if (simdma_overrun_byte_at(desc, &addr))
		simdma_flip_bits(simdma_desc_dev(desc), addr, U8_MAX);
	return DMA_TRANS_NOERROR;
}

/* Memory outside the folio may not belong to the client. */
static bool simdma_same_folio(struct device *dev, dma_addr_t a, dma_addr_t b)
{
	phys_addr_t pa = simdma_phys(dev, a), pb = simdma_phys(dev, b);

	if (pa == PHYS_ADDR_MAX || pb == PHYS_ADDR_MAX)
		return false;
	return compound_head(pfn_to_page(PHYS_PFN(pa))) ==
	       compound_head(pfn_to_page(PHYS_PFN(pb)));
}

/*
 * Find the page after a segment that is not part of another destination. @force permits
 * a page outside the folio of the segment.
 */
static bool simdma_overrun_page_at(struct simdma_desc *desc, bool force,
				   dma_addr_t *addr)
{
	struct device *dev = simdma_desc_dev(desc);
	unsigned int i;

	for (i = 0; i < desc->nr_dst; i++) {
		dma_addr_t end = simdma_seg_end(&desc->dst[i]);

		*addr = ALIGN(end, SIMDMA_PIECE);
		if (simdma_in_dst(desc, *addr, SIMDMA_PIECE))
			continue;
		if (simdma_same_folio(dev, end - 1, *addr))
			return true;
		if (force && page_is_ram(PHYS_PFN(simdma_phys(dev, *addr))))
			return true;
	}
	return false;
}

static bool simdma_overrun_page_fits(struct simdma_desc *desc, u32 arg)
{
	dma_addr_t addr;

	return simdma_overrun_page_at(desc, arg, &addr);
}

static enum dmaengine_tx_result simdma_overrun_page(struct simdma_desc *desc,
						    u32 arg)
{
	dma_addr_t addr;
	void *mem;

	if (!simdma_overrun_page_at(desc, arg, &addr))
		return DMA_TRANS_NOERROR;
	mem = simdma_map(simdma_desc_dev(desc), addr);
	if (mem) {
		memset(mem, SIMDMA_OVERRUN_BYTE, SIMDMA_PIECE);
		kunmap_local(mem);
	}
	return DMA_TRANS_NOERROR;
}

static enum dmaengine_tx_result simdma_write_src(struct simdma_desc *desc, u32 arg)
{
	simdma_flip_bits(simdma_desc_dev(desc), desc->src[0].addr, U8_MAX);
	return DMA_TRANS_NOERROR;
}

const struct simdma_copy_fault simdma_write_faults[SIMDMA_NR_FAULTS] = {
	[SIMDMA_FAULT_FLIP] = { .after = simdma_flip },
	[SIMDMA_FAULT_OVERRUN_BYTE] = {
		.fits = simdma_overrun_byte_fits, .after = simdma_overrun_byte,
	},
	[SIMDMA_FAULT_OVERRUN_PAGE] = {
		.fits = simdma_overrun_page_fits, .after = simdma_overrun_page,
	},
	[SIMDMA_FAULT_WRITE_SRC] = { .after = simdma_write_src },
};
