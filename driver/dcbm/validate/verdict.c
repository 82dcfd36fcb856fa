// SPDX-License-Identifier: GPL-2.0-only
/*
 * Verdicts of clauses, with their explanation.
 */
#include <linux/kernel.h>
#include <linux/spinlock.h>

#include "types.h"
#include "verdict.h"

/* Explains a verdict. Only the first explanation of a run is kept. */
void dcbm_v_note(struct dcbm_vt *t, const char *fmt, ...)
{
	va_list args;

	if (t->res->why[0])
		return;
	va_start(args, fmt);
	vscnprintf(t->res->why, sizeof(t->res->why), fmt, args);
	va_end(args);
}

/* The clause is violated. Only the first failure of a run is kept. Returns DCBM_V_FAIL. */
int dcbm_v_fail(struct dcbm_vt *t, const char *fmt, ...)
{
	unsigned long flags;
	va_list args;

	spin_lock_irqsave(&t->res_lock, flags);
	if (t->res->status != DCBM_VS_FAIL) {
		va_start(args, fmt);
		vscnprintf(t->res->why, sizeof(t->res->why), fmt, args);
		va_end(args);
		t->res->status = DCBM_VS_FAIL;
	}
	spin_unlock_irqrestore(&t->res_lock, flags);
	return DCBM_V_FAIL;
}

/* The clause cannot be tested. Returns DCBM_V_SKIP. */
int dcbm_v_skip(struct dcbm_vt *t, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vscnprintf(t->res->why, sizeof(t->res->why), fmt, args);
	va_end(args);
	return DCBM_V_SKIP;
}
