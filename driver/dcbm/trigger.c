// SPDX-License-Identifier: GPL-2.0-only
/*
 * Trigger: test batches that are requested through debugfs
 */
#include "log.h"

#include <linux/cleanup.h>
#include <linux/math64.h>
#include <linux/mutex.h>
#include <linux/nodemask.h>
#include <linux/printk.h>
#include <linux/seq_file.h>

#include <trace/events/dcbm.h>

#include "dcbm.h"
#include "hold.h"
#include "names.h"
#include "testbatch.h"
#include "trigger.h"
#include "trigger_spec.h"

/* Megabytes are 10^6 bytes, as in all throughputs of this project. */
#define DCBM_NS_TO_MBPS		1000

enum dcbm_trigger_status {
	DCBM_TRIGGER_NONE,
	DCBM_TRIGGER_RUNNING,
	DCBM_TRIGGER_OK,
	DCBM_TRIGGER_FAILED,
	DCBM_TRIGGER_INTERRUPTED,
};

static const char * const dcbm_status_names[] = {
	[DCBM_TRIGGER_NONE] = "none",
	[DCBM_TRIGGER_RUNNING] = "running",
	[DCBM_TRIGGER_OK] = "ok",
	[DCBM_TRIGGER_FAILED] = "failed",
	[DCBM_TRIGGER_INTERRUPTED] = "interrupted",
};

static const char * const dcbm_where_names[] = {
	[DCBM_DST] = "dst",
	[DCBM_SRC] = "src",
	[DCBM_GUARD] = "guard",
};

/* State and result of the last or current run, as debugfs shows them */
struct dcbm_trigger_result {
	enum dcbm_trigger_status status;
	int error;
	struct dcbm_test_result test;
};

static DEFINE_MUTEX(dcbm_trigger_run_lock);	/* one run at a time */
static DEFINE_MUTEX(dcbm_trigger_result_lock);	/* taken inside the run lock */
static struct dcbm_trigger_result dcbm_trigger_result;

/* By default, copy from the first node with memory to the next one. */
static struct dcbm_trigger_spec dcbm_trigger_default(void)
{
	u32 src = first_node(node_states[N_MEMORY]);

	return (struct dcbm_trigger_spec) {
		.folios = 512,
		.src = src,
		.dst = next_node_in(src, node_states[N_MEMORY]),
		.backend = DCBM_BE_AUTO,
		.fill = DCBM_FILL_RANDOM,
		.verify = 1,
		.repeat = 1,
		.seed = 1,
	};
}

static int dcbm_trigger_check_node(const char *key, u32 node)
{
	if (node < MAX_NUMNODES && node_state(node, N_MEMORY))
		return 0;
	pr_err("trigger: %s=%u: must be a node with memory: %*pbl\n", key, node,
	       nodemask_pr_args(&node_states[N_MEMORY]));
	return -EINVAL;
}

static int dcbm_trigger_parse(char *text, struct dcbm_trigger_spec *spec)
{
	char why[KVLINE_LEN];
	int ret;

	*spec = dcbm_trigger_default();
	ret = kvline_parse(&dcbm_trigger_grammar, text, spec, why, sizeof(why));
	if (ret)
		pr_err("trigger: %s\n", why);
	if (!ret)
		ret = dcbm_trigger_check_node("src", spec->src);
	if (!ret)
		ret = dcbm_trigger_check_node("dst", spec->dst);
	return ret;
}

static void dcbm_trigger_publish(const struct dcbm_trigger_result *res)
{
	guard(mutex)(&dcbm_trigger_result_lock);
	dcbm_trigger_result = *res;
}

/*
 * Run test batches as @text requests, which is modified. A signal ends the run after the
 * current batch. Returns 0; -EINVAL for an invalid request, with the last result kept;
 * -EINTR; -ENODEV if fewer channels than requested are available; -ENOMEM; -EIO if a byte
 * was wrong or a channel was quarantined.
 */
int dcbm_trigger_fire(struct dcbm *d, char *text)
{
	struct dcbm_trigger_result res = { };
	struct dcbm_test_result *test = &res.test;
	int ret;

	ret = dcbm_trigger_parse(text, &test->spec);
	if (ret)
		return ret;
	ret = mutex_lock_interruptible(&dcbm_trigger_run_lock);
	if (ret)
		return ret;

	ret = dcbm_pool_get(&d->pool, test->spec.chan);
	if (ret == -ENODEV && !test->spec.chan)
		pr_err("trigger: no DMA channel is available (see backend, acquire, chan_filter)\n");
	else if (ret == -ENODEV)
		pr_err("trigger: chan=%u: fewer DMA channels available than requested (see nr_dma_chan, chan_filter)\n",
		       test->spec.chan);
	else if (ret)
		pr_err("trigger: out of memory for the contexts of batches\n");
	if (ret)
		goto unlock;
	if (!test->spec.chan)
		test->spec.chan = d->pool.config.nr_chan;

	res.status = DCBM_TRIGGER_RUNNING;
	dcbm_trigger_publish(&res);
	ret = dcbm_test_run(d, test);
	dcbm_pool_put(&d->pool);

	res.error = ret;
	res.status = !ret ? DCBM_TRIGGER_OK :
		     ret == -EINTR ? DCBM_TRIGGER_INTERRUPTED : DCBM_TRIGGER_FAILED;
	dcbm_trigger_publish(&res);
	trace_dcbm_trigger(test->first_batch, test->last_batch, test->runs, test->folios,
			   test->copied, test->bytes, test->ns, ret);
unlock:
	mutex_unlock(&dcbm_trigger_run_lock);
	return ret;
}

static void dcbm_trigger_help(struct seq_file *m)
{
	char line[KVLINE_LEN];
	unsigned int key;

	seq_puts(m, "# write key=value ... to fire test batches, then read the result\n");
	for (key = 0; kvline_help(&dcbm_trigger_grammar, key, line, sizeof(line)); key++)
		seq_printf(m, "#   %s\n", line);
}

/* Show the grammar and the last result. May sleep. */
int dcbm_trigger_show(struct dcbm *d, struct seq_file *m)
{
	const struct dcbm_trigger_result *res = &dcbm_trigger_result;
	const struct dcbm_test_result *test = &res->test;
	char line[KVLINE_LEN];
	unsigned int i;

	dcbm_trigger_help(m);
	guard(mutex)(&dcbm_trigger_result_lock);
	if (res->status != DCBM_TRIGGER_NONE) {
		kvline_format(&dcbm_trigger_grammar, &test->spec, line, sizeof(line));
		seq_printf(m, "spec %s\n", line);
	}
	seq_printf(m, "status %s\n", dcbm_status_names[res->status]);
	if (res->status == DCBM_TRIGGER_NONE)
		return 0;

	seq_printf(m, "errno %d\n", res->error);
	seq_printf(m, "runs %u\n", test->runs);
	seq_printf(m, "folios %llu\n", test->folios);
	seq_printf(m, "copied %llu\n", test->copied);
	seq_printf(m, "fell_back %llu\n", test->folios - test->copied);
	seq_printf(m, "bytes %llu\n", test->bytes);
	seq_printf(m, "ns %llu\n", test->ns);
	seq_printf(m, "mbps %llu\n", test->ns ?
		   mul_u64_u64_div_u64(test->bytes, DCBM_NS_TO_MBPS, test->ns) : 0);
	seq_printf(m, "first_batch %llu\n", test->first_batch);
	seq_printf(m, "last_batch %llu\n", test->last_batch);
	seq_printf(m, "mismatches %llu\n", test->mismatches);
	if (test->mismatches)
		seq_printf(m, "first_mismatch where=%s folio=%u offset=%llu expected=0x%016llx found=0x%016llx batch=%llu\n",
			   dcbm_where_names[test->first.where], test->first.folio,
			   test->first.offset, test->first.expected,
			   test->first.found, test->first.batch);
	else
		seq_puts(m, "first_mismatch none\n");
	for (i = 0; i < DCBM_NR_REASONS; i++)
		if (test->left[i])
			seq_printf(m, "fallback %s %llu\n", dcbm_reason_names[i],
				   test->left[i]);
	return 0;
}
