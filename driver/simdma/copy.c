// SPDX-License-Identifier: GPL-2.0-only
/*
 * Where DMA addresses lead, and the copy of a descriptor.
 */
#include <linux/dma-direct.h>
#include <linux/dmaengine.h>
#include <linux/highmem.h>
#include <linux/iommu.h>
#include <linux/minmax.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "fault.h"
#include "simdma.h"

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

/**
 * simdma_phys() - where a DMA address leads
 * @dev: the device
 * @addr: the address
 *
 * Through the page tables of the IOMMU if the device is behind one, where 0 says
 * that there is no entry. Otherwise addresses are physical ones, shifted by what
 * the bus says.
 *
 * Context: Any.
 * Return: A physical address, or PHYS_ADDR_MAX if there is no memory.
 */
phys_addr_t simdma_phys(struct device *dev, dma_addr_t addr)
{
	struct iommu_domain *domain = iommu_get_domain_for_dev(dev);
	phys_addr_t phys;

	if (simdma_domain_translates(domain))
		phys = iommu_iova_to_phys(domain, addr) ?: PHYS_ADDR_MAX;
	else
		phys = dma_to_phys(dev, addr);
	return pfn_valid(PHYS_PFN(phys)) ? phys : PHYS_ADDR_MAX;
}

/**
 * simdma_map() - map what a DMA address leads to
 * @dev: the device
 * @addr: the address
 *
 * The mapping is local to this thread, see kmap_local_page(), and good up to the next
 * multiple of SIMDMA_PIECE.
 *
 * Context: A thread.
 * Return: Where it is mapped, or NULL if there is no memory.
 */
void *simdma_map(struct device *dev, dma_addr_t addr)
{
	phys_addr_t phys = simdma_phys(dev, addr);

	if (phys == PHYS_ADDR_MAX)
		return NULL;
	return kmap_local_page(pfn_to_page(PHYS_PFN(phys))) + offset_in_page(phys);
}

/*
 * Faults may lead to sources that are not the client's, freed memory among them. An engine
 * reads that without asking; to KASAN it would be a defect of this driver, so it is
 * read as by a debugger (mm/maccess.c), which is not instrumented.
 */
static unsigned long simdma_copy_bytes(void *dst, const void *src, u32 len,
				       bool foreign)
{
	if (foreign)
		return copy_from_kernel_nofault(dst, src, len) ? len : 0;
	/* Poisoned memory is an error of the engine, not of this CPU. */
	return copy_mc_to_kernel(dst, src, len);
}

static enum dmaengine_tx_result simdma_copy_piece(struct device *dev,
						  const struct simdma_piece *piece,
						  bool foreign)
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

	missing = simdma_copy_bytes(dst, src, piece->len, foreign);
	kunmap_local(dst);
	kunmap_local(src);
	return missing ? DMA_TRANS_READ_FAILED : DMA_TRANS_NOERROR;
}

/* Writes zeroes instead of reading the source. */
static enum dmaengine_tx_result simdma_zero_piece(struct device *dev,
						  const struct simdma_piece *piece)
{
	void *dst = simdma_map(dev, piece->dst);

	if (!dst)
		return DMA_TRANS_WRITE_FAILED;
	memset(dst, 0, piece->len);
	kunmap_local(dst);
	return DMA_TRANS_NOERROR;
}

/* Copy the next piece, as far as @harm lets it. */
static enum dmaengine_tx_result simdma_copy_step(struct simdma_desc *desc,
						 struct simdma_step *step,
						 const struct simdma_harm *harm,
						 u32 arg)
{
	struct simdma_chan *sc = to_simdma_chan(desc->tx.chan);
	struct device *dev = sc->sd->dma.dev;

	if (harm && harm->step)
		harm->step(desc, arg, step);
	if (!step->piece.len)
		return DMA_TRANS_NOERROR;
	if (step->zero)
		return simdma_zero_piece(dev, &step->piece);
	return simdma_copy_piece(dev, &step->piece, simdma_faulty(sc));
}

static enum dmaengine_tx_result simdma_copy_all(struct simdma_desc *desc,
						const struct simdma_harm *harm,
						u32 arg)
{
	u32 end = harm && harm->stops ? arg : desc->len;
	enum dmaengine_tx_result result;
	struct simdma_walk walk;
	u32 len;

	simdma_walk_begin(&walk, desc->dst, desc->nr_dst, desc->src, desc->nr_src);
	while (desc->copied < end) {
		struct simdma_step step = {
			.dst = walk.dst.seg,
			.src = walk.src.seg,
		};

		step.piece = simdma_walk_next(&walk, SIMDMA_PIECE);
		step.piece.len = min(step.piece.len, end - desc->copied);
		len = step.piece.len;
		if (!len)
			break;
		if (simdma_must_stop(desc))
			return DMA_TRANS_ABORTED;

		result = simdma_copy_step(desc, &step, harm, arg);
		if (result != DMA_TRANS_NOERROR)
			return result;

		WRITE_ONCE(desc->copied, desc->copied + len);
		cond_resched();
	}
	return DMA_TRANS_NOERROR;
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
	enum dmaengine_tx_result result;
	const struct simdma_harm *harm;
	u32 arg = 0;

	harm = simdma_harm_begin(desc, &arg);
	result = simdma_copy_all(desc, harm, arg);
	if (!harm || result != DMA_TRANS_NOERROR)
		return result;

	/* Lists that were made shorter count as copied. */
	if (!harm->stops)
		WRITE_ONCE(desc->copied, desc->len);
	return harm->after ? harm->after(desc, arg) : harm->result;
}
