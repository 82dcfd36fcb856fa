/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which folios make up the memory of a process.
 */
#ifndef DCBM_FOLIOS_H
#define DCBM_FOLIOS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** struct area - part of an address space, page aligned, @end not in it */
struct area {
	uint64_t start;
	uint64_t end;
};

/** struct areas - parts of an address space, ascending and apart */
struct areas {
	struct area *v;
	size_t nr;
};

/**
 * struct folio - one folio, or the part of it that is mapped in one piece
 * @addr: its first byte
 * @pages: its length in base pages
 * @status: what move_pages(2) said of it, if it was @tried
 * @tried: a call named it
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
 * struct folio_list - folios in ascending order
 * @v: the folios
 * @nr: their number
 * @room: allocated entries of @v
 * @pages: sum of their pages
 * @large: number of those with more than one page
 */
struct folio_list {
	struct folio *v;
	size_t nr;
	size_t room;
	uint64_t pages;
	size_t large;
};

/**
 * struct scanner - looks at one process
 * @pagemap: /proc/PID/pagemap
 * @flags: /proc/kpageflags, -1 if it may not be read
 * @page_size: bytes a page
 * @huge_size: where @flags may not be read: all memory is known to be in folios of
 *	this size, 0 for base pages
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
