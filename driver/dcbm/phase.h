/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Time that a batch spends in each phase, for the tracepoint dcbm_batch_phases
 */
#ifndef _DCBM_PHASE_H
#define _DCBM_PHASE_H

#include <linux/cleanup.h>
#include <linux/ktime.h>
#include <linux/types.h>

enum dcbm_phase {
	DCBM_PH_PLAN,	/* choosing channels, sharing the bytes, and all other bookkeeping */
	DCBM_PH_MAP,
	DCBM_PH_PREP,	/* prep callback of the provider */
	DCBM_PH_SUBMIT,	/* including issue_pending() */
	DCBM_PH_WAIT,	/* for descriptors to end */
	DCBM_PH_UNMAP,
	DCBM_NR_PHASES
};

/*
 * Phases of one batch, used only by its thread. @since is the begin of the current phase,
 * whose time is not in @ns yet. No time is taken unless the tracepoint is enabled (@on).
 */
struct dcbm_phases {
	bool on;
	enum dcbm_phase phase;
	u64 since;
	u64 ns[DCBM_NR_PHASES];
};

/* End the current phase at @now and begin @phase. */
static inline void dcbm_phases_at(struct dcbm_phases *phases, enum dcbm_phase phase,
				  u64 now)
{
	phases->ns[phases->phase] += now - phases->since;
	phases->since = now;
	phases->phase = phase;
}

static inline void dcbm_phases_to(struct dcbm_phases *phases, enum dcbm_phase phase)
{
	if (phases->on)
		dcbm_phases_at(phases, phase, ktime_get_ns());
}

struct dcbm_phase_scope {
	struct dcbm_phases *phases;
	enum dcbm_phase outer;
};

static inline struct dcbm_phase_scope dcbm_phase_enter(struct dcbm_phases *phases,
						       enum dcbm_phase phase)
{
	struct dcbm_phase_scope scope = { phases, phases->phase };

	dcbm_phases_to(phases, phase);
	return scope;
}

/* guard(dcbm_phase)(phases, phase): @phase until the end of the scope, then as before */
DEFINE_CLASS(dcbm_phase, struct dcbm_phase_scope, dcbm_phases_to(_T.phases, _T.outer),
	     dcbm_phase_enter(phases, phase), struct dcbm_phases *phases,
	     enum dcbm_phase phase)

#endif /* _DCBM_PHASE_H */
