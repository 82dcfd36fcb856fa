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
 * struct validate_sum - what came out so far
 * @passed: clauses by their verdict
 * @failed: likewise
 * @skipped: likewise, also those that were not run
 * @errors: likewise
 * @descriptors: of all of them
 * @bytes: likewise
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
 * @conf: what and how
 * @clauses: clauses to be run
 * @chans: channels to run them on
 * @ktap: where the text goes
 * @progress: line on the terminal
 * @begin_ns: when it began
 * @flat: one channel and one seed, so that there are no subtests
 * @blocks: channels that are through, of all seeds
 * @status: how it ends if no clause failed
 * @stop: why nothing more is run, empty while it goes on
 * @first: the first clause that did not pass, and the channel
 * @sum: what came out so far
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
