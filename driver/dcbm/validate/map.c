// SPDX-License-Identifier: GPL-2.0-only
/*
 * Descriptors of a run: allocation and mapping.
 */
#include <linux/align.h>
#include <linux/bits.h>
#include <linux/dma-direct.h>
#include <linux/dma-map-ops.h>
#include <linux/dma-mapping.h>
#include <linux/iommu.h>
#include <linux/limits.h>
#include <linux/minmax.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>

#include "../plan.h"
#include "lists.h"
#include "map.h"
#include "types.h"

static void dcbm_vd_exit(struct dcbm_vd *v)
{
	kvfree(v->list.dst);
	kvfree(v->list.src);
	kvfree(v->sg);
}

static int dcbm_vd_init(struct dcbm_vt *t, struct dcbm_vd *v, u32 max_segs)
{
	struct dcbm_validate *validate = t->validate;
	int ret;

	v->t = t;
	v->max_segs = max_segs;
	v->d.waiter = &t->waiter;
	v->d.batch = t->batch;
	v->list.dst = kvcalloc(max_segs, sizeof(*v->list.dst), GFP_KERNEL);
	v->list.src = kvcalloc(max_segs, sizeof(*v->list.src), GFP_KERNEL);
	v->sg = kvcalloc(4 * max_segs, sizeof(*v->sg), GFP_KERNEL);
	if (!v->list.dst || !v->list.src || !v->sg)
		return -ENOMEM;
	v->dst.sgl = v->sg;
	v->src.sgl = v->sg + max_segs;
	v->pair_dst = v->sg + 2 * max_segs;
	v->pair_src = v->sg + 3 * max_segs;
	/* Some providers call sg_next() on the last used entry: the table needs an end mark. */
	sg_init_table(v->pair_dst, max_segs);
	sg_init_table(v->pair_src, max_segs);
	/* Cyclic, so that a late callback does not find a new descriptor under its index. */
	ret = xa_alloc_cyclic(&validate->tokens, &v->index, v,
			      XA_LIMIT(1, U32_MAX >> BITS_PER_BYTE),
			      &validate->next_index, GFP_KERNEL);
	return min(ret, 0);
}

/* Replaces the descriptors of a run that has nothing in flight. Returns 0 or -ENOMEM. */
int dcbm_v_alloc(struct dcbm_vt *t, u32 nr, u32 max_segs)
{
	u32 i;

	dcbm_v_free(t);
	t->vd = kvcalloc(nr, sizeof(*t->vd), GFP_KERNEL);
	if (!t->vd)
		return -ENOMEM;
	t->nr = nr;
	for (i = 0; i < nr; i++)
		if (dcbm_vd_init(t, &t->vd[i], max_segs))
			return -ENOMEM;
	return 0;
}

void dcbm_v_free(struct dcbm_vt *t)
{
	u32 i;

	dcbm_v_unmap_all(t);
	for (i = 0; i < t->nr; i++)
		xa_erase(&t->validate->tokens, t->vd[i].index);
	/* A callback may have looked up a descriptor. */
	synchronize_rcu();
	for (i = 0; i < t->nr; i++)
		dcbm_vd_exit(&t->vd[i]);
	kvfree(t->vd);
	t->vd = NULL;
	t->nr = 0;
}

/*
 * Allocates descriptors of one segment of @len bytes each, side by side in the arenas;
 * fewer than @nr if the arenas are too small. Returns 0 or -ENOMEM.
 */
int dcbm_v_slots(struct dcbm_vt *t, u32 nr, u32 len)
{
	u32 stride, i;
	int ret;

	len = max(len, dcbm_v_unit(t));
	stride = ALIGN(len, max_t(u32, DCBM_V_LINE, dcbm_v_unit(t)));
	/* One descriptor always fits, even if the arena ends within a cache line. */
	nr = clamp(nr, 1U, max(t->size / stride, 1U));
	ret = dcbm_v_alloc(t, nr, 1);
	if (ret)
		return ret;
	for (i = 0; i < nr; i++)
		dcbm_v_list_one(t, &t->vd[i], i * stride, len);
	return 0;
}

static void dcbm_v_sg(struct sg_table *table, const struct dcbm_arena *arena,
		      const struct dcbm_vseg *seg, u32 nr)
{
	u32 i;

	sg_init_table(table->sgl, nr);
	for (i = 0; i < nr; i++)
		sg_set_page(&table->sgl[i], arena->page + (seg[i].off >> PAGE_SHIFT),
			    seg[i].len, offset_in_page(seg[i].off));
	table->orig_nents = nr;
}

#ifdef CONFIG_IOMMU_API
static bool dcbm_v_domain_translates(const struct iommu_domain *domain)
{
	return domain && domain->type != IOMMU_DOMAIN_IDENTITY;
}
#else
static bool dcbm_v_domain_translates(const struct iommu_domain *domain)
{
	return false;
}
#endif

/*
 * Returns true if an IOMMU translates the addresses of the device. With an identity domain
 * the DMA API uses bounce buffers, as without an IOMMU.
 */
bool dcbm_v_translated(const struct dcbm_vt *t)
{
	return dcbm_v_domain_translates(iommu_get_domain_for_dev(t->chan->dev));
}

/* Returns false if the device gets a bounce buffer. */
static bool dcbm_v_direct(struct dcbm_vt *t, struct dcbm_vd *v)
{
	dma_addr_t addr = sg_dma_address(v->dst.sgl);
	struct device *dev = t->chan->dev;

	if (dcbm_v_translated(t))
		return iommu_iova_to_phys(iommu_get_domain_for_dev(dev), addr) ==
		       sg_phys(v->dst.sgl);
	return addr == phys_to_dma(dev, sg_phys(v->dst.sgl));
}

/* The contract requires pairwise equal segments; only clause copy.uneven has uneven lists. */
static int dcbm_v_pair(struct dcbm_vd *v)
{
	bool uneven = v->list.nr_dst != v->list.nr_src;
	int n;

	n = dcbm_plan_pair(v->dst.sgl, v->dst.nents, v->src.sgl, v->src.nents,
			   v->pair_dst, v->pair_src, v->max_segs);
	if (n < 0 && !uneven)
		return n;
	v->pairs = uneven ? 0 : n;
	return 0;
}

void dcbm_v_unmap(struct dcbm_vt *t, struct dcbm_vd *v)
{
	struct device *dev = t->chan->dev;

	if (!v->mapped)
		return;
	dma_unmap_sgtable(dev, &v->dst, DMA_FROM_DEVICE, 0);
	dma_unmap_sgtable(dev, &v->src, DMA_TO_DEVICE, 0);
	v->mapped = false;
}

int dcbm_v_map(struct dcbm_vt *t, struct dcbm_vd *v)
{
	struct device *dev = t->chan->dev;
	int ret;

	dcbm_v_sg(&v->dst, &t->dst, v->list.dst, v->list.nr_dst);
	dcbm_v_sg(&v->src, &t->src, v->list.src, v->list.nr_src);
	ret = dma_map_sgtable(dev, &v->src, DMA_TO_DEVICE, DMA_ATTR_NO_WARN);
	if (ret)
		return ret;
	ret = dma_map_sgtable(dev, &v->dst, DMA_FROM_DEVICE, DMA_ATTR_NO_WARN);
	if (ret) {
		dma_unmap_sgtable(dev, &v->src, DMA_TO_DEVICE, 0);
		return ret;
	}
	v->mapped = true;
	ret = dcbm_v_pair(v);
	if (ret) {
		dcbm_v_unmap(t, v);
		return ret;
	}
	t->bounced = t->bounced || !dcbm_v_direct(t, v);
	return 0;
}

void dcbm_v_unmap_all(struct dcbm_vt *t)
{
	u32 i;

	for (i = 0; i < t->nr; i++)
		dcbm_v_unmap(t, &t->vd[i]);
}

/* The CPU sees writes to mapped memory if the device is coherent and nothing is bounced. */
bool dcbm_v_visible(const struct dcbm_vt *t)
{
	return dev_is_dma_coherent(t->chan->dev) && !t->bounced;
}
