/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A machine and two cells as data that a test changes before it asks what the rules say. Parts are
 * filled in like a config file; machine_check turns them into blobs and opens and checks those.
 */
#ifndef HOST_CONFIG_BUILDER_H
#define HOST_CONFIG_BUILDER_H

#include <config/config.h>

#define BUILDER_ENTRIES 24
#define BUILDER_CELLS 2

struct config_parts {
	struct jailhouse_cell_desc desc;	/* counts included; they may be wrong on purpose */
	u8 cpus[8];
	struct jailhouse_memory memory[BUILDER_ENTRIES];
	struct jailhouse_cache caches[2];
	struct jailhouse_irqchip irqchips[2];
	struct jailhouse_pio pio[BUILDER_ENTRIES];
	struct jailhouse_pci_device devices[BUILDER_ENTRIES];
	struct jailhouse_pci_capability caps[BUILDER_ENTRIES];
	union jailhouse_stream_id stream_ids[2];
	u32 unprotected;	/* 0: no such record */
	struct jailhouse_message_frame frames[2];	/* of root; record.size 0: none */
};

/*
 * The standard machine obeys all rules. Root has CPUs 0 to 3, RAM, an IOMMU, one IOAPIC, an NVMe
 * disk with MSI-X, a device with MSI and id 0 of a link with three peers. Cell 0 has CPU 1 and cell
 * 1 CPU 2, each with RAM, a communication region, a UART, a pin, a device with MSI-X and MSI, and
 * the ids 1 and 2 of the link.
 */
struct machine {
	struct jailhouse_system system;	/* its root_cell is filled in from root */
	struct config_parts root, cell[BUILDER_CELLS];
	bool absent[BUILDER_CELLS];
	u32 allow_unprotected;
	u8 phys_bits;	/* 0: the CPUs have not been asked */
	const struct config_arch *arch;
	struct refusal refusal;
};

void machine_standard(struct machine *machine);
/*
 * The same as a 64-bit Arm machine with a GICv3 and an SMMUv3: no ports, root has the interrupts 32
 * to 159 and the streams 0x18 and 0x20, cell 0 takes interrupt 36 and stream 0x20, cell 1 has
 * interrupt 37 and stream 0x28.
 */
void machine_arm64(struct machine *machine);
enum status machine_check(struct machine *machine);

/* Index of entries in the standard machine. */
enum {
	/* of mem_regions: the five sections of the link come first in each cell */
	MEM_STATES, MEM_READ_WRITE, MEM_OUTPUT0, MEM_OUTPUT1, MEM_OUTPUT2,
	ROOT_LOW = 5, ROOT_MMIO, ROOT_CELLS,
	CELL_RAM = 5, CELL_COMM, CELL_MMIO,
	/* of pci_devices */
	DEV_LINK = 0, ROOT_NVME, ROOT_OTHER, CELL_DEVICE = 1,
};

/* Write the blob of a config into to, which has size bytes; returns how many it is. */
u32 config_write_cell(const struct config_parts *parts, u8 *to, u32 size);
u32 config_write_system(const struct jailhouse_system *system, const struct config_parts *root,
			u8 *to, u32 size);

#endif
