// SPDX-License-Identifier: GPL-2.0-only
/* dcbm migrate --self: own memory, one kind after the other */
#include <errno.h>
#include <numa.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "driver/counters.h"
#include "lib/jutil.h"
#include "lib/tool.h"
#include "migrate/conf.h"
#include "migrate/job.h"
#include "migrate/maps.h"
#include "migrate/mem.h"
#include "migrate/result.h"
#include "migrate/self.h"
#include "migrate/verify.h"

/*
 * Timeout of a wait for passes of all writers. The slowest known machine, emulated with two
 * CPUs, needs one second per pass and 256 MB.
 */
#define PASS_SECONDS	120u

/* Passes between the copy of a page and the corruption, see damage_prepare() */
#define DAMAGE_PASSES	2u

/* State of one kind of memory */
struct self_run {
	struct migrate_run *run;
	struct mem mem;
	struct areas areas;
	struct scanner scanner;
	struct folio_list list;
	struct verify verify;
	struct damage damage;
	struct move_job job;
	uint64_t huge_begin;
	uint64_t folios_begin;
	unsigned int moves;
	bool scanning;
	bool verifying;
};

static uint64_t count_writes(void *arg)
{
	return verify_writes(arg);
}

static uint64_t huge_pages(const struct self_run *j)
{
	int64_t bytes = smaps_value(j->run->t->procfs, j->mem.base, "AnonHugePages");

	return bytes > 0 ? (uint64_t)bytes / j->mem.unit : 0;
}

static bool wants_huge(const struct self_run *j)
{
	return j->mem.unit != j->job.page_size;
}

static int fill(struct self_run *j)
{
	const struct migrate_conf *conf = j->run->conf;
	uint32_t *word = j->mem.base;
	size_t i;
	int ret;

	if (!conf->verify) {
		/* Not zero, as the kernel could merge identical pages */
		for (i = 0; i < j->mem.size / sizeof(*word); i++)
			word[i] = (uint32_t)i + 1;
		return 0;
	}
	ret = verify_init(&j->verify, j->mem.base, j->mem.size, (unsigned int)conf->writers,
			  (unsigned int)conf->readers, &j->job.moving);
	if (ret)
		return tool_fail(j->run->t, TOOL_ENV,
				 "migrate: not enough memory to track all writes; choose a smaller --self");
	j->verifying = true;
	return 0;
}

/* Maps and fills the memory on the first node. */
static int map_and_fill(struct self_run *j, const struct mem_kind *kind)
{
	const struct migrate_conf *conf = j->run->conf;
	struct tool *t = j->run->t;
	int ret;

	numa_set_preferred(conf->node[0]);
	ret = mem_map(t, &j->mem, kind, conf->self, conf->file_dir);
	if (!ret)
		ret = fill(j);
	numa_set_localalloc();
	if (ret)
		return ret;
	if (wants_huge(j)) {
		j->huge_begin = huge_pages(j);
		if (!j->huge_begin)
			return tool_fail(t, TOOL_ENV,
					 "migrate: --kind thp: got no huge page; 'echo madvise > %s/kernel/mm/transparent_hugepage/enabled', or free some memory",
					 t->sysfs);
	}
	ret = scanner_open(&j->scanner, t->procfs, 0);
	if (ret)
		return tool_fail(t, TOOL_ENV, "cannot read %s/self/pagemap: %s", t->procfs,
				 strerror(-ret));
	j->scanning = true;
	if (wants_huge(j) && j->huge_begin * j->mem.unit == j->mem.size)
		j->scanner.huge_size = j->mem.unit;
	if (areas_add(&j->areas, (uintptr_t)j->mem.base, (uintptr_t)j->mem.base + j->mem.size))
		return tool_fail(t, TOOL_ENV, "out of memory");
	return 0;
}

static int start_workers(struct self_run *j)
{
	struct tool *t = j->run->t;
	int ret;

	if (!j->verifying)
		return 0;
	j->job.writes = count_writes;
	j->job.writes_arg = &j->verify;
	ret = verify_start(&j->verify);
	if (ret)
		return tool_fail(t, TOOL_ENV, "migrate: cannot start writers: %s", strerror(-ret));
	ret = verify_wait_passes(&j->verify, 1, PASS_SECONDS);
	if (ret)
		return tool_fail(t, TOOL_ENV,
				 "migrate: writers did not reach every page within %u s; choose a smaller --self",
				 PASS_SECONDS);
	if (j->run->conf->damage &&
	    damage_prepare(&j->damage, j->run->conf->damage, &j->verify))
		return tool_fail(t, TOOL_ENV, "out of memory");
	return 0;
}

static int do_damage(struct self_run *j)
{
	if (!j->damage.old)
		return 0;
	if (verify_wait_passes(&j->verify, DAMAGE_PASSES, PASS_SECONDS))
		return tool_fail(j->run->t, TOOL_ENV,
				 "migrate: writers are too slow for --damage; choose a smaller --self");
	damage_do(&j->damage, &j->verify);
	return 0;
}

static int move(struct self_run *j)
{
	const struct migrate_conf *conf = j->run->conf;
	unsigned int moves = migrate_moves(conf);
	int ret = 0;

	while (!ret && j->moves < moves) {
		/* Scan again only if the list has large folios, which may have been split. */
		if (!j->moves || j->list.large)
			ret = folios_scan(&j->scanner, &j->areas, &j->list);
		if (!j->moves)
			j->folios_begin = j->list.nr;
		if (!ret)
			ret = move_folios(&j->job, &j->list, migrate_target(conf, j->moves));
		if (ret)
			return migrate_error(j->run->t, conf, -ret);
		j->moves++;
		ret = do_damage(j);
	}
	return ret;
}

static void finish_workers(struct self_run *j)
{
	if (!j->verifying)
		return;
	verify_stop(&j->verify);
	verify_final(&j->verify);
}

/* Adds the result so far; the moves may be incomplete. */
static int describe(struct self_run *j, struct json_object *part)
{
	const struct migrate_conf *conf = j->run->conf;
	uint64_t there = 0, elsewhere = 0;
	struct json_object *huge;
	int ret = 0;

	jadd_str(part, "kind", j->mem.kind->name);
	jadd_str(part, "file_system", *j->mem.fs ? j->mem.fs : NULL);
	jadd_u64(part, "bytes", j->mem.size);
	jadd_u64(part, "pages", j->mem.size / j->job.page_size);
	jadd_u64(part, "folios", j->folios_begin);
	jadd(part, "huge", NULL);
	if (wants_huge(j)) {
		huge = jadd_obj(part, "huge");
		jadd_u64(huge, "size", j->mem.unit);
		jadd_u64(huge, "wanted", j->mem.size / j->mem.unit);
		jadd_u64(huge, "begin", j->huge_begin);
		jadd_u64(huge, "end", huge_pages(j));
	}
	jadd_u64(part, "moves", j->moves);
	result_moves(part, &j->job.stats, j->job.page_size);
	/* After an interrupted move, pages are on both nodes. */
	if (j->moves == migrate_moves(conf)) {
		int node = migrate_target(conf, j->moves - 1);

		ret = folios_scan(&j->scanner, &j->areas, &j->list);
		if (!ret)
			ret = move_count(&j->job, &j->list, node, &there, &elsewhere);
		jadd_int(part, "node", node);
		jadd_u64(part, "pages_in_place", there);
		jadd_u64(part, "pages_elsewhere", elsewhere);
	}
	if (j->verifying)
		result_verify(part, &j->verify, j->job.stats.active_pages);
	return ret ? migrate_error(j->run->t, conf, -ret) : 0;
}

static void release(struct self_run *j)
{
	free(j->damage.old);
	if (j->verifying)
		verify_destroy(&j->verify);
	if (j->scanning)
		scanner_close(&j->scanner);
	folios_free(&j->list);
	areas_free(&j->areas);
	mem_unmap(&j->mem);
}

static int move_kind(struct migrate_run *run, const struct mem_kind *kind,
		     struct json_object *parts)
{
	struct json_object *before, *after, *part;
	struct self_run j = { .run = run };
	char label[48];
	int ret, ret2;

	migrate_job_init(run, &j.job);
	snprintf(label, sizeof(label), "%s: filling", kind->name);
	progress_label(&run->progress, label);
	before = driver_look(run->t);
	ret = map_and_fill(&j, kind);
	if (!ret) {
		part = jpush_obj(parts);
		snprintf(label, sizeof(label), "%s: moving", kind->name);
		progress_label(&run->progress, label);
		ret = start_workers(&j);
		if (!ret)
			ret = move(&j);
		finish_workers(&j);
		ret2 = describe(&j, part);
		ret = ret ?: ret2;
		after = driver_look(run->t);
		jadd(part, "driver", driver_compare(before, after, j.job.stats.moved_folios));
		json_object_put(after);
	}
	json_object_put(before);
	release(&j);
	return ret;
}

/*
 * Moves own memory. Adds the outcome of each kind to @parts. Returns an enum tool_status,
 * without regard to lost writes.
 */
int migrate_self(struct migrate_run *run, struct json_object *parts)
{
	const struct migrate_conf *conf = run->conf;
	unsigned int i;
	int ret = 0;

	progress_total(&run->progress, conf->nr_kinds * migrate_moves(conf) *
		       (conf->self / (uint64_t)numa_pagesize()));
	for (i = 0; !ret && i < conf->nr_kinds; i++)
		ret = move_kind(run, conf->kind[i], parts);
	return ret;
}
