// SPDX-License-Identifier: GPL-2.0-only
/*
 * Descriptors of a run: from mapping to the end, and what to do with those that have none.
 */
#define pr_fmt(fmt) "dcbm_sg: validate: " fmt

#include <linux/align.h>
#include <linux/bits.h>
#include <linux/delay.h>
#include <linux/dma-direct.h>
#include <linux/dma-map-ops.h>
#include <linux/dma-mapping.h>
#include <linux/iommu.h>
#include <linux/jiffies.h>
#include <linux/limits.h>
#include <linux/minmax.h>
#include <linux/printk.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/slab.h>

#include "../dcbm.h"
#include "../plan.h"
#include "validate.h"

/* How long a channel with nothing in flight may refuse, as for batches: see lane.c. */
#define DCBM_V_PREP_RETRY_MS	20

static void dcbm_v_callback(void *param, const struct dmaengine_result *res);

/* Bytes that a callback compares: it holds up all others. */
#define DCBM_V_GLANCE		4096

/* Longest time for a termination, in units of timeout_ms, and at least a second. */
#define DCBM_V_TERM_MIN_MS	1000

static void dcbm_vd_exit(struct dcbm_vd *v)
{
	kvfree(v->list.dst);
	kvfree(v->list.src);
	kvfree(v->sg);
}

static int dcbm_vd_init(struct dcbm_vt *t, struct dcbm_vd *v, u32 max_segs)
{
	struct dcbm_validate *validate = &t->d->validate;
	int ret;

	v->t = t;
	v->max_segs = max_segs;
	v->d.owner = &t->owner;
	v->d.batch = t->batch;
	v->list.dst = kvcalloc(max_segs, sizeof(*v->list.dst), GFP_KERNEL);
	v->list.src = kvcalloc(max_segs, sizeof(*v->list.src), GFP_KERNEL);
	v->sg = kvcalloc(4 * max_segs, sizeof(*v->sg), GFP_KERNEL);
	if (!v->list.dst || !v->list.src || !v->sg)
		return -ENOMEM;
	v->dst.sgl = v->sg;
	v->src.sgl = v->sg + max_segs;
	v->pair_dst = v->sg + 2 * max_segs;
	v->pair_src = v->sg + 3 * max_segs;
	/* Whoever walks a list looks at the entry behind: the last one ends it. */
	sg_init_table(v->pair_dst, max_segs);
	sg_init_table(v->pair_src, max_segs);
	/* In turn, so that the index of one that is gone is not used again soon. */
	ret = xa_alloc_cyclic(&validate->tokens, &v->index, v,
			      XA_LIMIT(1, U32_MAX >> BITS_PER_BYTE),
			      &validate->next_index, GFP_KERNEL);
	return min(ret, 0);
}

/**
 * dcbm_v_alloc() - allocate descriptors
 * @t: the run, with no descriptor in flight; those that it has are freed
 * @nr: how many
 * @max_segs: most segments of each
 *
 * Context: May sleep.
 * Return: 0 or -ENOMEM.
 */
int dcbm_v_alloc(struct dcbm_vt *t, u32 nr, u32 max_segs)
{
	u32 i;

	dcbm_v_free(t);
	t->vd = kvcalloc(nr, sizeof(*t->vd), GFP_KERNEL);
	if (!t->vd)
		return -ENOMEM;
	t->nr = nr;
	for (i = 0; i < nr; i++)
		if (dcbm_vd_init(t, &t->vd[i], max_segs))
			return -ENOMEM;
	return 0;
}

/**
 * dcbm_v_free() - free descriptors
 * @t: the run, with no descriptor in flight
 *
 * Context: May sleep.
 */
void dcbm_v_free(struct dcbm_vt *t)
{
	u32 i;

	dcbm_v_unmap_all(t);
	for (i = 0; i < t->nr; i++)
		xa_erase(&t->d->validate.tokens, t->vd[i].index);
	/* A callback may have looked one of them up. */
	synchronize_rcu();
	for (i = 0; i < t->nr; i++)
		dcbm_vd_exit(&t->vd[i]);
	kvfree(t->vd);
	t->vd = NULL;
	t->nr = 0;
}

/**
 * dcbm_v_slots() - descriptors of one segment each, side by side
 * @t: the run, without descriptors
 * @nr: how many; fewer if there is no room for so many
 * @len: bytes of each
 *
 * Return: 0 or -ENOMEM.
 */
int dcbm_v_slots(struct dcbm_vt *t, u32 nr, u32 len)
{
	u32 stride, i;
	int ret;

	len = max(len, dcbm_v_unit(t));
	stride = ALIGN(len, max_t(u32, DCBM_V_LINE, dcbm_v_unit(t)));
	/* One always fits, also where the arena ends within a cache line. */
	nr = clamp(nr, 1U, max(t->size / stride, 1U));
	ret = dcbm_v_alloc(t, nr, 1);
	if (ret)
		return ret;
	for (i = 0; i < nr; i++)
		dcbm_v_list_one(t, &t->vd[i], i * stride, len);
	return 0;
}

static void dcbm_v_sg(struct sg_table *table, const struct dcbm_arena *arena,
		      const struct dcbm_vseg *seg, u32 nr)
{
	u32 i;

	sg_init_table(table->sgl, nr);
	for (i = 0; i < nr; i++)
		sg_set_page(&table->sgl[i], arena->page + (seg[i].off >> PAGE_SHIFT),
			    seg[i].len, offset_in_page(seg[i].off));
	table->orig_nents = nr;
}

#ifdef CONFIG_IOMMU_API
static bool dcbm_v_domain_translates(const struct iommu_domain *domain)
{
	return domain && domain->type != IOMMU_DOMAIN_IDENTITY;
}
#else
static bool dcbm_v_domain_translates(const struct iommu_domain *domain)
{
	return false;
}
#endif

/**
 * dcbm_v_translated() - is the device behind an IOMMU that translates?
 * @t: the run
 *
 * Return: true if so. One that passes all through does not count: bounce buffers are used
 * then as if there were none.
 */
bool dcbm_v_translated(const struct dcbm_vt *t)
{
	return dcbm_v_domain_translates(iommu_get_domain_for_dev(t->chan->dev));
}

/* Does the device see the memory itself, or a bounce buffer? */
static bool dcbm_v_direct(struct dcbm_vt *t, struct dcbm_vd *v)
{
	dma_addr_t addr = sg_dma_address(v->dst.sgl);
	struct device *dev = t->chan->dev;

	if (dcbm_v_translated(t))
		return iommu_iova_to_phys(iommu_get_domain_for_dev(dev), addr) ==
		       sg_phys(v->dst.sgl);
	return addr == phys_to_dma(dev, sg_phys(v->dst.sgl));
}

/* As the contract wants them: pairs, unless the list is uneven on purpose. */
static int dcbm_v_pair(struct dcbm_vd *v)
{
	bool uneven = v->list.nr_dst != v->list.nr_src;
	int n;

	n = dcbm_plan_pair(v->dst.sgl, v->dst.nents, v->src.sgl, v->src.nents,
			   v->pair_dst, v->pair_src, v->max_segs);
	if (n < 0 && !uneven)
		return n;
	v->pairs = uneven ? 0 : n;
	return 0;
}

/**
 * dcbm_v_unmap() - unmap what a descriptor copied
 * @t: the run
 * @v: the descriptor, not in flight
 *
 * Context: May sleep.
 */
void dcbm_v_unmap(struct dcbm_vt *t, struct dcbm_vd *v)
{
	struct device *dev = t->chan->dev;

	if (!v->mapped)
		return;
	dma_unmap_sgtable(dev, &v->dst, DMA_FROM_DEVICE, 0);
	dma_unmap_sgtable(dev, &v->src, DMA_TO_DEVICE, 0);
	v->mapped = false;
}

/**
 * dcbm_v_map() - map what a descriptor copies
 * @t: the run
 * @v: the descriptor, with its list
 *
 * Context: May sleep.
 * Return: 0, or the error of the mapping.
 */
int dcbm_v_map(struct dcbm_vt *t, struct dcbm_vd *v)
{
	struct device *dev = t->chan->dev;
	int ret;

	dcbm_v_sg(&v->dst, &t->dst, v->list.dst, v->list.nr_dst);
	dcbm_v_sg(&v->src, &t->src, v->list.src, v->list.nr_src);
	ret = dma_map_sgtable(dev, &v->src, DMA_TO_DEVICE, DMA_ATTR_NO_WARN);
	if (ret)
		return ret;
	ret = dma_map_sgtable(dev, &v->dst, DMA_FROM_DEVICE, DMA_ATTR_NO_WARN);
	if (ret) {
		dma_unmap_sgtable(dev, &v->src, DMA_TO_DEVICE, 0);
		return ret;
	}
	v->mapped = true;
	ret = dcbm_v_pair(v);
	if (ret) {
		dcbm_v_unmap(t, v);
		return ret;
	}
	t->bounced = t->bounced || !dcbm_v_direct(t, v);
	return 0;
}

/**
 * dcbm_v_unmap_all() - unmap what all descriptors copied
 * @t: the run, with none in flight
 *
 * Context: May sleep.
 */
void dcbm_v_unmap_all(struct dcbm_vt *t)
{
	u32 i;

	for (i = 0; i < t->nr; i++)
		dcbm_v_unmap(t, &t->vd[i]);
}

/**
 * dcbm_v_prep_tx() - prepare a descriptor, and do not judge
 * @v: the descriptor, mapped; its tx is NULL afterwards if the provider has refused
 * @flags: of the DMAEngine
 *
 * Context: Any, a callback too.
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

/**
 * dcbm_v_visible() - can what was written be seen while it is mapped?
 * @t: the run, which has mapped something
 *
 * Return: true if so: the device is coherent, and no bounce buffer is between.
 */
bool dcbm_v_visible(const struct dcbm_vt *t)
{
	return dev_is_dma_coherent(t->chan->dev) && !t->bounced;
}

/* What has arrived, as far as it can be seen and looked at in a callback. */
static bool dcbm_v_arrived(const struct dcbm_vd *v)
{
	const struct dcbm_vt *t = v->t;
	u32 i, left = DCBM_V_GLANCE;

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
 * Whether the provider holds a lock cannot be seen: softirqs themselves come with
 * preemption disabled, see __local_bh_enable_ip(). done.context finds out, and lockdep.
 */
static bool dcbm_v_context_bad(void)
{
	return in_hardirq() || irqs_disabled();
}

/* The descriptor, and which of its lives: who calls too late, does so in the next one. */
static void *dcbm_v_token(const struct dcbm_vd *v)
{
	return (void *)((unsigned long)v->index << BITS_PER_BYTE | v->life);
}

static void dcbm_v_callback(void *param, const struct dmaengine_result *res)
{
	struct dcbm_validate *validate = &dcbm.validate;
	void (*hook)(struct dcbm_vd *v);
	struct dcbm_vd *v;

	guard(rcu)();
	v = xa_load(&validate->tokens, (unsigned long)param >> BITS_PER_BYTE);
	/* Of a channel in quarantine it is known that it may call at any time. */
	if (v && READ_ONCE(v->t->lost))
		return;
	if (!v || READ_ONCE(v->d.state) == DCBM_DESC_IDLE || param != dcbm_v_token(v)) {
		atomic_inc(&validate->stray);
		return;
	}
	if (atomic_inc_return(&v->calls) > 1) {
		wake_up(&v->t->owner.wq);
		return;
	}
	v->seq = atomic_inc_return(&v->t->seq);
	v->bad_context = dcbm_v_context_bad();
	v->said = res;
	if (res)
		v->result = *res;
	if (dcbm_result_of(res) == DCBM_RES_OK)
		v->data_bad = !dcbm_v_arrived(v);
	hook = READ_ONCE(v->hook);
	if (hook && !v->bad_context)
		hook(v);
	dcbm_desc_end(&v->d, dcbm_result_of(res), res ? res->residue : 0);
}

/**
 * dcbm_v_submit_begin() - a descriptor is about to be submitted
 * @t: the run
 * @v: the descriptor, with its list
 *
 * To be followed by dcbm_v_submit_tx() or dcbm_v_submit_undo().
 *
 * Context: May sleep.
 */
void dcbm_v_submit_begin(struct dcbm_vt *t, struct dcbm_vd *v)
{
	v->life++;
	atomic_set(&v->calls, 0);
	v->bad_context = false;
	v->data_bad = false;
	v->said = false;
	v->submitted = false;
	v->dirt = NULL;
	v->d.segs = max3(v->pairs, v->list.nr_dst, v->list.nr_src);
	v->d.start = 0;
	v->d.end = dcbm_v_list_bytes(&v->list);

	mutex_lock(&t->chan->lock);
	v->inflight = dcbm_desc_begin(t->chan, &v->d);
	mutex_unlock(&t->chan->lock);
}

/**
 * dcbm_v_submit_undo() - a descriptor was not submitted after all
 * @v: the descriptor
 *
 * Context: May sleep.
 */
void dcbm_v_submit_undo(struct dcbm_vd *v)
{
	struct dcbm_chan *chan = v->t->chan;

	mutex_lock(&chan->lock);
	dcbm_desc_cancel(&v->d);
	mutex_unlock(&chan->lock);
}

/**
 * dcbm_v_submit_tx() - submit a descriptor
 * @v: the descriptor, prepared, after dcbm_v_submit_begin()
 * @callback: have it call back
 *
 * Context: Any, a callback too.
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

static const char *dcbm_v_dirt(const struct dma_async_tx_descriptor *tx,
			       unsigned long flags)
{
	if (tx->callback || tx->callback_result)
		return "with the callback of its former user";
	if (tx->callback_param)
		return "with the callback_param of its former user";
	if ((tx->flags ^ flags) & (DMA_PREP_INTERRUPT | DMA_CTRL_ACK | DMA_PREP_FENCE))
		return "with other flags than were asked for";
	return NULL;
}

/*
 * Some providers return from prep with a lock held and drop it in submit (client.rst,
 * "Get a descriptor for transaction"), so nothing may sleep in between.
 */
static int dcbm_v_put_once(struct dcbm_vt *t, struct dcbm_vd *v, unsigned long flags)
{
	unsigned long before = current->nvcsw;

	dcbm_v_prep_tx(v, flags);
	if (v->tx) {
		v->dirt = dcbm_v_dirt(v->tx, flags);
		v->last_tx = v->tx;
		dcbm_v_submit_tx(v, flags & DMA_PREP_INTERRUPT);
		if (!v->submitted) {
			dcbm_v_submit_undo(v);
			return dcbm_v_fail(t, "submit returned %d, which is no cookie",
					   v->d.cookie);
		}
	}
	/* Where spinlocks sleep, to wait for one counts like any other sleep. */
	if (!IS_ENABLED(CONFIG_PREEMPT_RT) && current->nvcsw != before)
		return dcbm_v_fail(t, "prep or submit slept: atomic context too");
	return DCBM_V_PASS;
}

/**
 * dcbm_v_put() - prepare and submit a descriptor
 * @t: the run
 * @v: the descriptor, mapped
 * @flags: of the DMAEngine
 *
 * A prep that sleeps is seen by the context switches of this thread: a mutex that it
 * need not wait for is not.
 *
 * Context: May sleep.
 * Return: DCBM_V_PASS, with @v->submitted false if the provider has refused; or
 * DCBM_V_FAIL.
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

/**
 * dcbm_v_put_patiently() - prepare and submit a descriptor on a channel with room
 * @t: the run
 * @v: the descriptor, mapped
 * @flags: of the DMAEngine
 *
 * Some providers take a descriptor back only after its callback has returned, so the
 * first NULL says little.
 *
 * Context: May sleep.
 * Return: As dcbm_v_put(), but what was refused was refused for good.
 */
int dcbm_v_put_patiently(struct dcbm_vt *t, struct dcbm_vd *v, unsigned long flags)
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

/**
 * dcbm_v_issue() - have the engine start
 * @t: the run
 *
 * Context: Any.
 */
void dcbm_v_issue(struct dcbm_vt *t)
{
	dma_async_issue_pending(t->dma);
}

/**
 * dcbm_v_ended() - is a descriptor not in flight?
 * @v: the descriptor
 *
 * Return: true if it has ended, or was never submitted.
 */
bool dcbm_v_ended(const struct dcbm_vd *v)
{
	/* Pairs with the end: what the callback has written can be read then. */
	return !dcbm_desc_inflight(&v->d);
}

static u32 dcbm_v_open(const struct dcbm_vt *t, u32 nr)
{
	u32 i, open = 0;

	for (i = 0; i < nr; i++)
		open += !dcbm_v_ended(&t->vd[i]);
	return open;
}

/**
 * dcbm_v_status() - ask the provider about a descriptor
 * @t: the run
 * @v: the descriptor, submitted
 * @residue: bytes that it has still to copy
 *
 * Return: What tx_status says.
 */
enum dma_status dcbm_v_status(struct dcbm_vt *t, struct dcbm_vd *v, u32 *residue)
{
	struct dma_tx_state state = { };
	enum dma_status status;

	status = dmaengine_tx_status(t->dma, v->d.cookie, &state);
	if (residue)
		*residue = state.residue;
	return status;
}

static const char *dcbm_v_status_text(enum dma_status status)
{
	static const char * const texts[] = {
		[DMA_COMPLETE] = "complete",
		[DMA_IN_PROGRESS] = "in progress",
		[DMA_PAUSED] = "paused",
		[DMA_ERROR] = "an error",
		[DMA_OUT_OF_ORDER] = "out of order",
	};

	return (unsigned int)status < ARRAY_SIZE(texts) ? texts[status] : "nonsense";
}

/* Who is late, and what tx_status has to say about it. */
static int dcbm_v_late(struct dcbm_vt *t, u32 nr)
{
	u32 i = 0;

	while (i < nr && dcbm_v_ended(&t->vd[i]))
		i++;
	if (i == nr)
		return DCBM_V_PASS;
	return dcbm_v_fail(t, "no callback of %u of %u descriptors after %u ms (tx_status: %s)",
			   dcbm_v_open(t, nr), nr, t->spec->timeout_ms,
			   dcbm_v_status_text(dcbm_v_status(t, &t->vd[i], NULL)));
}

/**
 * dcbm_v_settle() - wait until descriptors have ended, and do not judge
 * @t: the run
 * @nr: how many, the first ones
 *
 * The bound grows with each that ends.
 *
 * Context: May sleep.
 * Return: How many have not, none of which did for timeout_ms.
 */
u32 dcbm_v_settle(struct dcbm_vt *t, u32 nr)
{
	u32 open = dcbm_v_open(t, nr), before;

	while (open) {
		before = open;
		wait_event_timeout(t->owner.wq,
				   (open = dcbm_v_open(t, nr)) < before,
				   msecs_to_jiffies(t->spec->timeout_ms));
		if (open == before)
			break;
	}
	return open;
}

/**
 * dcbm_v_wait() - wait until descriptors have ended
 * @t: the run
 * @nr: how many, the first ones
 *
 * Context: May sleep, see dcbm_v_settle().
 * Return: DCBM_V_PASS or DCBM_V_FAIL.
 */
int dcbm_v_wait(struct dcbm_vt *t, u32 nr)
{
	return dcbm_v_settle(t, nr) ? dcbm_v_late(t, nr) : DCBM_V_PASS;
}

/**
 * dcbm_v_calls() - did each descriptor have one callback, and a good one?
 * @t: the run
 * @nr: how many, the first ones; all have ended
 *
 * Return: DCBM_V_PASS or DCBM_V_FAIL.
 */
int dcbm_v_calls(struct dcbm_vt *t, u32 nr)
{
	u32 i;

	for (i = 0; i < nr; i++) {
		struct dcbm_vd *v = &t->vd[i];

		if (atomic_read(&v->calls) != 1)
			return dcbm_v_fail(t, "%d callbacks for descriptor %u of %u",
					   atomic_read(&v->calls), i, nr);
		if (v->d.result != DCBM_RES_OK)
			return dcbm_v_fail(t, "a lawful copy ended with result %d and residue %u",
					   v->result.result, v->result.residue);
		if (v->bad_context)
			return dcbm_v_fail(t, "a callback came with interrupts off");
	}
	if (atomic_read(&t->d->validate.stray))
		return dcbm_v_fail(t, "%d callbacks of descriptors that had ended",
				   atomic_read(&t->d->validate.stray));
	return DCBM_V_PASS;
}

/**
 * dcbm_v_forget() - take all that has ended off the channel
 * @t: the run
 *
 * Context: May sleep.
 */
void dcbm_v_forget(struct dcbm_vt *t)
{
	u32 i;

	for (i = 0; i < t->nr; i++)
		if (t->vd[i].d.state == DCBM_DESC_ENDED)
			dcbm_chan_forget(&t->vd[i].d);
	/* Nobody reads it: the states say the same. */
	llist_del_all(&t->owner.ended);
}

/**
 * dcbm_v_no_room() - a clause cannot be tried, as the ring is too short
 * @t: the run, with descriptors submitted and not issued
 * @nr: descriptors that it takes
 *
 * What is in the ring is carried out first: if it had to be terminated, a channel that
 * cannot be would be lost.
 *
 * Context: May sleep.
 * Return: DCBM_V_SKIP or DCBM_V_FAIL.
 */
int dcbm_v_no_room(struct dcbm_vt *t, u32 nr)
{
	int ret;

	dcbm_v_issue(t);
	ret = dcbm_v_wait(t, t->nr);
	return ret ?: dcbm_v_skip(t, "no room for %u descriptors", nr);
}

/**
 * dcbm_v_start_more() - map, prepare and submit descriptors behind others
 * @t: the run, with lists
 * @nr: how many there are to be, the first ones
 * @started: how many of them there are; afterwards as many as the provider has
 *	descriptors for, and as there is room to map
 * @flags: of the DMAEngine
 *
 * Context: May sleep.
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
			ret = dcbm_v_put_patiently(t, v, flags);
		if (ret)
			return ret;
		if (!v->submitted) {
			dcbm_v_unmap(t, v);
			if (*started)
				break;
			return dcbm_v_fail(t, "prep refused %u segments, %u bytes, while idle",
					   v->list.nr_dst,
					   dcbm_v_list_bytes(&v->list));
		}
	}
	return DCBM_V_PASS;
}

/**
 * dcbm_v_start() - map, prepare and submit descriptors
 * @t: the run, with lists
 * @nr: how many, the first ones
 * @started: how many of them were, see dcbm_v_start_more()
 * @flags: of the DMAEngine
 *
 * Context: May sleep.
 * Return: As dcbm_v_start_more().
 */
int dcbm_v_start(struct dcbm_vt *t, u32 nr, u32 *started, unsigned long flags)
{
	*started = 0;
	return dcbm_v_start_more(t, nr, started, flags);
}

/**
 * dcbm_v_round() - copy what descriptors list, and look at everything
 * @t: the run, with lists
 * @nr: how many, the first ones; as many as the provider takes are copied
 *
 * Context: May sleep.
 * Return: DCBM_V_PASS, DCBM_V_FAIL, or a negative error.
 */
int dcbm_v_round(struct dcbm_vt *t, u32 nr)
{
	u32 started;
	int ret;

	dcbm_v_fill(t, nr);
	ret = dcbm_v_start(t, nr, &started, DCBM_V_FLAGS);
	if (ret)
		return ret;
	return dcbm_v_finish(t, nr, started);
}

/**
 * dcbm_v_finish() - issue what was submitted, wait, and look at everything
 * @t: the run
 * @nr: descriptors that dcbm_v_fill() knew
 * @started: how many of them were submitted, the first ones
 *
 * Context: May sleep.
 * Return: DCBM_V_PASS or DCBM_V_FAIL.
 */
int dcbm_v_finish(struct dcbm_vt *t, u32 nr, u32 started)
{
	u32 i;
	int ret;

	dcbm_v_issue(t);
	ret = dcbm_v_wait(t, started);
	if (!ret)
		ret = dcbm_v_calls(t, started);
	if (ret)
		return ret;
	dcbm_v_forget(t);
	dcbm_v_unmap_all(t);
	for (i = started; i < nr; i++)
		t->vd[i].unspecified = true;
	ret = dcbm_v_verify(t, nr);
	for (i = 0; !ret && i < started; i++)
		if (t->vd[i].data_bad)
			ret = dcbm_v_fail(t, "a callback came before the data");
	return ret;
}

static void dcbm_vterm_work(struct work_struct *work)
{
	struct dcbm_vterm *term = container_of(work, struct dcbm_vterm, work);

	term->ret = dcbm_chan_terminate(term->chan);
	complete(&term->done);
}

/**
 * dcbm_v_distrust() - the engine may write or call whatever is done
 * @t: the run
 * @why: a few words for the log
 *
 * The channel is quarantined, and all memory of the run stays with it.
 *
 * Context: May sleep.
 */
void dcbm_v_distrust(struct dcbm_vt *t, const char *why)
{
	WRITE_ONCE(t->lost, true);
	mutex_lock(&t->chan->lock);
	dcbm_chan_quarantine(t->chan, why);
	mutex_unlock(&t->chan->lock);
}

/**
 * dcbm_v_terminate() - terminate the channel, as the thing that is tried
 * @t: the run
 *
 * All in flight ends. If that does not come to an end, the channel is quarantined.
 *
 * Context: May sleep.
 * Return: DCBM_V_PASS or DCBM_V_FAIL.
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
		dcbm_v_distrust(t, "termination does not end");
		return dcbm_v_fail(t, "terminate_sync has not returned after %u ms",
				   ms);
	}
	flush_work(&term->work);
	if (term->ret)
		return dcbm_v_fail(t, "terminate_all returned %d", term->ret);

	for (i = 0; i < t->nr; i++)
		if (!dcbm_v_ended(&t->vd[i]))
			t->vd[i].unspecified = true;
	mutex_lock(&chan->lock);
	dcbm_chan_end_all(chan, DCBM_RES_TERMINATED);
	mutex_unlock(&chan->lock);
	return DCBM_V_PASS;
}

/**
 * dcbm_v_stop() - start descriptors, and terminate them
 * @t: the run, with lists
 * @nr: how many, the first ones
 *
 * Context: May sleep.
 * Return: DCBM_V_PASS, DCBM_V_FAIL, or a negative error.
 */
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
	dcbm_v_forget(t);
	dcbm_v_unmap_all(t);
	return DCBM_V_PASS;
}

/* What is overdue ends as that of a batch: terminated, or lost with the channel. */
static void dcbm_v_end_all(struct dcbm_vt *t)
{
	u32 i;

	while (!t->lost && dcbm_v_open(t, t->nr)) {
		dcbm_chan_overdue(t->chan, t->spec->timeout_ms);
		wait_event_timeout(t->owner.wq, !dcbm_v_open(t, t->nr),
				   msecs_to_jiffies(DCBM_V_LINGER_MS));
	}
	for (i = 0; i < t->nr; i++)
		if (t->vd[i].d.state == DCBM_DESC_ENDED &&
		    t->vd[i].d.result == DCBM_RES_LOST)
			WRITE_ONCE(t->lost, true);
}

/* In steps: nobody shall take the time that is allowed for this for a hang. */
static void dcbm_v_probed(struct dcbm_vt *t)
{
	unsigned long until = jiffies +
		msecs_to_jiffies(3 * max(t->spec->timeout_ms, DCBM_V_TERM_MIN_MS));

	while (READ_ONCE(t->chan->row->state) == DCBM_CHAN_PROBING &&
	       time_before(jiffies, until))
		wait_event_timeout(t->chan->state_wq,
				   READ_ONCE(t->chan->row->state) != DCBM_CHAN_PROBING,
				   HZ);
}

/**
 * dcbm_v_reset() - leave nothing in flight
 * @t: the run
 *
 * Where a clause was broken the word of the engine that it is through counts for little:
 * it is terminated before its memory is taken away, if it can be. What cannot be
 * made quiet is lost with the channel.
 *
 * Context: May sleep, within the bounds of dcbm_chan_overdue().
 */
void dcbm_v_reset(struct dcbm_vt *t)
{
	dcbm_v_end_all(t);
	if (!t->lost)
		dcbm_v_probed(t);
	if (!t->lost && t->res->status == DCBM_VS_FAIL &&
	    t->chan->state == DCBM_CHAN_READY &&
	    t->dma->device->device_terminate_all && dcbm_v_terminate(t) &&
	    !t->lost)
		dcbm_v_distrust(t, "its provider cannot terminate");
	if (t->lost)
		return;
	dcbm_v_forget(t);
	dcbm_v_unmap_all(t);
}
