# SPDX-License-Identifier: GPL-2.0
# What a cell can only try on arm64. The denials of some accesses are those of their page or instruction, as
# hardware tells no more.
hypervisor=0x7fc00000 root=0x41000000 neighbour=0x7f100000 unit=0x9050000 device=0x10000000
disk_irq=38		# root's disk raises a line; with a GICv2 it sends messages, and this one to CPU 0
[ $ROOT = qemu-virt ] || disk_irq=81

machine_faults() {
	ok disk disk_keeps_data
	interrupt_faults
	if [ $ROOT = qemu-virt ]; then
		memory_faults
		gic3_faults
		register_faults
		call_faults
	else
		gic2_faults
	fi
	# The kick gets through whatever a cell does to its own CPU.
	survives exception-loop "" exception-loop
	survives mask-all "" mask-all
	survives fill-lists "" fill-lists
}

# Loads and stores whose syndrome does not say what they do, and what the processor reads on its own.
memory_faults() {
	parked pair "$who read $hypervisor" memory-pair
	parked pair-write "$who write $hypervisor" memory-pair-write
	parked writeback "$who read $hypervisor" memory-writeback
	parked writeback-write "$who write 0x7fc00004" memory-writeback-write
	parked unaligned "$who read 0x7fc00002" memory-unaligned
	parked crossing "$who read 0x7f(bffffc|c00000)" memory-crossing
	# Of a device that ends within a page: at EL2, too, a misaligned access to it would be a fault.
	survives_all part "" address=0x200001004 memory-read
	parked part-misaligned "$who read 0x200000002; to allow: flags of mem_regions.0. " memory-unaligned address=0x200000000
	parked part-end "$who read 0x200001008" memory-read address=0x200001008
	parked simd "$who read $hypervisor" memory-simd
	parked exclusive "$who read $hypervisor" memory-exclusive
	parked zero "$who write $hypervisor" memory-zero
	parked byte "$who write $hypervisor" memory-byte
	parked quad "$who read $hypervisor" memory-quad
	parked vectors "$who execution 0x7fc00200" vector-foreign
	parked walk "$who (read|execution) 0x7fc00" walk-foreign
	parked read-uart "$who read 0x9000000" memory-read address=0x9000000
	parked read-config "$who read 0x4010020000" memory-read address=0x4010020000
	parked read-its "$who read 0x8080000" memory-read address=0x8080000
	parked send-its "$who write 0x8090040" memory-write address=0x8090040
	parked read-gicc "$who read 0x8010000" memory-read address=0x8010000
}

on_cpu0() {
	taskset -p 1 $$ && "$@" && taskset -p f $$
}

# Those of root's disk: the cell reads zeros, nothing becomes of what it writes, and root does not notice.
interrupt_faults() {
	_before=$(disk_interrupts)
	survives_all pend-foreign "" irq=$disk_irq spi-pend
	ok disk-unaware is $_before disk_interrupts
	survives_all interrupts-foreign "" irq=$disk_irq cpu=3 value=0xf0 \
		spi-enable spi-config spi-priority spi-route spi-disable gicd-off
	ok disk-works on_cpu0 disk_keeps_data
	survives_all sgi-all "" sgi-all
}

# Root's CPU 0 would lose all its own interrupts.
gic3_faults() {
	survives_all ipi-foreign "$who SGI 7 to target list 0x1 at 0x00000000" ipi-foreign
	survives_all gicr-foreign "" cpu=0 gicr-foreign
	ok cpu0-works root_works
	survives_all sgi-group0 "" cpu=0 irq=15 sgi-group0
	survives_all dir-foreign "" irq=$disk_irq dir-foreign
	survives_all group0-on "" group0-on
	survives_all write-sre "" write-sre
}

# Its CPU interface is the virtual one.
gic2_faults() {
	survives_all ipi-foreign "$who SGI 7 to target list 0x1 at 0x00000000" value=0 ipi-foreign
	parked write-gich "$who write 0x8030000" memory-write address=0x8030000
	parked write-gicv "$who write 0x8040000" memory-write address=0x8040000
	parked send-message "$who write 0x8020040" memory-write address=0x8020040 value=$disk_irq
	ok cpu0-works root_works
}

# What belongs to EL2 is undefined; what is the implementation's own is trapped and named.
register_faults() {
	survives_all el2-registers "" read-hcr read-vttbr read-ich read-cntvoff read-scr write-hcr write-vbar \
		write-ich write-sre-el2 tlb-el2 tlb-stage2 undefined
	parked read-actlr "$who read of S3_0_C1_C0_1" read-actlr
	parked write-actlr "$who write of S3_0_C1_C0_1" write-actlr
	parked read-impdef "$who read of S3_1_C15_C2_1" read-impdef
	parked write-impdef "$who write of S3_1_C15_C2_1" write-impdef
	survives_all own-registers "" write-oslar set-way
}

# Firmware and hypervisor answer what a cell may ask, of its own CPUs.
call_faults() {
	survives_all calls "" cpu=0 hvc-undefined hvc-stub smc-foreign smc-undefined psci-foreign
	ok system-off attempt "shut down" 'Cell "faults" has switched itself off' system-off
	ok system-reset attempt "shut down" 'Cell "faults" has switched itself off' system-reset
}

# The BARs of its own device are not the cell's to write: of config space it has the command register.
device_faults() {
	ok bar new_cell pci faults "memory-write address=0x4010020010 value=0xf0000000"
	ok bar-goes-on cell_goes_on hello2
	ok bar-parked within 5 is failed cell_file pci state
}
