// SPDX-License-Identifier: GPL-2.0-only
/*
 * latewrite KIND HELD FREE NODE
 *
 * Move HELD pages, to which the module dcbm_latewrite holds a reference, and FREE other
 * pages in one batch to NODE. KIND is anon or shmem. Prints the pages with a wrong content:
 * a held page must have the write that the module makes after the batch copy.
 *
 * Exit status: 0 no write was lost, 1 a write was lost, 2 usage, 3 environment.
 */
#include <err.h>
#include <fcntl.h>
#include <numaif.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define HOLD		"/sys/kernel/debug/dcbm_latewrite/hold"
#define MAX_PAGES	512

/* Must match tests/modules/dcbm_latewrite.c. */
#define LATE_WORD	0x1a7e1a7e1a7e1a7eULL

#define EXIT_LOST	1
#define EXIT_USAGE	2
#define EXIT_BROKEN	3

static void hold(void *page)
{
	char text[32];
	int len = snprintf(text, sizeof(text), "%p", page);
	int fd = open(HOLD, O_WRONLY);

	if (fd < 0 || write(fd, text, len) != len)
		err(EXIT_BROKEN, HOLD);
	close(fd);
}

static int by_name(const char *kind)
{
	if (!strcmp(kind, "anon"))
		return MAP_PRIVATE;
	if (!strcmp(kind, "shmem"))
		return MAP_SHARED;
	errx(EXIT_USAGE, "KIND %s: must be anon or shmem", kind);
}

int main(int argc, char **argv)
{
	long page = sysconf(_SC_PAGESIZE);
	int nodes[MAX_PAGES], status[MAX_PAGES];
	void *pages[MAX_PAGES];
	int held, n, node, i, lost = 0, stayed = 0;
	char *mem;

	if (argc != 5)
		errx(EXIT_USAGE, "usage: latewrite KIND HELD FREE NODE");
	held = atoi(argv[2]);
	n = held + atoi(argv[3]);
	node = atoi(argv[4]);
	if (held < 1 || n > MAX_PAGES)
		errx(EXIT_USAGE, "HELD must be at least 1, and HELD + FREE at most %d", MAX_PAGES);

	mem = mmap(NULL, n * page, PROT_READ | PROT_WRITE,
		   by_name(argv[1]) | MAP_ANONYMOUS, -1, 0);
	if (mem == MAP_FAILED)
		err(EXIT_BROKEN, "mmap");
	for (i = 0; i < n; i++) {
		pages[i] = mem + i * page;
		nodes[i] = node;
		status[i] = -1;
		*(uint64_t *)pages[i] = i;
	}
	for (i = 0; i < held; i++)
		hold(pages[i]);

	if (move_pages(0, n, pages, nodes, status, MPOL_MF_MOVE) < 0)
		err(EXIT_BROKEN, "move_pages");

	for (i = 0; i < n; i++) {
		uint64_t want = i < held ? LATE_WORD : (uint64_t)i;
		uint64_t found = __atomic_load_n((uint64_t *)pages[i], __ATOMIC_RELAXED);

		stayed += status[i] != node;
		if (found == want)
			continue;
		lost++;
		printf("page %d (status %d): expected %#llx, found %#llx\n", i,
		       status[i], (unsigned long long)want,
		       (unsigned long long)found);
	}
	printf("pages %d held %d stayed %d lost %d\n", n, held, stayed, lost);
	return lost ? EXIT_LOST : 0;
}
