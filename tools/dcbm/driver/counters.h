/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The driver's counters before and after.
 */
#ifndef DCBM_COUNTERS_H
#define DCBM_COUNTERS_H

#include <stdint.h>

struct json_object;
struct term;
struct tool;

struct json_object *driver_look(const struct tool *t);
struct json_object *driver_compare(struct json_object *before, struct json_object *after,
				   uint64_t moved);
void driver_print(struct term *term, struct json_object *driver);

#endif /* DCBM_COUNTERS_H */
