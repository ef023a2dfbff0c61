# SPDX-License-Identifier: GPL-2.0
# The tour on arm64: the machine has one serial port for cells, so the second one, a Linux, comes after the first.
ATTACKED=$LINUX_RAM	# the start of the Linux cell's RAM, where its device tree lies
TOGETHER=/configs/timer.cell	# cells that are there at the same time
WAY_BACK="The way back"
PORTS=" (first on the hypervisor's port, which is Linux' own here)"
KERNEL_WORDS="console=ttyAMA0 loglevel=5"

second_cell() {
	step "Statistics, and the cell gives back what it had"
	timer_ends
	run timer-cpu-back is 0-3 cat /sys/devices/system/cpu/online

	step "A second, unmodified Linux in a cell of two CPUs"
	say "The same kernel file. Its device tree is made from the cell's configuration and nothing else:"
	run linux-started jailhouse cell linux /configs/linux.cell /boot/vmlinuz -i /boot/cell.cpio -c "$KERNEL_WORDS"
	run linux-cpus-gone is 0-1 cat /sys/devices/system/cpu/online
	run list-linux has running jailhouse cell list
	say "It boots on its own serial port, and looks at what it has:"
	run window-driver modprobe uio_ivshmem
	run window-found within 5 window_device $WINDOW
	run linux-ready within 40 peer_ready $WINDOW 1
	run linux-beside linux_works

	step "The two Linux talk through a shared window"
	run window-shape ivshmem-demo -d "$(window_device $WINDOW)" -n 0
	say "Both found it as a PCI device. Messages go through memory, doorbells both ways:"
	run messages ivshmem-demo -d "$(window_device $WINDOW)" -n 3
	say "Now the Linux in the cell asks, and this one answers:"
	run answers ivshmem-demo -d "$(window_device $WINDOW)" -a -n 3
}

way_back() {
	say "The Linux in the cell has noticed nothing:"
	run linux-ready-again within 20 peer_ready $WINDOW 1
	run linux-goes-on ivshmem-demo -d "$(window_device $WINDOW)" -n 1
	run linux-destroyed jailhouse cell destroy linux
}
