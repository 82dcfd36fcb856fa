// SPDX-License-Identifier: GPL-2.0-only
/**
 * DOC: Check that no write is lost while memory moves
 *
 * Every cacheline of the memory has its own index and the sequence number of its last write
 * (see line.h). Each line has one writer, which keeps the sequence number of its last write in
 * other memory. Before each write the writer checks that the line still has that number. Lines
 * of different writers alternate within each page. In each pass a writer writes one line of every
 * page, and in the next pass another line.
 *
 * Readers read lines that they do not write. They check that a line is complete, has the right
 * index, and never gets an older sequence number.
 *
 * A writer that finds a wrong line writes the line again, so that each loss is counted once.
 * Mismatches found by writers and by the final check are lost writes. Mismatches found by
 * readers are counted separately, as writers find most of the same lines as well.
 *
 * The lock protects the mismatches. Sequence numbers need no lock, as each is used by one thread
 * only. All other shared data are atomic.
 */
#include <errno.h>
#include <stdalign.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#include "lib/progress.h"
#include "migrate/verify.h"

/* Sequence number of the write that fills the memory; 0 is no write. */
#define SEQ_FIRST	1u

/*
 * Length of a burst. Writers pause four times as long, readers eight times: on few and slow
 * CPUs the threads that move pages need time, and an idle CPU needs no TLB flush. The kernel
 * keeps the pages of a batch unmapped for about a millisecond on a fast machine, and for tens
 * of milliseconds on an emulated one, so that some writes hit nearly every batch.
 */
#define BURST_NS	250000ULL
#define WRITER_REST_NS	1000000L
#define READER_REST_NS	2000000L

/* Operations between two checks of the clock */
#define BURST_CHECK	16u

static void count(uint64_t *counter)
{
	/* One thread adds, others read: no locked instruction is needed. */
	__atomic_store_n(counter, *counter + 1, __ATOMIC_RELAXED);
}

static bool stopping(struct verify *v)
{
	return __atomic_load_n(&v->stop, __ATOMIC_RELAXED);
}

/* Pauses after a burst. Returns whether the threads must end, which is checked only here. */
static bool rest_or_stop(struct verify *v, struct verify_worker *w, long rest_ns)
{
	struct timespec rest = { .tv_nsec = rest_ns };

	if (w->ops % BURST_CHECK)
		return false;
	if (now_ns() - w->burst_ns >= BURST_NS) {
		nanosleep(&rest, NULL);
		w->burst_ns = now_ns();
	}
	return stopping(v);
}

static void note(struct verify *v, enum verify_by by, enum line_state state, uint32_t index,
		 uint32_t expected, const struct line *found)
{
	pthread_mutex_lock(&v->lock);
	v->count[by][state]++;
	if (v->nr_kept < VERIFY_KEPT)
		v->kept[v->nr_kept++] = (struct mismatch) {
			.by = by,
			.state = state,
			.line = index,
			.found_line = found->word[0],
			.expected = expected,
			.found = found->word[1],
		};
	pthread_mutex_unlock(&v->lock);
}

static void check(struct verify *v, enum verify_by by, uint32_t index)
{
	enum line_state state = line_judge(&v->line[index], v->salt, index, v->last[index]);
	struct line copy;

	if (state == LINE_OK)
		return;
	line_copy(&v->line[index], &copy);
	note(v, by, state, index, v->last[index], &copy);
}

/*
 * Line number @turn of member @id of a team of @team in the page that begins at line @page.
 * Line i of each page belongs to member i % @team.
 */
static uint32_t own_line(const struct verify *v, uint64_t page, unsigned int id,
			 unsigned int team, uint64_t turn)
{
	unsigned int own = (v->page_lines - id + team - 1) / team;

	return (uint32_t)(page + id + turn % own * team);
}

/* Checks and writes one line in every page. Returns early when the threads must stop. */
void verify_write_pass(struct verify *v, struct verify_worker *w)
{
	uint64_t page;

	for (page = 0; page < v->nr_lines; page += v->page_lines) {
		uint32_t index = own_line(v, page, w->id, v->nr_writers, w->passes);
		uint32_t seq = v->last[index] + 1;

		check(v, BY_WRITER, index);
		v->last[index] = seq;
		line_write(&v->line[index], v->salt, index, seq);
		count(&w->ops);
		if (v->moving && __atomic_load_n(v->moving, __ATOMIC_RELAXED))
			count(&w->in_flight);
		if (rest_or_stop(v, w, WRITER_REST_NS))
			return;
	}
	count(&w->passes);
}

static void read_line(struct verify *v, struct verify_worker *w, uint32_t index)
{
	enum line_state state;
	struct line copy;
	uint32_t found;

	count(&w->ops);
	if (line_read(&v->line[index], &copy)) {
		count(&w->busy);
		return;
	}
	found = (uint32_t)copy.word[1];
	state = line_judge(&copy, v->salt, index, found);
	if (state == LINE_OK && found < v->seen[index])
		state = LINE_STALE;
	if (state == LINE_OK)
		v->seen[index] = found;
	else
		note(v, BY_READER, state, index, v->seen[index], &copy);
}

/* Checks one line in every page. */
void verify_read_pass(struct verify *v, struct verify_worker *w)
{
	uint64_t page;

	for (page = 0; page < v->nr_lines; page += v->page_lines) {
		read_line(v, w, own_line(v, page, w->id, v->nr_readers, w->passes));
		if (rest_or_stop(v, w, READER_REST_NS))
			return;
	}
	count(&w->passes);
}

static void *writer(void *arg)
{
	struct verify_worker *w = arg;
	struct verify *v = w->v;

	while (!stopping(v)) {
		verify_write_pass(v, w);
		pthread_mutex_lock(&v->lock);
		pthread_cond_broadcast(&v->passed);
		pthread_mutex_unlock(&v->lock);
	}
	return NULL;
}

static void *reader(void *arg)
{
	struct verify_worker *w = arg;

	while (!stopping(w->v))
		verify_read_pass(w->v, w);
	return NULL;
}

/**
 * verify_init() - fill memory with lines
 * @v: gets the state
 * @base: the memory, page aligned
 * @size: its size in bytes, a multiple of the page size, at most VERIFY_MAX_BYTES
 * @writers: number of writers, 1 to lines per page
 * @readers: number of readers, 0 to lines per page
 * @moving: counter that is not 0 while pages are being moved, or NULL
 *
 * Filling faults the pages in, so that the memory policy of the thread applies.
 *
 * Return: 0 or -ENOMEM.
 */
int verify_init(struct verify *v, void *base, size_t size, unsigned int writers,
		unsigned int readers, const uint64_t *moving)
{
	pthread_condattr_t attr;
	uint32_t i;

	memset(v, 0, sizeof(*v));
	v->line = base;
	v->nr_lines = (uint32_t)(size / LINE_SIZE);
	v->page_lines = (unsigned int)((size_t)sysconf(_SC_PAGESIZE) / LINE_SIZE);
	v->nr_writers = writers;
	v->nr_readers = readers;
	v->moving = moving;
	/* Lines that a previous run left in these pages must not be valid. */
	if (getrandom(&v->salt, sizeof(v->salt), GRND_NONBLOCK) != sizeof(v->salt))
		v->salt = now_ns() ^ (uintptr_t)base;
	v->last = malloc(v->nr_lines * sizeof(*v->last));
	v->seen = calloc(v->nr_lines, sizeof(*v->seen));
	v->worker = aligned_alloc(alignof(struct verify_worker),
				  (writers + readers) * sizeof(*v->worker));
	if (!v->last || !v->seen || !v->worker) {
		free(v->last);
		free(v->seen);
		free(v->worker);
		return -ENOMEM;
	}
	memset(v->worker, 0, (writers + readers) * sizeof(*v->worker));
	for (i = 0; i < writers + readers; i++) {
		v->worker[i].v = v;
		v->worker[i].id = i < writers ? i : i - writers;
	}
	pthread_mutex_init(&v->lock, NULL);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&v->passed, &attr);
	pthread_condattr_destroy(&attr);
	for (i = 0; i < v->nr_lines; i++) {
		line_write(&v->line[i], v->salt, i, SEQ_FIRST);
		v->last[i] = SEQ_FIRST;
	}
	return 0;
}

void verify_destroy(struct verify *v)
{
	pthread_cond_destroy(&v->passed);
	pthread_mutex_destroy(&v->lock);
	free(v->last);
	free(v->seen);
	free(v->worker);
}

/**
 * verify_start() - start writers and readers
 * @v: memory
 *
 * Return: 0, or a negative errno; then no thread runs.
 */
int verify_start(struct verify *v)
{
	unsigned int i;
	int ret;

	v->began_ns = now_ns();
	for (i = 0; i < v->nr_writers + v->nr_readers; i++) {
		struct verify_worker *w = &v->worker[i];

		ret = pthread_create(&w->thread, NULL, i < v->nr_writers ? writer : reader, w);
		if (ret) {
			verify_stop(v);
			return -ret;
		}
		w->running = true;
	}
	return 0;
}

static bool all_passed(struct verify *v, const uint64_t *from, uint64_t passes)
{
	unsigned int i;

	for (i = 0; i < v->nr_writers; i++)
		if (__atomic_load_n(&v->worker[i].passes, __ATOMIC_RELAXED) < from[i] + passes)
			return false;
	return true;
}

/**
 * verify_wait_passes() - wait for passes of all writers through the whole memory
 * @v: memory, its threads running
 * @passes: number of passes from now on
 * @seconds: longest wait
 *
 * Return: 0, -ETIMEDOUT or -ENOMEM.
 */
int verify_wait_passes(struct verify *v, uint64_t passes, unsigned int seconds)
{
	uint64_t *from = calloc(v->nr_writers, sizeof(*from));
	struct timespec until;
	unsigned int i;
	int ret = 0;

	if (!from)
		return -ENOMEM;
	for (i = 0; i < v->nr_writers; i++)
		from[i] = __atomic_load_n(&v->worker[i].passes, __ATOMIC_RELAXED);
	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += seconds;
	pthread_mutex_lock(&v->lock);
	while (!ret && !all_passed(v, from, passes))
		ret = -pthread_cond_timedwait(&v->passed, &v->lock, &until);
	pthread_mutex_unlock(&v->lock);
	free(from);
	return ret;
}

void verify_stop(struct verify *v)
{
	unsigned int i;

	__atomic_store_n(&v->stop, true, __ATOMIC_RELAXED);
	for (i = 0; i < v->nr_writers + v->nr_readers; i++) {
		if (v->worker[i].running)
			pthread_join(v->worker[i].thread, NULL);
		v->worker[i].running = false;
	}
	v->ended_ns = now_ns();
}

/* Checks every line. All threads must have ended. */
void verify_final(struct verify *v)
{
	uint32_t i;

	for (i = 0; i < v->nr_lines; i++)
		check(v, BY_FINAL, i);
}

uint64_t verify_writes(struct verify *v)
{
	uint64_t sum = 0;
	unsigned int i;

	for (i = 0; i < v->nr_writers; i++)
		sum += __atomic_load_n(&v->worker[i].ops, __ATOMIC_RELAXED);
	return sum;
}

static uint64_t sum_of(const struct verify *v, enum verify_by by)
{
	uint64_t sum = 0;
	unsigned int i;

	for (i = 0; i < NR_LINE_STATES; i++)
		sum += v->count[by][i];
	return sum;
}

/* Returns the mismatches found by writers and by the final check. */
uint64_t verify_lost(const struct verify *v)
{
	return sum_of(v, BY_WRITER) + sum_of(v, BY_FINAL);
}

/* Returns the mismatches found by readers. */
uint64_t verify_misread(const struct verify *v)
{
	return sum_of(v, BY_READER);
}
