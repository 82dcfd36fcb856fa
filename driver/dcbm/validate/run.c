// SPDX-License-Identifier: GPL-2.0-only
/*
 * Runs of clauses: what is asked for, the channel, the verdict; see validate.h.
 */
#define pr_fmt(fmt) "dcbm_sg: validate: " fmt

#include <linux/device.h>
#include <linux/err.h>
#include <linux/jiffies.h>
#include <linux/ktime.h>
#include <linux/limits.h>
#include <linux/minmax.h>
#include <linux/printk.h>
#include <linux/sched/signal.h>
#include <linux/seq_file.h>
#include <linux/sizes.h>
#include <linux/slab.h>
#include <linux/stddef.h>
#include <linux/string.h>

#include "../dcbm.h"
#include "../names.h"
#include "validate.h"

/* A clause ends in this time, or as soon as the descriptors that it waits for do. */
#define DCBM_V_SECONDS		30

#define VKEY(...)	KVLINE_KEY(struct dcbm_vspec, __VA_ARGS__)

static const struct kvline_key dcbm_v_keys[] = {
	KVLINE_TEXT(struct dcbm_vspec, chan, "the channel, as in /sys/class/dma"),
	VKEY(clause, 0, DCBM_NR_CLAUSES - 1, dcbm_clause_names, "what is tried"),
	VKEY(seed, 0, U32_MAX, NULL, "of all that is random"),
	VKEY(cases, 0, 1000000, NULL, "how often, 0 for the clause's own number"),
	VKEY(timeout_ms, 10, 60000, NULL, "bound for a descriptor"),
	VKEY(threads, 1, 16, NULL, "threads of many.threads"),
	VKEY(depth, 1, DCBM_V_MAX_DEPTH, NULL, "descriptors in flight"),
	VKEY(max_bytes, SZ_64K, SZ_4M, NULL, "memory of what is in flight"),
	VKEY(unsafe, 0, 1, NULL, "try addresses that lead nowhere"),
};

static const struct kvline_grammar dcbm_v_grammar = {
	.keys = dcbm_v_keys,
	.nr = ARRAY_SIZE(dcbm_v_keys),
};

static const char * const dcbm_vstatus_names[] = {
	[DCBM_VS_NONE] = "none",
	[DCBM_VS_PASS] = "pass",
	[DCBM_VS_FAIL] = "fail",
	[DCBM_VS_SKIP] = "skip",
	[DCBM_VS_INTERRUPTED] = "interrupted",
	[DCBM_VS_ERROR] = "error",
};

static const char * const dcbm_vwhere_names[] = {
	[DCBM_V_DST] = "dst",
	[DCBM_V_OUTSIDE] = "outside",
	[DCBM_V_SRC] = "src",
};

/**
 * dcbm_v_next() - go on with the next case?
 * @t: the run
 * @i: number of the case, from 0; preset with 0
 * @ret: verdict so far; ended by anything but DCBM_V_PASS
 *
 * Seeds what is random in the case.
 *
 * Return: true if so.
 */
bool dcbm_v_next(struct dcbm_vt *t, u32 *i, int *ret)
{
	if (*ret != DCBM_V_PASS || *i >= t->cases)
		return false;
	if (signal_pending(current)) {
		*ret = -EINTR;
		return false;
	}
	if (time_after(jiffies, t->until)) {
		dcbm_v_say(t, "%u of %u cases in %u seconds", *i, t->cases,
			   DCBM_V_SECONDS);
		return false;
	}
	cond_resched();
	dcbm_v_seed(t, *i);
	t->res->cases = ++*i;
	return true;
}

static struct dcbm_vspec dcbm_vspec_default(void)
{
	return (struct dcbm_vspec) {
		.clause = DCBM_NR_CLAUSES,
		.seed = 1,
		.timeout_ms = 5000,
		.threads = 4,
		.depth = 16,
		.max_bytes = SZ_1M,
	};
}

static int dcbm_vspec_parse(char *text, struct dcbm_vspec *spec)
{
	char *why = kmalloc(DCBM_V_COMPLAINT, GFP_KERNEL);
	int ret;

	if (!why)
		return -ENOMEM;
	*spec = dcbm_vspec_default();
	ret = kvline_parse(&dcbm_v_grammar, text, spec, why, DCBM_V_COMPLAINT);
	if (ret)
		pr_err("%s\n", why);
	kfree(why);
	if (ret)
		return ret;
	if (!*spec->chan || spec->clause == DCBM_NR_CLAUSES) {
		pr_err("chan=NAME and clause=ID are needed\n");
		return -EINVAL;
	}
	return 0;
}

static void dcbm_vresult_clear(struct dcbm_vresult *res)
{
	kvfree(res->list.dst);
	kvfree(res->list.src);
	*res = (struct dcbm_vresult) { };
}

/* The one under way becomes the last one; what it lists is its own. */
static void dcbm_validate_publish(struct dcbm_validate *validate,
				  struct dcbm_vresult *res)
{
	guard(mutex)(&validate->result_lock);
	dcbm_vresult_clear(&validate->result);
	validate->result = *res;
}

static const char *dcbm_v_no_chan(int error)
{
	switch (error) {
	case -ENODEV:
		return "no such channel, or somebody has it (offloading=1, another client)";
	case -EUCLEAN:
		return "it is quarantined until reboot";
	case -EOPNOTSUPP:
		return "it does not copy memory";
	default:
		return "out of memory";
	}
}

static void dcbm_vt_init(struct dcbm_vt *t, struct dcbm *d, struct dcbm_chan *chan,
			 struct dcbm_vresult *res)
{
	t->d = d;
	t->spec = &res->spec;
	t->res = res;
	t->chan = chan;
	t->dma = chan->dma;
	t->sg = dcbm_chan_has_memcpy_sg(chan->dma);
	t->ordered = !dma_has_cap(DMA_COMPLETION_NO_ORDER,
				  chan->dma->device->cap_mask);
	t->batch = dcbm_next_batch(d);
	t->until = jiffies + DCBM_V_SECONDS * HZ;
	init_llist_head(&t->owner.ended);
	init_waitqueue_head(&t->owner.wq);
	spin_lock_init(&t->res_lock);
}

static int dcbm_vt_run(struct dcbm_vt *t)
{
	const struct dcbm_clause *clause = &dcbm_clauses[t->spec->clause];

	if (clause->needs == DCBM_NEEDS_SG && !t->sg)
		return dcbm_v_skip(t, "the channel has no memcpy_sg");
	if (t->chan->state != DCBM_CHAN_READY)
		return dcbm_v_skip(t, "the channel is %s",
				   dcbm_chan_state_names[t->chan->state]);
	t->cases = t->spec->cases ?: clause->cases;
	return clause->run(t);
}

/**
 * dcbm_vt_new() - begin a run
 * @d: the driver, the semaphore of its pool held for writing
 * @name: of the channel
 * @res: what is asked for, and where the result goes
 *
 * Context: May sleep.
 * Return: The run, with arenas, or the error of dcbm_acquire_named().
 */
struct dcbm_vt *dcbm_vt_new(struct dcbm *d, const char *name, struct dcbm_vresult *res)
{
	struct dcbm_chan *chan;
	struct dcbm_vt *t;

	t = kzalloc(sizeof(*t), GFP_KERNEL);
	if (!t)
		return ERR_PTR(-ENOMEM);
	chan = dcbm_acquire_named(&d->pool, name);
	if (IS_ERR(chan)) {
		kfree(t);
		return ERR_CAST(chan);
	}
	dcbm_vt_init(t, d, chan, res);
	if (dcbm_v_mem_alloc(t, dev_to_node(chan->dev), res->spec.max_bytes)) {
		dcbm_let_go(&d->pool, chan);
		kfree(t);
		return ERR_PTR(-ENOMEM);
	}
	return t;
}

/**
 * dcbm_vt_end() - end a run, whatever it has left behind
 * @t: the run
 *
 * What the engine may still touch is left to it, the run with all its memory.
 *
 * Context: May sleep.
 */
void dcbm_vt_end(struct dcbm_vt *t)
{
	struct dcbm_pool *pool = &t->d->pool;

	dcbm_v_reset(t);
	t->res->chan_state = t->chan->state;
	if (t->submitted)
		dcbm_stats_chan_batch(t->chan->stats, t->chan->row_idx);
	if (t->lost) {
		dcbm_let_go(pool, t->chan);
		return;
	}
	dcbm_v_free(t);
	dcbm_v_mem_free(t);
	dcbm_let_go(pool, t->chan);
	/* A callback may still be about to wake the owner. */
	synchronize_rcu();
	kfree(t);
}

static int dcbm_validate_run(struct dcbm *d, struct dcbm_vresult *res)
{
	struct dcbm_vt *t;
	int ret;

	t = dcbm_vt_new(d, res->spec.chan, res);
	if (IS_ERR(t)) {
		ret = PTR_ERR(t);
		pr_err("chan=%s: %s\n", res->spec.chan, dcbm_v_no_chan(ret));
		return ret == -EUCLEAN ? -ENODEV : ret;
	}

	/* Should the engine take the machine down, this is the last that is heard of it. */
	pr_info("%s on %s, seed=%u\n", dcbm_clause_names[res->spec.clause],
		res->spec.chan, res->spec.seed);
	/* What came since the run before is no fault of this channel. */
	atomic_set(&d->validate.stray, 0);
	res->ns = ktime_get_ns();
	ret = dcbm_vt_run(t);
	/* The verdict that was given, whatever went wrong afterwards. */
	if (res->status == DCBM_VS_FAIL)
		ret = DCBM_V_FAIL;
	dcbm_vt_end(t);
	res->ns = ktime_get_ns() - res->ns;
	return ret;
}

static void dcbm_vresult_judge(struct dcbm_vresult *res, int ret)
{
	static const enum dcbm_vstatus verdicts[] = {
		[DCBM_V_PASS] = DCBM_VS_PASS,
		[DCBM_V_FAIL] = DCBM_VS_FAIL,
		[DCBM_V_SKIP] = DCBM_VS_SKIP,
	};

	res->error = min(ret, 0);
	if (ret >= 0)
		res->status = verdicts[ret];
	else
		res->status = ret == -EINTR ? DCBM_VS_INTERRUPTED : DCBM_VS_ERROR;
}

/**
 * dcbm_validate_fire() - try a clause on a channel
 * @d: the driver
 * @text: which, see struct dcbm_vspec; written to
 *
 * Context: May sleep; a signal ends it after the case at work.
 * Return: 0 if there is a verdict, whichever; -EINVAL for a bad line, and -ENODEV or
 * -EOPNOTSUPP for a channel that cannot be had, with the last result kept; -EINTR;
 * -ENOMEM.
 */
int dcbm_validate_fire(struct dcbm *d, char *text)
{
	struct dcbm_validate *validate = &d->validate;
	struct dcbm_vresult res = { };
	int ret;

	ret = dcbm_vspec_parse(text, &res.spec);
	if (ret)
		return ret;
	ret = mutex_lock_interruptible(&validate->run_lock);
	if (ret)
		return ret;

	ret = down_write_killable(&d->pool.sem);
	if (ret)
		goto unlock;
	ret = dcbm_validate_run(d, &res);
	up_write(&d->pool.sem);
	if (ret == -ENODEV || ret == -EOPNOTSUPP)
		goto unlock;

	dcbm_vresult_judge(&res, ret);
	dcbm_validate_publish(validate, &res);
unlock:
	mutex_unlock(&validate->run_lock);
	return min(ret, 0);
}

static void dcbm_validate_help(struct seq_file *m)
{
	char *line = kmalloc(DCBM_V_COMPLAINT, GFP_KERNEL);
	unsigned int i;

	if (!line)
		return;
	seq_puts(m, "# write key=value ... to run a clause on a channel, then read the result\n");
	for (i = 0; kvline_help(&dcbm_v_grammar, i, line, DCBM_V_COMPLAINT); i++)
		seq_printf(m, "#   %s\n", line);
	kfree(line);
	dcbm_clauses_show(m);
}

static void dcbm_v_show_side(struct seq_file *m, const char *side,
			     const struct dcbm_vseg *seg, u32 nr)
{
	u32 i;

	for (i = 0; i < nr; i++)
		seq_printf(m, "%s %u offset=0x%x len=%u\n", side, i, seg[i].off,
			   seg[i].len);
}

static void dcbm_v_show_list(struct seq_file *m, const struct dcbm_vresult *res)
{
	u64 i;

	seq_printf(m, "fail_case %u\n", res->fail_case);
	seq_printf(m, "reduced %u %u\n", res->nr_original,
		   max(res->list.nr_dst, res->list.nr_src));
	dcbm_v_show_side(m, "dst", res->list.dst, res->list.nr_dst);
	dcbm_v_show_side(m, "src", res->list.src, res->list.nr_src);
	seq_printf(m, "wrong %llu\n", res->nr_wrong);
	for (i = 0; i < min_t(u64, res->nr_wrong, DCBM_V_MAX_WRONG); i++)
		seq_printf(m, "byte %s offset=0x%x expected=0x%02x found=0x%02x\n",
			   dcbm_vwhere_names[res->wrong[i].where],
			   res->wrong[i].off, res->wrong[i].expected,
			   res->wrong[i].found);
}

/**
 * dcbm_validate_show() - help, clauses, and the last result
 * @validate: the suite
 * @m: where to
 *
 * Context: May sleep.
 */
void dcbm_validate_show(struct dcbm_validate *validate, struct seq_file *m)
{
	const struct dcbm_vresult *res = &validate->result;
	char line[DCBM_SPEC_LEN];

	dcbm_validate_help(m);
	guard(mutex)(&validate->result_lock);
	if (res->status == DCBM_VS_NONE) {
		seq_puts(m, "status none\n");
		return;
	}
	kvline_format(&dcbm_v_grammar, &res->spec, line, sizeof(line));
	seq_printf(m, "spec %s\n", line);
	seq_printf(m, "status %s\n", dcbm_vstatus_names[res->status]);
	seq_printf(m, "why %s\n", res->why[0] ? res->why : "-");
	seq_printf(m, "errno %d\n", res->error);
	seq_printf(m, "cases %u\n", res->cases);
	seq_printf(m, "descriptors %llu\n", res->descriptors);
	seq_printf(m, "bytes %llu\n", res->bytes);
	seq_printf(m, "ns %llu\n", res->ns);
	seq_printf(m, "chan_state %s\n", dcbm_chan_state_names[res->chan_state]);
	if (res->has_list)
		dcbm_v_show_list(m, res);
}

/**
 * dcbm_validate_init() - nothing tried yet
 * @validate: the suite
 */
void dcbm_validate_init(struct dcbm_validate *validate)
{
	mutex_init(&validate->run_lock);
	mutex_init(&validate->result_lock);
	xa_init_flags(&validate->tokens, XA_FLAGS_ALLOC1);
}

/**
 * dcbm_validate_exit() - the end of the suite
 * @validate: the suite, with nothing in flight
 */
void dcbm_validate_exit(struct dcbm_validate *validate)
{
	xa_destroy(&validate->tokens);
	dcbm_vresult_clear(&validate->result);
}
