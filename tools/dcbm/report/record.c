// SPDX-License-Identifier: GPL-2.0-only
/**
 * DOC: Recording a command with trace-cmd
 *
 * trace-cmd starts the command but does not return its exit status. A shell between trace-cmd
 * and the command therefore writes the status to a pipe. Messages of trace-cmd go to a file in
 * memory and are shown only if trace-cmd failed. The command has the stdout and stderr of dcbm.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/sig.h"
#include "lib/tool.h"
#include "lib/util.h"
#include "report/record.h"

/* Arguments of trace-cmd besides the events and the command */
#define WORDS_FIXED	16

/* File descriptors of the shell: stdout and stderr of the command, and the pipe */
enum { FD_OUT = 7, FD_ERR = 8, FD_STATUS = 9 };

static const char shell[] = "\"$@\" >&7 2>&8 7>&- 8>&- 9>&-; echo $? >&9";

/* Exit status of a shell for a program that cannot be executed */
#define STATUS_NO_EXEC	127

struct run {
	pid_t pid;
	int from;
	int said;
};

static void build(const struct record_conf *conf, char *kib, size_t len, const char **word)
{
	unsigned int i, nr = 0;

	snprintf(kib, len, "%llu", (unsigned long long)conf->buffer_bytes >> 10);
	word[nr++] = "trace-cmd";
	word[nr++] = "record";
	word[nr++] = "-o";
	word[nr++] = conf->file;
	word[nr++] = "-b";
	word[nr++] = kib;
	word[nr++] = "-C";
	word[nr++] = conf->clock;
	word[nr++] = "-e";
	word[nr++] = "dcbm";
	for (i = 0; i < conf->nr_events; i++) {
		word[nr++] = "-e";
		word[nr++] = conf->event[i].name;
		if (!conf->event[i].filter)
			continue;
		word[nr++] = "-f";
		word[nr++] = conf->event[i].filter;
	}
	word[nr++] = "sh";
	word[nr++] = "-c";
	word[nr++] = shell;
	word[nr++] = "sh";
	for (i = 0; conf->command[i]; i++)
		word[nr++] = conf->command[i];
	word[nr] = NULL;
}

static size_t words(char **word)
{
	size_t nr = 0;

	while (word[nr])
		nr++;
	return nr;
}

/* Duplicates @fd to @to, a number that the shell uses, by way of a higher number. */
static int place(int fd, int to)
{
	int high = fcntl(fd, F_DUPFD, FD_STATUS + 1);

	if (high < 0 || dup2(high, to) < 0)
		return -1;
	return close(high);
}

/* In the child, does not return */
static void exec_trace_cmd(struct tool *t, const char **word, const struct run *run, int status)
{
	/* With --json stdout is for the JSON object, so the command prints to stderr. */
	int out = t->json ? STDERR_FILENO : STDOUT_FILENO;
	int high = fcntl(status, F_DUPFD, FD_STATUS + 1);
	int said = fcntl(run->said, F_DUPFD_CLOEXEC, FD_STATUS + 1);

	if (high < 0 || said < 0 || place(out, FD_OUT) || place(STDERR_FILENO, FD_ERR) ||
	    dup2(high, FD_STATUS) < 0 || close(high) ||
	    dup2(said, STDOUT_FILENO) < 0 || dup2(said, STDERR_FILENO) < 0)
		_exit(STATUS_NO_EXEC);
	execvp(word[0], (char *const *)word);
	fprintf(stderr, "%s\n", strerror(errno));
	_exit(STATUS_NO_EXEC);
}

static int spawn(struct tool *t, const struct record_conf *conf, struct run *run)
{
	const char **word = calloc(WORDS_FIXED + 4 * RECORD_EVENTS + words(conf->command),
				   sizeof(*word));
	char kib[32];
	int ends[2];

	run->said = memfd_create("said", MFD_CLOEXEC);
	if (!word || run->said < 0 || pipe2(ends, O_CLOEXEC)) {
		free(word);
		return tool_fail(t, TOOL_ENV, "record: cannot start trace-cmd: %m");
	}
	build(conf, kib, sizeof(kib), word);
	fflush(NULL);
	run->pid = fork();
	if (!run->pid)
		exec_trace_cmd(t, word, run, ends[1]);
	free(word);
	close(ends[1]);
	run->from = ends[0];
	if (run->pid < 0)
		return tool_fail(t, TOOL_ENV, "record: cannot start trace-cmd: %m");
	return 0;
}

/* A signal is passed on to trace-cmd, which then writes the recording. */
static int wait_for(pid_t pid)
{
	bool passed_on = false;
	int wstatus = -1;

	while (waitpid(pid, &wstatus, 0) < 0 && errno == EINTR) {
		if (sig_caught() && !passed_on) {
			kill(pid, SIGINT);
			passed_on = true;
		}
	}
	return wstatus;
}

/* The last line that trace-cmd printed, which is usually the reason of the failure */
static void last_line(int said, char *line, size_t len)
{
	char text[4096];
	off_t end = lseek(said, 0, SEEK_END);
	off_t from = end > (off_t)sizeof(text) - 1 ? end - (off_t)sizeof(text) + 1 : 0;
	ssize_t nr = pread(said, text, sizeof(text) - 1, from);
	char *c;

	text[nr > 0 ? nr : 0] = '\0';
	for (c = text + strlen(text); c > text && strchr("\n ", c[-1]); c--)
		c[-1] = '\0';
	c = strrchr(text, '\n');
	c = c ? c + 1 : text;
	c += strspn(c, " \t");
	snprintf(line, len, "%s", *c ? c : "no message");
}

/*
 * trace-cmd continues without a filter that the kernel refuses, and its exit status is 0: only
 * its message shows the failure.
 */
static bool filter_refused(int said)
{
	static const char mark[] = "Failed filter of";
	off_t len = lseek(said, 0, SEEK_END);
	char *text = len > 0 ? malloc(len) : NULL;
	ssize_t nr = text ? pread(said, text, len, 0) : 0;
	bool refused = nr > 0 && memmem(text, nr, mark, strlen(mark));

	free(text);
	return refused;
}

/* Reads the exit status of the command from the pipe; -1 if the command was not started. */
static int command_status(int from)
{
	char text[16] = "";
	ssize_t nr = read(from, text, sizeof(text) - 1);

	return nr > 0 ? atoi(text) : -1;
}

/**
 * record_run() - record a command
 * @t: run; gets the reason of a failure
 * @conf: what to record, and how
 * @status: gets the exit status of the command, as in a shell
 *
 * Return: 0 or an enum tool_status.
 */
int record_run(struct tool *t, const struct record_conf *conf, int *status)
{
	struct run run = { .pid = -1, .from = -1, .said = -1 };
	char line[300];
	int wstatus, ret;
	bool refused;

	sig_catch();
	ret = spawn(t, conf, &run);
	if (ret)
		return ret;
	wstatus = wait_for(run.pid);
	/* Do not wait for the end of the pipe: a remaining child of trace-cmd may keep it open. */
	fcntl(run.from, F_SETFL, O_NONBLOCK);
	*status = command_status(run.from);
	close(run.from);
	last_line(run.said, line, sizeof(line));
	refused = filter_refused(run.said);
	close(run.said);
	if (refused)
		return tool_fail(t, TOOL_USAGE,
				 "record: the kernel refuses a --filter; for the syntax see the event's file 'filter' in tracefs");
	if (WIFEXITED(wstatus) && !WEXITSTATUS(wstatus) && *status >= 0)
		return 0;
	if (sig_caught())
		return tool_fail(t, TOOL_SIGNAL + sig_caught(), "record: interrupted");
	return tool_fail(t, TOOL_ENV, "record: trace-cmd failed: %s", line);
}
