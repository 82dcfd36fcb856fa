// SPDX-License-Identifier: GPL-2.0-only
/**
 * DOC: Moving folios to a node
 *
 * move_pages(2) reports a page that did not move in two ways: by an errno in its status, or by
 * a positive return value. In the second case the pages that failed have no status, and the
 * pages after them were not tried (see do_pages_move() in the kernel). The status alone is
 * therefore not sufficient. After each round the node of every page is queried, by the same
 * call without target nodes, and the folios that are elsewhere are tried again, a limited
 * number of times.
 *
 * The threads share a list in adjacent parts, so that their calls make batches at the same
 * time. One thread queries the nodes between the rounds; this time is not measured.
 */
#include <errno.h>
#include <limits.h>
#include <numa.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "lib/progress.h"
#include "lib/sig.h"
#include "migrate/move.h"

/* A status that the kernel never writes: neither node nor errno */
#define STATUS_UNSET	INT_MIN

/* Pages per query */
#define ASK_CHUNK	16384u

/* Delay before the first retry; doubled before each further retry, up to a maximum. */
#define PAUSE_FIRST_NS	1000000L
#define PAUSE_LAST_NS	256000000L

const struct move_ops move_ops_numa = { .move_pages = numa_move_pages };

/* A thread's part of a round */
struct mover {
	struct move_job *job;
	struct folio *folio;
	size_t nr;
	int node;
	unsigned int batch;
	struct progress *progress;
	uint64_t tried;
	uint64_t calls;
	uint64_t call_ns;
	uint64_t call_errno[MOVE_ERRNOS];
	int ret;
	pthread_t thread;
};

/* Arguments of a call of move_pages(2) */
struct call {
	void **page;
	int *node;
	int *status;
	unsigned int room;
};

static int call_init(struct call *call, unsigned int room, int node)
{
	unsigned int i;

	call->room = room;
	call->page = calloc(room, sizeof(*call->page));
	call->node = calloc(room, sizeof(*call->node));
	call->status = calloc(room, sizeof(*call->status));
	if (!call->page || !call->node || !call->status)
		return -ENOMEM;
	for (i = 0; i < room; i++)
		call->node[i] = node;
	return 0;
}

static void call_free(struct call *call)
{
	free(call->page);
	free(call->node);
	free(call->status);
}

/* Adds folios up to the batch size. Returns their number. */
static unsigned int gather(struct call *call, const struct folio *folio, size_t nr,
			   unsigned int batch)
{
	uint64_t pages = 0;
	unsigned int n;

	for (n = 0; n < nr && n < call->room; n++) {
		pages += folio[n].pages;
		if (n && pages > batch)
			break;
		call->page[n] = (void *)(uintptr_t)folio[n].addr;
		call->status[n] = STATUS_UNSET;
	}
	return n;
}

/* Errors after which further calls for this process are useless */
static bool is_final(int err)
{
	return err == ESRCH || err == EPERM || err == EINVAL;
}

static void move_call(struct mover *m, struct call *call, struct folio *folio, unsigned int nr)
{
	struct move_job *job = m->job;
	uint64_t before = job->writes ? job->writes(job->writes_arg) : 0;
	uint64_t begin = now_ns();
	bool active;
	unsigned int i;
	int ret, err;

	__atomic_fetch_add(&job->moving, 1, __ATOMIC_RELAXED);
	ret = job->ops->move_pages(job->pid, nr, call->page, call->node, call->status,
				   job->flags);
	err = errno;
	__atomic_fetch_sub(&job->moving, 1, __ATOMIC_RELAXED);

	m->call_ns += now_ns() - begin;
	m->calls++;
	m->tried += nr;
	active = job->writes && job->writes(job->writes_arg) != before;
	for (i = 0; i < nr; i++) {
		folio[i].status = call->status[i];
		folio[i].tried = true;
		folio[i].active = active;
	}
	if (ret >= 0)
		return;
	if (err < MOVE_ERRNOS)
		m->call_errno[err]++;
	if (is_final(err))
		m->ret = -err;
}

static void *mover(void *arg)
{
	struct mover *m = arg;
	struct call call;
	size_t i = 0;

	m->ret = call_init(&call, m->batch, m->node);
	while (!m->ret && i < m->nr && !sig_caught()) {
		unsigned int j, nr = gather(&call, m->folio + i, m->nr - i, m->batch);
		uint64_t pages = 0;

		for (j = 0; j < nr; j++)
			pages += m->folio[i + j].pages;
		move_call(m, &call, m->folio + i, nr);
		if (m->progress)
			progress_add(m->progress, pages);
		i += nr;
	}
	call_free(&call);
	return NULL;
}

static void mover_account(struct mover *m)
{
	struct move_stats *stats = &m->job->stats;
	unsigned int i;

	stats->calls += m->calls;
	stats->tried += m->tried;
	stats->call_ns += m->call_ns;
	for (i = 0; i < MOVE_ERRNOS; i++)
		stats->call_errno[i] += m->call_errno[i];
}

/* Moves all folios of the list once, by all threads. */
static int move_round(struct move_job *job, struct folio_list *list, int node,
		      unsigned int batch, struct progress *progress)
{
	struct mover *m = calloc(job->threads, sizeof(*m));
	uint64_t begin = now_ns();
	unsigned int i, started;
	int ret = 0;

	if (!m)
		return -ENOMEM;
	for (started = 0; started < job->threads; started++) {
		size_t from = list->nr * started / job->threads;
		size_t to = list->nr * (started + 1) / job->threads;

		m[started] = (struct mover) {
			.job = job,
			.folio = list->v + from,
			.nr = to - from,
			.node = node,
			.batch = batch,
			.progress = progress,
		};
		ret = -pthread_create(&m[started].thread, NULL, mover, &m[started]);
		if (ret)
			break;
	}
	for (i = 0; i < started; i++)
		pthread_join(m[i].thread, NULL);
	job->stats.wall_ns += now_ns() - begin;
	for (i = 0; i < started; i++) {
		mover_account(&m[i]);
		ret = ret ?: m[i].ret;
	}
	free(m);
	return ret;
}

/*
 * Returns the node, or a negative errno, of every page of the list, to be freed. NULL with the
 * errno in @err after a failure.
 */
static int *ask(struct move_job *job, const struct folio_list *list, int *err)
{
	void **page = calloc(ASK_CHUNK, sizeof(*page));
	int *where = malloc((list->pages + 1) * sizeof(*where));
	const struct folio *folio = list->v;
	uint64_t done = 0;
	uint32_t at = 0;

	*err = -ENOMEM;
	if (!page || !where)
		goto fail;
	while (done < list->pages) {
		unsigned int n;

		for (n = 0; n < ASK_CHUNK && done + n < list->pages; n++) {
			page[n] = (void *)(uintptr_t)(folio->addr + at * job->page_size);
			if (++at == folio->pages) {
				folio++;
				at = 0;
			}
		}
		if (job->ops->move_pages(job->pid, n, page, NULL, where + done, 0) < 0) {
			*err = -errno;
			goto fail;
		}
		done += n;
	}
	free(page);
	*err = 0;
	return where;
fail:
	free(page);
	free(where);
	return NULL;
}

/* Number of pages of a folio on the node and on other nodes */
struct tally {
	uint32_t there;
	uint32_t left;
};

static struct tally tally(const int *where, uint32_t pages, int node)
{
	struct tally sum = { .there = 0 };
	uint32_t i;

	for (i = 0; i < pages; i++) {
		sum.there += where[i] == node;
		sum.left += where[i] >= 0 && where[i] != node;
	}
	return sum;
}

/* Counts an attempt after which a part of the folio is still on another node. */
static void count_failure(struct move_stats *stats, const struct folio *folio)
{
	int err = -folio->status;

	if (!folio->tried)
		return;
	if (folio->status != STATUS_UNSET && err > 0 && err < MOVE_ERRNOS)
		stats->by_errno[err]++;
	else
		stats->not_moved++;
}

static void count_moved(struct move_stats *stats, const struct folio *folio, struct tally sum)
{
	stats->moved_pages += sum.there;
	stats->active_pages += folio->active ? sum.there : 0;
	if (sum.left) {
		/* The folio was split, and its pages moved as folios of their own. */
		stats->moved_folios += sum.there;
		count_failure(stats, folio);
	} else if (sum.there) {
		stats->moved_folios++;
		stats->ok++;
	} else {
		stats->gone++;
	}
}

/* Adds the pages of a split folio that are still on another node to @todo. */
static int add_left(struct folio_list *todo, const struct folio *folio, const int *where,
		    int node, size_t page_size)
{
	uint32_t i;
	int ret = 0;

	for (i = 0; i < folio->pages && !ret; i++)
		if (where[i] >= 0 && where[i] != node)
			ret = folio_add(todo, folio->addr + i * page_size, 1);
	return ret;
}

/*
 * Queries the nodes, updates the counters, and puts folios that are elsewhere on @todo. @first
 * is true before the first attempt to move the folios.
 */
static int sift(struct move_job *job, const struct folio_list *list, int node, bool first,
		struct folio_list *todo)
{
	struct move_stats *stats = &job->stats;
	const int *at;
	int *where;
	size_t i;
	int ret;

	folios_clear(todo);
	where = ask(job, list, &ret);
	for (i = 0, at = where; !ret && i < list->nr; i++) {
		const struct folio *folio = &list->v[i];
		struct tally sum = tally(at, folio->pages, node);

		if (first)
			stats->already_pages += sum.there;
		else
			count_moved(stats, folio, sum);
		if (sum.left && (first || sum.left == folio->pages))
			ret = folio_add(todo, folio->addr, folio->pages);
		else if (sum.left)
			ret = add_left(todo, folio, at, node, job->page_size);
		at += folio->pages;
	}
	free(where);
	return ret;
}

static void pause_before(unsigned int round)
{
	long ns = PAUSE_FIRST_NS;
	struct timespec ts;

	while (--round && ns < PAUSE_LAST_NS)
		ns *= 2;
	ts = (struct timespec) { .tv_nsec = ns };
	nanosleep(&ts, NULL);
}

/**
 * move_folios() - move folios to a node
 * @job: parameters and statistics
 * @list: folios
 * @node: target node
 *
 * Each retry halves the batch: a call does not try the folios after a failed folio, so a folio
 * that always fails would block the same folios each time.
 *
 * Return: 0 even if folios could not be moved, see the stats; -ESRCH if the process
 * has ended; -EINTR after a signal; another negative errno if nothing can be moved.
 */
int move_folios(struct move_job *job, const struct folio_list *list, int node)
{
	struct folio_list todo = { .v = NULL }, next = { .v = NULL };
	unsigned int round;
	int ret;

	ret = sift(job, list, node, true, &todo);
	if (!ret && job->progress)
		progress_add(job->progress, list->pages - todo.pages);
	for (round = 0; !ret && todo.nr && round <= job->retries; round++) {
		unsigned int batch = round < 32 ? job->batch >> round : 0;
		struct folio_list swap;

		if (round) {
			job->stats.retried += todo.nr;
			pause_before(round);
		}
		ret = move_round(job, &todo, node, batch ?: 1, round ? NULL : job->progress);
		if (!ret)
			ret = sift(job, &todo, node, false, &next);
		if (!ret && sig_caught())
			ret = -EINTR;
		swap = todo;
		todo = next;
		next = swap;
	}
	if (!ret) {
		job->stats.failed_folios += todo.nr;
		job->stats.failed_pages += todo.pages;
	}
	folios_free(&todo);
	folios_free(&next);
	return ret;
}

/**
 * move_count() - count pages by place
 * @job: has the process
 * @list: pages
 * @node: node
 * @there: gets the number of pages on @node
 * @elsewhere: gets the number of pages on other nodes
 *
 * Return: 0 or a negative errno.
 */
int move_count(struct move_job *job, const struct folio_list *list, int node,
	       uint64_t *there, uint64_t *elsewhere)
{
	uint64_t i;
	int *where;
	int ret;

	where = ask(job, list, &ret);
	if (ret)
		return ret;
	*there = 0;
	*elsewhere = 0;
	for (i = 0; i < list->pages; i++) {
		*there += where[i] == node;
		*elsewhere += where[i] >= 0 && where[i] != node;
	}
	free(where);
	return 0;
}
