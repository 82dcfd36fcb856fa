// SPDX-License-Identifier: GPL-2.0-only
/*
 * Runs of clauses, one at a time, and their file in debugfs.
 */
#include "../log.h"

#include <linux/cleanup.h>
#include <linux/err.h>
#include <linux/ktime.h>
#include <linux/minmax.h>
#include <linux/printk.h>
#include <linux/seq_file.h>

#include "../dcbm.h"
#include "../names.h"
#include "clauses.h"
#include "result.h"
#include "run.h"
#include "spec.h"
#include "types.h"
#include "validate.h"
#include "verdict.h"

/* Makes @res the last result, which then owns the lists of @res. */
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
		return "no such channel, or it is in use (offloading=1, another client)";
	case -EUCLEAN:
		return "the channel is quarantined until reboot";
	case -EOPNOTSUPP:
		return "the channel has neither memcpy nor memcpy_sg";
	default:
		return "out of memory";
	}
}

static int dcbm_vt_run(struct dcbm_vt *t)
{
	const struct dcbm_clause *clause = &dcbm_clauses[t->spec->clause];

	if (clause->needs == DCBM_NEEDS_SG && !t->sg)
		return dcbm_v_skip(t, "the channel has no memcpy_sg");
	if (dcbm_chan_state(t->chan) != DCBM_CHAN_READY)
		return dcbm_v_skip(t, "the channel is %s",
				   dcbm_chan_state_names[dcbm_chan_state(t->chan)]);
	t->cases = t->spec->cases ?: clause->cases;
	return clause->run(t);
}

static int dcbm_validate_run(struct dcbm *d, struct dcbm_vresult *res)
{
	struct dcbm_vt *t;
	int ret;

	t = dcbm_vt_new(d, res->spec.chan, res);
	if (IS_ERR(t)) {
		ret = PTR_ERR(t);
		pr_err("validate: chan=%s: %s\n", res->spec.chan, dcbm_v_no_chan(ret));
		return ret == -EUCLEAN ? -ENODEV : ret;
	}

	/* If the engine crashes the machine, this line names the clause. */
	pr_info("validate: %s on %s, seed=%u\n", dcbm_clause_names[res->spec.clause],
		res->spec.chan, res->spec.seed);
	/* Stray callbacks before this run came from another channel or run. */
	atomic_set(&d->validate->stray, 0);
	res->ns = ktime_get_ns();
	ret = dcbm_vt_run(t);
	/* A failure takes precedence over errors that followed. */
	if (res->status == DCBM_VS_FAIL)
		ret = DCBM_V_FAIL;
	dcbm_vt_end(t);
	res->ns = ktime_get_ns() - res->ns;
	return ret;
}

/**
 * dcbm_validate_fire() - run a clause on a channel
 * @d: the driver
 * @text: the request, a line of key=value words; modified
 *
 * Context: May sleep; a signal ends the run after the current case.
 * Return: 0 if there is a verdict, including a failure; -EINVAL for a bad request, and
 * -ENODEV or -EOPNOTSUPP for a channel that is not available, with the last result kept;
 * -EINTR; -ENOMEM.
 */
int dcbm_validate_fire(struct dcbm *d, char *text)
{
	struct dcbm_validate *validate = d->validate;
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

int dcbm_validate_show(struct dcbm *d, struct seq_file *m)
{
	struct dcbm_validate *validate = d->validate;

	seq_puts(m, "# write key=value ... to run a clause on a channel, then read the result\n");
	dcbm_vspec_help(m);
	dcbm_clauses_show(m);
	guard(mutex)(&validate->result_lock);
	dcbm_vresult_show(&validate->result, m);
	return 0;
}

static struct dcbm_validate dcbm_validate;

void dcbm_validate_init(struct dcbm *d)
{
	d->validate = &dcbm_validate;
	mutex_init(&d->validate->run_lock);
	mutex_init(&d->validate->result_lock);
	xa_init_flags(&d->validate->tokens, XA_FLAGS_ALLOC1);
}

void dcbm_validate_exit(struct dcbm *d)
{
	xa_destroy(&d->validate->tokens);
	dcbm_vresult_clear(&d->validate->result);
}
