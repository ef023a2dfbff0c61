/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One row per reason, included several times (no include guard on purpose):
 * STATUS_ROW(enumerator, errno, rule name, what is wrong with {a} and {b} in hex, how to mend it).
 * {A} and {B} print the same values in decimal. Append to the section of your folder.
 */

/* base */
STATUS_ROW(STATUS_NO_MEMORY, 12, "pool-size", "the hypervisor's page pool is empty ({A} of {B} pages used)", "enlarge hypervisor_memory in the system config")
STATUS_ROW(STATUS_BUG, 5, "internal", "an internal invariant failed (code {a}, {b})", "report this as a bug of the hypervisor")
STATUS_ROW(STATUS_TIMEOUT, 5, "bounded-wait", "the hardware did not answer in time (code {a}, last value {b})", "check the device; nothing was changed")

/* config view */

/* config rules */

/* pt */
STATUS_ROW(STATUS_PT_RIGHTS, 22, "map-rights", "the table format cannot express the rights of the mapping at {a} (READ 1, WRITE 2, EXECUTE 4, DEVICE 8: {b})", "give the region READ as well, and keep WRITE and EXECUTE to what the format knows")
STATUS_ROW(STATUS_PT_ALIGNED, 22, "map-aligned", "the mapping at {a} with output {b} is empty or not a multiple of 4 KiB", "align start, address and size of the region to 0x1000")
STATUS_ROW(STATUS_PT_WIDTH, 34, "map-width", "the mapping at {a} with output {b} is beyond the width of the tables", "keep the region below the address width of the processor and of its IOMMU")
STATUS_ROW(STATUS_PT_MAPPED, 17, "map-once", "the address {a} is mapped already (second output {b})", "remove one of the two regions that share this address")
STATUS_ROW(STATUS_PT_SHAPE, 22, "table-shape", "the table format does not have the asked shape (levels {A}, highest superpage level {B})", "report this with the machine's processor and IOMMU model")

/* plan */

/* run */
STATUS_ROW(STATUS_PCI_UNASSIGNED, 1, "pci-device-owned", "config write to register {a} (value {b}) of a PCI function the cell does not own", "add the function to the cell's pci_devices")
STATUS_ROW(STATUS_PCI_CROSSES, 1, "pci-access-in-dword", "config access at register {a} is wider than 4 bytes or crosses a 4-byte boundary (value {b})", "access config space with 1, 2 or 4 bytes inside one dword")
STATUS_ROW(STATUS_PCI_HEADER, 1, "pci-header-fixed", "config write to header register {a} (value {b}), which belongs to the hypervisor", "leave the register alone; command, cache line, BAR sizes and interrupt line may be written")
STATUS_ROW(STATUS_PCI_CAP_READ_ONLY, 1, "pci-cap-writable", "config write to register {a} (value {b}) inside a capability listed without write permission", "add JAILHOUSE_PCICAPS_WRITE to that entry of pci_caps")
STATUS_ROW(STATUS_PCI_UNLISTED, 1, "pci-cap-listed", "config write to register {a} (value {b}), which no entry of pci_caps covers", "list the capability in pci_caps with JAILHOUSE_PCICAPS_WRITE")
STATUS_ROW(STATUS_MSI_FORMAT, 1, "msi-format", "interrupt message with address {a}, data {b} is no plain message to a CPU", "program an address of 0xfeeNN000, NN the APIC id")
STATUS_ROW(STATUS_MSI_MODE, 1, "msi-delivery-mode", "interrupt message with address {a}, data {b} is neither fixed nor lowest priority", "program delivery mode 0 or 1")
STATUS_ROW(STATUS_MSI_FOREIGN_CPU, 1, "msi-own-cpu", "interrupt message with address {a}, data {b} leads outside the cell's CPUs", "address a CPU of the cell, in physical mode or by its flat logical id")
STATUS_ROW(STATUS_MSIX_ACCESS, 1, "msix-access", "access at {a} to an MSI-X table is not an aligned 32-bit access inside it (value {b})", "access the table with 4 aligned bytes")
STATUS_ROW(STATUS_MSIX_PENDING_WRITE, 1, "msix-pending-read-only", "write at {a} (value {b}) behind the MSI-X table", "write to table entries only")
STATUS_ROW(STATUS_SUBPAGE_OUTSIDE, 1, "subpage-inside", "access at {a} with {B} bytes leaves the sub-page region", "enlarge the region in mem_regions")
STATUS_ROW(STATUS_SUBPAGE_RIGHTS, 1, "subpage-rights", "access at {a} with {B} bytes in a direction the sub-page region does not grant", "add JAILHOUSE_MEM_READ or JAILHOUSE_MEM_WRITE to the region")
STATUS_ROW(STATUS_SUBPAGE_WIDTH, 1, "subpage-width", "access at {a} with {B} bytes, a width the sub-page region does not grant", "add JAILHOUSE_MEM_IO_8, _16, _32 or _64 to the region")
STATUS_ROW(STATUS_SUBPAGE_ALIGNED, 1, "subpage-aligned", "access at {a} with {B} bytes is not aligned", "add JAILHOUSE_MEM_IO_UNALIGNED to the region or align the access")
STATUS_ROW(STATUS_IVSHMEM_FULL, 28, "ivshmem-ends", "the table of shared-memory devices is full ({A} of {B} used)", "use fewer ivshmem devices in all cells together")
STATUS_ROW(STATUS_IVSHMEM_ID, 16, "ivshmem-id-free", "shared-memory device id {A} is taken on this link or not below its number of peers, {B}", "give each end of the link its own shmem_dev_id below shmem_peers")
STATUS_ROW(STATUS_IVSHMEM_REGIONS, 22, "ivshmem-regions", "the shared-memory regions from {A} on do not fit mem_regions ({B} entries) or the state table is too small", "list state table, read-write section and one output section per peer from shmem_regions_start on")
STATUS_ROW(STATUS_IVSHMEM_VECTORS, 22, "ivshmem-vectors", "{A} MSI-X vectors are more than the {B} a shared-memory device has", "set num_msix_vectors to at most 16")
STATUS_ROW(STATUS_IVSHMEM_REGISTER, 1, "ivshmem-register", "config write to register {a} (value {b}) of a shared-memory device, which is fixed", "write only command, BARs, one-shot control and MSI-X control")
STATUS_ROW(STATUS_IVSHMEM_TABLE, 1, "ivshmem-msix-access", "access at offset {a} (value {b}) of a shared-memory device's MSI-X page is misaligned, beyond its vectors or a write to pending bits", "write aligned 32-bit words of existing vectors")
STATUS_ROW(STATUS_UART_TYPE, 22, "console-type", "console type {a} with flags {b} has no driver on this machine", "use JAILHOUSE_CON_TYPE_8250 with PIO or MMIO access")
STATUS_ROW(STATUS_INSN_INCOMPLETE, 5, "insn-bytes", "the instruction at {a} goes on where no memory of the cell follows", "place code wholly inside the cell's memory")
STATUS_ROW(STATUS_INSN_LONG, 5, "insn-length", "the instruction at {a} is longer than 15 bytes", "access device registers with plain loads and stores")
STATUS_ROW(STATUS_INSN_STRING, 5, "insn-string", "a string instruction at {a} touches the device register at {b}", "access device registers with plain mov instructions")
STATUS_ROW(STATUS_INSN_PREFIX, 5, "insn-prefix", "an instruction with LOCK or REP at {a} touches the device register at {b}", "access device registers with plain mov instructions")
STATUS_ROW(STATUS_INSN_UNKNOWN, 5, "insn-kind", "the instruction at {a} is not a plain load or store and touches the device register at {b}", "access device registers with mov, movzx or movsx")
STATUS_ROW(STATUS_GUEST_NOT_PRESENT, 14, "guest-mapped", "the cell's own page tables (CR3 {b}) do not map {a}", "mend the cell's page tables")
STATUS_ROW(STATUS_GUEST_TABLE, 14, "guest-tables", "the cell's page tables for {a} (CR3 {b}) leave the cell's memory", "mend the cell's page tables")
STATUS_ROW(STATUS_IOAPIC_WIDTH, 22, "ioapic-width", "the IOAPIC register at offset {a} was accessed with {B} bytes", "use 32-bit accesses")
STATUS_ROW(STATUS_IOAPIC_REGISTER, 22, "ioapic-register", "the IOAPIC has no register at offset {a}", "use offsets 0x0, 0x10 and 0x40 only")
STATUS_ROW(STATUS_IOAPIC_READ_ONLY, 1, "ioapic-read-only", "a write of {b} to IOAPIC register {a}, which all cells share", "leave the identification registers alone")
STATUS_ROW(STATUS_IOAPIC_DELIVERY, 1, "ioapic-delivery", "pin {A} was unmasked with entry {b}, whose delivery mode the cell may not use", "use fixed or lowest-priority delivery")
STATUS_ROW(STATUS_IOAPIC_DESTINATION, 1, "ioapic-destination", "pin {A} was unmasked with entry {b}, which can reach a CPU outside the cell", "name CPUs of the cell only, without broadcast")
STATUS_ROW(STATUS_ICR_RESERVED, 22, "icr-reserved", "the interrupt command {a} sets reserved bits", "clear the reserved bits")
STATUS_ROW(STATUS_ICR_DELIVERY, 1, "icr-delivery", "the interrupt command {a} uses a delivery mode that leaves the cell", "use fixed, lowest priority, NMI, INIT or SIPI")
STATUS_ROW(STATUS_ICR_SHORTHAND, 22, "icr-shorthand", "the interrupt command {a} combines a shorthand with a delivery mode it is not defined for", "name the destination, or use all but self")
STATUS_ROW(STATUS_ICR_SELF, 22, "icr-self", "the interrupt command {a} resets or starts the CPU that sends it (destination {b})", "leave the sender out of INIT and SIPI")
STATUS_ROW(STATUS_ICR_OUTSIDE, 1, "icr-destination", "the interrupt command {a} is for APIC id {b}, which is no CPU of the cell", "send interrupts to CPUs of the own cell only")
STATUS_ROW(STATUS_ICR_NMI, 1, "icr-nmi", "an NMI for APIC id {b}: cells cannot receive NMIs", "use a fixed interrupt")

/* iommu */

/* arch and boot */
