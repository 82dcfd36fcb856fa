// SPDX-License-Identifier: LGPL-2.1
/*
 * Readable text for every event
 *
 * Each print function reads the values by their index in the list of field names that
 * follows the function.
 */
#include <linux/dcbm.h>

#include "events.h"
#include "text.h"
#include "util.h"

static void put_batch(struct trace_seq *s, int64_t batch)
{
	trace_seq_printf(s, "batch %llu", (unsigned long long)batch);
}

static void put_chan(struct trace_seq *s, const int64_t *dev_chan)
{
	trace_seq_printf(s, "dma%lldchan%lld", (long long)dev_chan[0],
			 (long long)dev_chan[1]);
}

static void print_batch_start(struct trace_seq *s, const struct dcbm_values *v,
			      struct dcbm_order *order __maybe_unused)
{
	put_batch(s, v->num[0]);
	trace_seq_puts(s, " starts: ");
	dcbm_put_count(s, v->num[1], "folio");
	trace_seq_puts(s, ", ");
	dcbm_put_bytes(s, v->num[2]);
	trace_seq_printf(s, ", node %lld to %lld, over ", (long long)v->num[3],
			 (long long)v->num[4]);
	dcbm_put_count(s, v->num[5], "channel");
	trace_seq_printf(s, " (%s)", dcbm_backend_name(v->num[6]));
}

#define BATCH_START_FIELDS \
	{ "batch", "folios", "bytes", "src_node", "dst_node", "channels", "backend" }

static void print_batch_end(struct trace_seq *s, const struct dcbm_values *v,
			    struct dcbm_order *order __maybe_unused)
{
	put_batch(s, v->num[0]);
	trace_seq_printf(s, " %s: %llu of ", dcbm_outcome_name(v->num[1]),
			 (unsigned long long)v->num[2]);
	dcbm_put_count(s, v->num[3], "folio");
	trace_seq_puts(s, ", ");
	dcbm_put_bytes(s, v->num[4]);
	trace_seq_puts(s, " of ");
	dcbm_put_bytes(s, v->num[5]);
	trace_seq_puts(s, " by DMA, in ");
	dcbm_put_ns(s, v->num[6]);
}

#define BATCH_END_FIELDS \
	{ "batch", "outcome", "folios_dma", "folios", "bytes_dma", "bytes", "ns" }

static void print_batch_phases(struct trace_seq *s, const struct dcbm_values *v,
			       struct dcbm_order *order __maybe_unused)
{
	static const char *const names[] = {
		" plan ", ", map ", ", prep ", ", submit ", ", wait ", ", unmap ",
	};
	unsigned int i;

	put_batch(s, v->num[0]);
	trace_seq_puts(s, " spent:");
	for (i = 0; i < ARRAY_SIZE(names); i++) {
		trace_seq_puts(s, names[i]);
		dcbm_put_ns(s, v->num[i + 1]);
	}
}

#define BATCH_PHASES_FIELDS \
	{ "batch", "plan_ns", "map_ns", "prep_ns", "submit_ns", "wait_ns", "unmap_ns" }

static void print_desc_submit(struct trace_seq *s, const struct dcbm_values *v,
			      struct dcbm_order *order)
{
	put_chan(s, v->num);
	trace_seq_printf(s, ": desc %llu of ", (unsigned long long)v->num[2]);
	put_batch(s, v->num[3]);
	trace_seq_puts(s, ": ");
	dcbm_put_bytes(s, v->num[4]);
	trace_seq_puts(s, " in ");
	dcbm_put_count(s, v->num[5], "segment");
	trace_seq_puts(s, ", ");
	dcbm_put_count(s, v->num[6], "folio");
	trace_seq_printf(s, ", %llu in flight (%s, cookie %lld)",
			 (unsigned long long)v->num[7], dcbm_backend_name(v->num[8]),
			 (long long)v->num[9]);
	dcbm_order_submit(order, v->num[0], v->num[1], v->num[2], v->num[7]);
}

#define DESC_SUBMIT_FIELDS \
	{ "dev_id", "chan_id", "desc", "batch", "bytes", "segs", "folios", "inflight", \
	  "backend", "cookie" }

static void print_desc_complete(struct trace_seq *s, const struct dcbm_values *v,
				struct dcbm_order *order)
{
	unsigned int overtaken;

	overtaken = dcbm_order_complete(order, v->num[0], v->num[1], v->num[2]);
	put_chan(s, v->num);
	trace_seq_printf(s, ": desc %llu done", (unsigned long long)v->num[2]);
	if (overtaken)
		trace_seq_printf(s, " out of order (%u overtaken)", overtaken);
	trace_seq_puts(s, " after ");
	dcbm_put_ns(s, v->num[8]);
	trace_seq_printf(s, ": %s, ", dcbm_result_name(v->num[7]));
	dcbm_put_bytes(s, v->num[4]);
	if (v->num[10]) {
		trace_seq_puts(s, " with residue ");
		dcbm_put_bytes(s, v->num[10]);
	}
	trace_seq_puts(s, " in ");
	dcbm_put_count(s, v->num[5], "segment");
	trace_seq_puts(s, ", ");
	dcbm_put_count(s, v->num[6], "folio");
	trace_seq_puts(s, ", busy for ");
	dcbm_put_ns(s, v->num[9]);
	trace_seq_printf(s, " (batch %llu, cookie %lld)", (unsigned long long)v->num[3],
			 (long long)v->num[11]);
}

#define DESC_COMPLETE_FIELDS \
	{ "dev_id", "chan_id", "desc", "batch", "bytes", "segs", "folios", "result", \
	  "ns", "busy_ns", "residue", "cookie" }

static void put_chan_of(struct trace_seq *s, const struct dcbm_values *v,
			const char *verb)
{
	put_chan(s, v->num);
	trace_seq_printf(s, ": %s %.*s, %s (%s)", verb, v->len[2], v->str[2],
			 dcbm_state_name(v->num[4]), dcbm_backend_name(v->num[3]));
}

static void print_chan_acquire(struct trace_seq *s, const struct dcbm_values *v,
			       struct dcbm_order *order __maybe_unused)
{
	put_chan_of(s, v, "acquired from");
}

static void print_chan_release(struct trace_seq *s, const struct dcbm_values *v,
			       struct dcbm_order *order __maybe_unused)
{
	put_chan_of(s, v, "released to");
}

#define CHAN_FIELDS \
	{ "dev_id", "chan_id", "provider", "backend", "state" }

static void print_fallback(struct trace_seq *s, const struct dcbm_values *v,
			   struct dcbm_order *order __maybe_unused)
{
	put_batch(s, v->num[0]);
	trace_seq_puts(s, ": ");
	dcbm_put_count(s, v->num[1], "folio");
	trace_seq_puts(s, ", ");
	dcbm_put_bytes(s, v->num[2]);
	trace_seq_printf(s, " left to the CPU: %s", dcbm_reason_name(v->num[3]));
	dcbm_put_error(s, v->num[4]);
}

#define FALLBACK_FIELDS \
	{ "batch", "folios", "bytes", "reason", "error" }

static void print_trigger(struct trace_seq *s, const struct dcbm_values *v,
			  struct dcbm_order *order __maybe_unused)
{
	trace_seq_puts(s, "trigger: ");
	dcbm_put_count(s, v->num[0], "run");
	trace_seq_printf(s, ", batches %llu to %llu: %llu of ",
			 (unsigned long long)v->num[1], (unsigned long long)v->num[2],
			 (unsigned long long)v->num[3]);
	dcbm_put_count(s, v->num[4], "folio");
	trace_seq_puts(s, " copied by DMA, ");
	dcbm_put_bytes(s, v->num[5]);
	trace_seq_puts(s, " in ");
	dcbm_put_ns(s, v->num[6]);
	dcbm_put_error(s, v->num[7]);
}

#define TRIGGER_FIELDS \
	{ "runs", "first_batch", "last_batch", "copied", "folios", "bytes", "ns", "error" }

const struct dcbm_event dcbm_events[] = {
	{ "dcbm_batch_start", print_batch_start, BATCH_START_FIELDS },
	{ "dcbm_batch_end", print_batch_end, BATCH_END_FIELDS },
	{ "dcbm_batch_phases", print_batch_phases, BATCH_PHASES_FIELDS },
	{ "dcbm_desc_submit", print_desc_submit, DESC_SUBMIT_FIELDS },
	{ "dcbm_desc_complete", print_desc_complete, DESC_COMPLETE_FIELDS },
	{ "dcbm_chan_acquire", print_chan_acquire, CHAN_FIELDS },
	{ "dcbm_chan_release", print_chan_release, CHAN_FIELDS },
	{ "dcbm_fallback", print_fallback, FALLBACK_FIELDS },
	{ "dcbm_trigger", print_trigger, TRIGGER_FIELDS },
	{ }
};
