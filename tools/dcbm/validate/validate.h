/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Parts of dcbm validate.
 */
#ifndef DCBM_VALIDATE_H
#define DCBM_VALIDATE_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/opts.h"

struct json_object;
struct tool;

/**
 * struct validate_conf - what shall be tested, and how
 * @chan: channels as given, separated by commas, or "all"; NULL for one of each device
 * @clause: clauses or groups of them, separated by commas, NULL for all
 * @seed: first seed
 * @seeds: number of seeds, 0 for no end
 * @cases: cases of a clause; like those below 0 for the driver's default
 * @timeout_ms: when a descriptor is overdue
 * @threads: threads of a clause that has some
 * @depth: descriptors in flight
 * @max_bytes: memory of what is in flight
 * @time: seconds after which no clause is begun any more, 0 for no limit
 * @unsafe: also what may harm the machine
 * @soak: with new seeds until a signal comes, or @time is over
 * @list: show the clauses, and run none
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

/* Room for the line to the driver, and for the command that repeats a clause. */
#define VALIDATE_LINE	512

extern const struct opt validate_opts[];

void validate_conf_init(struct validate_conf *conf);
int validate_conf_check(struct tool *t, struct validate_conf *conf);
void validate_conf_line(const struct validate_conf *conf, const char *chan,
			const char *clause, uint64_t seed, char *line);
void validate_conf_repeat(const struct validate_conf *conf, struct json_object *res,
			  char *line);
int validate_clauses(struct tool *t, const struct validate_conf *conf,
		     struct json_object *all, struct json_object *chosen);

/**
 * struct validate_chan - a DMA channel
 * @name: of the channel
 * @device: its device, by its name if sysfs shows no device
 * @driver: of the device, "?" if there is none to be seen
 * @in_use: somebody holds it
 * @chosen: it shall be tested
 * @begun: a clause was run on it
 * @broken: it has stopped working
 * @lost: why nothing more can be run on it, empty while it can
 */
struct validate_chan {
	char name[NAME_MAX + 1];
	char device[64];
	char driver[64];
	bool in_use;
	bool chosen;
	bool begun;
	bool broken;
	char lost[96];
};

/** struct validate_chans - channels to be tested, @chan is owned */
struct validate_chans {
	struct validate_chan *chan;
	size_t nr;
};

int validate_chans_find(struct tool *t, const struct validate_conf *conf,
			struct validate_chans *chans);
void validate_chans_free(struct validate_chans *chans);
bool validate_chan_in_use(const struct tool *t, const char *name);
bool validate_chan_quarantined(const struct tool *t, const char *name);
const char *validate_free_hint(struct tool *t);

int validate_run(struct tool *t, const struct validate_conf *conf,
		 struct json_object *clauses, struct validate_chans *chans);

#endif /* DCBM_VALIDATE_H */
