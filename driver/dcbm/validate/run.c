// SPDX-License-Identifier: GPL-2.0-only
/*
 * Runs: channel, memory and cases.
 */
#include <linux/device.h>
#include <linux/err.h>
#include <linux/jiffies.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>

#include "../acquire.h"
#include "../dcbm.h"
#include "lists.h"
#include "map.h"
#include "mem.h"
#include "run.h"
#include "stop.h"
#include "types.h"
#include "verdict.h"

/* No case is begun after this time. */
#define DCBM_V_SECONDS		30

/**
 * dcbm_v_next() - begin the next case
 * @t: the run
 * @i: number of cases begun, initially 0
 * @ret: verdict so far; a verdict other than DCBM_V_PASS ends the run
 *
 * Seeds the random numbers of the case.
 *
 * Return: false if there is no further case; a pending signal sets @ret to -EINTR.
 */
bool dcbm_v_next(struct dcbm_vt *t, u32 *i, int *ret)
{
	if (*ret != DCBM_V_PASS || *i >= t->cases)
		return false;
	if (signal_pending(current)) {
		*ret = -EINTR;
		return false;
	}
	if (time_after(jiffies, t->until)) {
		dcbm_v_note(t, "only %u of %u cases ran in %u seconds", *i, t->cases,
			    DCBM_V_SECONDS);
		return false;
	}
	cond_resched();
	dcbm_v_seed(t, *i);
	t->res->cases = ++*i;
	return true;
}

static void dcbm_vt_init(struct dcbm_vt *t, struct dcbm *d, struct dcbm_chan *chan,
			 struct dcbm_vresult *res)
{
	t->d = d;
	t->validate = d->validate;
	t->spec = &res->spec;
	t->res = res;
	t->chan = chan;
	t->dma = chan->dma;
	t->sg = dcbm_chan_has_memcpy_sg(chan->dma);
	t->ordered = !dma_has_cap(DMA_COMPLETION_NO_ORDER,
				  chan->dma->device->cap_mask);
	t->batch = dcbm_next_batch(d);
	t->until = jiffies + DCBM_V_SECONDS * HZ;
	init_llist_head(&t->waiter.ended);
	init_waitqueue_head(&t->waiter.wq);
	spin_lock_init(&t->res_lock);
}

/**
 * dcbm_vt_new() - acquire a channel, and allocate a run on it
 * @d: the driver, the semaphore of its pool held for writing
 * @name: name of the channel
 * @res: the request, and where the result is written
 *
 * Context: May sleep.
 * Return: The run, or the error of dcbm_acquire_named().
 */
struct dcbm_vt *dcbm_vt_new(struct dcbm *d, const char *name, struct dcbm_vresult *res)
{
	struct dcbm_chan *chan;
	struct dcbm_vt *t;

	t = kzalloc(sizeof(*t), GFP_KERNEL);
	if (!t)
		return ERR_PTR(-ENOMEM);
	chan = dcbm_acquire_named(&d->pool, name);
	if (IS_ERR(chan)) {
		kfree(t);
		return ERR_CAST(chan);
	}
	dcbm_vt_init(t, d, chan, res);
	if (dcbm_v_mem_alloc(t, dev_to_node(chan->dev), res->spec.max_bytes)) {
		dcbm_release_chan(&d->pool, chan);
		kfree(t);
		return ERR_PTR(-ENOMEM);
	}
	return t;
}

/**
 * dcbm_vt_end() - end a run, and release its channel
 * @t: the run
 *
 * Memory that a quarantined channel may access is never freed, nor is the run.
 *
 * Context: May sleep.
 */
void dcbm_vt_end(struct dcbm_vt *t)
{
	struct dcbm_pool *pool = &t->d->pool;

	dcbm_v_reset(t);
	t->res->chan_state = dcbm_chan_state(t->chan);
	if (t->submitted)
		dcbm_stats_chan_batch(t->chan->stats, t->chan->slot_idx);
	if (t->lost) {
		dcbm_release_chan(pool, t->chan);
		return;
	}
	dcbm_v_free(t);
	dcbm_v_mem_free(t);
	dcbm_release_chan(pool, t->chan);
	/* A callback may be about to wake up t->waiter.wq. */
	synchronize_rcu();
	kfree(t);
}
