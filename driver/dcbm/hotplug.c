// SPDX-License-Identifier: GPL-2.0-only
/*
 * Providers that are bound and unbound while their channels are held
 */
#include <linux/amba/bus.h>
#include <linux/device.h>
#include <linux/notifier.h>
#include <linux/pci.h>
#include <linux/platform_device.h>
#include <linux/string.h>

#include "hold.h"
#include "hotplug.h"

/**
 * DOC: Providers that are bound and unbound
 *
 * The DMAEngine does not notify clients that a provider is about to be unbound. A
 * provider must not be unbound with a channel in use: dma_async_device_unregister() in
 * drivers/dma/dmaengine.c warns, but many providers free the memory of the channel
 * nevertheless. This driver therefore registers bus notifiers:
 *
 * UNBIND_DRIVER
 *	before remove(): wait for the batches in flight, and release the channels of the
 *	device, or all channels if they are shared, as dmaengine_get() covers all devices
 * UNBOUND_DRIVER
 *	after remove(): acquire shared channels again
 * BOUND_DRIVER
 *	after probe(): acquire channels that are still wanted
 *
 * The driver core holds the lock of the notifier chain around a notification, which takes
 * the pool's semaphore. Registration takes the lock of the chain. Therefore the notifiers
 * are registered when the module is loaded, and not under the semaphore when channels are
 * acquired.
 *
 * Not handled: a provider on a bus that is not in dcbm_buses must not be unbound while its
 * channels are held, and a provider with a quarantined channel must never be unbound.
 */

static const struct bus_type * const dcbm_buses[] = {
	&platform_bus_type,
#ifdef CONFIG_PCI
	&pci_bus_type,
#endif
#ifdef CONFIG_ARM_AMBA
	&amba_bustype,
#endif
};

/* One per bus: a notifier block can be in one chain only. */
static struct notifier_block dcbm_hotplug_nb[ARRAY_SIZE(dcbm_buses)];
static struct dcbm_pool *dcbm_hotplug_pool;

/* A channel is a child of its DMA device, see dma_async_device_channel_register(). */
static int dcbm_is_channel(struct device *dev, void *unused)
{
	return dev->class && !strcmp(dev->class->name, "dma");
}

static bool dcbm_is_provider(struct device *dev)
{
	return device_for_each_child(dev, NULL, dcbm_is_channel);
}

static int dcbm_hotplug_event(struct notifier_block *nb, unsigned long event,
			      void *data)
{
	struct dcbm_pool *pool = dcbm_hotplug_pool;
	struct device *dev = data;

	switch (event) {
	case BUS_NOTIFY_UNBIND_DRIVER:
		if (dcbm_is_provider(dev))
			dcbm_pool_shrink(pool, dev);
		break;
	case BUS_NOTIFY_UNBOUND_DRIVER:
		dcbm_pool_grow(pool, dev);
		break;
	case BUS_NOTIFY_BOUND_DRIVER:
		if (dcbm_is_provider(dev))
			dcbm_pool_grow(pool, NULL);
		break;
	}
	return NOTIFY_OK;
}

static void dcbm_hotplug_unregister(unsigned int nr)
{
	while (nr--)
		bus_unregister_notifier(dcbm_buses[nr], &dcbm_hotplug_nb[nr]);
}

int dcbm_hotplug_init(struct dcbm_pool *pool)
{
	unsigned int i;
	int ret;

	dcbm_hotplug_pool = pool;
	for (i = 0; i < ARRAY_SIZE(dcbm_buses); i++) {
		dcbm_hotplug_nb[i].notifier_call = dcbm_hotplug_event;
		ret = bus_register_notifier(dcbm_buses[i], &dcbm_hotplug_nb[i]);
		if (ret) {
			dcbm_hotplug_unregister(i);
			return ret;
		}
	}
	return 0;
}

void dcbm_hotplug_exit(void)
{
	dcbm_hotplug_unregister(ARRAY_SIZE(dcbm_buses));
}
