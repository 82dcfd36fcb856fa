// SPDX-License-Identifier: GPL-2.0-only
/* Parser of the driver's files */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <uapi/linux/dcbm.h>

#include "driver/parse.h"
#include "fake_validate.h"
#include "fixture.h"
#include "lib/util.h"

static struct json_object *good(const char *file, const char *text)
{
	struct parse_error err;
	struct json_object *obj = parse_file(file, text, strlen(text), &err);

	if (!obj)
		fail_msg("%s: line %u: %s", file, err.line, err.text);
	return obj;
}

static void bad(const char *file, const char *text, unsigned int line, const char *why)
{
	struct parse_error err;
	struct json_object *obj = parse_file(file, text, strlen(text), &err);

	assert_null(obj);
	if (!strstr(err.text, why))
		fail_msg("'%s' is not in '%s'", why, err.text);
	assert_int_equal(err.line, line);
}

static void test_batch_size(void **state)
{
	struct json_object *obj = good("batch_size", good_batch_size);
	struct json_object *folios = jget(obj, "folios");

	(void)state;
	assert_int_equal(jlen(folios), 2);
	assert_int_equal(ju64(jat(folios, 0), "fallback"), 7);
	assert_int_equal(ju64(jat(folios, 1), "from"), 512);
	assert_int_equal(ju64(jat(folios, 1), "to"), 1023);
	assert_int_equal(ju64(jat(folios, 1), "offloaded"), 40);
	assert_int_equal(ju64(jat(folios, 1), "partial"), 1);
	assert_int_equal(ju64(jat(jget(obj, "bytes"), 1), "to"), 4194303);
	assert_int_equal(ju64(obj, "folios_sum"), 20489);
	assert_int_equal(ju64(obj, "bytes_sum"), 83922944);
	json_object_put(obj);
}

static void test_hist(void **state)
{
	struct json_object *obj = good("desc_latency", good_desc_latency);

	(void)state;
	assert_string_equal(jstr(obj, "unit"), "ns");
	assert_int_equal(ju64(obj, "count"), 640);
	assert_int_equal(ju64(obj, "sum"), 81234567);
	assert_int_equal(ju64(obj, "min"), 9000);
	assert_int_equal(ju64(obj, "max"), 900000);
	assert_int_equal(jlen(jget(obj, "bins")), 2);
	assert_int_equal(ju64(jat(jget(obj, "bins"), 1), "count"), 40);
	json_object_put(obj);
}

static void test_channels(void **state)
{
	struct json_object *obj = good("channels", good_channels);
	struct json_object *row = jat(jget(obj, "channels"), 1);

	(void)state;
	assert_int_equal(ju64(obj, "count"), 2);
	assert_string_equal(jstr(obj, "imbalance"), "1.500");
	assert_string_equal(jstr(row, "channel"), "dma0chan1");
	assert_string_equal(jstr(row, "provider"), "simdma.0");
	assert_int_equal(jint(row, "node"), -1);
	assert_string_equal(jstr(row, "state"), "quarantined");
	assert_true(jdec(row, "share") == 25.0);
	assert_int_equal(ju64(row, "errors"), 2);
	assert_int_equal(ju64(row, "timeouts"), 1);
	json_object_put(obj);
}

static void test_fallbacks(void **state)
{
	struct json_object *obj = good("fallbacks", good_fallbacks());
	struct json_object *row;

	(void)state;
	assert_int_equal(jlen(jget(obj, "reasons")), DCBM_NR_REASONS);
	row = jfind(jget(obj, "reasons"), "reason", "timeout");
	assert_int_equal(ju64(row, "folios"), 2 * DCBM_FB_TIMEOUT);
	assert_int_equal(jint(row, "last_errno"), -(int)DCBM_FB_TIMEOUT);
	json_object_put(obj);
}

static void test_trigger(void **state)
{
	struct json_object *obj = good("trigger", good_trigger);

	(void)state;
	assert_int_equal(strncmp(jstr(obj, "spec"), "folios=512 order=0 src", 22), 0);
	assert_string_equal(jstr(obj, "status"), "ok");
	assert_int_equal(ju64(obj, "copied"), 5100);
	assert_int_equal(ju64(jat(jget(obj, "fallbacks"), 0), "folios"), 20);
	assert_string_equal(json_object_get_string(jat(jget(obj, "help"), 1)),
			    "order=0..9 (0) of each folio");
	json_object_put(obj);

	obj = good("trigger", "# dcbm trigger v1\n#\n# help\nstatus none\n");
	assert_int_equal(jlen(jget(obj, "help")), 2);
	json_object_put(obj);
}

#define SPEC	"chan=dma0chan0 clause=copy.many seed=1"

static void test_validate(void **state)
{
	struct json_object *obj = good("validate", fake_validate_file(NULL, "status none\n"));
	struct json_object *row;

	(void)state;
	assert_int_equal(jlen(jget(obj, "clauses")), FAKE_CLAUSES);
	row = jat(jget(obj, "clauses"), 1);
	assert_string_equal(jstr(row, "clause"), "copy.few");
	assert_string_equal(jstr(row, "needs"), "sg");
	assert_string_equal(jstr(row, "text"), "paired lists of 2 to 8 segments are copied");
	row = jfind(jget(obj, "clauses"), "clause", "done.context");
	/* More words than the parser splits */
	assert_non_null(strstr(jstr(row, "text"), "held: they may prep, submit, issue"));
	assert_null(jget(obj, "spec"));
	json_object_put(obj);

	obj = good("validate", fake_validate_file(SPEC, fake_pass));
	assert_string_equal(jstr(obj, "spec"), SPEC);
	assert_string_equal(jstr(obj, "why"), "-");
	assert_int_equal(ju64(obj, "descriptors"), 812);
	assert_string_equal(jstr(obj, "chan_state"), "ready");
	assert_null(jget(obj, "reduced"));
	json_object_put(obj);

	obj = good("validate", fake_validate_file(SPEC, fake_fail));
	assert_int_equal(ju64(obj, "fail_case"), 17);
	assert_int_equal(ju64(jget(obj, "reduced"), "from"), 64);
	assert_int_equal(ju64(jget(obj, "reduced"), "to"), 2);
	assert_int_equal(jlen(jget(obj, "dst")), 2);
	row = jat(jget(obj, "src"), 1);
	assert_int_equal(ju64(row, "offset"), 0x2000);
	assert_int_equal(ju64(row, "len"), 512);
	assert_int_equal(ju64(obj, "wrong"), 12);
	row = jat(jget(obj, "wrong_bytes"), 2);
	assert_string_equal(jstr(row, "where"), "outside");
	assert_int_equal(ju64(row, "offset"), 0x3200);
	assert_int_equal(ju64(row, "expected"), 0xa5);
	assert_int_equal(ju64(row, "found"), 7);
	json_object_put(obj);

	json_object_put(good("validate", fake_validate_file(SPEC, "status running\n")));
	json_object_put(good("validate", fake_validate_file(SPEC, fake_error)));
	json_object_put(good("validate", fake_validate_file(SPEC, fake_interrupted)));
}

/* Lines of a pass and of a failure, each of which can be changed */
#define ENDED	"why x\nerrno 0\ncases 1\ndescriptors 1\nbytes 1\nns 1\nchan_state ready\n"
#define PASS	"status pass\n" ENDED
#define FAIL	"status fail\n" ENDED
#define LISTS	"reduced 9 1\ndst 0 offset=0x0 len=1\nsrc 0 offset=0x0 len=1\n"

#define BYTE	"byte dst offset=0x0 expected=0x0 found=0x1\n"

static void test_validate_bad(void **state)
{
	static const struct {
		const char *result;
		const char *why;
	} cases[] = {
		{ "status good\n", "unknown status 'good'" },
		{ "status pass\n", "without its line 'why'" },
		{ "status pass\nwhy x\nerrno 0\ncases 1\ndescriptors 1\nbytes 1\nns 1\n",
		  "without its line 'chan_state'" },
		{ "status pass\nwhy\n", "line of 2 words or more, not of 1" },
		{ PASS "chan_state ready\n", "'chan_state' comes twice" },
		{ PASS "frogs 1\n", "unknown line 'frogs'" },
		{ PASS "fail_case 0\n", "status pass, but the file has 'fail_case' of a failure" },
		{ PASS "wrong 0\n", "the file has 'wrong'" },
		{ PASS "dst 0 offset=0x0 len=1\n", "the file has 'dst'" },
		{ PASS "byte dst offset=0x0 expected=0x0 found=0x1\n",
		  "the file has 'wrong_bytes'" },
		{ FAIL "reduced 1 2\n", "reduced from 1 segments to 2" },
		{ FAIL "reduced 1\n", "line of 3 words, not of 2" },
		{ FAIL "reduced 1 x\n", "'to' is 'x'" },
		{ FAIL LISTS "reduced 9 1\n", "'reduced' comes twice" },
		{ FAIL "reduced 9 2\ndst 0 offset=0x0 len=1\nsrc 0 offset=0x0 len=1\n",
		  "2 segments announced, but there are 1 dst and 1 src lines" },
		{ FAIL "reduced 9 1\n", "1 segments announced, but there are 0 dst" },
		{ FAIL "dst 0 offset=0x0 len=1\nsrc 0 offset=0x0 len=1\n", "0 segments announced" },
		{ FAIL LISTS "dst 2 offset=0x0 len=1\n", "'dst 2', but must be 'dst 1'" },
		{ FAIL "src 1 offset=0x0 len=1\n", "'src 1', but must be 'src 0'" },
		{ FAIL "dst 0 0x0 len=1\n", "'offset' is '0x0'" },
		{ FAIL "dst 0 offset=0 len=1\n", "'offset' is 'offset=0'" },
		{ FAIL "dst 0 offset=1000 len=1\n", "'offset' is" },
		{ FAIL "dst 0 offset:0x0 len=1\n", "'offset' is" },
		{ FAIL "dst 0 offset=0x len=1\n", "'offset' is" },
		{ FAIL "dst 0 offset=0xG len=1\n", "'offset' is" },
		{ FAIL "dst 0 offset=0x10000000000000000 len=1\n", "'offset' is" },
		{ FAIL "dst 0 offsets=0x0 len=1\n", "'offset' is" },
		{ FAIL "dst 0 offset=0x0 len=0x1\n", "'len' is" },
		{ FAIL "dst 0 len=1 offset=0x0\n", "'offset' is" },
		{ FAIL "dst 0 offset=0x0\n", "line of 4 words, not of 3" },
		{ FAIL "byte dst offset=0x0 expected=0x0 found=0x1\n",
		  "1 lines 'byte', but no bytes are wrong" },
		{ FAIL "wrong 1\nbyte dst offset=0x0 expected=0x0 found=0x100\n", "no wrong byte" },
		{ FAIL "wrong 1\nbyte dst offset=0x0 expected=0x7 found=0x7\n", "no wrong byte" },
		{ FAIL "wrong 9\n" BYTE BYTE BYTE BYTE BYTE BYTE BYTE BYTE BYTE,
		  "9 lines 'byte', but at most 8 are allowed" },
		{ FAIL "wrong 1\nbyte here offset=0x0 expected=0x0 found=0x1\n",
		  "a byte is in 'here'" },
		{ "status skip\nwhy x\nerrno 0\ncases 1\ndescriptors 1\nbytes 1\nns 1\n"
		  "chan_state fine\n", "unknown chan_state 'fine'" },
		{ PASS "clause copy.one any again\n", "clause 'copy.one' comes twice" },
		{ PASS "clause copy.two many x\n", "clause 'copy.two' needs 'many'" },
		{ PASS "clause copy.two any\n", "line of 4 words or more, not of 3" },
		{ PASS "clause copy.two any a b c d e f g h i j k l m n o p q r s t u\x01 v\n",
		  "garbage: byte 0x01" },
	};
	struct parse_error err;
	const char *text;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		text = fake_validate_file(SPEC, cases[i].result);
		assert_null(parse_file("validate", text, strlen(text), &err));
		if (!strstr(err.text, cases[i].why))
			fail_msg("'%s' is not in '%s'", cases[i].why, err.text);
	}
	text = fake_validate_file(NULL, PASS);
	assert_null(parse_file("validate", text, strlen(text), &err));
	assert_non_null(strstr(err.text, "without its line 'spec'"));
	bad("validate", "# dcbm validate v1\nstatus none\n", 2, "no line 'clause'");
	bad("validate", "# dcbm validate v1\nclause a any b\n", 2, "without its line 'status'");
}

static void test_header(void **state)
{
	(void)state;
	bad("channels", "", 1, "empty");
	bad("channels", "\n", 1, "must begin with '# dcbm channels v1'");
	bad("channels", good_desc_latency, 1, "not a 'channels' file");
	bad("channels", "# dcbm channels v2\nchannels 0\n", 1, "format v2, but this dcbm reads v1");
	bad("channels", "# dcbm channels v10\n", 1, "format v10");
	bad("channels", "# dcbm channels v1 x\n", 1, "format v1 x");
	bad("channels", "# dcbm channels v\n", 1, "not a");
	bad("no_such", "# dcbm no_such v1\n", 0, "unknown file");
}

#define HIST	"# dcbm desc_latency v1\nunit ns\ncount 1\nsum 2\nmin 3\nmax 4\n"

static void test_garbage(void **state)
{
	(void)state;
	bad("desc_latency", HIST "1 2\n", 7, "line of 3 words, not of 2");
	bad("desc_latency", HIST "1 2 3 4\n", 7, "not of 4");
	bad("desc_latency", HIST "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22\n", 7,
	    "at least");
	bad("desc_latency", HIST "1 2 x\n", 7, "'count' is 'x', but must be a number");
	bad("desc_latency", HIST "1 2 -3\n", 7, "'count' is '-3'");
	bad("desc_latency", HIST "1 2 +3\n", 7, "'count' is '+3'");
	bad("desc_latency", HIST "1 2 0x3\n", 7, "'count' is '0x3'");
	bad("desc_latency", HIST "1 2 18446744073709551616\n", 7, "must be a number");
	bad("desc_latency", HIST "5 4 3\n", 7, "range from 5 to 4");
	bad("desc_latency", HIST "1 2 3\r\n", 7, "garbage: byte 0x0d");
	bad("desc_latency", HIST "1 2 \xc3\xa9\n", 7, "garbage: byte 0xc3");
	bad("desc_latency", HIST "count 1\n", 7, "'count' comes twice");
	bad("desc_latency", HIST "count\n", 7, "line of 2 words");
	bad("batch_size", "# dcbm batch_size v1\nfrogs 7\n", 2, "unknown line 'frogs'");
	bad("channels", "# dcbm channels v1\nchannels 0\nimbalance 1.\n", 3, "'imbalance' is '1.'");
	bad("channels", "# dcbm channels v1\nchannels 0\nimbalance .5\n", 3, "'imbalance' is '.5'");
	bad("channels", "# dcbm channels v1\nchannels 0\nimbalance 1.0.0\n", 3, "'imbalance'");
	bad("fallbacks", "# dcbm fallbacks v1\nbusy 1 2 3 - 5\n", 2, "'last_errno' is '-'");
	json_object_put(good("desc_latency", HIST "\n  \t\n 1\t2  18446744073709551615\t\n"));
}

static void test_nul(void **state)
{
	static const char text[] = "# dcbm fallbacks v1\nbusy 1 2\0 3 4 5\n";
	struct parse_error err;

	(void)state;
	assert_null(parse_file("fallbacks", text, sizeof(text) - 1, &err));
	assert_int_equal(err.line, 2);
	assert_non_null(strstr(err.text, "0x00"));
}

static struct {
	const char *file;
	const char *text;
} samples[] = {
	{ "batch_size", good_batch_size },
	{ "desc_latency", good_desc_latency },
	{ "channels", good_channels },
	{ "trigger", good_trigger },
	{ "validate", NULL },
};

static int fill_samples(void **state)
{
	(void)state;
	samples[ARRAY_SIZE(samples) - 1].text = strdup(fake_validate_file(SPEC, fake_fail));
	return 0;
}

static int free_samples(void **state)
{
	(void)state;
	free((char *)samples[ARRAY_SIZE(samples) - 1].text);
	return 0;
}

/*
 * Truncated in the middle of a line: always refused. At the end of a line: refused if a line is
 * missing.
 */
static void test_truncated(void **state)
{
	struct json_object *obj;
	struct parse_error err;
	size_t i, len;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(samples); i++) {
		for (len = 0; len < strlen(samples[i].text); len++) {
			/*
			 * A copy of exactly this size, so that the sanitizer detects an access
			 * beyond its end
			 */
			char *copy = malloc(len ?: 1);

			memcpy(copy, samples[i].text, len);
			obj = parse_file(samples[i].file, copy, len, &err);
			if (obj && copy[len - 1] != '\n')
				fail_msg("%s cut at %zu was taken", samples[i].file, len);
			if (!obj)
				assert_true(err.line && err.text[0]);
			json_object_put(obj);
			free(copy);
		}
	}
	bad("channels", "# dcbm channels v1\nchannels 0\n", 2, "ends without its line 'imbalance'");
	bad("batch_size", "# dcbm batch_size v1\nfolios_sum 0\n", 2, "its line 'bytes_sum'");
	bad("desc_latency", "# dcbm desc_latency v1\nunit ns\n", 2, "without its line 'count'");
	bad("trigger", "# dcbm trigger v1\n# help\n", 2, "without its line 'status'");
}

/* Random bytes: no crash, and either a result or a reason */
static void test_fuzz(void **state)
{
	unsigned int seed = 20240607, round;
	struct json_object *obj;
	struct parse_error err;

	(void)state;
	for (round = 0; round < 20000; round++) {
		size_t i = (unsigned int)rand_r(&seed) % ARRAY_SIZE(samples);
		size_t len = strlen(samples[i].text);
		unsigned int hits = 1 + (unsigned int)rand_r(&seed) % 8;
		char *copy = malloc(len);

		memcpy(copy, samples[i].text, len);
		while (hits--) {
			static const char liked[] = "\n\n  ##\0-.09zv\t\xff";
			size_t at = (size_t)rand_r(&seed) % len;

			copy[at] = liked[(size_t)rand_r(&seed) % (sizeof(liked) - 1)];
		}
		obj = parse_file(samples[i].file, copy, len, &err);
		if (!obj)
			assert_true(err.text[0] && strlen(err.text) < sizeof(err.text));
		json_object_put(obj);
		free(copy);
	}
}

int main(void)
{
	const struct test_entry tests[] = {
		cmocka_unit_test(test_batch_size),
		cmocka_unit_test(test_hist),
		cmocka_unit_test(test_channels),
		cmocka_unit_test(test_fallbacks),
		cmocka_unit_test(test_trigger),
		cmocka_unit_test(test_validate),
		cmocka_unit_test(test_validate_bad),
		cmocka_unit_test(test_header),
		cmocka_unit_test(test_garbage),
		cmocka_unit_test(test_nul),
		cmocka_unit_test(test_truncated),
		cmocka_unit_test(test_fuzz),
	};

	return cmocka_run_group_tests(tests, fill_samples, free_samples);
}
