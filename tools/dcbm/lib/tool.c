// SPDX-License-Identifier: GPL-2.0-only
/* State of a run: mount points, result, exit status */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/tool.h"

static void dir_from(char *dir, const char *env, const char *fallback)
{
	const char *value = getenv(env);

	snprintf(dir, PATH_MAX, "%s", value && *value ? value : fallback);
}

void tool_init(struct tool *t)
{
	const char *debugfs = getenv("DCBM_DEBUGFS");

	memset(t, 0, sizeof(*t));
	t->debugfs_given = debugfs && *debugfs;
	t->out = stdout;
	dir_from(t->sysfs, "DCBM_SYSFS", "/sys");
	dir_from(t->debugfs, "DCBM_DEBUGFS", "/sys/kernel/debug");
	dir_from(t->procfs, "DCBM_PROCFS", "/proc");
	dir_from(t->modules, "DCBM_MODULES", "/lib/modules");
}

/**
 * tool_fail() - note why the run fails
 * @t: run
 * @status: exit status, see enum tool_status
 * @fmt: one line without newline: what is wrong and how to fix it
 *
 * The first reason is kept, as later failures are mostly consequences.
 *
 * Return: @status.
 */
int tool_fail(struct tool *t, int status, const char *fmt, ...)
{
	va_list args;

	if (t->error[0])
		return status;
	va_start(args, fmt);
	vsnprintf(t->error, sizeof(t->error), fmt, args);
	va_end(args);
	return status;
}

int tool_set_dir(struct tool *t, char *dir, const char *value)
{
	if (!*value || strlen(value) >= PATH_MAX)
		return tool_fail(t, TOOL_USAGE, "a folder name must have 1 to %d bytes",
				 PATH_MAX - 1);
	snprintf(dir, PATH_MAX, "%s", value);
	if (dir == t->debugfs)
		t->debugfs_given = true;
	return 0;
}
