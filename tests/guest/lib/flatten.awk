# SPDX-License-Identifier: GPL-2.0-only
#
# The debugfs files in the format of lib/recount.awk: without rows of zeroes, and without
# the columns provider, node, backend, state, share and last_ns.

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
