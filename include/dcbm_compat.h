/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Differences between the kernels for which the modules can be built
 *
 * A kernel without the patches of kernel/patches has neither the offload core nor
 * DMA_MEMCPY_SG. The driver can be built for such a kernel, but cannot register a
 * migrator, and no channel offers memcpy_sg. driver/Kbuild searches the headers of the
 * kernel and defines DCBM_HAVE_OFFLOAD and DCBM_HAVE_MEMCPY_SG.
 */
#ifndef _DCBM_COMPAT_H
#define _DCBM_COMPAT_H

#include <linux/bits.h>
#include <linux/dmaengine.h>
#include <linux/errno.h>
#include <linux/mm.h>
#include <linux/sysfs.h>

#ifdef DCBM_HAVE_OFFLOAD

#include <linux/migrate_copy_offload.h>

static inline void dcbm_mark_copied(struct folio *dst)
{
	dst->migrate_info |= FOLIO_CONTENT_COPIED;
}

/* For test batches only: page migration clears the mark itself. */
static inline bool dcbm_test_clear_copied(struct folio *dst)
{
	bool copied = dst->migrate_info & FOLIO_CONTENT_COPIED;

	dst->migrate_info &= ~FOLIO_CONTENT_COPIED;
	return copied;
}

#else /* no offload core: test batches only */

#define DCBM_COPIED			BIT(2)
#define MIGRATOR_NAME_LEN		32
#define MIGRATE_OFFLOAD_REASONS_ALLOWED	0UL

struct migrator {
	char name[MIGRATOR_NAME_LEN];
	int (*offload_copy)(struct list_head *dst_list,
			    struct list_head *src_list,
			    unsigned int folio_cnt);
	struct module *owner;
};

static inline int migrate_offload_register(struct migrator *m,
					   unsigned long reason_mask)
{
	return -EOPNOTSUPP;
}

static inline int migrate_offload_unregister(struct migrator *m)
{
	return -EOPNOTSUPP;
}

static inline int migrate_offload_set_reason_mask(struct migrator *m,
						  unsigned long reason_mask)
{
	return -EOPNOTSUPP;
}

static inline int migrate_offload_reason_mask_parse(const char *buf,
						    unsigned long *mask)
{
	return -EOPNOTSUPP;
}

static inline int migrate_offload_reason_mask_format(char *buf,
						     unsigned long mask)
{
	return sysfs_emit(buf, "none\n");
}

static inline void dcbm_mark_copied(struct folio *dst)
{
	dst->private = (void *)((unsigned long)dst->private | DCBM_COPIED);
}

static inline bool dcbm_test_clear_copied(struct folio *dst)
{
	unsigned long info = (unsigned long)dst->private;

	dst->private = (void *)(info & ~DCBM_COPIED);
	return info & DCBM_COPIED;
}

#endif

#ifdef DCBM_HAVE_MEMCPY_SG

static inline bool dcbm_chan_has_memcpy_sg(struct dma_chan *chan)
{
	return dma_has_cap(DMA_MEMCPY_SG, chan->device->cap_mask);
}

static inline struct dma_async_tx_descriptor *
dcbm_prep_memcpy_sg(struct dma_chan *chan, struct scatterlist *dst,
		    unsigned int dst_nents, struct scatterlist *src,
		    unsigned int src_nents, unsigned long flags)
{
	return dmaengine_prep_dma_memcpy_sg(chan, dst, dst_nents, src, src_nents,
					    flags);
}

/* For a provider: offer memcpy_sg. Returns false if the kernel does not have it. */
static inline bool
dcbm_offer_memcpy_sg(struct dma_device *dma,
		     struct dma_async_tx_descriptor *
		     (*prep)(struct dma_chan *chan, struct scatterlist *dst_sg,
			     unsigned int dst_nents, struct scatterlist *src_sg,
			     unsigned int src_nents, unsigned long flags))
{
	dma_cap_set(DMA_MEMCPY_SG, dma->cap_mask);
	dma->device_prep_dma_memcpy_sg = prep;
	return true;
}

#define DCBM_CAP_MEMCPY_SG	DMA_MEMCPY_SG

#else /* no DMA_MEMCPY_SG: no channel offers it */

static inline bool dcbm_chan_has_memcpy_sg(struct dma_chan *chan)
{
	return false;
}

static inline struct dma_async_tx_descriptor *
dcbm_prep_memcpy_sg(struct dma_chan *chan, struct scatterlist *dst,
		    unsigned int dst_nents, struct scatterlist *src,
		    unsigned int src_nents, unsigned long flags)
{
	return NULL;
}

static inline bool
dcbm_offer_memcpy_sg(struct dma_device *dma,
		     struct dma_async_tx_descriptor *
		     (*prep)(struct dma_chan *chan, struct scatterlist *dst_sg,
			     unsigned int dst_nents, struct scatterlist *src_sg,
			     unsigned int src_nents, unsigned long flags))
{
	return false;
}

/* Without effect: callers also check dcbm_chan_has_memcpy_sg(), which is false. */
#define DCBM_CAP_MEMCPY_SG	DMA_MEMCPY

#endif

#endif /* _DCBM_COMPAT_H */
