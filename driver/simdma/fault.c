// SPDX-License-Identifier: GPL-2.0-only
/*
 * Fault injection state of a device
 */
#include <linux/cleanup.h>
#include <linux/lockdep.h>
#include <linux/prandom.h>

#include "fault.h"

static bool simdma_fault_decide(struct simdma_fault *fault,
				enum simdma_fault_mode mode, int chan_id)
{
	const struct simdma_fault_spec *spec = &fault->spec;

	lockdep_assert_held(&fault->lock);
	if (spec->mode != mode)
		return false;
	if (spec->chan >= 0 && spec->chan != chan_id)
		return false;
	if (!simdma_fault_strikes(spec, ++fault->seen,
				  prandom_u32_state(&fault->rnd)))
		return false;
	fault->hits++;
	return true;
}

/**
 * simdma_fault_hit() - count an opportunity, and decide whether the fault hits it
 * @sc: the channel, locked or not
 * @mode: mode that has an effect here
 * @arg: set to the argument of the fault if the opportunity is hit
 *
 * Checks the mode again under the lock, because debugfs may have changed it.
 *
 * Context: Any.
 * Return: true if the fault is to be injected.
 */
bool simdma_fault_hit(struct simdma_chan *sc, enum simdma_fault_mode mode,
		      u32 *arg)
{
	struct simdma_fault *fault = &sc->sd->fault;
	bool hit;

	scoped_guard(spinlock_irqsave, &fault->lock) {
		hit = simdma_fault_decide(fault, mode, sc->chan.chan_id);
		if (hit)
			*arg = fault->spec.arg;
	}
	return hit;
}

void simdma_fault_set(struct simdma *sd, const struct simdma_fault_spec *spec)
{
	struct simdma_fault *fault = &sd->fault;

	scoped_guard(spinlock_irqsave, &fault->lock) {
		fault->spec = *spec;
		WRITE_ONCE(fault->mode, spec->mode);
		fault->seen = 0;
		fault->hits = 0;
		prandom_seed_state(&fault->rnd, sd->cfg.seed);
	}
}

void simdma_fault_init(struct simdma *sd)
{
	static const struct simdma_fault_spec none = {
		.nth = 1, .every = 1, .chan = -1,
	};

	spin_lock_init(&sd->fault.lock);
	simdma_fault_set(sd, &none);
}
