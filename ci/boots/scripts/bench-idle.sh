# SPDX-License-Identifier: GPL-2.0
# What a cell costs that only waits for its timer: exits in two seconds. How late the timer comes, its inmate
# prints itself (cell0.log).
. /tests/machine.sh
. /tests/bench-words.sh

exits_in_two_seconds() {
	_exits=$(cell_file bench statistics/vmexits_total) && sleep 2 &&
	figure idle_exits $(($(cell_file bench statistics/vmexits_total) - _exits))
}

modprobe jailhouse
ok reserve $RESERVE
within 10 linux_is_idle
ok enable jailhouse enable $SYSTEM
ok create jailhouse cell create /configs/bench.cell
ok timer run_cell bench timer "print-every=1"
sleep 1
ok exits exits_in_two_seconds
ok destroy jailhouse cell destroy bench
ok disable jailhouse disable
ok release $RELEASE
