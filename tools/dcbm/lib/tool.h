/* SPDX-License-Identifier: GPL-2.0-only */
/* A run of the tool: mount points, result, exit status */
#ifndef DCBM_TOOL_H
#define DCBM_TOOL_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "lib/util.h"

struct cmd;
struct json_object;

/**
 * enum tool_status - exit status of the tool, and what commands return
 * @TOOL_HELPED: help was printed, there is no result; exits 0
 * @TOOL_OK: success
 * @TOOL_FAILED: a check failed
 * @TOOL_USAGE: invalid command line, nothing was done
 * @TOOL_ENV: something is missing on this machine
 * @TOOL_SIGNAL: plus the number of the signal that ended the run
 */
enum tool_status {
	TOOL_HELPED = -1,
	TOOL_OK = 0,
	TOOL_FAILED = 1,
	TOOL_USAGE = 2,
	TOOL_ENV = 3,
	TOOL_SIGNAL = 128,
};

/**
 * struct tool - one run
 * @cmd: the command, NULL while the options before it are parsed
 * @result: result of the command, owned; text and JSON are both made from the result
 * @show: @result is complete enough to be shown as text
 * @json: print @result as JSON
 * @out: stream for text that is printed while the command runs
 * @debugfs_given: the user chose @debugfs, which then need not be a mount point
 * @sysfs: where sysfs is mounted
 * @debugfs: where debugfs is mounted
 * @procfs: where procfs is mounted
 * @modules: folder with a module folder per kernel
 * @error: line for stderr, empty without an error
 */
struct tool {
	const struct cmd *cmd;
	struct json_object *result;
	bool show;
	bool json;
	FILE *out;
	bool debugfs_given;
	char sysfs[PATH_MAX];
	char debugfs[PATH_MAX];
	char procfs[PATH_MAX];
	char modules[PATH_MAX];
	char error[640];
};

void tool_init(struct tool *t);
int tool_fail(struct tool *t, int status, const char *fmt, ...) __printf(3, 4);
int tool_set_dir(struct tool *t, char *dir, const char *value);

#endif /* DCBM_TOOL_H */
