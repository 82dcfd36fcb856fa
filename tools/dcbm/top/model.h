/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the driver did between two looks at its statistics.
 */
#ifndef DCBM_TOP_MODEL_H
#define DCBM_TOP_MODEL_H

#include <stddef.h>

struct json_object;

/** top_files - the statistics that a sample has, ended by NULL */
extern const char *const top_files[];

struct json_object *top_rates(struct json_object *before, struct json_object *after);

#endif /* DCBM_TOP_MODEL_H */
