# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-only
#
# The steps of `make check` (tier quick) and `make check-all` (both tiers). Sourced by
# tests/check/run.
#
# name | x86_64, arm64 or host | tier | time limit in minutes | what the step checks | command
#
# A time limit includes the kernel build of a step that starts with an empty cache, on two
# cores that the other lane uses as well. `make check STEPS=...` runs steps of any tier.

# shellcheck disable=SC2034
steps=(
"tool|host|quick|15|unit tests of the dcbm tool|tests/check/tool"
"top|host|quick|10|dcbm top in a terminal|tests/check/top"
"plugin|host|quick|40|what trace-cmd prints with the plugin|tests/check/plugin"
"kernelshark|host|quick|40|KernelShark with the plugin, on a virtual display|tests/check/kernelshark"
"style|host|quick|15|checkpatch --strict, shellcheck, SPDX lines|tests/check/style"
"layers|host|quick|40|no dependency cycles, allowed includes, lengths of files|tests/check/layers"
"docs|host|quick|40|the documentation builds, man pages agree with the tool|tests/check/docs"
"setup|host|quick|5|packages by release, other distributions|tests/check/setup"
"series|host|quick|15|the series applies, and each patch builds without new warnings|tests/check/series"
"cache|host|quick|10|the kernel cache: interrupted, concurrent, changed builds|tests/check/cache"
"modules|x86_64 arm64|quick|40|modules of the base kernel build without warnings (W=1, sparse)|tests/check/modules base"
"modules-stock|x86_64|quick|10|modules build for the distribution's own kernel (W=1)|tests/check/modules stock"
"vm|x86_64 arm64|quick|40|test of the VM runner|tests/vm/selftest base"
"kunit|x86_64 arm64|quick|40|KUnit tests|tests/check/kunit base"
"guest|x86_64 arm64|quick|40|guest cases|tests/check/guest base"
"report|host|quick|40|dcbm report: numbers, page, lost events, damaged files|tests/check/report"
"documented|x86_64|quick|40|Documentation names everything that the driver shows|tests/check/documented"
"stock|x86_64|quick|15|guest cases on the distribution's own kernel|tests/check/guest stock"
"guest-debug-quick|x86_64|quick|60|guest cases with DEBUG=quick on the debug kernel|tests/check/guest debug quick"
"modules-debug|x86_64 arm64|all|60|modules of the debug kernel build without warnings (W=1)|tests/check/modules debug"
"vm-debug|x86_64|all|60|the debug kernel's checkers work|tests/vm/selftest debug"
"kunit-debug|x86_64|all|60|KUnit tests on the debug kernel|tests/check/kunit debug"
"guest-debug|x86_64 arm64|all|90|guest cases on the debug kernel|tests/check/guest debug"
"debian-12|host|all|120|the commands of README.md in a clean Debian 12|tests/check/release bookworm"
"debian-13|host|all|180|the commands of README.md in a clean Debian 13|tests/check/release trixie"
)
