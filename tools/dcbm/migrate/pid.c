// SPDX-License-Identifier: GPL-2.0-only
/*
 * dcbm migrate --pid: memory of a running process. The process may map, unmap, fork or end:
 * memory that is gone is counted, and is no error.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "driver/counters.h"
#include "lib/files.h"
#include "lib/jutil.h"
#include "lib/tool.h"
#include "migrate/conf.h"
#include "migrate/job.h"
#include "migrate/maps.h"
#include "migrate/pid.h"
#include "migrate/result.h"

/* State of the run */
struct pid_run {
	struct migrate_run *run;
	struct areas found;
	const struct areas *areas;
	struct scanner scanner;
	struct folio_list list;
	struct move_job job;
	uint64_t pages_begin;
	uint64_t folios_begin;
	unsigned int moves;
	bool scanning;
	bool ended;
};

static bool no_process(int err)
{
	return err == -ESRCH || err == -ENOENT;
}

/*
 * Reads the current mappings, even with --range, as the mappings show whether the process still
 * exists.
 */
static int find_areas(struct pid_run *v)
{
	const struct migrate_conf *conf = v->run->conf;
	int ret;

	areas_free(&v->found);
	v->areas = conf->ranges.nr ? &conf->ranges : &v->found;
	ret = maps_read(v->run->t->procfs, conf->pid, &v->found);
	/* A process without memory has ended and waits for its parent. */
	return ret ?: (v->found.nr ? 0 : -ESRCH);
}

static int look(struct pid_run *v)
{
	int ret = find_areas(v);

	return ret ?: folios_scan(&v->scanner, v->areas, &v->list);
}

static int begin(struct pid_run *v)
{
	const struct migrate_conf *conf = v->run->conf;
	struct tool *t = v->run->t;
	int ret;

	ret = scanner_open(&v->scanner, t->procfs, conf->pid);
	v->scanning = !ret;
	if (!ret)
		ret = find_areas(v);
	if (no_process(ret) && path_exists("%s/%d", t->procfs, conf->pid))
		return tool_fail(t, TOOL_ENV,
				 "migrate: process %d has no memory of its own: a kernel thread, or ended already",
				 conf->pid);
	if (no_process(ret))
		return tool_fail(t, TOOL_ENV, "migrate: no process %d", conf->pid);
	return ret ? migrate_error(t, conf, -ret) : 0;
}

static int move(struct pid_run *v)
{
	const struct migrate_conf *conf = v->run->conf;
	unsigned int moves = migrate_moves(conf);
	int ret = 0;

	while (!ret && v->moves < moves) {
		ret = look(v);
		if (!ret && !v->moves) {
			v->pages_begin = v->list.pages;
			v->folios_begin = v->list.nr;
			progress_total(&v->run->progress, v->list.pages * moves);
		}
		if (!ret)
			ret = move_folios(&v->job, &v->list, migrate_target(conf, v->moves));
		if (!ret)
			v->moves++;
	}
	v->ended = no_process(ret);
	return ret && !v->ended ? migrate_error(v->run->t, conf, -ret) : 0;
}

static int describe(struct pid_run *v, struct json_object *part)
{
	const struct migrate_conf *conf = v->run->conf;
	uint64_t there = 0, elsewhere = 0;
	int node = -1, ret = 0;

	if (v->moves == migrate_moves(conf) && !v->ended) {
		node = migrate_target(conf, v->moves - 1);
		ret = look(v);
		if (!ret)
			ret = move_count(&v->job, &v->list, node, &there, &elsewhere);
		v->ended = no_process(ret);
	}
	jadd_str(part, "kind", "process");
	jadd_u64(part, "bytes", v->pages_begin * v->job.page_size);
	jadd_u64(part, "pages", v->pages_begin);
	jadd_u64(part, "folios", v->folios_begin);
	jadd_u64(part, "moves", v->moves);
	jadd_bool(part, "process_ended", v->ended);
	result_moves(part, &v->job.stats, v->job.page_size);
	if (node >= 0 && !v->ended && !ret) {
		jadd_int(part, "node", node);
		jadd_u64(part, "pages_in_place", there);
		jadd_u64(part, "pages_elsewhere", elsewhere);
	}
	return ret && !v->ended ? migrate_error(v->run->t, conf, -ret) : 0;
}

/* Moves the memory of a process. Adds the outcome to @parts and returns an enum tool_status. */
int migrate_pid(struct migrate_run *run, struct json_object *parts)
{
	struct json_object *before, *after, *part;
	struct pid_run v = { .run = run };
	int ret, ret2;

	migrate_job_init(run, &v.job);
	progress_label(&run->progress, "moving");
	before = driver_look(run->t);
	ret = begin(&v);
	if (!ret) {
		part = jpush_obj(parts);
		ret = move(&v);
		ret2 = describe(&v, part);
		ret = ret ?: ret2;
		after = driver_look(run->t);
		jadd(part, "driver", driver_compare(before, after, v.job.stats.moved_folios));
		json_object_put(after);
	}
	json_object_put(before);
	if (v.scanning)
		scanner_close(&v.scanner);
	folios_free(&v.list);
	areas_free(&v.found);
	return ret;
}
