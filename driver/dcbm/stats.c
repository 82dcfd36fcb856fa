// SPDX-License-Identifier: GPL-2.0-only
/*
 * Statistics: counters per CPU
 */
#include <linux/cleanup.h>
#include <linux/ktime.h>
#include <linux/minmax.h>
#include <linux/percpu.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "stats.h"

/**
 * DOC: Counters per CPU
 *
 * An update increments a counter of the current CPU. Updates run with interrupts off,
 * because completions count in interrupt context.
 *
 * A reset cannot zero counters that other CPUs increment: an increment in progress would
 * write the old value back. Instead, a reset replaces the set of counters, and frees the
 * old set after an RCU grace period, when no update uses the old set any more. A reader
 * adds up the counters of all CPUs. While batches are in flight, the sums may be
 * inconsistent.
 */

/* Counters since the last reset */
struct dcbm_epoch {
	struct dcbm_counts __percpu *counts;
};

static void dcbm_epoch_free(struct dcbm_epoch *epoch)
{
	if (!epoch)
		return;
	free_percpu(epoch->counts);
	kfree(epoch);
}

static struct dcbm_epoch *dcbm_epoch_alloc(void)
{
	struct dcbm_epoch *epoch = kzalloc(sizeof(*epoch), GFP_KERNEL);

	if (!epoch)
		return NULL;
	epoch->counts = alloc_percpu(struct dcbm_counts);
	if (!epoch->counts) {
		kfree(epoch);
		return NULL;
	}
	return epoch;
}

int dcbm_stats_init(struct dcbm_stats *stats)
{
	struct dcbm_epoch *epoch = dcbm_epoch_alloc();

	if (!epoch)
		return -ENOMEM;
	mutex_init(&stats->reset_lock);
	RCU_INIT_POINTER(stats->epoch, epoch);
	return 0;
}

void dcbm_stats_exit(struct dcbm_stats *stats)
{
	dcbm_epoch_free(rcu_dereference_protected(stats->epoch, true));
}

/* Zero all counters at once. May sleep. On -ENOMEM the counters are unchanged. */
int dcbm_stats_reset(struct dcbm_stats *stats)
{
	struct dcbm_epoch *epoch = dcbm_epoch_alloc();

	if (!epoch)
		return -ENOMEM;

	mutex_lock(&stats->reset_lock);
	epoch = rcu_replace_pointer(stats->epoch, epoch,
				    lockdep_is_held(&stats->reset_lock));
	mutex_unlock(&stats->reset_lock);

	synchronize_rcu();
	dcbm_epoch_free(epoch);
	return 0;
}

/* Zero the counters of a slot that no channel holds. */
void dcbm_stats_clear_chan(struct dcbm_stats *stats, unsigned int slot)
{
	struct dcbm_counts __percpu *counts;
	int cpu;

	guard(rcu)();
	counts = rcu_dereference(stats->epoch)->counts;
	for_each_possible_cpu(cpu)
		memset(&per_cpu_ptr(counts, cpu)->chan[slot], 0,
		       sizeof(struct dcbm_chan_counts));
}

/* Counters of this CPU. Interrupts are off, and the caller holds the RCU read lock. */
static struct dcbm_counts *dcbm_counts_get(struct dcbm_stats *stats)
{
	lockdep_assert_irqs_disabled();
	return this_cpu_ptr(rcu_dereference(stats->epoch)->counts);
}

void dcbm_stats_batch(struct dcbm_stats *stats, enum dcbm_outcome outcome,
		      u64 folios, u64 bytes, u64 ns)
{
	struct dcbm_counts *c;

	guard(rcu)();
	guard(irqsave)();
	c = dcbm_counts_get(stats);
	dcbm_hist_add(&c->batch_folios[outcome], folios);
	dcbm_hist_add(&c->batch_bytes[outcome], bytes);
	dcbm_hist_add(&c->batch_latency, ns);
}

/* Count a batch for a channel to which the batch has submitted a descriptor. */
void dcbm_stats_chan_batch(struct dcbm_stats *stats, unsigned int slot)
{
	guard(rcu)();
	guard(irqsave)();
	dcbm_counts_get(stats)->chan[slot].batches++;
}

/* Count a submitted descriptor; @inflight includes this descriptor. */
void dcbm_stats_submit(struct dcbm_stats *stats, unsigned int slot,
		       unsigned int segs, unsigned int inflight)
{
	struct dcbm_chan_counts *chan;
	struct dcbm_counts *c;

	guard(rcu)();
	guard(irqsave)();
	c = dcbm_counts_get(stats);
	chan = &c->chan[slot];
	dcbm_hist_add(&c->desc_segments, segs);
	chan->descriptors++;
	chan->inflight_max = max_t(u64, chan->inflight_max, inflight);
}

/*
 * Count a descriptor that has ended, in any context. @ns is the time since its submission,
 * @busy_ns the time that the descriptor adds to the busy time of the channel.
 */
void dcbm_stats_complete(struct dcbm_stats *stats, unsigned int slot,
			 enum dcbm_result result, u64 folios, u64 bytes,
			 u64 ns, u64 busy_ns)
{
	struct dcbm_chan_counts *chan;
	struct dcbm_counts *c;

	guard(rcu)();
	guard(irqsave)();
	c = dcbm_counts_get(stats);
	chan = &c->chan[slot];
	chan->busy_ns += busy_ns;
	if (result == DCBM_RES_TERMINATED || result == DCBM_RES_LOST) {
		chan->timeouts++;
		return;
	}

	dcbm_hist_add(&c->desc_latency, ns);
	if (result == DCBM_RES_OK) {
		chan->folios += folios;
		chan->bytes += bytes;
	} else {
		chan->errors++;
	}
}

/* Count the folios that a batch left to the CPU for one reason. */
void dcbm_stats_fallback(struct dcbm_stats *stats, enum dcbm_reason reason,
			 u64 folios, u64 bytes, int error)
{
	struct dcbm_fallback_counts *f;

	guard(rcu)();
	guard(irqsave)();
	f = &dcbm_counts_get(stats)->fallback[reason];
	f->batches++;
	f->folios += folios;
	f->bytes += bytes;
	f->last_errno = error;
	f->last_ns = ktime_get_ns();
}

static void dcbm_chan_counts_merge(struct dcbm_chan_counts *to,
				   const struct dcbm_chan_counts *from)
{
	to->batches += from->batches;
	to->descriptors += from->descriptors;
	to->folios += from->folios;
	to->bytes += from->bytes;
	to->busy_ns += from->busy_ns;
	to->errors += from->errors;
	to->timeouts += from->timeouts;
	to->inflight_max = max(to->inflight_max, from->inflight_max);
}

static void dcbm_fallback_counts_merge(struct dcbm_fallback_counts *to,
				       const struct dcbm_fallback_counts *from)
{
	to->batches += from->batches;
	to->folios += from->folios;
	to->bytes += from->bytes;
	if (from->last_ns > to->last_ns) {
		to->last_ns = from->last_ns;
		to->last_errno = from->last_errno;
	}
}

/* Add up the counters of all CPUs. Updates continue meanwhile. */
void dcbm_stats_read(struct dcbm_stats *stats, struct dcbm_counts *sum)
{
	const struct dcbm_counts *c;
	unsigned int i;
	int cpu;

	memset(sum, 0, sizeof(*sum));
	guard(rcu)();
	for_each_possible_cpu(cpu) {
		c = per_cpu_ptr(rcu_dereference(stats->epoch)->counts, cpu);
		for (i = 0; i < DCBM_NR_OUTCOMES; i++) {
			dcbm_hist_merge(&sum->batch_folios[i], &c->batch_folios[i]);
			dcbm_hist_merge(&sum->batch_bytes[i], &c->batch_bytes[i]);
		}
		dcbm_hist_merge(&sum->batch_latency, &c->batch_latency);
		dcbm_hist_merge(&sum->desc_latency, &c->desc_latency);
		dcbm_hist_merge(&sum->desc_segments, &c->desc_segments);
		for (i = 0; i < DCBM_MAX_ROWS; i++)
			dcbm_chan_counts_merge(&sum->chan[i], &c->chan[i]);
		for (i = 0; i < DCBM_NR_REASONS; i++)
			dcbm_fallback_counts_merge(&sum->fallback[i],
						   &c->fallback[i]);
	}
}
