/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The channels that the driver holds, and the contexts of batches that use them.
 *
 * DOC: struct dcbm_pool.sem is held for reading by every batch from start to end,
 * and for writing by whoever acquires or releases channels. So channels and
 * contexts do not change under a batch, and a writer waits for the batches in
 * flight, which end within bounds. A batch only tries: while a writer is waiting
 * or at work it leaves its folios to the CPU. That also keeps a batch that the
 * writer's own memory allocation causes, by compaction, from waiting for the
 * writer.
 */
#ifndef _DCBM_POOL_H
#define _DCBM_POOL_H

#include <linux/atomic.h>
#include <linux/list.h>
#include <linux/notifier.h>
#include <linux/rwsem.h>
#include <linux/spinlock.h>
#include <linux/wait.h>
#include <linux/xarray.h>
#include <uapi/linux/dcbm.h>

#include "chan.h"
#include "ctx.h"

/* Buses whose devices are watched: platform, PCI, AMBA. */
#define DCBM_NR_BUSES		3

/* Longest chan_filter with its NUL. */
#define DCBM_FILTER_LEN		128

/**
 * struct dcbm_pool_config - which channels to hold
 * @nr_chan: how many, 1 to DCBM_MAX_CHANNELS; fewer are held if there are fewer
 * @max_sg: most segments a descriptor, 1 to DCBM_MAX_SG
 * @backend: what they must offer; auto: anything, memcpy_sg preferred
 * @shared: use channels together with other clients, instead of alone
 * @filter: comma-separated prefixes of names of channels or their devices; empty
 *	for any
 */
struct dcbm_pool_config {
	unsigned int nr_chan;
	unsigned int max_sg;
	enum dcbm_backend backend;
	bool shared;
	char filter[DCBM_FILTER_LEN];
};

/**
 * struct dcbm_bus - a bus whose devices are watched
 * @nb: its notifier
 * @pool: whose channels
 */
struct dcbm_bus {
	struct notifier_block nb;
	struct dcbm_pool *pool;
};

/**
 * struct dcbm_pool - the channels held
 * @sem: see DOC above; guards all but what the free list has
 * @stats: where channels count
 * @wq: where channels are terminated
 * @users: who wants channels to be held
 * @config: which
 * @wanted: how many were asked for when they were acquired
 * @shared: whether those held are shared
 * @nr: channels held
 * @chans: the channels
 * @max_sg: what the contexts were allocated for
 * @turn: advanced by each batch, to begin with another channel
 * @ctx_lock: guards @ctx_free and @lost
 * @ctx_free: contexts that no batch has
 * @ctx_wq: woken when there is one more
 * @slots: how channels are shown, also those that were held once
 * @quarantined: channels that are never let go
 * @lost: contexts that such channels may still touch
 * @leaving: devices of providers that are being unbound, by their address: no
 *	channel of theirs may be acquired
 * @buses: where providers are watched
 */
struct dcbm_pool {
	struct rw_semaphore sem;
	struct dcbm_stats *stats;
	struct workqueue_struct *wq;
	unsigned int users;
	struct dcbm_pool_config config;
	unsigned int wanted;
	bool shared;
	unsigned int nr;
	struct dcbm_chan *chans[DCBM_MAX_CHANNELS];
	unsigned int max_sg;
	atomic_t turn;

	spinlock_t ctx_lock;	/* ctx_free and lost */
	struct list_head ctx_free;
	wait_queue_head_t ctx_wq;

	struct dcbm_slot slots[DCBM_MAX_ROWS];
	struct list_head quarantined;
	struct list_head lost;

	struct xarray leaving;
	struct dcbm_bus buses[DCBM_NR_BUSES];
};

int dcbm_pool_init(struct dcbm_pool *pool, struct dcbm_stats *stats);
void dcbm_pool_exit(struct dcbm_pool *pool);
int dcbm_pool_get(struct dcbm_pool *pool, unsigned int nr_chan);
void dcbm_pool_put(struct dcbm_pool *pool);
void dcbm_pool_shrink(struct dcbm_pool *pool, struct device *dev);
void dcbm_pool_grow(struct dcbm_pool *pool, struct device *gone);
int dcbm_pool_configure(struct dcbm_pool *pool,
			const struct dcbm_pool_config *config);
struct dcbm_ctx *dcbm_pool_ctx_get(struct dcbm_pool *pool);
void dcbm_pool_ctx_put(struct dcbm_pool *pool, struct dcbm_ctx *ctx);

/* acquire.c */
unsigned int dcbm_acquire(struct dcbm_pool *pool, unsigned int nr);
struct dcbm_chan *dcbm_acquire_named(struct dcbm_pool *pool, const char *name);
bool dcbm_let_go(struct dcbm_pool *pool, struct dcbm_chan *chan);
void dcbm_release(struct dcbm_pool *pool);
void dcbm_release_from(struct dcbm_pool *pool, unsigned int keep);
void dcbm_release_dev(struct dcbm_pool *pool, struct device *dev);
bool dcbm_filter_match(const char *filter, const char *chan, const char *dev);

/* hotplug.c */
int dcbm_hotplug_init(struct dcbm_pool *pool);
void dcbm_hotplug_exit(struct dcbm_pool *pool);

#endif /* _DCBM_POOL_H */
