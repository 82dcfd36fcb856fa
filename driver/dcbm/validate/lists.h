/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Lists of segments: random lists of a given shape, and simple lists.
 */
#ifndef _DCBM_V_LISTS_H
#define _DCBM_V_LISTS_H

#include <linux/types.h>

struct dcbm_vd;
struct dcbm_vlist;
struct dcbm_vseg;
struct dcbm_vt;

/**
 * struct dcbm_vshape - shape of random lists
 * @segs_min: minimum number of segments
 * @segs_max: maximum number of segments; fewer if memory is short
 * @len_min: minimum bytes per segment
 * @len_max: maximum bytes per segment
 * @align: start at any address that the device supports, not only on a cache line
 */
struct dcbm_vshape {
	u32 segs_min;
	u32 segs_max;
	u32 len_min;
	u32 len_max;
	bool align;
};

u32 dcbm_v_unit(const struct dcbm_vt *t);
u32 dcbm_v_between(struct dcbm_vt *t, u32 min, u32 max);
void dcbm_v_seed(struct dcbm_vt *t, u32 i);
u32 dcbm_v_list_make(struct dcbm_vt *t, struct dcbm_vd *v,
		     const struct dcbm_vshape *shape, u32 at, u32 room);
void dcbm_v_list_back(struct dcbm_vt *t, struct dcbm_vd *v, u32 at, u32 room);
void dcbm_v_list_one(struct dcbm_vt *t, struct dcbm_vd *v, u32 at, u32 len);
void dcbm_v_list_move(struct dcbm_vt *t, struct dcbm_vseg *seg, u32 off);
bool dcbm_v_list_recut(struct dcbm_vt *t, struct dcbm_vd *v, u32 at, u32 room);
u32 dcbm_v_list_bytes(const struct dcbm_vlist *list);

#endif /* _DCBM_V_LISTS_H */
