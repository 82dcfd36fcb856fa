/* SPDX-License-Identifier: GPL-2.0-only */
/* A fake driver with a validate file, and machines with DMA channels */
#ifndef DCBM_FAKE_VALIDATE_H
#define DCBM_FAKE_VALIDATE_H

#include "fixture.h"

/* Number of clauses of the fake driver */
#define FAKE_CLAUSES	44

/**
 * struct fake_rule - behaviour of a clause
 * @chan: only on this channel, NULL for all
 * @clause: only this clause, NULL for all
 * @seed: only with this seed, NULL for all
 * @result: lines of the file after `spec`
 * @err: errno of the write; without @result the file does not change
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
 * struct fake_validate - the fake driver
 * @write: replacement of debugfs_write()
 * @rules: the first rule that matches a line applies; ended by a rule without @result and
 *	@err; without a match the clause passes
 * @writes: number of lines written
 * @lines: all lines written
 */
struct fake_validate {
	struct fake_write write;
	const struct fake_rule *rules;
	unsigned int writes;
	char lines[65536];
};

extern struct fake_validate fake;

/* Lines of the file after `spec` */
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
