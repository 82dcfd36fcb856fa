// SPDX-License-Identifier: GPL-2.0-only
/* Mappings and folios of a process, from files that look like procfs */
#include <errno.h>
#include <linux/kernel-page-flags.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "fixture.h"
#include "lib/util.h"
#include "migrate/folios.h"
#include "migrate/maps.h"

#define PID		4711
#define HEAD		BIT_ULL(KPF_COMPOUND_HEAD)
#define TAIL		BIT_ULL(KPF_COMPOUND_TAIL)
#define ZERO		BIT_ULL(KPF_ZERO_PAGE)
#define PRESENT		BIT_ULL(63)
#define SWAPPED		BIT_ULL(62)

/* Frames: 1 and 2 base pages, 4 to 7 a folio, 8 the zero page, 9 to 10 a folio. */
static const uint64_t flags[] = { 0, 0, 0, 0, HEAD, TAIL, TAIL, TAIL, ZERO, HEAD, TAIL, 0 };

static size_t page_size(void)
{
	return (size_t)sysconf(_SC_PAGESIZE);
}

static void scan(struct fixture *fx, const uint64_t *entry, size_t nr, struct folio_list *list)
{
	char procfs[128];
	struct areas areas = { .v = NULL };
	struct scanner s;

	fixture_write_bytes(fx, "procfs/4711/pagemap", entry, nr * sizeof(*entry));
	snprintf(procfs, sizeof(procfs), "%s/procfs", fx->dir);
	assert_int_equal(areas_add(&areas, 0, nr * page_size()), 0);
	assert_int_equal(scanner_open(&s, procfs, PID), 0);
	assert_int_equal(folios_scan(&s, &areas, list), 0);
	scanner_close(&s);
	areas_free(&areas);
}

static void expect(const struct folio_list *list, size_t i, uint64_t page, uint32_t pages)
{
	assert_true(i < list->nr);
	assert_int_equal(list->v[i].addr, page * page_size());
	assert_int_equal(list->v[i].pages, pages);
}

static void test_scan(void **state)
{
	const uint64_t entry[] = {
		PRESENT | 2, PRESENT | 1,			/* two base pages */
		0, SWAPPED | 77,				/* not present */
		PRESENT | 4, PRESENT | 5, PRESENT | 6, PRESENT | 7,	/* a whole folio */
		PRESENT | 8,					/* zero page */
		PRESENT | 6, PRESENT | 7,			/* the tail of a folio */
		PRESENT | 9, PRESENT | 10,			/* and an adjacent whole folio */
		PRESENT | 11,					/* base page after a tail */
		PRESENT | 4, 0, PRESENT | 6,			/* a folio with a hole */
		PRESENT | 4, PRESENT | 7,			/* a folio with a missing frame */
	};
	struct folio_list list = { .v = NULL };
	struct fixture *fx = *state;

	fixture_write_bytes(fx, "procfs/kpageflags", flags, sizeof(flags));
	scan(fx, entry, ARRAY_SIZE(entry), &list);
	assert_int_equal(list.nr, 10);
	expect(&list, 0, 0, 1);
	expect(&list, 1, 1, 1);
	expect(&list, 2, 4, 4);
	expect(&list, 3, 9, 2);
	expect(&list, 4, 11, 2);
	expect(&list, 5, 13, 1);
	expect(&list, 6, 14, 1);
	expect(&list, 7, 16, 1);
	expect(&list, 8, 17, 1);
	expect(&list, 9, 18, 1);
	assert_int_equal(list.pages, 15);
	assert_int_equal(list.large, 3);
	folios_free(&list);
}

/* Folios across the boundary of two read() calls */
static void test_scan_long(void **state)
{
	enum { NR = 5000, FOLIO = 8 };
	static uint64_t entry[NR], big[NR + FOLIO];
	struct folio_list list = { .v = NULL };
	struct fixture *fx = *state;
	unsigned int i;

	for (i = 0; i < NR; i++)
		entry[i] = PRESENT | (i + FOLIO);
	for (i = 0; i < NR + FOLIO; i++)
		big[i] = (i + 3) % FOLIO ? TAIL : HEAD;
	fixture_write_bytes(fx, "procfs/kpageflags", big, sizeof(big));
	scan(fx, entry, NR, &list);
	assert_int_equal(list.pages, NR);
	expect(&list, 0, 0, 5);
	for (i = 1; i + 1 < list.nr; i++)
		expect(&list, i, 5 + (i - 1) * FOLIO, FOLIO);
	folios_free(&list);
}

/* Without root there are no frame numbers: base pages, unless the caller knows the size. */
static void test_scan_no_frames(void **state)
{
	const uint64_t entry[] = { PRESENT, PRESENT, 0, PRESENT };
	struct folio_list list = { .v = NULL };
	struct fixture *fx = *state;
	struct areas areas = { .v = NULL };
	char procfs[128];
	struct scanner s;

	scan(fx, entry, ARRAY_SIZE(entry), &list);
	assert_int_equal(list.nr, 3);
	assert_int_equal(list.large, 0);

	snprintf(procfs, sizeof(procfs), "%s/procfs", fx->dir);
	assert_int_equal(areas_add(&areas, 0, 4 * page_size()), 0);
	assert_int_equal(scanner_open(&s, procfs, PID), 0);
	s.huge_size = 2 * page_size();
	assert_int_equal(folios_scan(&s, &areas, &list), 0);
	assert_int_equal(list.nr, 2);
	expect(&list, 0, 0, 2);
	expect(&list, 1, 3, 1);
	scanner_close(&s);
	areas_free(&areas);
	folios_free(&list);
}

/* A process that has ended has an empty pagemap at first, and no pagemap later. */
static void test_scan_ended(void **state)
{
	struct folio_list list = { .v = NULL };
	struct fixture *fx = *state;
	struct areas areas = { .v = NULL };
	char procfs[128];
	struct scanner s;

	snprintf(procfs, sizeof(procfs), "%s/procfs", fx->dir);
	assert_int_equal(scanner_open(&s, procfs, PID), -ENOENT);
	fixture_write(fx, "procfs/4711/pagemap", "");
	assert_int_equal(areas_add(&areas, 0, page_size()), 0);
	assert_int_equal(scanner_open(&s, procfs, PID), 0);
	assert_int_equal(folios_scan(&s, &areas, &list), 0);
	assert_int_equal(list.nr, 0);
	scanner_close(&s);
	areas_free(&areas);
	folios_free(&list);
}

/* The real files: touched pages are present, untouched pages are not. */
static void test_scan_self(void **state)
{
	struct folio_list list = { .v = NULL };
	struct areas areas = { .v = NULL };
	size_t size = 64 * page_size();
	struct scanner s;
	char *base;

	(void)state;
	base = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	assert_true(base != MAP_FAILED);
	madvise(base, size, MADV_NOHUGEPAGE);
	memset(base + 3 * page_size(), 1, 10 * page_size());
	assert_int_equal(areas_add(&areas, (uintptr_t)base, (uintptr_t)base + size), 0);
	assert_int_equal(scanner_open(&s, "/proc", 0), 0);
	assert_int_equal(folios_scan(&s, &areas, &list), 0);
	assert_int_equal(list.nr, 10);
	assert_int_equal(list.v[0].addr, (uintptr_t)base + 3 * page_size());
	scanner_close(&s);
	munmap(base, size);
	areas_free(&areas);
	folios_free(&list);
}

static void test_maps(void **state)
{
	static const struct {
		const char *line;
		bool wanted;
	} cases[] = {
		{ "55d0-55d8 r-xp 00002000 fd:00 1234       /usr/bin/sort\n", false },
		{ "55d0-55d8 r--p 00002000 fd:00 1234       /usr/bin/sort\n", false },
		{ "55d0-55d8 rw-p 00002000 fd:00 1234       /usr/bin/sort\n", true },
		{ "55d0-55d8 rw-p 00000000 00:00 0          [heap]\n", true },
		{ "55d0-55d8 rw-p 00000000 00:00 0          [stack]\n", true },
		{ "55d0-55d8 rw-p 00000000 00:00 0\n", true },
		{ "55d0-55d8 r--p 00000000 00:00 0\n", true },
		{ "55d0-55d8 rw-p 00000000 00:00 0          [anon: glibc: malloc]\n", true },
		{ "55d0-55d8 r--p 00000000 00:00 0          [vvar]\n", false },
		{ "55d0-55d8 r-xp 00000000 00:00 0          [vdso]\n", false },
		{ "ffff0-ffff8 --xp 00000000 00:00 0        [vsyscall]\n", false },
		{ "55d0-55d8 rw-s 00000000 00:01 42         /dev/zero (deleted)\n", true },
		{ "55d0-55d8 rw-s 00000000 00:01 42         /memfd:dcbm (deleted)\n", true },
		{ "55d0-55d8 rw-s 00000000 00:01 42         /SYSV00000000 (deleted)\n", true },
		{ "55d0-55d8 rw-s 00000000 fd:00 42         /var/lib/db\n", false },
		{ "55d8-55d0 rw-p 00000000 00:00 0\n", false },
		{ "garbage\n", false },
		{ "\n", false },
		{ "55d0-55d8\n", false },
		{ "55d0-55d8 r\n", false },
	};
	uint64_t start, end;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++)
		if (maps_wanted(cases[i].line, &start, &end) != cases[i].wanted)
			fail_msg("wrong about: %s", cases[i].line);
	assert_true(maps_wanted("7f00a000-7f00c000 rw-p 0 00:00 0\n", &start, &end));
	assert_int_equal(start, 0x7f00a000);
	assert_int_equal(end, 0x7f00c000);
}

static void test_maps_read(void **state)
{
	struct areas areas = { .v = NULL };
	struct fixture *fx = *state;
	char procfs[128];

	snprintf(procfs, sizeof(procfs), "%s/procfs", fx->dir);
	assert_int_equal(maps_read(procfs, PID, &areas), -ENOENT);
	fixture_write(fx, "procfs/4711/maps",
		      "1000-3000 r-xp 00000000 fd:00 12 /bin/x\n"
		      "3000-5000 rw-p 00000000 fd:00 12 /bin/x\n"
		      "9000-a000 rw-p 00000000 00:00 0\n");
	assert_int_equal(maps_read(procfs, PID, &areas), 0);
	assert_int_equal(areas.nr, 2);
	assert_int_equal(areas.v[0].start, 0x3000);
	assert_int_equal(areas.v[1].end, 0xa000);
	areas_free(&areas);
}

static void test_smaps(void **state)
{
	struct fixture *fx = *state;
	char procfs[128];

	snprintf(procfs, sizeof(procfs), "%s/procfs", fx->dir);
	assert_int_equal(smaps_value(procfs, (void *)0x2000, "AnonHugePages"), -1);
	fixture_write(fx, "procfs/self/smaps",
		      "1000-2000 rw-p 00000000 00:00 0\n"
		      "AnonHugePages:         4 kB\n"
		      "2000-5000 rw-p 00000000 00:00 0 [heap]\n"
		      "Size:                 12 kB\n"
		      "AnonHugePages:      8192 kB\n"
		      "VmFlags: rd wr mr mw me ac sd hg\n");
	assert_int_equal(smaps_value(procfs, (void *)0x2000, "AnonHugePages"), 8192 * 1024);
	assert_int_equal(smaps_value(procfs, (void *)0x4fff, "Size"), 12 * 1024);
	assert_int_equal(smaps_value(procfs, (void *)0x5000, "AnonHugePages"), -1);
	assert_int_equal(smaps_value(procfs, (void *)0x2000, "Anon"), -1);
}

int main(void)
{
	const struct test_entry tests[] = {
		cmocka_unit_test_setup_teardown(test_scan, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_scan_long, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_scan_no_frames, fixture_setup,
						fixture_teardown),
		cmocka_unit_test_setup_teardown(test_scan_ended, fixture_setup,
						fixture_teardown),
		cmocka_unit_test(test_scan_self),
		cmocka_unit_test(test_maps),
		cmocka_unit_test_setup_teardown(test_maps_read, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_smaps, fixture_setup, fixture_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
