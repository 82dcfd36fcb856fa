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

/*
 * Counters of a channel. @folios and @bytes do not include descriptors with errors.
 * @busy_ns is exact for engines that complete in order, see dcbm_desc_end().
 */
struct dcbm_chan_counts {
	u64 batches;		/* that submitted at least one descriptor */
	u64 descriptors;
	u64 folios;		/* that begin in the descriptors */
	u64 bytes;
	u64 busy_ns;		/* time with a descriptor in flight */
	u64 errors;		/* descriptors */
	u64 timeouts;		/* descriptors that were terminated or lost */
	u64 inflight_max;
};

/* Folios left to the CPU for one reason, and the last batch with such a folio */
struct dcbm_fallback_counts {
	u64 batches;
	u64 folios;
	u64 bytes;
	u64 last_ns;		/* CLOCK_MONOTONIC, 0 for never */
	s64 last_errno;		/* 0 or negative */
};

/* All counters. @desc_latency has only descriptors that completed. */
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

/* The statistics: counters since the last reset, one set per CPU; replaced by a reset */
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
