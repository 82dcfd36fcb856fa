# SPDX-License-Identifier: GPL-2.0-only
#
# The debugfs files as lib/recount.awk prints what it has recomputed: without rows of
# zeroes, names of devices and states, shares, and times of day.

$1 == "#" && $2 == "dcbm" { file = $3; next }
$1 == "#" || $1 == "unit" { next }
file == "channels" {
	if ($1 ~ /^dma/ && $7)
		print file, $1, $6, $7, $8, $9, $11, $12, $13, $14
	next
}
file == "fallbacks" {
	if ($2)
		print file, $1, $2, $3, $4, $5
	next
}
{ print file, $0 }
