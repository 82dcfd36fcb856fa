// SPDX-License-Identifier: GPL-2.0-only
/* dcbm record: run a command and record the driver's events meanwhile */
#include <string.h>

#include "cmd/commands.h"
#include "driver/debugfs.h"
#include "lib/cmd.h"
#include "lib/files.h"
#include "lib/jutil.h"
#include "lib/term.h"
#include "lib/tool.h"
#include "report/load.h"
#include "report/record.h"

#define DEFAULT_FILE		"trace.dat"
#define DEFAULT_CLOCK		"mono"

/* The buffer per CPU: from two pages to more than any machine has. */
#define BUFFER_MIN		(8ULL << 10)
#define BUFFER_MAX		(64ULL << 30)
#define BUFFER_DEFAULT		(8ULL << 20)

static int empty_argument(struct tool *t, const char *name)
{
	return tool_fail(t, TOOL_USAGE, "record: the argument of --%s is empty", name);
}

static int set_output(struct tool *t, void *arg, const char *value)
{
	struct record_conf *conf = arg;

	conf->file = value;
	return *value ? 0 : empty_argument(t, "output");
}

static int set_clock(struct tool *t, void *arg, const char *value)
{
	struct record_conf *conf = arg;

	conf->clock = value;
	return *value ? 0 : empty_argument(t, "clock");
}

static int set_event(struct tool *t, void *arg, const char *value)
{
	struct record_conf *conf = arg;

	if (!*value)
		return empty_argument(t, "event");
	if (conf->nr_events == RECORD_EVENTS)
		return tool_fail(t, TOOL_USAGE, "record: more than %d --event", RECORD_EVENTS);
	conf->event[conf->nr_events++].name = value;
	return 0;
}

static int set_filter(struct tool *t, void *arg, const char *value)
{
	struct record_conf *conf = arg;

	if (!*value)
		return empty_argument(t, "filter");
	if (!conf->nr_events)
		return tool_fail(t, TOOL_USAGE,
				 "record: --filter '%s' has no --event before it", value);
	conf->event[conf->nr_events - 1].filter = value;
	return 0;
}

static const struct opt record_opts[] = {
	{ "output", 'o', "FILE", "file of the recording (default: trace.dat)",
	  OPT_CALL(set_output) },
	{ "buffer-size", 'b', "SIZE", "trace buffer per CPU",
	  OPT_SIZE(struct record_conf, buffer_bytes, BUFFER_MIN, BUFFER_MAX, BUFFER_DEFAULT) },
	{ "clock", 0, "NAME", "trace clock of the kernel (default: mono, as in debugfs)",
	  OPT_CALL(set_clock) },
	{ "event", 'e', "NAME", "also record this event or system; may be repeated",
	  OPT_CALL(set_event) },
	{ "filter", 'f', "FILTER", "record the --event before it only if FILTER is true",
	  OPT_CALL(set_filter) },
	{ .name = NULL }
};

/* Reports what is missing before trace-cmd fails for that reason. */
static int check_machine(struct tool *t)
{
	char tracing[PATH_MAX + 32], file[PATH_MAX];

	if (!program_find("trace-cmd", file, sizeof(file)))
		return tool_fail(t, TOOL_ENV,
				 "record: trace-cmd is not in PATH; install it, e.g. by 'apt-get install trace-cmd'");
	if (!driver_loaded(t))
		return tool_fail(t, TOOL_ENV,
				 "record: the driver is not loaded; try 'modprobe dcbm_sg'");
	if (!tracefs_find(t, tracing, sizeof(tracing)))
		return tool_fail(t, TOOL_ENV,
				 "record: tracefs is not mounted or not accessible; try 'mount -t tracefs none %s' as root",
				 tracing);
	if (!path_exists("%s/events/dcbm", tracing))
		return tool_fail(t, TOOL_ENV,
				 "record: %s has no events of the system dcbm: the driver was built without tracepoints",
				 tracing);
	return 0;
}

static int run_and_report(struct tool *t, const struct record_conf *conf)
{
	struct json_object *report, *words = jadd_arr(t->result, "ran");
	int i, ret, status;

	for (i = 0; conf->command[i]; i++)
		json_object_array_add(words, jnew_text(conf->command[i], strlen(conf->command[i])));
	jadd_str(t->result, "file", conf->file);
	ret = check_machine(t);
	if (!ret)
		ret = record_run(t, conf, &status);
	if (!ret)
		ret = report_load(t, conf->file, &report);
	if (ret)
		return ret;
	jadd_int(t->result, "status", status);
	jadd_u64(t->result, "events", ju64(report, "events"));
	jadd_u64(t->result, "batches", ju64(report, "batches"));
	jadd_u64(t->result, "lost_events", ju64(report, "lost_events"));
	jadd_u64(t->result, "lost_places", ju64(report, "lost_places"));
	json_object_put(report);
	t->show = true;
	if (ju64(t->result, "lost_places"))
		ret = tool_fail(t, TOOL_FAILED,
				"record: events were lost (at %s places); try a larger --buffer-size than %lluK",
				jstr(t->result, "lost_places"),
				(unsigned long long)conf->buffer_bytes >> 10);
	/* A failure of the command has precedence. */
	return status ?: ret;
}

static int record_cmd_run(struct tool *t, int argc, char **argv)
{
	struct record_conf conf = {
		.file = DEFAULT_FILE,
		.clock = DEFAULT_CLOCK,
	};
	int first, ret;

	opts_defaults(record_opts, &conf);
	ret = opts_parse(t, record_opts, argc, argv, &conf, &first);
	if (ret)
		return ret;
	if (first == argc)
		return tool_fail(t, TOOL_USAGE,
				 "record: no command to record: dcbm record -- COMMAND");
	if (strcmp(argv[first - 1], "--"))
		return tool_fail(t, TOOL_USAGE,
				 "record: the command must follow --: dcbm record -- %s",
				 argv[first]);
	conf.command = argv + first;
	return run_and_report(t, &conf);
}

static void record_print(struct term *term, struct json_object *result)
{
	fprintf(term->out, "%s: %s events of %s batches; see 'dcbm report %s'\n",
		jstr(result, "file"), jstr(result, "events"), jstr(result, "batches"),
		jstr(result, "file"));
}

const struct cmd cmd_record = {
	.name = "record",
	.args = "-- COMMAND [ARGUMENT...]",
	.summary = "Run a command and record the driver's events meanwhile",
	.details =
		"Needs trace-cmd. The exit status is that of the command; if it is 0 and events\n"
		"were lost, 1. With --json, what the command prints to stdout goes to stderr.\n",
	.opts = record_opts,
	.run = record_cmd_run,
	.print = record_print,
};
