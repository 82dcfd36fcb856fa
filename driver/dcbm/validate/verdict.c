// SPDX-License-Identifier: GPL-2.0-only
/*
 * Verdicts of clauses, and the one line that explains them.
 */
#include <linux/kernel.h>
#include <linux/spinlock.h>

#include "types.h"
#include "verdict.h"

/**
 * dcbm_v_note() - note what is worth saying
 * @t: the run
 * @fmt: one line; the first one stays
 */
void dcbm_v_note(struct dcbm_vt *t, const char *fmt, ...)
{
	va_list args;

	if (t->res->why[0])
		return;
	va_start(args, fmt);
	vscnprintf(t->res->why, sizeof(t->res->why), fmt, args);
	va_end(args);
}

/**
 * dcbm_v_fail() - the clause is broken
 * @t: the run
 * @fmt: how, one line; the first one stays
 *
 * Return: DCBM_V_FAIL.
 */
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

/**
 * dcbm_v_skip() - the clause cannot be tried
 * @t: the run
 * @fmt: why, one line
 *
 * Return: DCBM_V_SKIP.
 */
int dcbm_v_skip(struct dcbm_vt *t, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vscnprintf(t->res->why, sizeof(t->res->why), fmt, args);
	va_end(args);
	return DCBM_V_SKIP;
}
