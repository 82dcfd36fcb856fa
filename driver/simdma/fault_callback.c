// SPDX-License-Identifier: GPL-2.0-only
/*
 * Faults of callbacks
 */
#include <linux/array_size.h>
#include <linux/cleanup.h>
#include <linux/dmaengine.h>
#include <linux/irqflags.h>
#include <linux/lockdep.h>
#include <linux/minmax.h>

#include "fault.h"
#include "fault_callback.h"
#include "ring.h"
#include "simdma.h"

static void simdma_call_never(struct simdma_desc *desc)
{
}

static void simdma_call_twice(struct simdma_desc *desc)
{
	simdma_desc_call(desc);
	simdma_desc_call(desc);
}

static void simdma_call_irqs_off(struct simdma_desc *desc)
{
	unsigned long flags;

	local_irq_save(flags);
	simdma_desc_call(desc);
	local_irq_restore(flags);
}

/*
 * A provider that holds its lock during a callback deadlocks with a client that prepares
 * a descriptor in the callback. Such a deadlock cannot be tested, so prep returns no
 * descriptor instead.
 */
static void simdma_call_locked(struct simdma_desc *desc)
{
	struct simdma_chan *sc = to_simdma_chan(desc->tx.chan);

	WRITE_ONCE(sc->starved, true);
	simdma_desc_call(desc);
	WRITE_ONCE(sc->starved, false);
}

/* Returns the oldest other descriptor that was issued and has a callback. */
static struct simdma_desc *simdma_other_in_flight(struct simdma_chan *sc)
{
	struct simdma_desc *desc;

	lockdep_assert_held(&sc->lock);
	list_for_each_entry(desc, &sc->active, active) {
		if (desc->state == SIMDMA_SUBMITTED || desc->cancelled)
			continue;
		if (simdma_desc_has_callback(desc))
			return desc;
	}
	return NULL;
}

static void simdma_call_other(struct simdma_desc *desc)
{
	struct simdma_chan *sc = to_simdma_chan(desc->tx.chan);
	struct dma_async_tx_descriptor *tx = &desc->tx, *other;

	scoped_guard(spinlock_irqsave, &sc->lock) {
		struct simdma_desc *found = simdma_other_in_flight(sc);

		if (found) {
			other = &found->tx;
			swap(tx->callback, other->callback);
			swap(tx->callback_result, other->callback_result);
			swap(tx->callback_param, other->callback_param);
		}
	}
	simdma_desc_call(desc);
}

static bool simdma_has_other(struct simdma_desc *desc)
{
	struct simdma_chan *sc = to_simdma_chan(desc->tx.chan);
	bool has;

	scoped_guard(spinlock_irqsave, &sc->lock)
		has = simdma_other_in_flight(sc);
	return has;
}

/**
 * struct simdma_callback_fault - how a mode changes a callback
 * @fits: does the mode have an effect on this descriptor? NULL for always
 * @call: called instead of simdma_desc_call()
 */
struct simdma_callback_fault {
	bool (*fits)(struct simdma_desc *desc);
	void (*call)(struct simdma_desc *desc);
};

static const struct simdma_callback_fault simdma_callback_faults[SIMDMA_NR_FAULTS] = {
	[SIMDMA_FAULT_LOSE] = { .call = simdma_call_never },
	[SIMDMA_FAULT_DOUBLE] = { .call = simdma_call_twice },
	[SIMDMA_FAULT_CB_CONTEXT] = { .call = simdma_call_irqs_off },
	[SIMDMA_FAULT_CB_LOCKED] = { .call = simdma_call_locked },
	[SIMDMA_FAULT_WRONG_COOKIE] = { simdma_has_other,
					simdma_call_other },
};

/**
 * simdma_fault_callback() - inject a fault into a callback
 * @desc: a completed descriptor with a callback
 *
 * Context: The channel's tasklet.
 * Return: false if no fault hit, and the caller must call back.
 */
bool simdma_fault_callback(struct simdma_desc *desc)
{
	struct simdma_chan *sc = to_simdma_chan(desc->tx.chan);
	enum simdma_fault_mode mode = simdma_fault_mode(sc);
	const struct simdma_callback_fault *fault = &simdma_callback_faults[mode];

	if (!fault->call || (fault->fits && !fault->fits(desc)) ||
	    !simdma_fault(sc, mode))
		return false;
	fault->call(desc);
	return true;
}
