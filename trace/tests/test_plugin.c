// SPDX-License-Identifier: LGPL-2.1
/*
 * Test of plugin_dcbm.so with synthetic records: both byte orders, both word sizes,
 * truncated records, events with other fields. Prints KTAP.
 *
 *	test_plugin FOLDER	load plugin_dcbm.so from FOLDER
 */
#include <stdio.h>
#include <stdlib.h>

#include <traceevent/event-parse.h>

#define EVENT_ID	77
#define COMMON_SIZE	8
#define MAX_RECORD	256
#define NS_PER_S	1000000000ULL

/* A field of an event and its value */
struct field {
	const char *type;
	const char *name;
	int size;
	int is_signed;
	long long value;
};

/* Properties of a machine that determine the layout of records */
struct machine {
	const char *name;
	enum tep_endian endian;
	int long_size;
	int align;	/* alignment of 64 bit numbers */
};

static const struct machine machines[] = {
	{ "little endian, 64 bits", TEP_LITTLE_ENDIAN, 8, 8 },
	{ "big endian, 64 bits", TEP_BIG_ENDIAN, 8, 8 },
	{ "little endian, 32 bits", TEP_LITTLE_ENDIAN, 4, 4 },
	{ "big endian, 32 bits", TEP_BIG_ENDIAN, 4, 8 },
	{ }
};

static int count, failed;

static void result(int ok, const char *machine, const char *what)
{
	printf("%sok %d - %s: %s\n", ok ? "" : "not ", ++count, machine, what);
	failed += !ok;
}

static int compare(const char *machine, const char *what, const char *got,
		   const char *wanted)
{
	int ok = !strcmp(got, wanted);

	if (!ok)
		printf("# got:      %s\n# expected: %s\n", got, wanted);
	result(ok, machine, what);
	return ok;
}

static void put(unsigned char *to, long long value, int size, enum tep_endian endian)
{
	int i;

	for (i = 0; i < size; i++)
		to[endian == TEP_BIG_ENDIAN ? size - 1 - i : i] = value >> (8 * i);
}

/* A record in the layout of a machine */
struct sample {
	struct tep_record record;
	unsigned char data[MAX_RECORD];
};

static int add_field(char *format, size_t room, int at, int offset, const struct field *f)
{
	return at + snprintf(format + at, room - at,
			     "\tfield:%s %s;\toffset:%d;\tsize:%d;\tsigned:%d;\n",
			     f->type, f->name, offset, f->size, f->is_signed);
}

/* Value of the dynamic field, which is stored after the other fields */
static const char provider[] = "simdma.0";

static void lay_out(struct sample *sample, struct tep_handle *tep,
		    const struct machine *machine, const char *name,
		    const struct field *fields)
{
	struct tep_event *known = tep_find_event_by_name(tep, "dcbm", name);
	int id = known ? known->id : EVENT_ID + tep_get_events_count(tep);
	struct field type = { "unsigned short", "common_type", 2, 0, id };
	char format[4096];
	int at, offset = COMMON_SIZE, align;
	const struct field *f, *string = NULL;
	int string_at = 0;

	memset(sample, 0, sizeof(*sample));
	at = snprintf(format, sizeof(format), "name: %s\nID: %d\nformat:\n", name, id);
	at = add_field(format, sizeof(format), at, 0, &type);
	put(sample->data, id, 2, machine->endian);
	format[at++] = '\n';
	for (f = fields; f->name; f++) {
		align = f->size == 8 ? machine->align : f->size;
		offset = (offset + align - 1) / align * align;
		at = add_field(format, sizeof(format), at, offset, f);
		put(sample->data + offset, f->value, f->size, machine->endian);
		if (strstr(f->type, "__data_loc")) {
			string = f;
			string_at = offset;
		}
		offset += f->size;
	}
	if (string) {
		put(sample->data + string_at, (long long)sizeof(provider) << 16 | offset, 4,
		    machine->endian);
		memcpy(sample->data + offset, provider, sizeof(provider));
		offset += sizeof(provider);
	}
	snprintf(format + at, sizeof(format) - at, "\nprint fmt: \"as it is\"\n");
	/* The plugin's handler is registered with the first event of this name only */
	if (!known)
		tep_parse_event(tep, format, strlen(format), "dcbm");
	sample->record.data = sample->data;
	sample->record.size = offset;
	sample->record.ts = NS_PER_S;
}

static const char *print(struct tep_handle *tep, struct sample *sample)
{
	static char text[1024];
	struct trace_seq s;

	trace_seq_init(&s);
	tep_print_event(tep, &s, &sample->record, "%s", TEP_PRINT_INFO);
	trace_seq_terminate(&s);
	snprintf(text, sizeof(text), "%s", s.buffer);
	trace_seq_destroy(&s);
	return text;
}

static struct tep_handle *open_machine(const struct machine *machine, char *folder,
				       struct tep_plugin_list **plugins)
{
	struct tep_handle *tep = tep_alloc();

	tep_set_file_bigendian(tep, machine->endian);
	tep_set_long_size(tep, machine->long_size);
	tep_set_flag(tep, TEP_DISABLE_SYS_PLUGINS);
	tep_add_plugin_path(tep, folder, TEP_PLUGIN_FIRST);
	*plugins = tep_load_plugins(tep);
	return tep;
}

static void submit(struct tep_handle *tep, const struct machine *machine, long long desc,
		   long long inflight)
{
	char wanted[256];
	struct sample sample;
	const struct field fields[] = {
		{ "u64", "batch", 8, 0, 5000000000 }, { "u64", "desc", 8, 0, desc },
		{ "u64", "bytes", 8, 0, 3 << 20 }, { "s32", "cookie", 4, 1, -22 },
		{ "u32", "segs", 4, 0, 32 }, { "u32", "folios", 4, 0, 1 },
		{ "u32", "inflight", 4, 0, inflight }, { "u16", "dev_id", 2, 0, 1 },
		{ "u16", "chan_id", 2, 0, 3 }, { "u8", "backend", 1, 0, 1 }, { }
	};

	lay_out(&sample, tep, machine, "dcbm_desc_submit", fields);
	snprintf(wanted, sizeof(wanted),
		 "dma1chan3: desc %lld of batch 5000000000: 3 MiB in 32 segments, 1 folio, %lld in flight (memcpy_sg, cookie -22)",
		 desc, inflight);
	compare(machine->name, "desc_submit", print(tep, &sample), wanted);
}

/* @order: expected text on the order; @missed: events before this event are missing */
static void complete(struct tep_handle *tep, const struct machine *machine, long long desc,
		     const char *order, int missed)
{
	char wanted[256];
	struct sample sample;
	const struct field fields[] = {
		{ "u64", "batch", 8, 0, 5000000000 }, { "u64", "desc", 8, 0, desc },
		{ "u64", "bytes", 8, 0, 1536 }, { "u64", "ns", 8, 0, 81920 },
		{ "u64", "busy_ns", 8, 0, 2000000 }, { "s32", "cookie", 4, 1, 7 },
		{ "u32", "segs", 4, 0, 1 }, { "u32", "folios", 4, 0, 0 },
		{ "u32", "residue", 4, 0, 1 }, { "u16", "dev_id", 2, 0, 1 },
		{ "u16", "chan_id", 2, 0, 3 }, { "u8", "result", 1, 0, 4 }, { }
	};
	int size, bad = 0;

	lay_out(&sample, tep, machine, "dcbm_desc_complete", fields);
	/* Truncated records must not change the state of the channel */
	for (size = sample.record.size - 1; size >= COMMON_SIZE; size--) {
		struct sample cut = sample;

		/* Allocate the exact size, so that valgrind detects reads beyond the end */
		cut.record.data = malloc(size);
		cut.record.size = size;
		memcpy(cut.record.data, sample.data, size);
		bad += !strstr(print(tep, &cut), "truncated");
		free(cut.record.data);
	}
	result(!bad, machine->name, "desc_complete truncated at every byte");
	snprintf(wanted, sizeof(wanted),
		 "dma1chan3: desc %lld done%s after 81.92 us: residue, 1.5 KiB with residue 1 B in 1 segment, 0 folios, busy for 2 ms (batch 5000000000, cookie 7)",
		 desc, order);
	sample.record.missed_events = missed;
	compare(machine->name, "desc_complete", print(tep, &sample), wanted);
}

static void others(struct tep_handle *tep, const struct machine *machine)
{
	struct sample sample;
	const struct field fallback[] = {
		{ "u64", "batch", 8, 0, 9 }, { "u64", "bytes", 8, 0, 7 << 12 },
		{ "u32", "folios", 4, 0, 7 }, { "s32", "error", 4, 1, -5 },
		{ "u8", "reason", 1, 0, 9 }, { }
	};
	const struct field start[] = {
		{ "u64", "batch", 8, 0, 9 }, { "u64", "bytes", 8, 0, 5LL << 40 },
		{ "u32", "folios", 4, 0, 512 }, { "u16", "channels", 2, 0, 1 },
		{ "s16", "src_node", 2, 1, -1 }, { "s16", "dst_node", 2, 1, 1 },
		{ "u8", "backend", 1, 0, 200 }, { }
	};
	const struct field acquire[] = {
		{ "__data_loc char[]", "provider", 4, 0, 0 }, { "u16", "dev_id", 2, 0, 0 },
		{ "u16", "chan_id", 2, 0, 2 }, { "u8", "backend", 1, 0, 2 },
		{ "u8", "state", 1, 0, 4 }, { }
	};
	const struct field foreign[] = {
		{ "u64", "batch", 8, 0, 9 }, { "u32", "pages", 4, 0, 512 }, { }
	};

	lay_out(&sample, tep, machine, "dcbm_fallback", fallback);
	compare(machine->name, "fallback", print(tep, &sample),
		"batch 9: 7 folios, 28 KiB left to the CPU: engine (errno -5 EIO)");
	lay_out(&sample, tep, machine, "dcbm_batch_start", start);
	compare(machine->name, "batch_start without a source node and with an unknown backend",
		print(tep, &sample),
		"batch 9 starts: 512 folios, 5 TiB, node -1 to 1, over 1 channel (?)");
	lay_out(&sample, tep, machine, "dcbm_chan_acquire", acquire);
	compare(machine->name, "chan_acquire", print(tep, &sample),
		"dma0chan2: acquired from simdma.0, quarantined (memcpy)");
	/* The length of the string exceeds the record */
	sample.record.size -= 2;
	compare(machine->name, "string beyond the end of its record", print(tep, &sample),
		"record is truncated: 25 bytes");
	lay_out(&sample, tep, machine, "dcbm_batch_end", foreign);
	compare(machine->name, "an event with other fields is printed by its own format",
		print(tep, &sample), "as it is");
}

int main(int argc, char **argv)
{
	const struct machine *machine;
	struct tep_plugin_list *plugins;
	struct tep_handle *tep;

	if (argc != 2)
		return 2;
	printf("KTAP version 1\n");
	for (machine = machines; machine->name; machine++) {
		tep = open_machine(machine, argv[1], &plugins);
		submit(tep, machine, 1, 1);
		submit(tep, machine, 2, 2);
		submit(tep, machine, 3, 3);
		complete(tep, machine, 3, " out of order (2 overtaken)", 0);
		complete(tep, machine, 1, "", 0);
		/* 2 has no completion, but inflight=1 shows that it has ended */
		submit(tep, machine, 4, 1);
		complete(tep, machine, 4, "", 0);
		/* Events are missing: the order is unknown */
		submit(tep, machine, 5, 1);
		submit(tep, machine, 6, 2);
		complete(tep, machine, 6, "", 1);
		/* The submission of 8 is missing, so the state of 7 is unknown */
		submit(tep, machine, 7, 1);
		submit(tep, machine, 9, 3);
		submit(tep, machine, 10, 4);
		complete(tep, machine, 10, " out of order (1 overtaken)", 0);
		complete(tep, machine, 20, "", 0);
		others(tep, machine);
		tep_unload_plugins(plugins, tep);
		tep_free(tep);
	}
	printf("1..%d\n", count);
	return failed != 0;
}
