/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/*
 * A cell for a bare-metal program on the Raspberry Pi 4: one CPU, 1 MiB, UART5 (a PL011 on GPIO 12 and
 * 13, dtoverlay=uart5) and the link to root.
 */

#include <jailhouse/types.h>
#include <jailhouse/cell-config.h>

#include "rpi4-links.inc.h"

struct {
	struct jailhouse_cell_desc cell;
	__u64 cpus[1];
	struct jailhouse_memory mem_regions[PAIR_REGIONS + 3];
	struct jailhouse_irqchip irqchips[1];
	struct jailhouse_pci_device pci_devices[1];
} __attribute__((packed)) config = {
	.cell = {
		.signature = JAILHOUSE_CELL_DESC_SIGNATURE,
		.architecture = JAILHOUSE_ARM64,
		.revision = JAILHOUSE_CONFIG_REVISION,
		.name = "rpi4-demo",
		.flags = JAILHOUSE_CELL_PASSIVE_COMMREG |
			JAILHOUSE_CELL_VIRTUAL_CONSOLE_PERMITTED,

		.cpu_set_size = sizeof(config.cpus),
		.num_memory_regions = ARRAY_SIZE(config.mem_regions),
		.num_irqchips = ARRAY_SIZE(config.irqchips),
		.num_pci_devices = ARRAY_SIZE(config.pci_devices),
		.vpci_irq_base = 196 - 32,

		.console = {
			.address = 0xfe201a00,
			.size = 0x200,
			.type = JAILHOUSE_CON_TYPE_PL011,
			.flags = JAILHOUSE_CON_ACCESS_MMIO | JAILHOUSE_CON_REGDIST_4,
			.divider = 26,		/* 48 MHz / 16 / 26 = 115200 */
		},
	},

	.cpus = { 1 << 3 },

	.mem_regions = {
		PAIR_SECTIONS(1, JAILHOUSE_MEM_ROOTSHARED),
		/* RAM */ {
			.phys_start = 0x20000000,
			.virt_start = 0x0,
			.size = 0x100000,
			.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_EXECUTE |
				JAILHOUSE_MEM_LOADABLE,
		},
		/* communication region */ {
			.virt_start = 0x80000000,
			.size = 0x1000,
			.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE |
				JAILHOUSE_MEM_COMM_REGION,
		},
		/* UART5: less than a page, the other UARTs of it stay root's */ {
			.phys_start = 0xfe201a00,
			.virt_start = 0xfe201a00,
			.size = 0x200,
			.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_IO |
				JAILHOUSE_MEM_IO_32 | JAILHOUSE_MEM_ROOTSHARED,
		},
	},

	.irqchips = {
		/* of virtual PCI; the UART's, 153, is one for all PL011, so it is polled */ {
			.address = 0xff841000,
			.pin_base = 192,
			.pin_bitmap = { 0xf << (196 - 192) },
		},
	},

	.pci_devices = { LINK_DEVICE(PAIR, 1, 0) },
};
