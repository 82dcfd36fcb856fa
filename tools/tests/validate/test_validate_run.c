// SPDX-License-Identifier: GPL-2.0-only
/* dcbm validate on a fake driver: several channels and seeds, signals, limits and errors */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fake_validate.h"
#include "lib/files.h"
#include "lib/tool.h"
#include "lib/util.h"

static const char pass_quarantined[] =
	"status pass\nwhy -\nerrno 0\ncases 1\ndescriptors 1\nbytes 1\nns 1\nchan_state dead\n";

static void test_quarantine(void **state)
{
	static const struct fake_rule rules[] = {
		{ .clause = "copy.many", .result = fake_quarantined }, { .result = NULL }
	};
	static const struct fake_rule quiet[] = {
		{ .clause = "copy.few", .result = pass_quarantined }, { .result = NULL }
	};
	static const struct fake_rule before[] = { { .err = ENODEV }, { .result = NULL } };
	static const struct fake_rule gone[] = {
		{ .clause = "copy.few", .err = ENODEV }, { .result = NULL }
	};
	struct fixture *fx = *state;

	assert_int_equal(on_one(fx, rules, "validate --clause copy"), TOOL_FAILED);
	results(fx, 0, 2, 1, 6);
	assert_int_equal(fake.writes, 3);
	assert_int_equal(times(fx->out, " # SKIP channel is quarantined\n"), 6);
	assert_string_equal(fixture_error(fx),
			    "validate: 1 failed, first copy.many on dma0chan0; dma0chan0: channel is quarantined");

	/* A clause that leaves the channel dead has not passed, whatever its result. */
	assert_int_equal(on_one(fx, quiet, "validate --clause copy"), TOOL_FAILED);
	results(fx, 0, 1, 1, 7);
	has(fx->out, "#   why         the copies are right, but the channel is lost\n");
	assert_int_equal(times(fx->out, " # SKIP channel is dead\n"), 7);

	/* The channel was unbound: the remaining clauses are skipped, and the run fails. */
	assert_int_equal(on_one(fx, gone, "validate --clause copy"), TOOL_FAILED);
	results(fx, 0, 1, 0, 8);
	assert_int_equal(times(fx->out, " # SKIP channel is gone\n"), 8);
	assert_string_equal(fixture_error(fx), "validate: dma0chan0: channel is gone");
	assert_int_equal(on_many(fx, gone, "validate --clause copy --chan dma0chan0,dma0chan1"),
			 TOOL_FAILED);
	results(fx, 2, 2, 0, 16);
	has(fx->out, "\nnot ok 1 dma0chan0 seed=1\n");

	/* Quarantined before, according to the driver's list of channels */
	fake_start(fx, before);
	fake_channel(fx, "dma0chan1", "simdma.0", false);
	fixture_run(fx, "validate --chan dma0chan1 --clause copy");
	assert_int_equal(fx->status, TOOL_FAILED);
	results(fx, 0, 0, 0, 9);
	assert_string_equal(fixture_error(fx), "validate: dma0chan1: channel is quarantined");
}

static void test_channels(void **state)
{
	static const struct fake_rule rules[] = {
		{ .chan = "dma0chan0", .clause = "copy.many", .result = fake_fail },
		{ .chan = "dma1chan2", .result = fake_skip },
		{ .chan = "dma1chan10", .clause = "copy.one", .result = fake_quarantined },
		{ .result = NULL }
	};
	struct fixture *fx = *state;

	assert_int_equal(on_many(fx, rules, "validate --clause copy"), TOOL_FAILED);
	results(fx, 2, 8, 1, 9);
	assert_int_equal(strncmp(fx->out, "KTAP version 1\n1..2\n  KTAP version 1\n  1..9\n"
				 "  # dma0chan0 of simdma.0 (simdma), seed 1\n"
				 "  ok 1 dma0chan0 copy.one\n", 113), 0);
	has(fx->out, "\n  #   requirement paired lists up to the longest that prep accepts ");
	has(fx->out, "\nnot ok 1 dma0chan0 seed=1\n");
	has(fx->out, "\nok 2 dma1chan2 seed=1 # SKIP all clauses were skipped\n# Totals: ");

	assert_int_equal(on_many(fx, rules, "validate --clause copy --chan all"), TOOL_FAILED);
	results(fx, 4, 17, 2, 17);
	/* Numeric order: 10 comes after 2. */
	has(fx->out, "\nok 2 dma0chan1 seed=1\n");
	has(fx->out, "\nnot ok 4 dma1chan10 seed=1\n");

	on_many(fx, NULL, "validate --clause copy.one --chan dma1chan10,dma0chan1");
	assert_int_equal(fx->status, TOOL_OK);
	results(fx, 2, 2, 0, 0);
	has(fx->out, "\nok 1 dma0chan1 seed=1\n");
	has(fx->out, "\nok 2 dma1chan10 seed=1\n");

	/* Without devices in sysfs, channels are grouped by their names. */
	fake_channel(fx, "dma7chan0", NULL, false);
	fake_channel(fx, "dma7chan1", NULL, false);
	fixture_run(fx, "validate --clause copy.one");
	results(fx, 3, 3, 0, 0);
	has(fx->out, "  # dma7chan0 of dma7 (?), seed 1\n");
}

/* Channels that do not copy memory are common, and no failure. */
static void test_unfit(void **state)
{
	static const struct fake_rule rules[] = {
		{ .chan = "dma0chan0", .err = ENODEV }, { .result = NULL }
	};
	static const struct fake_rule none[] = { { .err = EOPNOTSUPP }, { .result = NULL } };
	struct fixture *fx = *state;

	assert_int_equal(on_many(fx, rules, "validate --clause copy"), TOOL_OK);
	results(fx, 1, 9, 0, 1);
	has(fx->out, "ok 1 dma0chan0 seed=1 # SKIP the driver cannot get the channel\n");
	has(fx->out, "# Totals: pass:9 fail:0 skip:9 error:0\n");
	assert_int_equal(on_many(fx, rules, "validate --clause copy --chan dma0chan0,dma0chan1"),
			 TOOL_ENV);
	has(fixture_error(fx), "validate: dma0chan0: the driver cannot get the channel");
	assert_int_equal(on_many(fx, none, "validate --clause copy"), TOOL_ENV);
	results(fx, 0, 0, 0, 2);
	assert_string_equal(fixture_error(fx), "validate: dma0chan0: channel does not copy memory");
	assert_int_equal(on_one(fx, none, "validate --clause copy --chan dma0chan0"), TOOL_ENV);
	results(fx, 0, 0, 0, 9);
}

static void test_seeds(void **state)
{
	static const struct fake_rule rules[] = {
		{ .seed = "8", .clause = "copy.few", .result = fake_fail },
		{ .result = NULL }
	};
	static const struct fake_rule lost[] = {
		{ .seed = "8", .clause = "copy.few", .result = fake_quarantined },
		{ .result = NULL }
	};
	struct fixture *fx = *state;

	assert_int_equal(on_one(fx, rules, "validate --clause copy --seed 7 --seeds 3"),
			 TOOL_FAILED);
	results(fx, 3, 26, 1, 0);
	has(fx->out, "KTAP version 1\n1..3\n  KTAP");
	has(fx->out, "\nok 1 dma0chan0 seed=7\n");
	has(fx->out, "\nnot ok 2 dma0chan0 seed=8\n");
	has(fx->out, "\nok 3 dma0chan0 seed=9\n");
	has(fx->out, "--clause copy.few --seed 8 --cases 18\n");
	assert_int_equal(times(fake.lines, "seed=9\n"), 9);

	assert_int_equal(on_one(fx, lost, "validate --clause copy --seed 7 --seeds 3"),
			 TOOL_FAILED);
	results(fx, 2, 10, 1, 8);
	has(fx->out, "\nok 3 dma0chan0 seed=9 # SKIP channel is quarantined\n");
	has(fx->out, "# Totals: pass:10 fail:1 skip:16 error:0\n");
}

static void two_hours(void)
{
	fake_ns_later += 7200 * 1000000000ULL;
}

static void test_time(void **state)
{
	static const struct fake_rule rules[] = {
		{ .clause = "copy.few", .result = fake_pass, .then = two_hours },
		{ .result = NULL }
	};
	struct fixture *fx = *state;

	assert_int_equal(on_one(fx, rules, "validate --clause copy --time 3600"), TOOL_OK);
	results(fx, 0, 2, 0, 7);
	assert_int_equal(times(fx->out, " # SKIP --time is over\n"), 7);
	assert_int_equal(on_many(fx, rules, "validate --clause copy --time 3600"), TOOL_OK);
	results(fx, 1, 2, 0, 8);
	has(fx->out, "\nok 1 dma0chan0 seed=1 # SKIP --time is over\n"
	    "ok 2 dma1chan2 seed=1 # SKIP --time is over\n");
	on_one(fx, rules, "validate --clause copy --chan dma0chan0 --soak --time 3600");
	assert_int_equal(fx->status, TOOL_OK);
	results(fx, 1, 2, 0, 7);
	has(fx->out, "\n1..1\n# Totals: pass:2 ");
	has(fx->out, " in 72");
}

static void test_soak(void **state)
{
	static const struct fake_rule rules[] = {
		{ .seed = "0", .clause = "copy.few", .result = fake_quarantined },
		{ .result = NULL }
	};
	struct fixture *fx = *state;

	/* Seeds start again after the largest; the run ends when no channel is left. */
	on_one(fx, rules, "validate --clause copy.one,copy.few --soak --seed 4294967294");
	assert_int_equal(fx->status, TOOL_FAILED);
	results(fx, 3, 5, 1, 0);
	has(fx->out, "\nok 2 dma0chan0 seed=4294967295\n");
	has(fx->out, "\nnot ok 3 dma0chan0 seed=0\n1..3\n# Totals: pass:5 fail:1 skip:0 error:0\n");

	/* With --soak passes are not in the result. */
	on_one(fx, rules, "validate --json --clause copy.one,copy.few --soak --seed 4294967294");
	assert_int_equal(jlen(jget(fx->result, "runs")), 1);
	assert_int_equal(jlen(jget(jat(jget(fx->result, "runs"), 0), "results")), 1);
	assert_int_equal(ju64(jget(fx->result, "totals"), "passed"), 5);
	assert_null(jget(fx->result, "seeds"));
}

static void interrupt(void)
{
	raise(SIGINT);
}

/* In a child, as a caught signal stays set in a process. Returns its status, fills in @fx->out. */
static int interrupted(struct fixture *fx, const struct fake_rule *rules, const char *line)
{
	char path[128];
	struct text text;
	int wstatus;
	pid_t pid;

	snprintf(path, sizeof(path), "%s/live", fx->dir);
	fake_start(fx, rules);
	fake_channel(fx, "dma0chan0", "simdma.0", false);
	fflush(NULL);
	pid = fork();
	assert_true(pid >= 0);
	if (!pid) {
		fx->live = fopen(path, "w");
		fixture_run(fx, line);
		fprintf(fx->live, "# %s\n", fixture_error(fx));
		fclose(fx->live);
		_exit(fx->status);
	}
	assert_int_equal(waitpid(pid, &wstatus, 0), pid);
	assert_true(WIFEXITED(wstatus));
	assert_int_equal(text_read(path, &text), 0);
	free(fx->out);
	fx->out = text.buf;
	return WEXITSTATUS(wstatus);
}

static void test_signal(void **state)
{
	static const struct fake_rule rules[] = {
		{ .clause = "copy.many", .result = fake_interrupted, .err = EINTR,
		  .then = interrupt },
		{ .result = NULL }
	};
	static const struct fake_rule late[] = {
		{ .seed = "3", .clause = "copy.few", .result = fake_pass, .then = interrupt },
		{ .result = NULL }
	};
	static const struct fake_rule early[] = {
		{ .clause = "copy.many", .err = EINTR, .then = interrupt }, { .result = NULL }
	};
	static const struct fake_rule failed[] = {
		{ .clause = "copy.one", .result = fake_fail },
		{ .clause = "copy.few", .result = fake_pass, .then = interrupt },
		{ .result = NULL }
	};
	struct fixture *fx = *state;

	assert_int_equal(interrupted(fx, rules, "validate --clause copy"), TOOL_SIGNAL + SIGINT);
	results(fx, 0, 2, 0, 7);
	assert_int_equal(times(fx->out, " # SKIP interrupted\n"), 7);
	has(fx->out, "# validate: interrupted; 2 clauses passed until then\n");

	/*
	 * The signal came before the start of the clause, so the file has the result of the
	 * previous clause.
	 */
	assert_int_equal(interrupted(fx, early, "validate --clause copy"), TOOL_SIGNAL + SIGINT);
	results(fx, 0, 2, 0, 7);
	assert_int_equal(times(fx->out, " # SKIP interrupted\n"), 7);

	/* The usual end of --soak */
	assert_int_equal(interrupted(fx, late, "validate --clause copy --soak"),
			 TOOL_SIGNAL + SIGINT);
	results(fx, 3, 20, 0, 7);
	has(fx->out, "\nok 3 dma0chan0 seed=3 # SKIP interrupted\n1..3\n# Totals: pass:20 ");

	assert_int_equal(interrupted(fx, late, "validate --clause copy --seeds 5"),
			 TOOL_SIGNAL + SIGINT);
	results(fx, 3, 20, 0, 9);
	has(fx->out, "\nok 5 dma0chan0 seed=5 # SKIP interrupted\n");

	/* A failure is reported also after a signal. */
	assert_int_equal(interrupted(fx, failed, "validate --clause copy"), TOOL_FAILED);
	results(fx, 0, 1, 1, 7);
}

static void test_env(void **state)
{
	struct fixture *fx = *state;

	assert_int_equal(fixture_run(fx, "validate"), TOOL_ENV);
	has(fixture_error(fx), "the driver is not loaded; 'modprobe dcbm_sg'");

	/* A driver that is too old to have the file */
	fixture_driver(fx);
	assert_int_equal(fixture_run(fx, "validate"), TOOL_ENV);
	has(fixture_error(fx),
	    "dcbm/validate does not exist; load a dcbm_sg that provides this file");

	fake_start(fx, NULL);
	assert_int_equal(fixture_run(fx, "validate"), TOOL_ENV);
	has(fixture_error(fx), "no DMA channel; load your engine's driver, or 'modprobe simdma'");

	fake_channel(fx, "dma0chan0", "simdma.0", true);
	assert_int_equal(fixture_run(fx, "validate"), TOOL_ENV);
	assert_string_equal(fixture_error(fx),
			    "validate: all 1 DMA channels are in use; stop its user, such as dmatest or another driver");
	assert_int_equal(fixture_run(fx, "validate --chan dma0chan0"), TOOL_ENV);
	has(fixture_error(fx), "channel dma0chan0 is in use; stop its user");
	fixture_write(fx, "sysfs/module/dcbm_sg/parameters/offloading", "1\n");
	assert_int_equal(fixture_run(fx, "validate --chan dma0chan0"), TOOL_ENV);
	has(fixture_error(fx),
	    "is in use; dcbm_sg offloads: 'echo 0 > /sys/module/dcbm_sg/parameters/offloading'");
	assert_string_equal(fx->out, "");
	assert_int_equal(fake.writes, 0);
}

static struct fixture *taken_fx;

static void take_channel(void)
{
	fake_channel(taken_fx, "dma0chan0", "simdma.0", true);
}

/* Another process took the channel: the write fails with ENODEV, sysfs shows "in use". */
static void test_taken(void **state)
{
	static const struct fake_rule rules[] = {
		{ .clause = "copy.few", .err = ENODEV, .then = take_channel },
		{ .result = NULL }
	};
	struct fixture *fx = *state;

	taken_fx = fx;
	assert_int_equal(on_one(fx, rules, "validate --clause copy"), TOOL_ENV);
	results(fx, 0, 1, 0, 8);
	has(fx->out, "ok 2 dma0chan0 copy.few # SKIP channel is in use\n");
	has(fixture_error(fx), "validate: channel dma0chan0 is in use; stop its user");

	/* A quarantined channel is in use, but cannot be freed. */
	fake_channel(fx, "dma0chan1", "simdma.0", true);
	assert_int_equal(fixture_run(fx, "validate --chan dma0chan1"), TOOL_ENV);
	has(fixture_error(fx), "validate: channel dma0chan1 is quarantined: ");
}

/* An error of the write is no result of the clause, which may have passed before. */
static void test_write_errors(void **state)
{
	static const struct fake_rule rules[] = {
		{ .clause = "copy.one", .result = fake_pass, .err = ENOMEM },
		{ .clause = "copy.few", .result = fake_error, .err = ENOMEM },
		{ .clause = "copy.many", .result = fake_pass, .err = EINTR },
		{ .result = NULL }
	};
	struct fixture *fx = *state;

	on_one(fx, rules, "validate --clause copy.one,copy.few,copy.many");
	assert_int_equal(fx->status, TOOL_ENV);
	results(fx, 0, 0, 3, 0);
	has(fx->out, "not ok 1 dma0chan0 copy.one # ERROR Cannot allocate memory\n"
	    "not ok 2 dma0chan0 copy.few # ERROR no memory for the arenas\n"
	    "not ok 3 dma0chan0 copy.many # ERROR Interrupted system call\n");
}

static void test_errors(void **state)
{
	static const struct fake_rule busy[] = {
		{ .chan = "dma0chan0", .clause = "copy.few", .err = EBUSY }, { .result = NULL }
	};
	static const struct fake_rule refused[] = {
		{ .clause = "copy.few", .err = EINVAL }, { .result = NULL }
	};
	static const struct fake_rule garbage[] = {
		{ .clause = "copy.few", .result = "status pass\n" }, { .result = NULL }
	};
	static const struct fake_rule worse[] = {
		{ .clause = "copy.one", .result = fake_fail },
		{ .clause = "copy.few", .err = EBUSY },
		{ .result = NULL }
	};
	static const struct fake_rule running[] = {
		{ .clause = "copy.few", .result = "status running\n" }, { .result = NULL }
	};
	struct fixture *fx = *state;

	assert_int_equal(on_many(fx, busy, "validate --clause copy"), TOOL_ENV);
	results(fx, 2, 10, 0, 8);
	assert_int_equal(times(fx->out, " # SKIP channel is in use\n"), 9);
	has(fixture_error(fx), "validate: channel dma0chan0 is in use; stop its user");

	/* The failure is reported first, and decides the exit status. */
	assert_int_equal(on_many(fx, worse, "validate --clause copy --chan dma0chan0"),
			 TOOL_FAILED);
	assert_string_equal(fixture_error(fx), "validate: 1 failed, first copy.one on dma0chan0");

	assert_int_equal(on_many(fx, refused, "validate --clause copy"), TOOL_USAGE);
	results(fx, 1, 1, 1, 8);
	has(fixture_error(fx), "validate: invalid line for the driver, see the kernel log");
	has(fx->out, "  not ok 2 dma0chan0 copy.few # ERROR the driver refuses this\n");
	has(fx->out, "\nok 2 dma1chan2 seed=1 # SKIP the driver refuses this\n");
	assert_int_equal(fake.writes, 2);

	assert_int_equal(on_one(fx, garbage, "validate --clause copy --chan dma0chan0"), TOOL_ENV);
	results(fx, 0, 1, 1, 7);
	has(fixture_error(fx), "dcbm/validate: line 51: the file ends without its line 'why'");
	has(fx->out, "not ok 2 dma0chan0 copy.few # ERROR results cannot be read\n");

	assert_int_equal(on_one(fx, running, "validate --clause copy --chan dma0chan0"), TOOL_ENV);
	results(fx, 0, 1, 1, 7);
	has(fixture_error(fx), "the result belongs to another run");
}

/* A write that leaves the file with the result of another process */
static int answer_other(struct fake_write *write, const char *text)
{
	(void)text;
	fixture_write(write->fx, "debugfs/dcbm/validate",
		      fake_validate_file("chan=dma0chan0 clause=copy.one seed=2", fake_pass));
	return 0;
}

static void test_not_ours(void **state)
{
	struct fixture *fx = *state;

	on_one(fx, NULL, "validate --list");
	fake.write.on_write = answer_other;
	assert_int_equal(fixture_run(fx, "validate --clause copy.one"), TOOL_ENV);
	results(fx, 0, 0, 1, 0);
	has(fx->out, "not ok 1 dma0chan0 copy.one # ERROR another process runs clauses\n");
}

#define T(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

int main(void)
{
	const struct test_entry tests[] = {
		T(test_quarantine),
		T(test_channels),
		T(test_unfit),
		T(test_seeds),
		T(test_time),
		T(test_soak),
		T(test_signal),
		T(test_env),
		T(test_taken),
		T(test_write_errors),
		T(test_errors),
		T(test_not_ours),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
