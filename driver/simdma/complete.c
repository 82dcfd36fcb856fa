// SPDX-License-Identifier: GPL-2.0-only
/*
 * Completion of descriptors, and callbacks in softirq context
 */
#include <linux/bottom_half.h>
#include <linux/cleanup.h>
#include <linux/dmaengine.h>
#include <linux/lockdep.h>

#include "complete.h"
#include "fault.h"
#include "fault_callback.h"
#include "ring.h"
#include "simdma.h"

/**
 * simdma_desc_complete() - complete a descriptor
 * @desc: a descriptor in flight, not cancelled
 * @result: result of the copy
 *
 * The client is called back after simdma_complete_kick().
 *
 * Context: The channel is locked.
 */
void simdma_desc_complete(struct simdma_desc *desc,
			  enum dmaengine_tx_result result)
{
	struct simdma_chan *sc = to_simdma_chan(desc->tx.chan);
	bool failed = result != DMA_TRANS_NOERROR;

	lockdep_assert_held(&sc->lock);
	desc->result.result = result;
	desc->result.residue = desc->len - desc->copied;

	sc->stats.completed++;
	sc->stats.bytes += desc->copied;
	if (failed)
		sc->stats.failed++;
	else
		sc->stats.segments += desc->nr_dst;
	if (!list_is_first(&desc->active, &sc->active))
		sc->stats.reordered++;

	simdma_desc_leave_flight(desc, failed);
	simdma_desc_move(desc, SIMDMA_COMPLETED);
}

/**
 * simdma_complete_kick() - call back for completed descriptors
 * @sc: the channel, not locked
 *
 * local_bh_enable() runs the tasklet at once, as at the end of an interrupt. Without
 * local_bh_enable() the tasklet would wait for the softirq thread.
 *
 * Context: Process context.
 */
void simdma_complete_kick(struct simdma_chan *sc)
{
	local_bh_disable();
	tasklet_schedule(&sc->tasklet);
	local_bh_enable();
}

static void simdma_desc_notify(struct simdma_desc *desc)
{
	struct dma_async_tx_descriptor *tx = &desc->tx;
	struct simdma_chan *sc = to_simdma_chan(tx->chan);

	dma_descriptor_unmap(tx);
	if (simdma_desc_has_callback(desc) &&
	    !(simdma_fault_active(sc) && simdma_fault_callback(desc)))
		simdma_desc_call(desc);
	/* Clients of public channels may chain descriptors (async_tx). */
	dma_run_dependencies(tx);
}

/* One descriptor at a time, because its callback may terminate the others. */
static struct simdma_desc *simdma_completed_take(struct simdma_chan *sc)
{
	struct simdma_desc *desc;

	scoped_guard(spinlock_irq, &sc->lock) {
		desc = simdma_ring_first(sc, SIMDMA_COMPLETED);
		if (desc)
			simdma_desc_move(desc, SIMDMA_TAKEN);
	}
	return desc;
}

static bool simdma_desc_acked(struct simdma_desc *desc)
{
	return async_tx_test_ack(&desc->tx) ||
	       simdma_fault(to_simdma_chan(desc->tx.chan),
			    SIMDMA_FAULT_ACK_IGNORED);
}

static void simdma_tasklet(struct tasklet_struct *t)
{
	struct simdma_chan *sc = from_tasklet(sc, t, tasklet);
	struct simdma_desc *desc;

	while ((desc = simdma_completed_take(sc))) {
		simdma_desc_notify(desc);
		scoped_guard(spinlock_irq, &sc->lock)
			simdma_desc_recycle(desc, simdma_desc_acked(desc) ?
						  SIMDMA_FREE : SIMDMA_UNACKED);
	}
}

void simdma_complete_init(struct simdma_chan *sc)
{
	tasklet_setup(&sc->tasklet, simdma_tasklet);
}
