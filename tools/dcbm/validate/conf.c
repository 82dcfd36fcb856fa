// SPDX-License-Identifier: GPL-2.0-only
/*
 * Options of dcbm validate.
 */
#include <stdio.h>
#include <string.h>

#include "lib/jutil.h"
#include "lib/tool.h"
#include "lib/util.h"
#include "validate/conf.h"

#define SEED_MAX	0xffffffffULL
const struct opt validate_opts[] = {
	{ "chan", 0, "LIST", "channels, or all (default: a free one per device)",
	  OPT_TEXT(struct validate_conf, chan) },
	{ "clause", 0, "LIST", "clauses, or groups such as copy (default: all)",
	  OPT_TEXT(struct validate_conf, clause) },
	{ "seed", 0, "N", "random seed", OPT_NUMBER(struct validate_conf, seed, 0, SEED_MAX, 1) },
	{ "seeds", 0, "N", "run N seeds instead of one, beginning with --seed",
	  OPT_NUMBER(struct validate_conf, seeds, 1, 100000, 0) },
	{ "cases", 0, "N", "cases per clause",
	  OPT_NUMBER(struct validate_conf, cases, 1, 1000000, 0) },
	{ "depth", 0, "N", "descriptors in flight",
	  OPT_NUMBER(struct validate_conf, depth, 1, 4096, 0) },
	{ "threads", 0, "N", "threads of a multi-threaded clause",
	  OPT_NUMBER(struct validate_conf, threads, 1, 16, 0) },
	{ "max-bytes", 0, "SIZE", "memory in flight",
	  OPT_SIZE(struct validate_conf, max_bytes, 64 << 10, 4 << 20, 0) },
	{ "timeout-ms", 0, "N", "timeout of a descriptor, in milliseconds",
	  OPT_NUMBER(struct validate_conf, timeout_ms, 10, 60000, 0) },
	{ "time", 0, "SECONDS", "start no clause after this time",
	  OPT_NUMBER(struct validate_conf, time, 1, 31536000, 0) },
	{ "soak", 0, NULL, "repeat with new seeds until ^C or the end of --time",
	  OPT_FLAG(struct validate_conf, soak) },
	{ "unsafe", 0, NULL, "also run clauses that let the engine access invalid memory",
	  OPT_FLAG(struct validate_conf, unsafe) },
	{ "list", 0, NULL, "show the clauses, do not run them",
	  OPT_FLAG(struct validate_conf, list) },
	{ .name = NULL }
};

/* Options that are passed to the driver, and the keys of the driver; 0 is not passed. */
static const struct {
	const char *option;
	const char *key;
} driver_opts[] = {
	{ "cases", "cases" },
	{ "depth", "depth" },
	{ "threads", "threads" },
	{ "max-bytes", "max_bytes" },
	{ "timeout-ms", "timeout_ms" },
};

static uint64_t value_of(const struct validate_conf *conf, const char *option)
{
	return opt_number(opts_find(validate_opts, option), conf);
}

void validate_conf_init(struct validate_conf *conf)
{
	*conf = (struct validate_conf) { .chan = NULL };
	opts_defaults(validate_opts, conf);
}

int validate_conf_check(struct tool *t, struct validate_conf *conf)
{
	if (conf->soak && conf->seeds)
		return tool_fail(t, TOOL_USAGE,
				 "validate: --soak and --seeds exclude each other");
	if (!conf->soak && !conf->seeds)
		conf->seeds = 1;
	if (conf->seeds && conf->seed + conf->seeds - 1 > SEED_MAX)
		return tool_fail(t, TOOL_USAGE,
				 "validate: --seed plus --seeds exceeds %llu",
				 SEED_MAX);
	return 0;
}

/**
 * validate_conf_line() - make the line for the driver
 * @conf: configuration
 * @chan: channel
 * @clause: clause
 * @seed: seed
 * @line: gets the line, VALIDATE_LINE bytes
 *
 * Options that were not given are not in the line, so that the driver's defaults apply.
 */
void validate_conf_line(const struct validate_conf *conf, const char *chan,
			const char *clause, uint64_t seed, char *line)
{
	size_t i, len;

	len = (size_t)snprintf(line, VALIDATE_LINE, "chan=%.64s clause=%.64s seed=%llu", chan,
			       clause, (unsigned long long)seed);
	for (i = 0; i < ARRAY_SIZE(driver_opts); i++) {
		uint64_t value = value_of(conf, driver_opts[i].option);

		if (value)
			len += (size_t)snprintf(line + len, VALIDATE_LINE - len, " %s=%llu",
						driver_opts[i].key, (unsigned long long)value);
	}
	snprintf(line + len, VALIDATE_LINE - len, "%s\n", conf->unsafe ? " unsafe=1" : "");
}

/* A case depends only on the seed and its number, so cases after the failed case are not run. */
static uint64_t repeated(const struct validate_conf *conf, const char *option,
			 struct json_object *res)
{
	if (!strcmp(option, "cases") && jget(res, "fail_case"))
		return ju64(res, "fail_case") + 1;
	return value_of(conf, option);
}

/**
 * validate_conf_repeat() - make the command that repeats a clause
 * @conf: configuration
 * @res: result of the clause
 * @line: gets the command, VALIDATE_LINE bytes
 */
void validate_conf_repeat(const struct validate_conf *conf, struct json_object *res,
			  char *line)
{
	size_t i, len;

	len = (size_t)snprintf(line, VALIDATE_LINE,
			       "dcbm validate --chan %.64s --clause %.64s --seed %s",
			       jstr(res, "chan"), jstr(res, "clause"), jstr(res, "seed"));
	for (i = 0; i < ARRAY_SIZE(driver_opts); i++) {
		uint64_t value = repeated(conf, driver_opts[i].option, res);

		if (value)
			len += (size_t)snprintf(line + len, VALIDATE_LINE - len, " --%s %llu",
						driver_opts[i].option,
						(unsigned long long)value);
	}
	snprintf(line + len, VALIDATE_LINE - len, "%s", conf->unsafe ? " --unsafe" : "");
}
