// SPDX-License-Identifier: GPL-2.0-only
/*
 * Files in debugfs/dcbm, as documented in Documentation/debugfs.rst
 */
#include "log.h"

#include <linux/debugfs.h>
#include <linux/math64.h>
#include <linux/module.h>
#include <linux/numa.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "dcbm.h"
#include "debugfs.h"
#include "names.h"
#include "trigger.h"
#include "validate/validate.h"
#include "../lib/kvline.h"

/* Digits after the point: two in a percentage, three in a ratio */
#define DCBM_SHARE_SCALE	10000
#define DCBM_SHARE_POINT	100
#define DCBM_RATIO_POINT	1000

/* A file of debugfs/dcbm. @write gets one line, and is NULL for a read-only file. */
struct dcbm_file {
	const char *name;
	int (*show)(struct dcbm *d, struct seq_file *m);
	int (*write)(struct dcbm *d, char *text);
};

static struct dentry *dcbm_dir;

static void dcbm_show_hists(struct seq_file *m, const char *unit,
			    const struct dcbm_hist *hists)
{
	unsigned int bin, i;

	for (bin = 0; bin < DCBM_HIST_BINS; bin++) {
		u64 any = 0;

		for (i = 0; i < DCBM_NR_OUTCOMES; i++)
			any |= hists[i].bins[bin];
		if (!any)
			continue;
		seq_printf(m, "%s %llu %llu", unit, dcbm_hist_from(bin),
			   dcbm_hist_to(bin));
		for (i = 0; i < DCBM_NR_OUTCOMES; i++)
			seq_printf(m, " %llu", hists[i].bins[bin]);
		seq_putc(m, '\n');
	}
}

static u64 dcbm_hists_sum(const struct dcbm_hist *hists)
{
	unsigned int i;
	u64 sum = 0;

	for (i = 0; i < DCBM_NR_OUTCOMES; i++)
		sum += hists[i].sum;
	return sum;
}

static void dcbm_show_batch_size(struct dcbm *d, struct seq_file *m,
				 const struct dcbm_counts *c)
{
	unsigned int i;

	seq_puts(m, "# unit from to");
	for (i = 0; i < DCBM_NR_OUTCOMES; i++)
		seq_printf(m, " %s", dcbm_outcome_names[i]);
	seq_putc(m, '\n');
	dcbm_show_hists(m, "folios", c->batch_folios);
	dcbm_show_hists(m, "bytes", c->batch_bytes);
	seq_printf(m, "folios_sum %llu\n", dcbm_hists_sum(c->batch_folios));
	seq_printf(m, "bytes_sum %llu\n", dcbm_hists_sum(c->batch_bytes));
}

static void dcbm_show_hist(struct seq_file *m, const char *unit,
			   const struct dcbm_hist *hist)
{
	unsigned int bin;

	seq_printf(m, "unit %s\n", unit);
	seq_printf(m, "count %llu\nsum %llu\nmin %llu\nmax %llu\n", hist->count,
		   hist->sum, hist->min, hist->max);
	seq_puts(m, "# from to count\n");
	for (bin = 0; bin < DCBM_HIST_BINS; bin++)
		if (hist->bins[bin])
			seq_printf(m, "%llu %llu %llu\n", dcbm_hist_from(bin),
				   dcbm_hist_to(bin), hist->bins[bin]);
}

static void dcbm_show_batch_latency(struct dcbm *d, struct seq_file *m,
				    const struct dcbm_counts *c)
{
	dcbm_show_hist(m, "ns", &c->batch_latency);
}

static void dcbm_show_desc_latency(struct dcbm *d, struct seq_file *m,
				   const struct dcbm_counts *c)
{
	dcbm_show_hist(m, "ns", &c->desc_latency);
}

static void dcbm_show_desc_segments(struct dcbm *d, struct seq_file *m,
				    const struct dcbm_counts *c)
{
	dcbm_show_hist(m, "segments", &c->desc_segments);
}

static void dcbm_show_chan(struct seq_file *m, const struct dcbm_slot *slot,
			   const struct dcbm_chan_counts *c, u64 total)
{
	u64 share = total ? mul_u64_u64_div_u64(c->bytes, DCBM_SHARE_SCALE, total) : 0;

	seq_printf(m, "%s %s %d %s %s %llu %llu %llu %llu %llu.%02llu %llu %llu %llu %llu\n",
		   slot->name, slot->provider, slot->node,
		   dcbm_backend_names[slot->backend],
		   dcbm_chan_state_names[READ_ONCE(slot->state)], c->batches,
		   c->descriptors, c->folios, c->bytes, share / DCBM_SHARE_POINT,
		   share % DCBM_SHARE_POINT, c->busy_ns, c->errors, c->timeouts,
		   c->inflight_max);
}

static void dcbm_show_channels(struct dcbm *d, struct seq_file *m,
			       const struct dcbm_counts *c)
{
	u64 total = 0, most = 0, ratio = 0;
	unsigned int i, nr = 0, ready = 0;

	/* Slots change when channels are acquired. */
	guard(rwsem_read)(&d->pool.sem);
	for (i = 0; i < DCBM_MAX_ROWS; i++) {
		const struct dcbm_slot *slot = &d->pool.slots[i];

		if (!*slot->name)
			continue;
		total += c->chan[i].bytes;
		most = max(most, c->chan[i].bytes);
		ready += READ_ONCE(slot->state) == DCBM_CHAN_READY;
		nr += READ_ONCE(slot->state) == DCBM_CHAN_READY || c->chan[i].bytes;
	}

	seq_puts(m, "# channel provider node backend state batches descriptors folios bytes share busy_ns errors timeouts inflight_max\n");
	for (i = 0; i < DCBM_MAX_ROWS; i++)
		if (*d->pool.slots[i].name)
			dcbm_show_chan(m, &d->pool.slots[i], &c->chan[i], total);

	if (total)
		ratio = mul_u64_u64_div_u64(most, nr * DCBM_RATIO_POINT, total);
	seq_printf(m, "channels %u\n", ready);
	seq_printf(m, "imbalance %llu.%03llu\n", ratio / DCBM_RATIO_POINT,
		   ratio % DCBM_RATIO_POINT);
}

static void dcbm_show_fallbacks(struct dcbm *d, struct seq_file *m,
				const struct dcbm_counts *c)
{
	unsigned int i;

	seq_puts(m, "# reason batches folios bytes last_errno last_ns\n");
	for (i = 0; i < DCBM_NR_REASONS; i++) {
		const struct dcbm_fallback_counts *f = &c->fallback[i];

		seq_printf(m, "%s %llu %llu %llu %lld %llu\n",
			   dcbm_reason_names[i], f->batches, f->folios, f->bytes,
			   f->last_errno, f->last_ns);
	}
}

/* The counters are too large for the stack. */
static int dcbm_show_counts(struct dcbm *d, struct seq_file *m,
			    void (*show)(struct dcbm *d, struct seq_file *m,
					 const struct dcbm_counts *c))
{
	struct dcbm_counts *c = kvmalloc(sizeof(*c), GFP_KERNEL);

	if (!c)
		return -ENOMEM;
	dcbm_stats_read(&d->stats, c);
	show(d, m, c);
	kvfree(c);
	return 0;
}

#define DCBM_COUNTS_FILE(_name)						\
static int dcbm_##_name##_show(struct dcbm *d, struct seq_file *m)	\
{									\
	return dcbm_show_counts(d, m, dcbm_show_##_name);		\
}

DCBM_COUNTS_FILE(batch_size)
DCBM_COUNTS_FILE(batch_latency)
DCBM_COUNTS_FILE(desc_latency)
DCBM_COUNTS_FILE(desc_segments)
DCBM_COUNTS_FILE(channels)
DCBM_COUNTS_FILE(fallbacks)

static int dcbm_reset_show(struct dcbm *d, struct seq_file *m)
{
	seq_puts(m, "# write anything to zero all statistics\n");
	return 0;
}

static int dcbm_reset_write(struct dcbm *d, char *text)
{
	return dcbm_stats_reset(&d->stats);
}

static const struct dcbm_file dcbm_files[] = {
	{ "batch_size", dcbm_batch_size_show },
	{ "batch_latency", dcbm_batch_latency_show },
	{ "desc_latency", dcbm_desc_latency_show },
	{ "desc_segments", dcbm_desc_segments_show },
	{ "channels", dcbm_channels_show },
	{ "fallbacks", dcbm_fallbacks_show },
	{ "trigger", dcbm_trigger_show, dcbm_trigger_fire },
#ifdef CONFIG_DCBM_VALIDATE
	{ "validate", dcbm_validate_show, dcbm_validate_fire },
#endif
	{ "reset", dcbm_reset_show, dcbm_reset_write },
};

static int dcbm_file_show(struct seq_file *m, void *unused)
{
	const struct dcbm_file *file = m->private;

	seq_printf(m, "# dcbm %s v1\n", file->name);
	return file->show(&dcbm, m);
}

static int dcbm_file_open(struct inode *inode, struct file *filp)
{
	return single_open(filp, dcbm_file_show, inode->i_private);
}

static ssize_t dcbm_file_write(struct file *filp, const char __user *buf,
			       size_t len, loff_t *pos)
{
	const struct dcbm_file *file = file_inode(filp)->i_private;
	char *text;
	int ret;

	if (!file->write)
		return -EACCES;
	if (len >= KVLINE_LEN) {
		pr_err("%s: a line must have at most %u characters\n", file->name,
		       KVLINE_LEN - 1);
		return -EINVAL;
	}
	text = memdup_user_nul(buf, len);
	if (IS_ERR(text))
		return PTR_ERR(text);
	ret = file->write(&dcbm, text);
	kfree(text);
	return ret ?: len;
}

static const struct file_operations dcbm_file_ops = {
	.owner = THIS_MODULE,
	.open = dcbm_file_open,
	.read = seq_read,
	.write = dcbm_file_write,
	.llseek = seq_lseek,
	.release = single_release,
};

/* Errors are ignored: the driver works without debugfs, too. */
void dcbm_debugfs_init(void)
{
	const struct dcbm_file *file;

	dcbm_dir = debugfs_create_dir("dcbm", NULL);
	for (file = dcbm_files; file < dcbm_files + ARRAY_SIZE(dcbm_files); file++)
		debugfs_create_file(file->name, file->write ? 0600 : 0400, dcbm_dir,
				    (void *)file, &dcbm_file_ops);
}

/* debugfs_remove() waits for threads that read or write a file. */
void dcbm_debugfs_exit(void)
{
	debugfs_remove(dcbm_dir);
}
