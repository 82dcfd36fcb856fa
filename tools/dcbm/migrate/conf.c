// SPDX-License-Identifier: GPL-2.0-only
/*
 * Options of dcbm migrate.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/nodes.h"
#include "lib/num.h"
#include "lib/tool.h"
#include "migrate/conf.h"
#include "migrate/line.h"
#include "migrate/mem.h"
#include "migrate/verify.h"

/* Each writer needs a cacheline of its own in every page, also in pages of 4 KiB. */
#define WORKERS_MAX	64

/*
 * Pages per call of move_pages(2). The kernel cuts its batches out of a call, and at the
 * beginning of each call it flushes the per-CPU lists of all CPUs, so small calls are slow.
 */
#define BATCH_DEFAULT	4096

/* Reserve: --self is rounded up to whole pages, and the kernel needs memory for the move. */
#define MEMORY_SPARE	(16ULL << 20)

static int set_kinds(struct tool *t, void *arg, const char *list)
{
	struct migrate_conf *conf = arg;
	const char *at = list;

	for (conf->nr_kinds = 0;; conf->nr_kinds++) {
		size_t len = strcspn(at, ",");
		const struct mem_kind *kind = mem_kind_find(at, len);

		if (!kind)
			return tool_fail(t, TOOL_USAGE,
					 "migrate: --kind is '%.*s', but must be anon, thp, shmem or file",
					 (int)len, at);
		if (conf->nr_kinds == KINDS_MAX)
			return tool_fail(t, TOOL_USAGE, "migrate: --kind has more than %d kinds",
					 KINDS_MAX);
		conf->kind[conf->nr_kinds] = kind;
		at += len;
		if (!*at++)
			break;
	}
	conf->nr_kinds++;
	return 0;
}

static int set_range(struct tool *t, void *arg, const char *text)
{
	struct migrate_conf *conf = arg;
	uint64_t page = (uint64_t)sysconf(_SC_PAGESIZE);
	uint64_t start, end;
	size_t i;

	if (num_range(text, &start, &end) || end > UINT64_MAX - page)
		return tool_fail(t, TOOL_USAGE,
				 "migrate: --range is '%s', but must be START-END in hexadecimal, END above START",
				 text);
	start -= start % page;
	end = (end + page - 1) / page * page;
	for (i = 0; i < conf->ranges.nr; i++)
		if (start < conf->ranges.v[i].end && conf->ranges.v[i].start < end)
			return tool_fail(t, TOOL_USAGE,
					 "migrate: --range %s overlaps a previous --range",
					 text);
	if (areas_add(&conf->ranges, start, end))
		return tool_fail(t, TOOL_ENV, "out of memory");
	return 0;
}

static int set_nodes(struct tool *t, void *arg, const char *text)
{
	struct migrate_conf *conf = arg;
	uint64_t a, b;

	if (num_pair(text, INT16_MAX, &a, &b))
		return tool_fail(t, TOOL_USAGE,
				 "migrate: --nodes is '%s', but must be two different nodes, such as 0,1",
				 text);
	conf->node[0] = (int)a;
	conf->node[1] = (int)b;
	conf->nodes_given = true;
	return 0;
}

static int set_damage(struct tool *t, void *arg, const char *text)
{
	struct migrate_conf *conf = arg;
	unsigned int i;

	for (i = DAMAGE_NONE + 1; i < NR_DAMAGE_KINDS; i++) {
		if (!strcmp(damage_names[i], text)) {
			conf->damage = (enum damage_kind)i;
			return 0;
		}
	}
	return tool_fail(t, TOOL_USAGE, "migrate: --damage is '%s', but must be lost, torn or swap",
			 text);
}

const struct opt migrate_opts[] = {
	{ "self", 0, "SIZE", "move SIZE bytes of own memory (K, M, G or T)",
	  OPT_SIZE(struct migrate_conf, self, 1, UINT64_MAX, 0) },
	{ "kind", 0, "LIST", "kinds of own memory: anon,thp,shmem,file (default: anon)",
	  OPT_CALL(set_kinds), .needs = "self" },
	{ "file-dir", 0, "DIR", "folder for kind file (TMPDIR or /var/tmp)",
	  OPT_TEXT(struct migrate_conf, file_dir) },
	{ "pid", 0, "PID", "move the memory of this process",
	  OPT_INT(struct migrate_conf, pid, 1, INT32_MAX, 0) },
	{ "range", 0, "START-END", "only this part of the process, hexadecimal; may be repeated",
	  OPT_CALL(set_range), .needs = "pid" },
	{ "to", 0, "NODE", "move once, to this node",
	  OPT_INT(struct migrate_conf, to, 0, INT16_MAX, -1) },
	{ "pingpong", 0, "N", "move N times, back and forth",
	  OPT_NUMBER(struct migrate_conf, pingpong, 1, 1000000, 0) },
	{ "nodes", 0, "A,B", "nodes of --pingpong (default: the first two with memory)",
	  OPT_CALL(set_nodes), .needs = "pingpong" },
	{ "threads", 0, "T", "threads that move pages, each its part",
	  OPT_NUMBER(struct migrate_conf, threads, 1, 256, 1) },
	{ "batch", 0, "PAGES", "pages per call of move_pages(2)",
	  OPT_NUMBER(struct migrate_conf, batch, 1, 1048576, BATCH_DEFAULT) },
	{ "retries", 0, "N", "retries for folios that did not move",
	  OPT_NUMBER(struct migrate_conf, retries, 0, 100, 10) },
	{ "move-all", 0, NULL, "also move pages that other processes map",
	  OPT_FLAG(struct migrate_conf, move_all) },
	{ "verify", 0, NULL, "write and read the memory while it moves, check every write",
	  OPT_FLAG(struct migrate_conf, verify), .needs = "self" },
	{ "writers", 0, "W", "threads that write",
	  OPT_NUMBER(struct migrate_conf, writers, 1, WORKERS_MAX, 2), .needs = "verify" },
	{ "readers", 0, "R", "threads that read",
	  OPT_NUMBER(struct migrate_conf, readers, 0, WORKERS_MAX, 1), .needs = "verify" },
	{ "damage", 0, "HOW", "corrupt a page: lost, torn or swap; --verify must then fail",
	  OPT_CALL(set_damage), .needs = "verify" },
	{ .name = NULL }
};

void migrate_conf_init(struct migrate_conf *conf)
{
	const char *dir = getenv("TMPDIR");

	*conf = (struct migrate_conf) { .file_dir = dir && *dir ? dir : "/var/tmp" };
	opts_defaults(migrate_opts, conf);
}

void migrate_conf_free(struct migrate_conf *conf)
{
	areas_free(&conf->ranges);
}

/* Checks that depend on several options */
static int check_options(struct tool *t, struct migrate_conf *conf)
{
	uint64_t page = (uint64_t)sysconf(_SC_PAGESIZE);
	const char *why = NULL;

	if (!conf->self == !conf->pid)
		why = "give either --self SIZE or --pid PID";
	else if (!conf->pingpong == (conf->to < 0))
		why = "give either --to NODE or --pingpong N";
	else if (conf->damage && conf->self < 2 * page)
		why = "--damage needs at least two pages";
	else if (conf->verify && conf->self > VERIFY_MAX_BYTES - page)
		why = "--verify takes less than 256G";
	if (!why)
		return 0;
	return tool_fail(t, TOOL_USAGE, "migrate: %s (see 'dcbm migrate --help')", why);
}

static int check_nodes(struct tool *t, struct migrate_conf *conf)
{
	struct nodes nodes;
	char text[80];
	int i;

	nodes_read(&nodes);
	nodes_text(&nodes, text, sizeof(text));
	if (nodes.nr < 2)
		return tool_fail(t, TOOL_ENV,
				 "migrate: two NUMA nodes with memory are needed, found: %s; use a VM with two nodes, or boot with 'numa=fake=2'",
				 text);
	if (conf->to >= 0 && !nodes_has(&nodes, conf->to))
		return tool_fail(t, TOOL_USAGE,
				 "migrate: --to is %d, but nodes with memory are: %s",
				 conf->to, text);
	for (i = 0; i < 2 && conf->nodes_given; i++)
		if (!nodes_has(&nodes, conf->node[i]))
			return tool_fail(t, TOOL_USAGE,
					 "migrate: --nodes has %d, but nodes with memory are: %s",
					 conf->node[i], text);
	if (conf->nodes_given)
		return 0;
	conf->node[0] = nodes.id[0];
	conf->node[1] = nodes.id[1];
	if (conf->to == conf->node[0]) {
		conf->node[0] = conf->node[1];
		conf->node[1] = conf->to;
	} else if (conf->to >= 0) {
		conf->node[1] = conf->to;
	}
	return 0;
}

static int check_memory(struct tool *t, struct migrate_conf *conf)
{
	uint64_t need = conf->self + MEMORY_SPARE, have = mem_available(t);
	int i;

	if (!conf->self)
		return 0;
	/* Two u32 per cacheline, see struct verify */
	if (conf->verify)
		need += conf->self / LINE_SIZE * 8;
	if (need > have)
		return tool_fail(t, TOOL_ENV,
				 "migrate: --self %lluM needs %lluM in total, but %lluM are available; choose a smaller size",
				 (unsigned long long)conf->self >> 20,
				 (unsigned long long)need >> 20, (unsigned long long)have >> 20);
	for (i = 0; i < 2; i++) {
		have = nodes_size(conf->node[i]);
		if (conf->self > have)
			return tool_fail(t, TOOL_ENV,
					 "migrate: --self %lluM is more than the %lluM of node %d; choose a smaller size",
					 (unsigned long long)conf->self >> 20,
					 (unsigned long long)have >> 20, conf->node[i]);
	}
	return 0;
}

/**
 * migrate_conf_check() - check the options together and set the nodes that were not given
 * @t: run
 * @conf: configuration
 *
 * Return: 0, or TOOL_USAGE or TOOL_ENV with the reason noted.
 */
int migrate_conf_check(struct tool *t, struct migrate_conf *conf)
{
	int ret = check_options(t, conf);

	if (!ret && conf->self && !conf->nr_kinds)
		ret = set_kinds(t, conf, "anon");
	if (!ret)
		ret = check_nodes(t, conf);
	if (!ret)
		ret = check_memory(t, conf);
	return ret;
}

unsigned int migrate_moves(const struct migrate_conf *conf)
{
	return conf->to >= 0 ? 1 : (unsigned int)conf->pingpong;
}

/*
 * Returns the target node of a move, counted from 0. Own memory starts on the first of the two
 * nodes.
 */
int migrate_target(const struct migrate_conf *conf, unsigned int move)
{
	return conf->to >= 0 ? conf->to : conf->node[(move + 1) % 2];
}
