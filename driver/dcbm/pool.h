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
 * Each batch holds struct dcbm_pool.sem for reading from its start to its end. Acquiring
 * and releasing channels holds it for writing. So channels and contexts do not change
 * during a batch, and a writer waits for the batches in flight, whose time is bounded.
 *
 * A batch only tries to take the semaphore, and leaves its folios to the CPU if a writer
 * holds it or waits for it. Otherwise a batch of compaction, caused by a memory
 * allocation of the writer, would wait for that writer.
 */

/* Length of chan_filter, with its NUL. */
#define DCBM_FILTER_LEN		128

/**
 * struct dcbm_pool_config - which channels to hold
 * @nr_chan: number of channels, 1 to DCBM_MAX_CHANNELS; fewer if there are not as many
 * @max_sg: maximum number of segments per descriptor, 1 to DCBM_MAX_SG
 * @backend: backend that the channels must offer; auto: any, memcpy_sg preferred
 * @shared: use channels together with other clients, instead of exclusively
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
 * struct dcbm_pool - the channels held
 * @sem: see DOC above; guards all fields below
 * @stats: statistics that the channels count in
 * @wq: workqueue of channel recovery
 * @users: users that need channels, see dcbm_pool_get()
 * @config: which channels to hold
 * @wanted: number of channels that was requested when they were acquired
 * @shared: the held channels are shared
 * @nr: channels held
 * @chans: the channels
 * @max_sg: capacity of the contexts, in segments per descriptor
 * @turn: advanced by each batch, to begin with another channel
 * @ctxs: contexts, with a lock of their own
 * @slots: slots of the channels, also of channels that were released
 * @quarantined: channels that are never released
 * @leaving: devices that are being unbound, by their address: none of their channels
 *	may be acquired
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
	struct dcbm_ctx_pool ctxs;
	struct dcbm_slot slots[DCBM_MAX_ROWS];
	struct list_head quarantined;
	struct xarray leaving;
};

int dcbm_pool_init(struct dcbm_pool *pool, struct dcbm_stats *stats);
void dcbm_pool_exit(struct dcbm_pool *pool);

#endif /* _DCBM_POOL_H */
