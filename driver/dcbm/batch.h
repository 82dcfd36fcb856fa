/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The one path that all batches take, whoever asks.
 */
#ifndef _DCBM_BATCH_H
#define _DCBM_BATCH_H

#include <linux/list.h>
#include <linux/types.h>
#include <uapi/linux/dcbm.h>

struct dcbm_pool;

/* How to wait for descriptors. */
enum dcbm_completion { DCBM_IRQ, DCBM_POLL, DCBM_HYBRID };

/**
 * struct dcbm_options - how a batch is to be copied
 * @backend: auto: by memcpy_sg on the channels that offer it, by memcpy on others
 * @nr_chan: most channels to use
 * @min_folios: smaller batches are left to the CPU
 * @timeout_ms: a descriptor that takes longer is overdue
 * @completion: how to wait
 */
struct dcbm_options {
	enum dcbm_backend backend;
	unsigned int nr_chan;
	unsigned int min_folios;
	unsigned int timeout_ms;
	enum dcbm_completion completion;
};

/**
 * struct dcbm_tally - what was left to the CPU for one reason
 * @folios: folios
 * @bytes: their bytes
 * @error: the error of the last of them
 */
struct dcbm_tally {
	u64 bytes;
	u32 folios;
	int error;
};

/**
 * struct dcbm_report - what became of a batch
 * @id: its id
 * @folios: its folios
 * @bytes: their bytes
 * @folios_dma: folios that are marked as copied
 * @bytes_dma: their bytes
 * @ns: how long it took
 * @left: the others, by reason
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
