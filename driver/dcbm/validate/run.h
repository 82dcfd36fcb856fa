/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Runs: channel, memory and cases.
 */
#ifndef _DCBM_V_RUN_H
#define _DCBM_V_RUN_H

#include <linux/types.h>

struct dcbm;
struct dcbm_vresult;
struct dcbm_vt;

struct dcbm_vt *dcbm_vt_new(struct dcbm *d, const char *name, struct dcbm_vresult *res);
void dcbm_vt_end(struct dcbm_vt *t);
bool dcbm_v_next(struct dcbm_vt *t, u32 *i, int *ret);

#endif /* _DCBM_V_RUN_H */
