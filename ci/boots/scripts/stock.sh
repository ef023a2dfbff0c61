# SPDX-License-Identifier: GPL-2.0
# The arm64 machine itself, without Cellblock: its shape, and what Linux leaves to others.
. /tests/machine.sh
cat /proc/iomem /proc/interrupts
dmesg | grep -iE 'EL[12]|GIC|smmu|iommu|kvm'

shape() {
	[ "$(nproc)" = 4 ] &&
	[ "$(cat /sys/bus/pci/devices/0000:00:04.0/device)" = 0x11e8 ] &&	# edu
	has '09000000-09000fff : 9000000.pl011' cat /proc/iomem &&
	has '09040000-09040fff : 9040000.pl011' cat /proc/iomem &&
	[ -z "$(ls /sys/class/iommu)" ]
}

# A kernel that began at EL2 and runs at EL1 has left its stub there, unless KVM moved in.
el2_stub() {
	has 'CPU: All CPU(s) started at EL2' dmesg &&
	! dmesg | grep -E 'Virtualization Host Extensions|Hyp .* initialized'
}

cpu_is() {
	echo $1 >/sys/devices/system/cpu/cpu3/online && is $2 cat /sys/devices/system/cpu/online
}

ok machine-shape shape
ok memory-is-free memory_is_free
ok el2-stub el2_stub
ok disk disk_keeps_data
ok timer within 5 timer_above "$(timer_interrupts)"
ok cpu-away cpu_is 0 0-2
ok cpu-back cpu_is 1 0-3
