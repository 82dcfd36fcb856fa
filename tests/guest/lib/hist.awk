# SPDX-License-Identifier: GPL-2.0-only
#
# Sum of a histogram of the kernel: awk -v field=FIELD [-v match_key=REGEX] prints the sum of
# FIELD over the rows whose key matches. A file may have several histograms with different
# fields. Exit status 1 if keys were dropped, or if no matching row has the field.

BEGIN { sum = 0 }

/^\{/ {
	split($0, half, "}")
	if (match_key != "" && half[1] !~ match_key)
		next
	n = split(half[2], word, /[: ]+/)
	for (i = 1; i < n && word[i] != field; i++)
		;
	rows++
	if (i >= n)
		next
	has++
	sum += word[i + 1]
}

/^ *Dropped: / && $2 != 0 {
	print > "/dev/stderr"
	bad = 1
}

END {
	if (rows && !has)
		print "no row has a field " field > "/dev/stderr"
	if (bad || (rows && !has))
		exit 1
	printf "%.0f\n", sum
}
