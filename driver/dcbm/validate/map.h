/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Descriptors of a run: allocation and mapping.
 */
#ifndef _DCBM_V_MAP_H
#define _DCBM_V_MAP_H

#include <linux/types.h>

struct dcbm_vd;
struct dcbm_vt;

int dcbm_v_alloc(struct dcbm_vt *t, u32 nr, u32 max_segs);
void dcbm_v_free(struct dcbm_vt *t);
int dcbm_v_slots(struct dcbm_vt *t, u32 nr, u32 len);
bool dcbm_v_translated(const struct dcbm_vt *t);
int dcbm_v_map(struct dcbm_vt *t, struct dcbm_vd *v);
void dcbm_v_unmap(struct dcbm_vt *t, struct dcbm_vd *v);
void dcbm_v_unmap_all(struct dcbm_vt *t);
bool dcbm_v_visible(const struct dcbm_vt *t);

#endif /* _DCBM_V_MAP_H */
