// SPDX-License-Identifier: GPL-2.0-only
/*
 * Module: platform devices and their driver
 */
#include <linux/device.h>
#include <linux/err.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

#include "debugfs.h"
#include "device.h"
#include "param.h"

#define SIMDMA_NAME	"simdma"

struct simdma_module {
	unsigned int nr;
	struct platform_device *pdev[] __counted_by(nr);
};

static struct simdma_module *simdma_module;

static int simdma_probe(struct platform_device *pdev)
{
	struct simdma_config cfg;
	struct simdma *sd;

	simdma_param_config(&cfg, pdev->id);
	sd = simdma_create(&pdev->dev, &cfg);
	if (IS_ERR(sd))
		return PTR_ERR(sd);
	platform_set_drvdata(pdev, sd);
	return 0;
}

static void simdma_remove(struct platform_device *pdev)
{
	simdma_destroy(platform_get_drvdata(pdev));
}

static struct platform_driver simdma_driver = {
	.probe = simdma_probe,
	.remove = simdma_remove,
	.driver = {
		.name = SIMDMA_NAME,
		.probe_type = PROBE_FORCE_SYNCHRONOUS,
	},
};

/*
 * A CPU makes the copies, through its caches. For a device that is not coherent the
 * DMA API would invalidate the caches, and lose the copied data.
 */
static void simdma_set_coherent(struct device *dev)
{
#if defined(CONFIG_ARCH_HAS_SYNC_DMA_FOR_DEVICE) || \
	defined(CONFIG_ARCH_HAS_SYNC_DMA_FOR_CPU) || \
	defined(CONFIG_ARCH_HAS_SYNC_DMA_FOR_CPU_ALL)
	dev->dma_coherent = true;
#endif
}

static struct platform_device *simdma_add(unsigned int id)
{
	struct platform_device *pdev;
	struct simdma_config cfg;
	int ret;

	pdev = platform_device_alloc(SIMDMA_NAME, id);
	if (!pdev)
		return ERR_PTR(-ENOMEM);

	simdma_param_config(&cfg, id);
	set_dev_node(&pdev->dev, cfg.node);
	simdma_set_coherent(&pdev->dev);
	ret = platform_device_add(pdev);
	if (ret) {
		platform_device_put(pdev);
		return ERR_PTR(ret);
	}

	/* The driver core logs the error of probe, but does not return it. */
	if (!platform_get_drvdata(pdev)) {
		platform_device_unregister(pdev);
		return ERR_PTR(-ENODEV);
	}
	return pdev;
}

static void simdma_del_all(struct simdma_module *mod)
{
	while (mod->nr)
		platform_device_unregister(mod->pdev[--mod->nr]);
}

static int simdma_add_all(struct simdma_module *mod, unsigned int nr)
{
	struct platform_device *pdev;

	while (mod->nr < nr) {
		pdev = simdma_add(mod->nr);
		if (IS_ERR(pdev)) {
			simdma_del_all(mod);
			return PTR_ERR(pdev);
		}
		mod->pdev[mod->nr++] = pdev;
	}
	return 0;
}

static int __init simdma_init(void)
{
	unsigned int nr = simdma_param_nr_dev();
	struct simdma_module *mod;
	int ret;

	ret = simdma_param_check();
	if (ret)
		return ret;

	mod = kzalloc(struct_size(mod, pdev, nr), GFP_KERNEL);
	if (!mod)
		return -ENOMEM;
	ret = simdma_devices_init();
	if (ret)
		goto free;
	simdma_debugfs_init();
	ret = platform_driver_register(&simdma_driver);
	if (ret)
		goto exit;
	ret = simdma_add_all(mod, nr);
	if (ret)
		goto unregister;

	simdma_module = mod;
	return 0;

unregister:
	platform_driver_unregister(&simdma_driver);
exit:
	simdma_debugfs_exit();
	simdma_devices_exit();
free:
	kfree(mod);
	return ret;
}
module_init(simdma_init);

static void __exit simdma_exit(void)
{
	simdma_del_all(simdma_module);
	platform_driver_unregister(&simdma_driver);
	simdma_debugfs_exit();
	simdma_devices_exit();
	kfree(simdma_module);
}
module_exit(simdma_exit);

MODULE_DESCRIPTION("Software DMA engine");
MODULE_AUTHOR("dcbm-sg developers");
MODULE_LICENSE("GPL");
