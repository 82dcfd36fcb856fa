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
#include "migrate/line.h"
#include "migrate/mem.h"
#include "migrate/migrate.h"
#include "migrate/verify.h"

#define MOVES_MAX	1000000u
#define THREADS_MAX	256u
#define BATCH_MAX	1048576u
#define RETRIES_MAX	100u

/* Each writer must own a line in every page, also in the smallest ones. */
#define WORKERS_MAX	64u

/*
 * A call gathers up to this many pages. The kernel cuts its batches out of them, and
 * at the beginning of each call it flushes the per-CPU lists of all CPUs, so calls
 * should not be small.
 */
#define BATCH_DEFAULT	4096u

#define RETRIES_DEFAULT	10u
#define WRITERS_DEFAULT	2u
#define READERS_DEFAULT	1u

/* Room for the end of one more folio, and for what the kernel needs to move it. */
#define MEMORY_SPARE	(16ULL << 20)

enum migrate_opt {
	OPT_SELF, OPT_KIND, OPT_FILE_DIR, OPT_PID, OPT_RANGE, OPT_TO, OPT_PINGPONG, OPT_NODES,
	OPT_THREADS, OPT_BATCH, OPT_RETRIES, OPT_MOVE_ALL, OPT_VERIFY, OPT_WRITERS, OPT_READERS,
	OPT_DAMAGE,
};

const struct opt migrate_opts[] = {
	{ "self", "SIZE", "move SIZE bytes of own memory (K, M, G)", OPT_SELF, 0 },
	{ "kind", "LIST", "kinds of own memory: anon,thp,shmem,file (anon)", OPT_KIND, 0 },
	{ "file-dir", "DIR", "folder for kind file (TMPDIR, /var/tmp)", OPT_FILE_DIR, 0 },
	{ "pid", "PID", "move the memory of a process", OPT_PID, 0 },
	{ "range", "START-END", "only this part of it, hexadecimal; may be repeated",
	  OPT_RANGE, 0 },
	{ "to", "NODE", "move once, to this node", OPT_TO, 0 },
	{ "pingpong", "N", "move N times, there and back", OPT_PINGPONG, 0 },
	{ "nodes", "A,B", "nodes to move between (the first two with memory)", OPT_NODES, 0 },
	{ "threads", "T", "threads that move, each its part (1)", OPT_THREADS, 0 },
	{ "batch", "PAGES", "pages in a call of move_pages(2) (4096)", OPT_BATCH, 0 },
	{ "retries", "N", "times to try folios again that did not move (10)", OPT_RETRIES, 0 },
	{ "move-all", NULL, "move pages that other processes map, too", OPT_MOVE_ALL, 0 },
	{ "verify", NULL, "write and read the memory while it moves, check every write",
	  OPT_VERIFY, 0 },
	{ "writers", "W", "threads that write, with --verify (2)", OPT_WRITERS, 0 },
	{ "readers", "R", "threads that read, with --verify (1)", OPT_READERS, 0 },
	{ "damage", "HOW", "spoil a page on purpose: lost, torn or swap; --verify must fail",
	  OPT_DAMAGE, 0 },
	{ .name = NULL }
};

/**
 * migrate_conf_init() - set the defaults
 * @conf: gets them
 */
void migrate_conf_init(struct migrate_conf *conf)
{
	const char *dir = getenv("TMPDIR");

	*conf = (struct migrate_conf) {
		.file_dir = dir && *dir ? dir : "/var/tmp",
		.to = -1,
		.threads = 1,
		.batch = BATCH_DEFAULT,
		.retries = RETRIES_DEFAULT,
		.writers = WRITERS_DEFAULT,
		.readers = READERS_DEFAULT,
	};
}

/**
 * migrate_conf_free() - give back what the options hold
 * @conf: configuration
 */
void migrate_conf_free(struct migrate_conf *conf)
{
	areas_free(&conf->ranges);
}

static int set_number(struct tool *t, const char *name, const char *text, uint64_t min,
		      uint64_t max, uint64_t *value)
{
	if (!num_u64(text, min, max, value))
		return 0;
	return tool_fail(t, TOOL_USAGE, "--%s is '%s', but must be %llu to %llu", name, text,
			 (unsigned long long)min, (unsigned long long)max);
}

static int set_kinds(struct tool *t, struct migrate_conf *conf, const char *list)
{
	const char *at = list;

	for (conf->nr_kinds = 0;; conf->nr_kinds++) {
		size_t len = strcspn(at, ",");
		const struct mem_kind *kind = mem_kind_find(at, len);

		if (!kind)
			return tool_fail(t, TOOL_USAGE,
					 "--kind has '%.*s', but knows anon, thp, shmem and file",
					 (int)len, at);
		if (conf->nr_kinds == KINDS_MAX)
			return tool_fail(t, TOOL_USAGE, "--kind has more than %d kinds", KINDS_MAX);
		conf->kind[conf->nr_kinds] = kind;
		at += len;
		if (!*at++)
			break;
	}
	conf->nr_kinds++;
	return 0;
}

static int set_range(struct tool *t, struct migrate_conf *conf, const char *text)
{
	uint64_t page = (uint64_t)sysconf(_SC_PAGESIZE);
	uint64_t start, end;
	size_t i;

	if (num_range(text, &start, &end) || end > UINT64_MAX - page)
		return tool_fail(t, TOOL_USAGE,
				 "--range is '%s', but must be START-END in hexadecimal, END above START",
				 text);
	start -= start % page;
	end = (end + page - 1) / page * page;
	for (i = 0; i < conf->ranges.nr; i++)
		if (start < conf->ranges.v[i].end && conf->ranges.v[i].start < end)
			return tool_fail(t, TOOL_USAGE, "--range %s overlaps one before it", text);
	if (areas_add(&conf->ranges, start, end))
		return tool_fail(t, TOOL_ENV, "out of memory");
	return 0;
}

static int set_nodes(struct tool *t, struct migrate_conf *conf, const char *text)
{
	uint64_t a, b;

	if (num_pair(text, INT16_MAX, &a, &b))
		return tool_fail(t, TOOL_USAGE,
				 "--nodes is '%s', but must be two different nodes, such as 0,1",
				 text);
	conf->node[0] = (int)a;
	conf->node[1] = (int)b;
	conf->nodes_given = true;
	return 0;
}

static int set_damage(struct tool *t, struct migrate_conf *conf, const char *text)
{
	unsigned int i;

	for (i = DAMAGE_NONE + 1; i < NR_DAMAGE_KINDS; i++) {
		if (!strcmp(damage_names[i], text)) {
			conf->damage = (enum damage_kind)i;
			return 0;
		}
	}
	return tool_fail(t, TOOL_USAGE, "--damage is '%s', but must be lost, torn or swap", text);
}

/**
 * migrate_set() - take one option
 * @t: run
 * @arg: struct migrate_conf
 * @id: which option
 * @value: its argument
 *
 * Return: 0 or TOOL_USAGE with the reason noted.
 */
int migrate_set(struct tool *t, void *arg, int id, const char *value)
{
	struct migrate_conf *conf = arg;
	uint64_t number = 0;
	int ret = 0;

	switch ((enum migrate_opt)id) {
	case OPT_SELF:
		if (num_size(value, &conf->self))
			ret = tool_fail(t, TOOL_USAGE,
					"--self is '%s', but must be a size such as 256M", value);
		break;
	case OPT_KIND:
		ret = set_kinds(t, conf, value);
		break;
	case OPT_FILE_DIR:
		conf->file_dir = value;
		break;
	case OPT_PID:
		ret = set_number(t, "pid", value, 1, INT32_MAX, &number);
		conf->pid = (int)number;
		break;
	case OPT_RANGE:
		ret = set_range(t, conf, value);
		break;
	case OPT_TO:
		ret = set_number(t, "to", value, 0, INT16_MAX, &number);
		conf->to = (int64_t)number;
		break;
	case OPT_PINGPONG:
		ret = set_number(t, "pingpong", value, 1, MOVES_MAX, &conf->pingpong);
		break;
	case OPT_NODES:
		ret = set_nodes(t, conf, value);
		break;
	case OPT_THREADS:
		ret = set_number(t, "threads", value, 1, THREADS_MAX, &conf->threads);
		break;
	case OPT_BATCH:
		ret = set_number(t, "batch", value, 1, BATCH_MAX, &conf->batch);
		break;
	case OPT_RETRIES:
		ret = set_number(t, "retries", value, 0, RETRIES_MAX, &conf->retries);
		break;
	case OPT_MOVE_ALL:
		conf->move_all = true;
		break;
	case OPT_VERIFY:
		conf->verify = true;
		break;
	case OPT_WRITERS:
		conf->tuned = "writers";
		ret = set_number(t, conf->tuned, value, 1, WORKERS_MAX, &conf->writers);
		break;
	case OPT_READERS:
		conf->tuned = "readers";
		ret = set_number(t, conf->tuned, value, 0, WORKERS_MAX, &conf->readers);
		break;
	case OPT_DAMAGE:
		conf->tuned = "damage";
		ret = set_damage(t, conf, value);
		break;
	}
	return ret;
}

/* Options that contradict each other, or have no meaning together. */
static int check_options(struct tool *t, struct migrate_conf *conf)
{
	uint64_t page = (uint64_t)sysconf(_SC_PAGESIZE);
	const char *why = NULL;

	if (!conf->self == !conf->pid)
		why = "give either --self SIZE or --pid PID";
	else if (!conf->pingpong == (conf->to < 0))
		why = "give either --to NODE or --pingpong N";
	else if (conf->to >= 0 && conf->nodes_given)
		why = "--nodes goes with --pingpong, not with --to";
	else if (conf->pid && conf->nr_kinds)
		why = "--kind goes with --self: a process has the memory that it has";
	else if (conf->pid && conf->verify)
		why = "--verify goes with --self: only our own memory can be checked";
	else if (conf->self && conf->ranges.nr)
		why = "--range goes with --pid";
	else if (conf->tuned && !conf->verify)
		return tool_fail(t, TOOL_USAGE, "migrate: --%s goes with --verify", conf->tuned);
	else if (conf->damage && conf->self < 2 * page)
		why = "--damage wants at least two pages";
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
				 "migrate: two NUMA nodes with memory are needed, here is: %s; use a VM with two nodes, or boot with 'numa=fake=2'",
				 text);
	if (conf->to >= 0 && !nodes_has(&nodes, (int)conf->to))
		return tool_fail(t, TOOL_USAGE, "--to is %d, but nodes with memory are: %s",
				 (int)conf->to, text);
	for (i = 0; i < 2 && conf->nodes_given; i++)
		if (!nodes_has(&nodes, conf->node[i]))
			return tool_fail(t, TOOL_USAGE,
					 "--nodes has %d, but nodes with memory are: %s",
					 conf->node[i], text);
	if (conf->nodes_given)
		return 0;
	conf->node[0] = nodes.id[0];
	conf->node[1] = nodes.id[1];
	if (conf->to == conf->node[0]) {
		conf->node[0] = conf->node[1];
		conf->node[1] = (int)conf->to;
	} else if (conf->to >= 0) {
		conf->node[1] = (int)conf->to;
	}
	return 0;
}

static int check_memory(struct tool *t, struct migrate_conf *conf)
{
	uint64_t need = conf->self + MEMORY_SPARE, have = mem_available(t);
	int i;

	if (!conf->self)
		return 0;
	/* Two u32 a line, see struct verify. */
	if (conf->verify)
		need += conf->self / LINE_SIZE * 8;
	if (need > have)
		return tool_fail(t, TOOL_ENV,
				 "migrate: --self %lluM takes %lluM in all, but %lluM are available; make it smaller",
				 (unsigned long long)conf->self >> 20,
				 (unsigned long long)need >> 20, (unsigned long long)have >> 20);
	for (i = 0; i < 2; i++) {
		have = nodes_size(conf->node[i]);
		if (conf->self > have)
			return tool_fail(t, TOOL_ENV,
					 "migrate: --self %lluM is more than the %lluM of node %d; make it smaller",
					 (unsigned long long)conf->self >> 20,
					 (unsigned long long)have >> 20, conf->node[i]);
	}
	return 0;
}

/**
 * migrate_conf_check() - check the options together, and fill in what was not given
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

/**
 * migrate_moves() - how often to move
 * @conf: configuration
 *
 * Return: Number of moves.
 */
unsigned int migrate_moves(const struct migrate_conf *conf)
{
	return conf->to >= 0 ? 1 : (unsigned int)conf->pingpong;
}

/**
 * migrate_target() - where a move goes
 * @conf: configuration
 * @move: number of the move, from 0
 *
 * Return: A node. Own memory begins on the first of the two nodes.
 */
int migrate_target(const struct migrate_conf *conf, unsigned int move)
{
	return conf->to >= 0 ? (int)conf->to : conf->node[(move + 1) % 2];
}
