// SPDX-License-Identifier: GPL-2.0-only
/*
 * debugfs file simdma/<device>/fault
 */
#include <linux/cleanup.h>
#include <linux/debugfs.h>
#include <linux/device.h>
#include <linux/err.h>
#include <linux/module.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "fault.h"
#include "fault_debugfs.h"
#include "simdma.h"

static int simdma_fault_show(struct seq_file *m, void *unused)
{
	struct simdma *sd = m->private;
	const struct simdma_fault_info *info;
	char line[SIMDMA_FAULT_LEN];
	struct simdma_fault fault;
	unsigned int mode;

	scoped_guard(spinlock_irqsave, &sd->fault.lock)
		fault = sd->fault;

	seq_puts(m, "# simdma fault v1\n"
		    "# write mode=NAME nth=.. every=.. prob=.. arg=.. chan=.. ; mode=none ends the fault\n");
	for (mode = SIMDMA_FAULT_NONE + 1; (info = simdma_fault_info(mode)); mode++)
		seq_printf(m, "fault %s %s %d %s\n", info->name,
			   info->shown ? "shown" : "silent", info->arg, info->text);
	simdma_fault_format(&fault.spec, line, sizeof(line));
	seq_printf(m, "mode %s\nseen %llu\nhits %llu\n", line, fault.seen,
		   fault.hits);
	return 0;
}

static int simdma_fault_take(struct simdma *sd, char *text)
{
	struct simdma_fault_spec spec;
	char *why;
	int ret;

	why = kmalloc(SIMDMA_FAULT_WHY_LEN, GFP_KERNEL);
	if (!why)
		return -ENOMEM;
	ret = simdma_fault_parse(text, &spec, why, SIMDMA_FAULT_WHY_LEN);
	if (ret)
		dev_err(sd->dma.dev, "fault: %s\n", why);
	else
		simdma_fault_set(sd, &spec);
	kfree(why);
	return ret;
}

static ssize_t simdma_fault_write(struct file *file, const char __user *buf,
				  size_t count, loff_t *ppos)
{
	struct seq_file *m = file->private_data;
	struct simdma *sd = m->private;
	char *text;
	int ret;

	if (count >= SIMDMA_FAULT_LEN) {
		dev_err(sd->dma.dev, "fault: line must have at most %d characters, has %zu\n",
			SIMDMA_FAULT_LEN - 1, count);
		return -EINVAL;
	}
	text = memdup_user_nul(buf, count);
	if (IS_ERR(text))
		return PTR_ERR(text);
	ret = simdma_fault_take(sd, text);
	kfree(text);
	return ret ?: count;
}

static int simdma_fault_open(struct inode *inode, struct file *file)
{
	return single_open(file, simdma_fault_show, inode->i_private);
}

static const struct file_operations simdma_fault_fops = {
	.owner = THIS_MODULE,
	.open = simdma_fault_open,
	.read = seq_read,
	.write = simdma_fault_write,
	.llseek = seq_lseek,
	.release = single_release,
};

/* @sd->dir exists. */
void simdma_fault_debugfs_add(struct simdma *sd)
{
	debugfs_create_file("fault", 0600, sd->dir, sd, &simdma_fault_fops);
}
