// SPDX-License-Identifier: GPL-2.0-only
/* dcbm validate: check an engine's driver against the DMAEngine contract */
#include "cmd/commands.h"
#include "driver/debugfs.h"
#include "lib/cmd.h"
#include "lib/jutil.h"
#include "lib/tool.h"
#include "validate/chan.h"
#include "validate/clause.h"
#include "validate/conf.h"
#include "validate/print.h"
#include "validate/run.h"

static void describe(struct json_object *result, const struct validate_conf *conf)
{
	jadd_u64(result, "seed", conf->seed);
	jadd(result, "seeds", conf->soak ? NULL : json_object_new_uint64(conf->seeds));
	jadd_bool(result, "unsafe", conf->unsafe);
}

static int load_clauses(struct tool *t, const struct validate_conf *conf)
{
	struct json_object *file;
	int ret;

	ret = debugfs_load(t, "validate", &file);
	if (ret)
		return ret;
	ret = validate_clauses(t, conf, jget(file, "clauses"), jadd_arr(t->result, "clauses"));
	json_object_put(file);
	return ret;
}

static int run(struct tool *t, const struct validate_conf *conf)
{
	struct validate_chans chans;
	int ret;

	describe(t->result, conf);
	ret = validate_chans_find(t, conf, &chans);
	if (!ret)
		ret = validate_run(t, conf, jget(t->result, "clauses"), &chans);
	validate_chans_free(&chans);
	return ret;
}

static int validate_cmd_run(struct tool *t, int argc, char **argv)
{
	struct validate_conf conf;
	int first, ret;

	validate_conf_init(&conf);
	ret = opts_parse(t, validate_opts, argc, argv, &conf, &first);
	if (!ret && first < argc)
		ret = tool_fail(t, TOOL_USAGE, "validate takes no operand, but got '%s'",
				argv[first]);
	if (!ret)
		ret = validate_conf_check(t, &conf);
	if (!ret)
		ret = load_clauses(t, &conf);
	if (ret)
		return ret;
	t->show = conf.list;
	return conf.list ? TOOL_OK : run(t, &conf);
}

/* Results were printed as they came; only the list of clauses is left. */
static void validate_print(struct term *term, struct json_object *result)
{
	validate_print_list(term, jget(result, "clauses"));
}

const struct cmd cmd_validate = {
	.name = "validate",
	.args = "",
	.summary = "Check whether an engine's driver keeps the DMAEngine contract",
	.details =
		"Runs every clause of the contract on every channel and prints KTAP lines.\n"
		"--cases, --depth, --threads, --max-bytes and --timeout-ms have the driver's defaults.\n"
		"  dcbm validate --list\n"
		"  dcbm validate --chan dma0chan0 --clause copy.one\n"
		"  dcbm validate --chan all --soak\n"
		"A failure shows the command that repeats it.\n",
	.opts = validate_opts,
	.run = validate_cmd_run,
	.print = validate_print,
};
