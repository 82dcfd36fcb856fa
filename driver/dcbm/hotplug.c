// SPDX-License-Identifier: GPL-2.0-only
/*
 * Providers that come and go while their channels are held.
 *
 * DOC: The DMAEngine does not tell clients that a provider is about to be unbound, and
 * a provider that is must not have a channel in use: dma_async_device_unregister()
 * in drivers/dma/dmaengine.c warns, and many free the memory of the channel all the
 * same. So the driver core is asked, by a notifier of each bus that providers sit on:
 *
 *   UNBIND_DRIVER    before remove(): wait for the batches in flight, and let the
 *                    channels of this device go. Shared channels are referenced all
 *                    together (dmaengine_get()), so of these all are let go
 *   UNBOUND_DRIVER   after it: acquire shared channels anew
 *   BOUND_DRIVER     after probe(): acquire what is still wanted
 *
 * Locks: the driver core holds the device's lock and the notifier chain's around a
 * notification, and the pool's semaphore is taken within. Therefore notifiers are
 * registered when the module is loaded and not when a channel is acquired.
 *
 * Without a notifier are providers on other buses than those below. They must not be
 * unbound while their channels are held, nor may one with a quarantined channel.
 */
#include <linux/amba/bus.h>
#include <linux/device.h>
#include <linux/notifier.h>
#include <linux/pci.h>
#include <linux/platform_device.h>
#include <linux/string.h>

#include "hold.h"
#include "hotplug.h"

static const struct bus_type * const dcbm_buses[] = {
	&platform_bus_type,
#ifdef CONFIG_PCI
	&pci_bus_type,
#endif
#ifdef CONFIG_ARM_AMBA
	&amba_bustype,
#endif
};

/* One notifier block per bus: a block can be in one chain only. */
static struct notifier_block dcbm_hotplug_nb[ARRAY_SIZE(dcbm_buses)];
static struct dcbm_pool *dcbm_hotplug_pool;

/* Each channel is a device below its provider's, see dma_async_device_channel_register(). */
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

/* Begin to watch providers. */
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
