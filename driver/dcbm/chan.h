/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A DMA channel that the driver holds, and descriptors in flight on it.
 *
 * DOC: struct dcbm_chan.lock guards the state of the channel and the list of what is
 * in flight. It is taken by threads only, never by a completion, and held over
 * prep and submission: a provider may complete inside issue_pending, or start as soon as a
 * descriptor is submitted, and its callback takes none of our locks. It is a mutex,
 * because there are providers whose prep sleeps when they have no descriptor left
 * (idxd_alloc_desc() in drivers/dma/idxd/submit.c).
 *
 * With a provider that does not start before issue_pending a descriptor is traced as
 * submitted before it is traced as complete.
 *
 * A descriptor ends once: dcbm_desc_end() moves its state from in flight to ending,
 * and who loses that race has nothing more to say. It is then on the list of its
 * owner, who alone takes it off the channel's list. A channel that is terminated
 * leaves ready first, under the lock, so that nothing is submitted to it until the
 * engine has been proven to work.
 */
#ifndef _DCBM_CHAN_H
#define _DCBM_CHAN_H

#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/dmaengine.h>
#include <linux/list.h>
#include <linux/llist.h>
#include <linux/mutex.h>
#include <linux/rcupdate.h>
#include <linux/types.h>
#include <linux/wait.h>
#include <linux/workqueue.h>
#include <uapi/linux/dcbm.h>

#include "plan.h"

struct dcbm_phases;
struct dcbm_stats;
struct page;

/**
 * struct dcbm_slot - how debugfs shows a channel
 * @name: of the channel, "dma0chan0"; empty while the slot is unused
 * @provider: name of its device
 * @node: NUMA node of its device, or NUMA_NO_NODE
 * @backend: what it does at best
 * @state: copy of the state of the channel
 *
 * Rows outlive channels: the numbers of a channel that has been let go remain.
 */
struct dcbm_slot {
	char name[DCBM_NAME_LEN];
	char provider[DCBM_NAME_LEN];
	int node;
	enum dcbm_backend backend;
	enum dcbm_chan_state state;
};

/**
 * struct dcbm_owner - who waits for descriptors
 * @ended: descriptors that have ended, newest first
 * @wq: woken for each
 */
struct dcbm_owner {
	struct llist_head ended;
	wait_queue_head_t wq;
};

/*
 * States of a descriptor. In flight is the last one, and all that is above it: the
 * number of the life that it is in is added. Ending is the moment in which its one end
 * is decided on and not yet written down.
 */
enum { DCBM_DESC_IDLE, DCBM_DESC_ENDED, DCBM_DESC_ENDING, DCBM_DESC_INFLIGHT };

/*
 * Lives of a descriptor that can be told apart. An engine that calls back twice, or
 * after a termination, does so while the descriptor is in one of the next few.
 */
#define DCBM_DESC_LIVES		32

/**
 * struct dcbm_desc - one descriptor and what it copies
 * @state: idle, ended, ending, or in flight and in which life
 * @life: the life it is in, or was in last
 * @lives: each its own index: what a callback is given is the address of one of them,
 *	so that it says which descriptor it is for and which life of it
 * @inflight: entry in the list of the channel, under its lock
 * @ended: entry in the list of the owner
 * @owner: who waits for it
 * @chan: where it was submitted
 * @chunk: mapping that it is a part of
 * @id: number on its channel, from 1
 * @batch: the batch it belongs to
 * @start: first byte, counted from the start of the round
 * @end: byte behind the last
 * @submitted_ns: time of submission
 * @item: index of the folio in which @start lies
 * @segs: segments
 * @folios: folios that begin in it
 * @residue: bytes not copied, as the provider says
 * @cookie: of the DMAEngine
 * @result: how it ended
 */
struct dcbm_desc {
	int state;
	u8 life;
	u8 lives[DCBM_DESC_LIVES];
	struct list_head inflight;
	struct llist_node ended;
	struct dcbm_owner *owner;
	struct dcbm_chan *chan;
	struct dcbm_chunk *chunk;
	u64 id;
	u64 batch;
	u64 start;
	u64 end;
	u64 submitted_ns;
	unsigned int item;
	unsigned int segs;
	unsigned int folios;
	u32 residue;
	dma_cookie_t cookie;
	enum dcbm_result result;
};

/**
 * struct dcbm_probe - the copy that shows that an engine works
 * @src: page that is read
 * @dst: page that is written
 * @done: completed by the engine
 * @result: what it said
 * @lost: the engine may still write: the pages are not to be freed
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
 * @rcu: frees it after the last completion has left dcbm_desc_end()
 * @dma: the channel
 * @dev: the device that memory is mapped for
 * @stats: where it is counted
 * @slot: how it is shown
 * @slot_idx: index of @slot
 * @lim: what the device takes as a segment
 * @backend: memcpy_sg where the channel offers it, else memcpy
 * @shared: others use the channel too: it may not be terminated
 * @segs_ok: most segments that the provider has ever taken in one descriptor; written
 *	under @lock
 * @segs_max: half of what it has refused while nothing of ours was in its way; a
 *	hint, written without a lock
 * @lock: guards @state, @quiet, @recover_by, @inflight and @next_id
 * @state: whether it may be used
 * @quiet: while probing: nothing of ours is in the engine any more
 * @recover_by: while probing: when to stop waiting for that, in jiffies
 * @timeout_ms: bound for termination and for the probe
 * @inflight: descriptors in flight
 * @nr_inflight: how many
 * @next_id: number of the next descriptor
 * @last_end_ns: when the last descriptor ended
 * @wq: where @reset runs
 * @reset: terminates and synchronises one that is not quiet, and probes
 * @state_wq: woken when probing is over
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

	struct mutex lock;	/* state and list, see DOC above */
	enum dcbm_chan_state state;
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

/**
 * dcbm_desc_inflight() - is a descriptor in flight?
 * @desc: the descriptor
 *
 * Return: true if so; if not, how it ended can be read, and what was written before.
 */
static inline bool dcbm_desc_inflight(const struct dcbm_desc *desc)
{
	/* Pairs with the store of dcbm_desc_end(). */
	return smp_load_acquire(&desc->state) >= DCBM_DESC_ENDING;
}

void dcbm_desc_init(struct dcbm_desc *desc);
int dcbm_chan_submit(struct dcbm_chan *chan, struct dcbm_desc *desc,
		     enum dcbm_backend backend, struct scatterlist *dst,
		     struct scatterlist *src, struct dcbm_phases *phases);
void dcbm_chan_issue(struct dcbm_chan *chan);
void dcbm_chan_forget(struct dcbm_desc *desc);
unsigned int dcbm_desc_begin(struct dcbm_chan *chan, struct dcbm_desc *desc);
bool dcbm_desc_cancel(struct dcbm_desc *desc);
void dcbm_desc_count(const struct dcbm_desc *desc, unsigned int inflight,
		     enum dcbm_backend backend);
bool dcbm_desc_end(struct dcbm_desc *desc, enum dcbm_result result, u32 residue);
enum dcbm_result dcbm_result_of(const struct dmaengine_result *res);
void dcbm_chan_set_state(struct dcbm_chan *chan, enum dcbm_chan_state state);
bool dcbm_chan_ready(struct dcbm_chan *chan);
struct dma_async_tx_descriptor *
dcbm_chan_prep(struct dcbm_chan *chan, enum dcbm_backend backend,
	       struct scatterlist *dst, struct scatterlist *src,
	       unsigned int nents);

/* recover.c */
int dcbm_recover_init(struct dcbm_chan *chan);
bool dcbm_recover_exit(struct dcbm_chan *chan);
void dcbm_recover_prove(struct dcbm_chan *chan);
void dcbm_chan_overdue(struct dcbm_chan *chan, unsigned int timeout_ms);
int dcbm_chan_terminate(struct dcbm_chan *chan);
void dcbm_chan_end_all(struct dcbm_chan *chan, enum dcbm_result result);
void dcbm_chan_quarantine(struct dcbm_chan *chan, const char *why);

#endif /* _DCBM_CHAN_H */
