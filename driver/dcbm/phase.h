/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where the time of a batch goes: a clock that is always in one phase.
 *
 * It stands still unless somebody records dcbm_batch_phases. It belongs to the thread of the
 * batch.
 */
#ifndef _DCBM_PHASE_H
#define _DCBM_PHASE_H

#include <linux/ktime.h>
#include <linux/types.h>

/*
 * What a batch is doing: choosing and sharing, and all that is none of the others;
 * mapping; having the provider prepare a descriptor; submitting, and starting the
 * engine; waiting for it; unmapping.
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
 * struct dcbm_phases - time by phase
 * @on: it runs
 * @phase: the present one
 * @since: when it began
 * @ns: time in each, without the present one
 */
struct dcbm_phases {
	bool on;
	enum dcbm_phase phase;
	u64 since;
	u64 ns[DCBM_NR_PHASES];
};

/* At @now the present phase ends and @phase begins. */
static inline void dcbm_phases_at(struct dcbm_phases *phases, enum dcbm_phase phase,
				 u64 now)
{
	phases->ns[phases->phase] += now - phases->since;
	phases->since = now;
	phases->phase = phase;
}

/**
 * dcbm_phases_to() - another phase begins
 * @phases: the clock
 * @phase: the phase
 */
static inline void dcbm_phases_to(struct dcbm_phases *phases, enum dcbm_phase phase)
{
	if (phases->on)
		dcbm_phases_at(phases, phase, ktime_get_ns());
}

#endif /* _DCBM_PHASE_H */
