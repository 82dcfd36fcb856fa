// SPDX-License-Identifier: GPL-2.0-only
/* Output on a terminal, and plain output elsewhere */
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fake_validate.h"
#include "fixture.h"
#include "lib/progress.h"
#include "lib/term.h"
#include "lib/util.h"

#define COLUMNS		60

#define FULL_BLOCK	"\342\226\210"
#define MEDIUM_SHADE	"\342\226\222"
#define LIGHT_SHADE	"\342\226\221"
#define PAINTS		3

/* Runs @child on a terminal of its own. Returns its output, to be freed. */
static char *on_wide_tty(void (*child)(struct fixture *fx), struct fixture *fx,
			 unsigned short columns)
{
	const struct winsize size = { .ws_row = 24, .ws_col = columns };
	size_t len = 0, room = 65536;
	char *out = calloc(1, room);
	int fd, wstatus;
	ssize_t got;
	pid_t pid;

	pid = forkpty(&fd, NULL, NULL, &size);
	assert_true(pid >= 0);
	if (!pid) {
		child(fx);
		fflush(NULL);
		_exit(0);
	}
	/* read() fails with EIO when the other side is closed. */
	while (len + 1 < room && (got = read(fd, out + len, room - len - 1)) > 0)
		len += (size_t)got;
	close(fd);
	assert_int_equal(waitpid(pid, &wstatus, 0), pid);
	assert_true(WIFEXITED(wstatus) && !WEXITSTATUS(wstatus));
	return out;
}

static char *on_tty(void (*child)(struct fixture *fx), struct fixture *fx)
{
	return on_wide_tty(child, fx, COLUMNS);
}

static void show_stat(struct fixture *fx)
{
	char dir[96];

	snprintf(dir, sizeof(dir), "%s/debugfs", fx->dir);
	setenv("DCBM_DEBUGFS", dir, 1);
	execl(getenv("DCBM"), "dcbm", "stat", "batch_size", "desc_latency", NULL);
	_exit(1);
}

/* Longest line in columns, without colours and UTF-8 continuation bytes */
static size_t widest(const char *text)
{
	size_t width = 0, most = 0;

	for (; *text; text++) {
		if (*text == '\033') {
			text += strcspn(text, "mK");
		} else if (*text == '\n' || *text == '\r') {
			width = 0;
		} else if ((*text & 0xc0) != 0x80) {
			width++;
			most = width > most ? width : most;
		}
	}
	return most;
}

static int tty_setup(void **state)
{
	setenv("TERM", "xterm", 1);
	unsetenv("NO_COLOR");
	setenv("LC_ALL", "C", 1);
	return fixture_setup(state);
}

static void test_colours(void **state)
{
	struct fixture *fx = *state;
	char *out;

	fixture_driver(fx);
	out = on_tty(show_stat, fx);
	assert_non_null(strstr(out, "\033[32m"));
	assert_non_null(strstr(out, "desc_latency"));
	free(out);

	setenv("NO_COLOR", "1", 1);
	out = on_tty(show_stat, fx);
	assert_null(strchr(out, '\033'));
	assert_non_null(strstr(out, "####"));
	free(out);

	unsetenv("NO_COLOR");
	setenv("TERM", "dumb", 1);
	out = on_tty(show_stat, fx);
	assert_null(strchr(out, '\033'));
	free(out);
}

/* Headings are not truncated; histograms fill the width exactly. */
static void test_width(void **state)
{
	static const unsigned short columns[] = { 50, COLUMNS, 80, 133, 200 };
	struct fixture *fx = *state;
	size_t i;

	fixture_driver(fx);
	for (i = 0; i < ARRAY_SIZE(columns); i++) {
		char *out = on_wide_tty(show_stat, fx, columns[i]), *bars;

		bars = strstr(out, "folios per batch");
		assert_non_null(bars);
		*strstr(bars, "desc_latency") = '\0';
		assert_in_range(widest(bars), columns[i] - 2, columns[i]);
		free(out);
	}
}

/* Bars are left out if they do not fit. */
static void test_narrow(void **state)
{
	struct fixture *fx = *state;
	char *out;

	fixture_driver(fx);
	out = on_wide_tty(show_stat, fx, 40);
	assert_non_null(strstr(out, "512 - 1023        41  82.0 % \r\n"));
	assert_true(strlen(out) < 2000);
	free(out);
}

static void test_unicode(void **state)
{
	struct fixture *fx = *state;
	char *out;

	fixture_driver(fx);
	setenv("LC_ALL", "C.UTF-8", 1);
	out = on_tty(show_stat, fx);
	assert_non_null(strstr(out, "\033[32m" FULL_BLOCK " offloaded 42"));
	assert_non_null(strstr(out, FULL_BLOCK FULL_BLOCK));
	assert_null(strchr(out, '#'));
	assert_null(strstr(out, LIGHT_SHADE));
	free(out);

	/* Without colours the outcomes differ by shades, also in the legend. */
	setenv("NO_COLOR", "1", 1);
	out = on_tty(show_stat, fx);
	assert_null(strchr(out, '\033'));
	assert_non_null(strstr(out, MEDIUM_SHADE " partial 1, " LIGHT_SHADE " fallback 7"));
	assert_true(times(out, LIGHT_SHADE) > 2);
	free(out);

	/* Without a terminal the output is the same everywhere. */
	unsetenv("NO_COLOR");
	fixture_exec(fx, "stat batch_size");
	assert_non_null(strstr(fx->out, "# offloaded 42, + partial 1, - fallback 7"));
	assert_null(strstr(fx->out, "\342"));
	assert_null(strchr(fx->out, '\033'));
}

static void show_progress(struct fixture *fx)
{
	struct progress p;
	int i;

	(void)fx;
	progress_start(&p, "first", 200);
	progress_add(&p, 50);
	progress_label(&p, "second");
	progress_add(&p, 50);
	for (i = 0; i < PAINTS; i++)
		usleep(250000);
	progress_stop(&p);
	fprintf(stderr, "after\n");
}

static void test_progress(void **state)
{
	struct fixture *fx = *state;
	char *out = on_tty(show_progress, fx);

	assert_non_null(strstr(out, "second: 50 %, "));
	/* The line is erased at the end. */
	assert_non_null(strstr(out, "\r\033[Kafter"));
	free(out);

	setenv("TERM", "dumb", 1);
	out = on_tty(show_progress, fx);
	assert_string_equal(out, "after\r\n");
	free(out);
}

static void one_paint(void)
{
	usleep(250000);
}

static void show_validate(struct fixture *fx)
{
	static const struct fake_rule rules[] = {
		{ .clause = "copy.one", .result = fake_fail, .then = one_paint },
		{ .clause = "copy.few", .result = fake_skip, .then = one_paint },
		{ .clause = "copy.many", .result = fake_pass, .then = one_paint },
		{ .result = NULL }
	};

	fake_start(fx, rules);
	fake_channel(fx, "dma0chan0", "simdma.0", false);
	fx->live = stdout;
	fixture_run(fx, "validate --clause copy");
}

/* Results go to the same terminal as the progress line, but never into it. */
static void test_validate(void **state)
{
	struct fixture *fx = *state;
	char *out = on_tty(show_validate, fx), *at;
	unsigned int lines = 0;

	assert_non_null(strstr(out, "\r\033[Kdma0chan0 copy.many: 22 %, "));
	assert_non_null(strstr(out, "\033[31mnot ok\033[0m 1 dma0chan0 copy.one\r\n"));
	assert_non_null(strstr(out, "\033[33mok\033[0m 2 dma0chan0 copy.few # SKIP no memory "));
	assert_non_null(strstr(out, "\033[32mok\033[0m 3 dma0chan0 copy.many\r\n"));
	for (at = strstr(out, "ok\033[0m "); at; at = strstr(at + 1, "ok\033[0m ")) {
		char *begin = at;

		while (begin > out && begin[-1] != '\n' && begin[-1] != 'K')
			begin--;
		if (strncmp(begin, "\033[3", 3))
			fail_msg("'%.40s' is within another line", begin);
		lines++;
	}
	assert_int_equal(lines, 9);
	free(out);
}

#define T(test) cmocka_unit_test_setup_teardown(test, tty_setup, fixture_teardown)

int main(void)
{
	const struct test_entry tests[] = {
		T(test_colours),
		T(test_width),
		T(test_narrow),
		T(test_unicode),
		T(test_progress),
		T(test_validate),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
