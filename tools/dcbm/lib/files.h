/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Small files of sysfs and procfs, paths, mount points.
 */
#ifndef DCBM_FILES_H
#define DCBM_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "lib/util.h"

struct tool;

/** struct text - content of a file; @len does not count the NUL after it */
struct text {
	char *buf;
	size_t len;
};

int text_read(const char *path, struct text *text);
void text_free(struct text *text);
char *text_line(const char *path);
bool path_exists(const char *fmt, ...) __printf(1, 2);
bool link_name(const char *path, char *name, size_t len);

bool is_mounted(const char *path, unsigned long magic);
bool tracefs_find(const struct tool *t, char *dir, size_t len);
bool program_find(const char *name, char *file, size_t len);

#endif /* DCBM_FILES_H */
