// SPDX-License-Identifier: GPL-2.0-only
/*
 * Users of the pool: channels are held while there is at least one user
 */
#include "log.h"

#include <linux/device.h>
#include <linux/lockdep.h>
#include <linux/printk.h>
#include <linux/xarray.h>

#include "acquire.h"
#include "hold.h"
#include "pool.h"

static void dcbm_pool_empty(struct dcbm_pool *pool)
{
	lockdep_assert_held_write(&pool->sem);
	dcbm_release(pool);
	dcbm_ctx_pool_empty(&pool->ctxs);
}

/* Acquire channels, and allocate contexts for batches on them. */
static int dcbm_pool_fill(struct dcbm_pool *pool, unsigned int nr_chan)
{
	int ret;

	lockdep_assert_held_write(&pool->sem);
	pool->wanted = nr_chan;
	pool->max_sg = pool->config.max_sg;
	if (!dcbm_acquire(pool, nr_chan))
		return -ENODEV;

	ret = dcbm_ctx_pool_fill(&pool->ctxs, pool->nr, pool->max_sg);
	if (ret)
		dcbm_pool_empty(pool);
	return ret;
}

/**
 * dcbm_pool_get() - become a user of the pool, until dcbm_pool_put()
 * @pool: the pool
 * @nr_chan: number of channels that the user needs; 0 for as many as are available, up
 *	to dcbm_pool_config.nr_chan
 *
 * Context: May sleep; not from a batch.
 * Return: 0; -ENODEV if fewer than @nr_chan channels, or none, can be acquired; -ENOMEM.
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

void dcbm_pool_put(struct dcbm_pool *pool)
{
	down_write(&pool->sem);
	if (!--pool->users)
		dcbm_pool_empty(pool);
	up_write(&pool->sem);
}

/*
 * Release the channels of a device that is about to be unbound. They are not acquired again
 * before dcbm_pool_grow() is called with the device. Waits for the batches in flight.
 */
void dcbm_pool_shrink(struct dcbm_pool *pool, struct device *dev)
{
	down_write(&pool->sem);
	if (xa_err(xa_store(&pool->leaving, (unsigned long)dev, dev, GFP_KERNEL)))
		pr_err("%s: out of memory, channels of this device may be acquired while the device is being unbound\n",
		       dev_name(dev));
	dcbm_release_dev(pool, dev);
	up_write(&pool->sem);
}

/*
 * Acquire channels that are still wanted. @gone is a device that has been unbound, and is
 * ignored unless dcbm_pool_shrink() was called with the device; NULL if a DMA device was
 * bound. Waits for the batches in flight.
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
	    dcbm_ctx_pool_fill(&pool->ctxs, pool->nr, pool->max_sg)) {
		pr_warn("no memory for batches on %u channels, still using %u\n",
			pool->nr, held);
		dcbm_release_from(pool, held);
	}
unlock:
	up_write(&pool->sem);
}

/*
 * Change which channels are held. If the pool has users and cannot acquire a channel for
 * the new configuration, the old configuration is restored. Not to be called from a batch.
 * Returns 0, -ENODEV or -ENOMEM.
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
				pr_warn("the channels of the old parameters cannot be acquired again, no channel is held\n");
		}
	}
	up_write(&pool->sem);
	return ret;
}
