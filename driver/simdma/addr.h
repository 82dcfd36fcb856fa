/* SPDX-License-Identifier: GPL-2.0-only */
/* Translation of DMA addresses to memory */
#ifndef _SIMDMA_ADDR_H
#define _SIMDMA_ADDR_H

#include <linux/sizes.h>
#include <linux/types.h>

struct device;

/*
 * Smallest page of any IOMMU. Memory that is contiguous for the device is contiguous
 * for the CPU only up to a multiple of this size, so no piece of a copy crosses such a
 * multiple.
 */
#define SIMDMA_PIECE	SZ_4K

phys_addr_t simdma_phys(struct device *dev, dma_addr_t addr);
void *simdma_map(struct device *dev, dma_addr_t addr);

#endif /* _SIMDMA_ADDR_H */
