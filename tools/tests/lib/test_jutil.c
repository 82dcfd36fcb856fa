// SPDX-License-Identifier: GPL-2.0-only
/* Strings of JSON objects */
#include <string.h>

#include "fixture.h"
#include "lib/jutil.h"
#include "lib/util.h"

static void test_utf8(void **state)
{
	static const struct {
		const char *text;
		const char *want;
	} cases[] = {
		{ "", "" },
		{ "dma0chan0", "dma0chan0" },
		{ "tab\t, newline\n", "tab\t, newline\n" },
		/* 2, 3 and 4 bytes, and the last character of all */
		{ "\xc3\xa4 \xe2\x82\xac \xf0\x9f\x90\xa7 \xf4\x8f\xbf\xbf",
		  "\xc3\xa4 \xe2\x82\xac \xf0\x9f\x90\xa7 \xf4\x8f\xbf\xbf" },
		/* Never in UTF-8; a second byte without a first */
		{ "a\377b\376", "a?b?" },
		{ "\x80simdma.0\xbf", "?simdma.0?" },
		/* Ends early */
		{ "\xc3", "?" },
		{ "\xe2\x82", "??" },
		{ "\xf0\x9f\x90 ", "??? " },
		/* Longer than necessary, a surrogate, above the last character */
		{ "\xc0\xaf", "??" },
		{ "\xe0\x80\xaf", "???" },
		{ "\xed\xa0\x80", "???" },
		{ "\xf4\x90\x80\x80", "????" },
	};
	struct json_object *obj;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		obj = json_object_new_object();
		jadd_str(obj, "text", cases[i].text);
		assert_string_equal(jstr(obj, "text"), cases[i].want);
		json_object_put(obj);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_utf8),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
