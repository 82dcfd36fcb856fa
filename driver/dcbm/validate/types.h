/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Types that the files of the conformance suite share: runs and their descriptors.
 */
#ifndef _DCBM_V_TYPES_H
#define _DCBM_V_TYPES_H

#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/dmaengine.h>
#include <linux/mutex.h>
#include <linux/prandom.h>
#include <linux/scatterlist.h>
#include <linux/spinlock.h>
#include <linux/types.h>
#include <linux/workqueue.h>
#include <linux/xarray.h>

#include "../chan.h"
#include "../desc.h"
#include "result.h"

struct dcbm;

/*
 * Alignment of destination segments: the longest cache line of any architecture. A device
 * that is not coherent cannot write two segments that share a cache line, and the DMA API
 * debugging reports such mappings.
 */
#define DCBM_V_LINE		128

/* How long a clause waits for an event that must not happen. */
#define DCBM_V_LINGER_MS	60

#define DCBM_V_FLAGS		(DMA_PREP_INTERRUPT | DMA_CTRL_ACK)

/**
 * struct dcbm_validate - the suite
 * @run_lock: serializes runs
 * @result_lock: guards @result; taken inside @run_lock
 * @result: result of the last run
 * @tokens: maps the parameter of a callback to struct dcbm_vd
 * @next_index: next index to use in @tokens
 * @stray: callbacks for descriptors that had ended
 */
struct dcbm_validate {
	struct mutex run_lock;		/* one run at a time */
	struct mutex result_lock;	/* result */
	struct dcbm_vresult result;
	struct xarray tokens;
	u32 next_index;
	atomic_t stray;
};

/**
 * struct dcbm_vd - a descriptor
 * @t: the run that the descriptor belongs to
 * @d: the descriptor, as the rest of the driver sees it
 * @list: segments to copy; room for @max_segs segments per side
 * @max_segs: capacity of each list, in segments
 * @sg: memory of all four scatterlists
 * @dst: destination side of @list, mapped
 * @src: source side of @list, mapped
 * @pair_dst: destination segments for the provider
 * @pair_src: source segments for the provider
 * @pairs: entries in each of @pair_dst and @pair_src; 0: use @dst and @src
 * @mapped: @dst and @src are mapped
 * @unspecified: the destination may hold anything, as the descriptor was terminated
 * @tx: as prepared; NULL if the provider refused
 * @last_tx: the last @tx that was not NULL; the provider may have freed it, so only the
 *	pointer may be compared
 * @stale: what prep left in @tx from its previous use, or NULL
 * @inflight: descriptors in flight on the channel at submission
 * @submitted: the descriptor was submitted
 * @index: index of the descriptor in the tokens
 * @gen: generation, advanced by each submission
 * @hook: called by the callback, or NULL
 * @calls: callbacks of this generation; written by callbacks, as are all fields below
 * @seq: rank of the first callback among all callbacks of the run
 * @bad_context: a callback ran with interrupts disabled or in hard interrupt context
 * @has_result: the provider passed a result to the callback
 * @data_bad: the callback ran before the data had arrived
 * @result: result of the callback
 */
struct dcbm_vd {
	struct dcbm_vt *t;
	struct dcbm_desc d;
	struct dcbm_vlist list;
	u32 max_segs;
	struct scatterlist *sg;
	struct sg_table dst;
	struct sg_table src;
	struct scatterlist *pair_dst;
	struct scatterlist *pair_src;
	u32 pairs;
	bool mapped;
	bool unspecified;
	struct dma_async_tx_descriptor *tx;
	const void *last_tx;
	const char *stale;
	u32 inflight;
	bool submitted;
	u32 index;
	u8 gen;
	void (*hook)(struct dcbm_vd *v);

	atomic_t calls;
	u32 seq;
	bool bad_context;
	bool has_result;
	bool data_bad;
	struct dmaengine_result result;
};

/**
 * struct dcbm_arena - physically contiguous memory
 * @page: first page
 * @order: the arena has 2^@order pages
 * @mem: address of the first byte
 */
struct dcbm_arena {
	struct page *page;
	unsigned int order;
	u8 *mem;
};

/**
 * struct dcbm_vterm - a termination that may hang
 * @work: calls dcbm_chan_terminate()
 * @done: @work has finished
 * @chan: the channel
 * @ret: return value of dcbm_chan_terminate()
 */
struct dcbm_vterm {
	struct work_struct work;
	struct completion done;
	struct dcbm_chan *chan;
	int ret;
};

/**
 * struct dcbm_vt - a run of a clause
 * @d: the driver
 * @validate: the suite
 * @spec: the request
 * @res: the result, written during the run
 * @chan: the channel, held exclusively
 * @dma: the DMAEngine's channel of @chan
 * @sg: the channel supports memcpy_sg
 * @ordered: the channel does not declare DMA_COMPLETION_NO_ORDER
 * @bounced: a mapping used a bounce buffer
 * @batch: batch id of the descriptors in traces
 * @cases: number of cases
 * @until: end of the time for all cases, in jiffies
 * @rnd: random numbers
 * @waiter: collects ended descriptors, and wakes the clause
 * @size: bytes of each arena
 * @src: arena that is read
 * @dst: arena that is written
 * @was: content of @src
 * @want: expected content of @dst
 * @window: bytes of @want that are in use
 * @nr: descriptors in @vd
 * @vd: descriptors
 * @seq: callbacks so far
 * @cookie: last cookie that clause status.cookies has checked
 * @submitted: a descriptor was submitted
 * @lost: a quarantined channel may access memory of the run
 * @term: termination under test
 * @res_lock: guards the members of @res that callbacks and threads of many.threads write
 */
struct dcbm_vt {
	struct dcbm *d;
	struct dcbm_validate *validate;
	const struct dcbm_vspec *spec;
	struct dcbm_vresult *res;
	struct dcbm_chan *chan;
	struct dma_chan *dma;
	bool sg;
	bool ordered;
	bool bounced;
	u64 batch;
	u32 cases;
	unsigned long until;
	struct rnd_state rnd;
	struct dcbm_waiter waiter;
	u32 size;
	struct dcbm_arena src;
	struct dcbm_arena dst;
	u8 *was;
	u8 *want;
	u32 window;
	u32 nr;
	struct dcbm_vd *vd;
	atomic_t seq;
	dma_cookie_t cookie;
	bool submitted;
	bool lost;
	struct dcbm_vterm term;
	spinlock_t res_lock;	/* res, where there are threads */
};

#endif /* _DCBM_V_TYPES_H */
