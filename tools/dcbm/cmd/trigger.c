// SPDX-License-Identifier: GPL-2.0-only
/* dcbm trigger: test batches through the driver's trigger file */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd/commands.h"
#include "driver/debugfs.h"
#include "driver/spec.h"
#include "lib/cmd.h"
#include "lib/jutil.h"
#include "lib/kmsg.h"
#include "lib/progress.h"
#include "lib/sig.h"
#include "lib/term.h"
#include "lib/tool.h"

/* Far above the length of all keys; the driver has its own limit. */
#define SPEC_MAX	1024

/* The driver's error messages in the kernel log begin with this word. */
#define KMSG_MARK	"trigger:"

struct trigger_conf {
	bool help_keys;
};

static const struct opt trigger_opts[] = {
	{ "help-keys", 0, NULL, "show the keys of the driver, their ranges and defaults",
	  OPT_FLAG(struct trigger_conf, help_keys) },
	{ .name = NULL }
};

/*
 * Refuses only bytes and words that would change the meaning of the line; the driver checks the
 * keys and values.
 */
static int make_spec(struct tool *t, int nr, char **words, char *spec, size_t size)
{
	size_t len = 0;
	int i;

	spec[0] = '\0';
	for (i = 0; i < nr; i++) {
		const char *c, *word = words[i];

		for (c = word; *c; c++)
			if (!isascii((unsigned char)*c) || !isgraph((unsigned char)*c))
				return tool_fail(t, TOOL_USAGE,
						 "trigger: operand %d has a blank or unprintable byte in it",
						 i + 1);
		if (!strchr(word, '=') || *word == '=')
			return tool_fail(t, TOOL_USAGE,
					 "trigger: '%s' is not key=value (see 'dcbm trigger --help-keys')",
					 word);
		if (len + strlen(word) + 2 > size)
			return tool_fail(t, TOOL_USAGE, "trigger: more than %d bytes of keys",
					 SPEC_MAX);
		len += (size_t)snprintf(spec + len, size - len, "%s%s", len ? " " : "", word);
	}
	snprintf(spec + len, size - len, "\n");
	return 0;
}

static int refused(struct tool *t, int kmsg)
{
	char why[256];

	if (kmsg_find(kmsg, KMSG_MARK, why, sizeof(why)))
		snprintf(why, sizeof(why), "invalid line for the driver, see the kernel log");
	return tool_fail(t, TOOL_USAGE, "trigger: %s (see 'dcbm trigger --help-keys')", why);
}

static int judge(struct tool *t, int err, int kmsg)
{
	struct json_object *res = t->result;

	switch (err) {
	case 0:
		/* A mismatch also makes write() fail with EIO; do not depend on the errno alone. */
		if (!strcmp(jstr(res, "status"), "failed"))
			break;
		return TOOL_OK;
	case EIO:
		break;
	case EINVAL:
		return refused(t, kmsg);
	case ENOMEM:
		return tool_fail(t, TOOL_ENV,
				 "trigger: not enough memory on the nodes; ask for fewer or smaller folios");
	case ENODEV:
		return tool_fail(t, TOOL_ENV,
				 "trigger: no DMA channel; load an engine's driver, e.g. 'modprobe simdma'");
	case EBUSY:
		return tool_fail(t, TOOL_ENV,
				 "trigger: another test batch runs; wait until it is done");
	case EINTR:
		if (sig_caught())
			return tool_fail(t, TOOL_SIGNAL + sig_caught(),
					 "trigger: interrupted after %s runs", jstr(res, "runs"));
		return tool_fail(t, TOOL_ENV, "trigger: interrupted");
	default:
		return tool_fail(t, TOOL_ENV, "trigger: %s", strerror(err));
	}
	return tool_fail(t, TOOL_FAILED, "trigger: verification failed: %s wrong words, first %s",
			 jstr(res, "mismatches"), jstr(res, "first_mismatch"));
}

/* Copies keys of the file to the result: the key help only, or all other keys. */
static int read_file(struct tool *t, bool help)
{
	struct json_object *obj;
	int ret;

	ret = debugfs_load(t, "trigger", &obj);
	if (ret)
		return ret;
	json_object_object_foreach(obj, key, value) {
		if (!strcmp(key, "help") == help)
			jadd(t->result, key, json_object_get(value));
	}
	json_object_put(obj);
	return 0;
}

/*
 * The file has the last result of any process: another process may have started a batch between
 * our write and our read.
 */
static bool is_ours(struct tool *t, int nr, char **words)
{
	int i;

	for (i = 0; i < nr; i++)
		if (!spec_has(jstr(t->result, "spec"), words[i]))
			return false;
	return true;
}

static int trigger_run(struct tool *t, int argc, char **argv)
{
	struct trigger_conf conf = { .help_keys = false };
	char spec[SPEC_MAX];
	struct progress progress;
	int first, fd, kmsg, err, ret;

	ret = opts_parse(t, trigger_opts, argc, argv, &conf, &first);
	if (ret)
		return ret;
	if (conf.help_keys) {
		ret = read_file(t, true);
		t->show = !ret;
		return ret;
	}
	ret = make_spec(t, argc - first, argv + first, spec, sizeof(spec));
	if (ret)
		return ret;
	fd = debugfs_open_write(t, "trigger");
	if (fd < 0)
		return TOOL_ENV;
	kmsg = t->debugfs_given ? -1 : kmsg_open_end();

	sig_catch();
	progress_start(&progress, "test batches run", 0);
	err = debugfs_write(fd, spec);
	progress_stop(&progress);
	close(fd);

	/* After an invalid line the file still has the previous result. */
	ret = err == EINVAL ? 0 : read_file(t, false);
	if (!ret) {
		jadd_bool(t->result, "ours",
			  err != EINVAL && is_ours(t, argc - first, argv + first));
		t->show = !err || err == EIO || err == EINTR;
		ret = judge(t, err, kmsg);
	}
	if (kmsg >= 0)
		close(kmsg);
	return ret;
}

static void print_help_lines(struct term *term, struct json_object *help)
{
	size_t i;

	for (i = 0; i < jlen(help); i++)
		fprintf(term->out, "%s\n", json_object_get_string(jat(help, i)));
}

static void trigger_print(struct term *term, struct json_object *res)
{
	struct json_object *fell = jget(res, "fallbacks");
	const char *status = jstr(res, "status");
	char bytes[FMT_LEN], ns[FMT_LEN];
	enum colour colour;
	size_t i;

	if (jget(res, "help")) {
		print_help_lines(term, jget(res, "help"));
		return;
	}
	colour = !strcmp(status, "ok") ? COLOUR_GOOD : COLOUR_BAD;
	fprintf(term->out, "spec        %s\nstatus      ", jstr(res, "spec"));
	term_paint(term, colour, "%s", status);
	if (jint(res, "errno"))
		fprintf(term->out, " (%s)", strerror(abs((int)jint(res, "errno"))));
	fprintf(term->out, "\nruns        %s (batches %s to %s)\n", jstr(res, "runs"),
		jstr(res, "first_batch"), jstr(res, "last_batch"));
	fprintf(term->out, "folios      %s, %s\n", jstr(res, "folios"),
		fmt_bytes(bytes, ju64(res, "bytes")));
	fprintf(term->out, "time        %s, %s MB/s\n", fmt_ns(ns, ju64(res, "ns")),
		jstr(res, "mbps"));
	fprintf(term->out, "by DMA      %s folios\nby CPU      %s folios", jstr(res, "copied"),
		jstr(res, "fell_back"));
	for (i = 0; i < jlen(fell); i++)
		fprintf(term->out, "%s%s %s", i ? ", " : ": ", jstr(jat(fell, i), "reason"),
			jstr(jat(fell, i), "folios"));
	fputs("\nmismatches  ", term->out);
	term_paint(term, ju64(res, "mismatches") ? COLOUR_BAD : COLOUR_NONE, "%s",
		   jstr(res, "mismatches"));
	if (ju64(res, "mismatches"))
		fprintf(term->out, ", first: %s", jstr(res, "first_mismatch"));
	fputc('\n', term->out);
	if (!jbool(res, "ours"))
		fputs("note        this is the result of a later batch of another process\n",
		      term->out);
}

const struct cmd cmd_trigger = {
	.name = "trigger",
	.args = "[KEY=VALUE...]",
	.summary = "Copy test batches and verify every byte",
	.details =
		"The keys, their ranges and defaults are shown by 'dcbm trigger --help-keys'.\n"
		"Example: dcbm trigger folios=512 order=0 src=0 dst=1 chan=4 repeat=10\n",
	.opts = trigger_opts,
	.run = trigger_run,
	.print = trigger_print,
};
