/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Progress of long work, on a terminal.
 */
#ifndef DCBM_PROGRESS_H
#define DCBM_PROGRESS_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

/**
 * struct progress - a line on stderr
 * @label: name of the work
 * @done: finished part of @total; @done and @total are atomic
 * @total: all work; 0 if unknown, then only the time is shown
 * @begin_ns: start time
 * @thread: thread that repaints the line, valid if @on
 * @lock: protects @label and @stop
 * @wake: wakes up the thread at the end, and after progress_resume()
 * @on: stderr is a terminal and the thread runs
 * @stop: request to end the thread
 */
struct progress {
	char label[48];
	uint64_t done;
	uint64_t total;
	uint64_t begin_ns;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	bool on;
	bool stop;
};

uint64_t now_ns(void);
void progress_start(struct progress *p, const char *label, uint64_t total);
void progress_label(struct progress *p, const char *label);
void progress_pause(struct progress *p);
void progress_resume(struct progress *p);
void progress_total(struct progress *p, uint64_t total);
void progress_add(struct progress *p, uint64_t work);
void progress_stop(struct progress *p);

#endif /* DCBM_PROGRESS_H */
