// SPDX-License-Identifier: GPL-2.0-only
/* Text output: width, colours, bars, numbers with units */
#include <langinfo.h>
#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "lib/term.h"

#define WIDTH_PLAIN	80
#define WIDTH_MIN	40
#define WIDTH_MAX	200

static const char *const palette[NR_COLOURS] = {
	[COLOUR_NONE] = "",
	[COLOUR_GOOD] = "\033[32m",
	[COLOUR_WARN] = "\033[33m",
	[COLOUR_BAD] = "\033[31m",
	[COLOUR_HEAD] = "\033[1m",
	[COLOUR_DIM] = "\033[2m",
	[COLOUR_TITLE] = "\033[7m",
};

#define PALETTE_END	"\033[0m"

/* Returns whether the stream is a terminal with control sequences. */
bool is_terminal(FILE *out)
{
	const char *type = getenv("TERM");

	return isatty(fileno(out)) && type && *type && strcmp(type, "dumb");
}

void term_init(struct term *term, FILE *out)
{
	const char *no_color = getenv("NO_COLOR");
	struct winsize size;

	*term = (struct term) { .out = out, .width = WIDTH_PLAIN };
	if (!is_terminal(out))
		return;
	term->look.colour = !no_color || !*no_color;
	term->look.blocks = !strcmp(nl_langinfo(CODESET), "UTF-8");
	if (ioctl(fileno(out), TIOCGWINSZ, &size) || !size.ws_col)
		return;
	term->width = size.ws_col;
	if (term->width < WIDTH_MIN)
		term->width = WIDTH_MIN;
	if (term->width > WIDTH_MAX)
		term->width = WIDTH_MAX;
}

void term_paint(struct term *term, enum colour colour, const char *fmt, ...)
{
	bool paint = term->look.colour && colour != COLOUR_NONE;
	va_list args;

	if (paint)
		fputs(palette[colour], term->out);
	va_start(args, fmt);
	vfprintf(term->out, fmt, args);
	va_end(args);
	if (paint)
		fputs(PALETTE_END, term->out);
}

/* Prints in this colour from now on. */
void term_colour(struct term *term, enum colour colour)
{
	if (term->look.colour)
		fprintf(term->out, PALETTE_END "%s", palette[colour]);
}

/* Prints a character, or a question mark if the locale does not have it. */
void term_char(struct term *term, wchar_t ch)
{
	mbstate_t state = { 0 };
	char buf[MB_LEN_MAX];
	size_t len = wcrtomb(buf, ch, &state);

	if (len == (size_t)-1)
		fputc('?', term->out);
	else
		fwrite(buf, 1, len, term->out);
}

/* Prints a bar of several parts, see bar_fill(). */
void term_bar(struct term *term, const struct bar_part *part, unsigned int nr,
	      uint64_t whole, unsigned int columns)
{
	struct bar_cell cell[BAR_MAX];
	unsigned int len = bar_fill(cell, &term->look, part, nr, whole, columns);
	enum colour colour = COLOUR_NONE;
	unsigned int i;

	for (i = 0; i < len; i++) {
		if (cell[i].colour != colour)
			term_colour(term, cell[i].colour);
		colour = cell[i].colour;
		term_char(term, cell[i].ch);
	}
	if (colour != COLOUR_NONE)
		term_colour(term, COLOUR_NONE);
}

/**
 * term_wrap() - print a paragraph in lines of the terminal's width
 * @term: where to
 * @used: columns in use before the paragraph
 * @prefix: begins each further line
 * @text: paragraph
 *
 * Words are not broken. The paragraph ends with a newline.
 */
void term_wrap(struct term *term, unsigned int used, const char *prefix, const char *text)
{
	const char *sep = "";

	for (text += strspn(text, " "); *text; text += strspn(text, " ")) {
		unsigned int len = (unsigned int)strcspn(text, " ");

		if (*sep && used + 1 + len > term->width) {
			fprintf(term->out, "\n%s", prefix);
			used = (unsigned int)strlen(prefix);
			sep = "";
		}
		fprintf(term->out, "%s%.*s", sep, (int)len, text);
		used += (unsigned int)strlen(sep) + len;
		sep = " ";
		text += len;
	}
	fputc('\n', term->out);
}

struct scale {
	double above;
	double div;
	const char *unit;
};

/* Selects the largest unit in which the value is at least 1. */
static const char *fmt_scaled(char *buf, double value, const struct scale *scale)
{
	while (value < scale->above)
		scale++;
	if (scale->div == 1.0)
		snprintf(buf, FMT_LEN, "%.0f %s", value, scale->unit);
	else
		snprintf(buf, FMT_LEN, "%.*f %s", value / scale->div < 100 ? 1 : 0,
			 value / scale->div, scale->unit);
	return buf;
}

/* Formats a time with a suitable unit; @buf has FMT_LEN bytes. */
const char *fmt_ns(char *buf, uint64_t ns)
{
	static const struct scale scale[] = {
		{ 1e9, 1e9, "s" }, { 1e6, 1e6, "ms" }, { 1e3, 1e3, "us" }, { -1, 1, "ns" },
	};

	return fmt_scaled(buf, (double)ns, scale);
}

/* Formats a size with a suitable binary unit; @buf has FMT_LEN bytes. */
const char *fmt_bytes(char *buf, uint64_t bytes)
{
	static const struct scale scale[] = {
		{ 0x1p40, 0x1p40, "TiB" }, { 0x1p30, 0x1p30, "GiB" }, { 0x1p20, 0x1p20, "MiB" },
		{ 0x1p10, 0x1p10, "KiB" }, { -1, 1, "B" },
	};

	return fmt_scaled(buf, (double)bytes, scale);
}

/* Formats a number, such as 9999, 12.3k, or the rate 0.5; @buf has FMT_LEN bytes. */
const char *fmt_count(char *buf, double count)
{
	static const struct scale scale[] = {
		{ 1e12, 1e12, "T" }, { 1e9, 1e9, "G" }, { 1e6, 1e6, "M" }, { 1e4, 1e3, "k" },
		{ -1, 1, "" },
	};
	const struct scale *s = scale;

	while (count < s->above)
		s++;
	count /= s->div;
	snprintf(buf, FMT_LEN, "%.*f%s",
		 count < 100 && (s->div != 1.0 || (count < 10 && count != (uint64_t)count)), count,
		 s->unit);
	return buf;
}

/* Formats a number in a unit of the driver's files: "ns" and "bytes" are scaled. */
const char *fmt_unit(char *buf, uint64_t value, const char *unit)
{
	if (!strcmp(unit, "ns"))
		return fmt_ns(buf, value);
	if (!strcmp(unit, "bytes"))
		return fmt_bytes(buf, value);
	snprintf(buf, FMT_LEN, "%llu %.8s", (unsigned long long)value, unit);
	return buf;
}
