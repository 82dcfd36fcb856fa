/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Mappings of a process.
 */
#ifndef DCBM_MAPS_H
#define DCBM_MAPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct areas;

bool maps_wanted(const char *line, uint64_t *start, uint64_t *end);
int maps_read(const char *procfs, int pid, struct areas *areas);
int64_t smaps_value(const char *procfs, const void *base, const char *key);

#endif /* DCBM_MAPS_H */
