/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Test batches: memory, content, guards and verification
 */
#ifndef _DCBM_TESTBATCH_H
#define _DCBM_TESTBATCH_H

#include <linux/types.h>
#include <uapi/linux/dcbm.h>

#include "trigger_spec.h"

struct dcbm;

/* Kind of folio in which a wrong word was found. */
enum dcbm_where { DCBM_DST, DCBM_SRC, DCBM_GUARD };

/**
 * struct dcbm_mismatch - a wrong word
 * @where: kind of the folio
 * @folio: index of the folio in the batch; of a guard: 0 before, 1 after the batch
 * @offset: offset of the word in the folio, in bytes
 * @expected: expected value
 * @found: value found
 * @batch: id of the batch
 */
struct dcbm_mismatch {
	enum dcbm_where where;
	u32 folio;
	u64 offset;
	u64 expected;
	u64 found;
	u64 batch;
};

/**
 * struct dcbm_test_result - outcome of test batches
 * @spec: what was requested
 * @runs: batches that were copied
 * @folios: folios of all runs
 * @copied: folios that were copied by DMA
 * @bytes: bytes of all runs
 * @ns: time in dcbm_batch_copy()
 * @first_batch: id of the first run
 * @last_batch: id of the last run
 * @mismatches: number of wrong words
 * @first: the first wrong word
 * @left: folios left to the CPU, by reason
 */
struct dcbm_test_result {
	struct dcbm_trigger_spec spec;
	u32 runs;
	u64 folios;
	u64 copied;
	u64 bytes;
	u64 ns;
	u64 first_batch;
	u64 last_batch;
	u64 mismatches;
	struct dcbm_mismatch first;
	u64 left[DCBM_NR_REASONS];
};

int dcbm_test_run(struct dcbm *d, struct dcbm_test_result *res);

#endif /* _DCBM_TESTBATCH_H */
