// SPDX-License-Identifier: GPL-2.0-only
/* Subcommands on a driver made of files */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "driver/debugfs.h"
#include "fixture.h"
#include "lib/tool.h"
#include "lib/util.h"

static void test_stat(void **state)
{
	struct fixture *fx = *state;

	fixture_driver(fx);
	assert_int_equal(fixture_run(fx, "stat"), TOOL_OK);
	has(fx->out, "batch_size: 50 batches, 20489 folios, 80.0 MiB; ");
	has(fx->out, "; # offloaded 42, + partial 1, - fallback 7\n");
	has(fx->out, "            512 - 1023        41  82.0 % ####");
	has(fx->out, "     4.0 KiB - 8.0 KiB         9  18.0 % ");
	has(fx->out, "batch_latency: none yet\n");
	has(fx->out, "desc_latency: 640, mean 127 us, min 9.0 us, max 900 us\n");
	has(fx->out, "      8.2 us - 16.4 us       600  93.8 % ####");
	has(fx->out, "desc_segments: 3, mean 3 segments, min 2 segments, max 4 segments\n");
	has(fx->out, "channels: 2, imbalance 1.500 (busiest to mean)\n");
	has(fx->out, "  dma0chan1 simdma.0 -1   memcpy    quarantined  13.3 MiB  25.00%   2   1 #");
	has(fx->out, "  timeout              11         22   88.0 KiB  EAGAIN\n");
	/* Only reasons that occurred */
	has_not(fx->out, "  no_channel ");
	has_not(fx->out, "\033");
	assert_int_equal(ju64(jget(fx->result, "desc_latency"), "count"), 640);
	assert_int_equal(jlen(jget(jget(fx->result, "channels"), "channels")), 2);
}

static void test_stat_some(void **state)
{
	struct fixture *fx = *state;

	fixture_driver(fx);
	assert_int_equal(fixture_run(fx, "stat fallbacks channels"), TOOL_OK);
	assert_null(jget(fx->result, "batch_size"));
	assert_non_null(jget(fx->result, "channels"));
	assert_non_null(jget(fx->result, "fallbacks"));
	assert_int_equal(fixture_run(fx, "stat frogs"), TOOL_USAGE);
	has(fixture_error(fx), "unknown statistic 'frogs'");

	assert_int_equal(fixture_run(fx, "stat --raw channels"), TOOL_OK);
	assert_string_equal(fx->out, good_channels);
	assert_string_equal(jstr(fx->result, "channels"), good_channels);
}

static void test_stat_bad(void **state)
{
	struct fixture *fx = *state;

	assert_int_equal(fixture_run(fx, "stat"), TOOL_ENV);
	has(fixture_error(fx), "the driver is not loaded; 'modprobe dcbm_sg'");
	assert_string_equal(fx->out, "");

	fixture_driver(fx);
	fixture_write(fx, "debugfs/dcbm/channels", "# dcbm channels v2\n");
	assert_int_equal(fixture_run(fx, "stat"), TOOL_ENV);
	has(fixture_error(fx), "dcbm/channels: line 1: format v2, but this dcbm reads v1");
	/* A file with a format error can still be shown raw. */
	assert_int_equal(fixture_run(fx, "stat --raw channels"), TOOL_OK);

	fixture_write(fx, "debugfs/dcbm/channels", "# dcbm channels v1\nchannels");
	assert_int_equal(fixture_run(fx, "stat channels"), TOOL_ENV);
	has(fixture_error(fx), "line 2: the file ends in the middle of a line");
}

static void test_reset(void **state)
{
	struct fixture *fx = *state;
	struct fake_write fake = { .fx = fx };

	fixture_driver(fx);
	fake_write = &fake;
	assert_int_equal(fixture_run(fx, "reset"), TOOL_OK);
	assert_string_equal(fake.got, "1\n");
	assert_string_equal(fx->out, "statistics are zero\n");
	fake.err = EIO;
	assert_int_equal(fixture_run(fx, "reset"), TOOL_ENV);
	has(fixture_error(fx), "dcbm/reset: Input/output error");
	assert_int_equal(fixture_run(fx, "reset now"), TOOL_USAGE);
}

static int fire(struct fixture *fx, const char *line, int err, const char *answer,
		struct fake_write *fake)
{
	*fake = (struct fake_write) {
		.err = err,
		.answer = answer,
		.path = "debugfs/dcbm/trigger",
		.fx = fx,
	};
	fake_write = fake;
	return fixture_run(fx, line);
}

static void test_trigger_ok(void **state)
{
	struct fixture *fx = *state;
	struct fake_write fake;

	fixture_driver(fx);
	fire(fx, "trigger folios=512 chan=0x4 fill=random", 0, good_trigger, &fake);
	assert_int_equal(fx->status, TOOL_OK);
	assert_string_equal(fake.got, "folios=512 chan=0x4 fill=random\n");
	assert_true(jbool(fx->result, "ours"));
	has(fx->out, "status      ok\n");
	has(fx->out, "runs        10 (batches 11 to 20)\n");
	has(fx->out, "by DMA      5100 folios\nby CPU      20 folios: busy 20\n");
	has(fx->out, "mismatches  0\n");
	has_not(fx->out, "note");
	assert_int_equal(ju64(fx->result, "copied"), 5100);
	assert_null(jget(fx->result, "help"));

	/* Without keys the driver uses its defaults. */
	assert_int_equal(fire(fx, "trigger", 0, good_trigger, &fake), TOOL_OK);
	assert_string_equal(fake.got, "\n");

	/* Another process started a batch between our write and our read. */
	assert_int_equal(fire(fx, "trigger folios=51", 0, good_trigger, &fake), TOOL_OK);
	assert_false(jbool(fx->result, "ours"));
	has(fx->out, "another process");
}

static void test_trigger_failed(void **state)
{
	static const char failed[] =
		"# dcbm trigger v1\nspec folios=4\nstatus failed\nerrno 5\nruns 1\nfolios 4\n"
		"copied 4\nfell_back 0\nbytes 16384\nns 9000\nmbps 1820\nfirst_batch 1\n"
		"last_batch 1\nmismatches 3\n"
		"first_mismatch where=dst folio=3 offset=4088 expected=0x1 found=0x0 batch=1\n";
	struct fixture *fx = *state;
	struct fake_write fake;

	fixture_driver(fx);
	assert_int_equal(fire(fx, "trigger folios=4", EIO, failed, &fake), TOOL_FAILED);
	has(fixture_error(fx), "verification failed: 3 wrong words, first where=dst folio=3 off");
	has(fx->out, "status      failed (Input/output error)\n");
	has(fx->out, "mismatches  3, first: where=dst");
	/* A mismatch is a failure even if the write succeeded. */
	assert_int_equal(fire(fx, "trigger folios=4", 0, failed, &fake), TOOL_FAILED);
}

static void test_trigger_errors(void **state)
{
	static const struct {
		int err;
		int status;
		const char *why;
	} cases[] = {
		{ EINVAL, TOOL_USAGE, "see the kernel log (see 'dcbm trigger --help-keys')" },
		{ ENOMEM, TOOL_ENV, "not enough memory" },
		{ ENODEV, TOOL_ENV, "no DMA channel" },
		{ EBUSY, TOOL_ENV, "another test batch runs" },
		{ EINTR, TOOL_ENV, "interrupted" },
		{ EPERM, TOOL_ENV, "not permitted" },
	};
	struct fixture *fx = *state;
	struct fake_write fake;
	size_t i;

	fixture_driver(fx);
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		assert_int_equal(fire(fx, "trigger folios=4", cases[i].err, NULL, &fake),
				 cases[i].status);
		has(fixture_error(fx), cases[i].why);
		if (cases[i].err != EINTR)
			assert_string_equal(fx->out, "");
	}
}

static void test_trigger_usage(void **state)
{
	struct fixture *fx = *state;
	struct fake_write fake;
	char line[2000] = "trigger ";

	fixture_driver(fx);
	assert_int_equal(fire(fx, "trigger folios", 0, NULL, &fake), TOOL_USAGE);
	has(fixture_error(fx), "'folios' is not key=value");
	assert_int_equal(fire(fx, "trigger =1", 0, NULL, &fake), TOOL_USAGE);
	assert_int_equal(fire(fx, "trigger folios=1\n", 0, NULL, &fake), TOOL_USAGE);
	memset(line + 8, 'a', 1500);
	line[20] = '=';
	assert_int_equal(fire(fx, line, 0, NULL, &fake), TOOL_USAGE);
	has(fixture_error(fx), "more than 1024 bytes");
	/* No line was written to the driver. */
	assert_string_equal(fake.got, "");

	assert_int_equal(fire(fx, "trigger --help-keys", 0, NULL, &fake), TOOL_OK);
	assert_string_equal(fx->out, "folios=1..512 (512) folios in a batch\n"
			    "order=0..9 (0) of each folio\n");
	assert_string_equal(fake.got, "");
}

/* A write() that accepts a part of the text is an error. */
static void test_write(void **state)
{
	static char text[1000001];
	int fd[2];

	(void)state;
	memset(text, 'x', sizeof(text) - 1);
	assert_int_equal(pipe2(fd, O_NONBLOCK), 0);
	assert_int_equal(__real_debugfs_write(fd[1], "x\n"), 0);
	assert_int_equal(__real_debugfs_write(fd[1], text), EMSGSIZE);
	assert_int_equal(__real_debugfs_write(fd[1], text), EAGAIN);
	close(fd[0]);
	close(fd[1]);
	assert_int_equal(__real_debugfs_write(-1, "x\n"), EBADF);
}

/* The first reason is reported; later reasons are consequences. */
static void test_first_reason(void **state)
{
	struct tool t;

	(void)state;
	tool_init(&t);
	assert_int_equal(tool_fail(&t, TOOL_ENV, "first %d", 1), TOOL_ENV);
	assert_int_equal(tool_fail(&t, TOOL_USAGE, "second"), TOOL_USAGE);
	assert_string_equal(t.error, "first 1");
}

static const char *status_of(struct fixture *fx, const char *check)
{
	return jstr(jfind(jget(fx->result, "checks"), "name", check), "status");
}

static void test_doctor(void **state)
{
	struct fixture *fx = *state;

	fixture_run(fx, "doctor");
	assert_int_equal(fx->status, TOOL_ENV);
	assert_string_equal(status_of(fx, "driver"), "missing");
	assert_string_equal(status_of(fx, "channels"), "missing");
	assert_string_equal(status_of(fx, "core"), "warn");
	assert_string_equal(status_of(fx, "offloading"), "warn");
	assert_string_equal(status_of(fx, "thp"), "warn");
	assert_string_equal(status_of(fx, "tracefs"), "warn");
	has(fx->out, "-> modprobe dcbm_sg\n");
	has(fixture_error(fx), "see the table");

	fixture_driver(fx);
	fixture_write(fx, "sysfs/class/dma/dma0chan0/in_use", "1\n");
	fixture_write(fx, "sysfs/class/dma/dma0chan1/in_use", "0\n");
	fixture_write(fx, "sysfs/kernel/mm/transparent_hugepage/enabled",
		      "always [madvise] never\n");
	fixture_write(fx, "sysfs/kernel/tracing/events/dcbm/enable", "0\n");
	fixture_write(fx, "procfs/kallsyms",
		      "0000000000000000 T migrate_offload_registers\n"
		      "0000000000000000 t other\t[module]\n");
	fixture_run(fx, "doctor");
	assert_string_equal(status_of(fx, "driver"), "ok");
	assert_string_equal(status_of(fx, "channels"), "ok");
	assert_string_equal(status_of(fx, "debugfs"), "ok");
	assert_string_equal(status_of(fx, "memcpy_sg"), "ok");
	assert_string_equal(status_of(fx, "offloading"), "ok");
	assert_string_equal(status_of(fx, "thp"), "ok");
	assert_string_equal(status_of(fx, "tracefs"), "ok");
	assert_string_equal(status_of(fx, "core"), "missing");
	has(fx->out, "2 DMA channels, 1 of them in use\n");
	has(fx->out, "1 of the driver's 2 channels copy by memcpy_sg\n");

	fixture_write(fx, "procfs/kallsyms",
		      "0000000000000000 t other\t[module]\n"
		      "0000000000000000 T migrate_offload_register\n");
	fixture_write(fx, "sysfs/kernel/mm/transparent_hugepage/enabled",
		      "always madvise [never]\n");
	fixture_write(fx, "sysfs/module/dcbm_sg/parameters/offloading", "0\n");
	fixture_run(fx, "doctor");
	assert_string_equal(status_of(fx, "core"), "ok");
	assert_string_equal(status_of(fx, "thp"), "warn");
	assert_string_equal(status_of(fx, "offloading"), "warn");
	assert_string_equal(status_of(fx, "root"), geteuid() ? "missing" : "ok");
	assert_int_equal(fixture_run(fx, "doctor x"), TOOL_USAGE);
}

static const char *detail_of(struct fixture *fx, const char *check, const char *key)
{
	return jstr(jfind(jget(fx->result, "checks"), "name", check), key);
}

static void link_driver(struct fixture *fx, const char *device, const char *driver)
{
	char path[256], target[256];

	snprintf(path, sizeof(path), "sysfs/bus/platform/drivers/%s/uevent", driver);
	fixture_write(fx, path, "");
	snprintf(path, sizeof(path), "%s/sysfs/%s/driver", fx->dir, device);
	snprintf(target, sizeof(target), "%s/sysfs/bus/platform/drivers/%s", fx->dir, driver);
	assert_int_equal(symlink(target, path), 0);
}

static void test_doctor_engines(void **state)
{
	static const char tree[] = "of:NdmaT(null)Cxlnx,zynqmp-dma-1.0\n";
	struct fixture *fx = *state;

	/* No engine and no controller */
	fixture_run(fx, "doctor");
	assert_string_equal(status_of(fx, "engine"), "missing");
	assert_string_equal(detail_of(fx, "engine", "detail"),
			    "no engine, and no DMA controller without a driver");
	has(detail_of(fx, "engine", "fix"), "modprobe simdma");
	has(detail_of(fx, "channels", "detail"), "the kernel has no DMA engine layer");

	/* Controllers, and a kernel without a driver for them */
	fixture_write(fx, "sysfs/bus/platform/devices/ffa90000.dma/modalias", tree);
	fixture_write(fx, "sysfs/bus/platform/devices/ffa80000.dma/modalias", tree);
	fixture_write(fx, "sysfs/bus/platform/devices/ff000000.serial/modalias",
		      "of:NserialT(null)Carm,pl011\n");
	fixture_write(fx, "sysfs/bus/pci/devices/0000:00:1f.0/modalias",
		      "pci:v00008086d00002918sv00001AF4sd00001100bc06sc01i00\n");
	fixture_write(fx, "procfs/sys/kernel/osrelease", "6.12.0\n");
	fixture_run(fx, "doctor");
	assert_string_equal(status_of(fx, "engine"), "missing");
	assert_string_equal(detail_of(fx, "engine", "detail"),
			    "no engine; no driver for 2 DMA controllers, e.g. ffa80000.dma");
	assert_string_equal(detail_of(fx, "engine", "fix"),
			    "this kernel has no module for of:NdmaT(null)Cxlnx,zynqmp-dma-1.0; configure and build it");

	/* A kernel with a driver for the second alias, but not for the first */
	fixture_write(fx, "modules/6.12.0/modules.alias",
		      "# Aliases\n"
		      "alias of:N*T*Cxlnx,zynqmp-dpdma other\n"
		      "alias of:N*T*Cxlnx,zynqmp-dma-1.0 zynqmp_dma\n"
		      "alias of:N*T*Cxlnx,zynqmp-dma-1.0C* late\n");
	fixture_run(fx, "doctor");
	assert_string_equal(detail_of(fx, "engine", "fix"), "modprobe zynqmp_dma");

	/* One of two controllers has a driver; a device without a modalias does not count. */
	link_driver(fx, "bus/platform/devices/ffa80000.dma", "zynqmp-dma");
	fixture_write(fx, "sysfs/bus/platform/devices/nothing/uevent", "");
	fixture_write(fx, "sysfs/class/dma/dma0chan0/in_use", "2\n");
	fixture_write(fx, "sysfs/class/dma/dma0chan0/device/modalias", tree);
	link_driver(fx, "class/dma/dma0chan0/device", "zynqmp-dma");
	fixture_run(fx, "doctor");
	assert_string_equal(status_of(fx, "engine"), "warn");
	assert_string_equal(detail_of(fx, "engine", "detail"),
			    "zynqmp-dma (1 channels); no driver for 1 DMA controllers, e.g. ffa90000.dma");

	/* All controllers have a driver, and another driver is there, too. */
	link_driver(fx, "bus/platform/devices/ffa90000.dma", "zynqmp-dma");
	fixture_write(fx, "sysfs/class/dma/dma1chan0/in_use", "0\n");
	fixture_write(fx, "sysfs/class/dma/dma1chan0/device/x", "");
	link_driver(fx, "class/dma/dma1chan0/device", "simdma");
	fixture_run(fx, "doctor");
	assert_string_equal(status_of(fx, "engine"), "ok");
	assert_string_equal(detail_of(fx, "engine", "detail"),
			    "simdma (1 channels), zynqmp-dma (1 channels)");
	assert_string_equal(detail_of(fx, "channels", "detail"),
			    "2 DMA channels, 1 of them in use");

	/* PCI's class for DMA controllers */
	fixture_write(fx, "sysfs/bus/pci/devices/0000:00:02.0/modalias",
		      "pci:v00008086d00001234sv00001AF4sd00001100bc08sc01i02\n");
	fixture_run(fx, "doctor");
	has(detail_of(fx, "engine", "detail"), "for 1 DMA controllers, e.g. 0000:00:02.0");
}

#define T(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

int main(void)
{
	const struct test_entry tests[] = {
		T(test_stat),
		T(test_stat_some),
		T(test_stat_bad),
		T(test_reset),
		T(test_trigger_ok),
		T(test_trigger_failed),
		T(test_trigger_errors),
		T(test_trigger_usage),
		T(test_doctor),
		T(test_doctor_engines),
		cmocka_unit_test(test_write),
		cmocka_unit_test(test_first_reason),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
