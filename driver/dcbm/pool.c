// SPDX-License-Identifier: GPL-2.0-only
/*
 * Holding channels while somebody uses them, see pool.h.
 */
#define pr_fmt(fmt) "dcbm_sg: " fmt

#include <linux/cpumask.h>
#include <linux/device.h>
#include <linux/jiffies.h>
#include <linux/lockdep.h>
#include <linux/minmax.h>
#include <linux/printk.h>
#include <linux/rcupdate.h>
#include <linux/workqueue.h>

#include "pool.h"

/* More batches at a time than this only queue up in the same engines. */
#define DCBM_MAX_CTX		8

/* How long a batch waits for a context. It holds up whoever waits for its folios. */
#define DCBM_TURN_MS		10

/**
 * dcbm_pool_init() - an empty pool
 * @pool: the pool; its config is set already
 * @stats: where channels count
 *
 * Return: 0 or -ENOMEM.
 */
int dcbm_pool_init(struct dcbm_pool *pool, struct dcbm_stats *stats)
{
	/* Reclaim may wait for a migration that waits for a termination. */
	pool->wq = alloc_workqueue("dcbm_sg", WQ_UNBOUND | WQ_MEM_RECLAIM, 0);
	if (!pool->wq)
		return -ENOMEM;

	init_rwsem(&pool->sem);
	pool->stats = stats;
	spin_lock_init(&pool->ctx_lock);
	INIT_LIST_HEAD(&pool->ctx_free);
	init_waitqueue_head(&pool->ctx_wq);
	INIT_LIST_HEAD(&pool->quarantined);
	INIT_LIST_HEAD(&pool->lost);
	xa_init(&pool->leaving);
	return 0;
}

/**
 * dcbm_pool_exit() - the end of a pool
 * @pool: the pool, without users and without quarantined channels
 */
void dcbm_pool_exit(struct dcbm_pool *pool)
{
	destroy_workqueue(pool->wq);
	xa_destroy(&pool->leaving);
}

/**
 * dcbm_pool_ctx_get() - get a context for a batch
 * @pool: the pool, its semaphore held for reading
 *
 * Context: May sleep, for DCBM_TURN_MS at most.
 * Return: The context, or NULL if other batches have them all.
 */
struct dcbm_ctx *dcbm_pool_ctx_get(struct dcbm_pool *pool)
{
	struct dcbm_ctx *ctx = NULL;

	lockdep_assert_held_read(&pool->sem);
	wait_event_timeout(pool->ctx_wq, ({
		spin_lock(&pool->ctx_lock);
		ctx = list_first_entry_or_null(&pool->ctx_free, struct dcbm_ctx,
					       link);
		if (ctx)
			list_del(&ctx->link);
		spin_unlock(&pool->ctx_lock);
		ctx; }), msecs_to_jiffies(DCBM_TURN_MS));
	return ctx;
}

/**
 * dcbm_pool_ctx_put() - give a context back
 * @pool: the pool, its semaphore held for reading
 * @ctx: the context, with nothing in flight
 *
 * One with memory in a quarantined channel is put aside for good.
 */
void dcbm_pool_ctx_put(struct dcbm_pool *pool, struct dcbm_ctx *ctx)
{
	spin_lock(&pool->ctx_lock);
	list_add(&ctx->link, ctx->lost ? &pool->lost : &pool->ctx_free);
	spin_unlock(&pool->ctx_lock);
	wake_up(&pool->ctx_wq);
}

static void dcbm_pool_ctx_free(struct list_head *list)
{
	struct dcbm_ctx *ctx, *next;

	/* A completion may still be about to wake the owner of a context. */
	synchronize_rcu();
	list_for_each_entry_safe(ctx, next, list, link)
		dcbm_ctx_free(ctx);
	INIT_LIST_HEAD(list);
}

/* Allocate contexts for the channels that are held, in place of those there are. */
static int dcbm_pool_ctx_alloc(struct dcbm_pool *pool)
{
	unsigned int nr = min(num_possible_cpus(), DCBM_MAX_CTX);
	LIST_HEAD(list);

	while (nr--) {
		struct dcbm_ctx *ctx = dcbm_ctx_alloc(pool->nr, pool->max_sg);

		if (!ctx) {
			dcbm_pool_ctx_free(&list);
			return -ENOMEM;
		}
		list_add(&ctx->link, &list);
	}
	dcbm_pool_ctx_free(&pool->ctx_free);
	list_splice(&list, &pool->ctx_free);
	return 0;
}

static void dcbm_pool_empty(struct dcbm_pool *pool)
{
	lockdep_assert_held_write(&pool->sem);
	dcbm_release(pool);
	dcbm_pool_ctx_free(&pool->ctx_free);
}

/* Acquire channels and allocate what batches on them need. */
static int dcbm_pool_fill(struct dcbm_pool *pool, unsigned int nr_chan)
{
	int ret;

	lockdep_assert_held_write(&pool->sem);
	pool->wanted = nr_chan;
	pool->max_sg = pool->config.max_sg;
	if (!dcbm_acquire(pool, nr_chan))
		return -ENODEV;

	ret = dcbm_pool_ctx_alloc(pool);
	if (ret)
		dcbm_pool_empty(pool);
	return ret;
}

/**
 * dcbm_pool_get() - have channels held
 * @pool: the pool
 * @nr_chan: how many are needed; 0 for as many as the configuration says and there
 *	are
 *
 * Context: May sleep; not from a batch.
 * Return: 0, -ENODEV if there are not so many or none, -ENOMEM.
 */
int dcbm_pool_get(struct dcbm_pool *pool, unsigned int nr_chan)
{
	unsigned int want;
	int ret = 0;

	down_write(&pool->sem);
	want = nr_chan ?: pool->config.nr_chan;
	if (!pool->users || (!nr_chan && pool->wanted != want)) {
		dcbm_pool_empty(pool);
		ret = dcbm_pool_fill(pool, want);
	}
	if (!ret && pool->nr < nr_chan)
		ret = -ENODEV;
	if (!ret)
		pool->users++;
	else if (!pool->users)
		dcbm_pool_empty(pool);
	up_write(&pool->sem);
	return ret;
}

/**
 * dcbm_pool_put() - stop having channels held
 * @pool: the pool, after dcbm_pool_get() has returned 0
 *
 * Context: May sleep; not from a batch.
 */
void dcbm_pool_put(struct dcbm_pool *pool)
{
	down_write(&pool->sem);
	if (!--pool->users)
		dcbm_pool_empty(pool);
	up_write(&pool->sem);
}

/**
 * dcbm_pool_shrink() - let go of what a provider offers
 * @pool: the pool
 * @dev: the device of the provider, which is about to be unbound
 *
 * Until dcbm_pool_grow() says that it is gone, none of its channels is acquired.
 *
 * Context: A bus notifier. May sleep, until batches in flight have ended.
 */
void dcbm_pool_shrink(struct dcbm_pool *pool, struct device *dev)
{
	down_write(&pool->sem);
	if (xa_err(xa_store(&pool->leaving, (unsigned long)dev, dev, GFP_KERNEL)))
		pr_err("%s: no memory to keep its channels out\n", dev_name(dev));
	dcbm_release_dev(pool, dev);
	up_write(&pool->sem);
}

/**
 * dcbm_pool_grow() - look for channels that are still wanted
 * @pool: the pool
 * @gone: the device of a provider that has been unbound, or NULL if there is a new
 *	one; any other device is of no interest
 *
 * Context: A bus notifier. May sleep, until batches in flight have ended.
 */
void dcbm_pool_grow(struct dcbm_pool *pool, struct device *gone)
{
	unsigned int held;

	down_write(&pool->sem);
	held = pool->nr;
	if (gone && !xa_erase(&pool->leaving, (unsigned long)gone))
		goto unlock;
	if (!pool->users || held >= pool->wanted)
		goto unlock;
	if (dcbm_acquire(pool, pool->wanted) > held &&
	    dcbm_pool_ctx_alloc(pool)) {
		pr_warn("no memory for batches on more than %u channels\n", held);
		dcbm_release_from(pool, held);
	}
unlock:
	up_write(&pool->sem);
}

/**
 * dcbm_pool_configure() - change which channels are held
 * @pool: the pool
 * @config: the new configuration
 *
 * Takes effect at once. If channels are held and none could be under the new
 * configuration, the old one is restored.
 *
 * Context: May sleep; not from a batch.
 * Return: 0, or the error of dcbm_pool_get().
 */
int dcbm_pool_configure(struct dcbm_pool *pool,
			const struct dcbm_pool_config *config)
{
	struct dcbm_pool_config old;
	int ret = 0;

	down_write(&pool->sem);
	old = pool->config;
	pool->config = *config;
	if (pool->users) {
		dcbm_pool_empty(pool);
		ret = dcbm_pool_fill(pool, config->nr_chan);
		if (ret) {
			pool->config = old;
			if (dcbm_pool_fill(pool, old.nr_chan))
				pr_warn("no channel is held any more\n");
		}
	}
	up_write(&pool->sem);
	return ret;
}
