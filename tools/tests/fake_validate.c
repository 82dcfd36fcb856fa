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
	"#   seed=0..4294967295 : of all that is random\n"
	"clause copy.one any one segment is copied byte for byte\n"
	"clause copy.few sg lists of 2 to 8 paired segments\n"
	"clause copy.many sg lists up to the longest that prep takes\n"
	"clause copy.lengths any segments of 1 byte to the maximal length\n"
	"clause copy.align any every alignment of source and destination that the device admits\n"
	"clause copy.uneven sg lists cut differently: copied as streams of bytes, or refused by NULL; which one is reported\n"
	"clause copy.overlap sg source segments may overlap each other\n"
	"clause copy.outside any nothing is written outside the destination segments\n"
	"clause copy.source any nothing is written to the source\n"
	"clause refuse.totals sg lists of different totals are refused (NULL)\n"
	"clause refuse.empty sg lists without entries are refused\n"
	"clause refuse.zero any entries of no length are refused\n"
	"clause refuse.depth any a ring that is used up gives NULL, and recovers as descriptors end\n"
	"clause start.pending any nothing starts before issue_pending\n"
	"clause start.once any one issue_pending starts all that was submitted before it\n"
	"clause prep.idle any an idle channel does not refuse what it took before\n"
	"clause prep.atomic any prep does not sleep\n"
	"clause prep.clean any a descriptor comes without the callback or flags of who had it before\n"
	"clause done.once any one callback a descriptor, exactly\n"
	"clause done.data any never before the data is visible\n"
	"clause done.context any callbacks come in softirq or thread context, interrupts on, no lock of the provider held: they may prep, submit, issue\n"
	"clause done.result any success says DMA_TRANS_NOERROR and residue 0\n"
	"clause done.silent any without DMA_PREP_INTERRUPT it still completes, tx_status tells\n"
	"clause done.error any an address that cannot be read or written ends as an error with a residue, others are untouched (opt-in: unsafe=1)\n"
	"clause status.cookies any cookies of a channel rise, none is an error or 0\n"
	"clause status.progress any tx_status: in progress before issue_pending, complete after the callback (DMA_OUT_OF_ORDER where declared)\n"
	"clause status.residue any residue of tx_status is the whole before the start and 0 after the end\n"
	"clause status.order any descriptors complete in the order of submission, unless DMA_COMPLETION_NO_ORDER is declared\n"
	"clause order.same any of two descriptors to one destination the second, submitted with DMA_PREP_FENCE on the first, wins\n"
	"clause reuse.ack any without DMA_CTRL_ACK a descriptor is not reused before async_tx_ack()\n"
	"clause reuse.ring any no descriptor is lost: many times the ring's depth, ended and terminated, and the depth is the same\n"
	"clause term.prepared any terminated while only prepared/submitted: no callback, no write, works again\n"
	"clause term.queued any terminated while issued, many\n"
	"clause term.running any terminated in the middle of a long copy: after terminate_sync no callback, no write\n"
	"clause term.again any after terminate_sync the channel copies\n"
	"clause chan.reacquire any freed and acquired again it copies, nothing of before comes\n"
	"clause many.threads any several threads on one channel\n"
	"clause many.channels any two channels at once do not mix\n"
	"clause limit.segment any a segment of exactly dma_get_max_seg_size()\n"
	"clause limit.above4g any memory above 4 GiB\n"
	"clause limit.boundary any segments right up to dma_get_seg_boundary()\n"
	"clause map.bounce any through bounce buffers (skipped unless the mapping is bounced)\n"
	"clause map.iommu any through an IOMMU (skipped unless there is one)\n"
	"clause time.bound any every descriptor ends within timeout_ms, and the pace is kept\n";

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
