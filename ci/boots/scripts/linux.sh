# SPDX-License-Identifier: GPL-2.0
# An unmodified Linux in a cell, started by one command, twice, the second time from a compressed file and by a
# loader at the start of the RAM. What it sees itself is inside.sh.
. /tests/machine.sh
. /tests/window.sh

tree=$LINUX_RAM			# where its device tree begins, by a number that every tree begins with
magic=0xedfe0dd0
WINDOW=00:0e.0

# linux_cell CONFIG KERNEL
linux_cell() {
	jailhouse cell linux $MACHINE $1 $2 -i /boot/cell.cpio -c "console=ttyAMA0 loglevel=5"
}

# Messages from root to the cell, and from the cell to root.
talks() {
	ok $1-ready within 40 peer_ready $WINDOW 1
	ok $1-asks has "3 of 3 messages were answered" talk $WINDOW -n 3
	ok $1-answers has "3 of 3 messages were answered" talk $WINDOW -a -n 3
	ok $1-goes-on within 20 peer_ready $WINDOW 1
}

modprobe jailhouse
ok reserve $RESERVE
ok enable jailhouse enable $SYSTEM
ok window-driver modprobe uio_ivshmem

ok linux linux_cell /configs/linux.cell /boot/vmlinuz
ok cpus-away is 0-1 cat /sys/devices/system/cpu/online
ok list has running jailhouse cell list
ok window-found within 5 window_device $WINDOW
talks linux
ok root-works root_works

ok attack-read is 0x00000000 edu-attack read $tree
ok names-read has "cell \"$ROOT\" $EDU: DMA read $tree" jailhouse denials
ok attack-write edu-attack write $tree 0x0badc0de
ok names-write has "cell \"$ROOT\" $EDU: DMA write $tree" jailhouse denials
ok after-attack has "2 of 2 messages were answered" talk $WINDOW -n 2

ok destroy jailhouse cell destroy linux
ok cpus-back is 0-3 cat /sys/devices/system/cpu/online
ok tree-intact is $magic edu-attack read $tree
ok root-works-alone root_works

gzip -c /boot/vmlinuz >/tmp/vmlinuz.gz
# Its cpu_reset_address becomes 0x70000000.
cp /configs/linux.cell /tmp && printf '\160' | dd of=/tmp/linux.cell bs=1 seek=87 conv=notrunc 2>/dev/null
ok linux-again linux_cell /tmp/linux.cell /tmp/vmlinuz.gz
talks again
ok again-destroy jailhouse cell destroy linux
ok again-cpus-back is 0-3 cat /sys/devices/system/cpu/online
ok disable jailhouse disable
ok release $RELEASE
