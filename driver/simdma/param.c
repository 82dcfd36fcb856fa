// SPDX-License-Identifier: GPL-2.0-only
/*
 * Module parameters, and the configuration that each device gets from them
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/array_size.h>
#include <linux/bits.h>
#include <linux/kstrtox.h>
#include <linux/limits.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/nodemask.h>
#include <linux/numa.h>
#include <linux/printk.h>
#include <linux/sizes.h>
#include <linux/stddef.h>
#include <linux/string.h>
#include <linux/sysfs.h>
#include <linux/time64.h>

#include "param.h"

static struct simdma_config param = {
	.nr_dev = 2,
	.nr_chan = 8,
	.depth = 64,
	.max_segs = 64,
	.max_seg_size = SZ_1M,
	.addr_bits = 64,
	.boundary_bits = 64,
	.node = NUMA_NO_NODE,
	.ordered = 1,
	.memcpy_sg = 1,
	.private = 1,
	.seed = 1,
};

struct simdma_key {
	const char *name;
	size_t offset; /* in struct simdma_config */
	int min;
	int max;
};

#define SIMDMA_KEY(_name, _min, _max)					\
	{								\
		.name = #_name,						\
		.offset = offsetof(struct simdma_config, _name),	\
		.min = _min,						\
		.max = _max,						\
	}

/*
 * addr_bits: swiotlb and the ISA zone need 24 bits; the DMA API refuses a smaller mask.
 * boundary_bits: a boundary within a page would split a mapping of the DMA API.
 * align_shift: with an alignment of more than a page no single page could be copied.
 */
static const struct simdma_key simdma_keys[] = {
	SIMDMA_KEY(nr_dev, 1, 16),
	SIMDMA_KEY(nr_chan, 1, 16),
	SIMDMA_KEY(depth, 1, 4096),
	SIMDMA_KEY(max_segs, 1, 1024),
	SIMDMA_KEY(max_seg_size, 64, SZ_1G),
	SIMDMA_KEY(align_shift, 0, 12),
	SIMDMA_KEY(addr_bits, 24, 64),
	SIMDMA_KEY(boundary_bits, 12, 64),
	SIMDMA_KEY(node, NUMA_NO_NODE, MAX_NUMNODES - 1),
	SIMDMA_KEY(ordered, 0, 1),
	SIMDMA_KEY(memcpy_sg, 0, 1),
	SIMDMA_KEY(private, 0, 1),
	SIMDMA_KEY(desc_ns, 0, NSEC_PER_SEC),
	SIMDMA_KEY(seg_ns, 0, NSEC_PER_SEC),
	SIMDMA_KEY(mbps, 0, 1000000),
	SIMDMA_KEY(seed, 0, INT_MAX),
};

/* Fails for a parameter that is missing in the struct or in the table. */
static_assert(sizeof(struct simdma_config) ==
	      ARRAY_SIZE(simdma_keys) * sizeof(int));

static const struct simdma_key *simdma_key_of(const struct kernel_param *kp)
{
	size_t offset = (char *)kp->arg - (char *)&param;
	const struct simdma_key *key = simdma_keys;

	while (key->offset != offset)
		key++;
	return key;
}

static int simdma_param_set(const char *val, const struct kernel_param *kp)
{
	const struct simdma_key *key = simdma_key_of(kp);
	int v;

	if (!val || kstrtoint(val, 0, &v) || v < key->min || v > key->max) {
		pr_err("%s=%.*s: must be in %d..%d\n", key->name,
		       val ? (int)strcspn(val, "\n") : 0, val ?: "", key->min,
		       key->max);
		return -EINVAL;
	}
	*(int *)kp->arg = v;
	return 0;
}

static int simdma_param_get(char *buf, const struct kernel_param *kp)
{
	return sysfs_emit(buf, "%d\n", *(int *)kp->arg);
}

static const struct kernel_param_ops simdma_param_ops = {
	.set = simdma_param_set,
	.get = simdma_param_get,
};

module_param_cb(nr_dev, &simdma_param_ops, &param.nr_dev, 0444);
MODULE_PARM_DESC(nr_dev, "Number of devices, 1 to 16 (default 2)");
module_param_cb(nr_chan, &simdma_param_ops, &param.nr_chan, 0444);
MODULE_PARM_DESC(nr_chan, "Number of channels per device, 1 to 16 (default 8)");
module_param_cb(depth, &simdma_param_ops, &param.depth, 0444);
MODULE_PARM_DESC(depth, "Number of descriptors per channel, 1 to 4096 (default 64)");
module_param_cb(max_segs, &simdma_param_ops, &param.max_segs, 0444);
MODULE_PARM_DESC(max_segs, "Maximum number of segments per list, 1 to 1024 (default 64)");
module_param_cb(max_seg_size, &simdma_param_ops, &param.max_seg_size, 0444);
MODULE_PARM_DESC(max_seg_size, "Maximum length of a segment in bytes, 64 to 1 GiB (default 1 MiB)");
module_param_cb(align_shift, &simdma_param_ops, &param.align_shift, 0444);
MODULE_PARM_DESC(align_shift, "Alignment of addresses and lengths, 2^n bytes, n = 0 to 12 (default 0)");
module_param_cb(addr_bits, &simdma_param_ops, &param.addr_bits, 0444);
MODULE_PARM_DESC(addr_bits, "Width of a DMA address in bits, 24 to 64 (default 64)");
module_param_cb(boundary_bits, &simdma_param_ops, &param.boundary_bits, 0444);
MODULE_PARM_DESC(boundary_bits, "No segment crosses a multiple of 2^n bytes, n = 12 to 64 (default 64, no boundary)");
module_param_cb(node, &simdma_param_ops, &param.node, 0444);
MODULE_PARM_DESC(node, "NUMA node of all devices, or -1 to use the online nodes in turn (default -1)");
module_param_cb(ordered, &simdma_param_ops, &param.ordered, 0444);
MODULE_PARM_DESC(ordered, "Complete descriptors in the order of submission, 0 or 1 (default 1)");
module_param_cb(memcpy_sg, &simdma_param_ops, &param.memcpy_sg, 0444);
MODULE_PARM_DESC(memcpy_sg, "Offer memcpy_sg, 0 or 1 (default 1)");
module_param_cb(private, &simdma_param_ops, &param.private, 0444);
MODULE_PARM_DESC(private, "Exclude the channels from dma_find_channel(), 0 or 1 (default 1)");
module_param_cb(desc_ns, &simdma_param_ops, &param.desc_ns, 0444);
MODULE_PARM_DESC(desc_ns, "Time per descriptor in ns, 0 to 10^9 (default 0)");
module_param_cb(seg_ns, &simdma_param_ops, &param.seg_ns, 0444);
MODULE_PARM_DESC(seg_ns, "Time per segment in ns, 0 to 10^9 (default 0)");
module_param_cb(mbps, &simdma_param_ops, &param.mbps, 0444);
MODULE_PARM_DESC(mbps, "Bandwidth per channel in 10^6 bytes/s, 0 to 10^6 (default 0, no limit)");
module_param_cb(seed, &simdma_param_ops, &param.seed, 0444);
MODULE_PARM_DESC(seed, "Random seed for ordered=0 and for faults, 0 to 2^31-1 (default 1)");

/**
 * simdma_param_check() - check the parameters against each other and the machine
 *
 * Return: 0, or -EINVAL after logging an error.
 */
int simdma_param_check(void)
{
	if (param.node != NUMA_NO_NODE && !node_online(param.node)) {
		pr_err("node=%d: not online, must be -1 or one of %*pbl\n",
		       param.node, nodemask_pr_args(&node_online_map));
		return -EINVAL;
	}
	if (param.max_seg_size < BIT(param.align_shift)) {
		pr_err("max_seg_size=%d: must be in %lu..%d with align_shift=%d\n",
		       param.max_seg_size, BIT(param.align_shift), SZ_1G,
		       param.align_shift);
		return -EINVAL;
	}
	if (!param.ordered && !param.private)
		pr_warn("ordered=0 with private=0: async_tx (used by md) may take a channel, and panics without completion in order\n");
	return 0;
}

unsigned int simdma_param_nr_dev(void)
{
	return param.nr_dev;
}

/* With node=-1 the devices use the online nodes in turn. */
static int simdma_param_node(unsigned int id)
{
	unsigned int skip = id % num_online_nodes();
	int node;

	if (param.node != NUMA_NO_NODE)
		return param.node;
	for_each_online_node(node)
		if (!skip--)
			return node;
	return first_online_node;
}

void simdma_param_config(struct simdma_config *cfg, unsigned int id)
{
	*cfg = param;
	cfg->node = simdma_param_node(id);
}

/**
 * simdma_config_key() - iterate over a configuration
 * @cfg: the configuration
 * @i: index of the member, from 0
 * @val: set to the value of the member
 *
 * Return: Name of the member, or NULL after the last one.
 */
const char *simdma_config_key(const struct simdma_config *cfg, unsigned int i,
			      int *val)
{
	if (i >= ARRAY_SIZE(simdma_keys))
		return NULL;
	*val = *(const int *)((const char *)cfg + simdma_keys[i].offset);
	return simdma_keys[i].name;
}
