/* SPDX-License-Identifier: GPL-2.0-only */
/* Recording a command with trace-cmd */
#ifndef DCBM_RECORD_H
#define DCBM_RECORD_H

#include <stdint.h>

struct tool;

/* Maximum number of events besides the driver's events */
#define RECORD_EVENTS	32

/**
 * struct record_event - an event, or a system of events
 * @name: name for trace-cmd
 * @filter: event filter of the kernel, NULL to record all events
 */
struct record_event {
	const char *name;
	const char *filter;
};

/**
 * struct record_conf - what to record, and how
 * @file: name of the recording
 * @clock: trace clock
 * @buffer_bytes: trace buffer per CPU
 * @event: events besides the driver's
 * @nr_events: number of these events
 * @command: the command and its arguments, ended by NULL
 */
struct record_conf {
	const char *file;
	const char *clock;
	uint64_t buffer_bytes;
	struct record_event event[RECORD_EVENTS];
	unsigned int nr_events;
	char **command;
};

int record_run(struct tool *t, const struct record_conf *conf, int *status);

#endif /* DCBM_RECORD_H */
