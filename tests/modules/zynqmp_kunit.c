// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tests of the ZynqMP DMA driver on QEMU's Versal board, from a client's point of view.
 * zynqmp_dma has to be loaded, and all of its channels free.
 *
 * DOC: How this engine is made to fail. Its model copies at once, within the register
 * write that starts it, and never fails by itself. But it has a hole in its registers,
 * a write to which raises an error interrupt (INV_APB), and it refuses a hardware
 * source descriptor whose address is not aligned (of a destination descriptor QEMU 7.2
 * would wait for ever). The driver keeps its
 * hardware descriptors in one array and takes them in turn; the register of the first
 * one's address tells where that is. So a test can break the list of a transaction
 * between its submission and its start.
 */
#include <kunit/test.h>
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/device.h>
#include <linux/dma-mapping.h>
#include <linux/dmaengine.h>
#include <linux/gfp.h>
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
#include <linux/wait.h>

/* Registers, from zynqmp_dma.c; the hole is what that file does not name */
#define REG_HOLE	0x010
#define REG_SRC_START	0x158

/* A pair of hardware descriptors, from struct zynqmp_dma_desc_ll */
#define HW_PAIR		64
#define HW_NEXT		16
#define HW_UNALIGNED	4

#define RING		32
#define SRC_BYTE	0x40
#define DST_BYTE	0xee
#define WAIT_MS		2000
/* What does not come within this time does not come: the model needs none */
#define QUIET_MS	200
#define FLAGS		(DMA_PREP_INTERRUPT | DMA_CTRL_ACK)

struct zdma;

struct tx {
	struct zdma *z;
	unsigned int calls;
	enum dmaengine_tx_result result;
};

struct zdma {
	struct kunit *test;
	struct dma_chan *chan;
	struct device *dev;
	void __iomem *regs;
	u64 ring;
	unsigned int taken;
	wait_queue_head_t wait;
	atomic_t calls;
	struct tx tx[RING];
	struct page *src[RING];
	struct page *dst[RING];
	dma_addr_t src_dma[RING];
	dma_addr_t dst_dma[RING];
	bool mapped;
};

static bool is_zynqmp(struct dma_chan *chan, void *unused)
{
	struct device_driver *drv = chan->device->dev->driver;

	return drv && !strcmp(drv->name, "xilinx-zynqmp-dma");
}

static void unmap(struct zdma *z)
{
	unsigned int i;

	if (!z->mapped)
		return;
	for (i = 0; i < RING; i++) {
		dma_unmap_page(z->dev, z->src_dma[i], PAGE_SIZE, DMA_TO_DEVICE);
		dma_unmap_page(z->dev, z->dst_dma[i], PAGE_SIZE, DMA_FROM_DEVICE);
	}
	z->mapped = false;
}

/* Sources with bytes of their own, destinations with none of them, nobody called */
static void prepare(struct zdma *z)
{
	unsigned int i;

	unmap(z);
	atomic_set(&z->calls, 0);
	for (i = 0; i < RING; i++) {
		memset(page_address(z->src[i]), SRC_BYTE + i, PAGE_SIZE);
		memset(page_address(z->dst[i]), DST_BYTE, PAGE_SIZE);
		z->src_dma[i] = dma_map_page(z->dev, z->src[i], 0, PAGE_SIZE,
					     DMA_TO_DEVICE);
		z->dst_dma[i] = dma_map_page(z->dev, z->dst[i], 0, PAGE_SIZE,
					     DMA_FROM_DEVICE);
		KUNIT_ASSERT_EQ(z->test, 0,
				dma_mapping_error(z->dev, z->src_dma[i]));
		KUNIT_ASSERT_EQ(z->test, 0,
				dma_mapping_error(z->dev, z->dst_dma[i]));
		z->tx[i] = (struct tx) { .z = z, .result = -1 };
	}
	z->mapped = true;
}

/* Did page @i arrive, from its first byte to its last? Only once, as it unmaps. */
static bool arrived(struct zdma *z, unsigned int i)
{
	unmap(z);
	return !memcmp(page_address(z->src[i]), page_address(z->dst[i]), PAGE_SIZE);
}

static void called(void *param, const struct dmaengine_result *result)
{
	struct tx *tx = param;

	tx->calls++;
	tx->result = result ? result->result : DMA_TRANS_NOERROR;
	atomic_inc(&tx->z->calls);
	wake_up(&tx->z->wait);
}

static bool submit(struct zdma *z, unsigned int i,
		   struct dma_async_tx_descriptor *desc)
{
	if (!desc)
		return false;
	desc->callback = NULL;
	desc->callback_result = called;
	desc->callback_param = &z->tx[i];
	return !dma_submit_error(dmaengine_submit(desc));
}

static struct dma_async_tx_descriptor *prep(struct zdma *z, unsigned int i)
{
	z->taken++;
	return dmaengine_prep_dma_memcpy(z->chan, z->dst_dma[i], z->src_dma[i],
					 PAGE_SIZE, FLAGS);
}

static void submit_pages(struct zdma *z, unsigned int nr)
{
	unsigned int i;

	for (i = 0; i < nr; i++)
		KUNIT_ASSERT_TRUE(z->test, submit(z, i, prep(z, i)));
}

/* Wait for @nr callbacks, and make sure that no more come */
static void expect_calls(struct zdma *z, unsigned int nr)
{
	wait_event_timeout(z->wait, atomic_read(&z->calls) >= nr,
			   msecs_to_jiffies(WAIT_MS));
	dmaengine_synchronize(z->chan);
	KUNIT_EXPECT_EQ(z->test, atomic_read(&z->calls), nr);
}

static void expect_results(struct zdma *z, unsigned int from, unsigned int to,
			   enum dmaengine_tx_result result)
{
	unsigned int i;

	for (i = from; i < to; i++) {
		KUNIT_EXPECT_EQ_MSG(z->test, z->tx[i].calls, 1, "transaction %u", i);
		KUNIT_EXPECT_EQ_MSG(z->test, z->tx[i].result, result,
				    "transaction %u", i);
	}
}

/* The channel does its work: a full ring of it */
static void expect_works(struct zdma *z)
{
	unsigned int i;

	prepare(z);
	submit_pages(z, RING);
	dma_async_issue_pending(z->chan);
	expect_calls(z, RING);
	expect_results(z, 0, RING, DMA_TRANS_NOERROR);
	for (i = 0; i < RING; i++)
		KUNIT_EXPECT_TRUE_MSG(z->test, arrived(z, i), "page %u", i);
}

/* The hardware descriptors of the @i-th of what is taken next */
static void *hw(struct zdma *z, unsigned int i)
{
	return phys_to_virt(z->ring + (z->taken + i) % RING * HW_PAIR);
}

static int zynqmp_setup(struct kunit *test)
{
	struct zdma *z = kunit_kzalloc(test, sizeof(*z), GFP_KERNEL);
	struct resource *res;
	dma_cap_mask_t mask;
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, z);
	test->priv = z;
	z->test = test;
	init_waitqueue_head(&z->wait);

	dma_cap_zero(mask);
	dma_cap_set(DMA_MEMCPY, mask);
	z->chan = dma_request_channel(mask, is_zynqmp, NULL);
	KUNIT_ASSERT_NOT_NULL_MSG(test, z->chan, "no channel of zynqmp_dma");
	z->dev = z->chan->device->dev;
	res = platform_get_resource(to_platform_device(z->dev), IORESOURCE_MEM, 0);
	z->regs = ioremap(res->start, resource_size(res));
	/* Not as a pointer: sparse has it that NULL is not of __iomem */
	KUNIT_ASSERT_TRUE(test, !!z->regs);

	for (i = 0; i < RING; i++) {
		z->src[i] = alloc_page(GFP_KERNEL);
		z->dst[i] = alloc_page(GFP_KERNEL);
		KUNIT_ASSERT_NOT_NULL(test, z->src[i]);
		KUNIT_ASSERT_NOT_NULL(test, z->dst[i]);
	}

	/* One copy, which also enables the interrupts, shows the ring's start */
	prepare(z);
	submit_pages(z, 1);
	dma_async_issue_pending(z->chan);
	expect_calls(z, 1);
	KUNIT_ASSERT_TRUE(test, arrived(z, 0));
	z->ring = readl(z->regs + REG_SRC_START) |
		  (u64)readl(z->regs + REG_SRC_START + 4) << 32;
	prepare(z);
	return 0;
}

static void zynqmp_cleanup(struct kunit *test)
{
	struct zdma *z = test->priv;
	unsigned int i;

	if (!z)
		return;
	if (z->chan) {
		dmaengine_terminate_sync(z->chan);
		unmap(z);
		dma_release_channel(z->chan);
	}
	if (z->regs)
		iounmap(z->regs);
	for (i = 0; i < RING; i++) {
		if (z->src[i])
			__free_page(z->src[i]);
		if (z->dst[i])
			__free_page(z->dst[i]);
	}
}

static void copies_a_ring(struct kunit *test)
{
	expect_works(test->priv);
}

/* A descriptor that has been used comes back without what its last user left in it */
static void descriptor_comes_back_clean(struct kunit *test)
{
	struct zdma *z = test->priv;
	unsigned int i;

	expect_works(z);
	prepare(z);
	for (i = 0; i < RING; i++) {
		struct dma_async_tx_descriptor *desc = prep(z, i);

		KUNIT_ASSERT_NOT_NULL(test, desc);
		KUNIT_EXPECT_NULL(test, desc->callback);
		KUNIT_EXPECT_NULL(test, desc->callback_result);
		KUNIT_EXPECT_NULL(test, desc->callback_param);
		KUNIT_ASSERT_TRUE(test, submit(z, i, desc));
	}
	dma_async_issue_pending(z->chan);
	expect_calls(z, RING);
}

/* An error interrupt while work is submitted and not issued is none of its business */
static void error_keeps_what_is_pending(struct kunit *test)
{
	struct zdma *z = test->priv;

	submit_pages(z, 4);
	writel(0, z->regs + REG_HOLE);
	msleep(QUIET_MS);
	dma_async_issue_pending(z->chan);
	expect_calls(z, 4);
	expect_results(z, 0, 4, DMA_TRANS_NOERROR);
	expect_works(z);
}

/* The list breaks behind the second of four: two are done, the others are not */
static void error_tells_done_from_not_done(struct kunit *test)
{
	struct zdma *z = test->priv;
	u64 *next = hw(z, 1) + HW_NEXT;
	unsigned int i;

	submit_pages(z, 4);
	*next |= HW_UNALIGNED;
	dma_async_issue_pending(z->chan);
	expect_calls(z, 4);
	expect_results(z, 0, 2, DMA_TRANS_NOERROR);
	for (i = 0; i < 2; i++)
		KUNIT_EXPECT_TRUE(test, arrived(z, i));
	for (; i < 4; i++) {
		KUNIT_EXPECT_EQ(test, z->tx[i].calls, 1);
		KUNIT_EXPECT_NE(test, z->tx[i].result, DMA_TRANS_NOERROR);
		KUNIT_EXPECT_FALSE(test, arrived(z, i));
	}
	expect_works(z);
}

/* To where the channel's interrupts are served */
static void go_to_its_cpu(struct kunit *test, struct zdma *z)
{
	int irq = platform_get_irq(to_platform_device(z->chan->device->dev), 0);
	const struct cpumask *cpus;

	KUNIT_ASSERT_GT(test, irq, 0);
	cpus = irq_get_effective_affinity_mask(irq);
	KUNIT_ASSERT_NOT_NULL(test, cpus);
	KUNIT_ASSERT_EQ(test, set_cpus_allowed_ptr(current, cpus), 0);
	KUNIT_ASSERT_EQ(test, cpumask_weight(cpus), 1);
}

/*
 * Terminated before its interrupt was served, a channel works again afterwards. It is
 * served on this CPU, which does not take it meanwhile.
 */
static void terminate_leaves_it_usable(struct kunit *test)
{
	struct zdma *z = test->priv;
	unsigned long flags;

	go_to_its_cpu(test, z);
	submit_pages(z, 4);
	local_irq_save(flags);
	dma_async_issue_pending(z->chan);
	dmaengine_terminate_async(z->chan);
	local_irq_restore(flags);
	set_cpus_allowed_ptr(current, cpu_possible_mask);
	dmaengine_synchronize(z->chan);
	msleep(QUIET_MS);
	KUNIT_EXPECT_EQ(test, atomic_read(&z->calls), 0);
	expect_works(z);
}

/* What was submitted and not issued goes with a terminate, too */
static void terminate_drops_what_is_pending(struct kunit *test)
{
	struct zdma *z = test->priv;

	submit_pages(z, RING);
	dmaengine_terminate_sync(z->chan);
	dma_async_issue_pending(z->chan);
	expect_calls(z, 0);
	expect_works(z);
}

#ifdef DCBM_HAVE_MEMCPY_SG
struct lists {
	struct scatterlist src[RING + 1];
	struct scatterlist dst[RING + 1];
};

static void entry(struct scatterlist *sg, dma_addr_t addr, unsigned int len)
{
	sg_dma_address(sg) = addr;
	sg_dma_len(sg) = len;
}

/* Page @page in @src_nr entries to the same page in @dst_nr; if it is taken */
static struct dma_async_tx_descriptor *
prep_sg(struct zdma *z, struct lists *l, unsigned int page,
	unsigned int src_nr, unsigned int dst_nr)
{
	unsigned int i;

	sg_init_table(l->src, src_nr);
	sg_init_table(l->dst, dst_nr);
	for (i = 0; i < src_nr; i++)
		entry(&l->src[i], z->src_dma[page] + i * (PAGE_SIZE / src_nr),
		      i + 1 < src_nr ? PAGE_SIZE / src_nr :
				       PAGE_SIZE - i * (PAGE_SIZE / src_nr));
	for (i = 0; i < dst_nr; i++)
		entry(&l->dst[i], z->dst_dma[page] + i * (PAGE_SIZE / dst_nr),
		      i + 1 < dst_nr ? PAGE_SIZE / dst_nr :
				       PAGE_SIZE - i * (PAGE_SIZE / dst_nr));
	return dmaengine_prep_dma_memcpy_sg(z->chan, l->dst, dst_nr, l->src,
					    src_nr, FLAGS);
}

static void sg_copies(struct kunit *test)
{
	/* Entries of the source and of the destination, even and uneven */
	static const unsigned int nr[][2] = {
		{ 1, 1 }, { 4, 4 }, { 1, 5 }, { 5, 1 }, { 3, 7 }, { 7, 3 },
		{ 31, 31 }, { 32, 32 }, { 32, 1 }, { 1, 32 }, { 17, 13 },
	};
	struct zdma *z = test->priv;
	struct lists *l = kunit_kzalloc(test, sizeof(*l), GFP_KERNEL);
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, l);
	for (i = 0; i < ARRAY_SIZE(nr); i++) {
		prepare(z);
		KUNIT_ASSERT_TRUE(test, submit(z, i, prep_sg(z, l, i, nr[i][0],
							     nr[i][1])));
		/* The provider may not keep pointers into the lists */
		memset(l, 0xff, sizeof(*l));
		dma_async_issue_pending(z->chan);
		expect_calls(z, 1);
		expect_results(z, i, i + 1, DMA_TRANS_NOERROR);
		KUNIT_EXPECT_TRUE_MSG(test, arrived(z, i), "%u to %u entries",
				      nr[i][0], nr[i][1]);
	}
	expect_works(z);
}

/* Lists and single copies, one behind the other in one start of the engine */
static void sg_stands_in_line(struct kunit *test)
{
	struct zdma *z = test->priv;
	struct lists *l = kunit_kzalloc(test, sizeof(*l), GFP_KERNEL);
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, l);
	KUNIT_ASSERT_TRUE(test, submit(z, 0, prep(z, 0)));
	KUNIT_ASSERT_TRUE(test, submit(z, 1, prep_sg(z, l, 1, 3, 7)));
	KUNIT_ASSERT_TRUE(test, submit(z, 2, prep_sg(z, l, 2, 8, 2)));
	KUNIT_ASSERT_TRUE(test, submit(z, 3, prep(z, 3)));
	KUNIT_ASSERT_TRUE(test, submit(z, 4, prep_sg(z, l, 4, 4, 4)));
	dma_async_issue_pending(z->chan);
	expect_calls(z, 5);
	expect_results(z, 0, 5, DMA_TRANS_NOERROR);
	for (i = 0; i < 5; i++)
		KUNIT_EXPECT_TRUE_MSG(test, arrived(z, i), "transaction %u", i);
	expect_works(z);
}

static void sg_refuses(struct kunit *test)
{
	struct zdma *z = test->priv;
	struct lists *l = kunit_kzalloc(test, sizeof(*l), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, l);
	KUNIT_EXPECT_NULL(test, prep_sg(z, l, 0, RING + 1, 1));
	KUNIT_EXPECT_NULL(test, prep_sg(z, l, 0, 1, RING + 1));

	/* Totals that differ */
	entry(&l->src[0], z->src_dma[0], PAGE_SIZE);
	entry(&l->dst[0], z->dst_dma[0], PAGE_SIZE / 2);
	KUNIT_EXPECT_NULL(test, dmaengine_prep_dma_memcpy_sg(z->chan, l->dst, 1,
							     l->src, 1, FLAGS));
	/* An entry without a byte */
	entry(&l->src[0], z->src_dma[0], 0);
	entry(&l->dst[0], z->dst_dma[0], 0);
	KUNIT_EXPECT_NULL(test, dmaengine_prep_dma_memcpy_sg(z->chan, l->dst, 1,
							     l->src, 1, FLAGS));
	/* And no descriptor was lost by any of it */
	expect_works(z);
}

/* A list fails half way, the one behind it has not begun, the one before it is done */
static void sg_error_is_told(struct kunit *test)
{
	struct zdma *z = test->priv;
	struct lists *l = kunit_kzalloc(test, sizeof(*l), GFP_KERNEL);
	u64 *next = hw(z, 1 + 1) + HW_NEXT;
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, l);
	KUNIT_ASSERT_TRUE(test, submit(z, 0, prep(z, 0)));
	KUNIT_ASSERT_TRUE(test, submit(z, 1, prep_sg(z, l, 1, 4, 4)));
	KUNIT_ASSERT_TRUE(test, submit(z, 2, prep_sg(z, l, 2, 4, 4)));
	*next |= HW_UNALIGNED;
	dma_async_issue_pending(z->chan);
	expect_calls(z, 3);
	expect_results(z, 0, 1, DMA_TRANS_NOERROR);
	expect_results(z, 1, 2, DMA_TRANS_READ_FAILED);
	expect_results(z, 2, 3, DMA_TRANS_ABORTED);
	for (i = 0; i < 3; i++)
		KUNIT_EXPECT_EQ(test, arrived(z, i), i == 0);
	expect_works(z);
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
	KUNIT_CASE(sg_stands_in_line),
	KUNIT_CASE(sg_refuses),
	KUNIT_CASE(sg_error_is_told),
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

MODULE_DESCRIPTION("Tests of the ZynqMP DMA driver");
MODULE_LICENSE("GPL");
