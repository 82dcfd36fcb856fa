// SPDX-License-Identifier: GPL-2.0-only
/*
 * DOC: reader of the driver's debugfs files
 *
 * Every file begins with `# dcbm <file> v1`. Other lines that begin with `#` are
 * titles or help. All others are words separated by blanks: lines that a word at
 * their beginning names, or rows of the one table of the file. A table here says
 * which file has which, and the result is an object with one key for every such
 * word and one array for every table.
 *
 * v1 is exact: what the table does not know is refused with its line, and so is a
 * file that was cut short. A number taken from the wrong column would be worse
 * than none.
 */
#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "jutil.h"
#include "parse.h"
#include "util.h"

/* One more than the widest row has, so that a word too many is seen. */
#define WORDS_MAX	20

/* Words longer than this are shown cut in messages. */
#define SHOWN_MAX	40

enum col_type {
	COL_END,	/* no more columns */
	COL_NAME,	/* printable word */
	COL_U64,	/* decimal digits */
	COL_INT,	/* the same, with a minus perhaps */
	COL_DEC,	/* decimal digits with a point perhaps */
	COL_REST,	/* the rest of the line as it is */
};

struct col {
	const char *key;
	enum col_type type;
};

/**
 * struct line_spec - one kind of line
 * @word: word that begins it, NULL: a row, which begins with its first column
 * @key: key in the result
 * @cols: columns behind @word, ended by COL_END
 * @many: @key is an array with an object for each such line; else @key has the
 *	value of the only column and the line comes once at most
 * @needed: a file without the line was cut short
 */
struct line_spec {
	const char *word;
	const char *key;
	const struct col *cols;
	bool many;
	bool needed;
};

/**
 * struct file_spec - one file
 * @file: its name
 * @lines: kinds of lines, ended by one without key
 * @help: keep the lines that begin with #
 */
struct file_spec {
	const char *file;
	const struct line_spec *lines;
	bool help;
};

static const struct col u64_col[] = { { NULL, COL_U64 }, { .type = COL_END } };
static const struct col int_col[] = { { NULL, COL_INT }, { .type = COL_END } };
static const struct col dec_col[] = { { NULL, COL_DEC }, { .type = COL_END } };
static const struct col name_col[] = { { NULL, COL_NAME }, { .type = COL_END } };
static const struct col rest_col[] = { { NULL, COL_REST }, { .type = COL_END } };

#define VALUE(_word, _key, _cols, _needed)	\
	{ .word = (_word), .key = (_key), .cols = (_cols), .needed = (_needed) }
#define ROWS(_word, _key, _cols)		\
	{ .word = (_word), .key = (_key), .cols = (_cols), .many = true }

static const struct col size_cols[] = {
	{ "from", COL_U64 }, { "to", COL_U64 }, { "offloaded", COL_U64 },
	{ "partial", COL_U64 }, { "fallback", COL_U64 },
	{ .type = COL_END }
};

static const struct line_spec size_lines[] = {
	ROWS("folios", "folios", size_cols),
	ROWS("bytes", "bytes", size_cols),
	VALUE("folios_sum", "folios_sum", u64_col, true),
	VALUE("bytes_sum", "bytes_sum", u64_col, true),
	{ .key = NULL }
};

static const struct col bin_cols[] = {
	{ "from", COL_U64 }, { "to", COL_U64 }, { "count", COL_U64 },
	{ .type = COL_END }
};

static const struct line_spec hist_lines[] = {
	VALUE("unit", "unit", name_col, true),
	VALUE("count", "count", u64_col, true),
	VALUE("sum", "sum", u64_col, true),
	VALUE("min", "min", u64_col, true),
	VALUE("max", "max", u64_col, true),
	ROWS(NULL, "bins", bin_cols),
	{ .key = NULL }
};

static const struct col chan_cols[] = {
	{ "channel", COL_NAME }, { "provider", COL_NAME }, { "node", COL_INT },
	{ "backend", COL_NAME }, { "state", COL_NAME }, { "batches", COL_U64 },
	{ "descriptors", COL_U64 }, { "folios", COL_U64 }, { "bytes", COL_U64 },
	{ "share", COL_DEC }, { "busy_ns", COL_U64 }, { "errors", COL_U64 },
	{ "timeouts", COL_U64 }, { "inflight_max", COL_U64 },
	{ .type = COL_END }
};

static const struct line_spec chan_lines[] = {
	VALUE("channels", "count", u64_col, true),
	VALUE("imbalance", "imbalance", dec_col, true),
	ROWS(NULL, "channels", chan_cols),
	{ .key = NULL }
};

static const struct col reason_cols[] = {
	{ "reason", COL_NAME }, { "batches", COL_U64 }, { "folios", COL_U64 },
	{ "bytes", COL_U64 }, { "last_errno", COL_INT }, { "last_ns", COL_U64 },
	{ .type = COL_END }
};

static const struct line_spec fallback_lines[] = {
	ROWS(NULL, "reasons", reason_cols),
	{ .key = NULL }
};

static const struct col fell_back_cols[] = {
	{ "reason", COL_NAME }, { "folios", COL_U64 },
	{ .type = COL_END }
};

static const struct line_spec trigger_lines[] = {
	VALUE("spec", "spec", rest_col, false),
	VALUE("status", "status", name_col, true),
	VALUE("errno", "errno", int_col, false),
	VALUE("runs", "runs", u64_col, false),
	VALUE("folios", "folios", u64_col, false),
	VALUE("copied", "copied", u64_col, false),
	VALUE("fell_back", "fell_back", u64_col, false),
	VALUE("bytes", "bytes", u64_col, false),
	VALUE("ns", "ns", u64_col, false),
	VALUE("mbps", "mbps", dec_col, false),
	VALUE("first_batch", "first_batch", u64_col, false),
	VALUE("last_batch", "last_batch", u64_col, false),
	VALUE("mismatches", "mismatches", u64_col, false),
	VALUE("first_mismatch", "first_mismatch", rest_col, false),
	ROWS("fallback", "fallbacks", fell_back_cols),
	{ .key = NULL }
};

static const struct file_spec file_specs[] = {
	{ .file = "batch_size", .lines = size_lines },
	{ .file = "batch_latency", .lines = hist_lines },
	{ .file = "desc_latency", .lines = hist_lines },
	{ .file = "desc_segments", .lines = hist_lines },
	{ .file = "channels", .lines = chan_lines },
	{ .file = "fallbacks", .lines = fallback_lines },
	{ .file = "trigger", .lines = trigger_lines, .help = true },
};

/* State of one parse: @at is room for a line, in which it is cut into words. */
struct parser {
	const struct file_spec *spec;
	struct json_object *obj;
	struct parse_error *err;
	char *at;
	char *word[WORDS_MAX];
	size_t start[WORDS_MAX];
	unsigned int words;
};

__printf(2, 3)
static int refuse(struct parser *p, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(p->err->text, sizeof(p->err->text), fmt, args);
	va_end(args);
	return -EINVAL;
}

static int check_header(struct parser *p, const char *line)
{
	char want[64];
	size_t len;

	len = (size_t)snprintf(want, sizeof(want), "# dcbm %s v", p->spec->file);
	if (strncmp(line, want, len) || !isdigit((unsigned char)line[len]))
		return refuse(p, "not a '%s' file of dcbm: it should begin '%s1'",
			      p->spec->file, want);
	if (strcmp(line + len, "1"))
		return refuse(p, "format v%.*s, but this dcbm reads v1; use the dcbm of the driver",
			      SHOWN_MAX, line + len);
	return 0;
}

/* Digits only: strtoull() alone would take signs, blanks and other bases. */
static bool to_u64(const char *word, uint64_t *value)
{
	if (!*word || word[strspn(word, "0123456789")])
		return false;
	errno = 0;
	*value = strtoull(word, NULL, 10);
	return !errno;
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
	case COL_DEC:
		return to_dec(word, &dec) ? json_object_new_double_s(dec, word) : NULL;
	default:
		return json_object_new_string(word);
	}
}

static int add_column(struct parser *p, struct json_object *obj, const char *key,
		      const struct col *col, const char *word)
{
	struct json_object *value = to_json(col, word);

	if (!value)
		return refuse(p, "'%s' is '%.*s' where a number should be", key, SHOWN_MAX, word);
	jadd(obj, key, value);
	return 0;
}

static int parse_row(struct parser *p, const struct line_spec *line, unsigned int skip)
{
	struct json_object *row = jpush_obj(jget(p->obj, line->key));
	const struct col *col;
	int ret;

	for (col = line->cols; col->type != COL_END; col++) {
		ret = add_column(p, row, col->key, col, p->word[skip++]);
		if (ret)
			return ret;
	}
	if (jget(row, "to") && ju64(row, "to") < ju64(row, "from"))
		return refuse(p, "range from %s to %s is empty", jstr(row, "from"),
			      jstr(row, "to"));
	return 0;
}

static int parse_value(struct parser *p, const struct line_spec *line, const char *whole)
{
	const char *value = p->word[1];

	if (jget(p->obj, line->key))
		return refuse(p, "'%s' comes twice", line->word);
	if (line->cols->type == COL_REST)
		value = whole + p->start[1];
	return add_column(p, p->obj, line->key, line->cols, value);
}

/* Cuts the line into words. Whatever is no printable ASCII is no word of ours. */
static int split(struct parser *p, const char *whole)
{
	char *at = p->at;

	memcpy(at, whole, strlen(whole) + 1);
	for (p->words = 0; p->words < WORDS_MAX; p->words++) {
		char *c;

		at += strspn(at, " \t");
		if (!*at)
			return 0;
		p->word[p->words] = at;
		p->start[p->words] = (size_t)(at - p->at);
		for (c = at; *c && *c != ' ' && *c != '\t'; c++)
			if (!isascii((unsigned char)*c) || !isgraph((unsigned char)*c))
				return refuse(p, "garbage: byte 0x%02x", (unsigned char)*c);
		at = c;
		if (*at)
			*at++ = '\0';
	}
	return 0;
}

static int check_words(struct parser *p, const struct line_spec *line)
{
	bool rest = line->cols->type == COL_REST;
	unsigned int want = !!line->word;
	const struct col *col;

	for (col = line->cols; col->type != COL_END; col++)
		want++;
	if (rest ? p->words >= want : p->words == want)
		return 0;
	return refuse(p, "'%.*s' begins a line of %u words%s, not of %s%u", SHOWN_MAX, p->word[0],
		      want, rest ? " or more" : "", p->words == WORDS_MAX ? "at least " : "",
		      p->words);
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
		return refuse(p, "unknown line '%.*s'", SHOWN_MAX, p->word[0]);
	ret = check_words(p, line);
	if (ret)
		return ret;
	return line->many ? parse_row(p, line, !!line->word) : parse_value(p, line, whole);
}

static int parse_comment(struct parser *p, const char *line)
{
	if (!p->spec->help)
		return 0;
	line += 1;
	line += *line == ' ';
	json_object_array_add(jget(p->obj, "help"), json_object_new_string(line));
	return 0;
}

/* The arrays are there even if no line fills them. */
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
			return refuse(p, "the file ends without its line '%s'", line->word);
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
			return refuse(p, "the file ends in the middle of a line");
		*next++ = '\0';
		if (strlen(text) + 1 != (size_t)(next - text))
			return refuse(p, "garbage: byte 0x00");
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
		return refuse(p, "the file is empty");
	}
	return check_needed(p);
}

static const struct file_spec *find_spec(const char *file)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(file_specs); i++)
		if (!strcmp(file_specs[i].file, file))
			return &file_specs[i];
	return NULL;
}

/**
 * parse_file() - parse a debugfs file of the driver
 * @file: its name, such as "channels"
 * @text: what it holds, any bytes
 * @len: number of bytes
 * @err: gets the reason of a refusal
 *
 * Return: An object to be put, or NULL. Its keys are the words and tables of the
 * file; `dcbm.1` names them all.
 */
struct json_object *parse_file(const char *file, const char *text, size_t len,
			       struct parse_error *err)
{
	struct parser p = { .spec = find_spec(file), .err = err };
	char *copy = malloc(2 * len + 2);
	int ret = -ENOMEM;

	memset(err, 0, sizeof(*err));
	if (!p.spec) {
		ret = refuse(&p, "no such file is known");
	} else if (!copy) {
		ret = refuse(&p, "out of memory");
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
