/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A driver with a validate file, and machines with DMA channels, for unit tests.
 */
#ifndef DCBM_FAKE_VALIDATE_H
#define DCBM_FAKE_VALIDATE_H

#include "fixture.h"

/* Clauses of the fake driver: the first and last of them, and their number. */
#define FAKE_CLAUSES	44

/**
 * struct fake_rule - what a clause shall do
 * @chan: on this channel only, NULL for all
 * @clause: only this one, NULL for all
 * @seed: only with this seed, NULL for all
 * @result: what the file says behind `spec`
 * @err: errno that the writer gets; then the file is left alone unless there is a result
 * @then: called before the answer, may be NULL
 */
struct fake_rule {
	const char *chan;
	const char *clause;
	const char *seed;
	const char *result;
	int err;
	void (*then)(void);
};

/**
 * struct fake_validate - the driver
 * @write: stands in for debugfs_write()
 * @rules: the first that fits a line counts, ended by one without @result and @err;
 *	what fits none passes
 * @writes: lines that were written
 * @lines: all of them
 */
struct fake_validate {
	struct fake_write write;
	const struct fake_rule *rules;
	unsigned int writes;
	char lines[65536];
};

extern struct fake_validate fake;

/* What stands in the file behind `spec`. */
extern const char fake_pass[];
extern const char fake_said[];
extern const char fake_fail[];
extern const char fake_skip[];
extern const char fake_error[];
extern const char fake_interrupted[];
extern const char fake_quarantined[];

const char *fake_validate_file(const char *spec, const char *result);
void fake_start(struct fixture *fx, const struct fake_rule *rules);
void fake_channel(struct fixture *fx, const char *name, const char *device, bool in_use);
int on_one(struct fixture *fx, const struct fake_rule *rules, const char *line);
int on_many(struct fixture *fx, const struct fake_rule *rules, const char *line);
void results(struct fixture *fx, unsigned int tests, unsigned int passed,
	     unsigned int failed, unsigned int skipped);

#endif /* DCBM_FAKE_VALIDATE_H */
