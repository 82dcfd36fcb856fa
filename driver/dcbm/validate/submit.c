// SPDX-License-Identifier: GPL-2.0-only
/*
 * Descriptors of a run: submission and callback.
 */
#include <linux/bits.h>
#include <linux/delay.h>
#include <linux/jiffies.h>
#include <linux/minmax.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/string.h>

#include "../dcbm.h"
#include "lists.h"
#include "map.h"
#include "submit.h"
#include "types.h"
#include "verdict.h"

/* How long prep is retried after a refusal; same value as DCBM_PREP_RETRY_MS in lane.c. */
#define DCBM_V_PREP_RETRY_MS	20

/* Maximum number of bytes that a callback compares, as it delays other callbacks. */
#define DCBM_V_PEEK		4096

/**
 * dcbm_v_prep_tx() - call prep, without a verdict
 * @v: the descriptor, mapped; @v->tx is NULL if the provider refuses
 * @flags: DMAEngine flags
 *
 * Context: Any, also callbacks.
 */
void dcbm_v_prep_tx(struct dcbm_vd *v, unsigned long flags)
{
	struct dma_chan *dma = v->t->dma;

	if (!v->pairs)
		v->tx = dcbm_prep_memcpy_sg(dma, v->dst.sgl, v->dst.nents,
					    v->src.sgl, v->src.nents, flags);
	else if (v->t->sg)
		v->tx = dcbm_prep_memcpy_sg(dma, v->pair_dst, v->pairs,
					    v->pair_src, v->pairs, flags);
	else
		v->tx = dmaengine_prep_dma_memcpy(dma, sg_dma_address(v->pair_dst),
						  sg_dma_address(v->pair_src),
						  sg_dma_len(v->pair_dst), flags);
}

/* Compares the first DCBM_V_PEEK bytes of the destination, if they are visible. */
static bool dcbm_v_arrived(const struct dcbm_vd *v)
{
	const struct dcbm_vt *t = v->t;
	u32 i, left = DCBM_V_PEEK;

	if (!dcbm_v_visible(t))
		return true;
	for (i = 0; left && i < v->list.nr_dst; i++) {
		u32 off = v->list.dst[i].off, len = min(v->list.dst[i].len, left);

		if (memcmp(t->dst.mem + off, t->want + off, len))
			return false;
		left -= len;
	}
	return true;
}

/*
 * A lock held by the provider cannot be detected by preempt_count(), as softirqs disable
 * preemption as well. lockdep and the submission in done.context detect it.
 */
static bool dcbm_v_context_bad(void)
{
	return in_hardirq() || irqs_disabled();
}

/*
 * The parameter of the callback has the index and the generation of the descriptor, so
 * that a late callback of an older generation is detected.
 */
static void *dcbm_v_token(const struct dcbm_vd *v)
{
	return (void *)((unsigned long)v->index << BITS_PER_BYTE | v->gen);
}

static void dcbm_v_callback(void *param, const struct dmaengine_result *res)
{
	struct dcbm_validate *validate = dcbm.validate;
	void (*hook)(struct dcbm_vd *v);
	struct dcbm_vd *v;

	guard(rcu)();
	v = xa_load(&validate->tokens, (unsigned long)param >> BITS_PER_BYTE);
	/* A quarantined channel may run callbacks at any time. */
	if (v && READ_ONCE(v->t->lost))
		return;
	if (!v || READ_ONCE(v->d.state) == DCBM_DESC_IDLE || param != dcbm_v_token(v)) {
		atomic_inc(&validate->stray);
		return;
	}
	if (atomic_inc_return(&v->calls) > 1) {
		wake_up(&v->t->waiter.wq);
		return;
	}
	v->seq = atomic_inc_return(&v->t->seq);
	v->bad_context = dcbm_v_context_bad();
	v->has_result = res;
	if (res)
		v->result = *res;
	if (dcbm_result_of(res) == DCBM_RES_OK)
		v->data_bad = !dcbm_v_arrived(v);
	hook = READ_ONCE(v->hook);
	if (hook && !v->bad_context)
		hook(v);
	dcbm_desc_end(&v->d, dcbm_result_of(res), res ? res->residue : 0);
}

/*
 * Begins a new generation of a descriptor. The caller must call dcbm_v_submit_tx() or
 * dcbm_v_submit_undo() next.
 */
void dcbm_v_submit_begin(struct dcbm_vt *t, struct dcbm_vd *v)
{
	v->gen++;
	atomic_set(&v->calls, 0);
	v->bad_context = false;
	v->data_bad = false;
	v->has_result = false;
	v->submitted = false;
	v->stale = NULL;
	v->d.segs = max3(v->pairs, v->list.nr_dst, v->list.nr_src);
	v->d.start = 0;
	v->d.end = dcbm_v_list_bytes(&v->list);

	mutex_lock(&t->chan->lock);
	v->inflight = dcbm_desc_begin(t->chan, &v->d);
	mutex_unlock(&t->chan->lock);
}

/* Cancels dcbm_v_submit_begin(). */
void dcbm_v_submit_undo(struct dcbm_vd *v)
{
	struct dcbm_chan *chan = v->t->chan;

	mutex_lock(&chan->lock);
	dcbm_desc_cancel(&v->d);
	mutex_unlock(&chan->lock);
}

/**
 * dcbm_v_submit_tx() - submit a descriptor
 * @v: the descriptor, prepared; sets @v->submitted
 * @callback: set a callback
 *
 * Context: Any, also callbacks.
 */
void dcbm_v_submit_tx(struct dcbm_vd *v, bool callback)
{
	struct dma_async_tx_descriptor *tx = v->tx;
	struct dcbm_vt *t = v->t;
	unsigned long flags;

	tx->callback = NULL;
	tx->callback_result = callback ? dcbm_v_callback : NULL;
	tx->callback_param = callback ? dcbm_v_token(v) : NULL;
	v->d.cookie = dmaengine_submit(tx);
	if (v->d.cookie < DMA_MIN_COOKIE)
		return;

	v->submitted = true;
	dcbm_desc_count(&v->d, v->inflight,
			t->sg ? DCBM_BE_MEMCPY_SG : DCBM_BE_MEMCPY);
	spin_lock_irqsave(&t->res_lock, flags);
	t->submitted = true;
	t->res->descriptors++;
	t->res->bytes += v->d.end;
	spin_unlock_irqrestore(&t->res_lock, flags);
}

static const char *dcbm_v_stale(const struct dma_async_tx_descriptor *tx,
				unsigned long flags)
{
	if (tx->callback || tx->callback_result)
		return "with the callback of its previous use";
	if (tx->callback_param)
		return "with the callback_param of its previous use";
	if ((tx->flags ^ flags) & (DMA_PREP_INTERRUPT | DMA_CTRL_ACK | DMA_PREP_FENCE))
		return "with other flags than requested";
	return NULL;
}

/*
 * Nothing may sleep between prep and submit: some providers take a lock in prep and
 * release it in submit (client.rst, "Get a descriptor for transaction").
 */
static int dcbm_v_put_once(struct dcbm_vt *t, struct dcbm_vd *v, unsigned long flags)
{
	unsigned long before = current->nvcsw;

	dcbm_v_prep_tx(v, flags);
	if (v->tx) {
		v->stale = dcbm_v_stale(v->tx, flags);
		v->last_tx = v->tx;
		dcbm_v_submit_tx(v, flags & DMA_PREP_INTERRUPT);
		if (!v->submitted) {
			dcbm_v_submit_undo(v);
			return dcbm_v_fail(t, "submit returned %d, which is not a valid cookie",
					   v->d.cookie);
		}
	}
	/* With PREEMPT_RT a contended spinlock sleeps. */
	if (!IS_ENABLED(CONFIG_PREEMPT_RT) && current->nvcsw != before)
		return dcbm_v_fail(t, "prep or submit slept: atomic context is not supported");
	return DCBM_V_PASS;
}

/**
 * dcbm_v_put() - prepare and submit a descriptor
 * @t: the run
 * @v: the descriptor, mapped
 * @flags: DMAEngine flags
 *
 * A prep that sleeps is detected by the context switches of this thread. A mutex that is
 * not contended is therefore not detected.
 *
 * Return: DCBM_V_PASS, with @v->submitted false if the provider refused; or DCBM_V_FAIL.
 */
int dcbm_v_put(struct dcbm_vt *t, struct dcbm_vd *v, unsigned long flags)
{
	int ret;

	dcbm_v_submit_begin(t, v);
	ret = dcbm_v_put_once(t, v, flags);
	if (!ret && !v->submitted)
		dcbm_v_submit_undo(v);
	return ret;
}

/*
 * As dcbm_v_put(), with retries after a refusal: some providers recycle a descriptor only
 * after its callback has returned.
 */
int dcbm_v_put_retry(struct dcbm_vt *t, struct dcbm_vd *v, unsigned long flags)
{
	unsigned long until = jiffies + msecs_to_jiffies(DCBM_V_PREP_RETRY_MS);
	int ret;

	for (;;) {
		ret = dcbm_v_put(t, v, flags);
		if (ret || v->submitted || time_after(jiffies, until))
			return ret;
		usleep_range(100, 200);
	}
}

void dcbm_v_issue(struct dcbm_vt *t)
{
	dma_async_issue_pending(t->dma);
}

/**
 * dcbm_v_start_more() - map, prepare and submit further descriptors
 * @t: the run, with lists
 * @nr: number of descriptors to reach
 * @started: number of descriptors submitted so far; updated, and less than @nr if the ring
 *	is full or a mapping fails
 * @flags: DMAEngine flags
 *
 * Return: DCBM_V_PASS, DCBM_V_FAIL, or the error of the first mapping.
 */
int dcbm_v_start_more(struct dcbm_vt *t, u32 nr, u32 *started, unsigned long flags)
{
	int ret;

	for (; *started < nr; ++*started) {
		struct dcbm_vd *v = &t->vd[*started];

		ret = dcbm_v_map(t, v);
		if (ret)
			return *started ? DCBM_V_PASS : ret;
		if (*started)
			ret = dcbm_v_put(t, v, flags);
		else
			ret = dcbm_v_put_retry(t, v, flags);
		if (ret)
			return ret;
		if (!v->submitted) {
			dcbm_v_unmap(t, v);
			if (*started)
				break;
			return dcbm_v_fail(t,
					   "prep refused %u segments (%u bytes) on an idle channel",
					   v->list.nr_dst,
					   dcbm_v_list_bytes(&v->list));
		}
	}
	return DCBM_V_PASS;
}

/* As dcbm_v_start_more(), from the first descriptor. */
int dcbm_v_start(struct dcbm_vt *t, u32 nr, u32 *started, unsigned long flags)
{
	*started = 0;
	return dcbm_v_start_more(t, nr, started, flags);
}

/*
 * Maps, prepares and submits descriptors until prep refuses one. @nr: number of
 * descriptors submitted, @t->nr if prep refused none.
 */
int dcbm_v_fill_ring(struct dcbm_vt *t, u32 *nr)
{
	int ret;

	for (*nr = 0; *nr < t->nr; ++*nr) {
		struct dcbm_vd *v = &t->vd[*nr];

		ret = dcbm_v_map(t, v);
		if (!ret)
			ret = dcbm_v_put_retry(t, v, DCBM_V_FLAGS);
		if (ret)
			return ret;
		if (!v->submitted) {
			dcbm_v_unmap(t, v);
			break;
		}
	}
	return DCBM_V_PASS;
}
