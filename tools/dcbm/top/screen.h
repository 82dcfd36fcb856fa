/* SPDX-License-Identifier: GPL-2.0-only */
/* The terminal: frames and keys */
#ifndef DCBM_TOP_SCREEN_H
#define DCBM_TOP_SCREEN_H

#include <stdbool.h>

#include "lib/bar.h"

struct frame;
struct tool;

/**
 * struct screen - the terminal
 * @curses: state of ncurses
 * @look: capabilities
 * @rows: lines
 * @cols: columns
 */
struct screen {
	void *curses;
	struct bar_look look;
	unsigned int rows;
	unsigned int cols;
};

int screen_check(struct tool *t);
int screen_open(struct tool *t, struct screen *screen);
void screen_close(struct screen *screen);
void screen_show(struct screen *screen, const struct frame *frame);
int screen_key(struct screen *screen, int timeout_ms);

#endif /* DCBM_TOP_SCREEN_H */
