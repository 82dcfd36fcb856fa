// SPDX-License-Identifier: GPL-2.0-only
/* A fake driver with a validate file */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "fake_validate.h"
#include "ktap_check.h"

#define FILE_MAX	16384

struct fake_validate fake;

static const char head[] =
	"# dcbm validate v1\n"
	"# write key=value ... to run a clause on a channel, then read the result\n"
	"#   chan=NAME : the channel, as in /sys/class/dma\n"
	"#   clause=copy.one|copy.few : what is tested\n"
	"#   seed=0..4294967295 : random seed\n"
	"clause copy.one any one segment is copied byte for byte\n"
	"clause copy.few sg paired lists of 2 to 8 segments are copied\n"
	"clause copy.many sg paired lists up to the longest that prep accepts are copied\n"
	"clause copy.lengths any segments from 1 byte to the maximum length are copied\n"
	"clause copy.align any segments are copied at every alignment that the device supports\n"
	"clause copy.uneven sg uneven lists are copied as byte streams or refused\n"
	"clause copy.overlap sg source segments may overlap each other\n"
	"clause copy.outside any nothing is written outside the destination segments\n"
	"clause copy.source any nothing is written to the source\n"
	"clause refuse.totals sg lists of different total length are refused\n"
	"clause refuse.empty sg lists without entries are refused\n"
	"clause refuse.zero any entries of length 0 are refused\n"
	"clause refuse.depth any prep returns NULL while the ring is full, and recovers\n"
	"clause start.pending any nothing starts before issue_pending\n"
	"clause start.once any one issue_pending starts all descriptors submitted before it\n"
	"clause prep.idle any an idle channel accepts every copy that it accepted before\n"
	"clause prep.atomic any prep and submit do not sleep\n"
	"clause prep.clean any prep clears the callback fields and flags of a reused descriptor\n"
	"clause done.once any each descriptor has exactly one callback\n"
	"clause done.data any no callback runs before the data is visible\n"
	"clause done.context any callbacks come in softirq or thread context, interrupts on, no lock of the provider held: they may prep, submit, issue\n"
	"clause done.result any a successful copy reports DMA_TRANS_NOERROR and residue 0\n"
	"clause done.silent any tx_status reports the end without DMA_PREP_INTERRUPT\n"
	"clause done.error any a copy from an unreachable address ends with an error\n"
	"clause status.cookies any cookies of a channel increase, and none is an error code\n"
	"clause status.progress any tx_status distinguishes in progress from complete\n"
	"clause status.residue any the residue is the full length first, and 0 at the end\n"
	"clause status.order any descriptors complete in order, unless declared otherwise\n"
	"clause order.same any after a fence, the second of two copies to one destination wins\n"
	"clause reuse.ack any a descriptor is not reused before it is acknowledged\n"
	"clause reuse.ring any the ring never loses a descriptor\n"
	"clause term.prepared any terminated before the start: no callback and no write\n"
	"clause term.queued any terminated while queued: no callback and no write afterwards\n"
	"clause term.running any terminated while running: no callback and no write afterwards\n"
	"clause term.again any a channel copies again after it was terminated\n"
	"clause chan.reacquire any a channel copies again after it was released and requested\n"
	"clause many.threads any several threads can use one channel at the same time\n"
	"clause many.channels any copies on two channels at the same time do not mix\n"
	"clause limit.segment any a segment of exactly dma_get_max_seg_size() is copied\n"
	"clause limit.above4g any memory above 4 GiB is copied\n"
	"clause limit.boundary any segments up to dma_get_seg_boundary() are copied\n"
	"clause map.bounce any copies through bounce buffers are correct\n"
	"clause map.iommu any copies through an IOMMU are correct\n"
	"clause time.bound any a page is copied within a tenth of timeout_ms\n";

#define NUMBERS	"errno 0\ncases 100\ndescriptors 812\nbytes 123456\nns 1234567\n"

const char fake_pass[] =
	"status pass\nwhy -\n" NUMBERS "chan_state ready\n";

const char fake_said[] =
	"status pass\nwhy refused by NULL\n" NUMBERS "chan_state ready\n";

const char fake_skip[] =
	"status skip\nwhy no memory above 4 GiB\nerrno 0\ncases 0\ndescriptors 0\nbytes 0\n"
	"ns 1200\nchan_state ready\n";

const char fake_error[] =
	"status error\nwhy no memory for the arenas\nerrno -12\ncases 0\ndescriptors 0\n"
	"bytes 0\nns 1200\nchan_state ready\n";

const char fake_interrupted[] =
	"status interrupted\nwhy -\nerrno -4\ncases 3\ndescriptors 24\nbytes 4096\nns 1234\n"
	"chan_state ready\n";

const char fake_quarantined[] =
	"status fail\nwhy descriptor 3 is overdue, and the channel cannot be made quiet\n"
	"errno -110\ncases 2\ndescriptors 3\nbytes 8192\nns 5000000000\n"
	"chan_state quarantined\n";

/*
 * The last bytes of a destination segment are missing, and 4 bytes after another segment are
 * wrong.
 */
const char fake_fail[] =
	"status fail\nwhy 12 bytes differ\nerrno 0\ncases 18\ndescriptors 18\nbytes 123456\n"
	"ns 1234567\nchan_state ready\nfail_case 17\nreduced 64 2\n"
	"dst 0 offset=0x1000 len=4096\ndst 1 offset=0x3000 len=512\n"
	"src 0 offset=0x0 len=4096\nsrc 1 offset=0x2000 len=512\n"
	"wrong 12\n"
	"byte dst offset=0x1ffc expected=0x12 found=0xed\n"
	"byte dst offset=0x1ffd expected=0x34 found=0xcb\n"
	"byte outside offset=0x3200 expected=0xa5 found=0x7\n"
	"byte outside offset=0x10 expected=0xa5 found=0x8\n"
	"byte src offset=0x2001 expected=0x1 found=0x2\n"
	"byte dst offset=0x1ffe expected=0x56 found=0xa9\n"
	"byte dst offset=0x1fff expected=0x78 found=0x87\n"
	"byte dst offset=0x3000 expected=0x9a found=0x65\n";

/**
 * fake_validate_file() - content of the file
 * @spec: text after the word `spec`, NULL before the first run
 * @result: the lines after it
 *
 * Return: The text, until the next call.
 */
const char *fake_validate_file(const char *spec, const char *result)
{
	static char text[FILE_MAX];

	if (spec)
		snprintf(text, sizeof(text), "%sspec %s\n%s", head, spec, result);
	else
		snprintf(text, sizeof(text), "%s%s", head, result);
	return text;
}

static bool has_word(const char *line, const char *key, const char *value)
{
	char word[128];
	size_t len;

	if (!value)
		return true;
	len = (size_t)snprintf(word, sizeof(word), "%s=%s", key, value);
	line = strstr(line, word);
	return line && (line[len] == ' ' || !line[len]);
}

static const struct fake_rule *find_rule(const char *line)
{
	static const struct fake_rule pass = { .result = fake_pass };
	const struct fake_rule *rule;

	for (rule = fake.rules; rule && (rule->result || rule->err); rule++)
		if (has_word(line, "chan", rule->chan) && has_word(line, "clause", rule->clause) &&
		    has_word(line, "seed", rule->seed))
			return rule;
	return &pass;
}

static int answer(struct fake_write *write, const char *text)
{
	const struct fake_rule *rule;
	char line[512];
	size_t len;

	snprintf(line, sizeof(line), "%.*s", (int)strcspn(text, "\n"), text);
	len = strlen(fake.lines);
	snprintf(fake.lines + len, sizeof(fake.lines) - len, "%s\n", line);
	fake.writes++;
	rule = find_rule(line);
	if (rule->then)
		rule->then();
	if (rule->result)
		fixture_write(write->fx, "debugfs/dcbm/validate",
			      fake_validate_file(line, rule->result));
	return rule->err;
}

/* Starts a fake driver that answers writes by the rules. */
void fake_start(struct fixture *fx, const struct fake_rule *rules)
{
	memset(&fake, 0, sizeof(fake));
	fake.write.fx = fx;
	fake.write.on_write = answer;
	fake.rules = rules;
	fake_write = &fake.write;
	fixture_driver(fx);
	fixture_write(fx, "sysfs/module/dcbm_sg/parameters/offloading", "0\n");
	fixture_write(fx, "debugfs/dcbm/validate", fake_validate_file(NULL, "status none\n"));
}

/* Adds a DMA channel to sysfs; @device may be NULL. */
void fake_channel(struct fixture *fx, const char *name, const char *device, bool in_use)
{
	char path[256], target[256];

	snprintf(path, sizeof(path), "sysfs/class/dma/%s/in_use", name);
	fixture_write(fx, path, in_use ? "1\n" : "0\n");
	if (!device)
		return;
	snprintf(path, sizeof(path), "sysfs/devices/%s/modalias", device);
	fixture_write(fx, path, "");
	fixture_write(fx, "sysfs/bus/platform/drivers/simdma/uevent", "");
	snprintf(path, sizeof(path), "%s/sysfs/devices/%s/driver", fx->dir, device);
	snprintf(target, sizeof(target), "%s/sysfs/bus/platform/drivers/simdma", fx->dir);
	if (access(path, F_OK))
		assert_int_equal(symlink(target, path), 0);
	snprintf(path, sizeof(path), "%s/sysfs/class/dma/%s/device", fx->dir, name);
	snprintf(target, sizeof(target), "%s/sysfs/devices/%s", fx->dir, device);
	if (access(path, F_OK))
		assert_int_equal(symlink(target, path), 0);
}

/*
 * Checks that the output of the last run is KTAP with these numbers of results; @tests are
 * results with subtests.
 */
void results(struct fixture *fx, unsigned int tests, unsigned int passed,
	     unsigned int failed, unsigned int skipped)
{
	struct ktap_count count;
	const char *why = ktap_check(fx->out, &count);

	if (why)
		fail_msg("%s:\n%s", why, fx->out);
	if (count.tests != tests || count.passed != passed || count.failed != failed ||
	    count.skipped != skipped)
		fail_msg("%u tests, %u passed, %u failed, %u skipped:\n%s", count.tests,
			 count.passed, count.failed, count.skipped, fx->out);
}

/* Runs a command on a machine with one channel, dma0chan0. Returns the status. */
int on_one(struct fixture *fx, const struct fake_rule *rules, const char *line)
{
	fake_start(fx, rules);
	fake_channel(fx, "dma0chan0", "simdma.0", false);
	return fixture_run(fx, line);
}

/*
 * Runs a command on a machine with two devices with two free channels each, and one channel in
 * use. Returns the status.
 */
int on_many(struct fixture *fx, const struct fake_rule *rules, const char *line)
{
	fake_start(fx, rules);
	fake_channel(fx, "dma0chan0", "simdma.0", false);
	fake_channel(fx, "dma0chan1", "simdma.0", false);
	fake_channel(fx, "dma1chan0", "simdma.1", true);
	fake_channel(fx, "dma1chan2", "simdma.1", false);
	fake_channel(fx, "dma1chan10", "simdma.1", false);
	return fixture_run(fx, line);
}
