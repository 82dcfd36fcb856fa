// SPDX-License-Identifier: GPL-2.0-only
/*
 * Migrator: the interface to page migration
 */
#include "log.h"

#include <linux/module.h>
#include <linux/printk.h>

#include "batch.h"
#include "dcbm.h"
#include "hold.h"
#include "offload.h"

/* Always returns 0: page migration copies the folios without the mark by the CPU. */
static int dcbm_offload_copy(struct list_head *dst_list, struct list_head *src_list,
			     unsigned int folio_cnt)
{
	struct dcbm *d = &dcbm;
	struct dcbm_options opt = dcbm_options_get(d);
	struct dcbm_report report;

	dcbm_batch_copy(&d->pool, dcbm_next_batch(d), &opt, dst_list, src_list,
			&report);
	atomic64_add(report.folios_dma, &d->folios_migrated);
	atomic64_add(report.folios - report.folios_dma, &d->folios_failures);
	return 0;
}

static struct migrator dcbm_migrator = {
	.name = "dcbm_sg",
	.offload_copy = dcbm_offload_copy,
	.owner = THIS_MODULE,
};

/*
 * Register for page migration. May sleep. Returns 0; -EOPNOTSUPP on a kernel without the
 * offload core; -ENODEV without a channel; -EBUSY if another driver is registered; -ENOMEM.
 */
int dcbm_offload_enable(struct dcbm *d)
{
	int ret;

	if (!MIGRATE_OFFLOAD_REASONS_ALLOWED) {
		pr_err("offloading: this kernel has no migration copy offload, only test batches are possible\n");
		return -EOPNOTSUPP;
	}

	ret = dcbm_pool_get(&d->pool, 0);
	if (ret) {
		pr_err("offloading: %s\n", ret == -ENODEV ?
		       "no DMA channel matches backend, acquire and chan_filter" :
		       "out of memory");
		return ret;
	}

	ret = migrate_offload_register(&dcbm_migrator, d->reason_mask);
	if (!ret)
		return 0;

	dcbm_pool_put(&d->pool);
	switch (ret) {
	case -EBUSY:
		pr_err("offloading: another driver is registered already\n");
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

/* Undo dcbm_offload_enable(). Waits for the batches in flight. */
void dcbm_offload_disable(struct dcbm *d)
{
	/*
	 * Unregistering drops a reference to this module. Hold another reference until the
	 * channels are released: a channel that is quarantined then takes a permanent one.
	 */
	__module_get(THIS_MODULE);
	WARN_ON(migrate_offload_unregister(&dcbm_migrator));
	dcbm_pool_put(&d->pool);
	module_put(THIS_MODULE);
}

int dcbm_offload_set_reasons(unsigned long mask)
{
	return migrate_offload_set_reason_mask(&dcbm_migrator, mask);
}
