// SPDX-License-Identifier: GPL-2.0-only
/* Shared by the unit tests */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <glob.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <uapi/linux/dcbm.h>

#include "driver/debugfs.h"
#include "fixture.h"
#include "lib/cmd.h"
#include "lib/files.h"
#include "lib/term.h"
#include "lib/tool.h"
#include "main.h"

#define WORDS	32

const char good_batch_size[] =
	"# dcbm batch_size v1\n"
	"# unit   from      to        offloaded partial fallback\n"
	"folios   1         1         2         0       7\n"
	"folios   512       1023      40        1       0\n"
	"bytes    4096      8191      2         0       7\n"
	"bytes    2097152   4194303   40        1       0\n"
	"folios_sum 20489\n"
	"bytes_sum 83922944\n";

const char good_desc_latency[] =
	"# dcbm desc_latency v1\n"
	"unit ns\n"
	"count 640\n"
	"sum 81234567\n"
	"min 9000\n"
	"max 900000\n"
	"# from to count\n"
	"8192 16383 600\n"
	"16384 32767 40\n";

const char good_channels[] =
	"# dcbm channels v1\n"
	"# channel provider node backend state batches descriptors folios bytes share busy_ns errors timeouts inflight_max\n"
	"dma0chan0 simdma.0 0 memcpy_sg ready 20 320 10240 41943040 75.00 1234567 0 0 4\n"
	"dma0chan1 simdma.0 -1 memcpy quarantined 20 320 10240 13981013 25.00 1234567 2 1 4\n"
	"channels 2\n"
	"imbalance 1.500\n";

const char good_trigger[] =
	"# dcbm trigger v1\n"
	"# folios=1..512 (512) folios in a batch\n"
	"# order=0..9 (0) of each folio\n"
	"spec folios=512 order=0 src=0 dst=1 chan=4 backend=auto fill=random verify=1 repeat=10 seed=1\n"
	"status ok\n"
	"errno 0\n"
	"runs 10\n"
	"folios 5120\n"
	"copied 5100\n"
	"fell_back 20\n"
	"bytes 20971520\n"
	"ns 1234567\n"
	"mbps 16987\n"
	"first_batch 11\n"
	"last_batch 20\n"
	"mismatches 0\n"
	"first_mismatch none\n"
	"fallback busy 20\n";

/* Built from the names in the shared header, so that names agree */
const char *good_fallbacks(void)
{
	static const char *const names[] = { DCBM_REASONS(DCBM_NAME) };
	static char text[2048];
	size_t i, len;

	len = (size_t)snprintf(text, sizeof(text), "# dcbm fallbacks v1\n"
			       "# reason batches folios bytes last_errno last_ns\n");
	for (i = 0; i < ARRAY_SIZE(names); i++)
		len += (size_t)snprintf(text + len, sizeof(text) - len, "%s %zu %zu %zu %d %d\n",
					names[i], i, i * 2, i * 8192, -(int)i, i ? 77 : 0);
	return text;
}

struct fake_write *fake_write;

/* The linker replaces debugfs_write() by this function, see the Makefile. */
int __wrap_debugfs_write(int fd, const char *text)
{
	if (!fake_write)
		return __real_debugfs_write(fd, text);
	snprintf(fake_write->got, sizeof(fake_write->got), "%s", text);
	if (fake_write->on_write)
		return fake_write->on_write(fake_write, text);
	if (fake_write->answer)
		fixture_write(fake_write->fx, fake_write->path, fake_write->answer);
	return fake_write->err;
}

uint64_t fake_ns_later;

uint64_t __wrap_now_ns(void)
{
	return __real_now_ns() + fake_ns_later;
}

static void make_dirs(const char *path)
{
	char copy[PATH_MAX];
	char *slash;

	snprintf(copy, sizeof(copy), "%s", path);
	for (slash = strchr(copy + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		mkdir(copy, 0700);
		*slash = '/';
	}
}

/* Writes a file and creates the folders above it. */
void fixture_write_bytes(struct fixture *fx, const char *name, const void *bytes, size_t len)
{
	char path[PATH_MAX];
	FILE *out;

	snprintf(path, sizeof(path), "%s/%s", fx->dir, name);
	make_dirs(path);
	out = fopen(path, "w");
	assert_non_null(out);
	assert_int_equal(fwrite(bytes, 1, len, out), len);
	assert_int_equal(fclose(out), 0);
}

/* Writes a text file and creates the folders above it. */
void fixture_write(struct fixture *fx, const char *name, const char *text)
{
	fixture_write_bytes(fx, name, text, strlen(text));
}

/* Creates the files of a loaded driver. */
void fixture_driver(struct fixture *fx)
{
	fixture_write(fx, "debugfs/dcbm/batch_size", good_batch_size);
	fixture_write(fx, "debugfs/dcbm/batch_latency",
		      "# dcbm batch_latency v1\nunit ns\ncount 0\nsum 0\nmin 0\nmax 0\n"
		      "# from to count\n");
	fixture_write(fx, "debugfs/dcbm/desc_latency", good_desc_latency);
	fixture_write(fx, "debugfs/dcbm/desc_segments",
		      "# dcbm desc_segments v1\nunit segments\ncount 3\nsum 9\nmin 2\nmax 4\n"
		      "# from to count\n2 3 2\n4 7 1\n");
	fixture_write(fx, "debugfs/dcbm/channels", good_channels);
	fixture_write(fx, "debugfs/dcbm/fallbacks", good_fallbacks());
	fixture_write(fx, "debugfs/dcbm/trigger", good_trigger);
	fixture_write(fx, "debugfs/dcbm/reset", "");
	fixture_write(fx, "sysfs/module/dcbm_sg/parameters/offloading", "1\n");
	fixture_write(fx, "sysfs/module/dcbm_sg/parameters/folios_migrated", "1000\n");
	fixture_write(fx, "sysfs/module/dcbm_sg/parameters/folios_failures", "10\n");
}

int fixture_setup(void **state)
{
	struct fixture *fx = calloc(1, sizeof(*fx));
	char name[128];

	snprintf(fx->dir, sizeof(fx->dir), "/tmp/dcbm-test-XXXXXX");
	if (!mkdtemp(fx->dir))
		return -1;
	snprintf(name, sizeof(name), "%s/debugfs/", fx->dir);
	make_dirs(name);
	snprintf(name, sizeof(name), "%s/sysfs/", fx->dir);
	make_dirs(name);
	snprintf(name, sizeof(name), "%s/procfs/", fx->dir);
	make_dirs(name);
	*state = fx;
	return 0;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

static void drop_result(struct fixture *fx)
{
	json_object_put(fx->result);
	free(fx->out);
	free(fx->err);
	fx->result = NULL;
	fx->out = NULL;
	fx->err = NULL;
}

int fixture_teardown(void **state)
{
	struct fixture *fx = *state;

	fake_write = NULL;
	fake_ns_later = 0;
	drop_result(fx);
	nftw(fx->dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
	free(fx);
	return 0;
}

/* Splits @line at blanks. Returns the number of words. */
static int cut(char *line, char **word)
{
	char *save = NULL, *at;
	int nr = 0;

	for (at = strtok_r(line, " ", &save); at; at = strtok_r(NULL, " ", &save)) {
		assert_true(nr < WORDS - 1);
		word[nr++] = at;
	}
	word[nr] = NULL;
	return nr;
}

/*
 * Runs a command in this process, on the fixture's folders. @fx gets result, text and status.
 * Returns the status.
 */
int fixture_run(struct fixture *fx, const char *line)
{
	char *copy = strdup(line), *word[WORDS];
	struct term term = { .width = 100, .out = fx->live };
	int nr = cut(copy, word);
	struct tool t;
	size_t len;

	drop_result(fx);
	tool_init(&t);
	snprintf(t.debugfs, sizeof(t.debugfs), "%s/debugfs", fx->dir);
	snprintf(t.sysfs, sizeof(t.sysfs), "%s/sysfs", fx->dir);
	snprintf(t.procfs, sizeof(t.procfs), "%s/procfs", fx->dir);
	snprintf(t.modules, sizeof(t.modules), "%s/modules", fx->dir);
	t.debugfs_given = true;
	if (!term.out)
		term.out = open_memstream(&fx->out, &len);
	t.out = term.out;
	t.result = json_object_new_object();
	t.cmd = cmd_find(word[0]);
	assert_non_null(t.cmd);
	fx->status = t.cmd->run(&t, nr, word);
	jadd_int(t.result, "exit", fx->status);
	jadd_str(t.result, "error", t.error);
	if (t.show)
		t.cmd->print(&term, t.result);
	if (!fx->live)
		fclose(term.out);
	fx->result = t.result;
	free(copy);
	return fx->status;
}

/* Returns the error message of the last fixture_run(), or "". */
const char *fixture_error(struct fixture *fx)
{
	return jstr(fx->result, "error");
}

static char *slurp(struct fixture *fx, const char *name)
{
	char path[128];
	struct text text;

	snprintf(path, sizeof(path), "%s/%s", fx->dir, name);
	assert_int_equal(text_read(path, &text), 0);
	return text.buf;
}

static void redirect(struct fixture *fx, const char *name, int to)
{
	char path[128];
	int fd;

	snprintf(path, sizeof(path), "%s/%s", fx->dir, name);
	fd = open(path, O_CREAT | O_TRUNC | O_WRONLY, 0600);
	if (fd < 0 || dup2(fd, to) < 0)
		_exit(126);
	close(fd);
}

static void set_dir(struct fixture *fx, const char *env, const char *name)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/%s", fx->dir, name);
	setenv(env, path, 1);
}

/*
 * Runs the built tool on the fixture's folders. @fx gets stdout, stderr and exit status.
 * Returns the status.
 */
int fixture_exec(struct fixture *fx, const char *line)
{
	char *copy, *word[WORDS], all[1024];
	const char *tool = getenv("DCBM");
	int wstatus;
	pid_t pid;

	assert_non_null(tool);
	snprintf(all, sizeof(all), "%s %s", tool, line);
	copy = strdup(all);
	cut(copy, word);
	drop_result(fx);
	pid = fork();
	assert_true(pid >= 0);
	if (!pid) {
		redirect(fx, "stdout", STDOUT_FILENO);
		redirect(fx, "stderr", STDERR_FILENO);
		set_dir(fx, "DCBM_DEBUGFS", "debugfs");
		set_dir(fx, "DCBM_SYSFS", "sysfs");
		set_dir(fx, "DCBM_PROCFS", "procfs");
		set_dir(fx, "DCBM_MODULES", "modules");
		execv(word[0], word);
		_exit(127);
	}
	free(copy);
	assert_int_equal(waitpid(pid, &wstatus, 0), pid);
	assert_true(WIFEXITED(wstatus));
	fx->status = WEXITSTATUS(wstatus);
	fx->out = slurp(fx, "stdout");
	fx->err = slurp(fx, "stderr");
	return fx->status;
}

/* Returns the text of a file below tools/, such as the completion, to be freed. */
char *fixture_paper(const char *name)
{
	struct text text;
	char path[512];

	assert_non_null(getenv("TOOLS"));
	snprintf(path, sizeof(path), "%s/%s", getenv("TOOLS"), name);
	assert_int_equal(text_read(path, &text), 0);
	return text.buf;
}

/**
 * fixture_man() - read the sources of the man pages
 *
 * Return: The text of all pages, to be freed.
 */
char *fixture_man(void)
{
	char pattern[512], *all = NULL;
	glob_t pages;
	size_t i;

	assert_non_null(getenv("TOOLS"));
	snprintf(pattern, sizeof(pattern), "%s/../Documentation/man/dcbm*.rst", getenv("TOOLS"));
	assert_int_equal(glob(pattern, 0, NULL, &pages), 0);
	for (i = 0; i < pages.gl_pathc; i++) {
		char *longer;
		struct text text;

		assert_int_equal(text_read(pages.gl_pathv[i], &text), 0);
		assert_true(asprintf(&longer, "%s%s", all ?: "", text.buf) >= 0);
		free(text.buf);
		free(all);
		all = longer;
	}
	globfree(&pages);
	return all;
}

static bool in_word(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '-';
}

/* Returns whether a text has a word as a whole. */
bool fixture_mentions(const char *text, const char *word)
{
	const char *at = text;

	while ((at = strstr(at, word))) {
		if ((at == text || !in_word(at[-1])) && !in_word(at[strlen(word)]))
			return true;
		at++;
	}
	return false;
}

static void check_keys(struct json_object *obj, const char *man)
{
	if (jlen(obj))
		check_keys(jat(obj, 0), man);
	if (!json_object_is_type(obj, json_type_object))
		return;
	json_object_object_foreach(obj, key, value) {
		if (!fixture_mentions(man, key))
			fail_msg("no man page mentions the key '%s'", key);
		check_keys(value, man);
	}
}

/* Checks that all keys of a result are in the man pages, as scripts depend on them. */
void fixture_keys(struct json_object *result)
{
	char *man = fixture_man();

	check_keys(result, man);
	free(man);
}

void has(const char *text, const char *want)
{
	if (!strstr(text, want))
		fail_msg("'%s' is not in:\n%s", want, text);
}

void has_not(const char *text, const char *unwanted)
{
	if (strstr(text, unwanted))
		fail_msg("'%s' is in:\n%s", unwanted, text);
}

/* Returns the number of occurrences. */
unsigned int times(const char *text, const char *word)
{
	unsigned int nr = 0;

	for (text = strstr(text, word); text; text = strstr(text + 1, word))
		nr++;
	return nr;
}
