/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Statistics of all batches since load or reset
 */
#ifndef _DCBM_STATS_H
#define _DCBM_STATS_H

#include <linux/mutex.h>
#include <linux/types.h>
#include <uapi/linux/dcbm.h>

#include "hist.h"

/**
 * struct dcbm_chan_counts - counters of a channel
 * @batches: batches that submitted at least one descriptor
 * @descriptors: descriptors submitted
 * @folios: folios that begin in descriptors without error
 * @bytes: bytes of descriptors without error
 * @busy_ns: time with a descriptor in flight; exact for engines that complete in
 *	order, see dcbm_desc_end()
 * @errors: descriptors that ended with an error
 * @timeouts: descriptors that were terminated or lost
 * @inflight_max: maximum number of descriptors in flight
 */
struct dcbm_chan_counts {
	u64 batches;
	u64 descriptors;
	u64 folios;
	u64 bytes;
	u64 busy_ns;
	u64 errors;
	u64 timeouts;
	u64 inflight_max;
};

/**
 * struct dcbm_fallback_counts - folios left to the CPU for one reason
 * @batches: batches with at least one such folio
 * @folios: number of folios
 * @bytes: bytes of the folios
 * @last_ns: CLOCK_MONOTONIC of the last such batch, 0 for never
 * @last_errno: error of the last such batch, 0 or negative
 */
struct dcbm_fallback_counts {
	u64 batches;
	u64 folios;
	u64 bytes;
	u64 last_ns;
	s64 last_errno;
};

/**
 * struct dcbm_counts - all counters
 * @batch_folios: folios per batch, by outcome
 * @batch_bytes: bytes per batch, by outcome
 * @batch_latency: duration of batches in ns
 * @desc_latency: time from submission to completion in ns, of descriptors that completed
 * @desc_segments: segments per descriptor
 * @chan: counters of channels, by slot
 * @fallback: folios left to the CPU, by reason
 */
struct dcbm_counts {
	struct dcbm_hist batch_folios[DCBM_NR_OUTCOMES];
	struct dcbm_hist batch_bytes[DCBM_NR_OUTCOMES];
	struct dcbm_hist batch_latency;
	struct dcbm_hist desc_latency;
	struct dcbm_hist desc_segments;
	struct dcbm_chan_counts chan[DCBM_MAX_ROWS];
	struct dcbm_fallback_counts fallback[DCBM_NR_REASONS];
};

struct dcbm_epoch;

/**
 * struct dcbm_stats - the statistics
 * @epoch: counters since the last reset, one set per CPU; replaced by a reset
 * @reset_lock: serialises resets
 */
struct dcbm_stats {
	struct dcbm_epoch __rcu *epoch;
	struct mutex reset_lock;	/* one reset at a time */
};

int dcbm_stats_init(struct dcbm_stats *stats);
void dcbm_stats_exit(struct dcbm_stats *stats);
int dcbm_stats_reset(struct dcbm_stats *stats);
void dcbm_stats_clear_chan(struct dcbm_stats *stats, unsigned int slot);
void dcbm_stats_read(struct dcbm_stats *stats, struct dcbm_counts *sum);

void dcbm_stats_batch(struct dcbm_stats *stats, enum dcbm_outcome outcome,
		      u64 folios, u64 bytes, u64 ns);
void dcbm_stats_chan_batch(struct dcbm_stats *stats, unsigned int slot);
void dcbm_stats_submit(struct dcbm_stats *stats, unsigned int slot,
		       unsigned int segs, unsigned int inflight);
void dcbm_stats_complete(struct dcbm_stats *stats, unsigned int slot,
			 enum dcbm_result result, u64 folios, u64 bytes,
			 u64 ns, u64 busy_ns);
void dcbm_stats_fallback(struct dcbm_stats *stats, enum dcbm_reason reason,
			 u64 folios, u64 bytes, int error);

#endif /* _DCBM_STATS_H */
