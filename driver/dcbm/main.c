// SPDX-License-Identifier: GPL-2.0-only
/*
 * dcbm_sg: copy batches of folios by DMA engines
 */
#include <linux/module.h>
#include <linux/moduleparam.h>

#include "dcbm.h"
#include "debugfs.h"
#include "hotplug.h"
#include "offload.h"
#include "validate/validate.h"

static int __init dcbm_init(void)
{
	struct dcbm *d = &dcbm;
	int ret;

	ret = dcbm_stats_init(&d->stats);
	if (ret)
		return ret;
	ret = dcbm_pool_init(&d->pool, &d->stats);
	if (ret)
		goto stats;
	dcbm_validate_init(d);
	ret = dcbm_hotplug_init(&d->pool);
	if (ret)
		goto pool;

	/* User space can write parameters already. */
	kernel_param_lock(THIS_MODULE);
	if (d->offloading)
		ret = dcbm_offload_enable(d);
	d->ready = !ret;
	kernel_param_unlock(THIS_MODULE);
	if (ret)
		goto hotplug;

	dcbm_debugfs_init();
	return 0;
hotplug:
	dcbm_hotplug_exit();
pool:
	dcbm_validate_exit(d);
	dcbm_pool_exit(&d->pool);
stats:
	dcbm_stats_exit(&d->stats);
	return ret;
}
module_init(dcbm_init);

static void __exit dcbm_exit(void)
{
	struct dcbm *d = &dcbm;

	/* No migrator is registered and no channel quarantined: both reference the module. */
	dcbm_debugfs_exit();
	dcbm_hotplug_exit();
	dcbm_validate_exit(d);
	dcbm_pool_exit(&d->pool);
	dcbm_stats_exit(&d->stats);
}
module_exit(dcbm_exit);

MODULE_AUTHOR("dcbm-sg developers");
MODULE_DESCRIPTION("Copy batches of folios by DMA engines");
MODULE_LICENSE("GPL");
