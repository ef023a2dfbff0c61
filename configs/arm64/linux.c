/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/*
 * A second Linux: CPUs 2 and 3, 128 MiB, the second PL011 and the link to root. Start it with
 * jailhouse cell linux; the device tree is made from this config.
 *
 *	guest address	physical
 *	0x00000000	0x7f000000	the loader, 64 KiB
 *	0x70000000	the same	RAM
 */

#include <jailhouse/types.h>
#include <jailhouse/cell-config.h>

#include "qemu-virt-links.inc.h"

struct {
	struct jailhouse_cell_desc cell;
	__u64 cpus[1];
	struct jailhouse_memory mem_regions[PAIR_REGIONS + 4];
	struct jailhouse_irqchip irqchips[2];
	struct jailhouse_pci_device pci_devices[1];
} __attribute__((packed)) config = {
	.cell = {
		.signature = JAILHOUSE_CELL_DESC_SIGNATURE,
		.architecture = JAILHOUSE_ARM64,
		.revision = JAILHOUSE_CONFIG_REVISION,
		.name = "linux",
		.flags = JAILHOUSE_CELL_PASSIVE_COMMREG |
			JAILHOUSE_CELL_VIRTUAL_CONSOLE_PERMITTED,

		.cpu_set_size = sizeof(config.cpus),
		.num_memory_regions = ARRAY_SIZE(config.mem_regions),
		.num_irqchips = ARRAY_SIZE(config.irqchips),
		.num_pci_devices = ARRAY_SIZE(config.pci_devices),
		.vpci_irq_base = 212 - 32,

		.console = {
			.address = 0x09040000,
			.size = 0x1000,
			.type = JAILHOUSE_CON_TYPE_PL011,
			.flags = JAILHOUSE_CON_ACCESS_MMIO | JAILHOUSE_CON_REGDIST_4,
			.divider = 13,		/* 24 MHz / 16 / 13 = 115200 */
		},
	},

	.cpus = { 1 << 2 | 1 << 3 },

	.mem_regions = {
		PAIR_SECTIONS(1, JAILHOUSE_MEM_ROOTSHARED),
		/* loader */ {
			.phys_start = 0x7f000000,
			.virt_start = 0x0,
			.size = 0x10000,
			.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_EXECUTE |
				JAILHOUSE_MEM_LOADABLE,
		},
		/* RAM */ {
			.phys_start = 0x70000000,
			.virt_start = 0x70000000,
			.size = 0x8000000,
			.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_EXECUTE |
				JAILHOUSE_MEM_DMA | JAILHOUSE_MEM_LOADABLE,
		},
		/* communication region */ {
			.virt_start = 0x80000000,
			.size = 0x1000,
			.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE |
				JAILHOUSE_MEM_COMM_REGION,
		},
		/* second PL011 */ {
			.phys_start = 0x09040000,
			.virt_start = 0x09040000,
			.size = 0x1000,
			.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_IO,
		},
	},

	.irqchips = {
		/* the PL011's */ {
			.address = 0x08000000,
			.pin_base = 32,
			.pin_bitmap = { 1 << (40 - 32) },
		},
		/* virtual PCI */ {
			.address = 0x08000000,
			.pin_base = 192,
			.pin_bitmap = { 0xf << (212 - 192) },
		},
	},

	.pci_devices = { LINK_DEVICE(PAIR, 1, 0) },
};
