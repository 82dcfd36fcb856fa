// SPDX-License-Identifier: GPL-2.0-only
/*
 * Test batches: memory, content, guards and verification
 */
#include "log.h"

#include <linux/gfp.h>
#include <linux/highmem.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>

#include <dcbm_compat.h>

#include "dcbm.h"
#include "pattern.h"
#include "testbatch.h"

/**
 * DOC: Test batches
 *
 * Test batches are copied by dcbm_batch_copy(), like batches of page migration. Guards
 * detect an engine that writes outside the destinations: they are folios of the same
 * order, allocated right before the first and right after the last destination, so that
 * the page allocator most likely places them next to the destinations.
 */

/* Seed of the guards, larger than the seed of any test batch */
#define DCBM_GUARD_SEED		0x6477617264ULL

enum { DCBM_GUARD_BEFORE, DCBM_GUARD_AFTER, DCBM_NR_GUARDS };

struct dcbm_test {
	const struct dcbm_trigger_spec *spec;
	struct dcbm_test_result *res;
	struct list_head src;
	struct list_head dst;
	struct folio *guards[DCBM_NR_GUARDS];
	struct dcbm_pattern content;
};

static const struct dcbm_pattern dcbm_guard_pattern = {
	.fill = DCBM_FILL_RANDOM,
	.seed = DCBM_GUARD_SEED,
};

/* Allocate a folio on @node only, and fail rather than retry. */
static struct folio *dcbm_test_folio(struct dcbm_test *test, u32 node)
{
	struct page *page;

	page = alloc_pages_node(node, GFP_HIGHUSER | __GFP_COMP | __GFP_THISNODE |
				__GFP_NORETRY | __GFP_NOWARN, test->spec->order);
	return page ? page_folio(page) : NULL;
}

static int dcbm_test_add(struct dcbm_test *test, struct list_head *list, u32 node)
{
	struct folio *folio = dcbm_test_folio(test, node);

	if (!folio)
		return -ENOMEM;
	list_add_tail(&folio->lru, list);
	return 0;
}

static void dcbm_test_drop(struct list_head *list)
{
	struct folio *folio, *next;

	list_for_each_entry_safe(folio, next, list, lru) {
		list_del(&folio->lru);
		folio_put(folio);
	}
}

static void dcbm_test_free(struct dcbm_test *test)
{
	unsigned int i;

	dcbm_test_drop(&test->src);
	dcbm_test_drop(&test->dst);
	for (i = 0; i < DCBM_NR_GUARDS; i++)
		if (test->guards[i])
			folio_put(test->guards[i]);
}

static int dcbm_test_guard(struct dcbm_test *test, unsigned int which)
{
	test->guards[which] = dcbm_test_folio(test, test->spec->dst);
	return test->guards[which] ? 0 : -ENOMEM;
}

static int dcbm_test_alloc(struct dcbm_test *test)
{
	const struct dcbm_trigger_spec *spec = test->spec;
	int ret;
	u32 i;

	ret = dcbm_test_guard(test, DCBM_GUARD_BEFORE);
	for (i = 0; !ret && i < spec->folios; i++) {
		ret = dcbm_test_add(test, &test->dst, spec->dst);
		if (signal_pending(current))
			return -EINTR;
		cond_resched();
	}
	if (!ret)
		ret = dcbm_test_guard(test, DCBM_GUARD_AFTER);
	for (i = 0; !ret && i < spec->folios; i++) {
		ret = dcbm_test_add(test, &test->src, spec->src);
		if (signal_pending(current))
			return -EINTR;
		cond_resched();
	}
	return ret;
}

static void dcbm_folio_fill(struct folio *folio,
			    const struct dcbm_pattern *pattern, u64 base)
{
	size_t off;

	for (off = 0; off < folio_size(folio); off += PAGE_SIZE) {
		void *mem = kmap_local_folio(folio, off);

		dcbm_pattern_fill(pattern, mem, PAGE_SIZE, base + off);
		kunmap_local(mem);
	}
	cond_resched();
}

static void dcbm_list_fill(struct list_head *list,
			   const struct dcbm_pattern *pattern)
{
	struct folio *folio;
	u64 base = 0;

	list_for_each_entry(folio, list, lru) {
		dcbm_folio_fill(folio, pattern, base);
		base += folio_size(folio);
	}
}

static void dcbm_folio_check(struct dcbm_test *test, struct folio *folio,
			     const struct dcbm_pattern *pattern, u64 base,
			     enum dcbm_where where, u32 index)
{
	struct dcbm_test_result *res = test->res;
	size_t off, first, wrong;

	for (off = 0; off < folio_size(folio); off += PAGE_SIZE) {
		u64 *mem = kmap_local_folio(folio, off);

		wrong = dcbm_pattern_check(pattern, mem, PAGE_SIZE, base + off,
					   &first);
		if (wrong && !res->mismatches)
			res->first = (struct dcbm_mismatch) {
				.where = where,
				.folio = index,
				.offset = off + first,
				.expected = dcbm_pattern_word(pattern,
							      base + off + first),
				.found = mem[first / sizeof(*mem)],
				.batch = res->last_batch,
			};
		res->mismatches += wrong;
		kunmap_local(mem);
	}
	cond_resched();
}

static void dcbm_list_check(struct dcbm_test *test, struct list_head *list,
			    enum dcbm_where where)
{
	struct folio *folio;
	u64 base = 0;
	u32 index = 0;

	list_for_each_entry(folio, list, lru) {
		dcbm_folio_check(test, folio, &test->content, base, where, index++);
		base += folio_size(folio);
	}
}

static void dcbm_test_check(struct dcbm_test *test)
{
	u32 i;

	dcbm_list_check(test, &test->dst, DCBM_DST);
	dcbm_list_check(test, &test->src, DCBM_SRC);
	for (i = 0; i < DCBM_NR_GUARDS; i++)
		dcbm_folio_check(test, test->guards[i], &dcbm_guard_pattern, 0,
				 DCBM_GUARD, i);
}

/*
 * Fill the folios. The destinations get the complement of the content, so that a byte
 * that the engine does not write is always wrong.
 */
static void dcbm_test_fill(struct dcbm_test *test)
{
	const struct dcbm_trigger_spec *spec = test->spec;
	struct dcbm_pattern poison;
	u32 i;

	if (test->res->runs && !spec->verify)
		return;

	test->content = (struct dcbm_pattern) {
		.fill = spec->fill,
		.seed = (u64)spec->seed + test->res->runs,
	};
	dcbm_list_fill(&test->src, &test->content);
	if (!spec->verify)
		return;

	poison = test->content;
	poison.invert = true;
	dcbm_list_fill(&test->dst, &poison);
	for (i = 0; i < DCBM_NR_GUARDS; i++)
		dcbm_folio_fill(test->guards[i], &dcbm_guard_pattern, 0);
}

/* Copy the folios without the mark by the CPU, as page migration does. */
static void dcbm_test_copy_rest(struct dcbm_test *test)
{
	struct folio *dst = list_first_entry(&test->dst, struct folio, lru);
	struct folio *src;

	list_for_each_entry(src, &test->src, lru) {
		if (!dcbm_test_clear_copied(dst)) {
			folio_copy(dst, src);
			cond_resched();
		}
		dst = list_next_entry(dst, lru);
	}
}

static int dcbm_test_once(struct dcbm *d, struct dcbm_test *test)
{
	struct dcbm_test_result *res = test->res;
	struct dcbm_options opt = dcbm_options_get(d);
	struct dcbm_report report;
	unsigned int i;

	opt.backend = test->spec->backend;
	opt.nr_chan = test->spec->chan;
	dcbm_test_fill(test);
	dcbm_batch_copy(&d->pool, dcbm_next_batch(d), &opt, &test->dst, &test->src,
			&report);

	res->last_batch = report.id;
	if (!res->runs++)
		res->first_batch = report.id;
	res->folios += report.folios;
	res->copied += report.folios_dma;
	res->bytes += report.bytes;
	res->ns += report.ns;
	for (i = 0; i < DCBM_NR_REASONS; i++)
		res->left[i] += report.left[i].folios;

	/* The engine may still write to the folios: their content cannot be verified. */
	if (report.left[DCBM_FB_QUARANTINE].folios) {
		pr_err("trigger: batch %llu: a channel was quarantined\n", report.id);
		return -EIO;
	}

	dcbm_test_copy_rest(test);
	if (test->spec->verify)
		dcbm_test_check(test);
	if (!res->mismatches)
		return 0;

	pr_err("trigger: batch %llu: %llu wrong words, see debugfs/dcbm/trigger for the first one\n",
	       report.id, res->mismatches);
	return -EIO;
}

/*
 * Run the test batches of @res->spec, with channels held, until a batch has a wrong byte.
 * A signal ends the run after the current batch. Returns 0, -ENOMEM, -EINTR, or -EIO.
 */
int dcbm_test_run(struct dcbm *d, struct dcbm_test_result *res)
{
	struct dcbm_test test = {
		.spec = &res->spec,
		.res = res,
		.src = LIST_HEAD_INIT(test.src),
		.dst = LIST_HEAD_INIT(test.dst),
	};
	int ret;

	ret = dcbm_test_alloc(&test);
	if (ret == -ENOMEM)
		pr_err("trigger: out of memory for %u folios of order %u on nodes %u and %u\n",
		       res->spec.folios, res->spec.order, res->spec.src,
		       res->spec.dst);

	while (!ret && res->runs < res->spec.repeat) {
		ret = dcbm_test_once(d, &test);
		if (!ret && signal_pending(current) &&
		    res->runs < res->spec.repeat)
			ret = -EINTR;
	}
	dcbm_test_free(&test);
	return ret;
}
