// SPDX-License-Identifier: GPL-2.0-only
/*
 * Kernel bugs on request, for the selftest of the VM runner
 */
#include <linux/cleanup.h>
#include <linux/debugfs.h>
#include <linux/delay.h>
#include <linux/dma-mapping.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/platform_device.h>
#include <linux/refcount.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/timer.h>
#include <linux/uaccess.h>

/**
 * DOC: Faults for the VM runner
 *
 * Each fault triggers one of the kernel's debugging checks. The selftest of the VM
 * runner verifies that the check is enabled and that its report fails the run. Reading
 * vm_faults in debugfs lists the faults; writing a name triggers one.
 *
 * No fault hangs the guest or corrupts memory in use.
 */

/* More than twice the thresholds that tests/vm/selftest sets */
#define STUCK_MS	9000

static void fault_warn(void)
{
	WARN(1, "vm_faults\n");
}

static DEFINE_SPINLOCK(lock_a);
static DEFINE_SPINLOCK(lock_b);

/* Both orders in one thread: lockdep reports a possible deadlock, but none happens. */
static void fault_lock_order(void)
{
	spin_lock(&lock_a);
	spin_lock(&lock_b);
	spin_unlock(&lock_b);
	spin_unlock(&lock_a);

	spin_lock(&lock_b);
	spin_lock(&lock_a);
	spin_unlock(&lock_a);
	spin_unlock(&lock_b);
}

static void fault_atomic_sleep(void)
{
	spin_lock(&lock_a);
	might_sleep();
	spin_unlock(&lock_a);
}

static void fault_use_after_free(void)
{
	char *p = kmalloc(64, GFP_KERNEL);

	kfree(p);
	OPTIMIZER_HIDE_VAR(p);
	if (p)
		WRITE_ONCE(p[8], 0);
}

static void fault_refcount(void)
{
	refcount_t r = REFCOUNT_INIT(0);

	refcount_inc(&r);
}

static void fault_list(void)
{
	LIST_HEAD(head);
	LIST_HEAD(entry);

	list_add(&entry, &head);
	list_add(&entry, &head);
}

static void never(struct timer_list *unused)
{
}

struct fault_timer {
	struct timer_list timer;
};

/* Debug objects stop the timer when they report that its memory is freed. */
static void fault_object(void)
{
	struct fault_timer *t = kmalloc(sizeof(*t), GFP_KERNEL);

	if (!t)
		return;
	timer_setup(&t->timer, never, 0);
	mod_timer(&t->timer, jiffies + 3600 * HZ);
	kfree(t);
}

/* Out of bounds of the array, but within the struct that contains the array. */
static void fault_index(void)
{
	struct {
		int array[4];
		int more[4];
	} s = {};
	int i = 5;

	OPTIMIZER_HIDE_VAR(i);
	s.array[i] = 1;
	barrier_data(&s);
}

static void fault_leak(void)
{
	void *p = kmalloc(4096, GFP_KERNEL);

	OPTIMIZER_HIDE_VAR(p);
}

/* A mapping without a check by dma_mapping_error() */
static void fault_dma(void)
{
	struct platform_device *pdev = platform_device_register_simple("vm_faults", -1, NULL, 0);
	void *buf = kzalloc(PAGE_SIZE, GFP_KERNEL);
	dma_addr_t addr;

	if (IS_ERR(pdev))
		goto free;
	if (buf && !dma_set_mask_and_coherent(&pdev->dev, DMA_BIT_MASK(64))) {
		addr = dma_map_single(&pdev->dev, buf, PAGE_SIZE, DMA_TO_DEVICE);
		dma_unmap_single(&pdev->dev, addr, PAGE_SIZE, DMA_TO_DEVICE);
	}
	platform_device_unregister(pdev);
free:
	kfree(buf);
}

/* A CPU that neither schedules nor passes a quiescent state */
static void fault_stuck(void)
{
	preempt_disable();
	mdelay(STUCK_MS);
	preempt_enable();
}

static void fault_hung(void)
{
	schedule_timeout_uninterruptible(msecs_to_jiffies(STUCK_MS));
}

static const struct fault {
	const char *name;
	void (*trigger)(void);
} faults[] = {
	{ "warn",		fault_warn },
	{ "lock_order",		fault_lock_order },
	{ "atomic_sleep",	fault_atomic_sleep },
	{ "use_after_free",	fault_use_after_free },
	{ "refcount",		fault_refcount },
	{ "list",		fault_list },
	{ "object",		fault_object },
	{ "index",		fault_index },
	{ "leak",		fault_leak },
	{ "dma",		fault_dma },
	{ "stuck",		fault_stuck },
	{ "hung",		fault_hung },
};

static ssize_t faults_read(struct file *file, char __user *ubuf, size_t len, loff_t *pos)
{
	char buf[256];
	int n = 0;

	for (size_t i = 0; i < ARRAY_SIZE(faults); i++)
		n += scnprintf(buf + n, sizeof(buf) - n, "%s\n", faults[i].name);
	return simple_read_from_buffer(ubuf, len, pos, buf, n);
}

static ssize_t faults_write(struct file *file, const char __user *ubuf, size_t len, loff_t *pos)
{
	char buf[32] = "";

	if (len >= sizeof(buf))
		return -EINVAL;
	if (copy_from_user(buf, ubuf, len))
		return -EFAULT;
	for (size_t i = 0; i < ARRAY_SIZE(faults); i++) {
		if (sysfs_streq(buf, faults[i].name)) {
			faults[i].trigger();
			return len;
		}
	}
	return -EINVAL;
}

static const struct file_operations faults_fops = {
	.owner = THIS_MODULE,
	.open = simple_open,
	.read = faults_read,
	.write = faults_write,
};

static struct dentry *faults_file;

static int __init vm_faults_init(void)
{
	faults_file = debugfs_create_file("vm_faults", 0600, NULL, NULL, &faults_fops);
	return PTR_ERR_OR_ZERO(faults_file);
}
module_init(vm_faults_init);

static void __exit vm_faults_exit(void)
{
	debugfs_remove(faults_file);
}
module_exit(vm_faults_exit);

MODULE_DESCRIPTION("Kernel bugs on request, for the selftest of the VM runner");
MODULE_AUTHOR("dcbm-sg developers");
MODULE_LICENSE("GPL");
