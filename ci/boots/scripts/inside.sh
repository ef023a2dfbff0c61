# SPDX-License-Identifier: GPL-2.0
# What a Linux in a cell does: looks at what it has, talks to root, and goes on answering. Its console is
# the cell's UART, so its facts are in cell0.log.
. /tests/window.sh

every_cpu() {
	taskset 1 true && taskset 2 true
}

# timer_of COLUMN: interrupts that the timer of a CPU has raised; the first one is in column 2.
timer_of() {
	awk -v column=$1 '$NF == "arch_timer" { print $column }' /proc/interrupts
}
timers_go_on() {
	_first=$(timer_of 2) _second=$(timer_of 3)
	sleep 1
	every_cpu && [ "$(timer_of 2)" -gt "$_first" ] && [ "$(timer_of 3)" -gt "$_second" ]
}

# QEMU's UART is always ready to send and nobody types, so it never interrupts: the driver has it, at least.
uart_there() {
	grep ttyAMA0 /proc/consoles && grep uart-pl011 /proc/interrupts
}

# 128 MiB and no more.
memory_fits() {
	_kilobytes=$(awk '/^MemTotal:/ { print $2 }' /proc/meminfo)
	echo "$_kilobytes KiB"
	[ $_kilobytes -gt 65536 ] && [ $_kilobytes -lt 131072 ]
}

functions() {
	(cd /sys/bus/pci/devices && for _dev in *; do echo "${_dev#*:} $(cat $_dev/vendor):$(cat $_dev/device)"; done)
}

uname -srv
echo "CPUs, memory, console, PCI functions:"
ok in-cpus is 2 nproc
ok in-memory memory_fits
ok in-uart uart_there
ok in-functions is "00:0e.0 0x110a:0x4106" functions
ok in-every-cpu every_cpu
ok in-timers timers_go_on
modprobe jailhouse
refused in-not-taken-over "was not started at EL2" jailhouse enable /configs/qemu-virt.cell
ok in-window-driver modprobe uio_ivshmem
ok in-window-found within 5 window_device 00:0e.0
ok in-answers has "3 of 3 messages were answered" talk 00:0e.0 -a -n 3
ok in-root-ready within 30 peer_ready 00:0e.0 0
ok in-asks has "3 of 3 messages were answered" talk 00:0e.0 -n 3
# The hypervisor's memory, for a program: its kernel goes on.
ok in-program is 0xFFFFFFFF devmem 0x7fc00000 32
ok in-healthy kernel_healthy
talk 00:0e.0 -a -n 0
