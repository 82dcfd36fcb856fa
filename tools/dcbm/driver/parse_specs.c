// SPDX-License-Identifier: GPL-2.0-only
/* Lines of the driver's debugfs files */
#include <stddef.h>
#include <string.h>

#include "driver/parse_specs.h"
#include "driver/parse_validate.h"
#include "lib/util.h"

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

static const struct col clause_cols[] = {
	{ "clause", COL_NAME }, { "needs", COL_NAME }, { "text", COL_REST },
	{ .type = COL_END }
};

static const struct col reduced_cols[] = {
	{ "from", COL_U64 }, { "to", COL_U64 },
	{ .type = COL_END }
};

static const struct col segment_cols[] = {
	{ "index", COL_U64 }, { "offset", COL_KEY_HEX }, { "len", COL_KEY_U64 },
	{ .type = COL_END }
};

static const struct col byte_cols[] = {
	{ "where", COL_NAME }, { "offset", COL_KEY_HEX }, { "expected", COL_KEY_HEX },
	{ "found", COL_KEY_HEX },
	{ .type = COL_END }
};

static const struct line_spec validate_lines[] = {
	ROWS("clause", "clauses", clause_cols),
	VALUE("spec", "spec", rest_col, false),
	VALUE("status", "status", name_col, true),
	VALUE("why", "why", rest_col, false),
	VALUE("errno", "errno", int_col, false),
	VALUE("cases", "cases", u64_col, false),
	VALUE("descriptors", "descriptors", u64_col, false),
	VALUE("bytes", "bytes", u64_col, false),
	VALUE("ns", "ns", u64_col, false),
	VALUE("chan_state", "chan_state", name_col, false),
	VALUE("fail_case", "fail_case", u64_col, false),
	VALUE("reduced", "reduced", reduced_cols, false),
	ROWS("dst", "dst", segment_cols),
	ROWS("src", "src", segment_cols),
	VALUE("wrong", "wrong", u64_col, false),
	ROWS("byte", "wrong_bytes", byte_cols),
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
	{ .file = "validate", .lines = validate_lines, .help = true,
	  .check = parse_validate_check },
};

/* Returns NULL for an unknown file. */
const struct file_spec *parse_spec(const char *file)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(file_specs); i++)
		if (!strcmp(file_specs[i].file, file))
			return &file_specs[i];
	return NULL;
}
