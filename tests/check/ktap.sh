# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-only
#
# KTAP for checks written in bash. Sourced after scripts/lib.sh. A check that ends without
# ktap_end prints no plan, which tests/check/run counts as a failure.

ktap_count=0
ktap_failed=0

ktap_begin()
{
	echo "KTAP version 1"
}

# result STATUS TEXT: print a result line, ok if STATUS is 0
result()
{
	ktap_count=$((ktap_count + 1))
	if [ "$1" = 0 ]; then
		echo "ok $ktap_count - $2"
	else
		ktap_failed=$((ktap_failed + 1))
		echo "not ok $ktap_count - $2"
	fi
}

# check TEXT COMMAND...: ok if COMMAND succeeds
check()
{
	# Prefixed, because COMMAND may be a function that uses variables of its caller
	local ktap_text=$1 ktap_status=0
	shift
	"$@" || ktap_status=$?
	result $ktap_status "$ktap_text"
}

skip()
{
	ktap_count=$((ktap_count + 1))
	echo "ok $ktap_count - $1 # SKIP $2"
}

# note TEXT: print TEXT, which may have several lines, as the explanation of a failure
note()
{
	printf '%s\n' "$1" | sed 's/^/# /'
}

ktap_end()
{
	echo "1..$ktap_count"
	[ $ktap_failed = 0 ]
}
