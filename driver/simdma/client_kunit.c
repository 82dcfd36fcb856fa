// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tests of a loaded simdma, from a client's point of view. They hold with all
 * parameters; what cannot be tried with those that it was loaded with is skipped.
 */
#include <kunit/test.h>
#include <linux/delay.h>
#include <linux/device.h>
#include <linux/dma-mapping.h>
#include <linux/dmaengine.h>
#include <linux/gfp.h>
#include <linux/jiffies.h>
#include <linux/mm.h>
#include <linux/string.h>
#include <linux/wait.h>

#include "client_kunit.h"

static bool is_simdma(struct dma_chan *chan, void *unused)
{
	struct device_driver *drv = chan->device->dev->driver;

	return drv && !strcmp(drv->name, "simdma");
}

struct dma_chan *client_request(void)
{
	dma_cap_mask_t mask;

	dma_cap_zero(mask);
	dma_cap_set(DMA_MEMCPY, mask);
	return dma_request_channel(mask, is_simdma, NULL);
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

static void client_map_all(struct client *c)
{
	while (c->mapped < NR_SLOTS) {
		KUNIT_ASSERT_TRUE(c->test, client_map(c, &c->slots[c->mapped]));
		c->mapped++;
	}
}

/* All sources have bytes of their own, the destinations have none of them. */
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

/* Is all of a slot's destination of one byte? Bounce buffers are looked through. */
bool client_dst_is(struct client *c, unsigned int i, u8 byte)
{
	struct slot *s = &c->slots[i];

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

/* Returns false if there is no descriptor. */
bool client_submit(struct client *c, unsigned int i, unsigned long flags)
{
	struct dma_async_tx_descriptor *tx = client_prep(c, i, flags);

	if (!tx)
		return false;
	KUNIT_ASSERT_GE(c->test, client_submit_tx(c, i, tx), DMA_MIN_COOKIE);
	return true;
}

/* Submit slots from the first one on, as many as there are descriptors for. */
unsigned int client_submit_all(struct client *c)
{
	unsigned int n = 0;

	while (n < NR_SLOTS && client_submit(c, n, FLAGS))
		n++;
	KUNIT_ASSERT_GT(c->test, n, 0);
	return n;
}

/* Wait for so many callbacks, and for the descriptors to be back in the ring. */
void client_wait(struct client *c, int nr)
{
	wait_event_timeout(c->wq, atomic_read(&c->called) >= nr, WAIT);
	dmaengine_synchronize(c->chan);
	KUNIT_ASSERT_EQ(c->test, atomic_read(&c->called), nr);
}

/* How many descriptors are free? They are so again afterwards. */
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

/* The channel is as good as new. */
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

int client_init(struct kunit *test)
{
	struct client *c = kunit_kzalloc(test, sizeof(*c), GFP_KERNEL);

	if (!c)
		return -ENOMEM;
	c->test = test;
	test->priv = c;
	init_waitqueue_head(&c->wq);
	c->chan = client_request();
	if (!c->chan)
		kunit_skip(test, "simdma is not loaded, or all its channels are taken");

	c->dev = dmaengine_get_dma_device(c->chan);
	c->ordered = !dma_has_cap(DMA_COMPLETION_NO_ORDER, c->chan->device->cap_mask);
	c->unit = 1U << c->chan->device->copy_align;
	c->len = min_t(u32, PAGE_SIZE, dma_get_max_seg_size(c->dev)) & ~(c->unit - 1);
	if (client_alloc(c))
		return -ENOMEM;
	client_fill(c);
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

static void copies_all(struct kunit *test)
{
	struct client *c = test->priv;
	unsigned int done = 0, i;

	while (done < NR_SLOTS) {
		unsigned int from = done;

		while (done < NR_SLOTS && client_submit(c, done, FLAGS))
			done++;
		KUNIT_ASSERT_GT(test, done, from);
		dma_async_issue_pending(c->chan);
		client_wait(c, done);
	}
	for (i = 0; i < NR_SLOTS; i++) {
		KUNIT_EXPECT_EQ(test, c->slots[i].called, 1);
		KUNIT_EXPECT_EQ(test, c->slots[i].result.result, DMA_TRANS_NOERROR);
		KUNIT_EXPECT_EQ(test, c->slots[i].result.residue, 0);
		KUNIT_EXPECT_TRUE(test, client_arrived(c, i));
		KUNIT_EXPECT_EQ(test, client_status(c, i), DMA_COMPLETE);
	}
	KUNIT_EXPECT_EQ(test, client_ring(c), c->depth);
}

/* From one odd place to another, of an odd length; nothing else is touched. */
static void part_of_a_page_is_copied(struct kunit *test)
{
	struct client *c = test->priv;
	u32 from = 7 * c->unit, to = 3 * c->unit, len = 29 * c->unit, i;
	struct dma_async_tx_descriptor *tx;
	struct slot *s = c->slots;
	u8 *src = page_address(s->src), *dst = page_address(s->dst);

	if (from + len > c->len)
		kunit_skip(test, "segments of %u bytes", c->len);
	client_unmap(c);
	for (i = 0; i < PAGE_SIZE; i++)
		src[i] = i;
	client_map_all(c);

	tx = dmaengine_prep_dma_memcpy(c->chan, s->dst_dma + to, s->src_dma + from,
				       len, FLAGS);
	KUNIT_ASSERT_NOT_NULL(test, tx);
	client_submit_tx(c, 0, tx);
	dma_async_issue_pending(c->chan);
	client_wait(c, 1);
	client_dst_is(c, 0, 0);
	KUNIT_EXPECT_NULL(test, memchr_inv(dst, DST_BYTE, to));
	KUNIT_EXPECT_MEMEQ(test, dst + to, src + from, len);
	KUNIT_EXPECT_NULL(test, memchr_inv(dst + to + len, DST_BYTE,
					   PAGE_SIZE - to - len));
}

static void ring_is_bounded(struct kunit *test)
{
	struct client *c = test->priv;

	KUNIT_EXPECT_GT(test, c->depth, 0);
	KUNIT_EXPECT_LE(test, c->depth, MAX_DEPTH);
	KUNIT_EXPECT_EQ(test, client_ring(c), c->depth);
}

static void nothing_starts_before_issue(struct kunit *test)
{
	struct client *c = test->priv;
	struct dma_tx_state state;

	KUNIT_ASSERT_TRUE(test, client_submit(c, 0, FLAGS));
	msleep(QUIET_MS);
	KUNIT_EXPECT_EQ(test, atomic_read(&c->called), 0);
	KUNIT_EXPECT_TRUE(test, client_dst_is(c, 0, DST_BYTE));
	KUNIT_EXPECT_EQ(test, dmaengine_tx_status(c->chan, c->slots[0].cookie, &state),
			c->ordered ? DMA_IN_PROGRESS : DMA_OUT_OF_ORDER);
	KUNIT_EXPECT_EQ(test, state.residue, c->len);

	dma_async_issue_pending(c->chan);
	client_wait(c, 1);
	KUNIT_EXPECT_TRUE(test, client_arrived(c, 0));
}

/* With desc_ns the first one is still in flight when the second one is submitted. */
static void status_is_of_the_cookie(struct kunit *test)
{
	struct client *c = test->priv;

	if (c->depth < 2)
		kunit_skip(test, "a ring of one");
	KUNIT_ASSERT_TRUE(test, client_submit(c, 0, FLAGS));
	dma_async_issue_pending(c->chan);
	KUNIT_ASSERT_TRUE(test, client_submit(c, 1, FLAGS));
	client_wait(c, 1);
	KUNIT_EXPECT_EQ(test, client_status(c, 0), DMA_COMPLETE);
	KUNIT_EXPECT_EQ(test, client_status(c, 1),
			c->ordered ? DMA_IN_PROGRESS : DMA_OUT_OF_ORDER);

	dma_async_issue_pending(c->chan);
	client_wait(c, 2);
	KUNIT_EXPECT_EQ(test, client_status(c, 1), DMA_COMPLETE);
}

/* The second one cannot come before the first, which has a fence. */
static void no_callback_without_interrupt(struct kunit *test)
{
	struct client *c = test->priv;

	if (c->depth < 2)
		kunit_skip(test, "a ring of one");
	KUNIT_ASSERT_TRUE(test, client_submit(c, 0, DMA_CTRL_ACK | DMA_PREP_FENCE));
	KUNIT_ASSERT_TRUE(test, client_submit(c, 1, FLAGS));
	dma_async_issue_pending(c->chan);
	client_wait(c, 1);
	KUNIT_EXPECT_EQ(test, c->slots[0].called, 0);
	KUNIT_EXPECT_TRUE(test, client_arrived(c, 0));
	KUNIT_EXPECT_TRUE(test, client_arrived(c, 1));
	KUNIT_EXPECT_EQ(test, client_status(c, 0), DMA_COMPLETE);
	KUNIT_EXPECT_EQ(test, client_ring(c), c->depth);
}

static void nothing_is_left_in_a_descriptor(struct kunit *test)
{
	struct client *c = test->priv;
	struct dma_async_tx_descriptor *tx;
	unsigned int n;

	n = client_submit_all(c);
	dma_async_issue_pending(c->chan);
	client_wait(c, n);
	while ((tx = client_prep(c, 0, DMA_CTRL_ACK))) {
		KUNIT_EXPECT_NULL(test, tx->callback);
		KUNIT_EXPECT_NULL(test, tx->callback_result);
		KUNIT_EXPECT_NULL(test, tx->callback_param);
		KUNIT_EXPECT_EQ(test, tx->flags, DMA_CTRL_ACK);
	}
}

static void descriptor_waits_for_its_ack(struct kunit *test)
{
	struct client *c = test->priv;
	struct dma_async_tx_descriptor *tx = client_prep(c, 0, DMA_PREP_INTERRUPT);
	unsigned int n = 0;

	KUNIT_ASSERT_NOT_NULL(test, tx);
	client_submit_tx(c, 0, tx);
	dma_async_issue_pending(c->chan);
	client_wait(c, 1);

	while (n <= MAX_DEPTH && client_prep(c, 1, FLAGS))
		n++;
	KUNIT_EXPECT_EQ(test, n, c->depth - 1);
	async_tx_ack(tx);
	KUNIT_EXPECT_PTR_EQ(test, client_prep(c, 1, FLAGS), tx);
	KUNIT_EXPECT_NULL(test, client_prep(c, 1, FLAGS));

	dmaengine_terminate_sync(c->chan);
	KUNIT_EXPECT_EQ(test, client_ring(c), c->depth);
}

/* In order, or out of it but for the fence in the middle. */
static void order_is_as_declared(struct kunit *test)
{
	struct client *c = test->priv;
	unsigned int fence = NR_SLOTS / 2, n, i, moved = 0;

	for (n = 0; n < NR_SLOTS; n++)
		if (!client_submit(c, n, FLAGS | (n == fence ? DMA_PREP_FENCE : 0)))
			break;
	if (n < NR_SLOTS)
		kunit_skip(test, "a ring of %u", n);
	dma_async_issue_pending(c->chan);
	client_wait(c, n);

	for (i = 0; i < n; i++) {
		moved += c->slots[i].order != i;
		if (i > fence)
			KUNIT_EXPECT_GT(test, c->slots[i].order, c->slots[fence].order);
		KUNIT_EXPECT_TRUE(test, client_arrived(c, i));
	}
	if (c->ordered)
		KUNIT_EXPECT_EQ(test, moved, 0);
	else
		KUNIT_EXPECT_GT(test, moved, n / 4);
}

static void resubmit(struct client *c, struct slot *s)
{
	struct dma_async_tx_descriptor *tx;
	unsigned int next = s->order + 1;

	if (next == NR_SLOTS)
		return;
	tx = client_prep(c, next, FLAGS);
	if (!tx)
		return;
	client_submit_tx(c, next, tx);
	dma_async_issue_pending(c->chan);
}

static void callback_may_submit(struct kunit *test)
{
	struct client *c = test->priv;
	unsigned int i;

	if (c->depth < 2)
		kunit_skip(test, "a ring of one");
	c->hook = resubmit;
	KUNIT_ASSERT_TRUE(test, client_submit(c, 0, FLAGS));
	dma_async_issue_pending(c->chan);
	client_wait(c, NR_SLOTS);
	for (i = 0; i < NR_SLOTS; i++)
		KUNIT_EXPECT_TRUE(test, client_arrived(c, i));
}

static void invalid_is_refused(struct kunit *test)
{
	struct client *c = test->priv;
	struct slot *s = &c->slots[0];
	u32 max = dma_get_max_seg_size(c->dev);

#define PREP(off, len, flags)							\
	dmaengine_prep_dma_memcpy(c->chan, s->dst_dma + (off), s->src_dma, len, flags)
	KUNIT_EXPECT_NULL(test, PREP(0, 0, FLAGS));
	KUNIT_EXPECT_NULL(test, PREP(0, (size_t)max + c->unit, FLAGS));
	KUNIT_EXPECT_NULL(test, PREP(0, (1ULL << 32) + c->unit, FLAGS));
	KUNIT_EXPECT_NULL(test, PREP(0, c->len, FLAGS | DMA_CTRL_REUSE));
	if (c->unit > 1) {
		KUNIT_EXPECT_NULL(test, PREP(1, c->len, FLAGS));
		KUNIT_EXPECT_NULL(test, PREP(0, c->len - 1, FLAGS));
	}
	KUNIT_EXPECT_NOT_NULL(test, PREP(0, c->len, FLAGS));
#undef PREP
}

static struct kunit_case simdma_client_cases[] = {
	KUNIT_CASE(copies_all),
	KUNIT_CASE(part_of_a_page_is_copied),
	KUNIT_CASE(ring_is_bounded),
	KUNIT_CASE(nothing_starts_before_issue),
	KUNIT_CASE(status_is_of_the_cookie),
	KUNIT_CASE(no_callback_without_interrupt),
	KUNIT_CASE(nothing_is_left_in_a_descriptor),
	KUNIT_CASE(descriptor_waits_for_its_ack),
	KUNIT_CASE(order_is_as_declared),
	KUNIT_CASE(callback_may_submit),
	KUNIT_CASE(invalid_is_refused),
	{ }
};

static struct kunit_suite simdma_client_suite = {
	.name = "simdma_client",
	.init = client_init,
	.exit = client_exit,
	.test_cases = simdma_client_cases,
};

kunit_test_suite(simdma_client_suite);
