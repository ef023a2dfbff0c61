# SPDX-License-Identifier: GPL-2.0
# One bare-metal cell from nothing to nothing.
. /tests/machine.sh

# counts CELL CPUS: the cell has counters of its own and of these CPUs, and they are numbers.
counts() {
	is "$2" echo $(cd $SYSFS/cells/$1/statistics && echo cpu*) &&
	for _cpu in "" $2; do
		[ "$(cat $SYSFS/cells/$1/statistics/$_cpu/vmexits_total)" -ge 0 ] || return 1
	done
}

modprobe jailhouse
ok reserve $RESERVE
ok enable jailhouse enable $SYSTEM
ok create jailhouse cell create /configs/hello.cell
ok counters counts 0 "cpu0 cpu1 cpu2"
ok counters-of-cell counts 1 cpu3
ok load jailhouse cell load hello /inmates/hello.bin
ok start jailhouse cell start hello
sleep 2
ok list has running jailhouse cell list
ok shutdown jailhouse cell shutdown hello
ok destroy jailhouse cell destroy hello
ok cpus-back has 0-3 cat /sys/devices/system/cpu/online
ok counters-back counts 0 "cpu0 cpu1 cpu2 cpu3"
ok disable jailhouse disable
ok release $RELEASE
