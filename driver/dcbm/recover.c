// SPDX-License-Identifier: GPL-2.0-only
/*
 * What to do with a channel on which a descriptor is overdue.
 *
 * DOC: As long as the engine may touch the memory of a descriptor, that memory
 * belongs to the engine: nobody may unmap it, copy over it or give it back. To get
 * it back the channel is terminated and synchronised, after which no callback
 * runs and the engine is quiet (see dmaengine_synchronize() and "Terminate" in
 * Documentation/driver-api/dmaengine/client.rst). That is done by a work item,
 * because it may hang with the engine:
 *
 *   ready -> probing           a descriptor is overdue; nothing is submitted
 *   probing, quiet             synchronised; all descriptors end as terminated
 *   probing -> ready           a copy of one page has come out right
 *   probing -> dead            it has not; the channel is quiet and stays unused
 *   probing -> quarantined     never proven quiet; all descriptors end as lost
 *
 * The probe is needed because a terminate disables some engines for good. A
 * quarantined channel is never let go, and neither is this module: its callback may
 * still be called.
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

/* What the probe copies: any byte but the one that its destination starts with. */
#define DCBM_PROBE_BYTE		0x5a

/*
 * Least time for a termination and for a probe. A short timeout_ms is right for
 * descriptors; that a thread was not scheduled in time must not cost a channel.
 */
#define DCBM_RECOVER_MIN_MS	1000

/* How often that may pass before the work has even begun. */
#define DCBM_RECOVER_START	10

static unsigned long dcbm_recover_time(struct dcbm_chan *chan)
{
	return msecs_to_jiffies(max(chan->timeout_ms, DCBM_RECOVER_MIN_MS));
}

/**
 * dcbm_chan_terminate() - terminate and wait until the engine is quiet
 * @chan: the channel
 *
 * Providers without device_synchronize may be on their way to a callback in an
 * interrupt handler or a tasklet, which is what RCU waits for.
 *
 * Context: A work item, as it may hang with the engine.
 * Return: 0, or the error of the provider.
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

/**
 * dcbm_chan_end_all() - tell the owners of everything in flight how it ended
 * @chan: the channel, locked; its engine is quiet, or given up
 * @result: how
 */
void dcbm_chan_end_all(struct dcbm_chan *chan, enum dcbm_result result)
{
	struct dcbm_desc *desc;

	lockdep_assert_held(&chan->lock);
	list_for_each_entry(desc, &chan->inflight, inflight)
		dcbm_desc_end(desc, result, desc->end - desc->start);
}

/**
 * dcbm_chan_quarantine() - never use a channel again
 * @chan: the channel, locked
 * @why: a few words for the log
 *
 * What is in flight ends as lost: its memory must stay mapped and allocated.
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

/*
 * Wait for the probe. The pages are lost if it does not come and the engine can
 * not be made quiet.
 */
static bool dcbm_probe_wait(struct dcbm_chan *chan)
{
	struct dcbm_probe *probe = &chan->probe;

	if (wait_for_completion_timeout(&probe->done, dcbm_recover_time(chan)))
		return probe->result == DCBM_RES_OK;

	/* Lost until terminated; and a shared channel is not ours to terminate. */
	probe->lost = true;
	if (!chan->shared)
		probe->lost = dcbm_chan_terminate(chan);
	return false;
}

/* Does the engine copy? */
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

/* Have the engine quiet, and tell the owners. Returns false if that is not to be had. */
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

	/* One that is being acquired is quiet. */
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
 * dcbm_chan_overdue() - a descriptor is overdue
 * @chan: its channel
 * @timeout_ms: bound for termination and probe
 *
 * To be called again as long as the descriptor has not ended: the descriptor ends
 * as terminated when the engine is quiet, or as lost when it could not be made so
 * within @timeout_ms or a second.
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

/* Wait for a probe to end. Returns false if the channel is quarantined. */
static bool dcbm_recover_wait(struct dcbm_chan *chan)
{
	bool ended;

	/* Termination, probe, and the termination of a probe that fails. */
	ended = wait_event_timeout(chan->state_wq,
				   dcbm_chan_state(chan) != DCBM_CHAN_PROBING,
				   3 * dcbm_recover_time(chan));

	guard(mutex)(&chan->lock);
	if (!ended && dcbm_chan_state(chan) == DCBM_CHAN_PROBING)
		dcbm_chan_quarantine(chan, "its probe timed out");
	return dcbm_chan_state(chan) != DCBM_CHAN_QUARANTINED;
}

/**
 * dcbm_recover_prove() - find out whether a channel copies
 * @chan: a channel that is being acquired and that was dead when it was let go
 *
 * Leaves it ready, dead or quarantined.
 *
 * Context: May sleep, for a few seconds at most if it does not copy.
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

/**
 * dcbm_recover_init() - get ready for the worst
 * @chan: a channel that is being acquired
 *
 * Return: 0 or -ENOMEM.
 */
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

/**
 * dcbm_recover_exit() - may the channel be let go?
 * @chan: a channel without descriptors in flight
 *
 * Waits for a probe to end, within bounds.
 *
 * Context: May sleep.
 * Return: false if it is quarantined. Its memory must stay then.
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
