// SPDX-License-Identifier: GPL-2.0-only
/**
 * DOC: Parser of the driver's debugfs files
 *
 * Each file begins with `# dcbm <file> v1`. Further lines that begin with `#` are titles or
 * help. All other lines are words separated by blanks: either lines named by their first word,
 * or rows of the file's only table. The tables in parse_specs.c describe the lines of each
 * file. The result is an object with a key per named line and an array per table.
 *
 * Unknown lines and truncated files are refused with their line number, as a number from the
 * wrong column would be worse than no number.
 */
#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "driver/parse.h"
#include "driver/parse_specs.h"
#include "lib/jutil.h"
#include "lib/util.h"

/* Above the number of words of the widest row, so that a superfluous word is detected */
#define WORDS_MAX	20

/* Longer words are truncated in messages. */
#define SHOWN_MAX	40

/* State of the parser. @at: buffer for a line that is split into words */
struct parser {
	const struct file_spec *spec;
	struct json_object *obj;
	struct parse_error *err;
	char *at;
	char *word[WORDS_MAX];
	size_t start[WORDS_MAX];
	unsigned int words;
};

/**
 * parse_refuse() - note why a file is refused
 * @err: gets the reason; the line number is kept
 * @fmt: one line: what the file has and what is valid
 *
 * Return: -EINVAL.
 */
int parse_refuse(struct parse_error *err, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(err->text, sizeof(err->text), fmt, args);
	va_end(args);
	return -EINVAL;
}

static int check_header(struct parser *p, const char *line)
{
	char want[64];
	size_t len;

	len = (size_t)snprintf(want, sizeof(want), "# dcbm %s v", p->spec->file);
	if (strncmp(line, want, len) || !isdigit((unsigned char)line[len]))
		return parse_refuse(p->err, "not a '%s' file of dcbm: must begin with '%s1'",
				    p->spec->file, want);
	if (strcmp(line + len, "1"))
		return parse_refuse(p->err,
				    "format v%.*s, but this dcbm reads v1 only; use the dcbm that belongs to the driver",
				    SHOWN_MAX, line + len);
	return 0;
}

/* Digits only: strtoull() would accept signs, blanks and other bases. */
static bool to_u64(const char *word, uint64_t *value)
{
	if (!*word || word[strspn(word, "0123456789")])
		return false;
	errno = 0;
	*value = strtoull(word, NULL, 10);
	return !errno;
}

static bool to_hex(const char *word, uint64_t *value)
{
	if (strncmp(word, "0x", 2) || !word[2] || word[2 + strspn(word + 2, "0123456789abcdef")])
		return false;
	errno = 0;
	*value = strtoull(word, NULL, 16);
	return !errno;
}

/* The text after KEY=, or "", which is no number */
static const char *after_key(const struct col *col, const char *word)
{
	size_t len = strlen(col->key);

	return !strncmp(word, col->key, len) && word[len] == '=' ? word + len + 1 : "";
}

static bool to_dec(const char *word, double *value)
{
	size_t whole = strspn(word, "0123456789");
	size_t len = whole;

	if (word[len] == '.')
		len += 1 + strspn(word + len + 1, "0123456789");
	if (!whole || word[len] || word[len - 1] == '.')
		return false;
	*value = strtod(word, NULL);
	return true;
}

static struct json_object *to_json(const struct col *col, const char *word)
{
	bool minus = col->type == COL_INT && *word == '-';
	uint64_t value;
	double dec;

	switch (col->type) {
	case COL_U64:
		return to_u64(word, &value) ? json_object_new_uint64(value) : NULL;
	case COL_INT:
		if (!to_u64(word + minus, &value) || value > INT32_MAX)
			return NULL;
		return json_object_new_int64(minus ? -(int64_t)value : (int64_t)value);
	case COL_KEY_U64:
		word = after_key(col, word);
		return to_u64(word, &value) ? json_object_new_uint64(value) : NULL;
	case COL_KEY_HEX:
		word = after_key(col, word);
		return to_hex(word, &value) ? json_object_new_uint64(value) : NULL;
	case COL_DEC:
		return to_dec(word, &dec) ? json_object_new_double_s(dec, word) : NULL;
	default:
		return jnew_text(word, strlen(word));
	}
}

static int add_column(struct parser *p, struct json_object *obj, const char *key,
		      const struct col *col, const char *word)
{
	struct json_object *value = to_json(col, word);

	if (!value)
		return parse_refuse(p->err, "'%s' is '%.*s', but must be a number", key,
				    SHOWN_MAX, word);
	jadd(obj, key, value);
	return 0;
}

/* Stores the columns of a line in an object, a key per column. */
static int parse_columns(struct parser *p, struct json_object *obj,
			 const struct line_spec *line, const char *whole)
{
	unsigned int i = !!line->word;
	const struct col *col;
	int ret;

	for (col = line->cols; col->type != COL_END; col++, i++) {
		ret = add_column(p, obj, col->key, col,
				 col->type == COL_REST ? whole + p->start[i] : p->word[i]);
		if (ret)
			return ret;
	}
	return 0;
}

static int parse_row(struct parser *p, const struct line_spec *line, const char *whole)
{
	struct json_object *row = jpush_obj(jget(p->obj, line->key));
	int ret = parse_columns(p, row, line, whole);

	if (!ret && jget(row, "to") && ju64(row, "to") < ju64(row, "from"))
		return parse_refuse(p->err, "range from %s to %s is empty", jstr(row, "from"),
				    jstr(row, "to"));
	return ret;
}

static int parse_value(struct parser *p, const struct line_spec *line, const char *whole)
{
	const char *value = p->word[1];

	if (jget(p->obj, line->key))
		return parse_refuse(p->err, "'%s' comes twice", line->word);
	if (line->cols->key)
		return parse_columns(p, jadd_obj(p->obj, line->key), line, whole);
	if (line->cols->type == COL_REST)
		value = whole + p->start[1];
	return add_column(p, p->obj, line->key, line->cols, value);
}

/*
 * Splits the line into words. Bytes that are not printable ASCII are refused, also in words
 * that do not fit in @word.
 */
static int split(struct parser *p, const char *whole)
{
	char *at = p->at;

	memcpy(at, whole, strlen(whole) + 1);
	for (p->words = 0;;) {
		char *c;

		at += strspn(at, " \t");
		if (!*at)
			return 0;
		for (c = at; *c && *c != ' ' && *c != '\t'; c++)
			if (!isascii((unsigned char)*c) || !isgraph((unsigned char)*c))
				return parse_refuse(p->err, "garbage: byte 0x%02x",
						    (unsigned char)*c);
		if (p->words < WORDS_MAX) {
			p->word[p->words] = at;
			p->start[p->words++] = (size_t)(at - p->at);
		}
		at = c;
		if (*at)
			*at++ = '\0';
	}
}

static int check_words(struct parser *p, const struct line_spec *line)
{
	unsigned int want = !!line->word;
	const struct col *col;
	bool rest = false;

	for (col = line->cols; col->type != COL_END; col++) {
		rest = col->type == COL_REST;
		want++;
	}
	if (rest ? p->words >= want : p->words == want)
		return 0;
	return parse_refuse(p->err, "'%.*s' begins a line of %u words%s, not of %s%u", SHOWN_MAX,
			    p->word[0], want, rest ? " or more" : "",
			    p->words == WORDS_MAX ? "at least " : "", p->words);
}

static int parse_line(struct parser *p, const char *whole)
{
	const struct line_spec *line, *row = NULL;
	int ret;

	ret = split(p, whole);
	if (ret || !p->words)
		return ret;
	for (line = p->spec->lines; line->key; line++) {
		if (!line->word)
			row = line;
		else if (!strcmp(line->word, p->word[0]))
			break;
	}
	if (!line->key)
		line = row;
	if (!line)
		return parse_refuse(p->err, "unknown line '%.*s'", SHOWN_MAX, p->word[0]);
	ret = check_words(p, line);
	if (ret)
		return ret;
	return line->many ? parse_row(p, line, whole) : parse_value(p, line, whole);
}

static int parse_comment(struct parser *p, const char *line)
{
	if (!p->spec->help)
		return 0;
	line += 1;
	line += *line == ' ';
	json_object_array_add(jget(p->obj, "help"), jnew_text(line, strlen(line)));
	return 0;
}

/* Arrays exist even if the file has no line for them. */
static void add_arrays(struct parser *p)
{
	const struct line_spec *line;

	for (line = p->spec->lines; line->key; line++)
		if (line->many)
			jadd_arr(p->obj, line->key);
	if (p->spec->help)
		jadd_arr(p->obj, "help");
}

static int check_needed(struct parser *p)
{
	const struct line_spec *line;

	for (line = p->spec->lines; line->key; line++)
		if (line->needed && !jget(p->obj, line->key))
			return parse_refuse(p->err, "the file ends without its line '%s'",
					    line->word);
	return 0;
}

static int parse_lines(struct parser *p, char *text, size_t len)
{
	char *end = text + len;
	char *next;
	int ret;

	for (; text < end; text = next) {
		p->err->line++;
		next = memchr(text, '\n', (size_t)(end - text));
		if (!next)
			return parse_refuse(p->err, "the file ends in the middle of a line");
		*next++ = '\0';
		if (strlen(text) + 1 != (size_t)(next - text))
			return parse_refuse(p->err, "garbage: byte 0x00");
		if (p->err->line == 1)
			ret = check_header(p, text);
		else if (*text == '#')
			ret = parse_comment(p, text);
		else
			ret = parse_line(p, text);
		if (ret)
			return ret;
	}
	if (!p->err->line) {
		p->err->line = 1;
		return parse_refuse(p->err, "the file is empty");
	}
	ret = check_needed(p);
	return ret || !p->spec->check ? ret : p->spec->check(p->obj, p->err);
}

/**
 * parse_file() - parse a debugfs file of the driver
 * @file: name of the file, such as "channels"
 * @text: content, any bytes
 * @len: number of bytes
 * @err: gets the reason of a failure
 *
 * Return: An object to be put, or NULL. The keys are the words and tables of the file, see
 * dcbm-stat(1), dcbm-trigger(1) and dcbm-validate(1).
 */
struct json_object *parse_file(const char *file, const char *text, size_t len,
			       struct parse_error *err)
{
	struct parser p = { .spec = parse_spec(file), .err = err };
	char *copy = malloc(2 * len + 2);
	int ret = -ENOMEM;

	memset(err, 0, sizeof(*err));
	if (!p.spec) {
		ret = parse_refuse(err, "unknown file");
	} else if (!copy) {
		ret = parse_refuse(err, "out of memory");
	} else {
		memcpy(copy, text, len);
		p.at = copy + len;
		p.obj = json_object_new_object();
		add_arrays(&p);
		ret = parse_lines(&p, copy, len);
	}
	free(copy);
	if (!ret)
		return p.obj;
	json_object_put(p.obj);
	return NULL;
}
