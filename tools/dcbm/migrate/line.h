/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Cachelines that tell which write they hold.
 */
#ifndef DCBM_LINE_H
#define DCBM_LINE_H

#include <stdint.h>

#define LINE_SIZE	64u
#define LINE_WORDS	8u

/**
 * struct line - one cacheline
 * @word: index of the line, sequence number, five words mixed from salt, index and
 *	sequence number, sequence number again. The second is written first and
 *	the last is written last, so that a reader can tell a line in the making.
 */
struct line {
	uint64_t word[LINE_WORDS];
};

/**
 * enum line_state - what a line holds, compared with what was written last
 * @LINE_OK: just that
 * @LINE_STALE: an earlier write: a later one was lost
 * @LINE_AHEAD: a later write, which nobody made
 * @LINE_FOREIGN: a whole line of another place
 * @LINE_TORN: parts of several writes, or no line at all
 */
enum line_state { LINE_OK, LINE_STALE, LINE_AHEAD, LINE_FOREIGN, LINE_TORN, NR_LINE_STATES };

extern const char *const line_state_names[NR_LINE_STATES];

void line_write(struct line *line, uint64_t salt, uint32_t index, uint32_t seq);
enum line_state line_judge(const struct line *line, uint64_t salt, uint32_t index,
			   uint32_t seq);
int line_read(const struct line *line, struct line *copy);
void line_copy(const struct line *line, struct line *copy);

#endif /* DCBM_LINE_H */
