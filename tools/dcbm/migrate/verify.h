/* SPDX-License-Identifier: GPL-2.0-only */
/* Threads that write and read memory while it moves, and check its content */
#ifndef DCBM_VERIFY_H
#define DCBM_VERIFY_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/util.h"
#include "migrate/line.h"

struct json_object;

/* Mismatches that are kept with all details; further mismatches are only counted. */
#define VERIFY_KEPT	8

/* The number of lines of a memory is a u32. */
#define VERIFY_MAX_BYTES	((uint64_t)UINT32_MAX * LINE_SIZE)

/** enum verify_by - finder of a mismatch */
enum verify_by { BY_WRITER, BY_READER, BY_FINAL, NR_VERIFY_BY };

/**
 * struct mismatch - a line with a wrong content
 * @by: finder
 * @state: content of the line
 * @line: index of the line
 * @found_line: index in the line
 * @expected: sequence number of the last write; for a reader, the highest sequence number read
 * @found: sequence number in the line
 */
struct mismatch {
	enum verify_by by;
	enum line_state state;
	uint32_t line;
	uint64_t found_line;
	uint32_t expected;
	uint64_t found;
};

/**
 * struct verify_worker - a thread
 * @v: memory under test
 * @id: index of the writer or reader
 * @ops: writes or reads; atomic, like all counters here
 * @in_flight: writes while pages were being moved
 * @busy: reads that failed because the line was being written
 * @passes: passes through all pages
 * @burst_ns: start of the current burst
 * @thread: valid if @running
 * @running: the thread must be joined
 */
struct verify_worker {
	struct verify *v;
	unsigned int id;
	uint64_t ops;
	uint64_t in_flight;
	uint64_t busy;
	uint64_t passes;
	uint64_t burst_ns;
	pthread_t thread;
	bool running;
} __aligned(128);

/**
 * struct verify - memory under test
 * @line: the memory
 * @nr_lines: size in lines
 * @page_lines: lines per page
 * @salt: see line_write()
 * @last: sequence number of the last write to each line, written by the writer of the
 *	line only. Outside of the memory under test, like @seen.
 * @seen: highest sequence number that the reader of the line has seen
 * @nr_writers: writers, at most @page_lines
 * @nr_readers: readers, at most @page_lines
 * @worker: writers, then readers
 * @moving: atomic: number of move_pages(2) calls in progress, owned by the caller
 * @stop: atomic: request to end the threads
 * @began_ns: start of the threads
 * @ended_ns: end of the threads
 * @lock: protects the following members
 * @passed: signalled at the end of a writer's pass
 * @count: mismatches found
 * @kept: the first mismatches
 * @nr_kept: number of @kept
 */
struct verify {
	struct line *line;
	uint32_t nr_lines;
	unsigned int page_lines;
	uint64_t salt;
	uint32_t *last;
	uint32_t *seen;
	unsigned int nr_writers;
	unsigned int nr_readers;
	struct verify_worker *worker;
	const uint64_t *moving;
	bool stop;
	uint64_t began_ns;
	uint64_t ended_ns;
	pthread_mutex_t lock;
	pthread_cond_t passed;
	uint64_t count[NR_VERIFY_BY][NR_LINE_STATES];
	struct mismatch kept[VERIFY_KEPT];
	unsigned int nr_kept;
};

int verify_init(struct verify *v, void *base, size_t size, unsigned int writers,
		unsigned int readers, const uint64_t *moving);
void verify_destroy(struct verify *v);
int verify_start(struct verify *v);
int verify_wait_passes(struct verify *v, uint64_t passes, unsigned int seconds);
void verify_stop(struct verify *v);
void verify_final(struct verify *v);
void verify_write_pass(struct verify *v, struct verify_worker *w);
void verify_read_pass(struct verify *v, struct verify_worker *w);

uint64_t verify_writes(struct verify *v);
uint64_t verify_lost(const struct verify *v);
uint64_t verify_misread(const struct verify *v);

#endif /* DCBM_VERIFY_H */
