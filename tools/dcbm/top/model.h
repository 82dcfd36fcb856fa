/* SPDX-License-Identifier: GPL-2.0-only */
/* Rates of the driver's statistics */
#ifndef DCBM_TOP_MODEL_H
#define DCBM_TOP_MODEL_H

#include <stddef.h>

struct json_object;

/** top_files - statistics of a sample, ended by NULL */
extern const char *const top_files[];

struct json_object *top_rates(struct json_object *before, struct json_object *after);

#endif /* DCBM_TOP_MODEL_H */
