/* SPDX-License-Identifier: GPL-2.0-only */
/* Checks that a text is KTAP, version 1 */
#ifndef DCBM_KTAP_CHECK_H
#define DCBM_KTAP_CHECK_H

/**
 * struct ktap_count - number of results, including those of subtests
 * @tests: results that have subtests
 * @passed: results without subtests that passed
 * @failed: results without subtests that failed
 * @skipped: results without subtests that were skipped
 */
struct ktap_count {
	unsigned int tests;
	unsigned int passed;
	unsigned int failed;
	unsigned int skipped;
};

const char *ktap_check(const char *text, struct ktap_count *count);

#endif /* DCBM_KTAP_CHECK_H */
