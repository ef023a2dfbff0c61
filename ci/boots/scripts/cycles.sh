# SPDX-License-Identifier: GPL-2.0
# The same again and again: nothing may be used up, neither in the hypervisor nor in Linux.
. /tests/machine.sh

ENABLES=20 CREATES=50

mem_kib() {
	sed -n 's/^MemTotal: *\([0-9]*\) kB/\1/p' /proc/meminfo
}

enables() {
	for _round in $(seq $ENABLES); do
		jailhouse enable $SYSTEM && root_works && jailhouse disable ||
			{ echo "enable/disable round $_round"; return 1; }
		[ "$(pool_used)" = 0 ] || { echo "disabled, but $(pool_used) pages in use"; return 1; }
	done
	echo "$_round rounds"
}

create_round() {
	jailhouse cell create /configs/hello.cell || return 1
	_with=$(pool_used)
	jailhouse cell load hello /inmates/hello.bin && jailhouse cell start hello &&
		ended 5 hello && jailhouse cell destroy hello || return 1
	_without=$(pool_used)
}

# Pages are the same in each round, with the cell and without it.
creates() {
	create_round || return 1
	_with_first=$_with _without_first=$_without
	for _round in $(seq 2 $CREATES); do
		create_round || { echo "create/destroy round $_round"; return 1; }
		[ "$_with $_without" = "$_with_first $_without_first" ] || {
			echo "round 1: $_with_first/$_without_first pages, round $_round: $_with/$_without"
			return 1
		}
	done
	echo "$_round rounds, $_with pages with the cell, $_without without"
	[ $_with -gt $_without ]
}

# Ordinary RAM, from wherever the driver finds it, and all of it back.
reserve_anywhere() {
	_before=$(mem_kib)
	for _round in 1 2 3; do
		jailhouse memory reserve 64M && jailhouse memory release || return 1
	done
	[ "$(mem_kib)" = "$_before" ] || { echo "MemTotal was $_before, is $(mem_kib)"; return 1; }
}

_start=$(mem_kib)
modprobe jailhouse
ok reserve $RESERVE
ok enables enables
ok enable jailhouse enable $SYSTEM
ok creates creates
ok cpus-back is 0-3 cat /sys/devices/system/cpu/online
ok disable jailhouse disable
ok release $RELEASE
ok reserve-anywhere reserve_anywhere
ok memory-back is $_start mem_kib
ok unload rmmod jailhouse
