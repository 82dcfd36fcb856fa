// SPDX-License-Identifier: GPL-2.0-only
/* dcbm migrate: options, real memory with a fake move_pages(2), and the exit status */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "driver/counters.h"
#include "fixture.h"
#include "lib/term.h"
#include "lib/tool.h"
#include "lib/util.h"
#include "migrate/conf.h"
#include "migrate/job.h"
#include "migrate/mem.h"
#include "migrate/pid.h"
#include "migrate/print.h"
#include "migrate/result.h"
#include "migrate/self.h"

/* Nodes of pages, indexed by the low bits of their numbers: sufficient for one small memory */
#define TABLE		65536u

#define SIZE		1048576u

/* Time that the slow kernel waits for a write */
#define WAIT_ROUNDS	5000

static struct {
	signed char node[TABLE];
	int stuck;		/* every stuck-th page fails with -EBUSY; 0: none */
	bool slow;		/* a call returns after a page has been written */
	bool lossy;		/* as @slow, but the page then gets its older content back */
} k;

static size_t page_size(void)
{
	return (size_t)sysconf(_SC_PAGESIZE);
}

static unsigned int slot(const void *addr)
{
	return (unsigned int)((uintptr_t)addr / page_size()) % TABLE;
}

/* With @lose the page gets a copy that was made before it was unmapped. */
static void wait_for_write(void *page, bool lose)
{
	void *copy = malloc(page_size());
	int round;

	memcpy(copy, page, page_size());
	for (round = 0; round < WAIT_ROUNDS && !memcmp(copy, page, page_size()); round++)
		usleep(1000);
	if (lose)
		memcpy(page, copy, page_size());
	free(copy);
}

static int fake_move_pages(int pid, unsigned long nr, void **pages, const int *nodes,
			   int *status, int flags)
{
	unsigned long i;

	(void)pid;
	(void)flags;
	for (i = 0; i < nr; i++) {
		unsigned int at = slot(pages[i]);

		if (!nodes) {
			status[i] = k.node[at];
		} else if (k.stuck && !(at % (unsigned int)k.stuck)) {
			status[i] = -EBUSY;
		} else {
			k.node[at] = (signed char)nodes[i];
			status[i] = nodes[i];
		}
	}
	if (nodes && (k.slow || k.lossy))
		wait_for_write(pages[nr / 2], k.lossy);
	return 0;
}

static const struct move_ops fake_ops = { .move_pages = fake_move_pages };

struct result {
	struct tool t;
	int status;
	char *text;
};

/* A run without the checks of options and nodes */
static void run_self(struct result *r, const char *kind, unsigned int moves, bool verify,
		     enum damage_kind damage)
{
	struct migrate_conf conf;
	struct migrate_run run = { .t = &r->t, .conf = &conf, .ops = &fake_ops };
	struct json_object *before, *after, *parts, *nodes;
	struct term term = { .width = 100 };
	size_t len;

	tool_init(&r->t);
	r->t.result = json_object_new_object();
	migrate_conf_init(&conf);
	conf.self = SIZE;
	conf.pingpong = moves;
	conf.node[1] = 1;
	conf.kind[0] = mem_kind_find(kind, strlen(kind));
	conf.nr_kinds = 1;
	conf.file_dir = "/tmp";
	conf.batch = 64;
	conf.retries = 1;
	conf.verify = verify;
	conf.damage = damage;
	jadd_str(r->t.result, "source", "self");
	nodes = jadd_arr(r->t.result, "nodes");
	json_object_array_add(nodes, json_object_new_int(conf.node[0]));
	json_object_array_add(nodes, json_object_new_int(conf.node[1]));
	jadd_u64(r->t.result, "retries", conf.retries);
	parts = jadd_arr(r->t.result, "parts");
	before = driver_look(&r->t);
	r->status = migrate_self(&run, parts);
	after = driver_look(&r->t);
	result_total(r->t.result);
	jadd(r->t.result, "driver", driver_compare(before, after, 0));
	json_object_put(before);
	json_object_put(after);
	r->status = result_judge(&r->t, r->status);
	term.out = open_memstream(&r->text, &len);
	migrate_print(&term, r->t.result);
	fclose(term.out);
}

static struct json_object *part_of(struct result *r)
{
	return jat(jget(r->t.result, "parts"), 0);
}

static void result_free(struct result *r)
{
	json_object_put(r->t.result);
	free(r->text);
}

static int reset_kernel(void **state)
{
	(void)state;
	memset(&k, 0, sizeof(k));
	return 0;
}

static void test_self(void **state)
{
	static const char *const kinds[] = { "anon", "shmem", "file" };
	uint64_t pages = SIZE / page_size();
	struct result r;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(kinds); i++) {
		reset_kernel(state);
		run_self(&r, kinds[i], 3, false, DAMAGE_NONE);
		if (r.status)
			fail_msg("%s: %s", kinds[i], r.t.error);
		assert_string_equal(jstr(part_of(&r), "kind"), kinds[i]);
		assert_int_equal(ju64(part_of(&r), "pages"), pages);
		assert_int_equal(ju64(part_of(&r), "moves"), 3);
		assert_int_equal(ju64(part_of(&r), "moved_pages"), 3 * pages);
		assert_int_equal(ju64(part_of(&r), "pages_in_place"), pages);
		assert_int_equal(ju64(part_of(&r), "node"), 1);
		assert_int_equal(ju64(jget(part_of(&r), "status"), "ok"),
				 ju64(part_of(&r), "moved_folios"));
		assert_null(jget(part_of(&r), "verify"));
		result_free(&r);
	}
}

static void test_verify_clean(void **state)
{
	struct json_object *verify;
	struct result r;

	(void)state;
	k.slow = true;
	run_self(&r, "anon", 20, true, DAMAGE_NONE);
	if (r.status)
		fail_msg("%s", r.t.error);
	verify = jget(part_of(&r), "verify");
	assert_int_equal(ju64(verify, "lost_writes"), 0);
	assert_int_equal(ju64(verify, "misreads"), 0);
	assert_true(ju64(verify, "writes") >= SIZE / page_size() * 2);
	assert_true(ju64(verify, "writes_in_flight") > 0);
	assert_int_equal(ju64(verify, "active_pages"), ju64(part_of(&r), "moved_pages"));
	assert_int_equal(jlen(jget(verify, "mismatches")), 0);
	assert_non_null(strstr(r.text, "lost writes: 0, misreads: 0"));
	result_free(&r);
}

/* A kernel that uses a copy made too early, which is the fault that --verify is made for */
static void test_verify_lossy(void **state)
{
	struct result r;

	(void)state;
	k.lossy = true;
	run_self(&r, "anon", 4, true, DAMAGE_NONE);
	assert_int_equal(r.status, TOOL_FAILED);
	assert_true(ju64(jget(part_of(&r), "verify"), "lost_writes") > 0);
	assert_true(ju64(jget(jget(part_of(&r), "verify"), "lost"), "stale") > 0);
	assert_int_equal(ju64(jget(r.t.result, "total"), "lost_writes"),
			 ju64(jget(part_of(&r), "verify"), "lost_writes"));
	assert_non_null(strstr(r.t.error, "lost writes: "));
	assert_non_null(strstr(r.t.error, "in anon; first: a line at offset "));
	fixture_keys(r.t.result);
	assert_non_null(strstr(r.text, "stale at offset "));
	result_free(&r);
}

static void test_verify_damage(void **state)
{
	static const struct {
		enum damage_kind kind;
		const char *state;
	} cases[] = {
		{ DAMAGE_LOST, "stale" }, { DAMAGE_TORN, "torn" }, { DAMAGE_SWAP, "foreign" },
	};
	struct result r;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		run_self(&r, "shmem", 2, true, cases[i].kind);
		assert_int_equal(r.status, TOOL_FAILED);
		if (!ju64(jget(jget(part_of(&r), "verify"), "lost"), cases[i].state))
			fail_msg("not found: %s", cases[i].state);
		result_free(&r);
	}
}

static void test_stuck(void **state)
{
	uint64_t stuck = SIZE / page_size() / 4;
	struct result r;

	(void)state;
	k.stuck = 4;
	run_self(&r, "anon", 1, false, DAMAGE_NONE);
	assert_int_equal(r.status, TOOL_FAILED);
	assert_int_equal(ju64(part_of(&r), "failed_pages"), stuck);
	assert_int_equal(ju64(part_of(&r), "pages_elsewhere"), stuck);
	assert_int_equal(ju64(jget(part_of(&r), "status"), "EBUSY"), 2 * stuck);
	assert_non_null(strstr(r.t.error, "pages of anon are not on node 1 after 1 retries"));
	result_free(&r);
}

/* Without a write during a move the check proves nothing. */
static void test_no_proof(void **state)
{
	struct tool t;
	struct json_object *part;

	(void)state;
	tool_init(&t);
	t.result = json_object_new_object();
	part = jpush_obj(jadd_arr(t.result, "parts"));
	jadd_str(part, "kind", "anon");
	jadd_u64(part, "moved_pages", 5);
	jadd_u64(jadd_obj(part, "verify"), "active_pages", 0);
	assert_int_equal(result_judge(&t, TOOL_OK), TOOL_FAILED);
	assert_non_null(strstr(t.error, "the check proves nothing"));
	t.error[0] = '\0';
	jadd_u64(jget(part, "verify"), "active_pages", 5);
	assert_int_equal(result_judge(&t, TOOL_OK), TOOL_OK);
	/* A lost write has precedence over an interruption. */
	assert_int_equal(result_judge(&t, TOOL_SIGNAL + 2), TOOL_SIGNAL + 2);
	jadd_u64(jget(part, "verify"), "lost_writes", 1);
	assert_int_equal(result_judge(&t, TOOL_SIGNAL + 2), TOOL_FAILED);
	json_object_put(t.result);
}

static void test_usage(void **state)
{
	static const struct {
		const char *line;
		const char *why;
	} cases[] = {
		{ "migrate", "either --self SIZE or --pid PID" },
		{ "migrate --self 1x --to 0", "size such as 256M" },
		{ "migrate --self 1M --pid 1 --to 0", "either --self SIZE or --pid PID" },
		{ "migrate --self 1M", "either --to NODE or --pingpong N" },
		{ "migrate --self 1M --to 0 --pingpong 2", "either --to NODE or --pingpong N" },
		{ "migrate --self 1M --to 0 --nodes 0,1", "--nodes needs --pingpong" },
		{ "migrate --pid 1 --to 0 --kind anon", "--kind needs --self" },
		{ "migrate --pid 1 --to 0 --verify", "--verify needs --self" },
		{ "migrate --self 1M --to 0 --range 1000-2000", "--range needs --pid" },
		{ "migrate --self 1M --to 0 --writers 3", "--writers needs --verify" },
		{ "migrate --self 1M --to 0 --damage lost", "--damage needs --verify" },
		{ "migrate --self 300G --to 0 --verify", "--verify takes less than 256G" },
		{ "migrate --self 4096 --to 0 --verify --damage swap", "two pages" },
		{ "migrate --self 0", "--self is '0'" },
		{ "migrate --self 1Q", "--self is '1Q'" },
		{ "migrate --kind anon,frog", "--kind is 'frog'" },
		{ "migrate --kind anon,", "--kind is ''" },
		{ "migrate --kind anon,anon,anon,anon,anon,anon,anon,anon,anon", "more than 8" },
		{ "migrate --pid 0", "--pid is '0'" },
		{ "migrate --pid x", "--pid is 'x'" },
		{ "migrate --range 2000-1000", "--range is '2000-1000'" },
		{ "migrate --range 1000-3000 --range 2000-4000", "overlaps" },
		{ "migrate --to -1", "--to is '-1'" },
		{ "migrate --pingpong 0", "--pingpong is '0'" },
		{ "migrate --nodes 1", "--nodes is '1'" },
		{ "migrate --nodes 1,1", "--nodes is '1,1'" },
		{ "migrate --threads 0", "must be 1 to 256" },
		{ "migrate --batch 0", "--batch is '0'" },
		{ "migrate --retries 101", "must be 0 to 100" },
		{ "migrate --writers 65", "must be 1 to 64" },
		{ "migrate --damage all", "must be lost, torn or swap" },
		{ "migrate --self 1M --to 0 frog", "takes no operand, but got 'frog'" },
		{ "migrate --frog", "unknown option '--frog' (see 'dcbm migrate --help')" },
		{ "migrate --self", "option '--self' needs an argument" },
		{ "migrate -q", "unknown option '-q'" },
		{ "migrate --verify=1", "takes no argument" },
	};
	struct fixture *fx = *state;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		if (fixture_run(fx, cases[i].line) != TOOL_USAGE)
			fail_msg("%s: status %d", cases[i].line, fx->status);
		if (!strstr(fixture_error(fx), cases[i].why))
			fail_msg("%s: '%s'", cases[i].line, fixture_error(fx));
		assert_null(strchr(fixture_error(fx), '\n'));
		assert_string_equal(fx->out, "");
	}
}

static struct json_object *look(struct fixture *fx)
{
	struct tool t;

	tool_init(&t);
	snprintf(t.debugfs, sizeof(t.debugfs), "%s/debugfs", fx->dir);
	snprintf(t.sysfs, sizeof(t.sysfs), "%s/sysfs", fx->dir);
	return driver_look(&t);
}

static void test_driver(void **state)
{
	struct fixture *fx = *state;
	struct json_object *none, *before, *after, *cmp;

	none = look(fx);
	assert_false(jbool(none, "loaded"));
	fixture_driver(fx);
	before = look(fx);
	fixture_write(fx, "sysfs/module/dcbm_sg/parameters/folios_migrated", "1990\n");
	fixture_write(fx, "sysfs/module/dcbm_sg/parameters/folios_failures", "20\n");
	fixture_write(fx, "debugfs/dcbm/channels",
		      "# dcbm channels v1\n"
		      "dma0chan0 simdma.0 0 memcpy_sg ready 1 1 10300 41943140 75.00 1 0 0 4\n"
		      "dma1chan0 simdma.1 0 memcpy_sg ready 1 1 7 28672 75.00 1 0 0 4\n"
		      "channels 2\nimbalance 1.5\n");
	fixture_write(fx, "debugfs/dcbm/fallbacks",
		      "# dcbm fallbacks v1\nno_channel 0 0 0 0 0\nbusy 9 14 57344 0 1\n");
	after = look(fx);
	cmp = driver_compare(before, after, 1000);
	assert_true(jbool(cmp, "offloading"));
	assert_int_equal(ju64(cmp, "by_dma"), 990);
	assert_int_equal(ju64(cmp, "by_cpu"), 10);
	assert_string_equal(jstr(cmp, "by_dma_percent"), "99.00");
	assert_int_equal(ju64(cmp, "eligible"), 1000);
	assert_string_equal(jstr(cmp, "eligible_by_dma_percent"), "99.00");
	assert_int_equal(jlen(jget(cmp, "channels")), 2);
	assert_int_equal(ju64(jat(jget(cmp, "channels"), 0), "bytes"), 100);
	assert_int_equal(ju64(jat(jget(cmp, "channels"), 1), "folios"), 7);
	assert_int_equal(jlen(jget(cmp, "fallbacks")), 1);
	assert_string_equal(jstr(jat(jget(cmp, "fallbacks"), 0), "reason"), "busy");
	assert_int_equal(ju64(jat(jget(cmp, "fallbacks"), 0), "folios"), 10);
	assert_false(jbool(cmp, "counters_zeroed"));
	fixture_keys(cmp);
	json_object_put(cmp);

	/* Counters that were reset between the snapshots: all counts are since the reset. */
	cmp = driver_compare(after, before, 1000);
	assert_true(jbool(cmp, "counters_zeroed"));
	assert_int_equal(ju64(cmp, "by_dma"), 1000);
	assert_int_equal(ju64(cmp, "by_cpu"), 0);
	json_object_put(cmp);
	json_object_put(none);
	json_object_put(before);
	json_object_put(after);
}

#define T(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

int main(void)
{
	const struct test_entry tests[] = {
		cmocka_unit_test_setup(test_self, reset_kernel),
		cmocka_unit_test_setup(test_verify_clean, reset_kernel),
		cmocka_unit_test_setup(test_verify_lossy, reset_kernel),
		cmocka_unit_test_setup(test_verify_damage, reset_kernel),
		cmocka_unit_test_setup(test_stuck, reset_kernel),
		cmocka_unit_test_setup(test_no_proof, reset_kernel),
		T(test_usage),
		T(test_driver),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
