/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The conformance suite: clauses of the contract, tried on one channel.
 *
 * DOC: A clause has the channel for itself: the pool's semaphore is held for writing as
 * long as it runs, so no batch, no acquisition and no unbinding of the provider comes
 * between. A clause ends within bounds, so they all wait within bounds.
 *
 * The engine may be broken. What a callback is given is therefore no pointer but a
 * token, which dcbm_v_callback() looks up under RCU: a callback that comes when nobody
 * waits for it any more is counted and does no harm. Descriptors that a clause leaves in
 * flight are ended as those of a batch are, by dcbm_chan_overdue(): terminated, or lost
 * with the channel, and then all memory of the clause stays where it is for good.
 *
 * The thread of the clause owns all fields of struct dcbm_vt and struct dcbm_vd but
 * those that a callback writes, which are named there.
 */
#ifndef _DCBM_VALIDATE_H
#define _DCBM_VALIDATE_H

#include <linux/atomic.h>
#include <linux/dmaengine.h>
#include <linux/mutex.h>
#include <linux/prandom.h>
#include <linux/scatterlist.h>
#include <linux/spinlock.h>
#include <linux/types.h>
#include <linux/workqueue.h>
#include <linux/xarray.h>
#include <uapi/linux/dcbm.h>

#include "../chan.h"
#include "../../lib/kvline.h"
#include "clauses.h"

struct dcbm;
struct seq_file;

/* Longest explanation. */
#define DCBM_V_WHY		160

/* Most segments of a list that is tried, and most wrong bytes that are shown. */
#define DCBM_V_MAX_SEGS		1024
#define DCBM_V_MAX_WRONG	8

/* Most descriptors at a time. No ring known to us is longer. */
#define DCBM_V_MAX_DEPTH	4096

/*
 * No two destination segments share so much, the longest cache line: a device that is
 * not coherent could not write them, and the DMA API's debugging would say so.
 */
#define DCBM_V_LINE		128

/* How long what must not happen is waited for. */
#define DCBM_V_LINGER_MS	60

/** enum dcbm_verdict - what a clause returns */
enum dcbm_verdict { DCBM_V_PASS, DCBM_V_FAIL, DCBM_V_SKIP };

/**
 * struct dcbm_vspec - what is asked for
 * @chan: name of the channel
 * @clause: enum dcbm_clause_id
 * @seed: of all that is random
 * @cases: how often, 0 for the clause's default
 * @timeout_ms: bound for a descriptor
 * @threads: threads of many.threads
 * @depth: descriptors in flight where there are several
 * @max_bytes: memory of a list, and of all descriptors in flight
 * @unsafe: use addresses that lead nowhere
 */
struct dcbm_vspec {
	char chan[DCBM_NAME_LEN];
	u32 clause;
	u32 seed;
	u32 cases;
	u32 timeout_ms;
	u32 threads;
	u32 depth;
	u32 max_bytes;
	u32 unsafe;
};

/**
 * struct dcbm_vseg - a segment
 * @off: offset in its arena
 * @len: bytes
 */
struct dcbm_vseg {
	u32 off;
	u32 len;
};

/**
 * struct dcbm_vlist - what a descriptor copies
 * @dst: segments that are written
 * @src: segments that are read, of the same total
 * @nr_dst: segments in @dst
 * @nr_src: segments in @src
 */
struct dcbm_vlist {
	struct dcbm_vseg *dst;
	struct dcbm_vseg *src;
	u32 nr_dst;
	u32 nr_src;
};

/** enum dcbm_vwhere - where a wrong byte is */
enum dcbm_vwhere { DCBM_V_DST, DCBM_V_OUTSIDE, DCBM_V_SRC };

/** struct dcbm_vwrong - a wrong byte */
struct dcbm_vwrong {
	enum dcbm_vwhere where;
	u32 off;
	u8 expected;
	u8 found;
};

/** enum dcbm_vstatus - how a run went, as debugfs shows it */
enum dcbm_vstatus {
	DCBM_VS_NONE,
	DCBM_VS_PASS,
	DCBM_VS_FAIL,
	DCBM_VS_SKIP,
	DCBM_VS_INTERRUPTED,
	DCBM_VS_ERROR,
};

/**
 * struct dcbm_vresult - what became of a run
 * @spec: what was asked for
 * @status: how it went
 * @error: 0 or a negative error
 * @why: one line, empty if there is nothing to say
 * @cases: cases that were begun
 * @descriptors: descriptors submitted
 * @bytes: bytes of these
 * @ns: how long it took
 * @chan_state: of the channel, afterwards
 * @has_list: @list is what failed
 * @fail_case: in which case, from 0
 * @nr_original: segments of the list that failed first
 * @list: the list that failed, reduced
 * @nr_wrong: bytes that are wrong in it
 * @wrong: the first of them
 */
struct dcbm_vresult {
	struct dcbm_vspec spec;
	enum dcbm_vstatus status;
	int error;
	char why[DCBM_V_WHY];
	u32 cases;
	u64 descriptors;
	u64 bytes;
	u64 ns;
	enum dcbm_chan_state chan_state;
	bool has_list;
	u32 fail_case;
	u32 nr_original;
	struct dcbm_vlist list;
	u64 nr_wrong;
	struct dcbm_vwrong wrong[DCBM_V_MAX_WRONG];
};

/**
 * struct dcbm_validate - the suite
 * @run_lock: held by the one run at a time
 * @result_lock: guards @result; taken inside @run_lock
 * @result: of the last run
 * @tokens: what callbacks are given, to struct dcbm_vd
 * @next_index: where in @tokens the next one goes
 * @stray: callbacks that nobody waited for
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
 * @t: the run
 * @d: what the driver knows of it; its end is that of any other
 * @list: what it copies; room for @max_segs segments a side
 * @max_segs: that
 * @sg: for all four scatterlists
 * @dst: @list as it is mapped, what is written
 * @src: likewise, what is read
 * @pair_dst: what is given to the provider
 * @pair_src: likewise
 * @pairs: entries of @pair_dst
 * @mapped: mapped now
 * @unspecified: what it copies to may hold anything: it was terminated
 * @tx: as prepared; NULL if the provider has refused
 * @last_tx: the last that was not refused, to be compared and never to be followed
 * @dirt: what its former user has left in it, NULL for nothing
 * @inflight: descriptors in flight when it was submitted
 * @submitted: it was; written by whoever submits
 * @index: of the descriptor among the tokens
 * @life: how often it was submitted
 * @hook: called by the callback, or NULL
 * @calls: callbacks; written by them, as all that follows
 * @seq: number of the first callback among all of the run
 * @bad_context: a callback came with interrupts off or in a hard interrupt
 * @said: it had a result
 * @result: that
 * @data_bad: it came before the data
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
	const char *dirt;
	u32 inflight;
	bool submitted;
	u32 index;
	u8 life;
	void (*hook)(struct dcbm_vd *v);

	atomic_t calls;
	u32 seq;
	bool bad_context;
	bool said;
	bool data_bad;
	struct dmaengine_result result;
};

/**
 * struct dcbm_arena - memory that is contiguous for the CPU
 * @page: its first page
 * @order: 2^order pages
 * @mem: where it is
 */
struct dcbm_arena {
	struct page *page;
	unsigned int order;
	u8 *mem;
};

/**
 * struct dcbm_vterm - a termination that may hang
 * @work: does it
 * @done: it is over
 * @chan: where
 * @ret: how it went
 */
struct dcbm_vterm {
	struct work_struct work;
	struct completion done;
	struct dcbm_chan *chan;
	int ret;
};

/**
 * struct dcbm_vt - a run
 * @d: the driver
 * @spec: what is asked for
 * @res: what becomes of it
 * @chan: the channel, ours alone
 * @dma: its channel of the DMAEngine
 * @sg: it has memcpy_sg
 * @ordered: it does not declare to complete out of order
 * @bounced: something was mapped through a bounce buffer
 * @batch: what its descriptors are traced as
 * @cases: cases of the clause
 * @until: when it has to be over, in jiffies
 * @rnd: all that is random
 * @owner: where descriptors end
 * @size: bytes of each arena
 * @src: what is read
 * @dst: what is written
 * @was: what @src holds
 * @want: what @dst is to hold
 * @window: how much of @want is in use
 * @nr: descriptors in @vd
 * @vd: descriptors
 * @seq: callbacks
 * @cookie: the last one that was looked at
 * @submitted: something was
 * @lost: memory of the run is in a quarantined channel
 * @term: termination
 * @res_lock: guards what threads write to @res
 */
struct dcbm_vt {
	struct dcbm *d;
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
	struct dcbm_owner owner;
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

#define DCBM_V_FLAGS	(DMA_PREP_INTERRUPT | DMA_CTRL_ACK)

/* validate.c: what debugfs/dcbm/validate does */
void dcbm_validate_init(struct dcbm_validate *validate);
void dcbm_validate_exit(struct dcbm_validate *validate);
int dcbm_validate_fire(struct dcbm *d, char *text);
void dcbm_validate_show(struct dcbm_validate *validate, struct seq_file *m);

/* spec.c */
int dcbm_vspec_parse(char *text, struct dcbm_vspec *spec);
void dcbm_vspec_help(struct seq_file *m);
void dcbm_vspec_show(const struct dcbm_vspec *spec, struct seq_file *m);

/* result.c */
void dcbm_vresult_clear(struct dcbm_vresult *res);
void dcbm_vresult_judge(struct dcbm_vresult *res, int ret);
void dcbm_vresult_show(const struct dcbm_vresult *res, struct seq_file *m);

/* run.c */
bool dcbm_v_next(struct dcbm_vt *t, u32 *i, int *ret);
struct dcbm_vt *dcbm_vt_new(struct dcbm *d, const char *name, struct dcbm_vresult *res);
void dcbm_vt_end(struct dcbm_vt *t);

/* verdict.c */
int dcbm_v_fail(struct dcbm_vt *t, const char *fmt, ...) __printf(2, 3);
int dcbm_v_skip(struct dcbm_vt *t, const char *fmt, ...) __printf(2, 3);
void dcbm_v_say(struct dcbm_vt *t, const char *fmt, ...) __printf(2, 3);

/* mem.c: arenas, what is in them, and what should be */
int dcbm_v_mem_alloc(struct dcbm_vt *t, int node, u32 size);
void dcbm_v_mem_free(struct dcbm_vt *t);
void dcbm_v_fill(struct dcbm_vt *t, u32 nr);
void dcbm_v_expect_nothing(struct dcbm_vt *t);
int dcbm_v_verify(struct dcbm_vt *t, u32 nr);
int dcbm_v_untouched(struct dcbm_vt *t, const char *when);
u64 dcbm_v_compare(struct dcbm_vt *t, u32 nr, struct dcbm_vwrong *wrong, u32 max);

/* lists.c: lists of segments */
/**
 * struct dcbm_vshape - what lists are to be like
 * @segs_min: segments at least
 * @segs_max: and at most; fewer where there is no room for more
 * @len_min: bytes of a segment at least
 * @len_max: and at most
 * @align: start anywhere the device admits, rather than on a cache line
 */
struct dcbm_vshape {
	u32 segs_min;
	u32 segs_max;
	u32 len_min;
	u32 len_max;
	bool align;
};

u32 dcbm_v_unit(const struct dcbm_vt *t);
u32 dcbm_v_between(struct dcbm_vt *t, u32 min, u32 max);
void dcbm_v_seed(struct dcbm_vt *t, u32 i);
u32 dcbm_v_list_make(struct dcbm_vt *t, struct dcbm_vd *v,
		     const struct dcbm_vshape *shape, u32 at, u32 room);
void dcbm_v_list_back(struct dcbm_vt *t, struct dcbm_vd *v, u32 at, u32 room);
void dcbm_v_list_one(struct dcbm_vt *t, struct dcbm_vd *v, u32 at, u32 len);
void dcbm_v_list_move(struct dcbm_vt *t, struct dcbm_vseg *seg, u32 off);
bool dcbm_v_list_recut(struct dcbm_vt *t, struct dcbm_vd *v, u32 at, u32 room);
u32 dcbm_v_list_bytes(const struct dcbm_vlist *list);

/* map.c */
int dcbm_v_alloc(struct dcbm_vt *t, u32 nr, u32 max_segs);
void dcbm_v_free(struct dcbm_vt *t);
int dcbm_v_slots(struct dcbm_vt *t, u32 nr, u32 len);
bool dcbm_v_translated(const struct dcbm_vt *t);
int dcbm_v_map(struct dcbm_vt *t, struct dcbm_vd *v);
void dcbm_v_unmap(struct dcbm_vt *t, struct dcbm_vd *v);
void dcbm_v_unmap_all(struct dcbm_vt *t);
bool dcbm_v_visible(const struct dcbm_vt *t);

/* submit.c */
void dcbm_v_prep_tx(struct dcbm_vd *v, unsigned long flags);
int dcbm_v_put(struct dcbm_vt *t, struct dcbm_vd *v, unsigned long flags);
int dcbm_v_put_patiently(struct dcbm_vt *t, struct dcbm_vd *v, unsigned long flags);
void dcbm_v_submit_begin(struct dcbm_vt *t, struct dcbm_vd *v);
void dcbm_v_submit_tx(struct dcbm_vd *v, bool callback);
void dcbm_v_submit_undo(struct dcbm_vd *v);
void dcbm_v_issue(struct dcbm_vt *t);
int dcbm_v_start_more(struct dcbm_vt *t, u32 nr, u32 *started, unsigned long flags);
int dcbm_v_start(struct dcbm_vt *t, u32 nr, u32 *started, unsigned long flags);
int dcbm_v_fill_ring(struct dcbm_vt *t, u32 *nr);

/* wait.c */
u32 dcbm_v_open(const struct dcbm_vt *t, u32 nr);
bool dcbm_v_ended(const struct dcbm_vd *v);
u32 dcbm_v_settle(struct dcbm_vt *t, u32 nr);
int dcbm_v_wait(struct dcbm_vt *t, u32 nr);
int dcbm_v_calls(struct dcbm_vt *t, u32 nr);
int dcbm_v_round(struct dcbm_vt *t, u32 nr);
int dcbm_v_depth(struct dcbm_vt *t, u32 *depth);
int dcbm_v_finish(struct dcbm_vt *t, u32 nr, u32 started);
int dcbm_v_no_room(struct dcbm_vt *t, u32 nr);
void dcbm_v_forget(struct dcbm_vt *t);
enum dma_status dcbm_v_status(struct dcbm_vt *t, struct dcbm_vd *v, u32 *residue);

/* stop.c */
int dcbm_v_terminate(struct dcbm_vt *t);
int dcbm_v_stop(struct dcbm_vt *t, u32 nr);
void dcbm_v_distrust(struct dcbm_vt *t, const char *why);
void dcbm_v_reset(struct dcbm_vt *t);

/* reduce.c */
int dcbm_v_case(struct dcbm_vt *t, u32 i);

#endif /* _DCBM_VALIDATE_H */
