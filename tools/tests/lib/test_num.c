// SPDX-License-Identifier: GPL-2.0-only
/* Numbers of the command line, formatted numbers, and lines of the kernel log */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "fixture.h"
#include "lib/kmsg.h"
#include "lib/num.h"
#include "lib/term.h"
#include "lib/util.h"

static void test_u64(void **state)
{
	static const char *const refused[] = {
		"", " 1", "1 ", "+1", "-1", "0x1", "1K", "99999999999999999999", "11", "4", "a",
	};
	uint64_t value = 77;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(refused); i++)
		assert_int_equal(num_u64(refused[i], 5, 10, &value), -EINVAL);
	assert_int_equal(value, 77);
	assert_int_equal(num_u64("5", 5, 10, &value), 0);
	assert_int_equal(num_u64("10", 5, 10, &value), 0);
	assert_int_equal(value, 10);
	assert_int_equal(num_u64("18446744073709551615", 0, UINT64_MAX, &value), 0);
	assert_int_equal(value, UINT64_MAX);
}

static void test_size(void **state)
{
	static const char *const refused[] = {
		"", "0", "0K", "K", "1X", "1KB", "1.5G", "-1M", "17179869184G", "16777216T",
	};
	uint64_t value = 77;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(refused); i++)
		assert_int_equal(num_size(refused[i], &value), -EINVAL);
	assert_int_equal(value, 77);
	assert_int_equal(num_size("4096", &value), 0);
	assert_int_equal(value, 4096);
	assert_int_equal(num_size("64M", &value), 0);
	assert_int_equal(value, 64ULL << 20);
	assert_int_equal(num_size("2g", &value), 0);
	assert_int_equal(value, 2ULL << 30);
	assert_int_equal(num_size("16777215T", &value), 0);
}

static void test_range(void **state)
{
	static const char *const refused[] = {
		"", "-", "1000", "1000-", "-2000", "2000-1000", "1000-1000", "1000-2000x",
		"1000:2000", "10000000000000000-20000000000000000", "g-h",
	};
	uint64_t start = 1, end = 2;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(refused); i++)
		assert_int_equal(num_range(refused[i], &start, &end), -EINVAL);
	assert_int_equal(num_range("7f00a000-7f00C000", &start, &end), 0);
	assert_int_equal(start, 0x7f00a000);
	assert_int_equal(end, 0x7f00c000);
	assert_int_equal(num_range("0x1000-0x2000", &start, &end), 0);
	assert_int_equal(end, 0x2000);
}

static void test_seconds(void **state)
{
	static const char *const refused[] = { "", ".", "1.", ".5", "-1", "1.2345", "1.5s", "1..5",
					       "99999999999999999999" };
	uint64_t ns = 7;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(refused); i++)
		assert_int_equal(num_seconds(refused[i], &ns), -EINVAL);
	assert_int_equal(ns, 7);
	assert_int_equal(num_seconds("0", &ns), 0);
	assert_int_equal(ns, 0);
	assert_int_equal(num_seconds("1.5", &ns), 0);
	assert_int_equal(ns, 1500000000);
	assert_int_equal(num_seconds("3600.001", &ns), 0);
	assert_int_equal(ns, 3600001000000);
}

static void test_pair(void **state)
{
	static const char *const refused[] = { "", "0", "0,", ",1", "0,0", "0,1,2", "0-1", "0,99" };
	uint64_t a = 7, b = 8;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(refused); i++)
		assert_int_equal(num_pair(refused[i], 9, &a, &b), -EINVAL);
	assert_int_equal(num_pair("3,1", 9, &a, &b), 0);
	assert_int_equal(a, 3);
	assert_int_equal(b, 1);
}

static void test_fmt(void **state)
{
	char buf[FMT_LEN];

	(void)state;
	assert_string_equal(fmt_ns(buf, 0), "0 ns");
	assert_string_equal(fmt_ns(buf, 999), "999 ns");
	assert_string_equal(fmt_ns(buf, 8192), "8.2 us");
	assert_string_equal(fmt_ns(buf, 131072), "131 us");
	assert_string_equal(fmt_ns(buf, 2500000000ULL), "2.5 s");
	assert_string_equal(fmt_bytes(buf, 4096), "4.0 KiB");
	assert_string_equal(fmt_bytes(buf, 2097152), "2.0 MiB");
	assert_string_equal(fmt_bytes(buf, 0), "0 B");
	assert_string_equal(fmt_unit(buf, 512, "folios"), "512 folios");
	assert_string_equal(fmt_unit(buf, UINT64_MAX, "averylongunit"),
			    "18446744073709551615 averylon");
}

static void bar_is(const struct bar_part *part, unsigned int nr, uint64_t whole,
		   unsigned int columns, const char *want)
{
	struct term term = { .width = 80 };
	char *out = NULL;
	size_t len;

	term.out = open_memstream(&out, &len);
	term_bar(&term, part, nr, whole, columns);
	fclose(term.out);
	assert_string_equal(out, want);
	free(out);
}

static void test_bar(void **state)
{
	const struct bar_part full[] = { { 100, COLOUR_GOOD, '#' } };
	const struct bar_part parts[] = {
		{ 50, COLOUR_GOOD, '#' }, { 0, COLOUR_WARN, '+' }, { 25, COLOUR_BAD, '-' },
	};
	const struct bar_part rare[] = { { 1000000, COLOUR_GOOD, '#' }, { 1, COLOUR_BAD, '-' } };
	const struct bar_part one[] = { { 1, COLOUR_GOOD, '#' } };

	(void)state;
	bar_is(full, 1, 100, 10, "##########");
	bar_is(full, 1, 200, 10, "#####");
	bar_is(parts, 3, 100, 8, "####--");
	bar_is(rare, 2, 2000000, 10, "#####-");
	bar_is(one, 1, 1000000, 10, "#");
	bar_is(one, 1, 0, 10, "");
	/* A part that must be visible takes its column from the other parts. */
	bar_is(rare, 2, 1000000, 10, "#########-");
}

#define MARK	"trigger:"

static void test_kmsg_match(void **state)
{
	char wanted[] = "4,1234,56789,-;dcbm_sg: trigger: folios=0: allowed is 1..9\n KEY=x\n";
	char other[] = "4,1234,5678901,-;something else\n KEY=trigger: x\n";
	char broken[] = "no record";

	(void)state;
	assert_string_equal(kmsg_match(wanted, MARK), "folios=0: allowed is 1..9");
	assert_null(kmsg_match(other, MARK));
	assert_null(kmsg_match(broken, MARK));
}

/* Like /dev/kmsg, a packet socket returns one record per read(). */
static void test_kmsg_find(void **state)
{
	static const char *const records[] = {
		"6,1,1,-;boot\n",
		"4,2,2,-;dcbm_sg: trigger: first\n",
		"4,3,3,-;dcbm_sg: trigger: second\n",
		"6,4,4,-;later\n",
	};
	char line[64] = "";
	int fd[2];
	size_t i;

	(void)state;
	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK, 0, fd), 0);
	assert_int_equal(kmsg_find(fd[0], MARK, line, sizeof(line)), -ENOENT);
	for (i = 0; i < ARRAY_SIZE(records); i++)
		assert_true(write(fd[1], records[i], strlen(records[i])) > 0);
	assert_int_equal(kmsg_find(fd[0], MARK, line, sizeof(line)), 0);
	assert_string_equal(line, "second");
	assert_int_equal(kmsg_find(-1, MARK, line, sizeof(line)), -ENOENT);
	close(fd[0]);
	close(fd[1]);
}

int main(void)
{
	const struct test_entry tests[] = {
		cmocka_unit_test(test_u64),
		cmocka_unit_test(test_size),
		cmocka_unit_test(test_range),
		cmocka_unit_test(test_seconds),
		cmocka_unit_test(test_pair),
		cmocka_unit_test(test_fmt),
		cmocka_unit_test(test_bar),
		cmocka_unit_test(test_kmsg_match),
		cmocka_unit_test(test_kmsg_find),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
