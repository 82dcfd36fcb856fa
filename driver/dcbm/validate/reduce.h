/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Cases of copy clauses, and the reduction of a list that fails.
 */
#ifndef _DCBM_V_REDUCE_H
#define _DCBM_V_REDUCE_H

#include <linux/types.h>

struct dcbm_vt;

int dcbm_v_case(struct dcbm_vt *t, u32 i);

#endif /* _DCBM_V_REDUCE_H */
