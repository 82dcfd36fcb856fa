/* SPDX-License-Identifier: GPL-2.0-only */
/* Results of dcbm validate as KTAP */
#ifndef DCBM_VALIDATE_PRINT_H
#define DCBM_VALIDATE_PRINT_H

#include <stdbool.h>
#include <stdint.h>

#include "lib/term.h"

struct json_object;

/**
 * struct ktap - output while clauses run
 * @term: stream
 * @on: print text
 * @indent: blanks before each line, for subtests
 */
struct ktap {
	struct term term;
	bool on;
	unsigned int indent;
};

void ktap_head(struct ktap *k);
void ktap_plan(struct ktap *k, uint64_t nr);
void ktap_channel(struct ktap *k, struct json_object *block);
void ktap_clause(struct ktap *k, uint64_t nr, struct json_object *res);
void ktap_block(struct ktap *k, uint64_t nr, struct json_object *block);
void ktap_totals(struct ktap *k, struct json_object *totals);

void validate_print_list(struct term *term, struct json_object *clauses);

#endif /* DCBM_VALIDATE_PRINT_H */
