// SPDX-License-Identifier: GPL-2.0-only
/*
 * The terminal, by ncurses. No other file includes curses.h, as its macros have common words as
 * names, such as erase and move.
 */
#include <curses.h>
#include <langinfo.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/term.h"
#include "lib/tool.h"
#include "top/frame.h"
#include "top/screen.h"
#include "top/view.h"

/* The escape key has no function: wait only a short time for the rest of a sequence. */
#define ESCAPE_MS	25

static const struct {
	int key;
	enum top_key top;
} keys[] = {
	{ KEY_UP, TOP_KEY_UP },
	{ KEY_DOWN, TOP_KEY_DOWN },
	{ KEY_PPAGE, TOP_KEY_PAGE_UP },
	{ KEY_NPAGE, TOP_KEY_PAGE_DOWN },
	{ KEY_RESIZE, TOP_KEY_RESIZE },
	{ ERR, TOP_KEY_NONE },
};

/* The number of a colour pair is the enum colour. */
static const struct {
	short colour;
	attr_t attr;
} palette[NR_COLOURS] = {
	[COLOUR_NONE] = { -1, A_NORMAL },
	[COLOUR_GOOD] = { COLOR_GREEN, A_NORMAL },
	[COLOUR_WARN] = { COLOR_YELLOW, A_NORMAL },
	[COLOUR_BAD] = { COLOR_RED, A_NORMAL },
	[COLOUR_HEAD] = { -1, A_BOLD },
	[COLOUR_DIM] = { -1, A_DIM },
	[COLOUR_TITLE] = { -1, A_REVERSE },
};

static void measure(struct screen *screen)
{
	screen->rows = (unsigned int)LINES;
	screen->cols = (unsigned int)COLS;
}

static bool open_colours(void)
{
	const char *no_color = getenv("NO_COLOR");
	short i;

	if ((no_color && *no_color) || !has_colors() || start_color() == ERR ||
	    use_default_colors() == ERR)
		return false;
	for (i = 1; i < NR_COLOURS; i++)
		init_pair(i, palette[i].colour, -1);
	return true;
}

/* Returns 0, or TOOL_ENV with the reason noted if there is no usable terminal. */
int screen_check(struct tool *t)
{
	if (is_terminal(stdout) && isatty(STDIN_FILENO))
		return 0;
	return tool_fail(t, TOOL_ENV,
			 "top: needs a terminal; for a pipe or a file use 'dcbm top --once'");
}

int screen_open(struct tool *t, struct screen *screen)
{
	*screen = (struct screen) { .curses = newterm(NULL, stdout, stdin) };
	if (!screen->curses)
		return tool_fail(t, TOOL_ENV,
				 "top: unknown terminal '%s'; set TERM, or use --once",
				 getenv("TERM"));
	set_escdelay(ESCAPE_MS);
	cbreak();
	noecho();
	nonl();
	curs_set(0);
	keypad(stdscr, TRUE);
	nodelay(stdscr, TRUE);
	screen->look.colour = open_colours();
	screen->look.blocks = !strcmp(nl_langinfo(CODESET), "UTF-8");
	measure(screen);
	return 0;
}

/* Restores the terminal. */
void screen_close(struct screen *screen)
{
	endwin();
	delscreen(screen->curses);
	screen->curses = NULL;
}

static void show_cell(const struct bar_cell *cell, bool colours)
{
	short pair = colours && palette[cell->colour].colour >= 0 ? (short)cell->colour : 0;
	const wchar_t text[] = { cell->ch, L'\0' };
	cchar_t ch;

	setcchar(&ch, text, palette[cell->colour].attr, pair, NULL);
	add_wch(&ch);
}

/* Shows a frame of the size of the screen; a larger frame is cut. */
void screen_show(struct screen *screen, const struct frame *frame)
{
	unsigned int row, col;

	erase();
	for (row = 0; row < frame->rows && row < screen->rows; row++) {
		move((int)row, 0);
		for (col = 0; col < frame->cols && col < screen->cols; col++)
			show_cell(&frame->cell[row * frame->cols + col], screen->look.colour);
	}
	refresh();
}

/**
 * screen_key() - wait for a key
 * @screen: screen, has the new size after TOP_KEY_RESIZE
 * @timeout_ms: timeout in milliseconds; a signal ends the wait as well
 *
 * Return: A character, or enum top_key.
 */
int screen_key(struct screen *screen, int timeout_ms)
{
	struct pollfd in = { .fd = STDIN_FILENO, .events = POLLIN };
	int key = getch();
	size_t i;

	/* ncurses buffers input: wait for the terminal only if the buffer is empty. */
	if (key == ERR) {
		if (poll(&in, 1, timeout_ms) > 0 && !(in.revents & POLLIN))
			return TOP_KEY_GONE;
		key = getch();
		if (key == ERR && in.revents & POLLHUP)
			return TOP_KEY_GONE;
	}
	if (key == KEY_RESIZE)
		measure(screen);
	for (i = 0; i < ARRAY_SIZE(keys); i++)
		if (keys[i].key == key)
			return keys[i].top;
	return key < TOP_KEY_UP ? key : TOP_KEY_NONE;
}
