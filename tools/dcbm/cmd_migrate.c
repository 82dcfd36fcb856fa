// SPDX-License-Identifier: GPL-2.0-only
/*
 * dcbm migrate: move real memory from node to node.
 */
#include <errno.h>
#include <numaif.h>
#include <string.h>
#include <unistd.h>

#include "cmd.h"
#include "driver.h"
#include "jutil.h"
#include "migrate.h"
#include "sig.h"
#include "tool.h"

/**
 * migrate_job_init() - set up a job as the options want it
 * @run: run
 * @job: gets it
 */
void migrate_job_init(struct migrate_run *run, struct move_job *job)
{
	const struct migrate_conf *conf = run->conf;

	*job = (struct move_job) {
		.ops = run->ops,
		.pid = conf->pid,
		.threads = (unsigned int)conf->threads,
		.batch = (unsigned int)conf->batch,
		.retries = (unsigned int)conf->retries,
		.flags = conf->move_all ? MPOL_MF_MOVE_ALL : MPOL_MF_MOVE,
		.page_size = (size_t)sysconf(_SC_PAGESIZE),
		.progress = &run->progress,
	};
}

/**
 * migrate_error() - note why moving is impossible
 * @t: run
 * @conf: configuration
 * @err: positive errno of move_folios() or folios_scan()
 *
 * Return: An enum tool_status.
 */
int migrate_error(struct tool *t, const struct migrate_conf *conf, int err)
{
	switch (err) {
	case EINTR:
		return tool_fail(t, TOOL_SIGNAL + sig_caught(), "migrate: interrupted");
	case EPERM:
	case EACCES:
		if (conf->pid && !conf->move_all)
			return tool_fail(t, TOOL_ENV,
					 "migrate: not allowed to move memory of process %d; run it as root",
					 conf->pid);
		return tool_fail(t, TOOL_ENV, "migrate: not allowed; run it as root");
	case ESRCH:
		return tool_fail(t, TOOL_ENV, "migrate: no process %d", conf->pid);
	default:
		return tool_fail(t, TOOL_ENV, "migrate: cannot move pages: %s", strerror(err));
	}
}

static void describe(struct json_object *result, const struct migrate_conf *conf)
{
	struct json_object *nodes;
	int i;

	jadd_str(result, "source", conf->self ? "self" : "pid");
	jadd(result, "pid", conf->pid ? json_object_new_int(conf->pid) : NULL);
	nodes = jadd_arr(result, "nodes");
	for (i = 0; i < 2; i++)
		json_object_array_add(nodes, json_object_new_int(conf->node[i]));
	jadd(result, "to", conf->to >= 0 ? json_object_new_int((int)conf->to) : NULL);
	jadd_u64(result, "moves", migrate_moves(conf));
	jadd_u64(result, "threads", conf->threads);
	jadd_u64(result, "batch", conf->batch);
	jadd_u64(result, "retries", conf->retries);
}

static int migrate(struct tool *t, const struct migrate_conf *conf)
{
	struct migrate_run run = { .t = t, .conf = conf, .ops = &move_ops_numa };
	struct json_object *before, *after, *parts;
	int ret;

	describe(t->result, conf);
	parts = jadd_arr(t->result, "parts");
	sig_catch();
	before = driver_look(t);
	progress_start(&run.progress, "preparing", 0);
	ret = conf->self ? migrate_self(&run, parts) : migrate_pid(&run, parts);
	progress_stop(&run.progress);
	after = driver_look(t);

	result_total(t->result);
	jadd(t->result, "driver",
	     driver_compare(before, after, ju64(jget(t->result, "total"), "moved_folios")));
	json_object_put(before);
	json_object_put(after);
	t->show = jlen(parts) > 0;
	return result_judge(t, ret);
}

static int migrate_cmd_run(struct tool *t, int argc, char **argv)
{
	struct migrate_conf conf;
	int first, ret;

	migrate_conf_init(&conf);
	ret = opts_parse(t, migrate_opts, argc, argv, migrate_set, &conf, &first);
	if (!ret && first < argc)
		ret = tool_fail(t, TOOL_USAGE, "migrate takes no operand, but got '%s'",
				argv[first]);
	if (!ret)
		ret = migrate_conf_check(t, &conf);
	if (!ret)
		ret = migrate(t, &conf);
	migrate_conf_free(&conf);
	return ret;
}

const struct cmd cmd_migrate = {
	.name = "migrate",
	.args = "",
	.summary = "Move real memory from node to node, and prove that no write is lost",
	.details =
		"Own memory begins on the first node and is moved there and back:\n"
		"  dcbm migrate --self 256M --kind anon,thp,shmem --pingpong 20 --verify\n"
		"Memory of a process that runs:\n"
		"  dcbm migrate --pid 4711 --to 1\n"
		"The driver's counters before and after tell how much was copied by DMA.\n",
	.opts = migrate_opts,
	.run = migrate_cmd_run,
	.print = migrate_print,
};
