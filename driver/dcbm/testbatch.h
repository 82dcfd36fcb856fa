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

enum dcbm_where { DCBM_DST, DCBM_SRC, DCBM_GUARD };

/*
 * A wrong word, at byte @offset of a folio. @folio is the index of the folio in the batch;
 * for a guard, 0 before and 1 after the batch.
 */
struct dcbm_mismatch {
	enum dcbm_where where;
	u32 folio;
	u64 offset;
	u64 expected;
	u64 found;
	u64 batch;
};

/*
 * Request, and outcome of the test batches so far. @copied folios were copied by DMA, the
 * folios in @left by the CPU. @ns is the time in dcbm_batch_copy(). @first is the first of
 * the wrong words, whose number is @mismatches.
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
