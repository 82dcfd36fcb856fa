// SPDX-License-Identifier: GPL-2.0-only
/* The verifier detects each corruption, and reports no other. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fixture.h"
#include "lib/progress.h"
#include "lib/util.h"
#include "migrate/damage.h"
#include "migrate/verify.h"

#define PAGES		8u
#define WAIT_SECONDS	60u
#define SALT		0x5a17ULL

struct bed {
	struct verify v;
	void *base;
	size_t size;
};

static void bed_make(struct bed *bed, unsigned int writers, unsigned int readers,
		     const uint64_t *moving)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);

	bed->size = PAGES * page;
	bed->base = aligned_alloc(page, bed->size);
	assert_non_null(bed->base);
	assert_int_equal(verify_init(&bed->v, bed->base, bed->size, writers, readers, moving), 0);
}

static void bed_free(struct bed *bed)
{
	verify_destroy(&bed->v);
	free(bed->base);
}

/* One pass of every writer in this thread, so that the result is reproducible */
static void write_all(struct bed *bed)
{
	unsigned int i;

	for (i = 0; i < bed->v.nr_writers; i++)
		verify_write_pass(&bed->v, &bed->v.worker[i]);
}

static void read_all(struct bed *bed)
{
	unsigned int i;

	for (i = 0; i < bed->v.nr_readers; i++)
		verify_read_pass(&bed->v, &bed->v.worker[bed->v.nr_writers + i]);
}

static uint64_t found(const struct bed *bed, enum line_state state)
{
	return bed->v.count[BY_WRITER][state] + bed->v.count[BY_FINAL][state];
}

static void test_line(void **state)
{
	struct line line, other;
	unsigned int i;

	(void)state;
	line_write(&line, SALT, 7, 5);
	assert_int_equal(line_judge(&line, SALT, 7, 5), LINE_OK);
	assert_int_equal(line_judge(&line, SALT, 7, 6), LINE_STALE);
	assert_int_equal(line_judge(&line, SALT, 7, 4), LINE_AHEAD);
	assert_int_equal(line_judge(&line, SALT, 8, 5), LINE_FOREIGN);
	/* Lines of a previous run in the same memory are not valid. */
	assert_int_equal(line_judge(&line, SALT + 1, 7, 5), LINE_TORN);
	memset(&other, 0, sizeof(other));
	assert_int_equal(line_judge(&other, SALT, 0, 0), LINE_TORN);

	/* Any word of another write and any flipped bit is detected. */
	line_write(&other, SALT, 7, 4);
	for (i = 1; i < LINE_WORDS; i++) {
		struct line torn = line;

		torn.word[i] = other.word[i];
		assert_int_equal(line_judge(&torn, SALT, 7, 5), LINE_TORN);
	}
	for (i = 0; i < LINE_SIZE * 8; i++) {
		struct line flipped = line;

		flipped.word[i / 64] ^= BIT_ULL(i % 64);
		assert_int_not_equal(line_judge(&flipped, SALT, 7, 5), LINE_OK);
	}
}

static void test_line_read(void **state)
{
	struct line line, copy;

	(void)state;
	line_write(&line, SALT, 7, 5);
	assert_int_equal(line_read(&line, &copy), 0);
	assert_memory_equal(&line, &copy, sizeof(line));
	/* State of the line during the next write */
	line.word[1] = 6;
	assert_int_equal(line_read(&line, &copy), -EAGAIN);
}

/* Number of lines of a page that belong to the writer of this line */
static unsigned int own_lines(const struct verify *v, uint32_t line)
{
	unsigned int i, own = 0;

	for (i = 0; i < v->page_lines; i++)
		own += i % v->nr_writers == line % v->page_lines % v->nr_writers;
	return own;
}

/* Each line has one writer, which writes its lines in turn, one per pass. */
static void test_ownership(void **state)
{
	static const unsigned int teams[] = { 1, 2, 3, 5, 7, 63, 64 };
	size_t t;

	(void)state;
	for (t = 0; t < ARRAY_SIZE(teams); t++) {
		unsigned int passes, pass, own;
		struct bed bed;
		uint32_t i;

		bed_make(&bed, teams[t], 0, NULL);
		passes = bed.v.page_lines;
		for (pass = 0; pass < passes; pass++)
			write_all(&bed);
		assert_int_equal(verify_writes(&bed.v), (uint64_t)passes * teams[t] * PAGES);
		for (i = 0; i < bed.v.nr_lines; i++) {
			own = own_lines(&bed.v, i);
			assert_true(bed.v.last[i] >= 1 + passes / own);
			assert_true(bed.v.last[i] <= 1 + (passes + own - 1) / own);
		}
		verify_final(&bed.v);
		assert_int_equal(verify_lost(&bed.v), 0);
		bed_free(&bed);
	}
}

static void test_clean(void **state)
{
	struct bed bed;
	int i;

	(void)state;
	bed_make(&bed, 3, 2, NULL);
	for (i = 0; i < 100; i++) {
		write_all(&bed);
		read_all(&bed);
	}
	verify_final(&bed.v);
	assert_int_equal(verify_lost(&bed.v), 0);
	assert_int_equal(verify_misread(&bed.v), 0);
	assert_int_equal(verify_writes(&bed.v), 3 * 100 * PAGES);
	bed_free(&bed);
}

/* A page gets its older content back: exactly the writes since then are lost. */
static void test_lost_page(void **state)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	char *old = malloc(page);
	struct bed bed;

	(void)state;
	bed_make(&bed, 2, 1, NULL);
	memcpy(old, (char *)bed.base + page, page);
	write_all(&bed);
	write_all(&bed);
	memcpy((char *)bed.base + page, old, page);
	verify_final(&bed.v);
	assert_int_equal(verify_lost(&bed.v), 4);
	assert_int_equal(found(&bed, LINE_STALE), 4);
	assert_int_equal(bed.v.nr_kept, 4);
	assert_int_equal(bed.v.kept[0].by, BY_FINAL);
	assert_int_equal(bed.v.kept[0].line / bed.v.page_lines, 1);
	assert_int_equal(bed.v.kept[0].expected, 2);
	assert_int_equal(bed.v.kept[0].found, 1);
	bed_free(&bed);
	free(old);
}

/* Writers detect a loss before they write, and count it once. */
static void test_lost_seen_by_writer(void **state)
{
	struct bed bed;
	unsigned int i;
	struct line old;

	(void)state;
	bed_make(&bed, 1, 0, NULL);
	write_all(&bed);
	line_copy(&bed.v.line[0], &old);
	for (i = 0; i < bed.v.page_lines; i++)
		write_all(&bed);
	memcpy(&bed.v.line[0], &old, sizeof(old));
	for (i = 0; i < 2 * bed.v.page_lines; i++)
		write_all(&bed);
	verify_final(&bed.v);
	assert_int_equal(bed.v.count[BY_WRITER][LINE_STALE], 1);
	assert_int_equal(verify_lost(&bed.v), 1);
	assert_int_equal(bed.v.kept[0].line, 0);
	bed_free(&bed);
}

static void test_damage(void **state)
{
	static const struct {
		enum damage_kind kind;
		enum line_state state;
	} cases[] = {
		{ DAMAGE_LOST, LINE_STALE },
		{ DAMAGE_TORN, LINE_TORN },
		{ DAMAGE_SWAP, LINE_FOREIGN },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct damage damage;
		struct bed bed;
		uint64_t want;

		bed_make(&bed, 2, 1, NULL);
		assert_int_equal(damage_prepare(&damage, cases[i].kind, &bed.v), 0);
		write_all(&bed);
		read_all(&bed);
		damage_do(&damage, &bed.v);
		verify_final(&bed.v);
		/* Two lines were written since the copy; a swap corrupts all lines of two pages. */
		want = 2;
		if (cases[i].kind == DAMAGE_SWAP)
			want *= bed.v.page_lines;
		assert_int_equal(found(&bed, cases[i].state), want);
		assert_int_equal(verify_lost(&bed.v), want);
		bed_free(&bed);
	}
}

static void test_reader(void **state)
{
	struct bed bed;
	struct line old;
	unsigned int i;

	(void)state;
	bed_make(&bed, 1, 1, NULL);
	line_copy(&bed.v.line[0], &old);
	write_all(&bed);
	for (i = 0; i < bed.v.page_lines; i++)
		read_all(&bed);
	assert_int_equal(verify_misread(&bed.v), 0);
	/* The line gets its older content back. */
	memcpy(&bed.v.line[0], &old, sizeof(old));
	for (i = 0; i < bed.v.page_lines; i++)
		read_all(&bed);
	assert_int_equal(bed.v.count[BY_READER][LINE_STALE], 1);
	assert_int_equal(bed.v.kept[0].expected, 2);
	assert_int_equal(bed.v.kept[0].found, 1);
	/* A body that no write has */
	line_write(&bed.v.line[0], bed.v.salt, 0, 2);
	bed.v.line[0].word[4] ^= 1;
	for (i = 0; i < bed.v.page_lines; i++)
		read_all(&bed);
	assert_int_equal(bed.v.count[BY_READER][LINE_TORN], 1);
	assert_int_equal(verify_lost(&bed.v), 0);
	bed_free(&bed);
}

/* Threads on all memory: no false alarm, and all counters increase. */
static void test_threads_clean(void **state)
{
	uint64_t moving = 1;
	struct bed bed;
	unsigned int i;

	(void)state;
	bed_make(&bed, 3, 2, &moving);
	assert_int_equal(verify_start(&bed.v), 0);
	assert_int_equal(verify_wait_passes(&bed.v, 200, WAIT_SECONDS), 0);
	verify_stop(&bed.v);
	verify_final(&bed.v);
	assert_int_equal(verify_lost(&bed.v), 0);
	assert_int_equal(verify_misread(&bed.v), 0);
	for (i = 0; i < 3; i++) {
		assert_true(bed.v.worker[i].ops >= 200 * PAGES);
		assert_int_equal(bed.v.worker[i].in_flight, bed.v.worker[i].ops);
	}
	bed_free(&bed);
}

static void test_threads_damage(void **state)
{
	unsigned int kind;

	(void)state;
	for (kind = DAMAGE_LOST; kind < NR_DAMAGE_KINDS; kind++) {
		struct damage damage;
		struct bed bed;

		bed_make(&bed, 2, 1, NULL);
		assert_int_equal(verify_start(&bed.v), 0);
		assert_int_equal(verify_wait_passes(&bed.v, 1, WAIT_SECONDS), 0);
		assert_int_equal(damage_prepare(&damage, (enum damage_kind)kind, &bed.v), 0);
		assert_int_equal(verify_wait_passes(&bed.v, 3, WAIT_SECONDS), 0);
		damage_do(&damage, &bed.v);
		verify_stop(&bed.v);
		verify_final(&bed.v);
		if (!verify_lost(&bed.v))
			fail_msg("damage '%s' was not found", damage_names[kind]);
		bed_free(&bed);
	}
}

static void test_wait_is_bounded(void **state)
{
	struct bed bed;

	(void)state;
	bed_make(&bed, 1, 0, NULL);
	/* No writer runs. */
	assert_int_equal(verify_wait_passes(&bed.v, 1, 1), -ETIMEDOUT);
	bed_free(&bed);
}

int main(void)
{
	const struct test_entry tests[] = {
		cmocka_unit_test(test_line),
		cmocka_unit_test(test_line_read),
		cmocka_unit_test(test_ownership),
		cmocka_unit_test(test_clean),
		cmocka_unit_test(test_lost_page),
		cmocka_unit_test(test_lost_seen_by_writer),
		cmocka_unit_test(test_damage),
		cmocka_unit_test(test_reader),
		cmocka_unit_test(test_threads_clean),
		cmocka_unit_test(test_threads_damage),
		cmocka_unit_test(test_wait_is_bounded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
