# SPDX-License-Identifier: GPL-2.0
# What a cell costs that only waits for its timer: exits in two seconds. How late the timer comes, its inmate
# prints itself (cell0.log). The kernel parameter bench_cell names another cell.
. /tests/machine.sh
. /tests/bench-words.sh
CELL=${bench_cell:-bench}

exits_in_two_seconds() {
	_exits=$(cell_file $CELL statistics/vmexits_total) && sleep 2 &&
	figure idle_exits $(($(cell_file $CELL statistics/vmexits_total) - _exits))
}

modprobe jailhouse
ok reserve $RESERVE
within 10 linux_is_idle
ok enable jailhouse enable $SYSTEM
ok create jailhouse cell create /configs/$CELL.cell
ok timer run_cell $CELL timer "print-every=1"
sleep 1
ok exits exits_in_two_seconds
ok destroy jailhouse cell destroy $CELL
ok disable jailhouse disable
ok release $RELEASE
