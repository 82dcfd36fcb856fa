/* SPDX-License-Identifier: GPL-2.0-only */
/* Own memory, of each kind that can be moved */
#ifndef DCBM_MEM_H
#define DCBM_MEM_H

#include <stddef.h>
#include <stdint.h>

struct mem;
struct tool;

/**
 * struct mem_kind - a kind of memory
 * @name: name on the command line
 * @map: maps @mem->size bytes, sets @mem->base and @mem->map_; returns 0 or TOOL_ENV
 */
struct mem_kind {
	const char *name;
	int (*map)(struct tool *t, struct mem *mem);
};

/** mem_kinds - all kinds, ended by an entry without name */
extern const struct mem_kind mem_kinds[];

/**
 * struct mem - a mapping of own memory
 * @kind: kind of memory
 * @base: first byte
 * @size: bytes, a multiple of @unit
 * @unit: intended size of the folios
 * @map_base: start of the whole mapping, for munmap()
 * @map_size: size of the whole mapping
 * @dir: folder for the file
 * @fs: name of the file system, "" if there is none
 */
struct mem {
	const struct mem_kind *kind;
	void *base;
	size_t size;
	size_t unit;
	void *map_base;
	size_t map_size;
	const char *dir;
	char fs[16];
};

const struct mem_kind *mem_kind_find(const char *name, size_t len);
size_t mem_huge_size(const struct tool *t);
int mem_map(struct tool *t, struct mem *mem, const struct mem_kind *kind, size_t size,
	    const char *dir);
void mem_unmap(struct mem *mem);
uint64_t mem_available(const struct tool *t);

#endif /* DCBM_MEM_H */
