/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Verdicts of clauses, with their explanation.
 */
#ifndef _DCBM_V_VERDICT_H
#define _DCBM_V_VERDICT_H

struct dcbm_vt;

/** enum dcbm_verdict - verdict of a clause */
enum dcbm_verdict { DCBM_V_PASS, DCBM_V_FAIL, DCBM_V_SKIP };

int dcbm_v_fail(struct dcbm_vt *t, const char *fmt, ...) __printf(2, 3);
int dcbm_v_skip(struct dcbm_vt *t, const char *fmt, ...) __printf(2, 3);
void dcbm_v_note(struct dcbm_vt *t, const char *fmt, ...) __printf(2, 3);

#endif /* _DCBM_V_VERDICT_H */
