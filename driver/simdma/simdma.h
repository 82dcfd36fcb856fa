/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * simdma: a DMA engine in software.
 */
#ifndef _SIMDMA_H
#define _SIMDMA_H

#include <linux/dmaengine.h>
#include <linux/interrupt.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/prandom.h>
#include <linux/sizes.h>
#include <linux/spinlock.h>
#include <linux/types.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

#include "fault_spec.h"
#include "limits.h"
#include "walk.h"

struct dentry;
struct device;
struct scatterlist;
struct task_struct;

/**
 * DOC: Descriptors, threads and locks
 *
 * A channel has a ring: a fixed number of descriptors, each with room for the
 * longest lists. All of it is allocated with the channel and none later. Where a
 * descriptor is in its life is its state, and there is a list for each state:
 *
 *   free -> taken -> prepared -> submitted -> issued -> running -> completed
 *     ^                                                                |
 *     +------- unacked <-------------------------- taken <-------------+
 *
 * prep fills the descriptor (taken), submit gives it a cookie, issue_pending hands
 * it to the worker. The worker copies (running) and the tasklet tells the client
 * (taken). A descriptor without DMA_CTRL_ACK waits as unacked until the client has
 * acknowledged it. A taken descriptor is in nobody's reach but of who took it.
 *
 * Terminating a channel takes all that are prepared or later, up to those whose
 * callback has not begun, and frees them. The running one is cancelled: the worker
 * frees it as soon as it notices, and synchronize waits for that. As with the
 * kernel's virt-dma, a client may not submit what it prepared before.
 *
 * Two more states are of faults alone: parked, that is in flight but forgotten until
 * it is terminated, and leaked, that is gone until the channel is acquired anew.
 *
 * Each channel that has a client has a worker, a kernel thread. A thread rather
 * than a work item, because a worker sleeps as long as the timing model says,
 * which would hold up others of a shared pool; because a terminate can wake it out
 * of that; and because page migration, which waits for it, may itself be what
 * memory is reclaimed by.
 *
 * Callbacks run in a tasklet, in softirq context, as with most engines, and with
 * no lock held, so that they may prepare, submit, issue and terminate.
 *
 * Locks, from the outermost:
 *
 *   dma_list_mutex        of the DMAEngine; held around alloc_chan_resources,
 *                         free_chan_resources and device_release
 *   simdma.lock           workers and rings come and go
 *   simdma_chan.lock      interrupts off: states, lists, cookies and statistics
 *   simdma_fault.lock     interrupts off: which fault there is, and its counters
 *
 * A client that polls and never gives its CPU away keeps the worker off that CPU where
 * the kernel does not preempt; with one such client on each CPU of the node nothing
 * is copied.
 *
 * The client's locks may be outside the last two, never inside. What the worker
 * works on has no lock: the running descriptor belongs to it. Only @cancelled and
 * @copied of a descriptor are looked at by others meanwhile.
 */

/*
 * No piece of a copy crosses a multiple of this: the smallest page of any IOMMU. What is
 * contiguous for the device is so in memory only up to here.
 */
#define SIMDMA_PIECE	SZ_4K

/** enum simdma_state - state of a descriptor, and index of the list it is in */
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
 * struct simdma_config - what the module's parameters say
 * @nr_dev: devices
 * @nr_chan: channels of a device
 * @depth: descriptors of a channel
 * @max_segs: segments of a list
 * @max_seg_size: bytes of a segment
 * @align_shift: addresses and lengths are multiples of 1 << @align_shift
 * @addr_bits: bits of a DMA address
 * @boundary_bits: no segment crosses a multiple of 1 << @boundary_bits
 * @node: NUMA node; in the parameters also -1
 * @ordered: 1: descriptors complete in the order of submission
 * @memcpy_sg: 1: memcpy_sg is offered
 * @private: 1: channels are not given to dma_find_channel()
 * @desc_ns: time that a descriptor takes, in ns
 * @seg_ns: time that a segment takes, in ns
 * @mbps: bandwidth of a channel in 10^6 bytes/s; 0: no limit
 * @seed: of what is left to chance
 *
 * Ranges and defaults are in param.c. All are int, so that one table can hold them.
 */
struct simdma_config {
	int nr_dev;
	int nr_chan;
	int depth;
	int max_segs;
	int max_seg_size;
	int align_shift;
	int addr_bits;
	int boundary_bits;
	int node;
	int ordered;
	int memcpy_sg;
	int private;
	int desc_ns;
	int seg_ns;
	int mbps;
	int seed;
};

/**
 * struct simdma_stats - statistics of a channel, under its lock
 * @submitted: descriptors submitted
 * @completed: descriptors that came to their end, with or without an error
 * @bytes: bytes copied by them
 * @segments: segments written by them
 * @terminated: descriptors terminated before their end
 * @ring_full: preps without a free descriptor
 * @refused: preps of something that is not lawful
 * @in_flight_max: most descriptors in flight at once
 * @reordered: descriptors that completed before one submitted earlier
 * @failed: those of @completed that had an error
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
 * struct simdma_request - what prep is asked for
 * @dst: segments that are written, mapped
 * @nr_dst: how many
 * @src: segments that are read, mapped
 * @nr_src: how many
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
 * struct simdma_fault - what goes wrong with a device
 * @mode: copy of that in @spec, which may be read without the lock
 * @lock: protects all that follows; see DOC
 * @spec: what was asked for
 * @seen: opportunities since then
 * @hits: those that were hit
 * @rnd: decides by chance
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
 * @tx: what the client knows of it
 * @node: in the list of its state
 * @active: in the channel's list of those in flight
 * @state: state
 * @cancelled: terminated while running
 * @held: it was left out by an issue_pending
 * @issued_ns: when it was issued, CLOCK_MONOTONIC
 * @free_ns: when it may be taken again, CLOCK_MONOTONIC; 0 for at once
 * @len: bytes to copy
 * @copied: bytes copied so far
 * @nr_dst: segments in @dst
 * @nr_src: segments in @src
 * @dst: segments that are written
 * @src: segments that are read
 * @result: how it ended
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
 * @chan: what the DMAEngine knows of it
 * @sd: its device
 * @lock: see DOC; protects all that follows up to @stats
 * @gone: its device is being removed, nothing more is taken
 * @used: it has had a client
 * @wedged: nothing is worked on
 * @telling: under no lock: a client is being called that shall get no descriptor
 * @late: what is still to be done for descriptors that are gone, see fault_late.c
 * @lists: descriptors by state, oldest first
 * @active: those in flight, in the order of their cookies
 * @worker: the thread; NULL without a client
 * @stats: statistics
 * @descs: the ring, NULL without a client
 * @segs: memory of the descriptors' segments
 * @failed: cookies that failed or were terminated, see cookie.h
 * @failed_mask: which bits of a cookie are its index in @failed
 * @tasklet: calls the clients back
 * @quiet: woken when the worker has let go of a cancelled descriptor, and when
 *	something late is done
 * @rnd: which descriptor is next out of order; the worker's
 * @busy_until: when the timing model is through with all so far; the worker's
 */
struct simdma_chan {
	struct dma_chan chan;
	struct simdma *sd;
	spinlock_t lock; /* states, lists, cookies, statistics */
	bool gone;
	bool used;
	bool wedged;
	bool telling;
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
 * @dma: what the DMAEngine knows of it
 * @cfg: its configuration
 * @lim: the limits that follow from it
 * @fault: what goes wrong
 * @lock: see DOC
 * @gone: under @lock: it is being removed, and no channel gets another client
 * @release: frees it
 * @dir: debugfs directory
 * @nr_chan: channels
 * @chans: the channels
 *
 * Lives until the last client has let go of the last channel.
 */
struct simdma {
	struct dma_device dma;
	struct simdma_config cfg;
	struct simdma_limits lim;
	struct simdma_fault fault;
	struct mutex lock; /* workers and rings, @gone */
	bool gone;
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

/**
 * simdma_desc_tells() - is there a callback?
 * @desc: a submitted descriptor
 *
 * Return: true if the client wants to be told of its completion.
 */
static inline bool simdma_desc_tells(const struct simdma_desc *desc)
{
	return (desc->tx.flags & DMA_PREP_INTERRUPT) &&
	       (desc->tx.callback_result || desc->tx.callback);
}

/* param.c */
int simdma_param_check(void);
unsigned int simdma_param_nr_dev(void);
void simdma_param_config(struct simdma_config *cfg, unsigned int id);
const char *simdma_config_key(const struct simdma_config *cfg, unsigned int i,
			      int *val);

/* device.c: for whatever bus the device is on */
int simdma_devices_init(void);
void simdma_devices_exit(void);
void simdma_delay(struct delayed_work *work, unsigned int ms);
struct simdma *simdma_create(struct device *dev, const struct simdma_config *cfg);
void simdma_destroy(struct simdma *sd);

/* chan.c */
void simdma_chan_init(struct simdma *sd, struct simdma_chan *sc);
void simdma_chan_abandon(struct simdma_chan *sc);
void simdma_issue(struct simdma_chan *sc);

/* prep.c */
void simdma_prep_init(struct simdma *sd);

/* ring.c */
int simdma_ring_alloc(struct simdma_chan *sc);
void simdma_ring_free(struct simdma_chan *sc);
void simdma_desc_move(struct simdma_desc *desc, enum simdma_state state);
struct simdma_desc *simdma_ring_first(struct simdma_chan *sc,
				      enum simdma_state state);
struct simdma_desc *simdma_ring_take(struct simdma_chan *sc);
void simdma_desc_recycle(struct simdma_desc *desc, enum simdma_state state);
void simdma_desc_leave_flight(struct simdma_desc *desc, bool failed);
void simdma_desc_park(struct simdma_desc *desc);

/* engine.c */
int simdma_worker_start(struct simdma_chan *sc);
void simdma_worker_stop(struct simdma_chan *sc);
bool simdma_must_stop(struct simdma_desc *desc);

/* complete.c */
void simdma_desc_complete(struct simdma_desc *desc,
			  enum dmaengine_tx_result result);
void simdma_complete_kick(struct simdma_chan *sc);
void simdma_desc_call(struct simdma_desc *desc);
void simdma_complete_init(struct simdma_chan *sc);

/* copy.c */
phys_addr_t simdma_phys(struct device *dev, dma_addr_t addr);
void *simdma_map(struct device *dev, dma_addr_t addr);
enum dmaengine_tx_result simdma_copy(struct simdma_desc *desc);

/* debugfs.c */
void simdma_debugfs_init(void);
void simdma_debugfs_exit(void);
void simdma_debugfs_add(struct simdma *sd);
void simdma_debugfs_remove(struct simdma *sd);

#endif /* _SIMDMA_H */
