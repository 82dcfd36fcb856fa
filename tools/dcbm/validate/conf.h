/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Options of dcbm validate.
 */
#ifndef DCBM_VALIDATE_CONF_H
#define DCBM_VALIDATE_CONF_H

#include <stdbool.h>
#include <stdint.h>

#include "lib/opts.h"

struct json_object;
struct tool;

/**
 * struct validate_conf - what to test, and how
 * @chan: channels as given, separated by commas, or "all"; NULL for one per device
 * @clause: clauses or groups of clauses, separated by commas, NULL for all
 * @seed: first seed
 * @seeds: number of seeds, 0 for no end
 * @cases: cases per clause; 0 is the driver's default, also for the following numbers
 * @timeout_ms: timeout of a descriptor
 * @threads: threads of a multi-threaded clause
 * @depth: descriptors in flight
 * @max_bytes: memory in flight
 * @time: seconds after which no clause starts, 0 for no limit
 * @unsafe: also run clauses that may crash the machine or corrupt its memory
 * @soak: repeat with new seeds until a signal or the end of @time
 * @list: show the clauses, do not run them
 */
struct validate_conf {
	const char *chan;
	const char *clause;
	uint64_t seed;
	uint64_t seeds;
	uint64_t cases;
	uint64_t timeout_ms;
	uint64_t threads;
	uint64_t depth;
	uint64_t max_bytes;
	uint64_t time;
	bool unsafe;
	bool soak;
	bool list;
};

/* Room for the line for the driver, and for the command that repeats a clause */
#define VALIDATE_LINE	512

extern const struct opt validate_opts[];

void validate_conf_init(struct validate_conf *conf);
int validate_conf_check(struct tool *t, struct validate_conf *conf);
void validate_conf_line(const struct validate_conf *conf, const char *chan,
			const char *clause, uint64_t seed, char *line);
void validate_conf_repeat(const struct validate_conf *conf, struct json_object *res,
			  char *line);

#endif /* DCBM_VALIDATE_CONF_H */
