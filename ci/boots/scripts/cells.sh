# SPDX-License-Identifier: GPL-2.0
# Cells of several kinds, alone and beside each other, and the windows they share with root.
. /tests/machine.sh
. /tests/window.sh

cpus() {
	cat /sys/devices/system/cpu/online
}

modprobe jailhouse
ok reserve $RESERVE
ok enable jailhouse enable $SYSTEM

ok smp new_cell smp smp
ok smp-cpus is 0-1 cpus
ok smp-ended ended 20 smp
ok smp-destroy jailhouse cell destroy smp
ok smp-cpus-back is 0-3 cpus

ok timer new_cell timer timer "print-every=2 $TALK"
ok alive new_cell hello2 alive "print-every=5 $TALK"
ok two-running has running jailhouse cell list
ok two-go-on cell_goes_on timer
ok two-go-on-both cell_goes_on hello2
ok root-works root_works
ok timer-end end_cell timer
ok other-goes-on cell_goes_on hello2
sleep 1
ok alive-end end_cell hello2

ok window new_cell ivshmem ivshmem
ok window-driver modprobe uio_ivshmem
ok window-found within 5 window_device 00:0e.0
ok window-talk has "3 of 3 messages were answered" talk 00:0e.0 -n 3
ok window-end end_cell ivshmem

ok ring1 new_cell ring1 ivshmem
ok ring2 new_cell ring2 ivshmem
ok ring-found within 5 window_device 00:0f.0
ok ring-talk1 has "3 of 3 messages were answered" talk 00:0f.0 -n 3 -t 1
ok ring-talk2 has "3 of 3 messages were answered" talk 00:0f.0 -n 3 -t 2
ok ring1-end end_cell ring1
ok ring2-end end_cell ring2

ok cpus-back is 0-3 cpus
talk 00:0e.0 -k >/tmp/kept &
ok held within 5 grep 'holding 5 maps' /tmp/kept
ok disable jailhouse disable
ok held-gone within 5 grep '5 of 5 maps are gone' /tmp/kept
ok release $RELEASE
