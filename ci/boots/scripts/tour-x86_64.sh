# SPDX-License-Identifier: GPL-2.0
# The tour on x86: the second cell runs beside the first one, and is a program without an operating system.
ATTACKED=$CELL_RAM	# of the cell "timer"
TOGETHER="/configs/timer.cell /configs/ivshmem.cell"	# cells that are there at the same time
PORTS=
WAY_BACK="Statistics, and the way back"

second_cell() {
	step "A second cell shares a window with Linux"
	run window-created jailhouse cell create /configs/ivshmem.cell
	run window-loaded jailhouse cell load ivshmem /inmates/ivshmem.bin
	run window-started jailhouse cell start ivshmem
	say "Linux found the window as a PCI device. Messages go through memory, doorbells both ways:"
	run window-driver modprobe uio_ivshmem
	run window-found within 5 window_device $WINDOW
	run window-shape ivshmem-demo -d "$(window_device $WINDOW)" -n 0
	run messages ivshmem-demo -d "$(window_device $WINDOW)" -n 3
}

way_back() {
	timer_ends
	run window-destroyed jailhouse cell destroy ivshmem
}
