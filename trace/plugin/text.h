/* SPDX-License-Identifier: LGPL-2.1 */
/* Numbers with units, and names of enum values */
#ifndef DCBM_PLUGIN_TEXT_H
#define DCBM_PLUGIN_TEXT_H

#include <stdint.h>

#include <traceevent/event-parse.h>

void dcbm_put_bytes(struct trace_seq *s, uint64_t bytes);
void dcbm_put_ns(struct trace_seq *s, uint64_t ns);
void dcbm_put_count(struct trace_seq *s, uint64_t count, const char *what);
void dcbm_put_error(struct trace_seq *s, int64_t error);
const char *dcbm_outcome_name(int64_t value);
const char *dcbm_result_name(int64_t value);
const char *dcbm_reason_name(int64_t value);
const char *dcbm_backend_name(int64_t value);
const char *dcbm_state_name(int64_t value);

#endif /* DCBM_PLUGIN_TEXT_H */
