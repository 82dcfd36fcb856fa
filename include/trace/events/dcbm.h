/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Tracepoints of the dcbm_sg driver, as documented in Documentation/tracepoints.rst
 *
 * All counters of the debugfs files can be computed from these events. The fields of an
 * event are ordered by size, to avoid holes.
 */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM dcbm

#if !defined(_TRACE_DCBM_H) || defined(TRACE_HEADER_MULTI_READ)
#define _TRACE_DCBM_H

#include <linux/tracepoint.h>
#include <uapi/linux/dcbm.h>

#define DCBM_TRACE_ENUM(e, name)	TRACE_DEFINE_ENUM(e);

DCBM_OUTCOMES(DCBM_TRACE_ENUM)
DCBM_RESULTS(DCBM_TRACE_ENUM)
DCBM_REASONS(DCBM_TRACE_ENUM)
DCBM_BACKENDS(DCBM_TRACE_ENUM)
DCBM_CHAN_STATES(DCBM_TRACE_ENUM)

/*
 * A list ends in a comma, and __print_symbolic() adds a comma after its argument. An entry
 * is needed between both commas; no event has the value 255.
 */
#define DCBM_TRACE_SYMBOL(e, name)	{ e, name },
#define dcbm_show(value, list) \
	__print_symbolic(value, list(DCBM_TRACE_SYMBOL) { 255, "?" })

TRACE_EVENT(dcbm_batch_start,
	TP_PROTO(u64 batch, u32 folios, u64 bytes, u32 channels, int src_node,
		 int dst_node, u8 backend),
	TP_ARGS(batch, folios, bytes, channels, src_node, dst_node, backend),
	TP_STRUCT__entry(
		__field(u64, batch)
		__field(u64, bytes)
		__field(u32, folios)
		__field(u16, channels)
		__field(s16, src_node)
		__field(s16, dst_node)
		__field(u8, backend)
	),
	TP_fast_assign(
		__entry->batch = batch;
		__entry->bytes = bytes;
		__entry->folios = folios;
		__entry->channels = channels;
		__entry->src_node = src_node;
		__entry->dst_node = dst_node;
		__entry->backend = backend;
	),
	TP_printk("batch=%llu folios=%u bytes=%llu channels=%u src_node=%d dst_node=%d backend=%s",
		  __entry->batch, __entry->folios, __entry->bytes,
		  __entry->channels, __entry->src_node, __entry->dst_node,
		  dcbm_show(__entry->backend, DCBM_BACKENDS))
);

TRACE_EVENT(dcbm_batch_phases,
	TP_PROTO(u64 batch, u64 plan_ns, u64 map_ns, u64 prep_ns, u64 submit_ns,
		 u64 wait_ns, u64 unmap_ns),
	TP_ARGS(batch, plan_ns, map_ns, prep_ns, submit_ns, wait_ns, unmap_ns),
	TP_STRUCT__entry(
		__field(u64, batch)
		__field(u64, plan_ns)
		__field(u64, map_ns)
		__field(u64, prep_ns)
		__field(u64, submit_ns)
		__field(u64, wait_ns)
		__field(u64, unmap_ns)
	),
	TP_fast_assign(
		__entry->batch = batch;
		__entry->plan_ns = plan_ns;
		__entry->map_ns = map_ns;
		__entry->prep_ns = prep_ns;
		__entry->submit_ns = submit_ns;
		__entry->wait_ns = wait_ns;
		__entry->unmap_ns = unmap_ns;
	),
	TP_printk("batch=%llu plan_ns=%llu map_ns=%llu prep_ns=%llu submit_ns=%llu wait_ns=%llu unmap_ns=%llu",
		  __entry->batch, __entry->plan_ns, __entry->map_ns,
		  __entry->prep_ns, __entry->submit_ns, __entry->wait_ns,
		  __entry->unmap_ns)
);

TRACE_EVENT(dcbm_batch_end,
	TP_PROTO(u64 batch, u32 folios, u64 bytes, u32 folios_dma, u64 bytes_dma,
		 u8 outcome, u64 ns),
	TP_ARGS(batch, folios, bytes, folios_dma, bytes_dma, outcome, ns),
	TP_STRUCT__entry(
		__field(u64, batch)
		__field(u64, bytes)
		__field(u64, bytes_dma)
		__field(u64, ns)
		__field(u32, folios)
		__field(u32, folios_dma)
		__field(u8, outcome)
	),
	TP_fast_assign(
		__entry->batch = batch;
		__entry->bytes = bytes;
		__entry->bytes_dma = bytes_dma;
		__entry->ns = ns;
		__entry->folios = folios;
		__entry->folios_dma = folios_dma;
		__entry->outcome = outcome;
	),
	TP_printk("batch=%llu folios=%u bytes=%llu folios_dma=%u bytes_dma=%llu outcome=%s ns=%llu",
		  __entry->batch, __entry->folios, __entry->bytes,
		  __entry->folios_dma, __entry->bytes_dma,
		  dcbm_show(__entry->outcome, DCBM_OUTCOMES), __entry->ns)
);

TRACE_EVENT(dcbm_desc_submit,
	TP_PROTO(u64 batch, u64 desc, u16 dev_id, u16 chan_id, s32 cookie,
		 u32 segs, u32 folios, u64 bytes, u32 inflight, u8 backend),
	TP_ARGS(batch, desc, dev_id, chan_id, cookie, segs, folios, bytes,
		inflight, backend),
	TP_STRUCT__entry(
		__field(u64, batch)
		__field(u64, desc)
		__field(u64, bytes)
		__field(s32, cookie)
		__field(u32, segs)
		__field(u32, folios)
		__field(u32, inflight)
		__field(u16, dev_id)
		__field(u16, chan_id)
		__field(u8, backend)
	),
	TP_fast_assign(
		__entry->batch = batch;
		__entry->desc = desc;
		__entry->bytes = bytes;
		__entry->cookie = cookie;
		__entry->segs = segs;
		__entry->folios = folios;
		__entry->inflight = inflight;
		__entry->dev_id = dev_id;
		__entry->chan_id = chan_id;
		__entry->backend = backend;
	),
	TP_printk("batch=%llu desc=%llu chan=dma%uchan%u cookie=%d segs=%u folios=%u bytes=%llu inflight=%u backend=%s",
		  __entry->batch, __entry->desc, __entry->dev_id,
		  __entry->chan_id, __entry->cookie, __entry->segs,
		  __entry->folios, __entry->bytes, __entry->inflight,
		  dcbm_show(__entry->backend, DCBM_BACKENDS))
);

TRACE_EVENT(dcbm_desc_complete,
	TP_PROTO(u64 batch, u64 desc, u16 dev_id, u16 chan_id, s32 cookie,
		 u32 segs, u32 folios, u64 bytes, u8 result, u32 residue, u64 ns,
		 u64 busy_ns),
	TP_ARGS(batch, desc, dev_id, chan_id, cookie, segs, folios, bytes, result,
		residue, ns, busy_ns),
	TP_STRUCT__entry(
		__field(u64, batch)
		__field(u64, desc)
		__field(u64, bytes)
		__field(u64, ns)
		__field(u64, busy_ns)
		__field(s32, cookie)
		__field(u32, segs)
		__field(u32, folios)
		__field(u32, residue)
		__field(u16, dev_id)
		__field(u16, chan_id)
		__field(u8, result)
	),
	TP_fast_assign(
		__entry->batch = batch;
		__entry->desc = desc;
		__entry->bytes = bytes;
		__entry->ns = ns;
		__entry->busy_ns = busy_ns;
		__entry->cookie = cookie;
		__entry->segs = segs;
		__entry->folios = folios;
		__entry->residue = residue;
		__entry->dev_id = dev_id;
		__entry->chan_id = chan_id;
		__entry->result = result;
	),
	TP_printk("batch=%llu desc=%llu chan=dma%uchan%u cookie=%d segs=%u folios=%u bytes=%llu result=%s residue=%u ns=%llu busy_ns=%llu",
		  __entry->batch, __entry->desc, __entry->dev_id,
		  __entry->chan_id, __entry->cookie, __entry->segs,
		  __entry->folios, __entry->bytes,
		  dcbm_show(__entry->result, DCBM_RESULTS), __entry->residue,
		  __entry->ns, __entry->busy_ns)
);

DECLARE_EVENT_CLASS(dcbm_chan,
	TP_PROTO(u16 dev_id, u16 chan_id, const char *provider, u8 backend,
		 u8 state),
	TP_ARGS(dev_id, chan_id, provider, backend, state),
	TP_STRUCT__entry(
		__string(provider, provider)
		__field(u16, dev_id)
		__field(u16, chan_id)
		__field(u8, backend)
		__field(u8, state)
	),
	TP_fast_assign(
		__assign_str(provider);
		__entry->dev_id = dev_id;
		__entry->chan_id = chan_id;
		__entry->backend = backend;
		__entry->state = state;
	),
	TP_printk("chan=dma%uchan%u provider=%s backend=%s state=%s",
		  __entry->dev_id, __entry->chan_id, __get_str(provider),
		  dcbm_show(__entry->backend, DCBM_BACKENDS),
		  dcbm_show(__entry->state, DCBM_CHAN_STATES))
);

DEFINE_EVENT(dcbm_chan, dcbm_chan_acquire,
	TP_PROTO(u16 dev_id, u16 chan_id, const char *provider, u8 backend,
		 u8 state),
	TP_ARGS(dev_id, chan_id, provider, backend, state)
);

DEFINE_EVENT(dcbm_chan, dcbm_chan_release,
	TP_PROTO(u16 dev_id, u16 chan_id, const char *provider, u8 backend,
		 u8 state),
	TP_ARGS(dev_id, chan_id, provider, backend, state)
);

TRACE_EVENT(dcbm_fallback,
	TP_PROTO(u64 batch, u8 reason, u32 folios, u64 bytes, int error),
	TP_ARGS(batch, reason, folios, bytes, error),
	TP_STRUCT__entry(
		__field(u64, batch)
		__field(u64, bytes)
		__field(u32, folios)
		__field(s32, error)
		__field(u8, reason)
	),
	TP_fast_assign(
		__entry->batch = batch;
		__entry->bytes = bytes;
		__entry->folios = folios;
		__entry->error = error;
		__entry->reason = reason;
	),
	TP_printk("batch=%llu reason=%s folios=%u bytes=%llu errno=%d",
		  __entry->batch, dcbm_show(__entry->reason, DCBM_REASONS),
		  __entry->folios, __entry->bytes, __entry->error)
);

TRACE_EVENT(dcbm_trigger,
	TP_PROTO(u64 first_batch, u64 last_batch, u32 runs, u64 folios, u64 copied,
		 u64 bytes, u64 ns, int error),
	TP_ARGS(first_batch, last_batch, runs, folios, copied, bytes, ns, error),
	TP_STRUCT__entry(
		__field(u64, first_batch)
		__field(u64, last_batch)
		__field(u64, folios)
		__field(u64, copied)
		__field(u64, bytes)
		__field(u64, ns)
		__field(u32, runs)
		__field(s32, error)
	),
	TP_fast_assign(
		__entry->first_batch = first_batch;
		__entry->last_batch = last_batch;
		__entry->folios = folios;
		__entry->copied = copied;
		__entry->bytes = bytes;
		__entry->ns = ns;
		__entry->runs = runs;
		__entry->error = error;
	),
	TP_printk("first_batch=%llu last_batch=%llu runs=%u folios=%llu copied=%llu bytes=%llu ns=%llu errno=%d",
		  __entry->first_batch, __entry->last_batch, __entry->runs,
		  __entry->folios, __entry->copied, __entry->bytes, __entry->ns,
		  __entry->error)
);

#endif /* _TRACE_DCBM_H */

#include <trace/define_trace.h>
