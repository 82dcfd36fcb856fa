// SPDX-License-Identifier: GPL-2.0-only
/*
 * Creation and removal of devices, independent of the bus
 */
#include <linux/bitmap.h>
#include <linux/cleanup.h>
#include <linux/device.h>
#include <linux/dma-mapping.h>
#include <linux/dmaengine.h>
#include <linux/err.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

#include "chan.h"
#include "debugfs.h"
#include "device.h"
#include "fault.h"
#include "prep.h"
#include "simdma.h"

/* Frees devices and runs late faults; flushed when the module is removed. */
static struct workqueue_struct *simdma_wq;

static void simdma_free(struct simdma *sd)
{
	mutex_destroy(&sd->lock);
	kfree(sd);
}

/* Wait for the end of the DMAEngine call that released the last channel. */
static void simdma_wait_for_dmaengine(void)
{
	struct dma_chan *chan;
	dma_cap_mask_t mask;

	/* No device has all capabilities. The search takes dma_list_mutex. */
	bitmap_fill(mask.bits, DMA_TX_TYPE_END);
	chan = dma_request_chan_by_mask(&mask);
	if (!IS_ERR(chan))
		dma_release_channel(chan);
}

static void simdma_release_work(struct work_struct *work)
{
	struct simdma *sd = container_of(work, struct simdma, release);
	unsigned int i;

	simdma_wait_for_dmaengine();
	for (i = 0; i < sd->nr_chan; i++)
		put_device(&sd->chans[i].chan.dev->device);
	simdma_free(sd);
}

/*
 * Called when the last client has released its channel. The device is freed by a work
 * item, because dma_release_channel() and dmaengine_put() access the channel once more
 * before they release dma_list_mutex.
 */
static void simdma_release(struct dma_device *dma)
{
	struct simdma *sd = container_of(dma, struct simdma, dma);

	queue_work(sd->wq, &sd->release);
}

/* Set the limits in the DMA API, where clients read them. */
static int simdma_set_limits(struct simdma *sd)
{
	const struct simdma_config *cfg = &sd->cfg;
	struct device *dev = sd->dma.dev;

	sd->lim = (struct simdma_limits) {
		.addr_mask = DMA_BIT_MASK(cfg->addr_bits),
		.boundary_mask = DMA_BIT_MASK(cfg->boundary_bits),
		.max_seg_size = cfg->max_seg_size,
		.max_segs = cfg->max_segs,
		.align_mask = BIT(cfg->align_shift) - 1,
	};

	dma_set_max_seg_size(dev, sd->lim.max_seg_size);
	dma_set_seg_boundary(dev, sd->lim.boundary_mask);
	/* Bounce buffers get the alignment of the original buffers. */
	dma_set_min_align_mask(dev, sd->lim.align_mask);
	return dma_set_mask_and_coherent(dev, sd->lim.addr_mask);
}

static void simdma_set_caps(struct simdma *sd)
{
	struct dma_device *dma = &sd->dma;

	if (sd->cfg.private)
		dma_cap_set(DMA_PRIVATE, dma->cap_mask);
	if (!sd->cfg.ordered)
		dma_cap_set(DMA_COMPLETION_NO_ORDER, dma->cap_mask);
	dma->copy_align = sd->cfg.align_shift;
	dma->directions = BIT(DMA_MEM_TO_MEM);
	dma->residue_granularity = DMA_RESIDUE_GRANULARITY_BURST;
	simdma_prep_init(sd);
}

/**
 * simdma_create() - register a device with the DMAEngine
 * @dev: the device, bound to a driver, with dma_mask and dma_parms
 * @cfg: configuration
 *
 * Context: May sleep.
 * Return: The engine, to be passed to simdma_destroy(), or an ERR_PTR().
 */
struct simdma *simdma_create(struct device *dev, const struct simdma_config *cfg)
{
	struct simdma *sd;
	unsigned int i;
	int ret;

	sd = kzalloc_node(struct_size(sd, chans, cfg->nr_chan), GFP_KERNEL,
			  cfg->node);
	if (!sd)
		return ERR_PTR(-ENOMEM);

	sd->cfg = *cfg;
	sd->nr_chan = cfg->nr_chan;
	sd->wq = simdma_wq;
	mutex_init(&sd->lock);
	INIT_WORK(&sd->release, simdma_release_work);
	simdma_fault_init(sd);
	sd->dma.dev = dev;
	sd->dma.device_release = simdma_release;
	INIT_LIST_HEAD(&sd->dma.channels);
	for (i = 0; i < sd->nr_chan; i++)
		simdma_chan_init(sd, &sd->chans[i]);
	simdma_set_caps(sd);

	ret = simdma_set_limits(sd);
	if (ret) {
		dev_err(dev, "addr_bits=%d: too small for the memory of this machine\n",
			cfg->addr_bits);
		goto free;
	}
	ret = dma_async_device_register(&sd->dma);
	if (ret)
		goto free;

	simdma_debugfs_add(sd);
	return sd;
free:
	simdma_free(sd);
	return ERR_PTR(ret);
}

/**
 * simdma_destroy() - unregister a device from the DMAEngine
 * @sd: returned by simdma_create()
 *
 * Channels may still have clients. Their descriptors in flight complete as aborted.
 * @sd and the names of the channels, which the DMAEngine drops here, stay valid until
 * the clients have released the channels.
 *
 * Context: May sleep.
 */
void simdma_destroy(struct simdma *sd)
{
	unsigned int i;

	simdma_debugfs_remove(sd);
	scoped_guard(mutex, &sd->lock) {
		sd->gone = true;
		for (i = 0; i < sd->nr_chan; i++)
			simdma_chan_abandon(&sd->chans[i]);
	}
	for (i = 0; i < sd->nr_chan; i++)
		get_device(&sd->chans[i].chan.dev->device);
	dma_async_device_unregister(&sd->dma);
}

int simdma_devices_init(void)
{
	simdma_wq = alloc_workqueue("simdma", 0, 0);
	return simdma_wq ? 0 : -ENOMEM;
}

/* All devices are destroyed, and no channel has a client. Waits for their release. */
void simdma_devices_exit(void)
{
	destroy_workqueue(simdma_wq);
}
