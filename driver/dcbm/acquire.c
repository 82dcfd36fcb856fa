// SPDX-License-Identifier: GPL-2.0-only
/*
 * Acquisition of channels from the DMAEngine, and their release
 */
#include "log.h"

#include <linux/cleanup.h>
#include <linux/cpu.h>
#include <linux/cpumask.h>
#include <linux/dma-mapping.h>
#include <linux/dmaengine.h>
#include <linux/err.h>
#include <linux/limits.h>
#include <linux/lockdep.h>
#include <linux/math.h>
#include <linux/minmax.h>
#include <linux/printk.h>
#include <linux/sizes.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/string.h>

#include <dcbm_compat.h>
#include <trace/events/dcbm.h>

#include "acquire.h"
#include "pool.h"
#include "recover.h"
#include "stats.h"

/* Fits into the unsigned int of a segment's length, and is a multiple of any alignment */
#define DCBM_MAX_SEG	SZ_1G

static bool dcbm_filter_match(const char *filter, const char *chan, const char *dev)
{
	if (!*filter)
		return true;

	while (*filter) {
		size_t len = strcspn(filter, ",");

		if (len && (!strncmp(chan, filter, len) ||
			    !strncmp(dev, filter, len)))
			return true;
		filter += len;
		filter += *filter == ',';
	}
	return false;
}

/* A request for a channel of a device of which at most @level channels are held */
struct dcbm_request {
	struct dcbm_pool *pool;
	bool memcpy_sg;
	unsigned int level;
};

static bool dcbm_chan_wanted(struct dma_chan *dma, void *param)
{
	struct dcbm_request *req = param;
	struct dcbm_pool *pool = req->pool;
	unsigned int i, held = 0;
	struct dcbm_chan *chan;

	if (req->memcpy_sg && !dcbm_chan_has_memcpy_sg(dma))
		return false;
	if (xa_load(&pool->leaving, (unsigned long)dma->device->dev))
		return false;
	if (!dcbm_filter_match(pool->config.filter, dma_chan_name(dma),
			       dev_name(dma->device->dev)))
		return false;

	/* A shared channel that is held, or quarantined, can be found again. */
	list_for_each_entry(chan, &pool->quarantined, link)
		if (chan->dma == dma)
			return false;
	for (i = 0; i < pool->nr; i++) {
		if (pool->chans[i]->dma == dma)
			return false;
		held += pool->chans[i]->dma->device == dma->device;
	}
	return held <= req->level;
}

static struct dma_chan *dcbm_request_exclusive(struct dcbm_request *req)
{
	dma_cap_mask_t mask;

	dma_cap_zero(mask);
	if (req->memcpy_sg)
		dma_cap_set(DCBM_CAP_MEMCPY_SG, mask);
	else
		dma_cap_set(DMA_MEMCPY, mask);
	return dma_request_channel(mask, dcbm_chan_wanted, req);
}

struct dcbm_find {
	enum dma_transaction_type cap;
	struct dma_chan *dma;
};

static void dcbm_find_on_cpu(void *param)
{
	struct dcbm_find *find = param;

	find->dma = dma_find_channel(find->cap);
}

/* The DMAEngine assigns one shared channel per CPU: query all CPUs to find all channels. */
static struct dma_chan *dcbm_request_shared(struct dcbm_request *req)
{
	struct dcbm_find find = {
		.cap = req->memcpy_sg ? DCBM_CAP_MEMCPY_SG : DMA_MEMCPY,
	};
	int cpu;

	guard(cpus_read_lock)();
	for_each_online_cpu(cpu) {
		find.dma = NULL;
		smp_call_function_single(cpu, dcbm_find_on_cpu, &find, 1);
		if (find.dma && dcbm_chan_wanted(find.dma, req))
			return find.dma;
	}
	return NULL;
}

/*
 * Choose the slot of a channel: its former slot, else an unused slot, else the slot of a
 * channel that has been released. The slot of a quarantined channel stays held.
 */
static struct dcbm_slot *dcbm_slot_get(struct dcbm_pool *pool, const char *name,
				       const char *provider)
{
	struct dcbm_slot *slot, *unused = NULL, *released = NULL;

	for (slot = pool->slots; slot < pool->slots + DCBM_MAX_ROWS; slot++) {
		if (!*slot->name) {
			unused = unused ?: slot;
			continue;
		}
		if (slot->held)
			continue;
		if (!strcmp(slot->name, name) && !strcmp(slot->provider, provider))
			return slot;
		released = released ?: slot;
	}

	slot = unused ?: released;
	if (slot && slot == released) {
		dcbm_stats_clear_chan(pool->stats, slot - pool->slots);
		slot->state = DCBM_CHAN_RELEASED;
	}
	return slot;
}

/* Maximum segment length: whole pages if possible, to avoid small segments. */
static size_t dcbm_max_seg(struct device *dev)
{
	size_t max = min3(dma_max_mapping_size(dev),
			  (size_t)dma_get_max_seg_size(dev), (size_t)DCBM_MAX_SEG);

	return max < PAGE_SIZE ? max : round_down(max, PAGE_SIZE);
}

static struct dcbm_chan *dcbm_chan_new(struct dcbm_pool *pool,
				       struct dma_chan *dma, bool shared)
{
	const char *provider = dev_name(dma->device->dev);
	struct dcbm_chan *chan;
	struct dcbm_slot *slot;
	bool dead;

	chan = kzalloc(sizeof(*chan), GFP_KERNEL);
	if (!chan)
		return NULL;
	mutex_init(&chan->lock);
	chan->wq = pool->wq;
	INIT_LIST_HEAD(&chan->inflight);
	if (dcbm_recover_init(chan))
		goto free;

	slot = dcbm_slot_get(pool, dma_chan_name(dma), provider);
	if (!slot)
		goto exit;

	chan->dma = dma;
	chan->dev = dmaengine_get_dma_device(dma);
	chan->stats = pool->stats;
	chan->shared = shared;
	chan->segs_max = UINT_MAX;
	chan->backend = DCBM_BE_MEMCPY;
	if (dcbm_chan_has_memcpy_sg(dma) &&
	    pool->config.backend != DCBM_BE_MEMCPY)
		chan->backend = DCBM_BE_MEMCPY_SG;
	chan->lim = (struct dcbm_limits) {
		.max_seg = dcbm_max_seg(chan->dev),
		.align_shift = dma->device->copy_align,
		.boundary = dma_get_seg_boundary(chan->dev),
	};

	dead = slot->state == DCBM_CHAN_DEAD;
	chan->slot = slot;
	chan->slot_idx = slot - pool->slots;
	strscpy(slot->name, dma_chan_name(dma));
	strscpy(slot->provider, provider);
	slot->held = true;
	slot->node = dev_to_node(chan->dev);
	slot->backend = chan->backend;
	if (dead)
		dcbm_recover_prove(chan);
	else
		dcbm_chan_set_state(chan, DCBM_CHAN_READY);
	trace_dcbm_chan_acquire(dma->device->dev_id, dma->chan_id, provider,
				chan->backend, dcbm_chan_state(chan));
	return chan;
exit:
	dcbm_recover_exit(chan);
free:
	kfree(chan);
	return NULL;
}

/* Acquire until @nr channels are held, the same number from each device if possible. */
static void dcbm_acquire_by(struct dcbm_pool *pool, unsigned int nr,
			    bool memcpy_sg)
{
	struct dcbm_request req = { .pool = pool, .memcpy_sg = memcpy_sg };
	struct dma_chan *dma;

	while (pool->nr < nr && req.level < DCBM_MAX_CHANNELS) {
		dma = pool->config.shared ? dcbm_request_shared(&req) :
					    dcbm_request_exclusive(&req);
		if (!dma) {
			req.level++;
			continue;
		}

		pool->chans[pool->nr] = dcbm_chan_new(pool, dma,
						      pool->config.shared);
		if (!pool->chans[pool->nr]) {
			if (!pool->config.shared)
				dma_release_channel(dma);
			return;
		}
		pool->nr++;
	}
}

/*
 * Acquire until @nr channels are held, or no more channels are available. Returns the
 * number of channels held. The semaphore is held for writing; may sleep.
 */
unsigned int dcbm_acquire(struct dcbm_pool *pool, unsigned int nr)
{
	bool first = !pool->nr;

	lockdep_assert_held_write(&pool->sem);
	if (first) {
		pool->shared = pool->config.shared;
		/* dmaengine_get() would also take references to the leaving device. */
		if (pool->shared && !xa_empty(&pool->leaving))
			return 0;
		if (pool->shared)
			dmaengine_get();
	}

	if (pool->config.backend != DCBM_BE_MEMCPY)
		dcbm_acquire_by(pool, nr, true);
	if (pool->config.backend != DCBM_BE_MEMCPY_SG)
		dcbm_acquire_by(pool, nr, false);

	if (first && !pool->nr && pool->shared)
		dmaengine_put();
	return pool->nr;
}

static bool dcbm_chan_named(struct dma_chan *dma, void *param)
{
	return !strcmp(dma_chan_name(dma), param);
}

/**
 * dcbm_acquire_named() - acquire a channel that batches do not use
 * @pool: the pool, its semaphore held for writing until the channel is released
 * @name: name of the channel
 *
 * Context: May sleep.
 * Return: The channel, held exclusively; -ENODEV if no channel has this name, or another
 * client holds it, or its device is being unbound; -EUCLEAN if it is quarantined;
 * -EOPNOTSUPP if it does not copy memory; -ENOMEM.
 */
struct dcbm_chan *dcbm_acquire_named(struct dcbm_pool *pool, const char *name)
{
	struct dcbm_chan *chan;
	struct dma_chan *dma;
	dma_cap_mask_t mask;
	int ret;

	lockdep_assert_held_write(&pool->sem);
	/* Compare the slot's name: chan->dma may be freed if its device was unbound. */
	list_for_each_entry(chan, &pool->quarantined, link)
		if (!strcmp(chan->slot->name, name))
			return ERR_PTR(-EUCLEAN);

	dma_cap_zero(mask);
	dma = dma_request_channel(mask, dcbm_chan_named, (void *)name);
	if (!dma)
		return ERR_PTR(-ENODEV);
	ret = -ENODEV;
	if (xa_load(&pool->leaving, (unsigned long)dma->device->dev))
		goto release;
	ret = -EOPNOTSUPP;
	if (!dma_has_cap(DMA_MEMCPY, dma->device->cap_mask) &&
	    !dcbm_chan_has_memcpy_sg(dma))
		goto release;
	ret = -ENOMEM;
	chan = dcbm_chan_new(pool, dma, false);
	if (!chan)
		goto release;
	return chan;
release:
	dma_release_channel(dma);
	return ERR_PTR(ret);
}

/*
 * Release a channel that has no descriptor in flight and is not in pool->chans. The
 * semaphore is held for writing; may sleep. Returns false if the channel is quarantined:
 * the channel is kept, with the memory that its engine may still access.
 */
bool dcbm_release_chan(struct dcbm_pool *pool, struct dcbm_chan *chan)
{
	struct dma_chan *dma = chan->dma;

	if (!dcbm_recover_exit(chan)) {
		list_add(&chan->link, &pool->quarantined);
		return false;
	}

	/* A slot keeps the state dead, so that the channel is probed when acquired again. */
	if (dcbm_chan_state(chan) != DCBM_CHAN_DEAD)
		dcbm_chan_set_state(chan, DCBM_CHAN_RELEASED);
	chan->slot->held = false;
	trace_dcbm_chan_release(dma->device->dev_id, dma->chan_id,
				chan->slot->provider, chan->backend, dcbm_chan_state(chan));
	dmaengine_synchronize(dma);
	if (!chan->shared)
		dma_release_channel(dma);
	/* A completion may still be inside dcbm_desc_end(). */
	kfree_rcu(chan, rcu);
	return true;
}

/* Release all channels except the first @keep. The semaphore is held for writing. */
void dcbm_release_from(struct dcbm_pool *pool, unsigned int keep)
{
	unsigned int lost = 0;

	lockdep_assert_held_write(&pool->sem);
	if (pool->nr <= keep)
		return;
	while (pool->nr > keep)
		lost += !dcbm_release_chan(pool, pool->chans[--pool->nr]);

	/* dmaengine_get() covers all shared channels, including a quarantined channel. */
	if (!keep && pool->shared && !lost)
		dmaengine_put();
}

void dcbm_release(struct dcbm_pool *pool)
{
	dcbm_release_from(pool, 0);
}

/*
 * Release the channels of a device, and all channels if they are shared: dmaengine_get()
 * covers the shared channels of all devices. A quarantined shared channel keeps this
 * reference. The semaphore is held for writing; may sleep.
 */
void dcbm_release_dev(struct dcbm_pool *pool, struct device *dev)
{
	struct dcbm_chan *chan;
	unsigned int i = 0;

	lockdep_assert_held_write(&pool->sem);
	if (pool->shared)
		dcbm_release(pool);
	while (i < pool->nr) {
		chan = pool->chans[i];
		if (chan->dma->device->dev != dev) {
			i++;
			continue;
		}
		pool->chans[i] = pool->chans[--pool->nr];
		dcbm_release_chan(pool, chan);
	}

	/* Compare names: chan->dma may be freed if its device was unbound before. */
	list_for_each_entry(chan, &pool->quarantined, link)
		if (chan->shared ||
		    !strncmp(chan->slot->provider, dev_name(dev), DCBM_NAME_LEN - 1))
			pr_err("%s: quarantined and not released, but %s is being unbound\n",
			       chan->slot->name, dev_name(dev));
}
