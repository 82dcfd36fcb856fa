/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The pool: the channels that the driver holds, and the contexts of batches on them
 */
#ifndef _DCBM_POOL_H
#define _DCBM_POOL_H

#include <linux/atomic.h>
#include <linux/list.h>
#include <linux/rwsem.h>
#include <linux/workqueue.h>
#include <linux/xarray.h>
#include <uapi/linux/dcbm.h>

#include "chan.h"
#include "ctx.h"

/**
 * DOC: Pool semaphore
 *
 * A batch holds struct dcbm_pool.sem for reading from its start to its end. A thread that
 * acquires or releases channels holds the semaphore for writing. So channels and contexts
 * do not change during a batch, and a writer waits for the batches in flight, whose time
 * is bounded.
 *
 * A batch uses down_read_trylock(), and leaves its folios to the CPU if a writer holds
 * the semaphore or waits for it. Otherwise there is a deadlock: a memory allocation of
 * the writer may start compaction, whose batch would wait for the writer.
 */

/* Maximum length of chan_filter, with its NUL */
#define DCBM_FILTER_LEN		128

/*
 * Which channels to hold. Fewer than @nr_chan channels are held if there are not as many.
 * backend=auto accepts all channels, and prefers those with memcpy_sg. @filter is a
 * comma-separated list of prefixes of the names of channels or devices; empty for all.
 */
struct dcbm_pool_config {
	unsigned int nr_chan;		/* 1 to DCBM_MAX_CHANNELS */
	unsigned int max_sg;		/* segments per descriptor, 1 to DCBM_MAX_SG */
	enum dcbm_backend backend;
	bool shared;
	char filter[DCBM_FILTER_LEN];
};

/*
 * The channels held. @sem guards all fields, except @turn and @ctxs, and except @stats and
 * @wq, which do not change. Writers of @config hold param_lock, too, so that module
 * parameters can read @config without @sem.
 */
struct dcbm_pool {
	struct rw_semaphore sem;
	struct dcbm_stats *stats;
	struct workqueue_struct *wq;
	unsigned int users;		/* see dcbm_pool_get() */
	struct dcbm_pool_config config;
	unsigned int wanted;		/* requested number of channels, @nr may be smaller */
	bool shared;			/* the held channels are shared */
	unsigned int nr;
	struct dcbm_chan *chans[DCBM_MAX_CHANNELS];
	unsigned int max_sg;		/* capacity of @ctxs, in segments per descriptor */
	atomic_t turn;			/* incremented per batch, to begin with another channel */
	struct dcbm_ctx_pool ctxs;
	struct dcbm_slot slots[DCBM_MAX_ROWS];
	struct list_head quarantined;	/* channels that are never released */
	struct xarray leaving;		/* devices that are being unbound, by address */
};

int dcbm_pool_init(struct dcbm_pool *pool, struct dcbm_stats *stats);
void dcbm_pool_exit(struct dcbm_pool *pool);

#endif /* _DCBM_POOL_H */
