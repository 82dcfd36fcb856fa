/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Batches: options, outcome, and the copy
 */
#ifndef _DCBM_BATCH_H
#define _DCBM_BATCH_H

#include <linux/list.h>
#include <linux/types.h>
#include <uapi/linux/dcbm.h>

struct dcbm_pool;

/* Ways to wait for descriptors */
enum dcbm_completion { DCBM_IRQ, DCBM_POLL, DCBM_HYBRID };

/*
 * Options of a batch. A batch of fewer than @min_folios folios is left to the CPU. A
 * descriptor that takes longer than @timeout_ms is overdue.
 */
struct dcbm_options {
	enum dcbm_backend backend;
	unsigned int nr_chan;
	unsigned int min_folios;
	unsigned int timeout_ms;
	enum dcbm_completion completion;
};

/* Folios left to the CPU for one reason, with the error of the last folio */
struct dcbm_tally {
	u64 bytes;
	u32 folios;
	int error;
};

/*
 * Outcome of a batch: all folios and their bytes, those marked as copied (@folios_dma and
 * @bytes_dma), and those left to the CPU, by reason.
 */
struct dcbm_report {
	u64 id;
	u64 bytes;
	u64 bytes_dma;
	u64 ns;
	u32 folios;
	u32 folios_dma;
	struct dcbm_tally left[DCBM_NR_REASONS];
};

void dcbm_batch_copy(struct dcbm_pool *pool, u64 id,
		     const struct dcbm_options *opt, struct list_head *dst_list,
		     struct list_head *src_list, struct dcbm_report *report);

#endif /* _DCBM_BATCH_H */
