/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Descriptors of a run: termination, reset and quarantine.
 */
#ifndef _DCBM_V_STOP_H
#define _DCBM_V_STOP_H

#include <linux/types.h>

struct dcbm_vt;

int dcbm_v_terminate(struct dcbm_vt *t);
int dcbm_v_stop(struct dcbm_vt *t, u32 nr);
void dcbm_v_quarantine(struct dcbm_vt *t, const char *why);
void dcbm_v_reset(struct dcbm_vt *t);

#endif /* _DCBM_V_STOP_H */
