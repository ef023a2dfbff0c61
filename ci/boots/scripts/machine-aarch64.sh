# SPDX-License-Identifier: GPL-2.0
# Words of machine.sh that virt has its own way.
# MACHINE: what "cell linux" must be told of this one.
tree=/proc/device-tree CONFINED=yes NAMED=yes MACHINE=
case $([ ! -e $tree ] || cat $tree/intc@8000000/compatible) in
'') ROOT=qemu-virt-acpi MACHINE="--machine /boot/machine.dtb" ;;
*gic-v3*)
	ROOT=qemu-virt
	! dmesg | grep -q 'GICv4 features' || ROOT=qemu-virt-gic4
	;;
*) ROOT=qemu-virt-gic2 ;;
esac
[ -e $tree/smmuv3@9050000 ] || [ ! -e $tree ] || ROOT=$ROOT-none CONFINED= NAMED=
# Of the tour.
SET_ASIDE="with EL2 left alone and 256 MiB set aside" COMES_FROM="is what Linux was told to leave"

RESERVE=memory_is_free
RELEASE=memory_is_free
EDU="stream 0x20" EDU_WORDS="ecam=0x4010000000 bdf=0x20" INTERRUPT="irq=35"
TALK=con-virtual	# a cell whose interrupts and UART are its own never leaves it, but for this
NOT_RAM=0x08000000 PART=8M@0x60000000 ANYWHERE=allocated

HYPERVISOR_MEMORY="start=0x7fc00000 size=0x400000"
HYPERVISOR=0x7ffff000
CELL_CODE=0x7f000000
CELL_RAM=0x7f080000
EDU_RAM=0x7d000000
LINUX_RAM=0x70000000
ROOT_RAM=0x7e000000

# Linux was started with less memory than there is: what cells get was never its own. UEFI leaves it
# some behind that.
memory_is_free() {
	! grep -E '^ *(7.{7}-|.*-7.{7} :).* System RAM' /proc/iomem
}

timer_interrupts() {
	awk '$NF == "arch_timer" { print $2 }' /proc/interrupts
}

disk_interrupts() {
	awk '/nvme/ { for (i = 2; i <= 5; i++) sum += $i } END { print sum }' /proc/interrupts
}
