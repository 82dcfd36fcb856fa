#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Options of `trace-cmd record` and `trace-cmd start` for the events of dcbm_sg, by name:
#
#   trace-cmd record $(trace/presets/dcbm.sh report) -- COMMAND
#
# report      all that `dcbm report` and the plugins show
# batches     only batches and what fell back: for hours of recording
# migrate     with the kernel's own events of page migration around it
# slow NS     only batches that took at least NS nanoseconds, and descriptors likewise

# The clock of last_ns in debugfs, and room for bursts
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
		echo "dcbm.sh: slow wants nanoseconds, for instance: dcbm.sh slow 1000000" >&2
		exit 2 ;;
	esac
	# No blanks: the shell that has called us cuts there
	echo "$common -e dcbm:dcbm_batch_end -f ns>=$2 -e dcbm:dcbm_desc_complete -f ns>=$2" ;;
*)
	echo "dcbm.sh: one of report, batches, migrate, slow NS" >&2
	exit 2 ;;
esac
