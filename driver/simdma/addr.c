// SPDX-License-Identifier: GPL-2.0-only
/*
 * Translation of DMA addresses to memory
 */
#include <linux/dma-direct.h>
#include <linux/highmem.h>
#include <linux/iommu.h>
#include <linux/mm.h>

#include "addr.h"

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
 * simdma_phys() - translate a DMA address
 * @dev: the device
 * @addr: the DMA address
 *
 * Uses the page tables of the IOMMU, or the offset of the bus if there is no IOMMU.
 * iommu_iova_to_phys() returns 0 for an address that is not mapped.
 *
 * Context: Any.
 * Return: The physical address, or PHYS_ADDR_MAX if it is not memory.
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
 * simdma_map() - map the memory of a DMA address
 * @dev: the device
 * @addr: the DMA address
 *
 * The mapping is valid up to the next multiple of SIMDMA_PIECE. The caller releases the
 * mapping with kunmap_local().
 *
 * Context: Process context.
 * Return: The mapped address, or NULL if @addr is not memory.
 */
void *simdma_map(struct device *dev, dma_addr_t addr)
{
	phys_addr_t phys = simdma_phys(dev, addr);

	if (phys == PHYS_ADDR_MAX)
		return NULL;
	return kmap_local_page(pfn_to_page(PHYS_PFN(phys))) + offset_in_page(phys);
}
