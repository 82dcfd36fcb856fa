// SPDX-License-Identifier: GPL-2.0-only
/*
 * Deliberate memory corruption: a run with --damage shows that the check finds a lost write on
 * this machine and in this memory.
 */
#include <errno.h>
#include <stdlib.h>

#include "migrate/damage.h"
#include "migrate/verify.h"

const char *const damage_names[NR_DAMAGE_KINDS] = {
	[DAMAGE_NONE] = "none",
	[DAMAGE_LOST] = "lost",
	[DAMAGE_TORN] = "torn",
	[DAMAGE_SWAP] = "swap",
};

static void put_words(struct line *to, const struct line *from, unsigned int first)
{
	unsigned int i;

	for (i = first; i < LINE_WORDS; i++)
		__atomic_store_n(&to->word[i], from->word[i], __ATOMIC_RELAXED);
}

/**
 * damage_prepare() - choose a page and save its content
 * @d: gets the state
 * @kind: kind of corruption
 * @v: memory of at least two pages
 *
 * Between damage_prepare() and damage_do() every writer must pass through the whole memory:
 * only a write after the copy can be lost.
 *
 * Return: 0 or -ENOMEM.
 */
int damage_prepare(struct damage *d, enum damage_kind kind, struct verify *v)
{
	uint32_t pages = v->nr_lines / v->page_lines;
	uint32_t i;

	d->kind = kind;
	d->page = pages / 2 * v->page_lines;
	d->old = calloc(v->page_lines, sizeof(*d->old));
	if (!d->old)
		return -ENOMEM;
	for (i = 0; i < v->page_lines; i++)
		line_copy(&v->line[d->page + i], &d->old[i]);
	return 0;
}

static void swap_lines(struct line *a, struct line *b)
{
	struct line copy_a, copy_b;

	line_copy(a, &copy_a);
	line_copy(b, &copy_b);
	put_words(a, &copy_b, 0);
	put_words(b, &copy_a, 0);
}

/* Corrupts the memory of damage_prepare() and frees the saved content. Writers may run. */
void damage_do(struct damage *d, struct verify *v)
{
	struct line *page = &v->line[d->page];
	uint32_t i;

	for (i = 0; i < v->page_lines; i++) {
		if (d->kind == DAMAGE_LOST)
			put_words(&page[i], &d->old[i], 0);
		else if (d->kind == DAMAGE_TORN)
			put_words(&page[i], &d->old[i], LINE_WORDS / 2);
		else
			swap_lines(&page[i], &v->line[i]);
	}
	free(d->old);
	d->old = NULL;
}
