// SPDX-License-Identifier: GPL-2.0-only
/*
 * Faults of the copy itself: how long it hangs, and what is reported of it. Which bytes
 * are wrong is in fault_data.c.
 */
#include <linux/cleanup.h>
#include <linux/dmaengine.h>
#include <linux/jiffies.h>
#include <linux/minmax.h>
#include <linux/sched.h>

#include "fault.h"
#include "simdma.h"

static enum dmaengine_tx_result simdma_residue_left(struct simdma_desc *desc,
						    u32 arg)
{
	WRITE_ONCE(desc->copied, desc->len - min(arg, desc->len));
	return DMA_TRANS_NOERROR;
}

static bool simdma_is_longer(struct simdma_desc *desc, u32 arg)
{
	return desc->len > arg;
}

static enum dmaengine_tx_result simdma_odd_result(struct simdma_desc *desc, u32 arg)
{
	return (enum dmaengine_tx_result)arg;
}

/* What is behind it is lost. */
static bool simdma_drop_rest(struct simdma_desc *desc, u32 arg)
{
	struct simdma_chan *sc = to_simdma_chan(desc->tx.chan);
	struct simdma_desc *next;

	scoped_guard(spinlock_irq, &sc->lock)
		while ((next = simdma_ring_first(sc, SIMDMA_ISSUED)))
			simdma_desc_park(next);
	return true;
}

static void simdma_hang(struct simdma_desc *desc, unsigned long until, bool forever)
{
	while ((forever || time_before(jiffies, until)) && !simdma_must_stop(desc))
		schedule_timeout_idle(1);
}

static bool simdma_stuck(struct simdma_desc *desc, u32 arg)
{
	simdma_hang(desc, 0, true);
	return true;
}

static void simdma_stuck_half_way(struct simdma_desc *desc, u32 arg,
				  struct simdma_step *step)
{
	u32 half = desc->len / 2;

	if (desc->copied <= half && desc->copied + step->piece.len > half)
		simdma_hang(desc, jiffies + msecs_to_jiffies(arg), false);
}

static const struct simdma_harm simdma_harm_ends[SIMDMA_NR_FAULTS] = {
	[SIMDMA_FAULT_RESIDUE] = { .after = simdma_residue_left },
	[SIMDMA_FAULT_SUCCESS_AS_ERROR] = { .result = DMA_TRANS_WRITE_FAILED },
	[SIMDMA_FAULT_ERROR] = {
		.fits = simdma_is_longer, .stops = true,
		.result = DMA_TRANS_WRITE_FAILED,
	},
	[SIMDMA_FAULT_READ_ERROR] = {
		.fits = simdma_is_longer, .stops = true,
		.result = DMA_TRANS_READ_FAILED,
	},
	[SIMDMA_FAULT_ABORT] = {
		.fits = simdma_is_longer, .stops = true,
		.result = DMA_TRANS_ABORTED,
	},
	[SIMDMA_FAULT_ODD_RESULT] = { .after = simdma_odd_result },
	[SIMDMA_FAULT_ERROR_DROPS] = {
		.fits = simdma_is_longer, .before = simdma_drop_rest, .stops = true,
		.result = DMA_TRANS_WRITE_FAILED,
	},
	[SIMDMA_FAULT_STUCK] = { .before = simdma_stuck },
	[SIMDMA_FAULT_STUCK_RECOVERS] = { .step = simdma_stuck_half_way },
};

static bool simdma_harms(const struct simdma_harm *harm)
{
	return harm->before || harm->step || harm->after || harm->stops ||
	       harm->result;
}

/* Returns NULL for a mode that does nothing to copies. */
static const struct simdma_harm *simdma_harm_of(enum simdma_fault_mode mode)
{
	const struct simdma_harm *harm = simdma_harm_bytes(mode);

	if (simdma_harms(harm))
		return harm;
	harm = &simdma_harm_ends[mode];
	return simdma_harms(harm) ? harm : NULL;
}

/**
 * simdma_harm_begin() - a copy begins: what is done to it?
 * @desc: the running descriptor
 * @arg: where to put the argument
 *
 * Copies of nothing, which only faults let come, are left alone.
 *
 * Context: The channel's worker. May sleep.
 * Return: What, or NULL.
 */
const struct simdma_harm *simdma_harm_begin(struct simdma_desc *desc, u32 *arg)
{
	struct simdma_chan *sc = to_simdma_chan(desc->tx.chan);
	enum simdma_fault_mode mode = simdma_fault_mode(sc);
	const struct simdma_harm *harm = simdma_harm_of(mode);

	if (!desc->len || !harm)
		return NULL;
	*arg = READ_ONCE(sc->sd->fault.spec.arg);
	if (harm->fits && !harm->fits(desc, *arg))
		return NULL;
	if (!simdma_fault_arg(sc, mode, arg))
		return NULL;
	if (harm->before && !harm->before(desc, *arg))
		return NULL;
	return harm;
}
