/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Descriptors of a run: waiting and verdict.
 */
#ifndef _DCBM_V_WAIT_H
#define _DCBM_V_WAIT_H

#include <linux/dmaengine.h>
#include <linux/types.h>

struct dcbm_vd;
struct dcbm_vt;

bool dcbm_v_ended(const struct dcbm_vd *v);
u32 dcbm_v_nr_inflight(const struct dcbm_vt *t, u32 nr);
enum dma_status dcbm_v_status(struct dcbm_vt *t, struct dcbm_vd *v, u32 *residue);
u32 dcbm_v_wait_ended(struct dcbm_vt *t, u32 nr);
int dcbm_v_wait(struct dcbm_vt *t, u32 nr);
int dcbm_v_calls(struct dcbm_vt *t, u32 nr);
void dcbm_v_unlink(struct dcbm_vt *t);
int dcbm_v_no_room(struct dcbm_vt *t, u32 nr);
int dcbm_v_finish(struct dcbm_vt *t, u32 nr, u32 started);
int dcbm_v_round(struct dcbm_vt *t, u32 nr);
int dcbm_v_depth(struct dcbm_vt *t, u32 *depth);

#endif /* _DCBM_V_WAIT_H */
