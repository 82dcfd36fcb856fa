// SPDX-License-Identifier: GPL-2.0-only
/*
 * Where DMA addresses lead, and the copy of a descriptor.
 */
#include <linux/dma-direct.h>
#include <linux/dmaengine.h>
#include <linux/highmem.h>
#include <linux/iommu.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/sizes.h>
#include <linux/uaccess.h>

#include "faults.h"
#include "simdma.h"

/*
 * No piece crosses a multiple of this: the smallest page of any IOMMU. What is
 * contiguous for the device is so in memory only up to here.
 */
#define SIMDMA_PIECE	SZ_4K

#ifdef CONFIG_IOMMU_API
static bool simdma_domain_translates(const struct iommu_domain *domain)
{
	return domain && domain->type != IOMMU_DOMAIN_IDENTITY;
}
#else
static bool simdma_domain_translates(const struct iommu_domain *domain)
{
	return false;
}
#endif

/*
 * Through the page tables of the IOMMU if the device is behind one, where 0 says
 * that there is no entry. Otherwise addresses are physical ones, shifted by what
 * the bus says. PHYS_ADDR_MAX leads to no memory.
 */
static phys_addr_t simdma_phys(struct device *dev, dma_addr_t addr)
{
	struct iommu_domain *domain = iommu_get_domain_for_dev(dev);

	if (simdma_domain_translates(domain))
		return iommu_iova_to_phys(domain, addr) ?: PHYS_ADDR_MAX;
	return dma_to_phys(dev, addr);
}

/*
 * Map what a DMA address leads to, up to the next multiple of SIMDMA_PIECE. The
 * mapping is local to this thread, see kmap_local_page(). Returns NULL if there is
 * no memory.
 */
static void *simdma_map(struct device *dev, dma_addr_t addr)
{
	phys_addr_t phys = simdma_phys(dev, addr);

	if (!pfn_valid(PHYS_PFN(phys)))
		return NULL;
	return kmap_local_page(pfn_to_page(PHYS_PFN(phys))) + offset_in_page(phys);
}

static enum dmaengine_tx_result simdma_copy_piece(struct device *dev,
						  const struct simdma_piece *piece)
{
	unsigned long missing;
	void *dst, *src;

	src = simdma_map(dev, piece->src);
	if (!src)
		return DMA_TRANS_READ_FAILED;
	dst = simdma_map(dev, piece->dst);
	if (!dst) {
		kunmap_local(src);
		return DMA_TRANS_WRITE_FAILED;
	}

	/* Poisoned memory is an error of the engine, not of this CPU. */
	missing = copy_mc_to_kernel(dst, src, piece->len);
	kunmap_local(dst);
	kunmap_local(src);
	return missing ? DMA_TRANS_READ_FAILED : DMA_TRANS_NOERROR;
}

/**
 * simdma_copy() - copy what a descriptor says
 * @desc: the running descriptor
 *
 * Context: The channel's worker. May sleep.
 * Return: How it went; DMA_TRANS_ABORTED if it was cancelled or the worker has to
 * stop. @desc->copied says how far it came.
 */
enum dmaengine_tx_result simdma_copy(struct simdma_desc *desc)
{
	struct simdma_chan *sc = to_simdma_chan(desc->tx.chan);
	enum dmaengine_tx_result result;
	struct simdma_piece piece;
	struct simdma_walk walk;

	simdma_walk_begin(&walk, desc->dst, desc->nr_dst, desc->src, desc->nr_src);
	for (;;) {
		piece = simdma_walk_next(&walk, SIMDMA_PIECE);
		if (!piece.len)
			return DMA_TRANS_NOERROR;
		if (simdma_must_stop(desc))
			return DMA_TRANS_ABORTED;

		result = simdma_should_fail(desc);
		if (result == DMA_TRANS_NOERROR)
			result = simdma_copy_piece(sc->sd->dma.dev, &piece);
		if (result != DMA_TRANS_NOERROR)
			return result;

		WRITE_ONCE(desc->copied, desc->copied + piece.len);
		cond_resched();
	}
}
