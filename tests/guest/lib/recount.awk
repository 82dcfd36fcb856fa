# SPDX-License-Identifier: GPL-2.0-only
#
# Recompute the debugfs files from the output of `trace-cmd report`: prints a line
# `FILE LINE` for every line of a file, unsorted. Without the columns that events do not
# have, see lib/flatten.awk.

function field(name,    i) {
	for (i = 1; i <= NF; i++)
		if (index($i, name "=") == 1)
			return substr($i, length(name) + 2)
	bad = 1
	print "no field " name " in: " $0 > "/dev/stderr"
	return ""
}

# As a number, because awk compares strings as strings
function num(name)
{
	return field(name) + 0
}

# The bounds of the bin that counts value
function bin(value,    to) {
	if (value == 0)
		return "0 0"
	for (to = 1; to < value; to = to * 2 + 1)
		;
	return sprintf("%.0f %.0f", (to + 1) / 2, to)
}

function count(hist, value) {
	bins[hist " " bin(value)]++
	n[hist]++
	sum[hist] += value
	if (n[hist] == 1 || value < least[hist])
		least[hist] = value
	if (value > most[hist])
		most[hist] = value
}

/ dcbm_batch_phases:/ {
	phases[field("batch")] = num("plan_ns") + num("map_ns") + num("prep_ns") +
		num("submit_ns") + num("wait_ns") + num("unmap_ns")
}

/ dcbm_batch_end:/ {
	key = field("batch")
	if (!(key in phases) || phases[key] != num("ns")) {
		bad = 1
		print "its phases do not add up: " $0 > "/dev/stderr"
	}
	delete phases[key]
	folios = num("folios"); bytes = num("bytes"); outcome = field("outcome")
	size["folios " bin(folios) " " outcome]++
	size["bytes " bin(bytes) " " outcome]++
	keys["folios " bin(folios)]; keys["bytes " bin(bytes)]
	folios_sum += folios
	bytes_sum += bytes
	count("batch_latency", num("ns"))
}

/ dcbm_desc_submit:/ {
	chan = field("chan"); chans[chan]
	descs[chan]++
	key = chan " " field("batch")
	if (!(key in used)) {
		used[key]
		batches[chan]++
	}
	if (num("inflight") > high[chan] + 0)
		high[chan] = num("inflight")
	count("desc_segments", num("segs"))
	pending[chan " " field("desc")]
}

/ dcbm_desc_complete:/ {
	chan = field("chan"); result = field("result"); chans[chan]
	key = chan " " field("desc")
	if (!(key in pending)) {
		bad = 1
		print "completed without a submit: " $0 > "/dev/stderr"
	}
	delete pending[key]
	busy[chan] += num("busy_ns")
	if (result == "terminated" || result == "lost") {
		timeouts[chan]++
		next
	}
	count("desc_latency", num("ns"))
	if (result == "ok") {
		cfolios[chan] += num("folios")
		cbytes[chan] += num("bytes")
	} else {
		errors[chan]++
	}
}

/ dcbm_fallback:/ {
	reason = field("reason"); reasons[reason]
	fbatches[reason]++
	ffolios[reason] += num("folios")
	fbytes[reason] += num("bytes")
	ferrno[reason] = num("errno")
}

/EVENTS DROPPED/ {
	bad = 1
	print $0 > "/dev/stderr"
}

END {
	for (key in pending) {
		bad = 1
		print "never completed: " key > "/dev/stderr"
	}
	for (key in keys)
		printf "batch_size %s %d %d %d\n", key, size[key " offloaded"],
			size[key " partial"], size[key " fallback"]
	printf "batch_size folios_sum %.0f\nbatch_size bytes_sum %.0f\n", folios_sum, bytes_sum
	for (hist in n) {
		printf "%s count %d\n%s sum %.0f\n", hist, n[hist], hist, sum[hist]
		printf "%s min %.0f\n%s max %.0f\n", hist, least[hist], hist, most[hist]
	}
	for (key in bins)
		print key, bins[key]
	for (chan in chans)
		printf "channels %s %d %d %d %.0f %.0f %d %d %d\n", chan, batches[chan],
			descs[chan], cfolios[chan], cbytes[chan], busy[chan],
			errors[chan], timeouts[chan], high[chan]
	for (reason in reasons)
		printf "fallbacks %s %d %d %.0f %d\n", reason, fbatches[reason],
			ffolios[reason], fbytes[reason], ferrno[reason]
	exit bad
}
