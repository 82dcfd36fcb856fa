// SPDX-License-Identifier: GPL-2.0-only
/*
 * Request for a run: a line of key=value words.
 */
#include "../log.h"

#include <linux/limits.h>
#include <linux/printk.h>
#include <linux/seq_file.h>
#include <linux/sizes.h>
#include <linux/slab.h>
#include <linux/stddef.h>

#include "../../lib/kvline.h"
#include "clauses.h"
#include "spec.h"

/* Size of an error message, and of a line of debugfs. */
#define DCBM_V_ERR_LEN	1024
#define DCBM_V_LINE_LEN		256

#define VKEY(...)	KVLINE_KEY(struct dcbm_vspec, __VA_ARGS__)

static const struct kvline_key dcbm_v_keys[] = {
	KVLINE_TEXT(struct dcbm_vspec, chan, "channel, as in /sys/class/dma"),
	VKEY(clause, 0, DCBM_NR_CLAUSES - 1, dcbm_clause_names, "clause to run"),
	VKEY(seed, 0, U32_MAX, NULL, "random seed (default 1)"),
	VKEY(cases, 0, 1000000, NULL, "number of cases, 0: default of the clause"),
	VKEY(timeout_ms, 10, 60000, NULL, "time limit per descriptor"),
	VKEY(threads, 1, 16, NULL, "number of threads in many.threads"),
	VKEY(depth, 1, DCBM_V_MAX_DEPTH, NULL, "maximum number of descriptors in flight"),
	VKEY(max_bytes, SZ_64K, SZ_4M, NULL, "maximum number of bytes in flight"),
	VKEY(unsafe, 0, 1, NULL, "allow DMA addresses without memory"),
};

static const struct kvline_grammar dcbm_v_grammar = {
	.keys = dcbm_v_keys,
	.nr = ARRAY_SIZE(dcbm_v_keys),
};

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

/**
 * dcbm_vspec_parse() - parse a request
 * @text: the line, which is modified
 * @spec: the request
 *
 * Context: May sleep.
 * Return: 0; -EINVAL, with the reason in the log; -ENOMEM.
 */
int dcbm_vspec_parse(char *text, struct dcbm_vspec *spec)
{
	char *why = kmalloc(DCBM_V_ERR_LEN, GFP_KERNEL);
	int ret;

	if (!why)
		return -ENOMEM;
	*spec = dcbm_vspec_default();
	ret = kvline_parse(&dcbm_v_grammar, text, spec, why, DCBM_V_ERR_LEN);
	if (ret)
		pr_err("validate: %s\n", why);
	kfree(why);
	if (ret)
		return ret;
	if (!*spec->chan || spec->clause == DCBM_NR_CLAUSES) {
		pr_err("validate: chan=NAME and clause=ID are required\n");
		return -EINVAL;
	}
	return 0;
}

void dcbm_vspec_help(struct seq_file *m)
{
	char *line = kmalloc(DCBM_V_ERR_LEN, GFP_KERNEL);
	unsigned int i;

	if (!line)
		return;
	for (i = 0; kvline_help(&dcbm_v_grammar, i, line, DCBM_V_ERR_LEN); i++)
		seq_printf(m, "#   %s\n", line);
	kfree(line);
}

void dcbm_vspec_show(const struct dcbm_vspec *spec, struct seq_file *m)
{
	char line[DCBM_V_LINE_LEN];

	kvline_format(&dcbm_v_grammar, spec, line, sizeof(line));
	seq_printf(m, "spec %s\n", line);
}
