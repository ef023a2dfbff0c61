# SPDX-License-Identifier: GPL-2.0
# Words of machine.sh that q35 has its own way.
tables=/sys/firmware/acpi/tables
if [ -e $tables/DMAR ]; then
	ROOT=qemu-q35-vtd CONFINED=yes NAMED=yes
elif [ -e $tables/IVRS ]; then
	# QEMU's AMD-Vi logs no event for an entry that is not present, so nobody can be named.
	ROOT=qemu-q35 CONFINED=yes NAMED=
else
	ROOT=qemu-q35-none CONFINED= NAMED=
fi
MEMORY=128M@0x100000000
# Of the tour.
SET_ASIDE="with no memory set aside" COMES_FROM="is taken from the running kernel"

RESERVE="jailhouse memory reserve $MEMORY"
RELEASE="jailhouse memory release"
EDU="device 00:04.0" EDU_WORDS= INTERRUPT="irq=33 message"
TALK=
NOT_RAM=0xfee00000 PART=8M@0x100800000 ANYWHERE=removed

HYPERVISOR_MEMORY="start=0x100000000 size=0x600000"
HYPERVISOR=0x1005ff000	# last page of hypervisor memory: the pool is taken from its start
CELL_CODE=0x100800000	# where the inmate of the cells "hello" and "timer" begins
CELL_RAM=0x100880000	# their RAM, which the inmate does not touch
EDU_RAM=0x3000000	# nothing lives there yet
ROOT_RAM=0x101000000	# reserved and given to nobody: root's

timer_interrupts() {
	awk '/^ *LOC:/ { print $2 }' /proc/interrupts
}
