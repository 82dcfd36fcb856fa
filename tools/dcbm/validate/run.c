// SPDX-License-Identifier: GPL-2.0-only
/*
 * Loops of dcbm validate: seeds, channels per seed, clauses per channel. Each planned clause
 * has a result line, also if it could not be run.
 */
#include <stdio.h>
#include <string.h>

#include "lib/jutil.h"
#include "lib/sig.h"
#include "lib/tool.h"
#include "validate/chan.h"
#include "validate/conf.h"
#include "validate/exec.h"
#include "validate/run.h"

/* Indentation of a subtest */
#define LEVEL		2

static void count(struct validate_run *run, struct json_object *res)
{
	const char *verdict = jstr(res, "verdict");
	bool bad = false;

	if (!strcmp(verdict, "pass")) {
		run->sum.passed++;
	} else if (!strcmp(verdict, "fail")) {
		run->sum.failed++;
		bad = true;
	} else if (!strcmp(verdict, "skip") || !strcmp(verdict, "interrupted")) {
		run->sum.skipped++;
	} else {
		run->sum.errors++;
		bad = true;
	}
	run->sum.descriptors += ju64(res, "descriptors");
	run->sum.bytes += ju64(res, "bytes");
	if (bad && !run->first[0])
		snprintf(run->first, sizeof(run->first), "%.60s on %.60s", jstr(res, "clause"),
			 jstr(res, "chan"));
}

static struct json_object *new_result(struct json_object *block, struct json_object *clause)
{
	static const char *const of_block[] = { "chan", "device", "driver", "seed" };
	struct json_object *res = json_object_new_object();
	size_t i;

	for (i = 0; i < ARRAY_SIZE(of_block); i++)
		jadd(res, of_block[i], json_object_get(jget(block, of_block[i])));
	jadd(res, "clause", json_object_get(jget(clause, "clause")));
	jadd(res, "law", json_object_get(jget(clause, "text")));
	validate_verdict(res, NULL, NULL);
	return res;
}

/*
 * Returns whether a result is kept for JSON. Other results are dropped after they were printed,
 * as --soak can run for days.
 */
static bool kept(const struct validate_run *run, struct json_object *res)
{
	return run->t->json && (!run->conf->soak || strcmp(jstr(res, "verdict"), "pass"));
}

/* No clause can run on the channel: one result line instead of one per clause. */
static void skip_block(struct validate_run *run, struct json_object *block, const char *why)
{
	run->sum.skipped += jlen(run->clauses);
	progress_add(&run->progress, jlen(run->clauses));
	validate_verdict(block, "skip", why);
}

static void begin_block(struct validate_run *run, struct json_object *block)
{
	if (!run->flat) {
		run->ktap.indent = LEVEL;
		ktap_head(&run->ktap);
		ktap_plan(&run->ktap, jlen(run->clauses));
	}
	ktap_channel(&run->ktap, block);
}

static void end_clause(struct validate_run *run, struct json_object *block,
		       struct json_object *res, size_t i)
{
	count(run, res);
	progress_add(&run->progress, 1);
	progress_pause(&run->progress);
	if (!i)
		begin_block(run, block);
	ktap_clause(&run->ktap, i + 1, res);
	progress_resume(&run->progress);
	if (kept(run, res))
		json_object_array_add(jget(block, "results"), json_object_get(res));
}

static void judge_block(struct validate_run *run, struct validate_chan *chan,
			struct json_object *block, const struct validate_sum *before)
{
	if (run->sum.failed > before->failed || run->sum.errors > before->errors ||
	    run->sum.broken > before->broken)
		validate_verdict(block, "fail", chan->lost);
	else if (chan->lost[0] || run->stop[0])
		validate_verdict(block, "skip", chan->lost[0] ? chan->lost : run->stop);
	else if (run->sum.passed == before->passed)
		validate_verdict(block, "skip", "all clauses were skipped");
	else
		validate_verdict(block, "pass", "");
}

static void run_block(struct validate_run *run, struct validate_chan *chan,
		      struct json_object *block)
{
	const struct validate_sum before = run->sum;
	bool useless = false;
	size_t i;

	if (!run->flat && (chan->lost[0] || validate_stopped(run))) {
		skip_block(run, block, chan->lost[0] ? chan->lost : run->stop);
		return;
	}
	for (i = 0; i < jlen(run->clauses) && !useless; i++) {
		struct json_object *res = new_result(block, jat(run->clauses, i));

		validate_clause(run, chan, res);
		/* Many machines have many channels that cannot copy memory: one line for each. */
		useless = !run->flat && chan->lost[0] && !chan->begun && !chan->broken;
		if (useless)
			skip_block(run, block, chan->lost);
		else
			end_clause(run, block, res, i);
		json_object_put(res);
	}
	run->ktap.indent = 0;
	if (!useless)
		judge_block(run, chan, block, &before);
}

static void run_channel(struct validate_run *run, struct validate_chan *chan, uint64_t seed)
{
	struct json_object *block = json_object_new_object();

	jadd_str(block, "chan", chan->name);
	jadd_str(block, "device", chan->device);
	jadd_str(block, "driver", chan->driver);
	jadd_u64(block, "seed", seed);
	validate_verdict(block, NULL, NULL);
	jadd_arr(block, "results");
	run_block(run, chan, block);
	run->blocks++;
	if (!run->flat) {
		progress_pause(&run->progress);
		ktap_block(&run->ktap, run->blocks, block);
		progress_resume(&run->progress);
	}
	if (kept(run, block))
		json_object_array_add(jget(run->t->result, "runs"), json_object_get(block));
	json_object_put(block);
}

static bool any_left(const struct validate_run *run)
{
	size_t i;

	for (i = 0; i < run->chans->nr; i++)
		if (!run->chans->chan[i].lost[0])
			return true;
	return false;
}

/* A soak ends between seeds, or when all channels are lost. */
static bool next_seed(struct validate_run *run, uint64_t done)
{
	if (run->conf->soak)
		return !done || (!validate_stopped(run) && any_left(run));
	return done < run->conf->seeds;
}

static void run_seeds(struct validate_run *run)
{
	uint64_t plan = run->flat ? jlen(run->clauses) : run->chans->nr * run->conf->seeds;
	uint64_t done;
	size_t i;

	ktap_head(&run->ktap);
	if (plan)
		ktap_plan(&run->ktap, plan);
	progress_start(&run->progress, "validating",
		       jlen(run->clauses) * run->chans->nr * run->conf->seeds);
	for (done = 0; next_seed(run, done); done++)
		for (i = 0; i < run->chans->nr; i++)
			run_channel(run, &run->chans->chan[i],
				    (uint32_t)(run->conf->seed + done));
	progress_stop(&run->progress);
	if (!plan)
		ktap_plan(&run->ktap, run->blocks);
}

static void add_totals(struct validate_run *run)
{
	struct json_object *totals = jadd_obj(run->t->result, "totals");

	jadd_u64(totals, "passed", run->sum.passed);
	jadd_u64(totals, "failed", run->sum.failed);
	jadd_u64(totals, "skipped", run->sum.skipped);
	jadd_u64(totals, "errors", run->sum.errors);
	jadd_u64(totals, "descriptors", run->sum.descriptors);
	jadd_u64(totals, "bytes", run->sum.bytes);
	jadd_u64(totals, "ns", now_ns() - run->begin_ns);
	ktap_totals(&run->ktap, totals);
}

static const struct validate_chan *first_lost(const struct validate_run *run, bool broken)
{
	size_t i;

	for (i = 0; i < run->chans->nr; i++)
		if (run->chans->chan[i].lost[0] && run->chans->chan[i].broken == broken)
			return &run->chans->chan[i];
	return NULL;
}

/* Exit status and error message. A failure has precedence over an interruption. */
static int judge(struct validate_run *run)
{
	const struct validate_chan *lost = first_lost(run, true);
	struct tool *t = run->t;

	if (run->sum.failed || run->sum.broken)
		t->error[0] = '\0';
	if (run->sum.failed && run->sum.broken)
		return tool_fail(t, TOOL_FAILED, "validate: %llu failed, first %s; %s: %s",
				 (unsigned long long)run->sum.failed, run->first, lost->name,
				 lost->lost);
	if (run->sum.failed)
		return tool_fail(t, TOOL_FAILED, "validate: %llu failed, first %s",
				 (unsigned long long)run->sum.failed, run->first);
	if (run->sum.broken)
		return tool_fail(t, TOOL_FAILED, "validate: %s: %s", lost->name, lost->lost);
	if (sig_caught())
		return tool_fail(t, TOOL_SIGNAL + sig_caught(),
				 "validate: interrupted; %llu clauses passed until then",
				 (unsigned long long)run->sum.passed);
	if (run->status)
		return run->status;
	if (run->sum.errors)
		return tool_fail(t, TOOL_ENV, "validate: %llu could not be run, first %s",
				 (unsigned long long)run->sum.errors, run->first);
	lost = first_lost(run, false);
	if (lost && (run->conf->chan || !any_left(run)))
		return tool_fail(t, TOOL_ENV, "validate: %s: %s", lost->name, lost->lost);
	return TOOL_OK;
}

/**
 * validate_run() - run all clauses on all channels with all seeds
 * @t: run; gets "runs" and "totals"
 * @conf: what to test, and how
 * @clauses: clauses to be run
 * @chans: channels to run them on
 *
 * Return: An enum tool_status.
 */
int validate_run(struct tool *t, const struct validate_conf *conf,
		 struct json_object *clauses, struct validate_chans *chans)
{
	struct validate_run run = {
		.t = t,
		.conf = conf,
		.clauses = clauses,
		.chans = chans,
		.ktap = { .on = !t->json },
		.begin_ns = now_ns(),
		.flat = chans->nr == 1 && conf->seeds == 1,
	};

	term_init(&run.ktap.term, t->out);
	jadd_arr(t->result, "runs");
	sig_catch();
	run_seeds(&run);
	add_totals(&run);
	return judge(&run);
}
