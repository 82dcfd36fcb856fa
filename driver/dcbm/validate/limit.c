// SPDX-License-Identifier: GPL-2.0-only
/*
 * Clauses limit.* and map.*: limits that the device declares, bounce buffers, IOMMU.
 */
#include <linux/dma-mapping.h>
#include <linux/gfp.h>
#include <linux/minmax.h>
#include <linux/mm.h>
#include <linux/mmzone.h>
#include <linux/nodemask.h>
#include <linux/sizes.h>

#include "clauses.h"
#include "lists.h"
#include "map.h"
#include "mem.h"
#include "reduce.h"
#include "run.h"
#include "types.h"
#include "verdict.h"
#include "wait.h"

/* Bytes after the segment, to see writes beyond its end. */
#define DCBM_V_AFTER	(2 * PAGE_SIZE)

/* Replaces the arenas of the run. */
static int dcbm_v_mem_again(struct dcbm_vt *t, int node, u32 size)
{
	dcbm_v_mem_free(t);
	return dcbm_v_mem_alloc(t, node, size);
}

int dcbm_v_limit_segment(struct dcbm_vt *t)
{
	size_t longest = min_t(size_t, dma_get_max_seg_size(t->chan->dev),
			       dma_max_mapping_size(t->chan->dev));
	size_t room = (PAGE_SIZE << MAX_PAGE_ORDER) - DCBM_V_AFTER;
	u64 window = (u64)dma_get_seg_boundary(t->chan->dev) + 1;
	u32 len;
	struct dcbm_vlist *list;
	u32 i = 0;
	int ret;

	/* An arena starts at a boundary, so a segment may be as long as the window. */
	if (window)
		longest = min_t(u64, longest, window);
	len = round_down(min(longest, room), dcbm_v_unit(t));
	if (dcbm_v_mem_again(t, dev_to_node(t->chan->dev), len + DCBM_V_AFTER))
		return dcbm_v_skip(t, "cannot allocate %u contiguous bytes", len);
	ret = dcbm_v_alloc(t, 1, 1);
	while (dcbm_v_next(t, &i, &ret)) {
		/* Not dcbm_v_list_one(), which shortens to whole pages, as dcbm_max_seg() does. */
		list = &t->vd[0].list;
		list->dst[0] = (struct dcbm_vseg) { 0, len };
		list->src[0] = (struct dcbm_vseg) { 0, len };
		list->nr_dst = 1;
		list->nr_src = 1;
		ret = dcbm_v_case(t, i);
	}
	if (!ret && len < longest)
		return dcbm_v_skip(t, "cannot allocate %zu contiguous bytes; %u were copied",
				   longest, len);
	return ret;
}

static bool dcbm_v_is_high(const struct dcbm_vt *t)
{
	return page_to_phys(t->src.page) >= SZ_4G && page_to_phys(t->dst.page) >= SZ_4G;
}

static int dcbm_v_go_high(struct dcbm_vt *t)
{
	int node;

	if (dcbm_v_is_high(t))
		return DCBM_V_PASS;
	for_each_node_state(node, N_MEMORY)
		if (!dcbm_v_mem_again(t, node, t->spec->max_bytes) && dcbm_v_is_high(t))
			return DCBM_V_PASS;
	return dcbm_v_skip(t, "no free memory above 4 GiB was found");
}

int dcbm_v_limit_above4g(struct dcbm_vt *t)
{
	int ret = dcbm_v_go_high(t);
	u32 i = 0;

	if (!ret)
		ret = dcbm_v_slots(t, t->spec->depth, SZ_16K);
	while (dcbm_v_next(t, &i, &ret))
		ret = dcbm_v_round(t, t->nr);
	return ret;
}

/* One segment ends at the boundary, and another one begins there. */
int dcbm_v_limit_boundary(struct dcbm_vt *t)
{
	u64 window = (u64)dma_get_seg_boundary(t->chan->dev) + 1;
	u64 start = page_to_phys(t->dst.page);
	u32 len = SZ_2K, at, i = 0;
	int ret;

	/*
	 * The window is 0 if the device has no boundary. An arena is aligned to its size, so
	 * a boundary is inside only if the window is shorter than the arena.
	 */
	if (!window || window > t->size / 2)
		return dcbm_v_skip(t, "no segment boundary within %u bytes", t->size);
	ret = dcbm_v_alloc(t, 2, 1);
	at = window - (start & (window - 1));
	len = min_t(u32, len, window);
	while (dcbm_v_next(t, &i, &ret)) {
		dcbm_v_list_one(t, &t->vd[0], at - len, len);
		dcbm_v_list_one(t, &t->vd[1], at, len);
		ret = dcbm_v_round(t, 2);
	}
	return ret;
}

static int dcbm_v_few_rounds(struct dcbm_vt *t)
{
	int ret = dcbm_v_slots(t, t->spec->depth, SZ_4K);
	u32 i = 0;

	while (dcbm_v_next(t, &i, &ret))
		ret = dcbm_v_round(t, t->nr);
	return ret;
}

int dcbm_v_map_bounce(struct dcbm_vt *t)
{
	int ret = dcbm_v_few_rounds(t);

	if (!ret && !t->bounced)
		return dcbm_v_skip(t, "no bounce buffer was used (swiotlb=force forces them)");
	return ret;
}

int dcbm_v_map_iommu(struct dcbm_vt *t)
{
	if (!dcbm_v_translated(t))
		return dcbm_v_skip(t, "the device is not behind an IOMMU that translates");
	return dcbm_v_few_rounds(t);
}
