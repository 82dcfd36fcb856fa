// SPDX-License-Identifier: GPL-2.0-only
/* dcbm migrate: move real memory between nodes */
#include <errno.h>
#include <numaif.h>
#include <string.h>
#include <unistd.h>

#include "cmd/commands.h"
#include "driver/counters.h"
#include "lib/cmd.h"
#include "lib/jutil.h"
#include "lib/sig.h"
#include "lib/tool.h"
#include "migrate/conf.h"
#include "migrate/job.h"
#include "migrate/pid.h"
#include "migrate/print.h"
#include "migrate/result.h"
#include "migrate/self.h"

static void describe(struct json_object *result, const struct migrate_conf *conf)
{
	struct json_object *nodes;
	int i;

	jadd_str(result, "source", conf->self ? "self" : "pid");
	jadd(result, "pid", conf->pid ? json_object_new_int(conf->pid) : NULL);
	nodes = jadd_arr(result, "nodes");
	for (i = 0; i < 2; i++)
		json_object_array_add(nodes, json_object_new_int(conf->node[i]));
	jadd(result, "to", conf->to >= 0 ? json_object_new_int(conf->to) : NULL);
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
	ret = opts_parse(t, migrate_opts, argc, argv, &conf, &first);
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
	.summary = "Move real memory between nodes and check that no write is lost",
	.details =
		"Own memory starts on the first node and moves back and forth:\n"
		"  dcbm migrate --self 256M --kind anon,thp,shmem --pingpong 20 --verify\n"
		"Memory of a running process:\n"
		"  dcbm migrate --pid 4711 --to 1\n"
		"The driver's counters before and after show how much was copied by DMA.\n",
	.opts = migrate_opts,
	.run = migrate_cmd_run,
	.print = migrate_print,
};
