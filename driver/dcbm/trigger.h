/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Test batches, fired through debugfs.
 */
#ifndef _DCBM_TRIGGER_H
#define _DCBM_TRIGGER_H

#include <linux/mutex.h>
#include <linux/types.h>
#include <uapi/linux/dcbm.h>

#include "trigger_spec.h"

struct dcbm;
struct seq_file;

enum dcbm_trigger_status {
	DCBM_TRIGGER_NONE,
	DCBM_TRIGGER_RUNNING,
	DCBM_TRIGGER_OK,
	DCBM_TRIGGER_FAILED,
	DCBM_TRIGGER_INTERRUPTED,
};

/* What was found in the wrong place. */
enum dcbm_where { DCBM_DST, DCBM_SRC, DCBM_GUARD };

/**
 * struct dcbm_mismatch - a wrong word
 * @where: in a destination, in a source, or in a guard
 * @folio: index of the folio in the batch; of a guard: 0 before, 1 behind
 * @offset: of the word in the folio, in bytes
 * @expected: what should stand there
 * @found: what stands there
 * @batch: which batch
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
 * struct dcbm_trigger_result - what became of a trigger
 * @spec: what was asked for
 * @status: how it went
 * @error: 0 or a negative error
 * @runs: batches that were copied
 * @folios: folios of all runs
 * @copied: of these, marked as copied by DMA
 * @bytes: bytes of all runs
 * @ns: time in the batch path
 * @first_batch: id of the first run
 * @last_batch: id of the last run
 * @mismatches: wrong words
 * @first: the first of them
 * @left: folios left to the CPU, by reason
 */
struct dcbm_trigger_result {
	struct dcbm_trigger_spec spec;
	enum dcbm_trigger_status status;
	int error;
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

/**
 * struct dcbm_trigger - the trigger
 * @run_lock: held by the one trigger that runs
 * @result_lock: guards @result; taken inside @run_lock
 * @result: of the last trigger, or the one that runs
 */
struct dcbm_trigger {
	struct mutex run_lock;		/* one trigger at a time */
	struct mutex result_lock;	/* result */
	struct dcbm_trigger_result result;
};

void dcbm_trigger_init(struct dcbm_trigger *trigger);
int dcbm_trigger_fire(struct dcbm *d, char *text);
void dcbm_trigger_show(struct dcbm_trigger *trigger, struct seq_file *m);

/* testbatch.c */
int dcbm_test_run(struct dcbm *d, struct dcbm_trigger_result *res);

#endif /* _DCBM_TRIGGER_H */
