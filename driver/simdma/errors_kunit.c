// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tests of a loaded simdma: termination, errors, lists, removal of the device
 */
#include <kunit/test.h>
#include <linux/delay.h>
#include <linux/device.h>
#include <linux/dma-mapping.h>
#include <linux/dmaengine.h>
#include <linux/mm.h>
#include <linux/scatterlist.h>
#include <linux/string.h>

#include <dcbm_compat.h>

#include "client_kunit.h"

#define TERMINATE_ROUNDS	50

static void terminate_drops_what_is_submitted(struct kunit *test)
{
	struct client *c = test->priv;
	unsigned int n = client_submit_all(c), i;

	KUNIT_ASSERT_EQ(test, dmaengine_terminate_sync(c->chan), 0);
	dma_async_issue_pending(c->chan);
	msleep(QUIET_MS);
	for (i = 0; i < n; i++) {
		KUNIT_EXPECT_EQ(test, client_status(c, i), DMA_ERROR);
		KUNIT_EXPECT_TRUE(test, client_dst_is(c, i, DST_BYTE));
	}
	KUNIT_EXPECT_EQ(test, atomic_read(&c->called), 0);
	client_expect_works(c);
}

/*
 * Terminate at different times during the copies. After synchronize the channel writes
 * no memory and calls no callback, and tx_status is final for each slot.
 */
static void terminate_stops_what_runs(struct kunit *test)
{
	struct client *c = test->priv;
	unsigned int round, n, i, calls;

	for (round = 0; round < TERMINATE_ROUNDS; round++) {
		client_fill(c);
		n = client_submit_all(c);
		dma_async_issue_pending(c->chan);
		udelay(round * 10);
		KUNIT_ASSERT_EQ(test, dmaengine_terminate_sync(c->chan), 0);
		/* All descriptors are free again, also the running one. */
		KUNIT_ASSERT_EQ(test, client_ring(c), c->depth);

		calls = atomic_read(&c->called);
		for (i = 0; i < n; i++) {
			enum dma_status status = client_status(c, i);

			if (c->slots[i].called || status == DMA_COMPLETE)
				KUNIT_ASSERT_TRUE(test, client_arrived(c, i));
			else
				KUNIT_ASSERT_EQ(test, status, DMA_ERROR);
		}
		client_unmap(c);
		for (i = 0; i < n; i++)
			memset(page_address(c->slots[i].dst), DST_BYTE, PAGE_SIZE);
		usleep_range(1000, 2000);
		for (i = 0; i < n; i++)
			KUNIT_ASSERT_NULL(test, memchr_inv(page_address(c->slots[i].dst),
							   DST_BYTE, PAGE_SIZE));
		KUNIT_ASSERT_EQ(test, atomic_read(&c->called), calls);
	}
	client_expect_works(c);
}

static void terminate(struct client *c, struct slot *s)
{
	dmaengine_terminate_async(c->chan);
}

static void callback_may_terminate(struct kunit *test)
{
	struct client *c = test->priv;

	c->hook = terminate;
	client_submit_all(c);
	dma_async_issue_pending(c->chan);
	client_wait(c, 1);
	msleep(QUIET_MS);
	KUNIT_EXPECT_EQ(test, atomic_read(&c->called), 1);
	client_expect_works(c);
}

/* A client that submits after the termination gets an error. */
static void terminated_cannot_be_submitted(struct kunit *test)
{
	struct client *c = test->priv;
	struct dma_async_tx_descriptor *tx = client_prep(c, 0, FLAGS);

	KUNIT_ASSERT_NOT_NULL(test, tx);
	dmaengine_terminate_sync(c->chan);
	KUNIT_EXPECT_LT(test, client_submit_tx(c, 0, tx), 0);
	KUNIT_EXPECT_EQ(test, client_status(c, 0), DMA_ERROR);
	tx->callback_result = NULL;
	tx->callback_param = NULL;
	client_expect_works(c);
}

/* Set @addr to the highest page of DMA addresses. Returns false if it may be memory. */
static bool has_bad_address(struct client *c, dma_addr_t *addr)
{
	*addr = dma_get_mask(c->dev) & PAGE_MASK;
	return dma_get_mask(c->dev) == DMA_BIT_MASK(64) && !pfn_valid(PHYS_PFN(*addr));
}

static void bad_address_fails(struct kunit *test)
{
	struct client *c = test->priv;
	struct dma_async_tx_descriptor *tx;
	struct slot *s = c->slots;
	dma_addr_t bad;

	if (!has_bad_address(c, &bad))
		kunit_skip(test, "every DMA address may be memory");
	tx = dmaengine_prep_dma_memcpy(c->chan, s[0].dst_dma, bad, c->len, FLAGS);
	KUNIT_ASSERT_NOT_NULL(test, tx);
	client_submit_tx(c, 0, tx);
	dma_async_issue_pending(c->chan);
	client_wait(c, 1);
	KUNIT_EXPECT_EQ(test, s[0].result.result, DMA_TRANS_READ_FAILED);
	KUNIT_EXPECT_EQ(test, s[0].result.residue, c->len);
	KUNIT_EXPECT_EQ(test, client_status(c, 0), DMA_ERROR);

	tx = dmaengine_prep_dma_memcpy(c->chan, bad, s[1].src_dma, c->len, FLAGS);
	KUNIT_ASSERT_NOT_NULL(test, tx);
	client_submit_tx(c, 1, tx);
	dma_async_issue_pending(c->chan);
	client_wait(c, 2);
	KUNIT_EXPECT_EQ(test, s[1].result.result, DMA_TRANS_WRITE_FAILED);
	KUNIT_EXPECT_EQ(test, s[1].result.residue, c->len);
	KUNIT_EXPECT_EQ(test, client_status(c, 1), DMA_ERROR);
	client_expect_works(c);
}

/*
 * Prepare a copy with two segments per list. The lists are cleared before submit: the
 * engine must not keep pointers to them.
 */
static struct dma_async_tx_descriptor *prep_two(struct client *c, u32 dst_len0,
						u32 dst_len1, dma_addr_t src1,
						u32 src_len0, u32 src_len1)
{
	struct dma_async_tx_descriptor *tx;
	struct scatterlist dst[2], src[2];

	sg_init_table(dst, 2);
	sg_init_table(src, 2);
	sg_dma_address(&dst[0]) = c->slots[0].dst_dma;
	sg_dma_address(&dst[1]) = c->slots[1].dst_dma;
	sg_dma_address(&src[0]) = c->slots[0].src_dma;
	sg_dma_address(&src[1]) = src1;
	sg_dma_len(&dst[0]) = dst_len0;
	sg_dma_len(&dst[1]) = dst_len1;
	sg_dma_len(&src[0]) = src_len0;
	sg_dma_len(&src[1]) = src_len1;
	tx = dcbm_prep_memcpy_sg(c->chan, dst, 2, src, 2, FLAGS);
	memset(dst, 0, sizeof(dst));
	memset(src, 0, sizeof(src));
	return tx;
}

/* A quarter of a slot, aligned. Skips the test if lists are not possible. */
static u32 quarter(struct client *c)
{
	u32 q = (c->len / 4) & ~(c->unit - 1);
	struct dma_async_tx_descriptor *tx;

	if (!dcbm_chan_has_memcpy_sg(c->chan))
		kunit_skip(c->test, "needs memcpy_sg");
	if (!q)
		kunit_skip(c->test, "segments of %u bytes are too short to split", c->len);
	tx = prep_two(c, q, q, c->slots[1].src_dma, q, q);
	if (!tx)
		kunit_skip(c->test, "needs lists of two segments");
	dmaengine_terminate_sync(c->chan);
	return q;
}

static void uneven_lists_are_streams(struct kunit *test)
{
	struct client *c = test->priv;
	struct slot *s = c->slots;
	struct dma_async_tx_descriptor *tx;
	u32 q = quarter(c);
	u8 *dst;

	tx = prep_two(c, q, 3 * q, s[1].src_dma, 3 * q, q);
	KUNIT_ASSERT_NOT_NULL(test, tx);
	client_submit_tx(c, 0, tx);
	dma_async_issue_pending(c->chan);
	client_wait(c, 1);
	KUNIT_EXPECT_EQ(test, s[0].result.result, DMA_TRANS_NOERROR);
	KUNIT_EXPECT_EQ(test, s[0].result.residue, 0);

	client_dst_is(c, 0, 0);
	client_dst_is(c, 1, 0);
	dst = page_address(s[0].dst);
	KUNIT_EXPECT_NULL(test, memchr_inv(dst, SRC_BYTE, q));
	KUNIT_EXPECT_NULL(test, memchr_inv(dst + q, DST_BYTE, PAGE_SIZE - q));
	dst = page_address(s[1].dst);
	KUNIT_EXPECT_NULL(test, memchr_inv(dst, SRC_BYTE, 2 * q));
	KUNIT_EXPECT_NULL(test, memchr_inv(dst + 2 * q, SRC_BYTE + 1, q));
	KUNIT_EXPECT_NULL(test, memchr_inv(dst + 3 * q, DST_BYTE, PAGE_SIZE - 3 * q));
}

static void sources_may_overlap(struct kunit *test)
{
	struct client *c = test->priv;
	struct slot *s = c->slots;
	struct dma_async_tx_descriptor *tx;
	u32 q = quarter(c);

	tx = prep_two(c, q, q, s[0].src_dma, q, q);
	KUNIT_ASSERT_NOT_NULL(test, tx);
	client_submit_tx(c, 0, tx);
	dma_async_issue_pending(c->chan);
	client_wait(c, 1);
	client_dst_is(c, 0, 0);
	client_dst_is(c, 1, 0);
	KUNIT_EXPECT_NULL(test, memchr_inv(page_address(s[0].dst), SRC_BYTE, q));
	KUNIT_EXPECT_NULL(test, memchr_inv(page_address(s[1].dst), SRC_BYTE, q));
}

static void invalid_lists_are_refused(struct kunit *test)
{
	struct client *c = test->priv;
	struct scatterlist *sgl, *sg;
	dma_addr_t src1 = c->slots[1].src_dma;
	u32 q = quarter(c);
	int i;

	KUNIT_EXPECT_NULL(test, prep_two(c, q, q, src1, q, 2 * q));
	KUNIT_EXPECT_NULL(test, prep_two(c, q, 2 * q, src1, q, q));
	KUNIT_EXPECT_NULL(test, prep_two(c, q, q, src1, 2 * q, 0));
	KUNIT_EXPECT_NULL(test, prep_two(c, 0, 2 * q, src1, q, q));
	KUNIT_EXPECT_NULL(test, dcbm_prep_memcpy_sg(c->chan, NULL, 0, NULL, 0, FLAGS));

	sgl = kunit_kcalloc(test, MAX_SEGS + 1, sizeof(*sgl), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, sgl);
	sg_init_table(sgl, MAX_SEGS + 1);
	for_each_sg(sgl, sg, MAX_SEGS + 1, i) {
		sg_dma_address(sg) = c->slots[0].src_dma;
		sg_dma_len(sg) = q;
	}
	KUNIT_EXPECT_NULL(test, dcbm_prep_memcpy_sg(c->chan, sgl, MAX_SEGS + 1, sgl,
						    MAX_SEGS + 1, FLAGS));
	KUNIT_EXPECT_NOT_NULL(test, prep_two(c, q, q, src1, q, q));
}

static void residue_counts_uncopied_bytes(struct kunit *test)
{
	struct client *c = test->priv;
	struct dma_async_tx_descriptor *tx;
	u32 q = quarter(c);
	dma_addr_t bad;

	if (!has_bad_address(c, &bad))
		kunit_skip(test, "every DMA address may be memory");
	tx = prep_two(c, q, 3 * q, bad, 3 * q, q);
	KUNIT_ASSERT_NOT_NULL(test, tx);
	client_submit_tx(c, 0, tx);
	dma_async_issue_pending(c->chan);
	client_wait(c, 1);
	KUNIT_EXPECT_EQ(test, c->slots[0].result.result, DMA_TRANS_READ_FAILED);
	KUNIT_EXPECT_EQ(test, c->slots[0].result.residue, q);
	client_expect_works(c);
}

/* Release the channel of a removed device, and bind the device again. */
static void rebind(struct client *c)
{
	struct device *dev = c->dev;

	dmaengine_terminate_sync(c->chan);
	client_unmap(c);
	dma_release_channel(c->chan);
	c->chan = NULL;

	KUNIT_ASSERT_EQ(c->test, device_attach(dev), 1);
	c->chan = client_request("simdma");
	KUNIT_ASSERT_NOT_NULL(c->test, c->chan);
	c->dev = dmaengine_get_dma_device(c->chan);
	client_expect_works(c);
}

static bool is_of_device(struct dma_chan *chan, void *dma)
{
	return chan->device == dma;
}

/* The driver is unbound while a client uses a channel; the client releases it later. */
static void device_may_be_removed(struct kunit *test)
{
	struct client *c = test->priv;
	struct dma_async_tx_descriptor *tx = client_prep(c, 0, FLAGS);
	struct dma_chan *other;
	dma_cap_mask_t mask;
	unsigned int n = 0;
	char name[32];

	KUNIT_ASSERT_NOT_NULL(test, tx);
	strscpy(name, dma_chan_name(c->chan));
	while (n + 1 < NR_SLOTS && client_submit(c, n + 1, FLAGS))
		n++;

	device_release_driver(c->dev);
	KUNIT_EXPECT_NULL(test, c->dev->driver);
	client_wait(c, n);
	while (n) {
		KUNIT_EXPECT_EQ(test, c->slots[n].result.result, DMA_TRANS_ABORTED);
		KUNIT_EXPECT_EQ(test, c->slots[n].result.residue, c->len);
		KUNIT_EXPECT_EQ(test, client_status(c, n), DMA_ERROR);
		n--;
	}
	KUNIT_EXPECT_LT(test, client_submit_tx(c, 0, tx), 0);
	KUNIT_EXPECT_NULL(test, client_prep(c, 0, FLAGS));
	dma_async_issue_pending(c->chan);
	KUNIT_EXPECT_STREQ(test, dma_chan_name(c->chan), name);

	/* The DMAEngine lists the other channels until the client releases this one. */
	dma_cap_zero(mask);
	dma_cap_set(DMA_MEMCPY, mask);
	other = dma_request_channel(mask, is_of_device, c->chan->device);
	KUNIT_EXPECT_NULL(test, other);
	if (other)
		dma_release_channel(other);

	rebind(c);
}

/* All descriptors complete at once, and the first callback terminates the others. */
static void removed_device_may_be_terminated(struct kunit *test)
{
	struct client *c = test->priv;

	c->hook = terminate;
	client_submit_all(c);
	device_release_driver(c->dev);
	client_wait(c, 1);
	msleep(QUIET_MS);
	KUNIT_EXPECT_EQ(test, atomic_read(&c->called), 1);
	rebind(c);
}

static struct kunit_case simdma_errors_cases[] = {
	KUNIT_CASE(terminate_drops_what_is_submitted),
	KUNIT_CASE(terminate_stops_what_runs),
	KUNIT_CASE(callback_may_terminate),
	KUNIT_CASE(terminated_cannot_be_submitted),
	KUNIT_CASE(bad_address_fails),
	KUNIT_CASE(uneven_lists_are_streams),
	KUNIT_CASE(sources_may_overlap),
	KUNIT_CASE(invalid_lists_are_refused),
	KUNIT_CASE(residue_counts_uncopied_bytes),
	KUNIT_CASE(device_may_be_removed),
	KUNIT_CASE(removed_device_may_be_terminated),
	{ }
};

static struct kunit_suite simdma_errors_suite = {
	.name = "simdma_errors",
	.init = client_init,
	.exit = client_exit,
	.test_cases = simdma_errors_cases,
};

kunit_test_suite(simdma_errors_suite);
