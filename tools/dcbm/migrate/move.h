/* SPDX-License-Identifier: GPL-2.0-only */
/* Moving folios to a node by move_pages(2), with statistics of the outcome */
#ifndef DCBM_MOVE_H
#define DCBM_MOVE_H

#include <stdint.h>

#include "migrate/folios.h"

struct progress;

/* Above every errno. */
#define MOVE_ERRNOS	134

/** struct move_ops - move_pages(2), or its replacement in a test */
struct move_ops {
	int (*move_pages)(int pid, unsigned long nr, void **pages, const int *nodes,
			  int *status, int flags);
};

extern const struct move_ops move_ops_numa;

/**
 * struct move_stats - outcome of moving folios
 * @calls: calls that moved pages
 * @call_errno: calls that failed as a whole, by errno
 * @tried: folios in these calls, counted for each attempt
 * @ok: attempts after which all pages of the folio were on the node
 * @by_errno: failed attempts, by the folio's status from move_pages(2)
 * @not_moved: failed attempts without a status
 * @gone: attempts after which the folio was no longer mapped
 * @moved_folios: folios moved; a split folio counts as its pages
 * @moved_pages: pages moved
 * @active_pages: part of @moved_pages that moved while writers wrote
 * @already_pages: pages that were on the node already
 * @failed_folios: folios that did not move in any retry
 * @failed_pages: pages of these folios
 * @retried: folios that were retried
 * @wall_ns: duration of all rounds
 * @call_ns: duration of all calls, summed over threads
 */
struct move_stats {
	uint64_t calls;
	uint64_t call_errno[MOVE_ERRNOS];
	uint64_t tried;
	uint64_t ok;
	uint64_t by_errno[MOVE_ERRNOS];
	uint64_t not_moved;
	uint64_t gone;
	uint64_t moved_folios;
	uint64_t moved_pages;
	uint64_t active_pages;
	uint64_t already_pages;
	uint64_t failed_folios;
	uint64_t failed_pages;
	uint64_t retried;
	uint64_t wall_ns;
	uint64_t call_ns;
};

/**
 * struct move_job - parameters of a move
 * @ops: move_pages(2) or its replacement
 * @pid: process, 0 for this one
 * @threads: threads that share each list, at least 1
 * @batch: maximum number of pages per call, at least 1; a larger folio has its own call
 * @retries: number of retries of folios that did not move
 * @flags: for move_pages(2)
 * @page_size: bytes per page
 * @moving: atomic: number of calls in progress
 * @writes: returns the number of writes to the memory so far, NULL without writers
 * @writes_arg: for @writes
 * @progress: advances once per page and list; may be NULL
 * @stats: outcome
 */
struct move_job {
	const struct move_ops *ops;
	int pid;
	unsigned int threads;
	unsigned int batch;
	unsigned int retries;
	int flags;
	size_t page_size;
	uint64_t moving;
	uint64_t (*writes)(void *arg);
	void *writes_arg;
	struct progress *progress;
	struct move_stats stats;
};

int move_folios(struct move_job *job, const struct folio_list *list, int node);
int move_count(struct move_job *job, const struct folio_list *list, int node,
	       uint64_t *there, uint64_t *elsewhere);

#endif /* DCBM_MOVE_H */
