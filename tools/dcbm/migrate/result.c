// SPDX-License-Identifier: GPL-2.0-only
/* The result of dcbm migrate, and the exit status that follows from it */
#include <string.h>

#include "lib/jutil.h"
#include "lib/sig.h"
#include "lib/tool.h"
#include "migrate/move.h"
#include "migrate/result.h"
#include "migrate/verify.h"

#define NS_PER_S	1e9

static void add_errnos(struct json_object *obj, const uint64_t *by_errno)
{
	int err;

	for (err = 1; err < MOVE_ERRNOS; err++)
		if (by_errno[err])
			jadd_u64(obj, strerrorname_np(err) ?: "unknown", by_errno[err]);
}

/* 1 byte per ns is 1000 MB/s; MB is 10^6 bytes, as in the driver's files. */
static void add_rate(struct json_object *obj, uint64_t bytes, uint64_t ns)
{
	jadd_dec(obj, "mbps", ns ? 1000.0 * (double)bytes / (double)ns : 0.0, 1);
}

void result_moves(struct json_object *part, const struct move_stats *stats, size_t page_size)
{
	struct json_object *status;

	jadd_u64(part, "moved_folios", stats->moved_folios);
	jadd_u64(part, "moved_pages", stats->moved_pages);
	jadd_u64(part, "moved_bytes", stats->moved_pages * page_size);
	jadd_u64(part, "already_pages", stats->already_pages);
	jadd_u64(part, "failed_folios", stats->failed_folios);
	jadd_u64(part, "failed_pages", stats->failed_pages);
	jadd_u64(part, "retried_folios", stats->retried);
	jadd_u64(part, "tried_folios", stats->tried);
	jadd_u64(part, "calls", stats->calls);
	jadd_u64(part, "wall_ns", stats->wall_ns);
	jadd_u64(part, "call_ns", stats->call_ns);
	add_rate(part, stats->moved_pages * page_size, stats->wall_ns);
	status = jadd_obj(part, "status");
	jadd_u64(status, "ok", stats->ok);
	if (stats->not_moved)
		jadd_u64(status, "not_moved", stats->not_moved);
	if (stats->gone)
		jadd_u64(status, "gone", stats->gone);
	add_errnos(status, stats->by_errno);
	add_errnos(jadd_obj(part, "call_errors"), stats->call_errno);
}

static void add_states(struct json_object *obj, const uint64_t *a, const uint64_t *b)
{
	int i;

	for (i = LINE_OK + 1; i < NR_LINE_STATES; i++)
		jadd_u64(obj, line_state_names[i], a[i] + (b ? b[i] : 0));
}

static void add_mismatch(struct json_object *arr, const struct mismatch *m)
{
	static const char *const by[NR_VERIFY_BY] = {
		[BY_WRITER] = "writer", [BY_READER] = "reader", [BY_FINAL] = "final",
	};
	struct json_object *row = jpush_obj(arr);

	jadd_str(row, "by", by[m->by]);
	jadd_str(row, "state", line_state_names[m->state]);
	jadd_u64(row, "offset", (uint64_t)m->line * LINE_SIZE);
	jadd_u64(row, "expected", m->expected);
	jadd_u64(row, "found", m->found);
	jadd_u64(row, "found_line", m->found_line);
	jadd_u64(row, "line", m->line);
}

/* Adds the counters of writers and readers, whose threads have ended. */
void result_verify(struct json_object *part, struct verify *v, uint64_t active_pages)
{
	struct json_object *obj = jadd_obj(part, "verify"), *arr;
	uint64_t in_flight = 0, reads = 0, busy = 0, passes = UINT64_MAX;
	double seconds = (double)(v->ended_ns - v->began_ns) / NS_PER_S;
	unsigned int i;

	for (i = 0; i < v->nr_writers; i++) {
		in_flight += v->worker[i].in_flight;
		if (v->worker[i].passes < passes)
			passes = v->worker[i].passes;
	}
	for (; i < v->nr_writers + v->nr_readers; i++) {
		reads += v->worker[i].ops;
		busy += v->worker[i].busy;
	}
	jadd_u64(obj, "lost_writes", verify_lost(v));
	add_states(jadd_obj(obj, "lost"), v->count[BY_WRITER], v->count[BY_FINAL]);
	jadd_u64(obj, "misreads", verify_misread(v));
	add_states(jadd_obj(obj, "misread"), v->count[BY_READER], NULL);
	jadd_u64(obj, "lines", v->nr_lines);
	jadd_u64(obj, "writers", v->nr_writers);
	jadd_u64(obj, "writes", verify_writes(v));
	jadd_u64(obj, "writes_in_flight", in_flight);
	jadd_dec(obj, "writes_per_s", seconds > 0 ? (double)verify_writes(v) / seconds : 0, 0);
	jadd_u64(obj, "passes", passes);
	jadd_u64(obj, "readers", v->nr_readers);
	jadd_u64(obj, "reads", reads);
	jadd_u64(obj, "reads_busy", busy);
	jadd_u64(obj, "active_pages", active_pages);
	arr = jadd_arr(obj, "mismatches");
	for (i = 0; i < v->nr_kept; i++)
		add_mismatch(arr, &v->kept[i]);
}

void result_total(struct json_object *result)
{
	static const char *const keys[] = {
		"moved_folios", "moved_pages", "moved_bytes", "failed_folios", "failed_pages",
		"retried_folios", "wall_ns",
	};
	struct json_object *parts = jget(result, "parts");
	struct json_object *total = jadd_obj(result, "total");
	uint64_t lost = 0;
	size_t i, k;

	for (k = 0; k < ARRAY_SIZE(keys); k++) {
		uint64_t sum = 0;

		for (i = 0; i < jlen(parts); i++)
			sum += ju64(jat(parts, i), keys[k]);
		jadd_u64(total, keys[k], sum);
	}
	for (i = 0; i < jlen(parts); i++)
		lost += ju64(jget(jat(parts, i), "verify"), "lost_writes");
	add_rate(total, ju64(total, "moved_bytes"), ju64(total, "wall_ns"));
	jadd_u64(total, "lost_writes", lost);
}

/* The first mismatch of writers if @lost, otherwise of readers */
static struct json_object *first_mismatch(struct json_object *verify, bool lost)
{
	struct json_object *arr = jget(verify, "mismatches");
	size_t i;

	for (i = 0; i < jlen(arr); i++)
		if (strcmp(jstr(jat(arr, i), "by"), "reader") ? lost : !lost)
			return jat(arr, i);
	return NULL;
}

static int judge_verify(struct tool *t, struct json_object *part)
{
	struct json_object *verify = jget(part, "verify");
	uint64_t lost = ju64(verify, "lost_writes");
	struct json_object *first = first_mismatch(verify, lost);

	if (!lost && !ju64(verify, "misreads"))
		return TOOL_OK;
	return tool_fail(t, TOOL_FAILED,
			 "lost writes: %llu, misreads: %s in %s; first: a line at offset %s is %s, expected write %s, found %s of line %s",
			 (unsigned long long)lost, jstr(verify, "misreads"), jstr(part, "kind"),
			 jstr(first, "offset"), jstr(first, "state"), jstr(first, "expected"),
			 jstr(first, "found"), jstr(first, "found_line"));
}

/* The check proves something only if a write hit memory that was being moved. */
static int judge_proof(struct tool *t, struct json_object *part)
{
	struct json_object *verify = jget(part, "verify");

	if (!verify || !ju64(part, "moved_pages") || ju64(verify, "active_pages"))
		return TOOL_OK;
	return tool_fail(t, TOOL_FAILED,
			 "no write hit %s while it moved, so the check proves nothing; use more memory or more moves",
			 jstr(part, "kind"));
}

static int judge_place(struct tool *t, struct json_object *part)
{
	bool own = strcmp(jstr(t->result, "source"), "pid");
	uint64_t wrong = ju64(part, "pages_elsewhere");

	if (own && wrong)
		return tool_fail(t, TOOL_FAILED,
				 "%llu of %s pages of %s are not on node %s after %s retries",
				 (unsigned long long)wrong, jstr(part, "pages"),
				 jstr(part, "kind"), jstr(part, "node"),
				 jstr(t->result, "retries"));
	if (!own && ju64(part, "failed_pages") && !ju64(part, "moved_pages"))
		return tool_fail(t, TOOL_FAILED,
				 "none of the %s pages of process %s could be moved",
				 jstr(part, "failed_pages"), jstr(t->result, "pid"));
	return TOOL_OK;
}

static int judge_parts(struct tool *t, int (*judge)(struct tool *t, struct json_object *part))
{
	struct json_object *parts = jget(t->result, "parts");
	int ret = TOOL_OK;
	size_t i;

	for (i = 0; i < jlen(parts) && !ret; i++)
		ret = judge(t, jat(parts, i));
	return ret;
}

static bool any_lost(struct json_object *result)
{
	struct json_object *parts = jget(result, "parts");
	bool lost = false;
	size_t i;

	for (i = 0; i < jlen(parts); i++) {
		struct json_object *verify = jget(jat(parts, i), "verify");

		lost |= ju64(verify, "lost_writes") || ju64(verify, "misreads");
	}
	return lost;
}

/**
 * result_judge() - exit status that follows from the result
 * @t: run with its result
 * @status: exit status without lost writes
 *
 * Return: An enum tool_status. Lost writes have precedence.
 */
int result_judge(struct tool *t, int status)
{
	if (any_lost(t->result)) {
		t->error[0] = '\0';
		return judge_parts(t, judge_verify);
	}
	return status ?: judge_parts(t, judge_place) ?: judge_parts(t, judge_proof);
}
