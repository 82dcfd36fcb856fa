// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tests of the ZynqMP DMA driver on QEMU's Versal board, as a client of the driver
 */
#include <kunit/test.h>
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/device.h>
#include <linux/dmaengine.h>
#include <linux/io.h>
#include <linux/irq.h>
#include <linux/irqflags.h>
#include <linux/jiffies.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/scatterlist.h>
#include <linux/sched.h>
#include <linux/string.h>

#include "client_kunit.c"

/**
 * DOC: Tests of zynqmp_dma
 *
 * zynqmp_dma must be loaded, and all of its channels must be free.
 *
 * QEMU's model of the engine copies within the register write that starts it, and
 * never fails by itself. Two properties of the model make a copy fail:
 *
 * - A write to an offset without a register raises an error interrupt (INV_APB).
 * - A hardware source descriptor at an unaligned address is an error. (With a
 *   destination descriptor, QEMU 7.2 would wait forever.)
 *
 * The driver keeps its hardware descriptors in one array and uses them in turn. The
 * start register holds the address of the first hardware descriptor, and so of the
 * array. With this address a test can break the list of a transaction between
 * submission and start.
 */

/* Registers as in zynqmp_dma.c; REG_HOLE is an offset without a register. */
#define REG_HOLE	0x010
#define REG_SRC_START	0x158

/* A pair of hardware descriptors, as in struct zynqmp_dma_desc_ll */
#define HW_PAIR		64
#define HW_NEXT		16
#define HW_UNALIGNED	4

#define RING		NR_SLOTS
/* Time limit for callbacks. The model copies at once; the unpatched driver loses callbacks. */
#define CALLBACK_MS	2000
/* Time in which an unexpected callback would have come */
#define SETTLE_MS	200

/**
 * struct zdma - a client of zynqmp_dma
 * @c: the client
 * @regs: registers of the channel
 * @ring: physical address of the first hardware descriptor
 */
struct zdma {
	struct client c;
	void __iomem *regs;
	u64 ring;
};

static struct zdma *to_zdma(struct kunit *test)
{
	return container_of((struct client *)test->priv, struct zdma, c);
}

static void submit_pages(struct client *c, unsigned int nr)
{
	unsigned int i;

	for (i = 0; i < nr; i++)
		KUNIT_ASSERT_TRUE(c->test, client_submit(c, i, FLAGS));
}

static void expect_results(struct client *c, unsigned int from, unsigned int to,
			   enum dmaengine_tx_result result)
{
	unsigned int i;

	for (i = from; i < to; i++) {
		KUNIT_EXPECT_EQ_MSG(c->test, c->slots[i].called, 1,
				    "transaction %u", i);
		KUNIT_EXPECT_EQ_MSG(c->test, c->slots[i].result.result, result,
				    "transaction %u", i);
	}
}

/*
 * A full ring of copies succeeds. Not client_expect_works(): this driver does not
 * free descriptors that are prepared and not submitted.
 */
static void expect_works(struct client *c)
{
	unsigned int i;

	client_fill(c);
	submit_pages(c, RING);
	dma_async_issue_pending(c->chan);
	client_wait(c, RING);
	expect_results(c, 0, RING, DMA_TRANS_NOERROR);
	for (i = 0; i < RING; i++)
		KUNIT_EXPECT_TRUE_MSG(c->test, client_arrived(c, i), "page %u", i);
}

/* Returns the hardware descriptors of the transaction that is prepared after @i others. */
static void *hw(struct zdma *z, unsigned int i)
{
	return phys_to_virt(z->ring + (z->c.prepared + i) % RING * HW_PAIR);
}

static int zynqmp_setup(struct kunit *test)
{
	struct zdma *z = kunit_kzalloc(test, sizeof(*z), GFP_KERNEL);
	struct resource *res;
	struct client *c;

	KUNIT_ASSERT_NOT_NULL(test, z);
	c = &z->c;
	KUNIT_ASSERT_EQ_MSG(test, client_open(c, test, "xilinx-zynqmp-dma"), 0,
			    "no free channel of zynqmp_dma");
	c->timeout = msecs_to_jiffies(CALLBACK_MS);
	res = platform_get_resource(to_platform_device(c->dev), IORESOURCE_MEM, 0);
	KUNIT_ASSERT_NOT_NULL(test, res);
	z->regs = ioremap(res->start, resource_size(res));
	/* sparse rejects KUNIT_ASSERT_NOT_NULL() of an __iomem pointer. */
	KUNIT_ASSERT_TRUE(test, !!z->regs);

	/* One copy makes the driver write the start register, and enable interrupts. */
	submit_pages(c, 1);
	dma_async_issue_pending(c->chan);
	client_wait(c, 1);
	KUNIT_ASSERT_TRUE(test, client_arrived(c, 0));
	z->ring = readl(z->regs + REG_SRC_START) |
		  (u64)readl(z->regs + REG_SRC_START + 4) << 32;
	client_fill(c);
	return 0;
}

static void zynqmp_cleanup(struct kunit *test)
{
	if (!test->priv)
		return;
	if (to_zdma(test)->regs)
		iounmap(to_zdma(test)->regs);
	client_exit(test);
}

static void copies_a_ring(struct kunit *test)
{
	expect_works(test->priv);
}

/* A reused descriptor has no callback of its previous user. */
static void descriptor_comes_back_clean(struct kunit *test)
{
	struct client *c = test->priv;
	unsigned int i;

	expect_works(c);
	client_fill(c);
	for (i = 0; i < RING; i++) {
		struct dma_async_tx_descriptor *tx = client_prep(c, i, FLAGS);

		KUNIT_ASSERT_NOT_NULL(test, tx);
		KUNIT_EXPECT_NULL(test, tx->callback);
		KUNIT_EXPECT_NULL(test, tx->callback_result);
		KUNIT_EXPECT_NULL(test, tx->callback_param);
		KUNIT_ASSERT_GE(test, client_submit_tx(c, i, tx), DMA_MIN_COOKIE);
	}
	dma_async_issue_pending(c->chan);
	client_wait(c, RING);
}

/* An error interrupt does not affect descriptors that are submitted and not issued. */
static void error_keeps_what_is_pending(struct kunit *test)
{
	struct zdma *z = to_zdma(test);
	struct client *c = &z->c;

	submit_pages(c, 4);
	writel(0, z->regs + REG_HOLE);
	msleep(SETTLE_MS);
	dma_async_issue_pending(c->chan);
	client_wait(c, 4);
	expect_results(c, 0, 4, DMA_TRANS_NOERROR);
	expect_works(c);
}

/* The list breaks after the second of four transactions: two succeed, two fail. */
static void error_tells_done_from_not_done(struct kunit *test)
{
	struct zdma *z = to_zdma(test);
	struct client *c = &z->c;
	u64 *next = hw(z, 1) + HW_NEXT;
	unsigned int i;

	submit_pages(c, 4);
	*next |= HW_UNALIGNED;
	dma_async_issue_pending(c->chan);
	client_wait(c, 4);
	expect_results(c, 0, 2, DMA_TRANS_NOERROR);
	for (i = 0; i < 2; i++)
		KUNIT_EXPECT_TRUE(test, client_arrived(c, i));
	for (; i < 4; i++) {
		KUNIT_EXPECT_EQ(test, c->slots[i].called, 1);
		KUNIT_EXPECT_NE(test, c->slots[i].result.result, DMA_TRANS_NOERROR);
		KUNIT_EXPECT_FALSE(test, client_arrived(c, i));
	}
	expect_works(c);
}

/* Move to the CPU that handles the channel's interrupt. */
static void move_to_irq_cpu(struct kunit *test, struct client *c)
{
	int irq = platform_get_irq(to_platform_device(c->chan->device->dev), 0);
	const struct cpumask *cpus;

	KUNIT_ASSERT_GT(test, irq, 0);
	cpus = irq_get_effective_affinity_mask(irq);
	KUNIT_ASSERT_NOT_NULL(test, cpus);
	KUNIT_ASSERT_EQ(test, set_cpus_allowed_ptr(current, cpus), 0);
	KUNIT_ASSERT_EQ(test, cpumask_weight(cpus), 1);
}

/*
 * A channel that is terminated before its interrupt is handled works afterwards. The
 * interrupt is pending on this CPU, which has interrupts off until the termination.
 */
static void terminate_leaves_it_usable(struct kunit *test)
{
	struct client *c = test->priv;
	unsigned long flags;

	move_to_irq_cpu(test, c);
	submit_pages(c, 4);
	local_irq_save(flags);
	dma_async_issue_pending(c->chan);
	dmaengine_terminate_async(c->chan);
	local_irq_restore(flags);
	set_cpus_allowed_ptr(current, cpu_possible_mask);
	dmaengine_synchronize(c->chan);
	msleep(SETTLE_MS);
	KUNIT_EXPECT_EQ(test, atomic_read(&c->called), 0);
	expect_works(c);
}

/* Terminate also drops descriptors that are submitted and not issued. */
static void terminate_drops_what_is_pending(struct kunit *test)
{
	struct client *c = test->priv;

	submit_pages(c, RING);
	dmaengine_terminate_sync(c->chan);
	dma_async_issue_pending(c->chan);
	client_wait(c, 0);
	expect_works(c);
}

#ifdef DCBM_HAVE_MEMCPY_SG
struct lists {
	struct scatterlist src[RING + 1];
	struct scatterlist dst[RING + 1];
};

static struct lists *new_lists(struct kunit *test)
{
	struct lists *l = kunit_kzalloc(test, sizeof(*l), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, l);
	return l;
}

static void entry(struct scatterlist *sg, dma_addr_t addr, unsigned int len)
{
	sg_dma_address(sg) = addr;
	sg_dma_len(sg) = len;
}

/* Cut a page into @nr entries; the last one has the remainder. */
static void fill_list(struct scatterlist *sgl, unsigned int nr, dma_addr_t addr)
{
	unsigned int len = PAGE_SIZE / nr, i;

	sg_init_table(sgl, nr);
	for (i = 0; i + 1 < nr; i++)
		entry(&sgl[i], addr + i * len, len);
	entry(&sgl[i], addr + i * len, PAGE_SIZE - i * len);
}

static struct dma_async_tx_descriptor *
prep_sg(struct client *c, struct lists *l, unsigned int page,
	unsigned int src_nr, unsigned int dst_nr)
{
	fill_list(l->src, src_nr, c->slots[page].src_dma);
	fill_list(l->dst, dst_nr, c->slots[page].dst_dma);
	return dmaengine_prep_dma_memcpy_sg(c->chan, l->dst, dst_nr, l->src,
					    src_nr, FLAGS);
}

static void submit_sg(struct client *c, struct lists *l, unsigned int page,
		      unsigned int src_nr, unsigned int dst_nr)
{
	struct dma_async_tx_descriptor *tx = prep_sg(c, l, page, src_nr, dst_nr);

	KUNIT_ASSERT_NOT_NULL(c->test, tx);
	KUNIT_ASSERT_GE(c->test, client_submit_tx(c, page, tx), DMA_MIN_COOKIE);
}

static void sg_copies(struct kunit *test)
{
	/* Number of source and destination entries, even and uneven */
	static const unsigned int nr[][2] = {
		{ 1, 1 }, { 4, 4 }, { 1, 5 }, { 5, 1 }, { 3, 7 }, { 7, 3 },
		{ 31, 31 }, { 32, 32 }, { 32, 1 }, { 1, 32 }, { 17, 13 },
	};
	struct client *c = test->priv;
	struct lists *l = new_lists(test);
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(nr); i++) {
		client_fill(c);
		submit_sg(c, l, i, nr[i][0], nr[i][1]);
		/* The provider must not keep pointers to the lists. */
		memset(l, 0xff, sizeof(*l));
		dma_async_issue_pending(c->chan);
		client_wait(c, 1);
		expect_results(c, i, i + 1, DMA_TRANS_NOERROR);
		KUNIT_EXPECT_TRUE_MSG(test, client_arrived(c, i), "%u to %u entries",
				      nr[i][0], nr[i][1]);
	}
	expect_works(c);
}

/* Lists and single copies in one start of the engine */
static void sg_mixes_with_memcpy(struct kunit *test)
{
	struct client *c = test->priv;
	struct lists *l = new_lists(test);
	unsigned int i;

	KUNIT_ASSERT_TRUE(test, client_submit(c, 0, FLAGS));
	submit_sg(c, l, 1, 3, 7);
	submit_sg(c, l, 2, 8, 2);
	KUNIT_ASSERT_TRUE(test, client_submit(c, 3, FLAGS));
	submit_sg(c, l, 4, 4, 4);
	dma_async_issue_pending(c->chan);
	client_wait(c, 5);
	expect_results(c, 0, 5, DMA_TRANS_NOERROR);
	for (i = 0; i < 5; i++)
		KUNIT_EXPECT_TRUE_MSG(test, client_arrived(c, i), "transaction %u", i);
	expect_works(c);
}

static void sg_refuses(struct kunit *test)
{
	struct client *c = test->priv;
	struct lists *l = new_lists(test);
	struct slot *s = c->slots;

	KUNIT_EXPECT_NULL(test, prep_sg(c, l, 0, RING + 1, 1));
	KUNIT_EXPECT_NULL(test, prep_sg(c, l, 0, 1, RING + 1));

	/* The totals differ. */
	entry(&l->src[0], s->src_dma, PAGE_SIZE);
	entry(&l->dst[0], s->dst_dma, PAGE_SIZE / 2);
	KUNIT_EXPECT_NULL(test, dmaengine_prep_dma_memcpy_sg(c->chan, l->dst, 1,
							     l->src, 1, FLAGS));
	/* An entry of length 0 */
	entry(&l->src[0], s->src_dma, 0);
	entry(&l->dst[0], s->dst_dma, 0);
	KUNIT_EXPECT_NULL(test, dmaengine_prep_dma_memcpy_sg(c->chan, l->dst, 1,
							     l->src, 1, FLAGS));
	/* A refused request must not leak a descriptor. */
	expect_works(c);
}

/* The second of three transactions fails half way, and the third is aborted. */
static void sg_error_is_reported(struct kunit *test)
{
	struct zdma *z = to_zdma(test);
	struct client *c = &z->c;
	struct lists *l = new_lists(test);
	u64 *next = hw(z, 1 + 1) + HW_NEXT;
	unsigned int i;

	KUNIT_ASSERT_TRUE(test, client_submit(c, 0, FLAGS));
	submit_sg(c, l, 1, 4, 4);
	submit_sg(c, l, 2, 4, 4);
	*next |= HW_UNALIGNED;
	dma_async_issue_pending(c->chan);
	client_wait(c, 3);
	expect_results(c, 0, 1, DMA_TRANS_NOERROR);
	expect_results(c, 1, 2, DMA_TRANS_READ_FAILED);
	expect_results(c, 2, 3, DMA_TRANS_ABORTED);
	for (i = 0; i < 3; i++)
		KUNIT_EXPECT_EQ(test, client_arrived(c, i), i == 0);
	expect_works(c);
}
#endif

static struct kunit_case zynqmp_cases[] = {
	KUNIT_CASE(copies_a_ring),
	KUNIT_CASE(descriptor_comes_back_clean),
	KUNIT_CASE(error_keeps_what_is_pending),
	KUNIT_CASE(error_tells_done_from_not_done),
	KUNIT_CASE(terminate_leaves_it_usable),
	KUNIT_CASE(terminate_drops_what_is_pending),
#ifdef DCBM_HAVE_MEMCPY_SG
	KUNIT_CASE(sg_copies),
	KUNIT_CASE(sg_mixes_with_memcpy),
	KUNIT_CASE(sg_refuses),
	KUNIT_CASE(sg_error_is_reported),
#endif
	{}
};

static struct kunit_suite zynqmp_suite = {
	.name = "zynqmp",
	.init = zynqmp_setup,
	.exit = zynqmp_cleanup,
	.test_cases = zynqmp_cases,
};

kunit_test_suite(zynqmp_suite);

MODULE_DESCRIPTION("KUnit tests of the ZynqMP DMA driver");
MODULE_AUTHOR("dcbm-sg developers");
MODULE_LICENSE("GPL");
