/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Is a text KTAP, version 1?
 */
#ifndef DCBM_KTAP_CHECK_H
#define DCBM_KTAP_CHECK_H

/**
 * struct ktap_count - results of the text, those of subtests as well
 * @tests: results that have subtests
 * @passed: others that passed, and so on
 */
struct ktap_count {
	unsigned int tests;
	unsigned int passed;
	unsigned int failed;
	unsigned int skipped;
};

const char *ktap_check(const char *text, struct ktap_count *count);

#endif /* DCBM_KTAP_CHECK_H */
