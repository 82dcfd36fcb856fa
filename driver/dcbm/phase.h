/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Phases of a batch: where its time goes
 *
 * The tracepoint dcbm_batch_phases shows the times. They are only taken while it is
 * enabled.
 */
#ifndef _DCBM_PHASE_H
#define _DCBM_PHASE_H

#include <linux/cleanup.h>
#include <linux/ktime.h>
#include <linux/types.h>

/**
 * enum dcbm_phase - what a batch is doing
 * @DCBM_PH_PLAN: choosing channels, sharing the bytes, and all other bookkeeping
 * @DCBM_PH_MAP: mapping
 * @DCBM_PH_PREP: in the prep callback of the provider
 * @DCBM_PH_SUBMIT: submitting, and issuing what was submitted
 * @DCBM_PH_WAIT: waiting for completions
 * @DCBM_PH_UNMAP: unmapping
 * @DCBM_NR_PHASES: number of phases
 */
enum dcbm_phase {
	DCBM_PH_PLAN,
	DCBM_PH_MAP,
	DCBM_PH_PREP,
	DCBM_PH_SUBMIT,
	DCBM_PH_WAIT,
	DCBM_PH_UNMAP,
	DCBM_NR_PHASES
};

/**
 * struct dcbm_phases - time of a batch by phase, used by the thread of the batch only
 * @on: the tracepoint is enabled; otherwise no time is taken
 * @phase: the current phase
 * @since: when the current phase began
 * @ns: time spent in each phase, without the current stretch
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

/* guard(dcbm_phase)(phases, phase): in @phase until the end of the scope */
DEFINE_CLASS(dcbm_phase, struct dcbm_phase_scope, dcbm_phases_to(_T.phases, _T.outer),
	     dcbm_phase_enter(phases, phase), struct dcbm_phases *phases,
	     enum dcbm_phase phase)

#endif /* _DCBM_PHASE_H */
