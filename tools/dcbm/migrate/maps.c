// SPDX-License-Identifier: GPL-2.0-only
/* Mappings of a process. Formats: Documentation/filesystems/proc.rst */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "migrate/folios.h"
#include "migrate/maps.h"

/* Names of shared mappings of memory without a file */
static const char *const anon_shared[] = {
	"/dev/zero (deleted)", "/memfd:", "/SYSV", "[anon_shmem:", NULL
};

static bool begins_with_any(const char *name, const char *const *list)
{
	for (; *list; list++)
		if (!strncmp(name, *list, strlen(*list)))
			return true;
	return false;
}

/*
 * Parses a line of /proc/PID/maps. Returns whether the mapping is to be moved: private and
 * writable, private and anonymous, or shared memory without a file.
 */
bool maps_wanted(const char *line, uint64_t *start, uint64_t *end)
{
	char perms[5] = "", name[256] = "";
	unsigned long from, to;

	if (sscanf(line, "%lx-%lx %4s %*s %*s %*s %255[^\n]", &from, &to, perms, name) < 3 ||
	    to <= from)
		return false;
	*start = from;
	*end = to;
	if (perms[3] == 'p')
		return perms[1] == 'w' || !*name;
	return begins_with_any(name, anon_shared);
}

/**
 * maps_read() - find the memory of a process
 * @procfs: where procfs is mounted
 * @pid: process
 * @areas: the mappings that maps_wanted() accepts are added
 *
 * Return: 0 or a negative errno; -ENOENT or -ESRCH if there is no such process.
 */
int maps_read(const char *procfs, int pid, struct areas *areas)
{
	char path[PATH_MAX + 32], *line = NULL;
	uint64_t start, end;
	size_t room = 0;
	int ret = 0;
	FILE *in;

	snprintf(path, sizeof(path), "%s/%d/maps", procfs, pid);
	in = fopen(path, "re");
	if (!in)
		return -errno;
	errno = 0;
	while (!ret && getline(&line, &room, in) > 0)
		if (maps_wanted(line, &start, &end))
			ret = areas_add(areas, start, end);
	if (!ret && ferror(in))
		ret = errno ? -errno : -EIO;
	free(line);
	fclose(in);
	return ret;
}

/*
 * Returns a value in bytes, such as "AnonHugePages", of the own mapping that contains @base, or
 * -1 if unknown.
 */
int64_t smaps_value(const char *procfs, const void *base, const char *key)
{
	char path[PATH_MAX + 32], *line = NULL;
	size_t room = 0, len = strlen(key);
	unsigned long start, end, kib;
	bool inside = false;
	int64_t value = -1;
	FILE *in;

	snprintf(path, sizeof(path), "%s/self/smaps", procfs);
	in = fopen(path, "re");
	if (!in)
		return -1;
	while (value < 0 && getline(&line, &room, in) > 0) {
		if (sscanf(line, "%lx-%lx ", &start, &end) == 2)
			inside = (uintptr_t)base >= start && (uintptr_t)base < end;
		else if (inside && !strncmp(line, key, len) && line[len] == ':' &&
			 sscanf(line + len + 1, "%lu", &kib) == 1)
			value = (int64_t)kib * 1024;
	}
	free(line);
	fclose(in);
	return value;
}
