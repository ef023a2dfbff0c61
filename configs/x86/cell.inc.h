/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/*
 * A cell for a bare-metal program on the test machine: 1 MiB of RAM at guest address 0, the
 * communication region behind it, and one UART. The file that includes this one defines
 *
 *	CELL_NAME	its name
 *	CELL_CPUS	bit mask of its CPUs
 *	CELL_RAM	physical address of its RAM
 *	CELL_UART	first port of its UART: 0x3e8 (COM3) or 0x2e8 (COM4)
 *
 * and before that includes cell-plain.inc.h, or itself defines what is more than that:
 *
 *	CELL_RAM_FLAGS	flags of its RAM beyond read, write, execute and loadable
 *	CELL_REGIONS	number of memory regions, CELL_REGION their entries, each followed by a comma
 *	CELL_DEVICES	number of PCI devices, CELL_DEVICE their entries, likewise
 *	CELL_CAPS	number of their capabilities, CELL_CAP the entries, likewise
 *	CELL_EXTENSIONS	1 and CELL_EXTENSION the block that says what is not isolated, or 0
 */

#include <jailhouse/types.h>
#include <jailhouse/cell-config.h>
#include <jailhouse/extension.h>

struct {
	struct jailhouse_cell_desc cell;
	__u64 cpus[1];
	struct jailhouse_memory mem_regions[CELL_REGIONS + 2];
	struct jailhouse_pio pio_regions[1];
	struct jailhouse_pci_device pci_devices[CELL_DEVICES];
	struct jailhouse_pci_capability pci_caps[CELL_CAPS];
	struct jailhouse_extension_only_unprotected extension[CELL_EXTENSIONS];
} __attribute__((packed)) config = {
	.cell = {
		.signature = JAILHOUSE_CELL_DESC_SIGNATURE,
		.architecture = JAILHOUSE_X86,
		.revision = JAILHOUSE_CONFIG_REVISION,
		.name = CELL_NAME,
		.flags = JAILHOUSE_CELL_PASSIVE_COMMREG |
			JAILHOUSE_CELL_VIRTUAL_CONSOLE_PERMITTED,

		.cpu_set_size = sizeof(config.cpus),
		.num_memory_regions = ARRAY_SIZE(config.mem_regions),
		.num_pio_regions = ARRAY_SIZE(config.pio_regions),
		.num_pci_devices = ARRAY_SIZE(config.pci_devices),
		.num_pci_caps = ARRAY_SIZE(config.pci_caps),

		.console = {
			.address = CELL_UART,
			.type = JAILHOUSE_CON_TYPE_8250,
			.flags = JAILHOUSE_CON_ACCESS_PIO,
			.divider = 1,
		},
	},

	.cpus = { CELL_CPUS },

	.mem_regions = {
		CELL_REGION
		/* RAM */ {
			.phys_start = CELL_RAM,
			.virt_start = 0x0,
			.size = 0x100000,
			.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_EXECUTE |
				JAILHOUSE_MEM_LOADABLE | CELL_RAM_FLAGS,
		},
		/* communication region */ {
			.virt_start = 0x100000,
			.size = 0x1000,
			.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE |
				JAILHOUSE_MEM_COMM_REGION,
		},
	},

	.pio_regions = {
		PIO_RANGE(CELL_UART, 8),
	},

	.pci_devices = { CELL_DEVICE },

	.pci_caps = { CELL_CAP },

	.extension = { CELL_EXTENSION },
};
