// SPDX-License-Identifier: GPL-2.0-only
/**
 * DOC: Reading a recording
 *
 * libtracecmd returns the records of all CPUs and all buffers in the order of time. A recording
 * has the format of each event. The fields are looked up by name, once, so that recordings of
 * other machines and kernels can be read.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <trace-cmd/trace-cmd.h>

#include "lib/util.h"
#include "report/model.h"
#include "report/read.h"

#define SYSTEM		"dcbm"

/* Maximum number of fields of an event, and of buffers in a recording */
#define FIELDS_MAX	14
#define BUFFERS_MAX	16

/* Records per step, about 20 MB */
#define STEP_RECORDS	BIT_ULL(18)

/* A field of an event, and its place in struct report_event */
struct place {
	const char *name;
	size_t offset;
};

#define FIELD(_name)		{ #_name, offsetof(struct report_event, _name) }
#define PHASE(_name, _phase)	{ _name, offsetof(struct report_event, phase[_phase]) }

/* An event and the fields that are read; a NULL name ends the fields. */
static const struct layout {
	const char *name;
	struct place place[FIELDS_MAX];
} layouts[NR_EVENT_KINDS] = {
	[EV_BATCH_START] = { "dcbm_batch_start", {
		FIELD(batch), FIELD(bytes), FIELD(folios) } },
	[EV_BATCH_PHASES] = { "dcbm_batch_phases", {
		FIELD(batch), PHASE("plan_ns", PHASE_PLAN), PHASE("map_ns", PHASE_MAP),
		PHASE("prep_ns", PHASE_PREP), PHASE("submit_ns", PHASE_SUBMIT),
		PHASE("wait_ns", PHASE_WAIT), PHASE("unmap_ns", PHASE_UNMAP) } },
	[EV_BATCH_END] = { "dcbm_batch_end", {
		FIELD(batch), FIELD(bytes), FIELD(bytes_dma), FIELD(ns), FIELD(folios),
		FIELD(folios_dma), FIELD(outcome) } },
	[EV_DESC_SUBMIT] = { "dcbm_desc_submit", {
		FIELD(batch), FIELD(desc), FIELD(bytes), FIELD(segs), FIELD(folios),
		FIELD(inflight), FIELD(dev_id), FIELD(chan_id), FIELD(backend) } },
	[EV_DESC_COMPLETE] = { "dcbm_desc_complete", {
		FIELD(batch), FIELD(desc), FIELD(bytes), FIELD(ns), FIELD(busy_ns), FIELD(segs),
		FIELD(folios), FIELD(dev_id), FIELD(chan_id), FIELD(result) } },
	[EV_CHAN_ACQUIRE] = { "dcbm_chan_acquire", {
		FIELD(dev_id), FIELD(chan_id), FIELD(backend), FIELD(state) } },
	[EV_CHAN_RELEASE] = { "dcbm_chan_release", {
		FIELD(dev_id), FIELD(chan_id), FIELD(backend), FIELD(state) } },
	[EV_FALLBACK] = { "dcbm_fallback", {
		FIELD(batch), FIELD(bytes), FIELD(folios), FIELD(error), FIELD(reason) } },
	[EV_TRIGGER] = { "dcbm_trigger", {
		FIELD(error) } },
};

/**
 * struct known - an event in the recording
 * @event: format of the event, NULL if the recording does not have the event
 * @field: formats of the fields
 */
struct known {
	struct tep_event *event;
	struct tep_format_field *field[FIELDS_MAX];
};

/**
 * struct reader - state of the reader
 * @m: model that gets the events
 * @file: name of the file
 * @step: called after each step
 * @records: records read so far
 * @handle: buffers of the recording; all have the same formats
 * @nr: number of buffers
 * @tep: formats of all events
 * @known: the driver's events
 * @ret: error that ended the reading, or 0
 */
struct reader {
	struct report_model *m;
	const char *file;
	void (*step)(const char *file);
	uint64_t records;
	struct tracecmd_input *handle[BUFFERS_MAX];
	int nr;
	struct tep_handle *tep;
	struct known known[NR_EVENT_KINDS];
	int ret;
};

static __printf(3, 4) int refuse(char *why, size_t len, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(why, len, fmt, args);
	va_end(args);
	return -EINVAL;
}

/* Looks up the events and their fields. */
static int find_events(struct reader *r, char *why, size_t len)
{
	unsigned int kind, i, found = 0;

	for (kind = 0; kind < NR_EVENT_KINDS; kind++) {
		const struct layout *layout = &layouts[kind];
		struct known *known = &r->known[kind];

		known->event = tep_find_event_by_name(r->tep, SYSTEM, layout->name);
		if (!known->event)
			continue;
		found++;
		for (i = 0; i < FIELDS_MAX && layout->place[i].name; i++) {
			known->field[i] = tep_find_field(known->event, layout->place[i].name);
			if (!known->field[i])
				return refuse(why, len, "its event %s has no field '%s'",
					      layout->name, layout->place[i].name);
		}
	}
	if (!found)
		return refuse(why, len,
			      "no event of the system dcbm is in it; record with 'dcbm record'");
	return 0;
}

static void read_provider(struct report_event *ev, const struct known *known,
			  struct tep_record *record)
{
	const char *text;
	int size;
	char *c;

	text = tep_get_field_raw(NULL, known->event, "provider", record, &size, 0);
	if (!text || size <= 0)
		return;
	snprintf(ev->provider, sizeof(ev->provider), "%.*s", size, text);
	/* In a corrupt recording the name may be bytes that a terminal obeys */
	for (c = ev->provider; *c; c++)
		if (*c < ' ' || *c > '~')
			*c = '?';
}

/* Returns -ERANGE if the record is too short for its format. */
static int read_fields(struct report_event *ev, const struct known *known,
		       struct tep_record *record)
{
	const struct layout *layout = &layouts[ev->kind];
	unsigned int i;

	for (i = 0; i < FIELDS_MAX && layout->place[i].name; i++) {
		struct tep_format_field *field = known->field[i];
		unsigned long long value;

		if (field->offset < 0 || field->size < 0 ||
		    field->offset + field->size > record->size ||
		    tep_read_number_field(field, record->data, &value))
			return -ERANGE;
		if (field->flags & TEP_FIELD_IS_SIGNED && field->size == sizeof(int32_t))
			value = (uint64_t)(int64_t)(int32_t)value;
		memcpy((char *)ev + layout->place[i].offset, &value, sizeof(uint64_t));
	}
	if (ev->kind == EV_CHAN_ACQUIRE || ev->kind == EV_CHAN_RELEASE)
		read_provider(ev, known, record);
	return 0;
}

static int on_record(struct tracecmd_input *handle, struct tep_record *record, int cpu, void *arg)
{
	struct report_event ev = { .cpu = cpu, .ts = record->ts };
	struct reader *r = arg;
	int type;

	(void)handle;
	if (++r->records % STEP_RECORDS == 0)
		r->step(r->file);
	if (record->missed_events)
		model_lost(r->m, cpu, record->ts,
			   record->missed_events > 0 ? (uint64_t)record->missed_events : 0);
	type = tep_data_type(r->tep, record);
	for (ev.kind = 0; ev.kind < NR_EVENT_KINDS; ev.kind++)
		if (r->known[ev.kind].event && r->known[ev.kind].event->id == type)
			break;
	if (ev.kind == NR_EVENT_KINDS) {
		r->m->other++;
		return 0;
	}
	if (read_fields(&ev, &r->known[ev.kind], record)) {
		r->m->unknown++;
		return 0;
	}
	ev.pid = tep_data_pid(r->tep, record);
	ev.comm = tep_data_comm_from_pid(r->tep, ev.pid);
	r->ret = model_event(r->m, &ev);
	return r->ret;
}

/* Opens the top buffer and the buffers of instances. */
static int open_buffers(struct reader *r, const char *file, char *why, size_t len)
{
	struct tracecmd_input *top;
	int i;

	top = tracecmd_open(file, TRACECMD_FL_LOAD_NO_PLUGINS);
	if (!top)
		return refuse(why, len, "truncated or corrupt trace-cmd recording");
	r->handle[r->nr++] = top;
	r->tep = tracecmd_get_tep(top);
	for (i = 0; i < tracecmd_buffer_instances(top) && r->nr < BUFFERS_MAX; i++) {
		struct tracecmd_input *one = tracecmd_buffer_instance_handle(top, i);

		if (!one)
			return refuse(why, len, "its buffer '%s' cannot be read",
				      tracecmd_buffer_instance_name(top, i) ?: "?");
		r->handle[r->nr++] = one;
	}
	return 0;
}

static void close_buffers(struct reader *r)
{
	while (r->nr)
		tracecmd_close(r->handle[--r->nr]);
}

/**
 * report_read() - read a recording
 * @file: name of the file
 * @m: new model, gets all events
 * @step: called with @file after each few hundred thousand records
 * @why: gets the reason of a failure, one line
 * @len: size of @why
 *
 * libtracecmd trusts the file and may crash: call this in a child process.
 *
 * Return: 0 or a negative error.
 */
int report_read(const char *file, struct report_model *m, void (*step)(const char *file),
		char *why, size_t len)
{
	struct reader r = { .m = m, .file = file, .step = step };
	int ret;

	ret = open_buffers(&r, file, why, len);
	if (!ret)
		ret = find_events(&r, why, len);
	if (!ret && tracecmd_iterate_events_multi(r.handle, r.nr, on_record, &r) && !r.ret)
		ret = refuse(why, len, "its events cannot be read");
	if (!ret && r.ret)
		ret = refuse(why, len, "out of memory");
	close_buffers(&r);
	model_end(m);
	return ret;
}

/**
 * trim_file() - release a file's pages in memory
 * @file: name of the file
 *
 * libtracecmd maps the whole buffer of a CPU, so that the resident size of the process would grow
 * to the size of the recording. The pages of writable mappings are kept.
 */
void trim_file(const char *file)
{
	unsigned int major, minor;
	unsigned long from, to, inode;
	char perms[5], line[512];
	struct stat st;
	FILE *maps;

	if (stat(file, &st))
		return;
	maps = fopen("/proc/self/maps", "re");
	while (maps && fgets(line, sizeof(line), maps)) {
		if (sscanf(line, "%lx-%lx %4s %*x %x:%x %lu", &from, &to, perms, &major, &minor,
			   &inode) != 6)
			continue;
		if (perms[1] == '-' && inode == st.st_ino && makedev(major, minor) == st.st_dev)
			madvise((void *)from, to - from, MADV_DONTNEED);
	}
	if (maps)
		fclose(maps);
}
