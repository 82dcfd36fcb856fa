// SPDX-License-Identifier: GPL-2.0-only
/*
 * Running a clause on a channel by the driver's file validate. A clause passes only if the driver
 * reports a pass.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "driver/debugfs.h"
#include "driver/spec.h"
#include "lib/jutil.h"
#include "lib/kmsg.h"
#include "lib/sig.h"
#include "lib/tool.h"
#include "validate/chan.h"
#include "validate/conf.h"
#include "validate/exec.h"
#include "validate/run.h"

/* The driver's error messages in the kernel log begin with this word. */
#define KMSG_MARK	"validate:"

#define NS_PER_S	1000000000ULL

void validate_verdict(struct json_object *res, const char *verdict, const char *why)
{
	jadd_str(res, "verdict", verdict);
	jadd_str(res, "why", why);
}

/* Notes that no further clause can run on the channel; @broken: this is a failure. */
__printf(4, 5)
static void lose(struct validate_run *run, struct validate_chan *chan, bool broken,
		 const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(chan->lost, sizeof(chan->lost), fmt, args);
	va_end(args);
	chan->broken = broken;
	run->sum.broken += broken;
}

/* Returns whether no further clause may start; the reason is in &validate_run.stop. */
bool validate_stopped(struct validate_run *run)
{
	uint64_t limit = run->conf->time * NS_PER_S;

	if (run->stop[0])
		return true;
	if (sig_caught())
		snprintf(run->stop, sizeof(run->stop), "interrupted");
	else if (limit && now_ns() - run->begin_ns >= limit)
		snprintf(run->stop, sizeof(run->stop), "--time is over");
	return run->stop[0];
}

static void taken(struct validate_run *run, struct validate_chan *chan)
{
	run->status = tool_fail(run->t, TOOL_ENV, "validate: channel %s is in use; %s",
				chan->name, validate_free_hint(run->t));
	lose(run, chan, false, "channel is in use");
}

/* ENODEV: the channel is quarantined, in use, or gone. */
static void no_device(struct validate_run *run, struct validate_chan *chan)
{
	if (validate_chan_quarantined(run->t, chan->name))
		lose(run, chan, true, "channel is quarantined");
	else if (validate_chan_in_use(run->t, chan->name))
		taken(run, chan);
	else if (chan->begun)
		lose(run, chan, true, "channel is gone");
	else
		lose(run, chan, false, "the driver cannot get the channel");
}

static void refused(struct validate_run *run, int kmsg)
{
	char why[256];

	if (kmsg_find(kmsg, KMSG_MARK, why, sizeof(why)))
		snprintf(why, sizeof(why), "invalid line for the driver, see the kernel log");
	run->status = tool_fail(run->t, TOOL_USAGE, "validate: %s", why);
	snprintf(run->stop, sizeof(run->stop), "the driver refuses this");
}

/*
 * The file has the last result of any process, which must not be reported as the result of this
 * run.
 */
static bool is_ours(struct json_object *file, struct json_object *res)
{
	static const char *const keys[] = { "chan", "clause", "seed" };
	char word[320];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(keys); i++) {
		snprintf(word, sizeof(word), "%s=%s", keys[i], jstr(res, keys[i]));
		if (!spec_has(jstr(file, "spec"), word))
			return false;
	}
	return strcmp(jstr(file, "status"), "running") && strcmp(jstr(file, "status"), "none");
}

static void take_result(struct json_object *res, struct json_object *file)
{
	json_object_object_foreach(file, key, value) {
		if (strcmp(key, "clauses") && strcmp(key, "help"))
			jadd(res, key, json_object_get(value));
	}
	jadd_str(res, "verdict", jstr(res, "status"));
}

/* After a failed write the file has details, or still an earlier result of the same clause. */
static void failed_write(struct json_object *res, struct json_object *file, int err)
{
	const char *status = jstr(file, "status");

	if (is_ours(file, res) && (!strcmp(status, "error") || !strcmp(status, "interrupted")))
		take_result(res, file);
	else if (err == EINTR && sig_caught())
		validate_verdict(res, "interrupted", NULL);
	else
		validate_verdict(res, "error", strerror(err));
}

/* Reads the driver's result of the clause. */
static void load_result(struct validate_run *run, struct json_object *res, int err)
{
	struct json_object *file;
	int ret;

	ret = debugfs_load(run->t, "validate", &file);
	if (ret) {
		run->status = ret;
		snprintf(run->stop, sizeof(run->stop), "results cannot be read");
		validate_verdict(res, "error", run->stop);
		return;
	}
	if (err) {
		failed_write(res, file, err);
	} else if (is_ours(file, res)) {
		take_result(res, file);
	} else {
		run->status = tool_fail(run->t, TOOL_ENV,
					"validate: the result belongs to another run; run one 'dcbm validate' at a time");
		snprintf(run->stop, sizeof(run->stop), "another process runs clauses");
		validate_verdict(res, "error", run->stop);
	}
	json_object_put(file);
}

static void write_line(struct validate_run *run, struct validate_chan *chan,
		       struct json_object *res)
{
	char line[VALIDATE_LINE];
	int fd, kmsg, err;

	fd = debugfs_open_write(run->t, "validate");
	if (fd < 0) {
		run->status = TOOL_ENV;
		snprintf(run->stop, sizeof(run->stop), "the driver is gone");
		validate_verdict(res, "error", run->stop);
		return;
	}
	kmsg = run->t->debugfs_given ? -1 : kmsg_open_end();
	validate_conf_line(run->conf, chan->name, jstr(res, "clause"), ju64(res, "seed"), line);
	err = debugfs_write(fd, line);
	close(fd);

	switch (err) {
	case EINVAL:
		refused(run, kmsg);
		validate_verdict(res, "error", run->stop);
		break;
	case ENODEV:
		no_device(run, chan);
		validate_verdict(res, "skip", chan->lost);
		break;
	case EBUSY:
		taken(run, chan);
		validate_verdict(res, "skip", chan->lost);
		break;
	case EOPNOTSUPP:
		lose(run, chan, false, "channel does not copy memory");
		validate_verdict(res, "skip", chan->lost);
		break;
	default:
		load_result(run, res, err);
	}
	if (kmsg >= 0)
		close(kmsg);
}

/* A clause that leaves the channel unusable has not passed, whatever its result. */
static void judge_channel(struct validate_run *run, struct validate_chan *chan,
			  struct json_object *res)
{
	const char *state = jstr(res, "chan_state");

	if (chan->lost[0] || !*state || !strcmp(state, "ready"))
		return;
	lose(run, chan, true, "channel is %s", state);
	if (!strcmp(jstr(res, "verdict"), "pass"))
		validate_verdict(res, "fail", "the copies are right, but the channel is lost");
}

/**
 * validate_clause() - run a clause on a channel, or skip it
 * @run: run; &validate_run.stop is set if no further clause can run
 * @chan: channel; &validate_chan.lost is set if no further clause can run on the channel
 * @res: has the keys chan, clause and seed, gets the result
 */
void validate_clause(struct validate_run *run, struct validate_chan *chan,
		     struct json_object *res)
{
	char label[128], repeat[VALIDATE_LINE];

	if (chan->lost[0] || validate_stopped(run)) {
		validate_verdict(res, "skip", chan->lost[0] ? chan->lost : run->stop);
		return;
	}
	snprintf(label, sizeof(label), "%.60s %.60s", chan->name, jstr(res, "clause"));
	progress_label(&run->progress, label);
	write_line(run, chan, res);
	if (jget(res, "spec"))
		chan->begun = true;
	judge_channel(run, chan, res);
	if (!strcmp(jstr(res, "verdict"), "interrupted"))
		jadd_str(res, "why", "interrupted");
	validate_conf_repeat(run->conf, res, repeat);
	jadd_str(res, "repeat", repeat);
}
