// SPDX-License-Identifier: GPL-2.0-only
/*
 * Copying for page migration.
 */
#define pr_fmt(fmt) "dcbm_sg: " fmt

#include <linux/module.h>
#include <linux/printk.h>

#include "dcbm.h"
#include "hold.h"

/**
 * dcbm_offload_copy() - copy a batch of page migration, see struct migrator
 * @dst_list: destinations
 * @src_list: sources
 * @folio_cnt: how many
 *
 * Return: 0; the marks tell what was copied.
 */
int dcbm_offload_copy(struct list_head *dst_list, struct list_head *src_list,
		      unsigned int folio_cnt)
{
	struct dcbm *d = &dcbm;
	struct dcbm_options opt = {
		.backend = READ_ONCE(d->opt.backend),
		.nr_chan = READ_ONCE(d->opt.nr_chan),
		.min_folios = READ_ONCE(d->opt.min_folios),
		.timeout_ms = READ_ONCE(d->opt.timeout_ms),
		.completion = READ_ONCE(d->opt.completion),
	};
	struct dcbm_report report;

	dcbm_batch_copy(&d->pool, dcbm_next_batch(d), &opt, dst_list, src_list,
			&report);
	atomic64_add(report.folios_dma, &d->folios_migrated);
	atomic64_add(report.folios - report.folios_dma, &d->folios_failures);
	return 0;
}

/**
 * dcbm_offload_enable() - begin to copy for page migration
 * @d: the driver
 *
 * Context: May sleep.
 * Return: 0, -EOPNOTSUPP on a kernel without the offload core, -ENODEV without a
 * channel, -EBUSY when another driver is registered, -ENOMEM.
 */
int dcbm_offload_enable(struct dcbm *d)
{
	int ret;

	if (!MIGRATE_OFFLOAD_REASONS_ALLOWED) {
		pr_err("offloading: this kernel has no migration copy offload, only the trigger works\n");
		return -EOPNOTSUPP;
	}

	ret = dcbm_pool_get(&d->pool, 0);
	if (ret) {
		pr_err("offloading: %s\n", ret == -ENODEV ?
		       "no DMA channel passes backend, acquire and chan_filter" :
		       "out of memory");
		return ret;
	}

	ret = migrate_offload_register(&d->migrator, d->reason_mask);
	if (!ret)
		return 0;

	dcbm_pool_put(&d->pool);
	switch (ret) {
	case -EBUSY:
		pr_err("offloading: another driver copies migration batches already\n");
		break;
	case -EOPNOTSUPP:
		pr_err("offloading: this kernel is built without CONFIG_MIGRATION_COPY_OFFLOAD\n");
		break;
	default:
		pr_err("offloading: cannot register: %pe\n", ERR_PTR(ret));
		break;
	}
	return ret;
}

/**
 * dcbm_offload_disable() - stop copying for page migration
 * @d: the driver, after dcbm_offload_enable() has returned 0
 *
 * Context: May sleep, until batches in flight have ended.
 */
void dcbm_offload_disable(struct dcbm *d)
{
	/*
	 * Unregistering lets go of the module. It has to stay until channels are let
	 * go, because one that is quarantined then pins it for good.
	 */
	__module_get(THIS_MODULE);
	WARN_ON(migrate_offload_unregister(&d->migrator));
	dcbm_pool_put(&d->pool);
	module_put(THIS_MODULE);
}
