// SPDX-License-Identifier: GPL-2.0-only
/*
 * Letting go of what has been read, see report_trim.h.
 *
 * DOC: libtracecmd maps the whole buffer of a CPU, and what was read of it stays in memory
 * as long as nobody else wants that. The kernel would take it back in time; but others who
 * look at the process see one that is as large as the recording.
 */
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "report_trim.h"

/**
 * trim_file() - let go of a file's pages in memory
 * @file: its name
 *
 * Only of mappings that cannot be written, whose pages are read again when needed.
 */
void trim_file(const char *file)
{
	unsigned int major, minor;
	unsigned long from, to, inode;
	char perms[5], line[512];
	struct stat st;
	FILE *maps;

	if (stat(file, &st))
		return;
	maps = fopen("/proc/self/maps", "re");
	while (maps && fgets(line, sizeof(line), maps)) {
		if (sscanf(line, "%lx-%lx %4s %*x %x:%x %lu", &from, &to, perms, &major, &minor,
			   &inode) != 6)
			continue;
		if (perms[1] == '-' && inode == st.st_ino && makedev(major, minor) == st.st_dev)
			madvise((void *)from, to - from, MADV_DONTNEED);
	}
	if (maps)
		fclose(maps);
}
