/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Fault injection: counting of opportunities, and decision whether the fault hits
 *
 * Without SIMDMA_FAULTS the decision is the constant false, and the compiler removes the
 * checks together with the code that follows a hit.
 */
#ifndef _SIMDMA_FAULT_H
#define _SIMDMA_FAULT_H

#include <linux/compiler.h>
#include <linux/types.h>

#include "fault_spec.h"
#include "simdma.h"

#ifdef SIMDMA_FAULTS

bool simdma_fault_hit(struct simdma_chan *sc, enum simdma_fault_mode mode,
		      u32 *arg);
void simdma_fault_set(struct simdma *sd, const struct simdma_fault_spec *spec);
void simdma_fault_init(struct simdma *sd);

static inline enum simdma_fault_mode simdma_fault_mode(struct simdma_chan *sc)
{
	return READ_ONCE(sc->sd->fault.mode);
}

#else

static inline bool simdma_fault_hit(struct simdma_chan *sc,
				    enum simdma_fault_mode mode, u32 *arg)
{
	return false;
}

static inline void simdma_fault_init(struct simdma *sd)
{
}

static inline enum simdma_fault_mode simdma_fault_mode(struct simdma_chan *sc)
{
	return SIMDMA_FAULT_NONE;
}

#endif

/**
 * simdma_fault_arg() - count an opportunity for a fault
 * @sc: the channel
 * @mode: mode that has an effect here
 * @arg: set to the argument of the fault if the opportunity is hit
 *
 * To be called only where @mode would change something: the counters are in
 * debugfs, and nth= counts opportunities.
 *
 * Context: Any. Takes simdma_fault.lock.
 * Return: true if the fault is to be injected.
 */
static inline bool simdma_fault_arg(struct simdma_chan *sc,
				    enum simdma_fault_mode mode, u32 *arg)
{
	return unlikely(simdma_fault_mode(sc) == mode) &&
	       simdma_fault_hit(sc, mode, arg);
}

/* simdma_fault_arg() for a mode without an argument */
static inline bool simdma_fault(struct simdma_chan *sc,
				enum simdma_fault_mode mode)
{
	u32 arg;

	return simdma_fault_arg(sc, mode, &arg);
}

static inline bool simdma_fault_active(struct simdma_chan *sc)
{
	return unlikely(simdma_fault_mode(sc) != SIMDMA_FAULT_NONE);
}

#endif /* _SIMDMA_FAULT_H */
