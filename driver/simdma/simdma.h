/* SPDX-License-Identifier: GPL-2.0-only */
/* Types of the engine: device, channel, descriptor, statistics, fault injection */
#ifndef _SIMDMA_H
#define _SIMDMA_H

#include <linux/dmaengine.h>
#include <linux/interrupt.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/prandom.h>
#include <linux/spinlock.h>
#include <linux/types.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

#include "fault_spec.h"
#include "limits.h"
#include "param.h"
#include "walk.h"

struct dentry;
struct scatterlist;
struct task_struct;

/**
 * DOC: Descriptors, threads and locks
 *
 * A channel has a ring: a fixed number of descriptors, each with room for lists of
 * the maximum length. The ring is allocated with the channel's resources; nothing
 * is allocated later. A descriptor has a state, and the channel has one list per
 * state::
 *
 *   free -> taken -> prepared -> submitted -> issued -> running -> completed
 *     ^                                                                |
 *     +------- unacked <-------------------------- taken <-------------+
 *
 * prep fills the descriptor (taken), submit assigns a cookie, issue_pending passes
 * the descriptor to the worker. The worker copies (running), and the tasklet calls
 * the client back (taken). A descriptor without DMA_CTRL_ACK stays unacked until
 * the client acknowledges it. Only the thread or tasklet that took a descriptor
 * accesses it while it is taken.
 *
 * Terminating a channel frees all descriptors that are prepared, submitted, issued,
 * completed without a callback so far, unacked or parked. The running descriptor is
 * cancelled: the worker frees the descriptor when it sees the flag, and synchronize
 * waits until then. As with virt-dma, a client must not submit a descriptor that was
 * prepared before the termination.
 *
 * Two states exist for fault injection only: a parked descriptor is in flight, but
 * the worker ignores it until it is terminated; a leaked descriptor is unusable
 * until the channel is requested again.
 *
 * Each channel that has a client has a worker, which is a kernel thread and not a
 * work item, for three reasons. The worker sleeps for the time that the timing model
 * gives, and would block other items of a shared pool. A terminate can wake the
 * worker from that sleep. And page migration, which waits for the worker, may be part
 * of memory reclaim.
 *
 * Callbacks run in a tasklet, that is in softirq context, as with most engines.
 * No lock is held, so a callback may prepare, submit, issue and terminate.
 *
 * Locks, from the outermost to the innermost:
 *
 * - dma_list_mutex of the DMAEngine core: held around alloc_chan_resources,
 *   free_chan_resources and device_release.
 * - simdma.lock: creation and removal of workers and rings.
 * - simdma_chan.lock, interrupts off: states, lists, cookies and statistics.
 * - simdma_fault.lock, interrupts off: the injected fault and its counters.
 *
 * A client may take its own locks outside simdma_chan.lock, never inside. The
 * running descriptor belongs to the worker, which accesses it without a lock;
 * other threads access only its @cancelled and @copied.
 *
 * On a kernel without preemption, a client that polls and never yields its CPU
 * keeps the worker off that CPU. With one such client on each CPU of the node,
 * nothing is copied.
 */

/* State of a descriptor, and index of the list that holds it */
enum simdma_state {
	SIMDMA_FREE,
	SIMDMA_TAKEN,
	SIMDMA_PREPARED,
	SIMDMA_SUBMITTED,
	SIMDMA_ISSUED,
	SIMDMA_RUNNING,
	SIMDMA_COMPLETED,
	SIMDMA_UNACKED,
	SIMDMA_PARKED,
	SIMDMA_LEAKED,
	SIMDMA_NR_STATES,
};

/**
 * struct simdma_stats - statistics of a channel, under the channel's lock
 * @submitted: descriptors submitted
 * @completed: descriptors completed, with or without an error
 * @bytes: bytes copied by completed descriptors
 * @segments: segments written by completed descriptors
 * @terminated: descriptors terminated before they completed
 * @ring_full: preps that found no free descriptor
 * @refused: preps with an invalid request
 * @in_flight_max: maximum of @in_flight
 * @reordered: descriptors that completed before a descriptor submitted earlier
 * @failed: descriptors that completed with an error
 * @in_flight: submitted - completed - terminated
 */
struct simdma_stats {
	u64 submitted;
	u64 completed;
	u64 bytes;
	u64 segments;
	u64 terminated;
	u64 ring_full;
	u64 refused;
	u64 in_flight_max;
	u64 reordered;
	u64 failed;
	u64 in_flight;
};

/**
 * struct simdma_request - arguments of a prep
 * @dst: mapped segments to write
 * @nr_dst: number of segments in @dst
 * @src: mapped segments to read
 * @nr_src: number of segments in @src
 * @len: bytes to copy
 */
struct simdma_request {
	struct scatterlist *dst;
	unsigned int nr_dst;
	struct scatterlist *src;
	unsigned int nr_src;
	u32 len;
};

/**
 * struct simdma_fault - fault injection state of a device
 * @mode: copy of the mode in @spec, for reading without @lock
 * @lock: protects the members below; innermost lock
 * @spec: fault that was written to debugfs
 * @seen: opportunities since the write
 * @hits: opportunities that were hit
 * @rnd: random numbers for prob=
 */
struct simdma_fault {
	enum simdma_fault_mode mode;
	spinlock_t lock; /* the fault and its counters */
	struct simdma_fault_spec spec;
	u64 seen;
	u64 hits;
	struct rnd_state rnd;
};

/**
 * struct simdma_desc - a descriptor
 * @tx: the DMAEngine's part
 * @node: link in the channel's list of @state
 * @active: link in the channel's list of descriptors in flight
 * @state: index of the list that holds the descriptor
 * @cancelled: terminated while running
 * @held: skipped once by issue_pending (fault second_issue)
 * @issued_ns: time of issue_pending, CLOCK_MONOTONIC
 * @free_ns: earliest time of the next prep, CLOCK_MONOTONIC; 0 for no limit
 * @len: bytes to copy
 * @copied: bytes copied so far
 * @nr_dst: number of segments in @dst
 * @nr_src: number of segments in @src
 * @dst: segments to write
 * @src: segments to read
 * @result: result that is passed to the callback
 */
struct simdma_desc {
	struct dma_async_tx_descriptor tx;
	struct list_head node;
	struct list_head active;
	enum simdma_state state;
	bool cancelled;
	bool held;
	u64 issued_ns;
	u64 free_ns;
	u32 len;
	u32 copied;
	u32 nr_dst;
	u32 nr_src;
	struct simdma_seg *dst;
	struct simdma_seg *src;
	struct dmaengine_result result;
};

/**
 * struct simdma_chan - a channel
 * @chan: the DMAEngine's part
 * @sd: the device of the channel
 * @lock: protects the members from @gone to @stats, the cookies, and the entries of
 *	@failed
 * @gone: the device is being removed; prep and submit fail
 * @used: the channel has had a client
 * @wedged: the worker copies nothing (faults term_wedges and realloc_dead)
 * @starved: prep finds no descriptor (fault cb_locked); accessed without @lock
 * @late: pending actions on descriptors that have ended, see fault_late.c
 * @lists: descriptors by state, oldest first
 * @active: descriptors in flight, in the order of their cookies
 * @worker: the worker; NULL without a client
 * @stats: counters in debugfs
 * @descs: the ring; NULL without a client
 * @segs: segments of all descriptors
 * @failed: cookies that failed or were terminated, see cookie.h
 * @failed_mask: bits of a cookie that are its index in @failed
 * @tasklet: calls the client back
 * @quiet: wait queue for the release of a cancelled descriptor, and for the end of
 *	a late action
 * @rnd: random numbers for completion out of order; used by the worker only
 * @busy_until: end of the last descriptor in the timing model; used by the worker
 *	only
 */
struct simdma_chan {
	struct dma_chan chan;
	struct simdma *sd;
	spinlock_t lock; /* states, lists, cookies, statistics */
	bool gone;
	bool used;
	bool wedged;
	bool starved;
	struct list_head late;
	struct list_head lists[SIMDMA_NR_STATES];
	struct list_head active;
	struct task_struct *worker;
	struct simdma_stats stats;
	struct simdma_desc *descs;
	struct simdma_seg *segs;
	dma_cookie_t *failed;
	unsigned int failed_mask;
	struct tasklet_struct tasklet;
	wait_queue_head_t quiet;
	struct rnd_state rnd;
	u64 busy_until;
};

/**
 * struct simdma - a device
 * @dma: the DMAEngine's part
 * @cfg: configuration
 * @lim: limits derived from @cfg
 * @fault: fault injection
 * @lock: serialises creation and removal of workers and rings; protects @gone
 * @gone: the device is being removed, and no channel accepts a client
 * @wq: runs @release and late actions; flushed when the module is removed
 * @release: frees the device
 * @dir: debugfs directory
 * @nr_chan: number of channels
 * @chans: the channels
 *
 * The device is freed after the last client has released its channel.
 */
struct simdma {
	struct dma_device dma;
	struct simdma_config cfg;
	struct simdma_limits lim;
	struct simdma_fault fault;
	struct mutex lock; /* workers and rings, @gone */
	bool gone;
	struct workqueue_struct *wq;
	struct work_struct release;
	struct dentry *dir;
	unsigned int nr_chan;
	struct simdma_chan chans[] __counted_by(nr_chan);
};

static inline struct simdma_chan *to_simdma_chan(struct dma_chan *chan)
{
	return container_of(chan, struct simdma_chan, chan);
}

static inline struct simdma_desc *to_simdma_desc(struct dma_async_tx_descriptor *tx)
{
	return container_of(tx, struct simdma_desc, tx);
}

static inline struct device *simdma_desc_dev(const struct simdma_desc *desc)
{
	return to_simdma_chan(desc->tx.chan)->sd->dma.dev;
}

#endif /* _SIMDMA_H */
