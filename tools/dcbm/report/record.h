/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Recording a command by trace-cmd.
 */
#ifndef DCBM_RECORD_H
#define DCBM_RECORD_H

#include <stdint.h>

struct tool;

/* Most events besides the driver's. */
#define RECORD_EVENTS	32

/**
 * struct record_event - an event, or a system of events
 * @name: as trace-cmd has it
 * @filter: of the kernel, only what it holds for is recorded; NULL for all
 */
struct record_event {
	const char *name;
	const char *filter;
};

/**
 * struct record_conf - what is recorded, and how
 * @file: where to
 * @clock: by which clock
 * @buffer_bytes: trace buffer per CPU
 * @event: events besides the driver's
 * @nr_events: how many
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
