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

/**
 * struct dcbm_options - options of a batch
 * @backend: auto: memcpy_sg on the channels that offer it, memcpy on others
 * @nr_chan: maximum number of channels
 * @min_folios: batches of fewer folios are left to the CPU
 * @timeout_ms: a descriptor that takes longer is overdue
 * @completion: way to wait for descriptors
 */
struct dcbm_options {
	enum dcbm_backend backend;
	unsigned int nr_chan;
	unsigned int min_folios;
	unsigned int timeout_ms;
	enum dcbm_completion completion;
};

/**
 * struct dcbm_tally - folios left to the CPU for one reason
 * @bytes: their bytes
 * @folios: their number
 * @error: error of the last folio
 */
struct dcbm_tally {
	u64 bytes;
	u32 folios;
	int error;
};

/**
 * struct dcbm_report - outcome of a batch
 * @id: id of the batch
 * @bytes: bytes of all folios
 * @bytes_dma: bytes of the folios that are marked as copied
 * @ns: duration
 * @folios: folios of the batch
 * @folios_dma: folios that are marked as copied
 * @left: folios left to the CPU, by reason
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
