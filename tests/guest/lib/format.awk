# SPDX-License-Identifier: GPL-2.0-only
#
# Check that a file of debugfs/dcbm has the format of Documentation/debugfs.rst: -v file=NAME

function fail(why) {
	print FILENAME ":" NR ": " why ": " $0 > "/dev/stderr"
	bad = 1
}

# True if the fields from the nth on are natural numbers
function numbers(n,    i) {
	for (i = n; i <= NF; i++)
		if ($i !~ /^[0-9]+$/)
			return 0
	return 1
}

BEGIN {
	names = "^[a-z_]+$"
	sums = "^(folios_sum|bytes_sum)$"
	results = "^(errno|runs|folios|copied|fell_back|bytes|ns|mbps|first_batch|last_batch|mismatches)$"
}

NR == 1 {
	if ($0 != "# dcbm " file " v1")
		fail("not the first line of " file)
	next
}
$1 == "#" { next }
file == "batch_size" {
	if (!($1 ~ /^(folios|bytes)$/ && NF == 6 && numbers(2)) && !($1 ~ sums && NF == 2 && numbers(2)))
		fail("neither a bin nor a sum")
	next
}
file ~ /^(batch_latency|desc_latency|desc_segments)$/ {
	if (!($0 ~ /^unit (ns|segments)$/) && !($1 ~ /^(count|sum|min|max)$/ && NF == 2 && numbers(2)) &&
	    !(NF == 3 && numbers(1)))
		fail("neither a bin nor a key")
	next
}
file == "channels" {
	if ($1 == "channels" && NF == 2 && numbers(2))
		next
	if ($1 == "imbalance" && $2 ~ /^[0-9]+\.[0-9][0-9][0-9]$/ && NF == 2)
		next
	if (NF != 14 || $1 !~ /^dma[0-9]+chan[0-9]+$/ || $3 !~ /^-?[0-9]+$/ ||
	    $4 !~ /^(memcpy_sg|memcpy)$/ || $5 !~ /^(ready|released|probing|dead|quarantined)$/ ||
	    $10 !~ /^[0-9]+\.[0-9][0-9]$/ || ($10 = 0) || !numbers(6))
		fail("not a channel")
	next
}
file == "fallbacks" {
	if (NF != 6 || $1 !~ names || $5 !~ /^-?[0-9]+$/ || ($5 = 0) || !numbers(2))
		fail("not a reason")
	next
}
file == "trigger" {
	if ($1 == "spec" && NF == 11)
		next
	if ($0 ~ /^status (none|running|ok|failed|interrupted)$/)
		next
	if ($1 ~ results && NF == 2 && $2 ~ /^-?[0-9]+$/)
		next
	if ($0 == "first_mismatch none" || $0 ~ /^first_mismatch where=/)
		next
	if ($1 == "fallback" && $2 ~ names && NF == 3 && numbers(3))
		next
	fail("not a line of the trigger")
	next
}
file == "validate" {
	if ($1 == "clause" && $2 ~ /^[a-z]+\.[a-z0-9]+$/ && $3 ~ /^(any|sg)$/ && NF > 3)
		next
	if ($1 == "spec" && NF == 10 && $2 ~ /^chan=dma[0-9]+chan[0-9]+$/ && $3 ~ /^clause=[a-z]+\.[a-z0-9]+$/)
		next
	if ($0 ~ /^status (none|running|pass|fail|skip|interrupted|error)$/ || ($1 == "why" && NF > 1))
		next
	if ($1 ~ /^(cases|descriptors|bytes|ns|fail_case|wrong)$/ && NF == 2 && numbers(2))
		next
	if ($1 == "errno" && NF == 2 && $2 ~ /^-?[0-9]+$/)
		next
	if ($0 ~ /^chan_state (ready|dead|quarantined)$/ || ($1 == "reduced" && NF == 3 && numbers(2)))
		next
	if ($1 ~ /^(dst|src)$/ && NF == 4 && $2 ~ /^[0-9]+$/ && $3 ~ /^offset=0x[0-9a-f]+$/ && $4 ~ /^len=[0-9]+$/)
		next
	if ($1 == "byte" && NF == 5 && $2 ~ /^(dst|outside|src)$/ && $3 ~ /^offset=0x[0-9a-f]+$/ &&
	    $4 ~ /^expected=0x[0-9a-f]+$/ && $5 ~ /^found=0x[0-9a-f]+$/)
		next
	fail("not a line of validate")
	next
}
{ fail("not expected") }

END { exit bad }
