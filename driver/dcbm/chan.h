/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Channels that the driver holds
 */
#ifndef _DCBM_CHAN_H
#define _DCBM_CHAN_H

#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/dmaengine.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/rcupdate.h>
#include <linux/types.h>
#include <linux/wait.h>
#include <linux/workqueue.h>
#include <uapi/linux/dcbm.h>

#include "plan.h"

struct dcbm_stats;
struct page;
struct scatterlist;

/**
 * DOC: Channel lock
 *
 * struct dcbm_chan.lock guards the state of the channel and its list of descriptors in
 * flight. Batches hold the lock during prep and submission. It is a mutex because some
 * providers sleep in prep when they have no descriptor left (idxd_alloc_desc() in
 * drivers/dma/idxd/submit.c). Only threads take the lock. A callback takes no lock of
 * this driver, because a provider may call back inside issue_pending().
 *
 * Before a channel is terminated, its state changes from ready, under the lock. From then
 * on only the probe is submitted, until the probe has shown that the engine works.
 */

/*
 * A channel's place in the pool. The slot outlives the channel: debugfs still shows the
 * counters of a channel that has been released, and a channel that is acquired again
 * continues them. The name of an unused slot is empty. The state is written under the
 * lock of the channel, and by acquisition and release under dcbm_pool.sem.
 */
struct dcbm_slot {
	char name[DCBM_NAME_LEN];
	char provider[DCBM_NAME_LEN];
	int node;
	enum dcbm_backend backend;
	enum dcbm_chan_state state;
	bool held;	/* by a struct dcbm_chan */
};

/*
 * The copy that proves that an engine works. If @lost is set, the engine may still write
 * to @dst, and the pages must not be freed.
 */
struct dcbm_probe {
	struct page *src;
	struct page *dst;
	struct completion done;
	enum dcbm_result result;
	bool lost;
};

/**
 * struct dcbm_chan - a channel that is held
 * @link: entry in the pool's list of quarantined channels
 * @rcu: delays kfree() until the last completion has left dcbm_desc_end()
 * @dma: channel of the DMAEngine
 * @dev: device that memory is mapped for
 * @stats: statistics of the pool
 * @slot: name and state of the channel
 * @slot_idx: index of @slot
 * @lim: limits of the device for one segment
 * @backend: memcpy_sg if the channel offers it, else memcpy
 * @shared: other clients use the channel too: it must not be terminated
 * @segs_ok: largest number of segments that the provider has accepted in one descriptor;
 *	written under @lock
 * @segs_max: half of the number of segments that the provider has refused while no
 *	descriptor of this driver was in flight; a hint, written without a lock
 * @lock: guards the state in @slot, @quiet, @recover_by, @inflight and @next_id
 * @quiet: while probing: the engine has no descriptor of this driver any more
 * @recover_by: while probing: deadline for @quiet, in jiffies
 * @timeout_ms: bound for termination and for the probe
 * @inflight: descriptors in flight
 * @nr_inflight: number of descriptors in flight
 * @next_id: id of the last descriptor
 * @last_end_ns: end of the last descriptor
 * @wq: workqueue of @reset
 * @reset: terminates and synchronizes a channel that is not quiet, then probes it
 * @state_wq: woken when the state changes from probing
 * @probe: memory for the probe
 */
struct dcbm_chan {
	struct list_head link;
	struct rcu_head rcu;
	struct dma_chan *dma;
	struct device *dev;
	struct dcbm_stats *stats;
	struct dcbm_slot *slot;
	unsigned int slot_idx;
	struct dcbm_limits lim;
	enum dcbm_backend backend;
	bool shared;
	unsigned int segs_ok;
	unsigned int segs_max;

	struct mutex lock;	/* see "Channel lock" above */
	bool quiet;
	unsigned long recover_by;
	unsigned int timeout_ms;
	struct list_head inflight;
	atomic_t nr_inflight;
	u64 next_id;
	atomic64_t last_end_ns;

	struct workqueue_struct *wq;
	struct work_struct reset;
	wait_queue_head_t state_wq;
	struct dcbm_probe probe;
};

/* Without the lock of the channel, the state may change before the caller uses it. */
static inline enum dcbm_chan_state dcbm_chan_state(const struct dcbm_chan *chan)
{
	return READ_ONCE(chan->slot->state);
}

static inline bool dcbm_chan_ready(const struct dcbm_chan *chan)
{
	return dcbm_chan_state(chan) == DCBM_CHAN_READY;
}

void dcbm_chan_set_state(struct dcbm_chan *chan, enum dcbm_chan_state state);
struct dma_async_tx_descriptor *
dcbm_chan_prep(struct dcbm_chan *chan, enum dcbm_backend backend,
	       struct scatterlist *dst, struct scatterlist *src,
	       unsigned int nents);
void dcbm_chan_issue(struct dcbm_chan *chan);

#endif /* _DCBM_CHAN_H */
