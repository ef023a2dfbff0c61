# SPDX-License-Identifier: GPL-2.0
# Two cells run, one of them shares a window with root, while audit.py looks at their tables from outside.
. /tests/machine.sh

modprobe jailhouse
ok reserve $RESERVE
ok enable jailhouse enable $SYSTEM
ok timer new_cell timer timer "print-every=5 $TALK"
ok window new_cell ivshmem ivshmem
ok two-running has running jailhouse cell list
sleep 1
for _try in 1 2 3; do
	fact ok audit-now	# once in a while a cell prints into the line
	sleep 1
done
sleep 2
ok timer-goes-on cell_goes_on timer
ok root-works root_works
ok timer-end end_cell timer
ok window-end end_cell ivshmem
ok disable jailhouse disable
ok release $RELEASE
