/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Moving folios to a node by move_pages(2), and counting what became of them.
 */
#ifndef DCBM_MOVE_H
#define DCBM_MOVE_H

#include <stdint.h>

#include "migrate/folios.h"

struct progress;

/* Above every errno. */
#define MOVE_ERRNOS	134

/** struct move_ops - move_pages(2), or what a test puts in its place */
struct move_ops {
	int (*move_pages)(int pid, unsigned long nr, void **pages, const int *nodes,
			  int *status, int flags);
};

extern const struct move_ops move_ops_numa;

/**
 * struct move_stats - what became of the folios
 * @calls: calls that moved pages
 * @call_errno: calls that failed as a whole, by errno
 * @tried: folios named in these calls, each time anew
 * @ok: attempts after which all pages of the folio were on the node
 * @by_errno: failed attempts, by what move_pages(2) said of the folio
 * @not_moved: failed attempts of which it said nothing
 * @gone: attempts after which the folio was not mapped any more
 * @moved_folios: folios moved; a folio that was split counts by page
 * @moved_pages: pages moved
 * @active_pages: those of @moved_pages that moved while writers wrote
 * @already_pages: pages that were on the node before
 * @failed_folios: folios left where they were after all retries
 * @failed_pages: their pages
 * @retried: folios tried again
 * @wall_ns: time in which pages were being moved
 * @call_ns: the same, added over threads
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
 * struct move_job - how to move
 * @ops: who moves
 * @pid: process, 0 for this one
 * @threads: threads that share each list, at least 1
 * @batch: most pages per call, at least 1; a larger folio is a call of its own
 * @retries: how often folios that did not move are tried again
 * @flags: for move_pages(2)
 * @page_size: bytes a page
 * @moving: atomic: calls under way now
 * @writes: counts the writes made to the memory up to now, NULL if nobody does
 * @writes_arg: for @writes
 * @progress: gets each page once for each list; may be NULL
 * @stats: what became of the folios
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
