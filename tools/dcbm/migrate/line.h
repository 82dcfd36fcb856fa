/* SPDX-License-Identifier: GPL-2.0-only */
/* Cachelines that identify the write they come from */
#ifndef DCBM_LINE_H
#define DCBM_LINE_H

#include <stdint.h>

#define LINE_SIZE	64u
#define LINE_WORDS	8u

/**
 * struct line - one cacheline
 * @word: index of the line, sequence number, five words mixed from salt, index and sequence
 *	number, sequence number again. The first sequence number is written first and the
 *	second is written last, so that a reader detects an incomplete write.
 */
struct line {
	uint64_t word[LINE_WORDS];
};

/**
 * enum line_state - content of a line, compared with the last write
 * @LINE_OK: the last write
 * @LINE_STALE: an earlier write: a later write was lost
 * @LINE_AHEAD: a later write, which no writer made
 * @LINE_FOREIGN: a complete line of another index
 * @LINE_TORN: parts of several writes, or no line
 * @NR_LINE_STATES: number of states
 */
enum line_state { LINE_OK, LINE_STALE, LINE_AHEAD, LINE_FOREIGN, LINE_TORN, NR_LINE_STATES };

extern const char *const line_state_names[NR_LINE_STATES];

void line_write(struct line *line, uint64_t salt, uint32_t index, uint32_t seq);
enum line_state line_judge(const struct line *line, uint64_t salt, uint32_t index,
			   uint32_t seq);
int line_read(const struct line *line, struct line *copy);
void line_copy(const struct line *line, struct line *copy);

#endif /* DCBM_LINE_H */
