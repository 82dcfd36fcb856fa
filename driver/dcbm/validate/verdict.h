/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Verdicts of clauses, with their explanation.
 */
#ifndef _DCBM_V_VERDICT_H
#define _DCBM_V_VERDICT_H

#include "result.h"

struct dcbm_vt;

int dcbm_v_fail(struct dcbm_vt *t, const char *fmt, ...) __printf(2, 3);
int dcbm_v_skip(struct dcbm_vt *t, const char *fmt, ...) __printf(2, 3);
void dcbm_v_note(struct dcbm_vt *t, const char *fmt, ...) __printf(2, 3);

#endif /* _DCBM_V_VERDICT_H */
