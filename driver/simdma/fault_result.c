// SPDX-License-Identifier: GPL-2.0-only
/*
 * Faults of the duration and of the result of a copy
 */
#include <linux/cleanup.h>
#include <linux/dmaengine.h>
#include <linux/jiffies.h>
#include <linux/minmax.h>
#include <linux/sched.h>

#include "fault_result.h"
#include "ring.h"
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

/* Park all descriptors that were issued later, so that they never complete. */
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

const struct simdma_copy_fault simdma_result_faults[SIMDMA_NR_FAULTS] = {
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
