// SPDX-License-Identifier: GPL-2.0-only
/*
 * Progress line, painted by a thread of its own. The lock protects label and stop, and is held
 * between progress_pause() and progress_resume(). The counters are atomic, so that workers never
 * wait for the painting thread.
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "lib/progress.h"
#include "lib/term.h"

#define NS_PER_S	1000000000ULL
#define REPAINT_NS	200000000L

uint64_t now_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (uint64_t)ts.tv_sec * NS_PER_S + (uint64_t)ts.tv_nsec;
}

static void paint(struct progress *p)
{
	uint64_t done = __atomic_load_n(&p->done, __ATOMIC_RELAXED);
	uint64_t total = __atomic_load_n(&p->total, __ATOMIC_RELAXED);
	double seconds = (double)(now_ns() - p->begin_ns) / NS_PER_S;

	if (total)
		fprintf(stderr, "\r\033[K%s: %.0f %%, %.0f s", p->label,
			100.0 * (double)done / (double)total, seconds);
	else
		fprintf(stderr, "\r\033[K%s: %.0f s", p->label, seconds);
	fflush(stderr);
}

static void *painter(void *arg)
{
	struct progress *p = arg;
	struct timespec next;

	pthread_mutex_lock(&p->lock);
	while (!p->stop) {
		paint(p);
		clock_gettime(CLOCK_MONOTONIC, &next);
		next.tv_nsec += REPAINT_NS;
		if (next.tv_nsec >= (long)NS_PER_S) {
			next.tv_nsec -= NS_PER_S;
			next.tv_sec++;
		}
		pthread_cond_timedwait(&p->wake, &p->lock, &next);
	}
	pthread_mutex_unlock(&p->lock);
	fprintf(stderr, "\r\033[K");
	fflush(stderr);
	return NULL;
}

/**
 * progress_start() - show progress if stderr is a terminal
 * @p: state
 * @label: name of the work
 * @total: sum of all progress_add(), 0 if unknown
 */
void progress_start(struct progress *p, const char *label, uint64_t total)
{
	pthread_condattr_t attr;
	sigset_t all, old;

	memset(p, 0, sizeof(*p));
	p->total = total;
	p->begin_ns = now_ns();
	snprintf(p->label, sizeof(p->label), "%s", label);
	if (!is_terminal(stderr))
		return;
	pthread_mutex_init(&p->lock, NULL);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&p->wake, &attr);
	pthread_condattr_destroy(&attr);

	/* Signals must interrupt the system call of the worker, not this thread. */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &old);
	p->on = !pthread_create(&p->thread, NULL, painter, p);
	pthread_sigmask(SIG_SETMASK, &old, NULL);
}

void progress_label(struct progress *p, const char *label)
{
	if (!p->on)
		return;
	pthread_mutex_lock(&p->lock);
	snprintf(p->label, sizeof(p->label), "%s", label);
	pthread_mutex_unlock(&p->lock);
}

/* Erases the line, so that other text can be printed, until progress_resume(). */
void progress_pause(struct progress *p)
{
	if (!p->on)
		return;
	pthread_mutex_lock(&p->lock);
	fprintf(stderr, "\r\033[K");
	fflush(stderr);
}

void progress_resume(struct progress *p)
{
	if (!p->on)
		return;
	pthread_cond_signal(&p->wake);
	pthread_mutex_unlock(&p->lock);
}

void progress_total(struct progress *p, uint64_t total)
{
	__atomic_store_n(&p->total, total, __ATOMIC_RELAXED);
}

/* Reports finished work, from any thread. */
void progress_add(struct progress *p, uint64_t work)
{
	__atomic_fetch_add(&p->done, work, __ATOMIC_RELAXED);
}

void progress_stop(struct progress *p)
{
	if (!p->on)
		return;
	pthread_mutex_lock(&p->lock);
	p->stop = true;
	pthread_cond_signal(&p->wake);
	pthread_mutex_unlock(&p->lock);
	pthread_join(p->thread, NULL);
	pthread_cond_destroy(&p->wake);
	pthread_mutex_destroy(&p->lock);
	p->on = false;
}
