// SPDX-License-Identifier: GPL-2.0-only
/*
 * Module parameters, as documented in Documentation/usage.rst
 *
 * A write of an invalid value changes nothing and logs the valid values.
 */
#include "log.h"

#include <linux/kstrtox.h>
#include <linux/limits.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/printk.h>
#include <linux/string.h>
#include <linux/sysfs.h>

#include "dcbm.h"
#include "hold.h"
#include "names.h"
#include "offload.h"

#define DCBM_MAX_FOLIOS		65536
#define DCBM_MIN_TIMEOUT_MS	10
#define DCBM_MAX_TIMEOUT_MS	60000

/* Maximum length of all names of a parameter, separated by bars */
#define DCBM_NAMES_LEN		64

/* Change the configuration of the pool; during initialisation, only store it. */
static int dcbm_param_configure(const struct dcbm_pool_config *config)
{
	int ret;

	if (!dcbm.ready) {
		dcbm.pool.config = *config;
		return 0;
	}
	ret = dcbm_pool_configure(&dcbm.pool, config);
	if (ret)
		pr_err("cannot acquire channels with the new parameters (%pe), the old parameters are kept\n",
		       ERR_PTR(ret));
	return ret;
}

static int dcbm_param_uint(const char *val, const struct kernel_param *kp,
			   unsigned int min, unsigned int max, unsigned int *res)
{
	unsigned int v;

	if (kstrtouint(val, 0, &v) || v < min || v > max) {
		pr_err("%s: '%.*s' must be in %u..%u\n", kp->name,
		       (int)strcspn(val, "\n"), val, min, max);
		return -EINVAL;
	}
	*res = v;
	return 0;
}

static int dcbm_param_name(const char *val, const struct kernel_param *kp,
			   const char * const *names, unsigned int nr)
{
	int ret = __sysfs_match_string(names, nr, val);
	char all[DCBM_NAMES_LEN];
	unsigned int i;
	int at = 0;

	if (ret >= 0)
		return ret;

	for (i = 0; i < nr; i++)
		at += scnprintf(all + at, sizeof(all) - at, "%s%s", i ? "|" : "",
				names[i]);
	pr_err("%s: '%.*s' must be one of %s\n", kp->name,
	       (int)strcspn(val, "\n"), val, all);
	return -EINVAL;
}

static int dcbm_offloading_set(const char *val, const struct kernel_param *kp)
{
	unsigned int on;
	int ret;

	/* kstrtobool() would ignore all characters after the first. */
	ret = dcbm_param_uint(val, kp, 0, 1, &on);
	if (ret)
		return ret;

	if (dcbm.ready && on != dcbm.offloading) {
		if (on) {
			ret = dcbm_offload_enable(&dcbm);
			if (ret)
				return ret;
		} else {
			dcbm_offload_disable(&dcbm);
		}
	}
	dcbm.offloading = on;
	return 0;
}

static int dcbm_offloading_get(char *buf, const struct kernel_param *kp)
{
	return sysfs_emit(buf, "%d\n", dcbm.offloading);
}

static int dcbm_nr_dma_chan_set(const char *val, const struct kernel_param *kp)
{
	struct dcbm_pool_config config = dcbm.pool.config;
	int ret = dcbm_param_uint(val, kp, 1, DCBM_MAX_CHANNELS, &config.nr_chan);

	if (!ret)
		ret = dcbm_param_configure(&config);
	if (!ret)
		WRITE_ONCE(dcbm.opt.nr_chan, config.nr_chan);
	return ret;
}

static int dcbm_nr_dma_chan_get(char *buf, const struct kernel_param *kp)
{
	return sysfs_emit(buf, "%u\n", dcbm.opt.nr_chan);
}

static int dcbm_max_sg_set(const char *val, const struct kernel_param *kp)
{
	struct dcbm_pool_config config = dcbm.pool.config;
	int ret = dcbm_param_uint(val, kp, 1, DCBM_MAX_SG, &config.max_sg);

	return ret ?: dcbm_param_configure(&config);
}

static int dcbm_max_sg_get(char *buf, const struct kernel_param *kp)
{
	return sysfs_emit(buf, "%u\n", dcbm.pool.config.max_sg);
}

static int dcbm_backend_set(const char *val, const struct kernel_param *kp)
{
	struct dcbm_pool_config config = dcbm.pool.config;
	int ret = dcbm_param_name(val, kp, dcbm_backend_names, DCBM_NR_BACKENDS);

	if (ret < 0)
		return ret;
	config.backend = ret;
	ret = dcbm_param_configure(&config);
	if (!ret)
		WRITE_ONCE(dcbm.opt.backend, config.backend);
	return ret;
}

static int dcbm_backend_get(char *buf, const struct kernel_param *kp)
{
	return sysfs_emit(buf, "%s\n", dcbm_backend_names[dcbm.opt.backend]);
}

static const char * const dcbm_acquire_names[] = { "exclusive", "shared" };

static int dcbm_acquire_set(const char *val, const struct kernel_param *kp)
{
	struct dcbm_pool_config config = dcbm.pool.config;
	int ret = dcbm_param_name(val, kp, dcbm_acquire_names,
				  ARRAY_SIZE(dcbm_acquire_names));

	if (ret < 0)
		return ret;
	config.shared = ret;
	return dcbm_param_configure(&config);
}

static int dcbm_acquire_get(char *buf, const struct kernel_param *kp)
{
	return sysfs_emit(buf, "%s\n", dcbm_acquire_names[dcbm.pool.config.shared]);
}

static int dcbm_chan_filter_set(const char *val, const struct kernel_param *kp)
{
	struct dcbm_pool_config config = dcbm.pool.config;
	size_t len = strcspn(val, "\n");

	if (len >= sizeof(config.filter)) {
		pr_err("%s: must have at most %zu characters\n", kp->name,
		       sizeof(config.filter) - 1);
		return -EINVAL;
	}
	strscpy(config.filter, val, len + 1);
	return dcbm_param_configure(&config);
}

static int dcbm_chan_filter_get(char *buf, const struct kernel_param *kp)
{
	return sysfs_emit(buf, "%s\n", dcbm.pool.config.filter);
}

static int dcbm_reason_mask_set(const char *val, const struct kernel_param *kp)
{
	unsigned long mask;
	int ret = migrate_offload_reason_mask_parse(val, &mask);

	if (ret) {
		pr_err("%s: '%.*s' must be a list of reasons, 'all', 'none' or a mask within %#lx\n",
		       kp->name, (int)strcspn(val, "\n"), val,
		       (unsigned long)MIGRATE_OFFLOAD_REASONS_ALLOWED);
		return ret;
	}
	if (dcbm.ready && dcbm.offloading) {
		ret = dcbm_offload_set_reasons(mask);
		if (ret)
			return ret;
	}
	dcbm.reason_mask = mask;
	return 0;
}

static int dcbm_reason_mask_get(char *buf, const struct kernel_param *kp)
{
	return migrate_offload_reason_mask_format(buf, dcbm.reason_mask);
}

static const char * const dcbm_completion_names[] = {
	[DCBM_IRQ] = "irq",
	[DCBM_POLL] = "poll",
	[DCBM_HYBRID] = "hybrid",
};

static int dcbm_completion_set(const char *val, const struct kernel_param *kp)
{
	int ret = dcbm_param_name(val, kp, dcbm_completion_names,
				  ARRAY_SIZE(dcbm_completion_names));

	if (ret < 0)
		return ret;
	WRITE_ONCE(dcbm.opt.completion, ret);
	return 0;
}

static int dcbm_completion_get(char *buf, const struct kernel_param *kp)
{
	return sysfs_emit(buf, "%s\n", dcbm_completion_names[dcbm.opt.completion]);
}

static int dcbm_min_folios_set(const char *val, const struct kernel_param *kp)
{
	unsigned int v;
	int ret = dcbm_param_uint(val, kp, 1, DCBM_MAX_FOLIOS, &v);

	if (!ret)
		WRITE_ONCE(dcbm.opt.min_folios, v);
	return ret;
}

static int dcbm_min_folios_get(char *buf, const struct kernel_param *kp)
{
	return sysfs_emit(buf, "%u\n", dcbm.opt.min_folios);
}

static int dcbm_timeout_ms_set(const char *val, const struct kernel_param *kp)
{
	unsigned int v;
	int ret = dcbm_param_uint(val, kp, DCBM_MIN_TIMEOUT_MS,
				  DCBM_MAX_TIMEOUT_MS, &v);

	if (!ret)
		WRITE_ONCE(dcbm.opt.timeout_ms, v);
	return ret;
}

static int dcbm_timeout_ms_get(char *buf, const struct kernel_param *kp)
{
	return sysfs_emit(buf, "%u\n", dcbm.opt.timeout_ms);
}

/* Any write resets the counter. */
static int dcbm_counter_set(const char *val, const struct kernel_param *kp)
{
	atomic64_set((atomic64_t *)kp->arg, 0);
	return 0;
}

static int dcbm_counter_get(char *buf, const struct kernel_param *kp)
{
	return sysfs_emit(buf, "%lld\n", atomic64_read((atomic64_t *)kp->arg));
}

#define DCBM_PARAM(_name, _text)						\
	static const struct kernel_param_ops dcbm_##_name##_ops = {		\
		.set = dcbm_##_name##_set,					\
		.get = dcbm_##_name##_get,					\
	};									\
	module_param_cb(_name, &dcbm_##_name##_ops, NULL, 0644);		\
	MODULE_PARM_DESC(_name, _text)

static const struct kernel_param_ops dcbm_counter_ops = {
	.set = dcbm_counter_set,
	.get = dcbm_counter_get,
};

DCBM_PARAM(offloading, "Copy for page migration, 0 or 1 (default 0)");
DCBM_PARAM(nr_dma_chan, "Maximum number of DMA channels, 1 to 16 (default 16)");
DCBM_PARAM(reason_mask, "Migration reasons: names, all, none or a mask (default all)");
DCBM_PARAM(backend, "Operation to use: auto, memcpy_sg or memcpy (default auto)");
DCBM_PARAM(completion, "How to wait for completions: irq, poll or hybrid (default irq)");
DCBM_PARAM(min_folios, "Leave batches of fewer folios to the CPU, 1 to 65536 (default 1)");
DCBM_PARAM(max_sg, "Maximum number of segments per descriptor, 1 to 256 (default 32)");
DCBM_PARAM(acquire, "Hold channels exclusive or shared (default exclusive)");
DCBM_PARAM(chan_filter, "Comma-separated prefixes of channel or device names (default any)");
DCBM_PARAM(timeout_ms, "Time until a descriptor is overdue, in ms, 10 to 60000 (default 1000)");

module_param_cb(folios_migrated, &dcbm_counter_ops, &dcbm.folios_migrated, 0644);
MODULE_PARM_DESC(folios_migrated, "Folios copied by DMA; a write resets it");
module_param_cb(folios_failures, &dcbm_counter_ops, &dcbm.folios_failures, 0644);
MODULE_PARM_DESC(folios_failures, "Folios left to the CPU; a write resets it");
