// SPDX-License-Identifier: GPL-2.0-only
/*
 * Migrator that writes to pages between batch copy and move
 */
#include <linux/debugfs.h>
#include <linux/highmem.h>
#include <linux/kstrtox.h>
#include <linux/migrate_copy_offload.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/seq_file.h>
#include <linux/uaccess.h>

/**
 * DOC: Late writes
 *
 * A page reference that was taken before the page was unmapped, for example by
 * get_user_pages() for O_DIRECT, permits a write at any time. A write between batch
 * copy and move is lost, unless the offload core excludes pages with extra references
 * before a batch is copied.
 *
 * This module is the worst case, and is deterministic: it holds references to pages,
 * and its copy callback first copies the batch, then writes to the held pages and
 * releases them. So the references are gone at the time of the move, and only the
 * check before the batch copy can have excluded the pages.
 *
 * Files in debugfs, dcbm_latewrite/:
 *
 * - hold: write an address of the calling process to hold the page there.
 * - counts: counters of struct latewrite.
 */

#define MAX_HELD	16

/* Must match tests/progs/latewrite.c. */
#define LATE_WORD	0x1a7e1a7e1a7e1a7eULL

/**
 * struct latewrite - state of the module
 * @lock: protects all members except @dir
 * @held: pages to which the module holds a reference
 * @nr_held: number of pages in @held
 * @batches: batches passed to the migrator
 * @offered: folios in these batches
 * @offered_held: held folios in these batches; the core must not pass any
 * @written: held pages that were written to after the copy
 * @dir: debugfs directory
 */
struct latewrite {
	struct mutex lock;	/* all other members */
	struct page *held[MAX_HELD];
	unsigned int nr_held;
	unsigned int batches;
	unsigned int offered;
	unsigned int offered_held;
	unsigned int written;
	struct dentry *dir;
};

static struct latewrite latewrite = {
	.lock = __MUTEX_INITIALIZER(latewrite.lock),
};

static bool latewrite_holds(struct latewrite *lw, struct folio *folio)
{
	unsigned int i;

	for (i = 0; i < lw->nr_held; i++)
		if (page_folio(lw->held[i]) == folio)
			return true;
	return false;
}

static void latewrite_release(struct latewrite *lw, bool write)
{
	while (lw->nr_held) {
		struct page *page = lw->held[--lw->nr_held];

		if (write) {
			u64 *mem = kmap_local_page(page);

			WRITE_ONCE(*mem, LATE_WORD);
			kunmap_local(mem);
			lw->written++;
		}
		put_page(page);
	}
}

static int latewrite_copy(struct list_head *dst_list, struct list_head *src_list,
			  unsigned int folio_cnt)
{
	struct latewrite *lw = &latewrite;
	struct folio *src, *dst;

	mutex_lock(&lw->lock);
	dst = list_first_entry(dst_list, struct folio, lru);
	list_for_each_entry(src, src_list, lru) {
		folio_copy(dst, src);
		dst->migrate_info |= FOLIO_CONTENT_COPIED;
		lw->offered_held += latewrite_holds(lw, src);
		dst = list_next_entry(dst, lru);
	}
	lw->batches++;
	lw->offered += folio_cnt;
	latewrite_release(lw, true);
	mutex_unlock(&lw->lock);
	return 0;
}

static struct migrator latewrite_migrator = {
	.name = "dcbm_latewrite",
	.offload_copy = latewrite_copy,
	.owner = THIS_MODULE,
};

static ssize_t hold_write(struct file *file, const char __user *buf, size_t len,
			  loff_t *pos)
{
	struct latewrite *lw = &latewrite;
	unsigned long addr;
	struct page *page;
	int ret;

	ret = kstrtoul_from_user(buf, len, 0, &addr);
	if (ret)
		return ret;
	/* Not pin_user_pages(): a pinned page is not unmapped. */
	ret = get_user_pages_fast(addr, 1, FOLL_WRITE, &page);
	if (ret != 1)
		return ret < 0 ? ret : -EFAULT;

	mutex_lock(&lw->lock);
	ret = -ENOSPC;
	if (lw->nr_held < MAX_HELD) {
		lw->held[lw->nr_held++] = page;
		ret = 0;
	}
	mutex_unlock(&lw->lock);
	if (ret)
		put_page(page);
	return ret ?: len;
}

static const struct file_operations hold_fops = {
	.owner = THIS_MODULE,
	.open = simple_open,
	.write = hold_write,
};

static int counts_show(struct seq_file *m, void *unused)
{
	struct latewrite *lw = &latewrite;

	mutex_lock(&lw->lock);
	seq_printf(m, "held %u\nbatches %u\noffered %u\noffered_held %u\nwritten %u\n",
		   lw->nr_held, lw->batches, lw->offered, lw->offered_held,
		   lw->written);
	mutex_unlock(&lw->lock);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(counts);

static int latewrite_set_active(const char *val, const struct kernel_param *kp)
{
	bool on;

	if (kstrtobool(val, &on))
		return -EINVAL;
	return on ? migrate_offload_register(&latewrite_migrator,
					     MIGRATE_OFFLOAD_REASONS_ALLOWED) :
		    migrate_offload_unregister(&latewrite_migrator);
}

static const struct kernel_param_ops active_ops = { .set = latewrite_set_active };
module_param_cb(active, &active_ops, NULL, 0200);
MODULE_PARM_DESC(active, "1 to register as migrator, 0 to unregister");

static int __init latewrite_init(void)
{
	latewrite.dir = debugfs_create_dir("dcbm_latewrite", NULL);
	debugfs_create_file("hold", 0200, latewrite.dir, NULL, &hold_fops);
	debugfs_create_file("counts", 0400, latewrite.dir, NULL, &counts_fops);
	return 0;
}
module_init(latewrite_init);

static void __exit latewrite_exit(void)
{
	debugfs_remove(latewrite.dir);
	mutex_lock(&latewrite.lock);
	latewrite_release(&latewrite, false);
	mutex_unlock(&latewrite.lock);
}
module_exit(latewrite_exit);

MODULE_DESCRIPTION("Test migrator that writes to pages between batch copy and move");
MODULE_AUTHOR("dcbm-sg developers");
MODULE_LICENSE("GPL");
