/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Descriptors of a run: submission and callback.
 */
#ifndef _DCBM_V_SUBMIT_H
#define _DCBM_V_SUBMIT_H

#include <linux/types.h>

struct dcbm_vd;
struct dcbm_vt;

void dcbm_v_prep_tx(struct dcbm_vd *v, unsigned long flags);
void dcbm_v_submit_begin(struct dcbm_vt *t, struct dcbm_vd *v);
void dcbm_v_submit_tx(struct dcbm_vd *v, bool callback);
void dcbm_v_submit_undo(struct dcbm_vd *v);
int dcbm_v_put(struct dcbm_vt *t, struct dcbm_vd *v, unsigned long flags);
int dcbm_v_put_retry(struct dcbm_vt *t, struct dcbm_vd *v, unsigned long flags);
void dcbm_v_issue(struct dcbm_vt *t);
int dcbm_v_start(struct dcbm_vt *t, u32 nr, u32 *started, unsigned long flags);
int dcbm_v_start_more(struct dcbm_vt *t, u32 nr, u32 *started, unsigned long flags);
int dcbm_v_fill_ring(struct dcbm_vt *t, u32 *nr);

#endif /* _DCBM_V_SUBMIT_H */
