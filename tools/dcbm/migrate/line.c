// SPDX-License-Identifier: GPL-2.0-only
/*
 * Cachelines that identify the write they come from. All accesses are relaxed atomics with
 * fences between them: the compiler can neither split, merge nor drop a store, and a concurrent
 * reader is no data race. Each line has one writer only.
 */
#include <errno.h>
#include <stdbool.h>

#include "migrate/line.h"

#define WORD_INDEX	0u
#define WORD_BEGIN	1u
#define WORD_BODY	2u
#define WORD_END	7u

const char *const line_state_names[NR_LINE_STATES] = {
	[LINE_OK] = "ok",
	[LINE_STALE] = "stale",
	[LINE_AHEAD] = "ahead",
	[LINE_FOREIGN] = "foreign",
	[LINE_TORN] = "torn",
};

static uint64_t get(const struct line *line, unsigned int word)
{
	return __atomic_load_n(&line->word[word], __ATOMIC_RELAXED);
}

static void put(struct line *line, unsigned int word, uint64_t value)
{
	__atomic_store_n(&line->word[word], value, __ATOMIC_RELAXED);
}

/* A bijection: lines with different index or sequence number differ in each word of the body. */
static uint64_t mix(uint64_t salt, uint32_t index, uint32_t seq)
{
	uint64_t x = salt ^ ((uint64_t)index << 32 | seq);

	x ^= x >> 32;
	x *= 0xd6e8feb86659fd93ULL;
	x ^= x >> 32;
	x *= 0xd6e8feb86659fd93ULL;
	return x ^ (x >> 32);
}

/* Odd factors keep the words of the body bijective and different from each other. */
static uint64_t body(uint64_t mixed, unsigned int word)
{
	return mixed * (2 * word + 1);
}

/**
 * line_write() - write a line
 * @line: the line; only its writer may call this
 * @salt: the same for all lines of a memory, different for each memory
 * @index: index of the line in its memory
 * @seq: sequence number of the write
 */
void line_write(struct line *line, uint64_t salt, uint32_t index, uint32_t seq)
{
	uint64_t mixed = mix(salt, index, seq);
	unsigned int i;

	put(line, WORD_BEGIN, seq);
	__atomic_thread_fence(__ATOMIC_RELEASE);
	put(line, WORD_INDEX, index);
	for (i = WORD_BODY; i < WORD_END; i++)
		put(line, i, body(mixed, i));
	__atomic_thread_fence(__ATOMIC_RELEASE);
	put(line, WORD_END, seq);
}

static bool is_write(const struct line *line, uint64_t salt, uint64_t index, uint64_t seq)
{
	uint64_t mixed = mix(salt, (uint32_t)index, (uint32_t)seq);
	unsigned int i;

	if (index > UINT32_MAX || seq > UINT32_MAX)
		return false;
	if (get(line, WORD_INDEX) != index || get(line, WORD_BEGIN) != seq ||
	    get(line, WORD_END) != seq)
		return false;
	for (i = WORD_BODY; i < WORD_END; i++)
		if (get(line, i) != body(mixed, i))
			return false;
	return true;
}

/**
 * line_judge() - compare a line with its last write
 * @line: line without a concurrent write
 * @salt: see line_write()
 * @index: see line_write()
 * @seq: sequence number of the last write
 *
 * Return: The state of the line.
 */
enum line_state line_judge(const struct line *line, uint64_t salt, uint32_t index,
			   uint32_t seq)
{
	uint64_t found = get(line, WORD_BEGIN);

	if (is_write(line, salt, index, seq))
		return LINE_OK;
	if (!is_write(line, salt, get(line, WORD_INDEX), found))
		return LINE_TORN;
	if (get(line, WORD_INDEX) != index)
		return LINE_FOREIGN;
	return found < seq ? LINE_STALE : LINE_AHEAD;
}

void line_copy(const struct line *line, struct line *copy)
{
	unsigned int i;

	for (i = 0; i < LINE_WORDS; i++)
		copy->word[i] = get(line, i);
}

/**
 * line_read() - copy a line while its writer may run
 * @line: line
 * @copy: gets the line
 *
 * The end is read first and the beginning last: if both are equal, no write began before the
 * copy was complete.
 *
 * Return: 0, or -EAGAIN if the line was being written.
 */
int line_read(const struct line *line, struct line *copy)
{
	uint64_t end, begin;
	unsigned int i;

	end = get(line, WORD_END);
	__atomic_thread_fence(__ATOMIC_ACQUIRE);
	copy->word[WORD_INDEX] = get(line, WORD_INDEX);
	for (i = WORD_BODY; i < WORD_END; i++)
		copy->word[i] = get(line, i);
	__atomic_thread_fence(__ATOMIC_ACQUIRE);
	begin = get(line, WORD_BEGIN);
	copy->word[WORD_BEGIN] = begin;
	copy->word[WORD_END] = end;
	return begin == end ? 0 : -EAGAIN;
}
