// SPDX-License-Identifier: GPL-2.0-only
/*
 * Descriptors of a channel: submission, completion, and who waits for them
 */
#define pr_fmt(fmt) "dcbm_sg: " fmt

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
 * dcbm_result_of() - the result of a descriptor in our terms
 * @res: what the provider says; NULL if it has nothing to say
 *
 * Return: The result. An unknown code is an error, not a success.
 */
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

/**
 * dcbm_desc_init() - initialise a descriptor
 * @desc: a new descriptor
 */
void dcbm_desc_init(struct dcbm_desc *desc)
{
	unsigned int life;

	for (life = 0; life < DCBM_DESC_LIVES; life++)
		desc->lives[life] = life;
}

/*
 * A descriptor has ended; see dcbm_desc_end(). Returns false if it was not in that
 * state, and nothing has changed.
 */
static bool dcbm_desc_end_in(struct dcbm_desc *desc, int state,
			     enum dcbm_result result, u32 residue)
{
	struct dcbm_chan *chan;
	struct dcbm_owner *owner;
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

	owner = desc->owner;
	/* From here on who looks at the state may use the descriptor again. */
	smp_store_release(&desc->state, DCBM_DESC_ENDED);
	llist_add(&desc->ended, &owner->ended);
	wake_up(&owner->wq);
	return true;
}

/**
 * dcbm_desc_end() - a descriptor has ended
 * @desc: the descriptor
 * @result: how
 * @residue: bytes it did not copy
 *
 * Hands the descriptor to its owner, who may free or reuse it at once. RCU is held
 * from there to the wake-up, because the owner may be gone by then;
 * dcbm_pool_put() waits for it. It counts as in flight until its end is written down,
 * as some owners go by that and not by what they are handed.
 *
 * The time that the descriptor adds to the busy time of its channel begins when
 * it was submitted or when the one before it ended, whichever is later. An engine
 * that works in order is thus charged for each moment once.
 *
 * Context: Any.
 * Return: false if it had ended before.
 */
bool dcbm_desc_end(struct dcbm_desc *desc, enum dcbm_result result, u32 residue)
{
	int state = READ_ONCE(desc->state);

	return state >= DCBM_DESC_INFLIGHT &&
	       dcbm_desc_end_in(desc, state, result, residue);
}

/*
 * The provider may call back once too often, or too late, when the descriptor is in use
 * again. To take that for its end would be to lose data.
 */
static void dcbm_desc_callback(void *param, const struct dmaengine_result *res)
{
	u8 *life = param;
	struct dcbm_desc *desc = container_of(life - *life, struct dcbm_desc, lives[0]);

	guard(rcu)();
	if (!dcbm_desc_end_in(desc, DCBM_DESC_INFLIGHT + *life, dcbm_result_of(res),
			      res ? res->residue : 0))
		pr_warn_ratelimited("%s: completion for a descriptor that has ended\n",
				    desc->chan->slot->name);
}

/**
 * dcbm_desc_begin() - a descriptor is about to be submitted
 * @chan: where; locked
 * @desc: the descriptor, of which the caller has set what it copies
 *
 * From here on it is in flight and can end, and has to be ended or cancelled.
 *
 * Return: Descriptors in flight, this one included.
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
	desc->life = (desc->life + 1) % DCBM_DESC_LIVES;
	/* A completion reads the fields above after it has seen this. */
	smp_store_release(&desc->state, DCBM_DESC_INFLIGHT + desc->life);
	return inflight;
}

/**
 * dcbm_desc_cancel() - a descriptor was not submitted after all
 * @desc: the descriptor, its channel locked
 *
 * There are providers that call back for a submission which returns an error as well
 * (idxd_submit_desc() in drivers/dma/idxd/submit.c).
 *
 * Return: false if it has ended like any that was submitted.
 */
bool dcbm_desc_cancel(struct dcbm_desc *desc)
{
	struct dcbm_chan *chan = desc->chan;
	int state = DCBM_DESC_INFLIGHT + desc->life;

	lockdep_assert_held(&chan->lock);
	if (cmpxchg(&desc->state, state, DCBM_DESC_IDLE) != state)
		return false;
	list_del(&desc->inflight);
	atomic_dec(&chan->nr_inflight);
	return true;
}

/**
 * dcbm_desc_count() - trace and count a descriptor that was submitted
 * @desc: the descriptor
 * @inflight: what dcbm_desc_begin() said
 * @backend: how it was prepared
 *
 * Context: Any.
 */
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
 * @desc: what to copy, all fields set but those of the submission
 * @backend: how
 * @dst: segments that are written, mapped
 * @src: segments that are read, mapped, pairwise as long as those of @dst
 * @phases: of the batch
 *
 * The engine starts with dcbm_chan_issue() at the latest.
 *
 * Context: A thread. May sleep.
 * Return: 0, -EAGAIN when the provider has no descriptor now or refuses this many
 * segments, -ECANCELED when the channel is not ready, or the error of the
 * submission, after which the channel has forgotten the descriptor.
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
	/*
	 * All three, on each descriptor: a provider may recycle descriptors without
	 * clearing what the client before us left in them.
	 */
	tx->callback = NULL;
	tx->callback_result = dcbm_desc_callback;
	tx->callback_param = &desc->lives[desc->life];
	desc->cookie = dmaengine_submit(tx);
	if (!dma_submit_error(desc->cookie))
		WRITE_ONCE(chan->segs_ok, max(chan->segs_ok, desc->segs));
	else if (dcbm_desc_cancel(desc))
		return desc->cookie;

	dcbm_desc_count(desc, inflight, backend);
	return 0;
}

/**
 * dcbm_desc_unlink() - take a descriptor that has ended off its channel
 * @desc: the descriptor
 *
 * Context: The owner's thread. May sleep.
 */
void dcbm_desc_unlink(struct dcbm_desc *desc)
{
	mutex_lock(&desc->chan->lock);
	list_del(&desc->inflight);
	desc->state = DCBM_DESC_IDLE;
	mutex_unlock(&desc->chan->lock);
}
