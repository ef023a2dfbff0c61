/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/*
 * A cell for a bare-metal program on the test machine: 1 MiB of RAM at guest address 0, the
 * communication region, and a console. The file that includes this one defines
 *
 *	CELL_NAME	its name
 *	CELL_CPUS	bit mask of its CPUs
 *	CELL_PLACE	0 or 1: which MiB of RAM it has, and which interrupts of virtual PCI
 *
 * Place 0 has the second PL011, place 1 the virtual console: the machine has no third UART. Before
 * that it includes cell-plain.inc.h, or itself defines what is more than that:
 *
 *	CELL_RAM_FLAGS	flags of its RAM beyond read, write, execute and loadable
 *	CELL_REGIONS	number of memory regions, CELL_REGION their entries, each followed by a comma
 *	CELL_PINS	bit mask of its interrupts from 32 on, beside that of the UART (bit 8)
 *	CELL_DEVICES	number of shared-memory devices, CELL_DEVICE their entries, likewise
 *	CELL_STREAMS	number of stream ids, CELL_STREAM their entries, likewise
 *
 * and may define
 *
 *	CELL_UNPROTECTED	JAILHOUSE_UNPROTECTED_* of it
 *	CELL_MORE_PINS		bit masks of its interrupts from 64, 96 and 128 on
 */

#include <jailhouse/types.h>
#include <jailhouse/cell-config.h>
#include <jailhouse/extension.h>

#define CELL_UARTS	(1 - CELL_PLACE)
#ifdef CELL_UNPROTECTED
#define CELL_EXTENSIONS		1
#else
#define CELL_EXTENSIONS		0
#define CELL_UNPROTECTED	0
#endif

#ifndef CELL_MORE_PINS
#define CELL_MORE_PINS		0
#endif

struct {
	struct jailhouse_cell_desc cell;
	__u64 cpus[1];
	struct jailhouse_memory mem_regions[CELL_REGIONS + 2 + CELL_UARTS];
	struct jailhouse_irqchip irqchips[2];
	struct jailhouse_pci_device pci_devices[CELL_DEVICES];
	union jailhouse_stream_id stream_ids[CELL_STREAMS];
	struct jailhouse_extension_only_unprotected extension[CELL_EXTENSIONS];
} __attribute__((packed)) config = {
	.cell = {
		.signature = JAILHOUSE_CELL_DESC_SIGNATURE,
		.architecture = JAILHOUSE_ARM64,
		.revision = JAILHOUSE_CONFIG_REVISION,
		.name = CELL_NAME,
		.flags = JAILHOUSE_CELL_PASSIVE_COMMREG |
			JAILHOUSE_CELL_VIRTUAL_CONSOLE_PERMITTED |
			(CELL_UARTS ? 0 : JAILHOUSE_CELL_VIRTUAL_CONSOLE_ACTIVE),

		.cpu_set_size = sizeof(config.cpus),
		.num_memory_regions = ARRAY_SIZE(config.mem_regions),
		.num_irqchips = ARRAY_SIZE(config.irqchips),
		.num_pci_devices = ARRAY_SIZE(config.pci_devices),
		.num_stream_ids = ARRAY_SIZE(config.stream_ids),
		.vpci_irq_base = 212 - 32 + 4 * CELL_PLACE,

#if CELL_UARTS
		.console = {
			.address = 0x09040000,
			.size = 0x1000,
			.type = JAILHOUSE_CON_TYPE_PL011,
			.flags = JAILHOUSE_CON_ACCESS_MMIO | JAILHOUSE_CON_REGDIST_4,
			.divider = 13,		/* 24 MHz / 16 / 13 = 115200 */
		},
#endif
	},

	.cpus = { CELL_CPUS },

	.mem_regions = {
		CELL_REGION
		/* RAM */ {
			.phys_start = 0x7f000000 + CELL_PLACE * 0x100000,
			.virt_start = 0x0,
			.size = 0x100000,
			.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_EXECUTE |
				JAILHOUSE_MEM_LOADABLE | CELL_RAM_FLAGS,
		},
		/* communication region */ {
			.virt_start = 0x80000000,
			.size = 0x1000,
			.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE |
				JAILHOUSE_MEM_COMM_REGION,
		},
#if CELL_UARTS
		/* second PL011 */ {
			.phys_start = 0x09040000,
			.virt_start = 0x09040000,
			.size = 0x1000,
			.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_IO,
		},
#endif
	},

	.irqchips = {
		{
			.address = 0x08000000,
			.pin_base = 32,
			.pin_bitmap = { CELL_PINS | CELL_UARTS << (40 - 32), CELL_MORE_PINS },
		},
		/* virtual PCI */ {
			.address = 0x08000000,
			.pin_base = 192,
			.pin_bitmap = { 0xf << (212 - 192 + 4 * CELL_PLACE) },
		},
	},

	.pci_devices = { CELL_DEVICE },

	.stream_ids = { CELL_STREAM },

#if CELL_EXTENSIONS
	.extension = { JAILHOUSE_EXTENSION_ONLY_UNPROTECTED(CELL_UNPROTECTED) },
#endif
};
