/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A run of dcbm migrate and its jobs.
 */
#ifndef DCBM_MIGRATE_JOB_H
#define DCBM_MIGRATE_JOB_H

#include "lib/progress.h"
#include "migrate/move.h"

struct migrate_conf;
struct tool;

/**
 * struct migrate_run - state of a run
 * @t: run of the tool
 * @conf: what to move, and how
 * @ops: move_pages(2) or its replacement in a test
 * @progress: line on the terminal
 */
struct migrate_run {
	struct tool *t;
	const struct migrate_conf *conf;
	const struct move_ops *ops;
	struct progress progress;
};

void migrate_job_init(struct migrate_run *run, struct move_job *job);
int migrate_error(struct tool *t, const struct migrate_conf *conf, int err);

#endif /* DCBM_MIGRATE_JOB_H */
