/* SPDX-License-Identifier: GPL-2.0-only */
/* State of the view, and the keys that change it */
#ifndef DCBM_TOP_VIEW_H
#define DCBM_TOP_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/bar.h"

struct json_object;

/** enum top_key - keys that are not characters */
enum top_key {
	TOP_KEY_NONE = -1,	/* no key was pressed */
	TOP_KEY_GONE = -2,	/* the terminal was closed */
	TOP_KEY_UP = 0x1000,
	TOP_KEY_DOWN,
	TOP_KEY_PAGE_UP,
	TOP_KEY_PAGE_DOWN,
	TOP_KEY_RESIZE,
};

/** enum top_act - action requested by a key, beyond a change of the view */
enum top_act {
	TOP_ACT_NONE, TOP_ACT_DRAW, TOP_ACT_QUIT, TOP_ACT_RESET, TOP_ACT_RESUME, TOP_ACT_PACE
};

/**
 * struct top_sort - a column to sort channels by
 * @name: name for --sort and in the heading
 * @key: key of a channel in the result of top_rates()
 * @text: ascending as text; otherwise descending as numbers
 */
struct top_sort {
	const char *name;
	const char *key;
	bool text;
};

/** top_sorts - all columns, ended by an entry without name */
extern const struct top_sort top_sorts[];

struct top_view;

/**
 * struct top_keydef - a key
 * @key: character, or enum top_key
 * @name: name in the help, NULL for an alias of the previous key
 * @brief: one or two words for the bottom line, NULL if not shown there
 * @help: description
 * @press: changes the view, returns an enum top_act
 */
struct top_keydef {
	int key;
	const char *name;
	const char *brief;
	const char *help;
	enum top_act (*press)(struct top_view *view);
};

/** top_keys - all keys, ended by an entry without function */
extern const struct top_keydef top_keys[];

/**
 * struct top_view - state of the view
 * @sort: index in top_sorts
 * @reverse: reverse order
 * @total: batch sizes since the last reset, otherwise of the interval
 * @bytes: batch sizes in bytes, otherwise in folios
 * @help: show the help instead of statistics
 * @paused: no new samples
 * @ask: "reset?" waits for an answer
 * @live: on a screen with keys, otherwise printed
 * @scroll: first channel shown
 * @page: number of channels shown, set by the layout
 * @interval_ns: time between samples
 * @look: capabilities of the output
 * @note: a message for the last line, "" for none
 * @note_bad: @note reports a failure
 * @lost: error message if the statistics cannot be read, otherwise ""
 */
struct top_view {
	size_t sort;
	bool reverse;
	bool total;
	bool bytes;
	bool help;
	bool paused;
	bool ask;
	bool live;
	unsigned int scroll;
	unsigned int page;
	uint64_t interval_ns;
	struct bar_look look;
	char note[640];
	bool note_bad;
	char lost[640];
};

enum top_act top_press(struct top_view *view, int key);
bool top_sort_find(const char *name, size_t *sort);
size_t top_order(const struct top_view *view, struct json_object *rows,
		 struct json_object **order, size_t room);

#endif /* DCBM_TOP_VIEW_H */
