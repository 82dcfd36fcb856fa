#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Presets for the events of dcbm_sg: prints options of `trace-cmd record` and
# `trace-cmd start`.
#
#   trace-cmd record $(trace/presets/dcbm.sh report) -- COMMAND
#
# report      all events that `dcbm report` and the plugins use
# batches     only batches and fallbacks, for recordings over hours
# migrate     as report, and the kernel's own events of page migration
# slow NS     only batches and descriptors that took at least NS nanoseconds

# last_ns in debugfs has the clock mono. The buffer of 8 MiB per CPU is for bursts.
common="-C mono -b 8192"

case ${1-} in
report)
	echo "$common -e dcbm" ;;
batches)
	echo "$common -e dcbm:dcbm_batch_start -e dcbm:dcbm_batch_end -e dcbm:dcbm_fallback" ;;
migrate)
	echo "$common -e dcbm -e migrate" ;;
slow)
	case ${2-} in
	""|*[!0-9]*)
		echo "dcbm.sh: slow needs a number of nanoseconds, for example: dcbm.sh slow 1000000" >&2
		exit 2 ;;
	esac
	# No blanks: the calling shell splits the options at blanks
	echo "$common -e dcbm:dcbm_batch_end -f ns>=$2 -e dcbm:dcbm_desc_complete -f ns>=$2" ;;
*)
	echo "usage: dcbm.sh report|batches|migrate|slow NS" >&2
	exit 2 ;;
esac
