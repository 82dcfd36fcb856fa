#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Parameters change and modules are unloaded and loaded, 200 times in total (48 on the debug
# kernel), while memory is migrated: no write is lost.
# vm: DEBUG=quick
. "${0%/*}/lib/ktap"

times=200
! slow_kernel || times=48
plan 4

load_driver nr_dev=2 nr_chan=4
touch /tmp/go
(
	while [ -e /tmp/go ]; do
		dcbm migrate --self 16M --kind anon,shmem --pingpong 6 --threads 2 --verify \
			> /tmp/migrate.log 2>&1 || { echo $? > /tmp/migrate.failed; exit; }
		echo >> /tmp/migrate.rounds
	done
) &

offloading() { echo $1 > $PARM/offloading; }

# Retried: dcbm migrate reads the driver's counters, and a reader pins the module
unloaded() { rmmod dcbm_sg 2> /dev/null; }

n=0
rc=0
while [ $n -lt $times ] && [ $rc = 0 ] && [ ! -e /tmp/migrate.failed ]; do
	case $((n % 8)) in
	0) offloading 1 ;;
	1) echo 3 > $PARM/nr_dma_chan ;;
	2) echo 16 > $PARM/nr_dma_chan ;;
	3) echo memcpy > $PARM/backend ;;
	4) echo folios=64 > $DBG/trigger ;;
	5) offloading 0 ;;
	6) offloading 1 && offloading 0 ;;
	7) wait_for 20 unloaded && rmmod simdma && load_driver nr_dev=2 nr_chan=4 ordered=$((n / 8 % 2)) ;;
	esac || { rc=1; echo "# action $((n % 8)) failed after $n"; }
	n=$((n + 1))
done
result $rc "every action succeeds"
equal "all actions were done" $times $n
rm /tmp/go
wait
[ ! -e /tmp/migrate.failed ] || sed 's/^/# /' /tmp/migrate.log
[ ! -e /tmp/migrate.failed ]
result $? "no write is lost"
[ -s /tmp/migrate.rounds ]
result $? "memory was migrated meanwhile: $(wc -l < /tmp/migrate.rounds) times"
unload_driver || bail "the modules do not unload"
finish
