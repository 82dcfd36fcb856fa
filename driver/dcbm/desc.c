// SPDX-License-Identifier: GPL-2.0-only
/*
 * Descriptors: submission, completion, and the thread that waits for them
 */
#include "log.h"

#include <linux/cleanup.h>
#include <linux/ktime.h>
#include <linux/lockdep.h>
#include <linux/minmax.h>
#include <linux/printk.h>
#include <linux/rcupdate.h>
#include <linux/scatterlist.h>

#include <trace/events/dcbm.h>

#include "chan.h"
#include "desc.h"
#include "phase.h"
#include "stats.h"

/**
 * DOC: Life cycle of a descriptor
 *
 * dcbm_desc_begin() puts a descriptor in flight, under the lock of its channel. The
 * descriptor ends once: by its callback or by recovery. The first of them changes the
 * state from in flight to ending, writes the result, and adds the descriptor to the list
 * of its waiter; the others change nothing. The waiter removes the descriptor from the
 * list of the channel (dcbm_desc_unlink()), and may then use it again. If the submission
 * fails, dcbm_desc_cancel() makes the descriptor idle again.
 *
 * A provider may call back twice or too late, when the descriptor is already in use
 * again. The callback parameter therefore identifies the generation of the descriptor,
 * and a callback for another generation is ignored.
 *
 * If a provider starts descriptors only at issue_pending(), the trace has the submission
 * of each descriptor before its completion.
 */

/* Translate the result of a callback. NULL is a success, an unknown code an error. */
enum dcbm_result dcbm_result_of(const struct dmaengine_result *res)
{
	static const enum dcbm_result results[] = {
		[DMA_TRANS_NOERROR] = DCBM_RES_OK,
		[DMA_TRANS_READ_FAILED] = DCBM_RES_READ,
		[DMA_TRANS_WRITE_FAILED] = DCBM_RES_WRITE,
		[DMA_TRANS_ABORTED] = DCBM_RES_ABORTED,
	};

	if (!res)
		return DCBM_RES_OK;
	if ((unsigned int)res->result >= ARRAY_SIZE(results))
		return DCBM_RES_UNKNOWN;
	if (res->result == DMA_TRANS_NOERROR && res->residue)
		return DCBM_RES_RESIDUE;
	return results[res->result];
}

void dcbm_desc_init(struct dcbm_desc *desc)
{
	unsigned int i;

	for (i = 0; i < DCBM_DESC_GENERATIONS; i++)
		desc->tokens[i] = i;
}

/* End a descriptor if it is in @state. Otherwise change nothing and return false. */
static bool dcbm_desc_end_in(struct dcbm_desc *desc, int state,
			     enum dcbm_result result, u32 residue)
{
	struct dcbm_waiter *waiter;
	struct dcbm_chan *chan;
	u64 now, last, bytes;

	guard(rcu)();
	if (cmpxchg(&desc->state, state, DCBM_DESC_ENDING) != state)
		return false;

	chan = desc->chan;
	bytes = desc->end - desc->start;
	now = ktime_get_ns();
	atomic_dec(&chan->nr_inflight);
	last = max_t(u64, atomic64_xchg(&chan->last_end_ns, now),
		     desc->submitted_ns);
	last = now > last ? now - last : 0;

	desc->result = result;
	desc->residue = residue;
	trace_dcbm_desc_complete(desc->batch, desc->id,
				 chan->dma->device->dev_id, chan->dma->chan_id,
				 desc->cookie, desc->segs, desc->folios, bytes,
				 result, residue, now - desc->submitted_ns, last);
	dcbm_stats_complete(chan->stats, chan->slot_idx, result, desc->folios,
			    bytes, now - desc->submitted_ns, last);

	waiter = desc->waiter;
	/* After this store, a thread that polls the state may use the descriptor again. */
	smp_store_release(&desc->state, DCBM_DESC_ENDED);
	llist_add(&desc->ended, &waiter->ended);
	wake_up(&waiter->wq);
	return true;
}

/**
 * dcbm_desc_end() - end a descriptor
 * @desc: the descriptor
 * @result: result of the copy
 * @residue: bytes that were not copied
 *
 * The waiter may free or reuse the descriptor as soon as the descriptor has ended, and
 * may free itself before the wake-up. The RCU read lock is held until after the wake-up:
 * a waiter must be freed after a grace period, as dcbm_ctx_pool_empty() does. The state
 * becomes ended only when the result is written, because some waiters poll the state and
 * do not read the list.
 *
 * The busy time of the channel increases by the time since the submission, or since the
 * end of the previous descriptor if that is later. So the busy time of an engine that
 * works in order counts each nanosecond once.
 *
 * Context: Any.
 * Return: false if the descriptor had ended before.
 */
bool dcbm_desc_end(struct dcbm_desc *desc, enum dcbm_result result, u32 residue)
{
	int state = READ_ONCE(desc->state);

	return state >= DCBM_DESC_INFLIGHT &&
	       dcbm_desc_end_in(desc, state, result, residue);
}

static void dcbm_desc_callback(void *param, const struct dmaengine_result *res)
{
	u8 *token = param;
	struct dcbm_desc *desc = container_of(token - *token, struct dcbm_desc, tokens[0]);

	guard(rcu)();
	if (!dcbm_desc_end_in(desc, DCBM_DESC_INFLIGHT + *token, dcbm_result_of(res),
			      res ? res->residue : 0))
		pr_warn_ratelimited("%s: callback for a descriptor that has ended, ignored\n",
				    desc->chan->slot->name);
}

/*
 * Put a descriptor in flight, before its submission. The channel is locked, and the caller
 * has set what the descriptor copies. The caller must submit or cancel the descriptor next.
 * Returns the number of descriptors in flight on the channel, including this one.
 */
unsigned int dcbm_desc_begin(struct dcbm_chan *chan, struct dcbm_desc *desc)
{
	unsigned int inflight;

	lockdep_assert_held(&chan->lock);
	desc->chan = chan;
	desc->id = ++chan->next_id;
	desc->submitted_ns = ktime_get_ns();
	desc->cookie = 0;
	inflight = atomic_inc_return(&chan->nr_inflight);
	list_add_tail(&desc->inflight, &chan->inflight);
	desc->generation = (desc->generation + 1) % DCBM_DESC_GENERATIONS;
	/* A completion reads the fields above after it has read the state. */
	smp_store_release(&desc->state, DCBM_DESC_INFLIGHT + desc->generation);
	return inflight;
}

/*
 * Make a descriptor idle whose submission has failed. The channel is locked. Returns false
 * if the descriptor has ended by its callback: some providers also call back for a
 * submission that returns an error (idxd_submit_desc() in drivers/dma/idxd/submit.c).
 */
bool dcbm_desc_cancel(struct dcbm_desc *desc)
{
	struct dcbm_chan *chan = desc->chan;
	int state = DCBM_DESC_INFLIGHT + desc->generation;

	lockdep_assert_held(&chan->lock);
	if (cmpxchg(&desc->state, state, DCBM_DESC_IDLE) != state)
		return false;
	list_del(&desc->inflight);
	atomic_dec(&chan->nr_inflight);
	return true;
}

/* Trace and count a submitted descriptor; dcbm_desc_begin() has returned @inflight. */
void dcbm_desc_count(const struct dcbm_desc *desc, unsigned int inflight,
		     enum dcbm_backend backend)
{
	const struct dcbm_chan *chan = desc->chan;

	trace_dcbm_desc_submit(desc->batch, desc->id, chan->dma->device->dev_id,
			       chan->dma->chan_id, desc->cookie, desc->segs,
			       desc->folios, desc->end - desc->start, inflight,
			       backend);
	dcbm_stats_submit(chan->stats, chan->slot_idx, desc->segs, inflight);
}

static struct dma_async_tx_descriptor *
dcbm_desc_prep(struct dcbm_chan *chan, struct dcbm_desc *desc, enum dcbm_backend backend,
	       struct scatterlist *dst, struct scatterlist *src,
	       struct dcbm_phases *phases)
{
	guard(dcbm_phase)(phases, DCBM_PH_PREP);
	return dcbm_chan_prep(chan, backend, dst, src, desc->segs);
}

/**
 * dcbm_desc_submit() - submit a descriptor
 * @chan: the channel
 * @desc: the descriptor, with all fields that describe the copy
 * @backend: memcpy_sg, or memcpy for a single segment
 * @dst: mapped segments that are written
 * @src: mapped segments that are read, of pairwise the same length as @dst
 * @phases: phases of the batch
 *
 * The engine starts with dcbm_chan_issue() at the latest.
 *
 * Context: A thread. May sleep.
 * Return: 0; -EAGAIN if the provider returns no descriptor, because it has none left or
 * does not accept this number of segments; -ECANCELED if the channel is not ready; or
 * the error of the submission, after which the descriptor is idle.
 */
int dcbm_desc_submit(struct dcbm_chan *chan, struct dcbm_desc *desc,
		     enum dcbm_backend backend, struct scatterlist *dst,
		     struct scatterlist *src, struct dcbm_phases *phases)
{
	struct dma_async_tx_descriptor *tx;
	unsigned int inflight;

	guard(dcbm_phase)(phases, DCBM_PH_SUBMIT);
	guard(mutex)(&chan->lock);
	if (!dcbm_chan_ready(chan))
		return -ECANCELED;

	tx = dcbm_desc_prep(chan, desc, backend, dst, src, phases);
	if (!tx)
		return -EAGAIN;

	inflight = dcbm_desc_begin(chan, desc);
	/* Set all three fields: a provider may recycle descriptors without clearing them. */
	tx->callback = NULL;
	tx->callback_result = dcbm_desc_callback;
	tx->callback_param = &desc->tokens[desc->generation];
	desc->cookie = dmaengine_submit(tx);
	if (!dma_submit_error(desc->cookie))
		WRITE_ONCE(chan->segs_ok, max(chan->segs_ok, desc->segs));
	else if (dcbm_desc_cancel(desc))
		return desc->cookie;

	dcbm_desc_count(desc, inflight, backend);
	return 0;
}

/* Remove a descriptor that has ended from its channel. Called by the waiter; may sleep. */
void dcbm_desc_unlink(struct dcbm_desc *desc)
{
	mutex_lock(&desc->chan->lock);
	list_del(&desc->inflight);
	desc->state = DCBM_DESC_IDLE;
	mutex_unlock(&desc->chan->lock);
}
