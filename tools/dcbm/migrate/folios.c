// SPDX-License-Identifier: GPL-2.0-only
/**
 * DOC: Folios of a process
 *
 * move_pages(2) takes addresses of pages but moves folios. A second address in the same folio
 * gets -EBUSY and ends the batch that the kernel is gathering, so each folio must be listed
 * once. pagemap has the frame of each page, kpageflags has the head and tail pages of folios.
 * Both files need root. Without root all folios are taken for base pages, or for folios of the
 * size that the caller set in &scanner.huge_size.
 *
 * Formats: Documentation/admin-guide/mm/pagemap.rst.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/kernel-page-flags.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "lib/util.h"
#include "migrate/folios.h"

#define PM_PRESENT	BIT_ULL(63)
#define PM_PFN		(BIT_ULL(55) - 1)

/* Entries per read() */
#define SCAN_CHUNK	2048u

int areas_add(struct areas *areas, uint64_t start, uint64_t end)
{
	struct area *v = realloc(areas->v, (areas->nr + 1) * sizeof(*v));

	if (!v)
		return -ENOMEM;
	areas->v = v;
	areas->v[areas->nr++] = (struct area) { start, end };
	return 0;
}

void areas_free(struct areas *areas)
{
	free(areas->v);
	*areas = (struct areas) { .v = NULL };
}

int folio_add(struct folio_list *list, uint64_t addr, uint32_t pages)
{
	if (list->nr == list->room) {
		size_t room = list->room ? 2 * list->room : 1024;
		struct folio *v = realloc(list->v, room * sizeof(*v));

		if (!v)
			return -ENOMEM;
		list->v = v;
		list->room = room;
	}
	list->v[list->nr++] = (struct folio) { .addr = addr, .pages = pages };
	list->pages += pages;
	list->large += pages > 1;
	return 0;
}

/* Empties a list, but keeps its memory. */
void folios_clear(struct folio_list *list)
{
	list->nr = 0;
	list->pages = 0;
	list->large = 0;
}

void folios_free(struct folio_list *list)
{
	free(list->v);
	*list = (struct folio_list) { .v = NULL };
}

/**
 * scanner_open() - open the page map of a process
 * @s: gets the open files
 * @procfs: where procfs is mounted
 * @pid: process, 0 for this one
 *
 * Return: 0 or a negative errno.
 */
int scanner_open(struct scanner *s, const char *procfs, int pid)
{
	char path[PATH_MAX + 32];

	if (pid)
		snprintf(path, sizeof(path), "%s/%d/pagemap", procfs, pid);
	else
		snprintf(path, sizeof(path), "%s/self/pagemap", procfs);
	s->page_size = (size_t)sysconf(_SC_PAGESIZE);
	s->huge_size = 0;
	s->pagemap = open(path, O_RDONLY | O_CLOEXEC);
	if (s->pagemap < 0)
		return -errno;
	snprintf(path, sizeof(path), "%s/kpageflags", procfs);
	s->flags = open(path, O_RDONLY | O_CLOEXEC);
	return 0;
}

void scanner_close(struct scanner *s)
{
	close(s->pagemap);
	if (s->flags >= 0)
		close(s->flags);
}

/* State of the scan at the previous page */
struct scan {
	struct scanner *s;
	struct folio_list *list;
	uint64_t pfn;
};

static int add_page(struct scan *scan, uint64_t addr, uint64_t pfn, uint64_t flags)
{
	struct folio_list *list = scan->list;
	size_t huge = scan->s->huge_size;
	struct folio *prev = list->nr ? &list->v[list->nr - 1] : NULL;
	bool adjacent, tail;

	if (flags & BIT_ULL(KPF_ZERO_PAGE))
		return 0;
	adjacent = prev && prev->addr + prev->pages * scan->s->page_size == addr;
	if (pfn)
		tail = flags & BIT_ULL(KPF_COMPOUND_TAIL) && pfn == scan->pfn + 1;
	else
		tail = huge && addr & (huge - 1);
	scan->pfn = pfn;
	if (!adjacent || !tail)
		return folio_add(list, addr, 1);
	list->large += prev->pages == 1;
	list->pages++;
	prev->pages++;
	return 0;
}

/* Reads the flags of @nr frames from @pfn on; zeroes if the flags are not accessible. */
static void read_flags(struct scanner *s, uint64_t pfn, uint64_t *flags, unsigned int nr)
{
	size_t len = nr * sizeof(*flags);
	unsigned int i;

	if (pfn && s->flags >= 0 &&
	    pread(s->flags, flags, len, (off_t)(pfn * sizeof(*flags))) == (ssize_t)len)
		return;
	for (i = 0; i < nr; i++)
		flags[i] = 0;
}

/* Adjacent frames are looked up together, so that a huge page needs one read(). */
static int add_entries(struct scan *scan, uint64_t addr, const uint64_t *entry, unsigned int nr)
{
	uint64_t flags[SCAN_CHUNK];
	unsigned int i, j, run;
	int ret;

	for (i = 0; i < nr; i += run) {
		uint64_t pfn = entry[i] & PM_PFN;

		run = 1;
		if (!(entry[i] & PM_PRESENT))
			continue;
		while (i + run < nr && entry[i + run] & PM_PRESENT &&
		       (entry[i + run] & PM_PFN) == (pfn ? pfn + run : 0))
			run++;
		read_flags(scan->s, pfn, flags, run);
		for (j = 0; j < run; j++) {
			ret = add_page(scan, addr + (i + j) * scan->s->page_size,
				       pfn ? pfn + j : 0, flags[j]);
			if (ret)
				return ret;
		}
	}
	return 0;
}

static int scan_area(struct scan *scan, const struct area *area)
{
	size_t page_size = scan->s->page_size;
	uint64_t entry[SCAN_CHUNK];
	uint64_t addr = area->start;

	while (addr < area->end) {
		uint64_t nr = (area->end - addr) / page_size;
		off_t at = (off_t)(addr / page_size * sizeof(entry[0]));
		ssize_t got;
		int ret;

		if (nr > SCAN_CHUNK)
			nr = SCAN_CHUNK;
		got = pread(scan->s->pagemap, entry, nr * sizeof(entry[0]), at);
		if (got < 0)
			return -errno;
		nr = (uint64_t)got / sizeof(entry[0]);
		/* The end of the address space, or of the process */
		if (!nr)
			return 0;
		ret = add_entries(scan, addr, entry, (unsigned int)nr);
		if (ret)
			return ret;
		addr += nr * page_size;
	}
	return 0;
}

/**
 * folios_scan() - list the folios that are present
 * @s: process
 * @areas: areas to scan
 * @list: gets the folios
 *
 * Pages that are not present and the zero page are not listed. A process that has ended has no
 * folios.
 *
 * Return: 0 or a negative errno.
 */
int folios_scan(struct scanner *s, const struct areas *areas, struct folio_list *list)
{
	struct scan scan = { .s = s, .list = list };
	size_t i;
	int ret;

	folios_clear(list);
	for (i = 0; i < areas->nr; i++) {
		ret = scan_area(&scan, &areas->v[i]);
		if (ret)
			return ret;
	}
	return 0;
}
