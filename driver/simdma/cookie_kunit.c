// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tests of cookies
 */
#include <kunit/test.h>

#include "cookie.h"

static struct dma_chan *new_chan(struct kunit *test)
{
	struct dma_chan *chan = kunit_kzalloc(test, sizeof(*chan), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, chan);
	simdma_cookie_init(chan);
	return chan;
}

static dma_cookie_t submit(struct dma_chan *chan)
{
	struct dma_async_tx_descriptor tx = { .chan = chan };
	dma_cookie_t cookie = simdma_cookie_assign(&tx);

	return tx.cookie == cookie ? cookie : -1;
}

static enum dma_status status(struct dma_chan *chan, dma_cookie_t cookie)
{
	return dma_async_is_complete(cookie, chan->completed_cookie, chan->cookie);
}

static void three_overtaking(struct kunit *test, dma_cookie_t last)
{
	struct dma_chan *chan = new_chan(test);
	dma_cookie_t a, b, c;

	chan->cookie = last;
	simdma_cookie_completed(chan, 0);
	KUNIT_EXPECT_EQ(test, status(chan, last), DMA_COMPLETE);

	a = submit(chan);
	b = submit(chan);
	c = submit(chan);
	KUNIT_EXPECT_GE(test, a, DMA_MIN_COOKIE);
	KUNIT_EXPECT_GE(test, b, DMA_MIN_COOKIE);
	KUNIT_EXPECT_GE(test, c, DMA_MIN_COOKIE);
	KUNIT_EXPECT_EQ(test, status(chan, a), DMA_IN_PROGRESS);

	/* c, then b complete before a: no completion may be reported. */
	simdma_cookie_completed(chan, a);
	KUNIT_EXPECT_EQ(test, status(chan, last), DMA_COMPLETE);
	KUNIT_EXPECT_EQ(test, status(chan, a), DMA_IN_PROGRESS);
	KUNIT_EXPECT_EQ(test, status(chan, c), DMA_IN_PROGRESS);

	/* a completes, and b is the oldest. */
	simdma_cookie_completed(chan, b);
	KUNIT_EXPECT_EQ(test, status(chan, a), DMA_COMPLETE);
	KUNIT_EXPECT_EQ(test, status(chan, b), DMA_IN_PROGRESS);

	simdma_cookie_completed(chan, 0);
	KUNIT_EXPECT_EQ(test, status(chan, b), DMA_COMPLETE);
	KUNIT_EXPECT_EQ(test, status(chan, c), DMA_COMPLETE);
}

static void cookies_of_a_new_channel(struct kunit *test)
{
	three_overtaking(test, DMA_MIN_COOKIE);
}

static void cookies_wrap_around(struct kunit *test)
{
	dma_cookie_t last;

	for (last = INT_MAX - 3; last < INT_MAX; last++)
		three_overtaking(test, last);
	three_overtaking(test, INT_MAX);
}

static void before_undoes_after(struct kunit *test)
{
	static const dma_cookie_t cookies[] = { 1, 2, 77, INT_MAX - 1, INT_MAX };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(cookies); i++)
		KUNIT_EXPECT_EQ(test, cookies[i],
				simdma_cookie_before(simdma_cookie_after(cookies[i])));
}

static struct kunit_case simdma_cookie_cases[] = {
	KUNIT_CASE(cookies_of_a_new_channel),
	KUNIT_CASE(cookies_wrap_around),
	KUNIT_CASE(before_undoes_after),
	{ }
};

static struct kunit_suite simdma_cookie_suite = {
	.name = "simdma_cookie",
	.test_cases = simdma_cookie_cases,
};

kunit_test_suite(simdma_cookie_suite);
