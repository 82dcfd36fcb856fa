// SPDX-License-Identifier: GPL-2.0-only
/*
 * debugfs files simdma/<device>/config, channels and reset
 */
#include <linux/array_size.h>
#include <linux/cleanup.h>
#include <linux/debugfs.h>
#include <linux/device.h>
#include <linux/dmaengine.h>
#include <linux/module.h>
#include <linux/seq_file.h>
#include <linux/stddef.h>

#include "debugfs.h"
#include "fault_debugfs.h"
#include "param.h"
#include "simdma.h"

static struct dentry *simdma_dir;

struct simdma_column {
	const char *name;
	size_t offset;
};

#define SIMDMA_COLUMN(_name)	{ #_name, offsetof(struct simdma_stats, _name) }

/* Add new columns at the end only: the order is part of the file format. */
static const struct simdma_column simdma_columns[] = {
	SIMDMA_COLUMN(submitted),
	SIMDMA_COLUMN(completed),
	SIMDMA_COLUMN(bytes),
	SIMDMA_COLUMN(segments),
	SIMDMA_COLUMN(terminated),
	SIMDMA_COLUMN(ring_full),
	SIMDMA_COLUMN(refused),
	SIMDMA_COLUMN(in_flight_max),
	SIMDMA_COLUMN(reordered),
	SIMDMA_COLUMN(failed),
	SIMDMA_COLUMN(in_flight),
};

static_assert(sizeof(struct simdma_stats) ==
	      ARRAY_SIZE(simdma_columns) * sizeof(u64));

static int simdma_channels_show(struct seq_file *m, void *unused)
{
	struct simdma *sd = m->private;
	struct simdma_stats stats;
	unsigned int i, c;

	seq_puts(m, "# simdma channels v1\n# channel");
	for (c = 0; c < ARRAY_SIZE(simdma_columns); c++)
		seq_printf(m, " %s", simdma_columns[c].name);
	seq_putc(m, '\n');

	for (i = 0; i < sd->nr_chan; i++) {
		struct simdma_chan *sc = &sd->chans[i];

		scoped_guard(spinlock_irq, &sc->lock)
			stats = sc->stats;
		seq_puts(m, dma_chan_name(&sc->chan));
		for (c = 0; c < ARRAY_SIZE(simdma_columns); c++)
			seq_printf(m, " %llu",
				   *(u64 *)((char *)&stats + simdma_columns[c].offset));
		seq_putc(m, '\n');
	}
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(simdma_channels);

static int simdma_config_show(struct seq_file *m, void *unused)
{
	struct simdma *sd = m->private;
	const char *name;
	unsigned int i;
	int val;

	seq_puts(m, "# simdma config v1\n");
	for (i = 0; (name = simdma_config_key(&sd->cfg, i, &val)); i++)
		seq_printf(m, "%s %d\n", name, val);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(simdma_config);

/*
 * Descriptors in flight stay counted as submitted, so that submitted is still the sum of
 * completed, terminated and in_flight.
 */
static ssize_t simdma_reset_write(struct file *file, const char __user *buf,
				  size_t count, loff_t *ppos)
{
	struct simdma *sd = file->private_data;
	unsigned int i;

	for (i = 0; i < sd->nr_chan; i++) {
		struct simdma_chan *sc = &sd->chans[i];

		scoped_guard(spinlock_irq, &sc->lock)
			sc->stats = (struct simdma_stats) {
				.submitted = sc->stats.in_flight,
				.in_flight = sc->stats.in_flight,
				.in_flight_max = sc->stats.in_flight,
			};
	}
	return count;
}

static const struct file_operations simdma_reset_fops = {
	.owner = THIS_MODULE,
	.open = simple_open,
	.write = simdma_reset_write,
	.llseek = noop_llseek,
};

void simdma_debugfs_add(struct simdma *sd)
{
	sd->dir = debugfs_create_dir(dev_name(sd->dma.dev), simdma_dir);
	debugfs_create_file("config", 0400, sd->dir, sd, &simdma_config_fops);
	debugfs_create_file("channels", 0400, sd->dir, sd, &simdma_channels_fops);
	debugfs_create_file("reset", 0200, sd->dir, sd, &simdma_reset_fops);
	simdma_fault_debugfs_add(sd);
}

/* To be called before the channels lose their names. */
void simdma_debugfs_remove(struct simdma *sd)
{
	debugfs_remove(sd->dir);
}

void simdma_debugfs_init(void)
{
	simdma_dir = debugfs_create_dir("simdma", NULL);
}

void simdma_debugfs_exit(void)
{
	debugfs_remove(simdma_dir);
}
