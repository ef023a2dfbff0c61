# SPDX-License-Identifier: GPL-2.0
# Cells where the interrupt controller has two security states: all interrupts come by way of EL2. The
# second UART is the secure side's there, so these are cells that print to the virtual console.
. /tests/machine.sh
. /tests/window.sh

modprobe jailhouse
ok reserve $RESERVE
ok enable jailhouse enable $SYSTEM
ok alive new_cell hello2 alive "print-every=5 $TALK"
ok goes-on cell_goes_on hello2
ok root-works root_works
ok alive-end end_cell hello2

# There is a secure world, but no firmware that Linux knows of: a cell that asks for a workaround hears no.
ok workaround new_cell hello2 faults "smc-foreign function=0x80000001 argument=0x80008000 end"
ok workaround-denied within 5 has "faults: result 0xffffffffffffffff" jailhouse console
ok workaround-end end_cell hello2

# The kick gets through a full interface there, too.
ok fill-lists new_cell hello2 faults fill-lists
sleep 1
ok fill-lists-end jailhouse cell destroy hello2

ok window new_cell ivshmem ivshmem
ok window-driver modprobe uio_ivshmem
ok window-found within 5 window_device 00:0e.0
ok window-talk has "3 of 3 messages were answered" talk 00:0e.0 -n 3
ok disk disk_keeps_data
ok window-end end_cell ivshmem

ok cpus-back is 0-3 cat /sys/devices/system/cpu/online
ok disable jailhouse disable
ok disk-after disk_keeps_data
ok release $RELEASE
