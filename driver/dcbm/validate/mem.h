/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Memory of a run: arenas, their content, and the expected content.
 */
#ifndef _DCBM_V_MEM_H
#define _DCBM_V_MEM_H

#include <linux/types.h>

struct dcbm_vt;
struct dcbm_vwrong;

int dcbm_v_mem_alloc(struct dcbm_vt *t, int node, u32 size);
void dcbm_v_mem_free(struct dcbm_vt *t);
void dcbm_v_fill(struct dcbm_vt *t, u32 nr);
void dcbm_v_expect_nothing(struct dcbm_vt *t);
u64 dcbm_v_compare(struct dcbm_vt *t, u32 nr, struct dcbm_vwrong *wrong, u32 max);
int dcbm_v_verify(struct dcbm_vt *t, u32 nr);
int dcbm_v_untouched(struct dcbm_vt *t, const char *when);

#endif /* _DCBM_V_MEM_H */
