/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Shared by the unit tests: folders that look like debugfs, sysfs and procfs, and functions
 * that run the tool on them.
 */
#ifndef DCBM_FIXTURE_H
#define DCBM_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
/* Needs the headers above. */
#include <cmocka.h>

#include "lib/jutil.h"

/* A name in kernel style for the type of cmocka */
#define test_entry	CMUnitTest

/**
 * struct fixture - folders of a test and its last run
 * @dir: folder of the test; "debugfs", "sysfs" and "procfs" are in it
 * @status: exit status of the last run
 * @result: result of the last fixture_run(), with its status and error
 * @out: printed text of the result, or stdout
 * @live: stream of fixture_run(), NULL for @out
 * @err: stderr, for fixture_exec() only
 */
struct fixture {
	char dir[64];
	int status;
	struct json_object *result;
	char *out;
	FILE *live;
	char *err;
};

int fixture_setup(void **state);
int fixture_teardown(void **state);
void fixture_write(struct fixture *fx, const char *name, const char *text);
void fixture_write_bytes(struct fixture *fx, const char *name, const void *bytes, size_t len);
void fixture_driver(struct fixture *fx);
int fixture_run(struct fixture *fx, const char *line);
int fixture_exec(struct fixture *fx, const char *line);
const char *fixture_error(struct fixture *fx);
char *fixture_paper(const char *name);
char *fixture_man(void);
bool fixture_mentions(const char *text, const char *word);
void fixture_keys(struct json_object *result);
void has(const char *text, const char *want);
void has_not(const char *text, const char *unwanted);
unsigned int times(const char *text, const char *word);

/**
 * struct fake_write - behaviour of a write to the driver
 * @err: errno of the write
 * @answer: content of the file afterwards, NULL to keep the content
 * @path: name of the file in the fixture, for @answer
 * @on_write: called instead if not NULL; returns an errno
 * @got: the last text written
 */
struct fake_write {
	int err;
	const char *answer;
	const char *path;
	struct fixture *fx;
	int (*on_write)(struct fake_write *fake, const char *text);
	char got[1100];
};

extern struct fake_write *fake_write;

/* Offset that is added to the clock of the tool. */
extern uint64_t fake_ns_later;

/* Names from the linker option --wrap for debugfs_write() and now_ns() */
int __real_debugfs_write(int fd, const char *text);
int __wrap_debugfs_write(int fd, const char *text);
uint64_t __real_now_ns(void);
uint64_t __wrap_now_ns(void);

extern const char good_batch_size[];
extern const char good_desc_latency[];
extern const char good_channels[];
extern const char good_trigger[];
const char *good_fallbacks(void);

#endif /* DCBM_FIXTURE_H */
