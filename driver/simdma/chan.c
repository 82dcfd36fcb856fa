// SPDX-License-Identifier: GPL-2.0-only
/*
 * Channels: allocation, issue_pending, tx_status, termination
 */
#include <linux/array_size.h>
#include <linux/cleanup.h>
#include <linux/device.h>
#include <linux/dmaengine.h>
#include <linux/errno.h>
#include <linux/ktime.h>
#include <linux/lockdep.h>
#include <linux/sched.h>

#include "chan.h"
#include "complete.h"
#include "cookie.h"
#include "engine.h"
#include "fault.h"
#include "fault_late.h"
#include "ring.h"
#include "simdma.h"

static int simdma_alloc_chan_resources(struct dma_chan *chan)
{
	struct simdma_chan *sc = to_simdma_chan(chan);
	struct simdma *sd = sc->sd;
	int ret;

	guard(mutex)(&sd->lock);
	/*
	 * Not -ENODEV: the DMAEngine would remove the device from its list now, and a
	 * second time when the last channel of the device is released.
	 */
	if (sd->gone)
		return -ESHUTDOWN;

	scoped_guard(spinlock_irqsave, &sc->lock) {
		sc->wedged = sc->used && simdma_fault(sc, SIMDMA_FAULT_REALLOC_DEAD);
		sc->used = true;
	}
	ret = simdma_ring_alloc(sc);
	if (ret)
		return ret;
	ret = simdma_worker_start(sc);
	if (ret) {
		simdma_ring_free(sc);
		return ret;
	}
	return sd->cfg.depth;
}

static void simdma_worker_wake(struct simdma_chan *sc)
{
	lockdep_assert_held(&sc->lock);
	if (sc->worker)
		wake_up_process(sc->worker);
}

/* Does the work of issue_pending. The channel is locked. */
void simdma_issue(struct simdma_chan *sc)
{
	struct simdma_desc *desc;
	u64 now = ktime_get_ns();

	lockdep_assert_held(&sc->lock);
	while ((desc = simdma_ring_first(sc, SIMDMA_SUBMITTED))) {
		if (!desc->held && simdma_fault(sc, SIMDMA_FAULT_SECOND_ISSUE)) {
			desc->held = true;
			break;
		}
		desc->issued_ns = now;
		simdma_desc_move(desc, SIMDMA_ISSUED);
	}
	simdma_worker_wake(sc);
}

static void simdma_issue_pending(struct dma_chan *chan)
{
	struct simdma_chan *sc = to_simdma_chan(chan);

	scoped_guard(spinlock_irqsave, &sc->lock)
		simdma_issue(sc);
}

static u32 simdma_residue(struct simdma_chan *sc, dma_cookie_t cookie)
{
	struct simdma_desc *desc;

	lockdep_assert_held(&sc->lock);
	list_for_each_entry(desc, &sc->active, active)
		if (desc->tx.cookie == cookie)
			return desc->len - READ_ONCE(desc->copied);
	return 0;
}

/*
 * A parked descriptor does not hold back completed_cookie, so its cookie looks
 * complete.
 */
static bool simdma_parked(struct simdma_chan *sc, dma_cookie_t cookie)
{
	struct simdma_desc *desc;

	list_for_each_entry(desc, &sc->lists[SIMDMA_PARKED], node)
		if (desc->tx.cookie == cookie)
			return true;
	return false;
}

/* Apply an injected fault to the reported status. */
static enum dma_status simdma_status_fault(struct simdma_chan *sc,
					   enum dma_status status)
{
	if (status == DMA_IN_PROGRESS && simdma_fault(sc, SIMDMA_FAULT_STATUS_LIES))
		return DMA_COMPLETE;
	if (status == DMA_COMPLETE && simdma_fault(sc, SIMDMA_FAULT_STATUS_STUCK))
		return DMA_IN_PROGRESS;
	return status;
}

static enum dma_status simdma_status(struct simdma_chan *sc, dma_cookie_t cookie,
				     struct dma_tx_state *state)
{
	struct dma_chan *chan = &sc->chan;
	enum dma_status status;
	u32 excess;

	lockdep_assert_held(&sc->lock);
	if (cookie < DMA_MIN_COOKIE)
		status = cookie < 0 ? DMA_ERROR : DMA_COMPLETE;
	else if (sc->failed[cookie & sc->failed_mask] == cookie)
		status = DMA_ERROR;
	else
		status = dma_async_is_complete(cookie, chan->completed_cookie,
					       chan->cookie);
	if (status == DMA_COMPLETE && simdma_parked(sc, cookie))
		status = DMA_IN_PROGRESS;

	if (state) {
		state->last = chan->completed_cookie;
		state->used = chan->cookie;
		state->in_flight_bytes = 0;
		state->residue = status == DMA_IN_PROGRESS ?
				 simdma_residue(sc, cookie) : 0;
		if (simdma_fault_arg(sc, SIMDMA_FAULT_STATUS_RESIDUE, &excess))
			state->residue += excess;
	}
	return simdma_status_fault(sc, status);
}

/*
 * A channel that completes out of order does not report the status of a descriptor
 * while an older one is in flight: such hardware reports completion by interrupts only.
 */
static enum dma_status simdma_tx_status(struct dma_chan *chan,
					dma_cookie_t cookie,
					struct dma_tx_state *state)
{
	struct simdma_chan *sc = to_simdma_chan(chan);
	enum dma_status status;

	scoped_guard(spinlock_irqsave, &sc->lock)
		status = simdma_status(sc, cookie, state);
	if (status == DMA_IN_PROGRESS && !sc->sd->cfg.ordered)
		return DMA_OUT_OF_ORDER;
	return status;
}

static void simdma_terminate_one(struct simdma_desc *desc)
{
	struct simdma_chan *sc = to_simdma_chan(desc->tx.chan);

	if (simdma_fault_active(sc))
		simdma_late_terminated(desc);
	simdma_desc_leave_flight(desc, true);
	sc->stats.terminated++;
}

static void simdma_take_all(struct simdma_chan *sc, enum simdma_state state,
			    struct list_head *taken)
{
	struct simdma_desc *desc;

	while ((desc = simdma_ring_first(sc, state))) {
		if (state == SIMDMA_SUBMITTED || state == SIMDMA_ISSUED ||
		    state == SIMDMA_PARKED)
			simdma_terminate_one(desc);
		desc->state = SIMDMA_TAKEN;
		list_move_tail(&desc->node, taken);
	}
}

static void simdma_terminate(struct simdma_chan *sc)
{
	static const enum simdma_state states[] = {
		SIMDMA_PREPARED,
		SIMDMA_SUBMITTED,
		SIMDMA_ISSUED,
		SIMDMA_COMPLETED,
		SIMDMA_UNACKED,
		SIMDMA_PARKED,
	};
	struct simdma_desc *desc, *next;
	LIST_HEAD(taken);
	unsigned int i;

	scoped_guard(spinlock_irqsave, &sc->lock) {
		for (i = 0; i < ARRAY_SIZE(states); i++)
			simdma_take_all(sc, states[i], &taken);
		desc = simdma_ring_first(sc, SIMDMA_RUNNING);
		if (desc && !desc->cancelled) {
			simdma_terminate_one(desc);
			WRITE_ONCE(desc->cancelled, true);
			simdma_worker_wake(sc);
		}
	}

	/* Unmapping may copy bounce buffers, which takes too long with interrupts off. */
	list_for_each_entry(desc, &taken, node)
		dma_descriptor_unmap(&desc->tx);

	scoped_guard(spinlock_irqsave, &sc->lock)
		list_for_each_entry_safe(desc, next, &taken, node)
			simdma_desc_recycle(desc, SIMDMA_FREE);
}

static int simdma_terminate_all(struct dma_chan *chan)
{
	struct simdma_chan *sc = to_simdma_chan(chan);

	if (simdma_fault(sc, SIMDMA_FAULT_TERM_FAILS))
		return -EIO;
	if (simdma_fault(sc, SIMDMA_FAULT_TERM_IGNORED))
		return 0;

	scoped_guard(spinlock_irqsave, &sc->lock)
		sc->wedged |= simdma_fault(sc, SIMDMA_FAULT_TERM_WEDGES);
	simdma_terminate(sc);
	return 0;
}

static bool simdma_has(struct simdma_chan *sc, enum simdma_state state,
		       bool cancelled)
{
	struct simdma_desc *desc;
	bool has;

	scoped_guard(spinlock_irqsave, &sc->lock) {
		desc = simdma_ring_first(sc, state);
		has = desc && desc->cancelled == cancelled;
	}
	return has;
}

static void simdma_synchronize(struct dma_chan *chan)
{
	struct simdma_chan *sc = to_simdma_chan(chan);

	wait_event(sc->quiet, !simdma_has(sc, SIMDMA_RUNNING, true));
	tasklet_kill(&sc->tasklet);
	/* tasklet_kill() may have cancelled the tasklet, with completions left to report. */
	if (simdma_has(sc, SIMDMA_COMPLETED, false))
		simdma_complete_kick(sc);
}

static void simdma_free_chan_resources(struct dma_chan *chan)
{
	struct simdma_chan *sc = to_simdma_chan(chan);

	guard(mutex)(&sc->sd->lock);
	simdma_terminate(sc);
	simdma_worker_stop(sc);
	tasklet_kill(&sc->tasklet);
	simdma_late_end(sc);
	simdma_ring_free(sc);
}

/**
 * simdma_chan_abandon() - stop a channel of a device that is being removed
 * @sc: the channel, with or without a client
 *
 * Descriptors in flight complete as aborted, with callbacks. The client keeps the
 * channel, but prep and submit fail from now on.
 *
 * Context: May sleep. The device is locked and marked as gone.
 */
void simdma_chan_abandon(struct simdma_chan *sc)
{
	struct simdma_desc *desc;

	lockdep_assert_held(&sc->sd->lock);
	scoped_guard(spinlock_irqsave, &sc->lock)
		sc->gone = true;

	simdma_worker_stop(sc);
	scoped_guard(spinlock_irqsave, &sc->lock) {
		while ((desc = simdma_ring_first(sc, SIMDMA_PARKED)))
			simdma_desc_complete(desc, DMA_TRANS_ABORTED);
		while ((desc = simdma_ring_first(sc, SIMDMA_ISSUED)))
			simdma_desc_complete(desc, DMA_TRANS_ABORTED);
		while ((desc = simdma_ring_first(sc, SIMDMA_SUBMITTED)))
			simdma_desc_complete(desc, DMA_TRANS_ABORTED);
	}
	simdma_complete_kick(sc);
}

void simdma_chan_init(struct simdma *sd, struct simdma_chan *sc)
{
	struct dma_device *dma = &sd->dma;
	unsigned int i;

	dma->device_alloc_chan_resources = simdma_alloc_chan_resources;
	dma->device_free_chan_resources = simdma_free_chan_resources;
	dma->device_issue_pending = simdma_issue_pending;
	dma->device_tx_status = simdma_tx_status;
	dma->device_terminate_all = simdma_terminate_all;
	dma->device_synchronize = simdma_synchronize;

	sc->sd = sd;
	spin_lock_init(&sc->lock);
	for (i = 0; i < SIMDMA_NR_STATES; i++)
		INIT_LIST_HEAD(&sc->lists[i]);
	INIT_LIST_HEAD(&sc->active);
	INIT_LIST_HEAD(&sc->late);
	init_waitqueue_head(&sc->quiet);
	simdma_complete_init(sc);

	sc->chan.device = dma;
	simdma_cookie_init(&sc->chan);
	list_add_tail(&sc->chan.device_node, &dma->channels);
}
