// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tests of a loaded simdma: copies, ring, order, callbacks
 *
 * The tests pass with any module parameters. A test that is not possible with the
 * current parameters is skipped.
 */
#include <kunit/test.h>
#include <linux/delay.h>
#include <linux/dma-mapping.h>
#include <linux/dmaengine.h>
#include <linux/mm.h>
#include <linux/string.h>

#include "client_kunit.h"

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

/* A copy with odd offsets and an odd length does not change the bytes around it. */
static void part_of_a_page_is_copied(struct kunit *test)
{
	struct client *c = test->priv;
	u32 from = 7 * c->unit, to = 3 * c->unit, len = 29 * c->unit, i;
	struct dma_async_tx_descriptor *tx;
	struct slot *s = c->slots;
	u8 *src = page_address(s->src), *dst = page_address(s->dst);

	if (from + len > c->len)
		kunit_skip(test, "needs segments of more than %u bytes", c->len);
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

/* With desc_ns, the first slot is still in flight when the second one is submitted. */
static void status_is_per_cookie(struct kunit *test)
{
	struct client *c = test->priv;

	if (c->depth < 2)
		kunit_skip(test, "needs more than one descriptor");
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

/* The fence of the first slot keeps the second one from overtaking. */
static void no_callback_without_interrupt(struct kunit *test)
{
	struct client *c = test->priv;

	if (c->depth < 2)
		kunit_skip(test, "needs more than one descriptor");
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

/* Without order, slots are reordered, but not across the fence in the middle. */
static void order_is_as_declared(struct kunit *test)
{
	struct client *c = test->priv;
	unsigned int fence = NR_SLOTS / 2, n, i, moved = 0;

	for (n = 0; n < NR_SLOTS; n++)
		if (!client_submit(c, n, FLAGS | (n == fence ? DMA_PREP_FENCE : 0)))
			break;
	if (n < NR_SLOTS)
		kunit_skip(test, "needs %u descriptors", NR_SLOTS);
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
		kunit_skip(test, "needs more than one descriptor");
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
	KUNIT_CASE(status_is_per_cookie),
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
