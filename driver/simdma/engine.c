// SPDX-License-Identifier: GPL-2.0-only
/*
 * The worker of a channel: choice of the next descriptor, and timing model
 */
#include <linux/cleanup.h>
#include <linux/cpumask.h>
#include <linux/device.h>
#include <linux/dmaengine.h>
#include <linux/err.h>
#include <linux/hrtimer.h>
#include <linux/kthread.h>
#include <linux/ktime.h>
#include <linux/lockdep.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/time64.h>
#include <linux/topology.h>

#include "complete.h"
#include "copy.h"
#include "engine.h"
#include "fault.h"
#include "ring.h"
#include "simdma.h"

/**
 * DOC: Timing model
 *
 * The duration of a descriptor is desc_ns, plus seg_ns per segment, plus its bytes
 * divided by the bandwidth of the channel. In the model a descriptor starts at the end
 * of the previous descriptor or at its own issue_pending, whichever is later. If the
 * worker wakes up late, the wait for the next descriptor is shorter, so the mean rate
 * is correct.
 *
 * The worker copies at the end of the duration, not at the start. So a client that
 * reuses its buffers too early finds them overwritten.
 */

/*
 * With ordered=0 the next descriptor is chosen among this number of issued descriptors.
 * With a larger window the oldest descriptors would wait too long.
 */
#define SIMDMA_REORDER_WINDOW	32

/* Cost of a timer and a wake-up, roughly (not tuned); a shorter wait spins. */
#define SIMDMA_SPIN_NS		(10 * NSEC_PER_USEC)

/* ns per byte at 10^6 bytes/s */
#define SIMDMA_NS_MBPS		1000

static u64 simdma_cost_ns(const struct simdma_config *cfg,
			  const struct simdma_desc *desc)
{
	u64 ns = cfg->desc_ns + (u64)cfg->seg_ns * max(desc->nr_dst, desc->nr_src);

	if (cfg->mbps)
		ns += div_u64((u64)desc->len * SIMDMA_NS_MBPS, cfg->mbps);
	return ns;
}

/* Wait for the end of the descriptor in the model, or until the worker must stop. */
static void simdma_take_time(struct simdma_chan *sc, struct simdma_desc *desc)
{
	u64 until, now;
	u32 ms;

	until = max(sc->busy_until, desc->issued_ns) +
		simdma_cost_ns(&sc->sd->cfg, desc);
	if (simdma_fault_arg(sc, SIMDMA_FAULT_SLOW, &ms))
		until += (u64)ms * NSEC_PER_MSEC;
	sc->busy_until = until;

	for (;;) {
		set_current_state(TASK_IDLE);
		if (simdma_must_stop(desc))
			break;
		now = ktime_get_ns();
		if (now >= until)
			break;
		if (until - now > SIMDMA_SPIN_NS) {
			ktime_t t = ns_to_ktime(until);

			schedule_hrtimeout(&t, HRTIMER_MODE_ABS);
		} else {
			cpu_relax();
		}
	}
	__set_current_state(TASK_RUNNING);
}

/*
 * Returns the number of issued descriptors that may be next. Descriptors after a fence
 * must wait for the descriptors up to the fence.
 */
static unsigned int simdma_choice(struct simdma_chan *sc)
{
	struct simdma_desc *desc;
	unsigned int n = 0;

	list_for_each_entry(desc, &sc->lists[SIMDMA_ISSUED], node) {
		n++;
		if (n == SIMDMA_REORDER_WINDOW ||
		    (desc->tx.flags & DMA_PREP_FENCE))
			break;
	}
	return n;
}

/* Does a fault make the second issued descriptor overtake the first? */
static bool simdma_overtaken(struct simdma_chan *sc)
{
	struct simdma_desc *desc = simdma_ring_first(sc, SIMDMA_ISSUED);

	if (!desc || list_is_singular(&sc->lists[SIMDMA_ISSUED]))
		return false;
	if (desc->tx.flags & DMA_PREP_FENCE)
		return simdma_fault(sc, SIMDMA_FAULT_FENCE_IGNORED);
	return sc->sd->cfg.ordered && simdma_fault(sc, SIMDMA_FAULT_REORDER);
}

static struct simdma_desc *simdma_pick(struct simdma_chan *sc)
{
	struct simdma_desc *desc;
	unsigned int n, skip = 0;

	lockdep_assert_held(&sc->lock);
	if (sc->wedged)
		return NULL;
	if (!sc->sd->cfg.ordered) {
		n = simdma_choice(sc);
		if (n > 1)
			skip = prandom_u32_state(&sc->rnd) % n;
	}
	if (!skip)
		skip = simdma_overtaken(sc);

	list_for_each_entry(desc, &sc->lists[SIMDMA_ISSUED], node) {
		if (skip--)
			continue;
		simdma_desc_move(desc, SIMDMA_RUNNING);
		return desc;
	}
	return NULL;
}

static struct simdma_desc *simdma_next(struct simdma_chan *sc)
{
	struct simdma_desc *desc;

	scoped_guard(spinlock_irq, &sc->lock)
		desc = simdma_pick(sc);
	return desc;
}

/* End a cancelled descriptor: unmap its buffers, without a callback. */
static void simdma_drop(struct simdma_chan *sc, struct simdma_desc *desc)
{
	dma_descriptor_unmap(&desc->tx);
	scoped_guard(spinlock_irq, &sc->lock)
		simdma_desc_recycle(desc, SIMDMA_FREE);
	wake_up_all(&sc->quiet);
}

static bool simdma_completion_lost(struct simdma_chan *sc, struct simdma_desc *desc)
{
	if (!(desc->tx.flags & DMA_PREP_INTERRUPT) &&
	    simdma_fault(sc, SIMDMA_FAULT_NO_INTERRUPT_HANGS))
		return true;
	return simdma_fault(sc, SIMDMA_FAULT_LOSE_ALL);
}

static void simdma_run(struct simdma_chan *sc, struct simdma_desc *desc)
{
	enum dmaengine_tx_result result;
	bool cancelled;

	simdma_take_time(sc, desc);
	result = simdma_copy(desc);

	scoped_guard(spinlock_irq, &sc->lock) {
		cancelled = desc->cancelled;
		if (!cancelled && simdma_completion_lost(sc, desc))
			simdma_desc_park(desc);
		else if (!cancelled)
			simdma_desc_complete(desc, result);
	}
	if (cancelled)
		simdma_drop(sc, desc);
	else
		simdma_complete_kick(sc);
}

static int simdma_worker(void *data)
{
	struct simdma_chan *sc = data;
	struct simdma_desc *desc;

	for (;;) {
		/*
		 * Set the state before checking for work, so that a wake-up from
		 * issue_pending() or kthread_stop() is not lost.
		 */
		set_current_state(TASK_IDLE);
		if (kthread_should_stop())
			break;
		desc = simdma_next(sc);
		if (desc) {
			__set_current_state(TASK_RUNNING);
			simdma_run(sc, desc);
		} else {
			schedule();
		}
	}
	__set_current_state(TASK_RUNNING);
	return 0;
}

/**
 * simdma_worker_start() - start the worker of a channel
 * @sc: a channel with a ring and without a worker
 *
 * The worker's affinity is set to the CPUs of the device's node. User space may change
 * the affinity, and the scheduler does if these CPUs go offline.
 *
 * Context: May sleep. The device is locked.
 * Return: 0 or an error.
 */
int simdma_worker_start(struct simdma_chan *sc)
{
	const struct simdma_config *cfg = &sc->sd->cfg;
	const char *name = dev_name(sc->sd->dma.dev);
	struct task_struct *worker;

	lockdep_assert_held(&sc->sd->lock);
	worker = kthread_create_on_node(simdma_worker, sc, cfg->node, "%s/%d",
					name, sc->chan.chan_id);
	if (IS_ERR(worker))
		return PTR_ERR(worker);

	if (cpumask_intersects(cpumask_of_node(cfg->node), cpu_online_mask))
		set_cpus_allowed_ptr(worker, cpumask_of_node(cfg->node));
	/* A fixed seed for reproducible choices, which differ between channels */
	prandom_seed_state(&sc->rnd, ((u64)cfg->seed << 32) + sc->chan.chan_id);
	sc->busy_until = 0;

	scoped_guard(spinlock_irqsave, &sc->lock)
		sc->worker = worker;
	wake_up_process(worker);
	return 0;
}

/**
 * simdma_worker_stop() - stop the worker of a channel
 * @sc: a channel, with or without a worker
 *
 * The running descriptor completes as aborted.
 *
 * Context: May sleep. The device is locked.
 */
void simdma_worker_stop(struct simdma_chan *sc)
{
	struct task_struct *worker;

	lockdep_assert_held(&sc->sd->lock);
	scoped_guard(spinlock_irqsave, &sc->lock) {
		worker = sc->worker;
		sc->worker = NULL;
	}
	if (worker)
		kthread_stop(worker);
}
