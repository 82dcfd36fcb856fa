/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Options of dcbm migrate.
 */
#ifndef DCBM_MIGRATE_CONF_H
#define DCBM_MIGRATE_CONF_H

#include <stdbool.h>
#include <stdint.h>

#include "lib/opts.h"
#include "migrate/damage.h"
#include "migrate/folios.h"

struct mem_kind;
struct tool;

#define KINDS_MAX	8

/**
 * struct migrate_conf - what to move, and how
 * @self: bytes of own memory, 0 to move the memory of @pid
 * @pid: process, 0 with @self
 * @ranges: parts of the address space of @pid, empty for all its memory
 * @kind: kinds of own memory, moved one after the other
 * @nr_kinds: number of @kind
 * @file_dir: folder for files
 * @pingpong: number of moves between @node, 0 for one move to @to
 * @to: target node, -1 with @pingpong
 * @node: two nodes; own memory starts on the first, or on the node that is not @to
 * @nodes_given: the user chose @node
 * @threads: threads that move pages
 * @batch: pages per call
 * @retries: see struct move_job
 * @move_all: also pages that other processes map
 * @verify: write, read and check the memory while it moves
 * @writers: threads that write
 * @readers: threads that read
 * @damage: deliberate corruption, which the check must find
 */
struct migrate_conf {
	uint64_t self;
	int pid;
	struct areas ranges;
	const struct mem_kind *kind[KINDS_MAX];
	unsigned int nr_kinds;
	const char *file_dir;
	uint64_t pingpong;
	int to;
	int node[2];
	bool nodes_given;
	uint64_t threads;
	uint64_t batch;
	uint64_t retries;
	bool move_all;
	bool verify;
	uint64_t writers;
	uint64_t readers;
	enum damage_kind damage;
};

extern const struct opt migrate_opts[];

void migrate_conf_init(struct migrate_conf *conf);
void migrate_conf_free(struct migrate_conf *conf);
int migrate_conf_check(struct tool *t, struct migrate_conf *conf);

unsigned int migrate_moves(const struct migrate_conf *conf);
int migrate_target(const struct migrate_conf *conf, unsigned int move);

#endif /* DCBM_MIGRATE_CONF_H */
