// SPDX-License-Identifier: GPL-2.0-only
/*
 * DMA client for KUnit tests
 */
#include <kunit/test.h>
#include <linux/device.h>
#include <linux/dma-mapping.h>
#include <linux/dmaengine.h>
#include <linux/gfp.h>
#include <linux/jiffies.h>
#include <linux/mm.h>
#include <linux/string.h>
#include <linux/wait.h>

#include "client_kunit.h"

static bool is_of_driver(struct dma_chan *chan, void *driver)
{
	struct device_driver *drv = chan->device->dev->driver;

	return drv && !strcmp(drv->name, driver);
}

/* Returns NULL if the driver has no free channel. */
struct dma_chan *client_request(const char *driver)
{
	dma_cap_mask_t mask;

	dma_cap_zero(mask);
	dma_cap_set(DMA_MEMCPY, mask);
	return dma_request_channel(mask, is_of_driver, (void *)driver);
}

void client_unmap(struct client *c)
{
	while (c->mapped) {
		struct slot *s = &c->slots[--c->mapped];

		dma_unmap_page(c->dev, s->dst_dma, c->len, DMA_FROM_DEVICE);
		dma_unmap_page(c->dev, s->src_dma, c->len, DMA_TO_DEVICE);
	}
}

static bool client_map(struct client *c, struct slot *s)
{
	s->src_dma = dma_map_page(c->dev, s->src, 0, c->len, DMA_TO_DEVICE);
	if (dma_mapping_error(c->dev, s->src_dma))
		return false;
	s->dst_dma = dma_map_page(c->dev, s->dst, 0, c->len, DMA_FROM_DEVICE);
	if (dma_mapping_error(c->dev, s->dst_dma)) {
		dma_unmap_page(c->dev, s->src_dma, c->len, DMA_TO_DEVICE);
		return false;
	}
	return true;
}

void client_map_all(struct client *c)
{
	while (c->mapped < NR_SLOTS) {
		KUNIT_ASSERT_TRUE(c->test, client_map(c, &c->slots[c->mapped]));
		c->mapped++;
	}
}

/* Reset the pages and the counters of callbacks, and map the pages. */
void client_fill(struct client *c)
{
	unsigned int i;

	client_unmap(c);
	atomic_set(&c->called, 0);
	for (i = 0; i < NR_SLOTS; i++) {
		struct slot *s = &c->slots[i];

		s->called = 0;
		memset(page_address(s->src), SRC_BYTE + i, PAGE_SIZE);
		memset(page_address(s->dst), DST_BYTE, PAGE_SIZE);
	}
	client_map_all(c);
}

/* Is each byte of the destination of slot @i equal to @byte? */
bool client_dst_is(struct client *c, unsigned int i, u8 byte)
{
	struct slot *s = &c->slots[i];

	/* The data may be in a bounce buffer. */
	dma_sync_single_for_cpu(c->dev, s->dst_dma, c->len, DMA_FROM_DEVICE);
	return !memchr_inv(page_address(s->dst), byte, c->len);
}

bool client_arrived(struct client *c, unsigned int i)
{
	return client_dst_is(c, i, SRC_BYTE + i);
}

static void client_callback(void *param, const struct dmaengine_result *result)
{
	struct slot *s = param;
	struct client *c = s->client;

	s->result = *result;
	s->called++;
	s->order = atomic_inc_return(&c->called) - 1;
	if (c->hook)
		c->hook(c, s);
	wake_up(&c->wq);
}

struct dma_async_tx_descriptor *client_prep(struct client *c, unsigned int i,
					    unsigned long flags)
{
	struct slot *s = &c->slots[i];

	c->prepared++;
	return dmaengine_prep_dma_memcpy(c->chan, s->dst_dma, s->src_dma, c->len,
					 flags);
}

dma_cookie_t client_submit_tx(struct client *c, unsigned int i,
			      struct dma_async_tx_descriptor *tx)
{
	struct slot *s = &c->slots[i];

	tx->callback_result = client_callback;
	tx->callback_param = s;
	s->cookie = dmaengine_submit(tx);
	return s->cookie;
}

/* Returns false if there is no free descriptor. */
bool client_submit(struct client *c, unsigned int i, unsigned long flags)
{
	struct dma_async_tx_descriptor *tx = client_prep(c, i, flags);

	if (!tx)
		return false;
	KUNIT_ASSERT_GE(c->test, client_submit_tx(c, i, tx), DMA_MIN_COOKIE);
	return true;
}

/*
 * Submit slots from the first one on until the ring is full. Returns the number of
 * submitted slots.
 */
unsigned int client_submit_all(struct client *c)
{
	unsigned int n = 0;

	while (n < NR_SLOTS && client_submit(c, n, FLAGS))
		n++;
	KUNIT_ASSERT_GT(c->test, n, 0);
	return n;
}

/* Wait for @nr callbacks, and for the return of the descriptors to the ring. */
void client_wait(struct client *c, int nr)
{
	wait_event_timeout(c->wq, atomic_read(&c->called) >= nr, c->timeout);
	dmaengine_synchronize(c->chan);
	KUNIT_ASSERT_EQ(c->test, atomic_read(&c->called), nr);
}

/* Count the free descriptors: prepare all of them, and terminate the channel. */
unsigned int client_ring(struct client *c)
{
	unsigned int n = 0;

	while (n <= MAX_DEPTH && client_prep(c, 0, FLAGS))
		n++;
	dmaengine_terminate_sync(c->chan);
	return n;
}

enum dma_status client_status(struct client *c, unsigned int i)
{
	return dma_async_is_tx_complete(c->chan, c->slots[i].cookie, NULL, NULL);
}

/* Expect that all descriptors are free, and that a copy succeeds. */
void client_expect_works(struct client *c)
{
	c->hook = NULL;
	client_fill(c);
	KUNIT_EXPECT_EQ(c->test, client_ring(c), c->depth);
	KUNIT_ASSERT_TRUE(c->test, client_submit(c, 0, FLAGS));
	dma_async_issue_pending(c->chan);
	client_wait(c, 1);
	KUNIT_EXPECT_EQ(c->test, c->slots[0].result.result, DMA_TRANS_NOERROR);
	KUNIT_EXPECT_TRUE(c->test, client_arrived(c, 0));
}

static int client_alloc(struct client *c)
{
	unsigned int i;

	for (i = 0; i < NR_SLOTS; i++) {
		struct slot *s = &c->slots[i];

		s->client = c;
		s->src = alloc_page(GFP_KERNEL);
		s->dst = alloc_page(GFP_KERNEL);
		if (!s->src || !s->dst)
			return -ENOMEM;
	}
	return 0;
}

/*
 * Request a channel of @driver, and allocate and map the pages. Returns -ENODEV if
 * there is no free channel. To be undone by client_exit(), also after an error.
 */
int client_open(struct client *c, struct kunit *test, const char *driver)
{
	c->test = test;
	c->timeout = msecs_to_jiffies(WAIT_MS);
	test->priv = c;
	init_waitqueue_head(&c->wq);
	c->chan = client_request(driver);
	if (!c->chan)
		return -ENODEV;

	c->dev = dmaengine_get_dma_device(c->chan);
	c->ordered = !dma_has_cap(DMA_COMPLETION_NO_ORDER, c->chan->device->cap_mask);
	c->unit = 1U << c->chan->device->copy_align;
	c->len = min_t(u32, PAGE_SIZE, dma_get_max_seg_size(c->dev)) & ~(c->unit - 1);
	if (client_alloc(c))
		return -ENOMEM;
	client_fill(c);
	return 0;
}

/* kunit_suite.init for tests of simdma */
int client_init(struct kunit *test)
{
	struct client *c = kunit_kzalloc(test, sizeof(*c), GFP_KERNEL);
	int ret;

	if (!c)
		return -ENOMEM;
	ret = client_open(c, test, "simdma");
	if (ret == -ENODEV)
		kunit_skip(test, "simdma is not loaded, or has no free channel");
	if (ret)
		return ret;
	c->depth = client_ring(c);
	return 0;
}

void client_exit(struct kunit *test)
{
	struct client *c = test->priv;
	unsigned int i;

	if (!c)
		return;
	if (c->chan) {
		dmaengine_terminate_sync(c->chan);
		client_unmap(c);
		dma_release_channel(c->chan);
	}
	for (i = 0; i < NR_SLOTS; i++) {
		if (c->slots[i].src)
			__free_page(c->slots[i].src);
		if (c->slots[i].dst)
			__free_page(c->slots[i].dst);
	}
}
