// SPDX-License-Identifier: GPL-2.0-only
/*
 * Own memory of each kind. Files have no name, so that their memory is freed even if the process
 * is killed.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/magic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "lib/files.h"
#include "lib/num.h"
#include "lib/tool.h"
#include "lib/util.h"
#include "migrate/mem.h"

/* Not in linux/magic.h. */
#define XFS_MAGIC	0x58465342UL

static const struct {
	unsigned long magic;
	const char *name;
} file_systems[] = {
	{ EXT4_SUPER_MAGIC, "ext4" }, { XFS_MAGIC, "xfs" }, { BTRFS_SUPER_MAGIC, "btrfs" },
	{ TMPFS_MAGIC, "tmpfs" }, { RAMFS_MAGIC, "ramfs" }, { OVERLAYFS_SUPER_MAGIC, "overlay" },
	{ V9FS_MAGIC, "9p" }, { NFS_SUPER_MAGIC, "nfs" },
};

static int cannot_map(struct tool *t, const struct mem *mem, int err)
{
	return tool_fail(t, TOOL_ENV, "migrate: cannot map %zu bytes of %s: %s", mem->size,
			 mem->kind->name, strerror(err));
}

static int map_it(struct tool *t, struct mem *mem, size_t size, int flags, int fd)
{
	void *base = mmap(NULL, size, PROT_READ | PROT_WRITE, flags, fd, 0);

	if (base == MAP_FAILED)
		return cannot_map(t, mem, errno);
	mem->map_base = base;
	mem->map_size = size;
	mem->base = base;
	return 0;
}

/* Prevents huge pages. madvise() fails only on a kernel without huge pages. */
static void no_huge(const struct mem *mem)
{
	madvise(mem->base, mem->size, MADV_NOHUGEPAGE);
}

static int map_anon(struct tool *t, struct mem *mem)
{
	int ret = map_it(t, mem, mem->size, MAP_PRIVATE | MAP_ANONYMOUS, -1);

	if (!ret)
		no_huge(mem);
	return ret;
}

static int map_thp(struct tool *t, struct mem *mem)
{
	size_t huge = mem_huge_size(t);
	int ret;

	if (!huge)
		return tool_fail(t, TOOL_ENV,
				 "migrate: --kind thp: the kernel has no transparent huge pages");
	mem->unit = huge;
	mem->size = (mem->size + huge - 1) / huge * huge;
	ret = map_it(t, mem, mem->size + huge, MAP_PRIVATE | MAP_ANONYMOUS, -1);
	if (ret)
		return ret;
	mem->base = (char *)mem->map_base + (-(uintptr_t)mem->map_base & (huge - 1));
	if (madvise(mem->base, mem->size, MADV_HUGEPAGE))
		return tool_fail(t, TOOL_ENV, "migrate: --kind thp: cannot ask for huge pages: %m");
	return 0;
}

/* Takes the ownership of @fd. */
static int map_file(struct tool *t, struct mem *mem, int fd)
{
	/* Fail now, instead of by SIGBUS when the memory is filled. */
	int ret = posix_fallocate(fd, 0, (off_t)mem->size);

	if (ret)
		ret = tool_fail(t, TOOL_ENV, "migrate: cannot allocate %zu bytes of %s%s%s: %s",
				mem->size, mem->kind->name, mem->dir ? " in " : "", mem->dir ?: "",
				strerror(ret));
	else
		ret = map_it(t, mem, mem->size, MAP_SHARED, fd);
	close(fd);
	if (!ret)
		no_huge(mem);
	return ret;
}

static int map_shmem(struct tool *t, struct mem *mem)
{
	int fd = memfd_create("dcbm", MFD_CLOEXEC);

	mem->dir = NULL;
	return fd < 0 ? cannot_map(t, mem, errno) : map_file(t, mem, fd);
}

static void name_fs(struct mem *mem, int fd)
{
	struct statfs fs;
	size_t i;

	if (fstatfs(fd, &fs))
		return;
	snprintf(mem->fs, sizeof(mem->fs), "%#lx", (unsigned long)fs.f_type);
	for (i = 0; i < ARRAY_SIZE(file_systems); i++)
		if (file_systems[i].magic == (unsigned long)fs.f_type)
			snprintf(mem->fs, sizeof(mem->fs), "%s", file_systems[i].name);
}

static int map_named(struct tool *t, struct mem *mem)
{
	char path[PATH_MAX];
	int fd;

	fd = open(mem->dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (fd < 0 && (errno == EOPNOTSUPP || errno == EISDIR)) {
		snprintf(path, sizeof(path), "%s/dcbm-XXXXXX", mem->dir);
		fd = mkostemp(path, O_CLOEXEC);
		if (fd >= 0)
			unlink(path);
	}
	if (fd < 0)
		return tool_fail(t, TOOL_ENV,
				 "migrate: cannot create a file in %s: %m; choose another folder with --file-dir",
				 mem->dir);
	name_fs(mem, fd);
	return map_file(t, mem, fd);
}

const struct mem_kind mem_kinds[] = {
	{ "anon", map_anon },
	{ "thp", map_thp },
	{ "shmem", map_shmem },
	{ "file", map_named },
	{ .name = NULL }
};

const struct mem_kind *mem_kind_find(const char *name, size_t len)
{
	const struct mem_kind *kind;

	for (kind = mem_kinds; kind->name; kind++)
		if (strlen(kind->name) == len && !strncmp(kind->name, name, len))
			return kind;
	return NULL;
}

/* Returns the size of a transparent huge page, a power of two, or 0 without huge pages. */
size_t mem_huge_size(const struct tool *t)
{
	char path[PATH_MAX + 64], *line;
	uint64_t size = 0;

	snprintf(path, sizeof(path), "%s/kernel/mm/transparent_hugepage/hpage_pmd_size",
		 t->sysfs);
	line = text_line(path);
	if (line && (num_u64(line, 1, SIZE_MAX / 2, &size) || size & (size - 1)))
		size = 0;
	free(line);
	return size;
}

/**
 * mem_map() - map memory
 * @t: run
 * @mem: gets the mapping
 * @kind: kind of memory
 * @size: bytes; rounded up to whole pages, or huge pages
 * @dir: folder for kind file
 *
 * Shared memory may be allocated here, so the memory policy must be set before.
 *
 * Return: 0 or TOOL_ENV with the reason noted.
 */
int mem_map(struct tool *t, struct mem *mem, const struct mem_kind *kind, size_t size,
	    const char *dir)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	int ret;

	*mem = (struct mem) {
		.kind = kind,
		.size = (size + page - 1) / page * page,
		.unit = page,
		.dir = dir,
	};
	ret = kind->map(t, mem);
	if (ret)
		mem_unmap(mem);
	return ret;
}

void mem_unmap(struct mem *mem)
{
	if (mem->map_base)
		munmap(mem->map_base, mem->map_size);
	mem->map_base = NULL;
}

/* Returns the memory that is available without swapping, in bytes, or UINT64_MAX if unknown. */
uint64_t mem_available(const struct tool *t)
{
	char path[PATH_MAX + 16];
	unsigned long kib = 0;
	struct text text;
	const char *at;

	snprintf(path, sizeof(path), "%s/meminfo", t->procfs);
	if (text_read(path, &text))
		return UINT64_MAX;
	at = strstr(text.buf, "\nMemAvailable:");
	if (!at || sscanf(at, "\nMemAvailable: %lu", &kib) != 1)
		kib = ULONG_MAX >> 10;
	text_free(&text);
	return (uint64_t)kib << 10;
}
