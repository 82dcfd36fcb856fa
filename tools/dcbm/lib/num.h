/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Numbers on the command line. All functions return 0, or -EINVAL and leave the result
 * unchanged; the whole word must be a number, without sign and blanks.
 */
#ifndef DCBM_NUM_H
#define DCBM_NUM_H

#include <stdint.h>

int num_u64(const char *text, uint64_t min, uint64_t max, uint64_t *value);
int num_size(const char *text, uint64_t *bytes);
int num_seconds(const char *text, uint64_t *ns);
int num_range(const char *text, uint64_t *start, uint64_t *end);
int num_pair(const char *text, uint64_t max, uint64_t *a, uint64_t *b);

#endif /* DCBM_NUM_H */
