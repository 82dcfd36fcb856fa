// SPDX-License-Identifier: GPL-2.0-only
/*
 * The trigger: check what is asked for, run it, keep the result.
 */
#define pr_fmt(fmt) "dcbm_sg: trigger: " fmt

#include <linux/math64.h>
#include <linux/nodemask.h>
#include <linux/printk.h>
#include <linux/seq_file.h>
#include <linux/string.h>

#include <trace/events/dcbm.h>

#include "dcbm.h"
#include "hold.h"
#include "names.h"

/* Megabytes are 10^6 bytes, as in all throughputs of this project. */
#define DCBM_NS_TO_MBPS		1000

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

/**
 * dcbm_trigger_init() - nothing fired yet
 * @trigger: the trigger
 */
void dcbm_trigger_init(struct dcbm_trigger *trigger)
{
	mutex_init(&trigger->run_lock);
	mutex_init(&trigger->result_lock);
}

/* From the first node with memory to the next one. */
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
	pr_err("%s=%u: allowed are nodes with memory: %*pbl\n", key, node,
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
		pr_err("%s\n", why);
	if (!ret)
		ret = dcbm_trigger_check_node("src", spec->src);
	if (!ret)
		ret = dcbm_trigger_check_node("dst", spec->dst);
	return ret;
}

static void dcbm_trigger_publish(struct dcbm_trigger *trigger,
				 const struct dcbm_trigger_result *res)
{
	guard(mutex)(&trigger->result_lock);
	trigger->result = *res;
}

/**
 * dcbm_trigger_fire() - run test batches
 * @d: the driver
 * @text: what, see trigger_spec.h; written to
 *
 * Context: May sleep; a signal ends it after the batch at work.
 * Return: 0; -EINVAL for a bad spec, with the last result kept; -EINTR; -ENODEV
 * when there are not as many channels as asked for; -ENOMEM; -EIO when a byte was
 * wrong.
 */
int dcbm_trigger_fire(struct dcbm *d, char *text)
{
	struct dcbm_trigger *trigger = &d->trigger;
	struct dcbm_trigger_result res = { };
	int ret;

	ret = dcbm_trigger_parse(text, &res.spec);
	if (ret)
		return ret;
	ret = mutex_lock_interruptible(&trigger->run_lock);
	if (ret)
		return ret;

	ret = dcbm_pool_get(&d->pool, res.spec.chan);
	if (ret) {
		pr_err("chan=%u: %s\n", res.spec.chan, ret == -ENODEV ?
		       "not so many DMA channels (see nr_dma_chan, chan_filter)" :
		       "out of memory");
		goto unlock;
	}
	if (!res.spec.chan)
		res.spec.chan = d->pool.config.nr_chan;

	res.status = DCBM_TRIGGER_RUNNING;
	dcbm_trigger_publish(trigger, &res);
	ret = dcbm_test_run(d, &res);
	dcbm_pool_put(&d->pool);

	res.error = ret;
	res.status = !ret ? DCBM_TRIGGER_OK :
		     ret == -EINTR ? DCBM_TRIGGER_INTERRUPTED : DCBM_TRIGGER_FAILED;
	dcbm_trigger_publish(trigger, &res);
	trace_dcbm_trigger(res.first_batch, res.last_batch, res.runs, res.folios,
			   res.copied, res.bytes, res.ns, ret);
unlock:
	mutex_unlock(&trigger->run_lock);
	return ret;
}

static void dcbm_trigger_help(struct seq_file *m)
{
	char line[KVLINE_LEN];
	unsigned int key;

	seq_puts(m, "# write key=value ... to fire test batches, then read the result\n");
	for (key = 0; kvline_help(&dcbm_trigger_grammar, key, line, sizeof(line));
	     key++)
		seq_printf(m, "#   %s\n", line);
}

/**
 * dcbm_trigger_show() - help and the last result
 * @trigger: the trigger
 * @m: where to
 *
 * Context: May sleep.
 */
void dcbm_trigger_show(struct dcbm_trigger *trigger, struct seq_file *m)
{
	const struct dcbm_trigger_result *res = &trigger->result;
	char line[KVLINE_LEN];
	unsigned int i;

	dcbm_trigger_help(m);
	guard(mutex)(&trigger->result_lock);
	if (res->status != DCBM_TRIGGER_NONE) {
		kvline_format(&dcbm_trigger_grammar, &res->spec, line, sizeof(line));
		seq_printf(m, "spec %s\n", line);
	}
	seq_printf(m, "status %s\n", dcbm_status_names[res->status]);
	if (res->status == DCBM_TRIGGER_NONE)
		return;

	seq_printf(m, "errno %d\n", res->error);
	seq_printf(m, "runs %u\n", res->runs);
	seq_printf(m, "folios %llu\n", res->folios);
	seq_printf(m, "copied %llu\n", res->copied);
	seq_printf(m, "fell_back %llu\n", res->folios - res->copied);
	seq_printf(m, "bytes %llu\n", res->bytes);
	seq_printf(m, "ns %llu\n", res->ns);
	seq_printf(m, "mbps %llu\n", res->ns ?
		   mul_u64_u64_div_u64(res->bytes, DCBM_NS_TO_MBPS, res->ns) : 0);
	seq_printf(m, "first_batch %llu\n", res->first_batch);
	seq_printf(m, "last_batch %llu\n", res->last_batch);
	seq_printf(m, "mismatches %llu\n", res->mismatches);
	if (res->mismatches)
		seq_printf(m, "first_mismatch where=%s folio=%u offset=%llu expected=0x%016llx found=0x%016llx batch=%llu\n",
			   dcbm_where_names[res->first.where], res->first.folio,
			   res->first.offset, res->first.expected,
			   res->first.found, res->first.batch);
	else
		seq_puts(m, "first_mismatch none\n");
	for (i = 0; i < DCBM_NR_REASONS; i++)
		if (res->left[i])
			seq_printf(m, "fallback %s %llu\n", dcbm_reason_names[i],
				   res->left[i]);
}
