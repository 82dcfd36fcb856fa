// SPDX-License-Identifier: GPL-2.0-only
/* Keys, order and layout of dcbm top */
#include <stdlib.h>
#include <string.h>

#include <uapi/linux/dcbm.h>

#include "driver/parse.h"
#include "fixture.h"
#include "lib/term.h"
#include "lib/util.h"
#include "top/frame.h"
#include "top/layout.h"
#include "top/model.h"
#include "top/view.h"

#define NS_PER_MS	1000000ULL
#define NS_PER_S	1000000000ULL

/* The result with @channels channels: channel N copied N MiB per second. */
static struct json_object *result_of(unsigned int channels, bool fell_back)
{
	struct json_object *before = json_object_new_object(), *after = json_object_new_object();
	struct parse_error err;
	struct json_object *result;
	size_t size = 65536, len, i;
	char *text = malloc(size);

	len = (size_t)snprintf(text, size, "# dcbm channels v1\n");
	for (i = 0; i < channels; i++)
		len += (size_t)snprintf(text + len, size - len,
					"dma%zuchan%zu simdma.%zu 0 memcpy_sg %s 1 %zu 1 %zu 0.00 %zu %zu 0 4\n",
					i / 8, i % 8, i / 8, i == 1 ? "quarantined" : "ready", i,
					i << 20, i * 1000, i % 3);
	snprintf(text + len, size - len, "channels %u\nimbalance 1.000\n", channels);
	jadd(after, "channels", parse_file("channels", text, strlen(text), &err));
	assert_non_null(jget(after, "channels"));
	jadd(after, "batch_size", parse_file("batch_size", good_batch_size,
					     strlen(good_batch_size), &err));
	if (fell_back)
		jadd(after, "fallbacks", parse_file("fallbacks", good_fallbacks(),
						    strlen(good_fallbacks()), &err));
	jadd_u64(after, "now_ns", 2 * NS_PER_S);
	jadd_u64(before, "now_ns", NS_PER_S);
	result = top_rates(before, after);
	json_object_put(before);
	json_object_put(after);
	free(text);
	return result;
}

/* A frame as text, to be freed. */
static char *drawn(struct top_view *view, struct json_object *result, unsigned int rows,
		   unsigned int cols)
{
	struct term term = { .width = cols };
	struct frame frame;
	char *text;
	size_t len;

	assert_int_equal(frame_init(&frame, rows, cols), 0);
	top_draw(&frame, view, result);
	term.out = open_memstream(&text, &len);
	frame_print(&frame, &term);
	fclose(term.out);
	frame_free(&frame);
	return text;
}

static void test_order(void **state)
{
	struct json_object *result = result_of(12, false), *order[DCBM_MAX_ROWS];
	struct json_object *rows = jget(result, "channels");
	struct top_view view = { .sort = 0 };

	(void)state;
	assert_int_equal(top_order(&view, rows, order, DCBM_MAX_ROWS), 12);
	assert_string_equal(jstr(order[0], "channel"), "dma1chan3");
	assert_string_equal(jstr(order[11], "channel"), "dma0chan0");
	view.reverse = true;
	top_order(&view, rows, order, DCBM_MAX_ROWS);
	assert_string_equal(jstr(order[0], "channel"), "dma0chan0");

	/* Equal channels keep the order of the driver's file, also in reverse. */
	assert_true(top_sort_find("errors", &view.sort));
	top_order(&view, rows, order, DCBM_MAX_ROWS);
	assert_string_equal(jstr(order[0], "channel"), "dma0chan0");
	assert_string_equal(jstr(order[1], "channel"), "dma0chan3");
	view.reverse = false;
	top_order(&view, rows, order, DCBM_MAX_ROWS);
	assert_string_equal(jstr(order[0], "channel"), "dma0chan2");
	assert_string_equal(jstr(order[1], "channel"), "dma0chan5");

	assert_true(top_sort_find("channel", &view.sort));
	top_order(&view, rows, order, DCBM_MAX_ROWS);
	assert_string_equal(jstr(order[0], "channel"), "dma0chan0");
	assert_string_equal(jstr(order[11], "channel"), "dma1chan3");
	assert_false(top_sort_find("frog", &view.sort));
	assert_int_equal(top_order(&view, rows, order, 3), 3);
	json_object_put(result);
}

/* Names with numbers are sorted by the numbers. */
static void test_order_names(void **state)
{
	static const char *const names[] = { "dma10chan0", "dma2chan11", "dma2chan2" };
	struct json_object *rows = json_object_new_array(), *order[ARRAY_SIZE(names)];
	struct top_view view = { .sort = 0 };
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(names); i++)
		jadd_str(jpush_obj(rows), "channel", names[i]);
	top_sort_find("channel", &view.sort);
	top_order(&view, rows, order, ARRAY_SIZE(names));
	for (i = 0; i < ARRAY_SIZE(names); i++)
		assert_string_equal(jstr(order[i], "channel"), names[2 - i]);
	json_object_put(rows);
}

static void test_keys(void **state)
{
	struct top_view view = { .interval_ns = NS_PER_S, .page = 10 };
	unsigned int i;

	(void)state;
	assert_int_equal(top_press(&view, 'q'), TOP_ACT_QUIT);
	assert_int_equal(top_press(&view, TOP_KEY_GONE), TOP_ACT_QUIT);
	assert_int_equal(top_press(&view, TOP_KEY_NONE), TOP_ACT_NONE);
	assert_int_equal(top_press(&view, 'Z'), TOP_ACT_NONE);
	assert_int_equal(top_press(&view, 'p'), TOP_ACT_DRAW);
	assert_true(view.paused);
	assert_int_equal(top_press(&view, ' '), TOP_ACT_RESUME);
	assert_false(view.paused);

	for (i = 1; top_sorts[i].name; i++) {
		top_press(&view, 's');
		assert_int_equal(view.sort, i);
	}
	top_press(&view, 's');
	assert_int_equal(view.sort, 0);
	top_press(&view, 'S');
	assert_true(view.reverse);
	top_press(&view, 't');
	top_press(&view, 'b');
	assert_true(view.total && view.bytes);

	/* Any key closes the help and does nothing else. */
	top_press(&view, '?');
	assert_true(view.help);
	assert_int_equal(top_press(&view, 'p'), TOP_ACT_DRAW);
	assert_false(view.help || view.paused);
	top_press(&view, 'h');
	assert_int_equal(top_press(&view, 'q'), TOP_ACT_QUIT);
	view.help = false;

	top_press(&view, TOP_KEY_UP);
	assert_int_equal(view.scroll, 0);
	top_press(&view, TOP_KEY_PAGE_DOWN);
	top_press(&view, TOP_KEY_DOWN);
	assert_int_equal(view.scroll, 11);
	top_press(&view, TOP_KEY_PAGE_UP);
	assert_int_equal(view.scroll, 1);
}

static void test_pace(void **state)
{
	struct top_view view = { .interval_ns = 1500 * NS_PER_MS };
	unsigned int i;

	(void)state;
	/* From a value between two steps to the next step in either direction */
	assert_int_equal(top_press(&view, '+'), TOP_ACT_PACE);
	assert_int_equal(view.interval_ns, 2 * NS_PER_S);
	assert_string_equal(view.note, "a sample every 2.0 s");
	view.interval_ns = 1500 * NS_PER_MS;
	top_press(&view, '-');
	assert_int_equal(view.interval_ns, NS_PER_S);
	for (i = 0; i < 20; i++)
		top_press(&view, '-');
	assert_int_equal(view.interval_ns, 100 * NS_PER_MS);
	for (i = 0; i < 20; i++)
		top_press(&view, '=');
	assert_int_equal(view.interval_ns, 60 * NS_PER_S);
}

static void test_ask(void **state)
{
	struct top_view view = { .live = true };
	struct json_object *result = result_of(2, false);
	char *text;

	(void)state;
	assert_int_equal(top_press(&view, 'r'), TOP_ACT_DRAW);
	text = drawn(&view, result, 24, 80);
	has(text, "\nreset all statistics? y/n\n");
	free(text);
	/* A resize is not an answer to the question. */
	top_press(&view, TOP_KEY_RESIZE);
	assert_true(view.ask);
	assert_int_equal(top_press(&view, 'q'), TOP_ACT_DRAW);
	text = drawn(&view, result, 24, 80);
	has(text, "\nnothing was reset\n");
	free(text);
	top_press(&view, 'r');
	assert_int_equal(top_press(&view, 'y'), TOP_ACT_RESET);
	assert_false(view.ask);
	json_object_put(result);
}

static size_t widest(const char *text)
{
	size_t most = 0;

	while (*text) {
		size_t len = strcspn(text, "\n");

		most = len > most ? len : most;
		text += len + !!text[len];
	}
	return most;
}

/* In every size all lines fit, and the most important columns are shown. */
static void test_sizes(void **state)
{
	static const unsigned int channels[] = { 0, 1, 8, 64 };
	unsigned int cols, rows;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(channels); i++) {
		struct json_object *result = result_of(channels[i], true);

		for (cols = 1; cols <= 200; cols += cols < 38 || cols > 46 ? 7 : 1) {
			for (rows = 1; rows <= 100; rows += rows < 30 ? 1 : 10) {
				struct top_view view = { .live = true };
				char *text = drawn(&view, result, rows, cols);

				assert_true(widest(text) <= cols);
				assert_true(times(text, "\n") <= rows);
				if (cols < TOP_COLS_MIN || rows < TOP_ROWS_MIN) {
					has_not(text, "CHANNEL");
				} else {
					has(text, "CHANNEL");
					has(text, "BYTES/S");
					has(text, "\ntotal ");
					has(text, "\nq quit");
				}
				free(text);
			}
		}
		json_object_put(result);
	}
}

static void test_columns(void **state)
{
	/* The width at which a column appears; wider frames have the column, too. */
	static const struct {
		const char *title;
		unsigned int from;
	} columns[] = {
		{ "STATE", 40 }, { "BUSY", 40 }, { " ERR", 44 }, { "DESC/S", 60 }, { "SHARE", 80 },
		{ "PROVIDER", 90 }, { "BACKEND", 100 }, { "FALLBACK ", 40 }, { "FOLIOS/S", 40 },
		{ " AGO", 80 }, { "- fallback", 80 }, { "BY DMA", 40 },
	};
	struct json_object *result = result_of(4, true);
	unsigned int cols;
	size_t i;

	(void)state;
	for (cols = 40; cols <= 200; cols++) {
		struct top_view view = { .sort = 0 };
		char *text = drawn(&view, result, 60, cols);

		for (i = 0; i < ARRAY_SIZE(columns); i++)
			if (cols >= columns[i].from && !strstr(text, columns[i].title))
				fail_msg("at %u columns %s is not in:\n%s", cols,
					 columns[i].title, text);
		free(text);
	}
	json_object_put(result);
}

/* A whole frame at 80 columns */
static void test_frame(void **state)
{
	static const char want[] =
		"dcbm top  last 1.0 s  3 channels  by bytes  imbalance 2.000\n"
		"         BATCHES FOLIOS    BYTES BY DMA DESCS   BATCH    DESC  ERR  T/O\n"
		"per s         50  20.5k 80.0 MiB 100.0%     3       -       -    3    0\n"
		"total         50  20.5k 80.0 MiB 100.0%     3       -       -    3    0\n"
		"\n"
		"CHANNEL   STATE        BYTES/S DESC/S   BUSY  ERR  T/O INFL  SHARE\n"
		"dma0chan2 ready        2.0 MiB      2   0.0%    2    0    4  66.7% #############\n"
		"dma0chan1 quarantined  1.0 MiB      1   0.0%    1    0    4  33.3% #######\n"
		"dma0chan0 ready            0 B      0   0.0%    0    0    4   0.0%\n"
		"\n"
		"  FOLIOS PER BATCH BATCHES interval  # offloaded  + partial  - fallback\n"
		"                 1       9 ###---------\n"
		"        512 - 1023      41 ####################################################+\n"
		"\n"
		"FALLBACK    FOLIOS/S  BYTES/S BATCHES FOLIOS    BYTES ERROR         AGO\n"
		"none\n";
	struct json_object *result = result_of(3, false);
	struct top_view view = { .sort = 0 };
	char *text = drawn(&view, result, 40, 80);

	(void)state;
	assert_string_equal(text, want);
	free(text);
	json_object_put(result);
}

static bool same_rows(struct top_rows a, struct top_rows b)
{
	return a.channels == b.channels && a.sizes == b.sizes && a.fallbacks == b.fallbacks;
}

static void test_divide(void **state)
{
	const struct top_rows want = { 9, 8, 5, false };
	struct top_rows wide = { 9, 8, 5, true }, get;
	unsigned int room;

	(void)state;
	get = top_divide(want, 24);
	assert_true(same_rows(get, want));
	get = top_divide(wide, 18);
	assert_true(same_rows(get, wide));
	/* Channels are reduced first, but not to 0. */
	get = top_divide(want, 22);
	assert_int_equal(get.channels, 7);
	assert_int_equal(get.sizes, 8);
	get = top_divide(want, 12);
	assert_int_equal(get.channels, 5);
	assert_true(get.sizes && get.fallbacks);
	for (room = 4; room < 40; room++) {
		unsigned int used;

		get = top_divide(want, room);
		used = get.channels + (get.sizes ? get.sizes + 1 : 0) +
		       (get.fallbacks ? get.fallbacks + 1 : 0);
		assert_true(used <= room);
		assert_true(get.sizes != 1 && get.fallbacks != 1);
		wide.channels = 64;
		get = top_divide(wide, room);
		assert_true(get.channels <= room && get.channels >= 4);
	}
}

static void test_scroll(void **state)
{
	struct json_object *result = result_of(64, true);
	struct top_view view = { .live = true };
	char *text;

	(void)state;
	text = drawn(&view, result, 24, 80);
	has(text, "channels 1-");
	has(text, " of 64");
	has(text, "\ndma7chan7 ");
	has(text, "... ");
	free(text);
	/* Scrolling stops at the end, so that the next key upwards has an effect at once. */
	view.scroll = 1000;
	text = drawn(&view, result, 24, 80);
	has(text, "-64 of 64");
	has(text, "\ndma0chan0 ");
	has_not(text, "\ndma7chan7 ");
	free(text);
	assert_int_equal(view.scroll, 64 - view.page);
	json_object_put(result);
}

static void test_lost(void **state)
{
	struct top_view view = {
		.live = true,
		.lost = "the driver is not loaded; 'modprobe dcbm_sg'",
	};
	char *text;

	(void)state;
	text = drawn(&view, NULL, 24, 40);
	has(text, "the driver is not loaded; 'modprobe dcbm");
	has(text, "waiting for the statistics");
	has(text, "\nq quit");
	assert_true(widest(text) <= 40);
	free(text);
	view.help = true;
	text = drawn(&view, NULL, 40, 80);
	has(text, "reset all statistics of the driver");
	free(text);
}

static void test_garbage(void **state)
{
	struct frame frame;
	struct term term = { .width = 9 };
	struct area area;
	char *text;
	size_t len;

	(void)state;
	assert_int_equal(frame_init(&frame, 2, 9), 0);
	area = frame_area(&frame);
	/* Control characters do not reach the terminal, and text stays in the frame. */
	area_put(&area, 0, 0, COLOUR_BAD, "a\033[31m\303\244");
	area_put(&area, 1, 7, COLOUR_NONE, "long");
	area_put(&area, 2, 0, COLOUR_NONE, "below");
	term.out = open_memstream(&text, &len);
	frame_print(&frame, &term);
	fclose(term.out);
	assert_string_equal(text, "a?[31m??\n       lo\n");
	free(text);
	term.look.colour = true;
	term.out = open_memstream(&text, &len);
	frame_print(&frame, &term);
	fclose(term.out);
	assert_string_equal(text, "\033[0m\033[31ma?[31m??\033[0m\n       lo\n");
	free(text);
	frame_free(&frame);
}

#define T(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

int main(void)
{
	const struct test_entry tests[] = {
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_order_names),
		cmocka_unit_test(test_keys),
		cmocka_unit_test(test_pace),
		cmocka_unit_test(test_ask),
		cmocka_unit_test(test_sizes),
		cmocka_unit_test(test_columns),
		cmocka_unit_test(test_frame),
		cmocka_unit_test(test_divide),
		cmocka_unit_test(test_scroll),
		cmocka_unit_test(test_lost),
		cmocka_unit_test(test_garbage),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
