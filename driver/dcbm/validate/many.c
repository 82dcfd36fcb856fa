// SPDX-License-Identifier: GPL-2.0-only
/*
 * Clauses many.*: several threads on one channel, and two channels.
 */
#include <linux/cleanup.h>
#include <linux/device.h>
#include <linux/dmaengine.h>
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/jiffies.h>
#include <linux/minmax.h>
#include <linux/sizes.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "../names.h"
#include "clauses.h"
#include "map.h"
#include "mem.h"
#include "run.h"
#include "submit.h"
#include "types.h"
#include "verdict.h"
#include "wait.h"

/* Descriptors per thread, submitted one after the other. */
#define DCBM_V_EACH	4

/**
 * struct dcbm_vthread - a thread of many.threads
 * @t: the run
 * @first: index of the first of the DCBM_V_EACH descriptors of the thread
 * @ret: verdict of the thread
 * @done: the thread has finished
 */
struct dcbm_vthread {
	struct dcbm_vt *t;
	u32 first;
	int ret;
	struct completion done;
};

/* The threads share the ring: prep may refuse while other threads use all descriptors. */
static int dcbm_v_thread_one(struct dcbm_vt *t, struct dcbm_vd *v)
{
	unsigned long until = jiffies + msecs_to_jiffies(t->spec->timeout_ms);
	int ret;

	do {
		ret = dcbm_v_put_retry(t, v, DCBM_V_FLAGS);
	} while (!ret && !v->submitted && time_before(jiffies, until));
	if (!ret && !v->submitted)
		return dcbm_v_fail(t, "a thread got no descriptor for %u ms",
				   t->spec->timeout_ms);
	if (ret)
		return ret;
	dcbm_v_issue(t);
	if (!wait_event_timeout(t->waiter.wq, dcbm_v_ended(v),
				msecs_to_jiffies(t->spec->timeout_ms)))
		return dcbm_v_fail(t, "several threads: no callback after %u ms",
				   t->spec->timeout_ms);
	return DCBM_V_PASS;
}

static int dcbm_v_thread(void *data)
{
	struct dcbm_vthread *thread = data;
	u32 i;

	for (i = 0; !thread->ret && i < DCBM_V_EACH; i++)
		thread->ret = dcbm_v_thread_one(thread->t,
						&thread->t->vd[thread->first + i]);
	/* After complete() and return, the thread could still run module code during unload. */
	kthread_complete_and_exit(&thread->done, 0);
}

static int dcbm_v_threads_run(struct dcbm_vt *t, struct dcbm_vthread *threads, u32 nr)
{
	int ret = DCBM_V_PASS;
	u32 i;

	for (i = 0; i < nr; i++) {
		struct task_struct *task;

		threads[i] = (struct dcbm_vthread) { .t = t, .first = i * DCBM_V_EACH };
		init_completion(&threads[i].done);
		task = kthread_run(dcbm_v_thread, &threads[i], "dcbm_validate/%u", i);
		if (IS_ERR(task)) {
			ret = PTR_ERR(task);
			nr = i;
		}
	}
	/* Waits in steps: one long wait would trigger the hung task detector. */
	for (i = 0; i < nr; i++) {
		while (!wait_for_completion_timeout(&threads[i].done, HZ))
			;
		ret = ret ?: threads[i].ret;
	}
	return ret;
}

static int dcbm_v_threads_round(struct dcbm_vt *t, struct dcbm_vthread *threads)
{
	u32 nr = t->nr / DCBM_V_EACH, i;
	int ret;

	/* If the arena is too small for all threads, the last descriptors are not used. */
	dcbm_v_fill(t, nr * DCBM_V_EACH);
	for (i = 0; i < nr * DCBM_V_EACH; i++) {
		ret = dcbm_v_map(t, &t->vd[i]);
		if (ret)
			return ret;
	}
	ret = dcbm_v_threads_run(t, threads, nr);
	return ret ?: dcbm_v_finish(t, nr * DCBM_V_EACH, nr * DCBM_V_EACH);
}

int dcbm_v_many_threads(struct dcbm_vt *t)
{
	int ret = dcbm_v_slots(t, t->spec->threads * DCBM_V_EACH, SZ_4K);
	u32 i = 0;

	struct dcbm_vthread *threads __free(kfree) =
		kcalloc(t->spec->threads, sizeof(*threads), GFP_KERNEL);

	if (!threads)
		return -ENOMEM;
	while (dcbm_v_next(t, &i, &ret))
		ret = dcbm_v_threads_round(t, threads);
	return ret;
}

/**
 * struct dcbm_vother - search for a second channel
 * @first: the first channel
 * @name: name of the best candidate, or empty
 * @near: the candidate is on the device of @first
 */
struct dcbm_vother {
	const struct dma_chan *first;
	char name[DCBM_NAME_LEN];
	bool near;
};

/*
 * Filter that dma_request_channel() calls for each free channel. The filter accepts none,
 * as the channel is acquired by name later. A channel of the same device is preferred; if
 * each device has only one channel, a device of the same driver is used.
 */
static bool dcbm_v_consider(struct dma_chan *dma, void *param)
{
	struct dcbm_vother *other = param;
	const struct dma_device *first = other->first->device;
	bool near = dma->device == first;

	if (dma->device->dev->driver != first->dev->driver || other->near ||
	    (other->name[0] && !near))
		return false;
	strscpy(other->name, dma_chan_name(dma));
	other->near = near;
	return false;
}

static void dcbm_v_other(struct dcbm_vother *other)
{
	dma_cap_mask_t mask;

	dma_cap_zero(mask);
	dma_cap_set(DMA_MEMCPY, mask);
	dma_request_channel(mask, dcbm_v_consider, other);
}

static int dcbm_v_both(struct dcbm_vt *t, struct dcbm_vt *other)
{
	u32 started, others;
	int ret;

	dcbm_v_fill(t, t->nr);
	dcbm_v_fill(other, other->nr);
	ret = dcbm_v_start(t, t->nr, &started, DCBM_V_FLAGS);
	if (!ret)
		ret = dcbm_v_start(other, other->nr, &others, DCBM_V_FLAGS);
	if (ret)
		return ret;
	dcbm_v_issue(other);
	ret = dcbm_v_finish(t, t->nr, started);
	return ret ?: dcbm_v_finish(other, other->nr, others);
}

/*
 * Reverses the sources of one of two runs, whose source arenas have the same content. So
 * bytes copied by the wrong channel are detected.
 */
static void dcbm_v_cross(struct dcbm_vt *t)
{
	u32 i;

	for (i = 0; i < t->nr; i++)
		t->vd[i].list.src[0].off = t->vd[t->nr - 1 - i].list.dst[0].off;
}

int dcbm_v_many_channels(struct dcbm_vt *t)
{
	struct dcbm_vother second = { .first = t->dma };
	struct dcbm_vt *other;
	u32 i = 0;
	int ret;

	dcbm_v_other(&second);
	if (!second.name[0])
		return dcbm_v_skip(t, "no second channel of this driver is free");
	other = dcbm_vt_new(t->d, second.name, t->res);
	if (IS_ERR(other))
		return dcbm_v_skip(t, "%s, the second channel, cannot be acquired", second.name);
	ret = DCBM_V_PASS;
	if (dcbm_chan_state(other->chan) != DCBM_CHAN_READY)
		ret = dcbm_v_skip(t, "%s, the second channel, is %s", second.name,
				  dcbm_chan_state_names[dcbm_chan_state(other->chan)]);
	if (!ret)
		ret = dcbm_v_slots(t, t->spec->depth, SZ_4K);
	if (!ret)
		ret = dcbm_v_slots(other, t->spec->depth, SZ_4K);
	if (!ret)
		dcbm_v_cross(other);
	while (dcbm_v_next(t, &i, &ret))
		ret = dcbm_v_both(t, other);
	dcbm_vt_end(other);
	return ret;
}
