// SPDX-License-Identifier: GPL-2.0-only
/* Moving folios, with a fake move_pages(2) */
#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>

#include "fixture.h"
#include "lib/progress.h"
#include "lib/util.h"
#include "migrate/move.h"

#define PAGES		64u
#define FIRST		0x100000UL

/*
 * The memory of the fake kernel: a node or an errno per page. The lock protects it against
 * several threads.
 */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct {
	int where[PAGES];
	unsigned int folio_pages;
	unsigned int busy[PAGES];	/* attempts that end with -EBUSY in the status */
	unsigned int pinned[PAGES];	/* attempts that fail without a status */
	unsigned int split[PAGES];	/* the folio is split by the move */
	int fail_errno;			/* every call fails as a whole */
	int fail_moves;			/* every call that moves pages fails as a whole */
	unsigned int calls;
	unsigned int named;
	unsigned int largest;
	uint64_t writes;
} k;

static size_t page_size(void)
{
	return (size_t)sysconf(_SC_PAGESIZE);
}

static unsigned int page_of(const void *addr)
{
	unsigned int page = (unsigned int)(((uintptr_t)addr - FIRST) / page_size());

	assert_true(page < PAGES);
	return page;
}

static void move_one(unsigned int page, int node)
{
	unsigned int i, pages = k.split[page] ? 1 : k.folio_pages;

	for (i = 0; i < pages; i++)
		if (k.where[page + i] >= 0)
			k.where[page + i] = node;
}

/*
 * Like do_pages_move(): -EBUSY is written to the status, and the pages gathered before are
 * moved. If a page fails then, this page and the pages gathered with it have no status, and the
 * pages after them are not tried.
 */
static int fake_move_pages(int pid, unsigned long nr, void **pages, const int *nodes,
			   int *status, int flags)
{
	unsigned long i;
	int failed = 0;

	(void)flags;
	assert_int_equal(pid, 4711);
	if (k.fail_errno) {
		errno = k.fail_errno;
		return -1;
	}
	if (!nodes) {
		for (i = 0; i < nr; i++)
			status[i] = k.where[page_of(pages[i])];
		return 0;
	}
	pthread_mutex_lock(&lock);
	k.calls++;
	if (k.fail_moves) {
		pthread_mutex_unlock(&lock);
		errno = k.fail_moves;
		return -1;
	}
	k.named += (unsigned int)nr;
	if (nr > k.largest)
		k.largest = (unsigned int)nr;
	k.writes += 3;
	for (i = 0; i < nr; i++) {
		unsigned int page = page_of(pages[i]);

		if (k.busy[page]) {
			k.busy[page]--;
			status[i] = -EBUSY;
			if (failed) {
				failed += (int)(nr - i - 1);
				break;
			}
		} else if (k.pinned[page]) {
			k.pinned[page]--;
			failed++;
		} else if (k.where[page] >= 0) {
			move_one(page, nodes[i]);
			if (!failed)
				status[i] = nodes[i];
		} else {
			status[i] = k.where[page];
		}
	}
	pthread_mutex_unlock(&lock);
	return failed;
}

static const struct move_ops fake_ops = { .move_pages = fake_move_pages };

static void job_init(struct move_job *job, unsigned int folio_pages)
{
	memset(&k, 0, sizeof(k));
	k.folio_pages = folio_pages;
	*job = (struct move_job) {
		.ops = &fake_ops,
		.pid = 4711,
		.threads = 1,
		.batch = 16,
		.retries = 3,
		.page_size = page_size(),
	};
}

static void list_init(struct folio_list *list, unsigned int folio_pages)
{
	unsigned int i;

	*list = (struct folio_list) { .v = NULL };
	for (i = 0; i < PAGES; i += folio_pages)
		assert_int_equal(folio_add(list, FIRST + i * page_size(), folio_pages), 0);
}

static void test_all(void **state)
{
	struct folio_list list;
	uint64_t there, elsewhere;
	struct move_job job;

	(void)state;
	job_init(&job, 1);
	list_init(&list, 1);
	assert_int_equal(move_folios(&job, &list, 1), 0);
	assert_int_equal(job.stats.moved_folios, PAGES);
	assert_int_equal(job.stats.moved_pages, PAGES);
	assert_int_equal(job.stats.ok, PAGES);
	assert_int_equal(job.stats.tried, PAGES);
	assert_int_equal(job.stats.calls, PAGES / 16);
	assert_int_equal(k.largest, 16);
	assert_int_equal(job.stats.retried, 0);
	assert_int_equal(job.stats.failed_pages, 0);
	assert_int_equal(job.stats.active_pages, 0);
	assert_int_equal(job.moving, 0);
	assert_int_equal(move_count(&job, &list, 1, &there, &elsewhere), 0);
	assert_int_equal(there, PAGES);
	assert_int_equal(elsewhere, 0);

	/* Pages that are on the node already are not passed to move_pages(). */
	assert_int_equal(move_folios(&job, &list, 1), 0);
	assert_int_equal(job.stats.moved_pages, PAGES);
	assert_int_equal(job.stats.already_pages, PAGES);
	assert_int_equal(k.calls, PAGES / 16);
	folios_free(&list);
}

/* A large folio is passed once, by its head, and the batch size is in pages. */
static void test_large(void **state)
{
	struct folio_list list;
	struct move_job job;

	(void)state;
	job_init(&job, 8);
	list_init(&list, 8);
	assert_int_equal(move_folios(&job, &list, 1), 0);
	assert_int_equal(job.stats.moved_folios, PAGES / 8);
	assert_int_equal(job.stats.moved_pages, PAGES);
	assert_int_equal(k.named, PAGES / 8);
	assert_int_equal(k.largest, 2);
	/* A folio larger than the batch has a call of its own. */
	job.batch = 1;
	assert_int_equal(move_folios(&job, &list, 0), 0);
	assert_int_equal(job.stats.moved_pages, 2 * PAGES);
	assert_int_equal(k.named, 2 * PAGES / 8);
	folios_free(&list);
}

/* A folio that is split during the move is finished page by page. */
static void test_split(void **state)
{
	struct folio_list list;
	struct move_job job;
	unsigned int i;

	(void)state;
	job_init(&job, 8);
	list_init(&list, 8);
	for (i = 16; i < 24; i++)
		k.split[i] = 1;
	assert_int_equal(move_folios(&job, &list, 1), 0);
	assert_int_equal(job.stats.moved_pages, PAGES);
	/* Seven whole folios, and the eight pages of the split folio */
	assert_int_equal(job.stats.moved_folios, PAGES / 8 - 1 + 8);
	assert_int_equal(job.stats.retried, 7);
	assert_int_equal(job.stats.not_moved, 1);
	assert_int_equal(job.stats.failed_pages, 0);
	folios_free(&list);
}

static void test_busy(void **state)
{
	struct folio_list list;
	struct move_job job;

	(void)state;
	job_init(&job, 1);
	list_init(&list, 1);
	k.busy[5] = 2;
	k.busy[40] = UINT_MAX;
	assert_int_equal(move_folios(&job, &list, 1), 0);
	assert_int_equal(job.stats.moved_pages, PAGES - 1);
	assert_int_equal(job.stats.failed_pages, 1);
	assert_int_equal(job.stats.failed_folios, 1);
	/* Folio 5: two of three attempts fail. Folio 40: all four fail. */
	assert_int_equal(job.stats.by_errno[EBUSY], 2 + 4);
	assert_int_equal(job.stats.retried, 2 + 2 + 1);
	assert_int_equal(k.where[40], 0);
	folios_free(&list);
}

/* Failures without a status are found by a query. */
static void test_silent(void **state)
{
	struct folio_list list;
	struct move_job job;

	(void)state;
	job_init(&job, 1);
	list_init(&list, 1);
	k.pinned[0] = 1;
	k.pinned[20] = UINT_MAX;
	assert_int_equal(move_folios(&job, &list, 1), 0);
	assert_int_equal(job.stats.not_moved, 1 + 4);
	assert_int_equal(job.stats.moved_pages, PAGES - 1);
	assert_int_equal(job.stats.ok, PAGES - 1);
	assert_int_equal(job.stats.failed_pages, 1);
	folios_free(&list);
}

/* Folios after two folios that always fail are moved, as each retry makes smaller calls. */
static void test_held_up(void **state)
{
	struct folio_list list;
	struct move_job job;

	(void)state;
	job_init(&job, 1);
	list_init(&list, 1);
	k.pinned[0] = UINT_MAX;
	k.busy[1] = UINT_MAX;
	job.batch = PAGES;
	job.retries = 6;
	assert_int_equal(move_folios(&job, &list, 1), 0);
	assert_int_equal(job.stats.moved_pages, PAGES - 2);
	assert_int_equal(job.stats.failed_pages, 2);
	folios_free(&list);
}

static void test_gone(void **state)
{
	struct folio_list list;
	struct move_job job;
	unsigned int i;

	(void)state;
	job_init(&job, 1);
	list_init(&list, 1);
	for (i = 0; i < 10; i++)
		k.where[i] = i % 2 ? -ENOENT : -EFAULT;
	assert_int_equal(move_folios(&job, &list, 1), 0);
	assert_int_equal(job.stats.tried, PAGES - 10);
	assert_int_equal(job.stats.moved_pages, PAGES - 10);
	assert_int_equal(job.stats.failed_pages, 0);
	folios_free(&list);
}

static void test_call_fails(void **state)
{
	struct folio_list list;
	struct move_job job;

	(void)state;
	job_init(&job, 1);
	list_init(&list, 1);
	k.fail_errno = ESRCH;
	assert_int_equal(move_folios(&job, &list, 1), -ESRCH);
	k.fail_errno = EPERM;
	assert_int_equal(move_folios(&job, &list, 1), -EPERM);
	assert_int_equal(job.stats.moved_pages, 0);

	/* The process ended during the move: no further call is made. */
	k.fail_errno = 0;
	k.fail_moves = ESRCH;
	assert_int_equal(move_folios(&job, &list, 1), -ESRCH);
	assert_int_equal(k.calls, 1);
	assert_int_equal(job.stats.call_errno[ESRCH], 1);

	/* ENOMEM leads to a retry. */
	k.fail_moves = ENOMEM;
	assert_int_equal(move_folios(&job, &list, 1), 0);
	assert_int_equal(job.stats.failed_pages, PAGES);
	assert_true(job.stats.call_errno[ENOMEM] > 4);
	folios_free(&list);
}

static void test_threads(void **state)
{
	static const unsigned int threads[] = { 2, 3, 7, 64, 100 };
	struct folio_list list;
	struct move_job job;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(threads); i++) {
		job_init(&job, 1);
		list_init(&list, 1);
		job.threads = threads[i];
		job.batch = 4;
		assert_int_equal(move_folios(&job, &list, 1), 0);
		assert_int_equal(job.stats.moved_pages, PAGES);
		assert_int_equal(job.stats.tried, PAGES);
		assert_int_equal(k.named, PAGES);
		folios_free(&list);
	}
}

static uint64_t fake_writes(void *arg)
{
	(void)arg;
	return k.writes;
}

static void test_active(void **state)
{
	struct folio_list list;
	struct move_job job;

	(void)state;
	job_init(&job, 1);
	list_init(&list, 1);
	job.writes = fake_writes;
	assert_int_equal(move_folios(&job, &list, 1), 0);
	assert_int_equal(job.stats.active_pages, PAGES);
	folios_free(&list);
}

static void test_progress(void **state)
{
	struct progress progress = { .on = false };
	struct folio_list list;
	struct move_job job;

	(void)state;
	job_init(&job, 1);
	list_init(&list, 1);
	k.busy[3] = 2;
	k.where[9] = 1;
	job.progress = &progress;
	assert_int_equal(move_folios(&job, &list, 1), 0);
	assert_int_equal(progress.done, PAGES);
	folios_free(&list);
}

int main(void)
{
	const struct test_entry tests[] = {
		cmocka_unit_test(test_all),
		cmocka_unit_test(test_large),
		cmocka_unit_test(test_split),
		cmocka_unit_test(test_busy),
		cmocka_unit_test(test_silent),
		cmocka_unit_test(test_held_up),
		cmocka_unit_test(test_gone),
		cmocka_unit_test(test_call_fails),
		cmocka_unit_test(test_threads),
		cmocka_unit_test(test_active),
		cmocka_unit_test(test_progress),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
