/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Patterns: the content of test batches
 */
#ifndef _DCBM_PATTERN_H
#define _DCBM_PATTERN_H

#include <linux/types.h>
#include <uapi/linux/dcbm.h>

/* Content of a batch. @seed is for DCBM_FILL_RANDOM. @invert changes every bit. */
struct dcbm_pattern {
	enum dcbm_fill fill;
	u64 seed;
	bool invert;
};

u64 dcbm_pattern_word(const struct dcbm_pattern *pattern, u64 offset);
void dcbm_pattern_fill(const struct dcbm_pattern *pattern, void *mem, size_t len,
		       u64 offset);
size_t dcbm_pattern_check(const struct dcbm_pattern *pattern, const void *mem,
			  size_t len, u64 offset, size_t *first);

#endif /* _DCBM_PATTERN_H */
