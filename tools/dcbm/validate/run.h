/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A run of dcbm validate.
 */
#ifndef DCBM_VALIDATE_RUN_H
#define DCBM_VALIDATE_RUN_H

#include <stdbool.h>
#include <stdint.h>

#include "lib/progress.h"
#include "validate/print.h"

struct json_object;
struct tool;
struct validate_chans;
struct validate_conf;

/**
 * struct validate_sum - counters of the results so far
 * @passed: clauses that passed
 * @failed: clauses that failed
 * @skipped: clauses that were skipped or not run
 * @errors: clauses that could not be run because of an error
 * @descriptors: descriptors of all clauses
 * @bytes: bytes of all clauses
 * @broken: channels that stopped working
 */
struct validate_sum {
	uint64_t passed;
	uint64_t failed;
	uint64_t skipped;
	uint64_t errors;
	uint64_t descriptors;
	uint64_t bytes;
	uint64_t broken;
};

/**
 * struct validate_run - state of a run
 * @t: run of the tool
 * @conf: what to test, and how
 * @clauses: clauses to be run
 * @chans: channels to run them on
 * @ktap: output
 * @progress: line on the terminal
 * @begin_ns: time of the start
 * @flat: one channel and one seed: no subtests
 * @blocks: finished channels, over all seeds
 * @status: exit status if no clause failed
 * @stop: why no further clause is run, empty while clauses run
 * @first: the first clause that did not pass, with its channel
 * @sum: counters so far
 */
struct validate_run {
	struct tool *t;
	const struct validate_conf *conf;
	struct json_object *clauses;
	struct validate_chans *chans;
	struct ktap ktap;
	struct progress progress;
	uint64_t begin_ns;
	bool flat;
	uint64_t blocks;
	int status;
	char stop[96];
	char first[256];
	struct validate_sum sum;
};

int validate_run(struct tool *t, const struct validate_conf *conf,
		 struct json_object *clauses, struct validate_chans *chans);

#endif /* DCBM_VALIDATE_RUN_H */
