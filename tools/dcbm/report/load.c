// SPDX-License-Identifier: GPL-2.0-only
/**
 * DOC: Reading a recording in a child process
 *
 * libtracecmd expects files of trace-cmd. With other files it prints messages, crashes or loops
 * endlessly. A child process therefore reads the recording and returns its report as JSON
 * through a pipe. Its stdout and stderr go to a file in memory. Whatever happens to the child,
 * the result is a report or a message of one line.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/jutil.h"
#include "lib/progress.h"
#include "lib/tool.h"
#include "report/json.h"
#include "report/load.h"
#include "report/model.h"
#include "report/read.h"

/* Limit of the JSON text: a report is shorter, as all its parts are bounded. */
#define REPORT_MAX	(64u << 20)

/* Limit of the child's CPU time per step; a normal step needs less than one second. */
#define STEP_SECONDS	120u

/* Longest part of the library's message that is shown */
#define MESSAGE_MAX	160

/* First bytes of a recording; the library prints misleading messages for other files. */
static const char magic[] = "\027\010\104tracing";

struct child {
	pid_t pid;
	int from;
	int said;
};

static void send_all(int to, const char *text)
{
	size_t len = strlen(text);

	while (len) {
		ssize_t nr = write(to, text, len);

		if (nr <= 0)
			_exit(TOOL_ENV);
		text += nr;
		len -= (size_t)nr;
	}
}

/*
 * In the child, after each step: releases the part of the file that was read, and extends the
 * limit of CPU time. A child that reaches the limit is in an endless loop.
 */
static void next_step(const char *file)
{
	struct rusage use;
	struct rlimit limit;

	trim_file(file);
	getrusage(RUSAGE_SELF, &use);
	getrlimit(RLIMIT_CPU, &limit);
	limit.rlim_cur = (rlim_t)use.ru_utime.tv_sec + (rlim_t)use.ru_stime.tv_sec + STEP_SECONDS;
	if (limit.rlim_cur < limit.rlim_max)
		setrlimit(RLIMIT_CPU, &limit);
}

/* In the child, does not return */
static void read_and_send(const char *file, int to, int said)
{
	struct report_model *m = model_new();
	struct json_object *obj = json_object_new_object();
	char why[200] = "no memory";

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	/* A crash is expected and must not leave a core file. */
	setrlimit(RLIMIT_CORE, &(struct rlimit) { 0, 0 });
	next_step(file);
	dup2(said, STDOUT_FILENO);
	dup2(said, STDERR_FILENO);
	if (m && !report_read(file, m, next_step, why, sizeof(why)))
		report_json(m, obj);
	else
		jadd_str(obj, "why", why);
	send_all(to, json_object_to_json_string_ext(obj, JSON_C_TO_STRING_PLAIN));
	json_object_put(obj);
	model_free(m);
	_exit(TOOL_OK);
}

static int spawn(struct tool *t, const char *file, struct child *c)
{
	int ends[2];

	c->said = memfd_create("said", MFD_CLOEXEC);
	if (c->said < 0 || pipe2(ends, O_CLOEXEC) < 0)
		return tool_fail(t, TOOL_ENV, "report: cannot start the reader: %m");
	fflush(NULL);
	c->pid = fork();
	if (c->pid < 0)
		return tool_fail(t, TOOL_ENV, "report: cannot start the reader: %m");
	if (!c->pid) {
		close(ends[0]);
		read_and_send(file, ends[1], c->said);
	}
	close(ends[1]);
	c->from = ends[0];
	return 0;
}

/* Returns all output of the child, to be freed, or NULL. */
static char *receive(int from)
{
	size_t room = 1 << 16, len = 0;
	char *text = malloc(room);

	while (text) {
		ssize_t nr;

		if (len + 1 == room) {
			char *more = room < REPORT_MAX ? realloc(text, 2 * room) : NULL;

			if (!more)
				break;
			text = more;
			room *= 2;
		}
		nr = read(from, text + len, room - 1 - len);
		if (nr < 0 && errno == EINTR)
			continue;
		if (nr <= 0) {
			text[len] = '\0';
			return text;
		}
		len += (size_t)nr;
	}
	free(text);
	return NULL;
}

/* The first line of the library's messages, in brackets, or "" */
static void first_line(int said, char *line, size_t len)
{
	char text[MESSAGE_MAX + 1];
	ssize_t nr = pread(said, text, MESSAGE_MAX, 0);
	char *c;

	line[0] = '\0';
	if (nr <= 0)
		return;
	text[nr] = '\0';
	for (c = text; *c && *c != '\n'; c++)
		if (*c < ' ' || *c > '~')
			*c = '?';
	*c = '\0';
	c = text + strspn(text, " =");
	if (*c)
		snprintf(line, len, " (%s)", c);
}

static int judge(struct tool *t, const char *file, const struct child *c, int wstatus,
		 struct json_object *obj)
{
	char line[MESSAGE_MAX + 8];

	if (WIFEXITED(wstatus) && !WEXITSTATUS(wstatus) && obj && !jget(obj, "why"))
		return 0;
	first_line(c->said, line, sizeof(line));
	if (obj && jget(obj, "why"))
		return tool_fail(t, TOOL_USAGE, "report: '%s': %s%s", file, jstr(obj, "why"), line);
	if (WIFSIGNALED(wstatus))
		return tool_fail(t, TOOL_USAGE,
				 "report: '%s' is damaged: libtracecmd was killed by signal %d%s",
				 file, WTERMSIG(wstatus), line);
	return tool_fail(t, TOOL_USAGE, "report: '%s' is damaged: libtracecmd cannot read it%s",
			 file, line);
}

/* Checks that do not need the library */
static int check_file(struct tool *t, const char *file)
{
	char head[sizeof(magic) - 1];
	struct stat st;
	ssize_t nr;
	int fd;

	fd = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return tool_fail(t, TOOL_USAGE, "report: cannot open '%s': %m", file);
	nr = fstat(fd, &st) || !S_ISREG(st.st_mode) ? -1 : read(fd, head, sizeof(head));
	close(fd);
	if (nr < 0)
		return tool_fail(t, TOOL_USAGE, "report: '%s' is not a readable file", file);
	if (!nr)
		return tool_fail(t, TOOL_USAGE, "report: '%s' is empty", file);
	if (nr < (ssize_t)sizeof(head) || memcmp(head, magic, sizeof(head)))
		return tool_fail(t, TOOL_USAGE,
				 "report: '%s' is not a trace-cmd recording (see 'dcbm record --help')",
				 file);
	return 0;
}

int report_load(struct tool *t, const char *file, struct json_object **report)
{
	struct progress progress;
	struct json_object *obj;
	struct child c = { .pid = -1, .from = -1, .said = -1 };
	int wstatus = -1, ret;
	char *text;

	ret = check_file(t, file);
	if (!ret)
		ret = spawn(t, file, &c);
	if (ret)
		return ret;
	progress_start(&progress, "reading", 0);
	text = receive(c.from);
	close(c.from);
	while (waitpid(c.pid, &wstatus, 0) < 0 && errno == EINTR)
		;
	progress_stop(&progress);
	obj = text ? json_tokener_parse(text) : NULL;
	free(text);
	ret = judge(t, file, &c, wstatus, obj);
	close(c.said);
	if (ret) {
		json_object_put(obj);
		return ret;
	}
	jadd_str(obj, "file", file);
	*report = obj;
	return 0;
}
