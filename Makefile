# SPDX-License-Identifier: GPL-2.0-only
#
# Targets for users; the scripts are in scripts/, kernel/ and tests/.

# Variables that the scripts read. They are exported with their unexpanded values:
# otherwise make would expand the dollar sign of CMD='echo $HOME'.
vars := ARCH CMD CONFIG CPUS NODES MEM APPEND QEMU_EXTRA ADD TIMEOUT ICOUNT KMEMLEAK VMDIR BUILD KERNEL_SRC \
	JOBS STEPS AGAIN CASES SETUP W C WERROR
$(foreach v,$(vars),$(if $(filter undefined,$(origin $(v))),,$(eval override export $(v) := $$(value $(v)))))

CONFIG ?= base
PREFIX ?= /usr/local

.DEFAULT_GOAL := help
.PHONY: help setup kernel kdir modules tools trace vm shell run check check-all overhead pictures docs clean install

help:
	@scripts/help

setup:
	@scripts/setup

kernel: setup
	@kernel/build.sh $(CONFIG)

kdir: setup
	@kernel/build.sh --dir $(CONFIG)

modules: setup
	@scripts/modules $(CONFIG)

tools: setup
	@scripts/tools

trace: setup
	@scripts/trace

vm: setup
	@tests/vm/run

shell: setup
	@tests/vm/run --shell

run:
	@scripts/demo

check:
	@scripts/setup --all
	@tests/check/run quick

check-all:
	@scripts/setup --all
	@tests/check/run all

overhead: setup
	@scripts/overhead

pictures:
	@scripts/setup --all
	@scripts/pictures-kernelshark
	@scripts/pictures-report
	@scripts/pictures-top

docs:
	@scripts/setup --all
	@scripts/docs

clean:
	rm -rf build
	@echo "the kernels stay in the cache: $${XDG_CACHE_HOME:-$$HOME/.cache}/dcbm-sg"

install: setup
	@PREFIX=$(PREFIX) DESTDIR=$(DESTDIR) KDIR=$(KDIR) scripts/install
