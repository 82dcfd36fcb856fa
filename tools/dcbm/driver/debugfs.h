/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The driver's debugfs folder.
 */
#ifndef DCBM_DEBUGFS_H
#define DCBM_DEBUGFS_H

#include <stdbool.h>

struct json_object;
struct text;
struct tool;

bool driver_loaded(const struct tool *t);
int debugfs_read(struct tool *t, const char *file, struct text *text);
int debugfs_load(struct tool *t, const char *file, struct json_object **obj);
int debugfs_open_write(struct tool *t, const char *file);
int debugfs_write(int fd, const char *text);

#endif /* DCBM_DEBUGFS_H */
