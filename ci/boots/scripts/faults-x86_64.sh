# SPDX-License-Identifier: GPL-2.0
# What a cell can only try on x86.
hypervisor=0x100000000 root=0x1000000 neighbour=0x100900000 unit=0xfed90000 device=0xfea00000

machine_faults() {
	parked triple-fault 'exit 7f|triple fault' triple-fault
	parked cr4 'exit ffffffffffffffff|invalid' cr4
	parked strings-hypervisor "$who read $hypervisor" memory-strings

	# Of a device that ends within a page: behind the page is somebody else's window.
	survives_all part "" address=0x200000ffa memory-read
	parked part-crossing "$who read 0x200000ffe; to allow: flags of mem_regions.0. " memory-read address=0x200000ffe
	parked part-end "$who read 0x200001008" memory-read address=0x200001008

	parked port-read "$who read of port 0x70" port-read
	parked port-write "$who write of port 0x70" port-write
	parked port-string "$who write of port 0x70" port-string
	parked port-reset "$who write of port 0xcf9" port-write port=0xcf9 value=6
	parked msr-read "$who read of MSR 0xc0010117" msr-read
	parked msr-write "$who write of MSR 0xc0010117" msr-write
	parked apic-base "$who write of MSR 0x1b" apic-base
	parked pci-crossing "$who.*(write of port 0xcfe|PCI)" pci-crossing

	parked init-self "$who write of MSR 0x830" init-self
	parked smi "$who write of MSR 0x830" smi
	survives ipi-foreign "$who IPI to APIC 0x0" ipi-foreign
	survives init-foreign "$who IPI to APIC 0x0" init-foreign

	# Exceptions are the cell's own affair: its handler prints them and stops.
	survives ud2 "" ud2
	survives vmrun "" vmrun
	survives xsetbv "" xsetbv
}

# A cell may write the BARs of its own device, to learn their sizes: the device does not move.
device_faults() {
	ok bar new_cell pci faults "pci-bar value=0xf0000000"
	ok bar-goes-on cell_goes_on hello2
	ok bar-runs is running cell_file pci state
}
