// SPDX-License-Identifier: GPL-2.0-only
/* Bars and formatted numbers */
#include <string.h>

#include "fixture.h"
#include "lib/bar.h"
#include "lib/term.h"
#include "lib/util.h"

#define COLUMNS		8

static const struct bar_look plain, colours = { .colour = true },
	blocks = { .blocks = true }, both = { .colour = true, .blocks = true };

/* A bar as text: characters that are not ASCII as their eighths, or as a shade */
static const char *bar(const struct bar_look *look, uint64_t good, uint64_t warn, uint64_t bad,
		       uint64_t whole)
{
	const struct bar_part part[] = {
		{ good, COLOUR_GOOD, '#' }, { warn, COLOUR_WARN, '+' }, { bad, COLOUR_BAD, '-' },
	};
	static char text[COLUMNS + 1];
	struct bar_cell cell[COLUMNS];
	unsigned int len, i;

	len = bar_fill(cell, look, part, ARRAY_SIZE(part), whole, COLUMNS);
	assert_true(len <= COLUMNS);
	for (i = 0; i < len; i++) {
		if (cell[i].ch < 0x80)
			text[i] = (char)cell[i].ch;
		else if (cell[i].ch <= 0x258f)
			text[i] = (char)('8' - (cell[i].ch - 0x2588));
		else
			text[i] = cell[i].ch == 0x2592 ? 'm' : 'l';
	}
	text[len] = '\0';
	return text;
}

static void test_plain_bar(void **state)
{
	(void)state;
	assert_string_equal(bar(&plain, 100, 0, 0, 100), "########");
	assert_string_equal(bar(&plain, 50, 0, 0, 100), "####");
	assert_string_equal(bar(&plain, 50, 25, 25, 100), "####++--");
	assert_string_equal(bar(&colours, 50, 25, 25, 100), "####++--");
	assert_string_equal(bar(&plain, 0, 0, 0, 100), "");
	assert_string_equal(bar(&plain, 0, 0, 0, 0), "");
	assert_string_equal(bar(&plain, 0, 0, 25, 100), "--");
}

/* An event that happened once among millions is visible anywhere in the bar. */
static void test_small_parts(void **state)
{
	(void)state;
	assert_string_equal(bar(&plain, 1, 0, 0, 1000000), "#");
	assert_string_equal(bar(&plain, 1000000, 1, 1, 1000002), "######+-");
	assert_string_equal(bar(&plain, 1, 1, 1000000, 1000002), "#+------");
	assert_string_equal(bar(&both, 1000000, 0, 1, 1000001), "88888888");
	assert_string_equal(bar(&blocks, 1000000, 0, 1, 1000001), "8888888l");
	assert_string_equal(bar(&blocks, 1, 0, 0, 1000000), "1");
	assert_string_equal(bar(&plain, UINT64_MAX / 2, UINT64_MAX / 4, 0, UINT64_MAX), "####++");
}

static void test_blocks(void **state)
{
	(void)state;
	assert_string_equal(bar(&both, 64, 0, 0, 64), "88888888");
	assert_string_equal(bar(&both, 33, 0, 0, 64), "88881");
	assert_string_equal(bar(&blocks, 39, 0, 0, 64), "88887");
	/* Parts differ by colours, or by shades, which have no eighths. */
	assert_string_equal(bar(&both, 32, 0, 12, 64), "888884");
	assert_string_equal(bar(&blocks, 32, 16, 12, 64), "8888mmll");
}

static void test_marks(void **state)
{
	const struct bar_part good = { 1, COLOUR_GOOD, '#' }, bad = { 1, COLOUR_BAD, '-' };

	(void)state;
	assert_int_equal(bar_mark(&plain, &bad), '-');
	assert_int_equal(bar_mark(&colours, &bad), '-');
	assert_int_equal(bar_mark(&both, &bad), 0x2588);
	assert_int_equal(bar_mark(&blocks, &bad), 0x2591);
	assert_int_equal(bar_mark(&blocks, &good), 0x2588);
}

static void test_counts(void **state)
{
	static const struct {
		double count;
		const char *text;
	} cases[] = {
		{ 0, "0" }, { 0.25, "0.2" }, { 3, "3" }, { 9.5, "9.5" }, { 12.5, "12" },
		{ 9999, "9999" }, { 10000, "10.0k" }, { 123456, "123k" }, { 1234567, "1.2M" },
		{ 5e9, "5.0G" }, { 2e13, "20.0T" },
	};
	char buf[FMT_LEN];
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++)
		assert_string_equal(fmt_count(buf, cases[i].count), cases[i].text);
}

int main(void)
{
	const struct test_entry tests[] = {
		cmocka_unit_test(test_plain_bar),
		cmocka_unit_test(test_small_parts),
		cmocka_unit_test(test_blocks),
		cmocka_unit_test(test_marks),
		cmocka_unit_test(test_counts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
