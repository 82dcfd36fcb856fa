// SPDX-License-Identifier: GPL-2.0-only
/*
 * Descriptors of a run: termination, reset and quarantine.
 */
#include <linux/completion.h>
#include <linux/jiffies.h>
#include <linux/minmax.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

#include "../recover.h"
#include "map.h"
#include "mem.h"
#include "stop.h"
#include "submit.h"
#include "types.h"
#include "verdict.h"
#include "wait.h"

/* Minimum time for a termination; the request may allow more by timeout_ms. */
#define DCBM_V_TERM_MIN_MS	1000

static void dcbm_vterm_work(struct work_struct *work)
{
	struct dcbm_vterm *term = container_of(work, struct dcbm_vterm, work);

	term->ret = dcbm_chan_terminate(term->chan);
	complete(&term->done);
}

/*
 * Quarantines a channel whose engine may access memory at any time. The memory of the
 * run is never freed. @why: reason for the log.
 */
void dcbm_v_quarantine(struct dcbm_vt *t, const char *why)
{
	WRITE_ONCE(t->lost, true);
	mutex_lock(&t->chan->lock);
	dcbm_chan_quarantine(t->chan, why);
	mutex_unlock(&t->chan->lock);
}

/*
 * Terminates the channel, as the operation under test. All descriptors in flight end. A
 * termination that hangs quarantines the channel.
 */
int dcbm_v_terminate(struct dcbm_vt *t)
{
	u32 ms = max(t->spec->timeout_ms, DCBM_V_TERM_MIN_MS), i;
	struct dcbm_chan *chan = t->chan;
	struct dcbm_vterm *term = &t->term;

	INIT_WORK(&term->work, dcbm_vterm_work);
	init_completion(&term->done);
	term->chan = chan;
	queue_work(chan->wq, &term->work);
	if (!wait_for_completion_timeout(&term->done, msecs_to_jiffies(ms))) {
		dcbm_v_quarantine(t, "termination does not end");
		return dcbm_v_fail(t, "dmaengine_terminate_sync() has not returned after %u ms",
				   ms);
	}
	flush_work(&term->work);
	if (term->ret)
		return dcbm_v_fail(t, "device_terminate_all() returned %d", term->ret);

	for (i = 0; i < t->nr; i++)
		if (!dcbm_v_ended(&t->vd[i]))
			t->vd[i].unspecified = true;
	mutex_lock(&chan->lock);
	dcbm_chan_end_all(chan, DCBM_RES_TERMINATED);
	mutex_unlock(&chan->lock);
	return DCBM_V_PASS;
}

/* Starts @nr descriptors, and terminates the channel. */
int dcbm_v_stop(struct dcbm_vt *t, u32 nr)
{
	u32 started;
	int ret;

	dcbm_v_fill(t, t->nr);
	ret = dcbm_v_start(t, nr, &started, DCBM_V_FLAGS);
	if (ret)
		return ret;
	dcbm_v_issue(t);
	ret = dcbm_v_terminate(t);
	if (ret)
		return ret;
	dcbm_v_unlink(t);
	dcbm_v_unmap_all(t);
	return DCBM_V_PASS;
}

/* Overdue descriptors end as in a batch: terminated, or lost with the channel. */
static void dcbm_v_end_all(struct dcbm_vt *t)
{
	u32 i;

	while (!t->lost && dcbm_v_nr_inflight(t, t->nr)) {
		dcbm_chan_overdue(t->chan, t->spec->timeout_ms);
		wait_event_timeout(t->waiter.wq, !dcbm_v_nr_inflight(t, t->nr),
				   msecs_to_jiffies(DCBM_V_LINGER_MS));
	}
	for (i = 0; i < t->nr; i++)
		if (t->vd[i].d.state == DCBM_DESC_ENDED &&
		    t->vd[i].d.result == DCBM_RES_LOST)
			WRITE_ONCE(t->lost, true);
}

/* Waits in steps: one long wait would trigger the hung task detector. */
static void dcbm_v_probed(struct dcbm_vt *t)
{
	unsigned long until = jiffies +
		msecs_to_jiffies(3 * max(t->spec->timeout_ms, DCBM_V_TERM_MIN_MS));

	while (dcbm_chan_state(t->chan) == DCBM_CHAN_PROBING &&
	       time_before(jiffies, until))
		wait_event_timeout(t->chan->state_wq,
				   dcbm_chan_state(t->chan) != DCBM_CHAN_PROBING,
				   HZ);
}

/**
 * dcbm_v_reset() - stop the channel at the end of a run
 * @t: the run
 *
 * After a failure the engine is not trusted when it reports completion: before memory is
 * unmapped, the channel is terminated if the provider can. A channel that cannot be
 * stopped is quarantined, with the memory of the run.
 *
 * Context: May sleep, within the bounds of dcbm_chan_overdue().
 */
void dcbm_v_reset(struct dcbm_vt *t)
{
	dcbm_v_end_all(t);
	if (!t->lost)
		dcbm_v_probed(t);
	if (!t->lost && t->res->status == DCBM_VS_FAIL &&
	    dcbm_chan_state(t->chan) == DCBM_CHAN_READY &&
	    t->dma->device->device_terminate_all && dcbm_v_terminate(t) &&
	    !t->lost)
		dcbm_v_quarantine(t, "its termination failed");
	if (t->lost)
		return;
	dcbm_v_unlink(t);
	dcbm_v_unmap_all(t);
}
