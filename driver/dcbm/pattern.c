// SPDX-License-Identifier: GPL-2.0-only
/*
 * Patterns: the content of test batches
 */
#include "pattern.h"

/*
 * Finaliser of SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number
 * Generators, OOPSLA 2014). A word depends on the seed and its offset only.
 */
static u64 dcbm_mix(u64 z)
{
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
	return z ^ (z >> 31);
}

/* The increment of SplitMix64, the golden ratio in 64 bits */
#define DCBM_GOLDEN	0x9e3779b97f4a7c15ULL

/* The word at @offset, in bytes from the start of the batch; a multiple of 8 */
u64 dcbm_pattern_word(const struct dcbm_pattern *pattern, u64 offset)
{
	u64 word = 0;

	switch (pattern->fill) {
	case DCBM_FILL_ONES:
		word = ~0ULL;
		break;
	case DCBM_FILL_COUNTER:
		word = offset;
		break;
	case DCBM_FILL_RANDOM:
		word = dcbm_mix(dcbm_mix(pattern->seed) +
				(offset / sizeof(word) + 1) * DCBM_GOLDEN);
		break;
	default:
		break;
	}
	return pattern->invert ? ~word : word;
}

/* Fill memory at @offset of the batch. @len and @offset are multiples of 8. */
void dcbm_pattern_fill(const struct dcbm_pattern *pattern, void *mem, size_t len,
		       u64 offset)
{
	u64 *word = mem;
	size_t i;

	for (i = 0; i < len / sizeof(*word); i++)
		word[i] = dcbm_pattern_word(pattern, offset + i * sizeof(*word));
}

/*
 * Compare memory with the pattern at @offset of the batch. Returns the number of wrong
 * words. If this is not 0, @first is set to the offset of the first wrong word in @mem.
 */
size_t dcbm_pattern_check(const struct dcbm_pattern *pattern, const void *mem,
			  size_t len, u64 offset, size_t *first)
{
	const u64 *word = mem;
	size_t i, wrong = 0;

	for (i = 0; i < len / sizeof(*word); i++) {
		if (word[i] == dcbm_pattern_word(pattern,
						 offset + i * sizeof(*word)))
			continue;
		if (!wrong++)
			*first = i * sizeof(*word);
	}
	return wrong;
}
