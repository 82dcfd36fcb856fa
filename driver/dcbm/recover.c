// SPDX-License-Identifier: GPL-2.0-only
/*
 * Timeout recovery: terminate, synchronize, probe, quarantine
 */
#include "log.h"

#include <linux/cleanup.h>
#include <linux/dma-mapping.h>
#include <linux/gfp.h>
#include <linux/jiffies.h>
#include <linux/lockdep.h>
#include <linux/minmax.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/rcupdate.h>
#include <linux/printk.h>
#include <linux/scatterlist.h>
#include <linux/string.h>

#include "chan.h"
#include "desc.h"
#include "recover.h"

/**
 * DOC: Timeout recovery
 *
 * As long as an engine may access the memory of a descriptor, this memory must not be
 * unmapped, written or freed. Recovery terminates and synchronizes the channel. After
 * that no callback runs and the engine is quiet (see dmaengine_synchronize() and
 * "Terminate" in Documentation/driver-api/dmaengine/client.rst). Recovery runs in a work
 * item, because a termination may hang if the engine does::
 *
 *   ready -> probing           a descriptor is overdue; nothing is submitted
 *   probing, quiet             synchronized; all descriptors end as terminated
 *   probing -> ready           a probe, the copy of a page, was correct
 *   probing -> dead            the probe failed; the channel is quiet and not used
 *   probing -> quarantined     never proven quiet; all descriptors end as lost
 *
 * The probe is needed because a termination disables some engines permanently. A
 * quarantined channel and this module are never released, because the provider may
 * still call back.
 */

/* Content of the source of the probe; the destination is zeroed. */
#define DCBM_PROBE_BYTE		0x5a

/*
 * Minimum time for a termination and for a probe. timeout_ms may be shorter, but a
 * channel must not be quarantined because a thread was scheduled late.
 */
#define DCBM_RECOVER_MIN_MS	1000

/* The work item must start within this multiple of dcbm_recover_time(). */
#define DCBM_RECOVER_START	10

static unsigned long dcbm_recover_time(struct dcbm_chan *chan)
{
	return msecs_to_jiffies(max(chan->timeout_ms, DCBM_RECOVER_MIN_MS));
}

/*
 * Terminate a channel and wait until its engine is quiet. Called by a work item, because
 * the provider may hang. A provider without device_synchronize() may be about to call back
 * in an interrupt handler or a tasklet: synchronize_rcu() waits for those. Returns 0, or
 * the error of the provider.
 */
int dcbm_chan_terminate(struct dcbm_chan *chan)
{
	int ret = dmaengine_terminate_async(chan->dma);

	if (ret)
		return ret;
	dmaengine_synchronize(chan->dma);
	synchronize_rcu();
	return 0;
}

/* End all descriptors in flight. The channel is locked, and quiet or quarantined. */
void dcbm_chan_end_all(struct dcbm_chan *chan, enum dcbm_result result)
{
	struct dcbm_desc *desc;

	lockdep_assert_held(&chan->lock);
	list_for_each_entry(desc, &chan->inflight, inflight)
		dcbm_desc_end(desc, result, desc->end - desc->start);
}

/*
 * Stop using a channel permanently. The channel is locked. Descriptors in flight end as
 * lost: their memory must stay mapped and allocated. @why is for the log.
 */
void dcbm_chan_quarantine(struct dcbm_chan *chan, const char *why)
{
	lockdep_assert_held(&chan->lock);
	if (dcbm_chan_state(chan) == DCBM_CHAN_QUARANTINED)
		return;

	pr_err("%s: quarantined: %s; the memory of its descriptors is kept until reboot\n",
	       chan->slot->name, why);
	__module_get(THIS_MODULE);
	dcbm_chan_set_state(chan, DCBM_CHAN_QUARANTINED);
	dcbm_chan_end_all(chan, DCBM_RES_LOST);
	wake_up_all(&chan->state_wq);
}

static void dcbm_probe_callback(void *param, const struct dmaengine_result *res)
{
	struct dcbm_probe *probe = param;

	probe->result = dcbm_result_of(res);
	complete(&probe->done);
}

static bool dcbm_probe_submit(struct dcbm_chan *chan, struct scatterlist *dst,
			      struct scatterlist *src)
{
	struct dma_async_tx_descriptor *tx;

	tx = dcbm_chan_prep(chan, chan->backend, dst, src, 1);
	if (!tx)
		return false;

	tx->callback = NULL;
	tx->callback_result = dcbm_probe_callback;
	tx->callback_param = &chan->probe;
	if (dma_submit_error(dmaengine_submit(tx)))
		return false;

	dma_async_issue_pending(chan->dma);
	return true;
}

/* Without a callback, the pages are lost unless a termination makes the engine quiet. */
static bool dcbm_probe_wait(struct dcbm_chan *chan)
{
	struct dcbm_probe *probe = &chan->probe;

	if (wait_for_completion_timeout(&probe->done, dcbm_recover_time(chan)))
		return probe->result == DCBM_RES_OK;

	/* A shared channel must not be terminated: other clients use it. */
	probe->lost = true;
	if (!chan->shared)
		probe->lost = dcbm_chan_terminate(chan);
	return false;
}

/* Copy a page. Returns true if the copy is correct. */
static bool dcbm_chan_probe(struct dcbm_chan *chan)
{
	struct dcbm_probe *probe = &chan->probe;
	size_t len = dcbm_plan_cut(&chan->lim, page_to_phys(probe->dst),
				   page_to_phys(probe->src), PAGE_SIZE);
	struct scatterlist src, dst;
	bool ok = false;

	reinit_completion(&probe->done);
	memset(page_address(probe->src), DCBM_PROBE_BYTE, PAGE_SIZE);
	memset(page_address(probe->dst), 0, PAGE_SIZE);

	sg_init_table(&src, 1);
	sg_init_table(&dst, 1);
	sg_set_page(&src, probe->src, len, 0);
	sg_set_page(&dst, probe->dst, len, 0);
	if (!dma_map_sg(chan->dev, &src, 1, DMA_TO_DEVICE))
		return false;
	if (!dma_map_sg(chan->dev, &dst, 1, DMA_FROM_DEVICE))
		goto unmap_src;

	if (dcbm_probe_submit(chan, &dst, &src))
		ok = dcbm_probe_wait(chan);
	if (probe->lost)
		return false;

	dma_unmap_sg(chan->dev, &dst, 1, DMA_FROM_DEVICE);
unmap_src:
	dma_unmap_sg(chan->dev, &src, 1, DMA_TO_DEVICE);
	return ok && !memchr_inv(page_address(probe->dst), DCBM_PROBE_BYTE, len);
}

/*
 * Stop the engine and end all descriptors in flight. Returns false if the channel is
 * quarantined.
 */
static bool dcbm_chan_quieten(struct dcbm_chan *chan)
{
	int ret;

	mutex_lock(&chan->lock);
	chan->recover_by = jiffies + dcbm_recover_time(chan);
	mutex_unlock(&chan->lock);
	ret = dcbm_chan_terminate(chan);

	guard(mutex)(&chan->lock);
	if (ret)
		dcbm_chan_quarantine(chan, "its termination failed");
	if (dcbm_chan_state(chan) != DCBM_CHAN_PROBING)
		return false;
	chan->quiet = true;
	dcbm_chan_end_all(chan, DCBM_RES_TERMINATED);
	return true;
}

static void dcbm_chan_reset(struct work_struct *work)
{
	struct dcbm_chan *chan = container_of(work, struct dcbm_chan, reset);
	bool proved, ok;

	/* A channel that is being acquired is quiet, see dcbm_recover_prove(). */
	proved = chan->quiet;
	if (!proved && !dcbm_chan_quieten(chan))
		return;
	ok = dcbm_chan_probe(chan);

	mutex_lock(&chan->lock);
	if (chan->probe.lost)
		dcbm_chan_quarantine(chan, "the termination of its probe failed");
	if (dcbm_chan_state(chan) == DCBM_CHAN_PROBING) {
		dcbm_chan_set_state(chan, ok ? DCBM_CHAN_READY : DCBM_CHAN_DEAD);
		pr_warn("%s: %s, %s\n", chan->slot->name,
			proved ? "dead before" : "terminated after a timeout",
			ok ? "probe passed, ready again" : "probe failed, not used any more");
	}
	wake_up_all(&chan->state_wq);
	mutex_unlock(&chan->lock);
}

/**
 * dcbm_chan_overdue() - start or continue recovery
 * @chan: a channel with an overdue descriptor
 * @timeout_ms: bound for termination and probe
 *
 * Called repeatedly until the descriptor has ended: as terminated when the engine is
 * quiet, or as lost if a termination takes longer than @timeout_ms and
 * DCBM_RECOVER_MIN_MS, or if the channel is shared.
 *
 * Context: A thread. May sleep.
 */
void dcbm_chan_overdue(struct dcbm_chan *chan, unsigned int timeout_ms)
{
	mutex_lock(&chan->lock);
	if (dcbm_chan_ready(chan) && chan->shared) {
		dcbm_chan_quarantine(chan, "shared channels must not be terminated");
	} else if (dcbm_chan_ready(chan)) {
		dcbm_chan_set_state(chan, DCBM_CHAN_PROBING);
		chan->quiet = false;
		chan->timeout_ms = timeout_ms;
		chan->recover_by = jiffies +
				   DCBM_RECOVER_START * dcbm_recover_time(chan);
		queue_work(chan->wq, &chan->reset);
	} else if (dcbm_chan_state(chan) == DCBM_CHAN_PROBING && !chan->quiet &&
		   time_after(jiffies, chan->recover_by)) {
		dcbm_chan_quarantine(chan, "its termination timed out");
	}
	mutex_unlock(&chan->lock);
}

/* Wait for recovery to end. Returns false if the channel is quarantined. */
static bool dcbm_recover_wait(struct dcbm_chan *chan)
{
	bool ended;

	/* Time for termination, probe, and the termination of a failed probe */
	ended = wait_event_timeout(chan->state_wq,
				   dcbm_chan_state(chan) != DCBM_CHAN_PROBING,
				   3 * dcbm_recover_time(chan));

	guard(mutex)(&chan->lock);
	if (!ended && dcbm_chan_state(chan) == DCBM_CHAN_PROBING)
		dcbm_chan_quarantine(chan, "its probe timed out");
	return dcbm_chan_state(chan) != DCBM_CHAN_QUARANTINED;
}

/*
 * Probe a channel that was dead when it was released and is being acquired again. The
 * channel is ready, dead or quarantined afterwards. May sleep for a few seconds.
 */
void dcbm_recover_prove(struct dcbm_chan *chan)
{
	mutex_lock(&chan->lock);
	dcbm_chan_set_state(chan, DCBM_CHAN_PROBING);
	chan->quiet = true;
	queue_work(chan->wq, &chan->reset);
	mutex_unlock(&chan->lock);
	dcbm_recover_wait(chan);
}

/* Allocate the memory of the probe, so that recovery never fails for lack of memory. */
int dcbm_recover_init(struct dcbm_chan *chan)
{
	INIT_WORK(&chan->reset, dcbm_chan_reset);
	init_waitqueue_head(&chan->state_wq);
	init_completion(&chan->probe.done);

	chan->probe.src = alloc_page(GFP_KERNEL);
	chan->probe.dst = alloc_page(GFP_KERNEL);
	if (chan->probe.src && chan->probe.dst)
		return 0;

	dcbm_recover_exit(chan);
	return -ENOMEM;
}

/*
 * Wait for recovery to end, and free its memory. No descriptor is in flight. Sleeps for a
 * bounded time. Returns false if the channel is quarantined: its memory must be kept.
 */
bool dcbm_recover_exit(struct dcbm_chan *chan)
{
	if (chan->slot && !dcbm_recover_wait(chan))
		return false;

	flush_work(&chan->reset);
	if (chan->probe.src)
		__free_page(chan->probe.src);
	if (chan->probe.dst)
		__free_page(chan->probe.dst);
	return true;
}
