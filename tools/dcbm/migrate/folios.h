/* SPDX-License-Identifier: GPL-2.0-only */
/* Folios of a process */
#ifndef DCBM_FOLIOS_H
#define DCBM_FOLIOS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** struct area - part of an address space, page aligned; @end is the first byte after it */
struct area {
	uint64_t start;
	uint64_t end;
};

/** struct areas - disjoint parts of an address space */
struct areas {
	struct area *v;
	size_t nr;
};

/**
 * struct folio - a folio, or the part of it that is mapped contiguously
 * @addr: address of the first byte
 * @pages: number of base pages
 * @status: status from move_pages(2), if @tried
 * @tried: a call of move_pages(2) had this folio
 * @active: writers wrote during that call
 */
struct folio {
	uint64_t addr;
	uint32_t pages;
	int32_t status;
	bool tried;
	bool active;
};

/**
 * struct folio_list - folios in the order of the areas
 * @v: the folios
 * @nr: number of folios
 * @room: allocated entries of @v
 * @pages: number of base pages in all folios
 * @large: number of folios with more than one page
 */
struct folio_list {
	struct folio *v;
	size_t nr;
	size_t room;
	uint64_t pages;
	size_t large;
};

/**
 * struct scanner - page map of a process
 * @pagemap: /proc/PID/pagemap
 * @flags: /proc/kpageflags, -1 if not accessible
 * @page_size: bytes per page
 * @huge_size: size of all folios if @flags is not accessible, 0 for base pages
 */
struct scanner {
	int pagemap;
	int flags;
	size_t page_size;
	size_t huge_size;
};

int areas_add(struct areas *areas, uint64_t start, uint64_t end);
void areas_free(struct areas *areas);

int folio_add(struct folio_list *list, uint64_t addr, uint32_t pages);
void folios_clear(struct folio_list *list);
void folios_free(struct folio_list *list);

int scanner_open(struct scanner *s, const char *procfs, int pid);
void scanner_close(struct scanner *s);
int folios_scan(struct scanner *s, const struct areas *areas, struct folio_list *list);

#endif /* DCBM_FOLIOS_H */
