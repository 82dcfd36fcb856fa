// SPDX-License-Identifier: GPL-2.0-only
/* dcbm stat: the driver's statistics as histograms and tables */
#include <string.h>

#include "cmd/commands.h"
#include "driver/debugfs.h"
#include "driver/stat_print.h"
#include "lib/cmd.h"
#include "lib/files.h"
#include "lib/jutil.h"
#include "lib/progress.h"
#include "lib/term.h"
#include "lib/tool.h"

struct stat_conf {
	bool raw;
};

static const struct opt stat_opts[] = {
	{ "raw", 0, NULL, "print the files as the driver writes them",
	  OPT_FLAG(struct stat_conf, raw) },
	{ .name = NULL }
};

static const struct stat_file *find_file(const char *file)
{
	const struct stat_file *f;

	for (f = stat_files; f->file; f++)
		if (!strcmp(f->file, file))
			return f;
	return NULL;
}

static bool wanted(const char *file, char **names, int nr)
{
	int i;

	for (i = 0; i < nr; i++)
		if (!strcmp(names[i], file))
			return true;
	return !nr;
}

static int load_raw(struct tool *t, const char *file)
{
	struct text text;
	int ret;

	ret = debugfs_read(t, file, &text);
	if (ret)
		return ret;
	jadd(t->result, file, jnew_text(text.buf, text.len));
	text_free(&text);
	return 0;
}

static int load(struct tool *t, const char *file)
{
	struct json_object *obj;
	int ret;

	ret = debugfs_load(t, file, &obj);
	if (!ret)
		jadd(t->result, file, obj);
	return ret;
}

static int stat_run(struct tool *t, int argc, char **argv)
{
	struct stat_conf conf = { .raw = false };
	const struct stat_file *f;
	int first, i, ret;

	ret = opts_parse(t, stat_opts, argc, argv, &conf, &first);
	if (ret)
		return ret;
	for (i = first; i < argc; i++)
		if (!find_file(argv[i]))
			return tool_fail(t, TOOL_USAGE,
					 "unknown statistic '%s' (see 'dcbm stat --help')",
					 argv[i]);
	jadd_bool(t->result, "raw", conf.raw);
	for (f = stat_files; f->file; f++) {
		if (!wanted(f->file, argv + first, argc - first))
			continue;
		ret = conf.raw ? load_raw(t, f->file) : load(t, f->file);
		if (ret)
			return ret;
	}
	jadd_u64(t->result, "now_ns", now_ns());
	t->show = true;
	return TOOL_OK;
}

static void stat_print(struct term *term, struct json_object *result)
{
	const struct stat_file *f;
	bool raw = jbool(result, "raw");
	bool first = true;

	for (f = stat_files; f->file; f++) {
		struct json_object *obj = jget(result, f->file);

		if (!obj)
			continue;
		if (raw) {
			fputs(json_object_get_string(obj), term->out);
			continue;
		}
		if (!first)
			fputc('\n', term->out);
		first = false;
		f->print(term, f->file, obj);
	}
}

const struct cmd cmd_stat = {
	.name = "stat",
	.args = "[STATISTIC...]",
	.summary = "Show the driver's histograms, channels and fallbacks",
	.details =
		"STATISTIC is one or more of batch_size, batch_latency, desc_latency,\n"
		"desc_segments, channels and fallbacks; without any, all are shown.\n",
	.opts = stat_opts,
	.run = stat_run,
	.print = stat_print,
};
