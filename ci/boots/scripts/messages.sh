# SPDX-License-Identifier: GPL-2.0
# A cell has the frame that turns messages of its device into interrupts, with all that the frame can raise:
# they arrive, nobody else can send one, and the cell raises none of others there.
. /tests/machine.sh

frame=0x8020000

# Root's CPU writes what would raise the device's interrupt; of the page it has nothing to read.
send() {
	modprobe memory_look start=$frame size=0x1000 skip=0 poke=0x40 value=100 && rmmod memory_look
}

modprobe jailhouse
ok reserve $RESERVE
ok disk-before disk_keeps_data
ok enable jailhouse enable $SYSTEM
ok cell new_cell pci-messages pci "target=$ROOT_RAM $EDU_WORDS frame=$frame message irq=100"
ok cell-ended ended 20 pci-messages
ok nobody-else send
ok write-reported has "write 0x8020040, which belongs to pci-messages" jailhouse denials

# The disk's line: a frame raises what is its own, and nothing else.
_line=$(awk '/nvme/ { print $7; exit }' /proc/interrupts)
_before=$(disk_interrupts)
ok foreign-message run_cell pci-messages faults "address=0x8020040 value=$_line memory-write end"
ok foreign-message-ended ended 10 pci-messages
ok disk-unaware is $_before disk_interrupts

ok destroy jailhouse cell destroy pci-messages
ok disk disk_keeps_data
ok owner-again send
ok root-works root_works
ok disable jailhouse disable
ok disk-after disk_keeps_data
ok release $RELEASE
