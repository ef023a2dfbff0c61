/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/*
 * Raspberry Pi 4 with 4 GiB of RAM: four Cortex-A72, a GICv2, no IOMMU. Its devices can reach all
 * memory, and the config says so.
 *
 * The firmware hands Linux a device tree; add a reserved-memory node with reg <0x0 0x20000000
 * 0x10000000> and no-map to keep Linux off what the hypervisor and the cells get:
 *
 *	0x20000000	RAM of cells
 *	0x2fa00000	shared memory
 *	0x2fc00000	hypervisor, 4 MiB
 *
 * Addresses are those of the BCM2711 with its low peripheral map. The console of the hypervisor is
 * the auxiliary UART (enable_uart=1 in config.txt), pins 8 and 10 of the header.
 */

#include <jailhouse/types.h>
#include <jailhouse/cell-config.h>
#include <jailhouse/extension.h>

#include "rpi4-links.inc.h"

#define MMIO	(JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_IO)
#define RAM	(JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_EXECUTE | JAILHOUSE_MEM_DMA)

#define REGION(start, bytes, rights)	\
	{ .phys_start = start, .virt_start = start, .size = bytes, .flags = rights, }

struct {
	struct jailhouse_system header;
	__u64 cpus[1];
	struct jailhouse_memory mem_regions[PAIR_REGIONS + 6];
	struct jailhouse_irqchip irqchips[2];
	struct jailhouse_pci_device pci_devices[1];
	struct jailhouse_extension_only_unprotected extension;
} __attribute__((packed)) config = {
	.header = {
		.signature = JAILHOUSE_SYSTEM_SIGNATURE,
		.architecture = JAILHOUSE_ARM64,
		.revision = JAILHOUSE_CONFIG_REVISION,
		.flags = JAILHOUSE_SYS_VIRTUAL_DEBUG_CONSOLE,
		.hypervisor_memory = {
			.phys_start = 0x2fc00000,
			.size = 0x400000,
		},
		.debug_console = {
			.address = 0xfe215040,
			.size = 0x40,
			.type = JAILHOUSE_CON_TYPE_8250,
			.flags = JAILHOUSE_CON_ACCESS_MMIO | JAILHOUSE_CON_REGDIST_4,
		},
		.platform_info = {
			/* Nothing answers there: between the peripherals and the GIC's block. */
			.pci_mmconfig_base = 0xff900000,
			.pci_is_virtual = 1,
			.pci_domain = 1,
			.arm = {
				.maintenance_irq = 25,
				.gic_version = 2,
				.gicd_base = 0xff841000,
				.gicc_base = 0xff842000,
				.gich_base = 0xff844000,
				.gicv_base = 0xff846000,
			},
		},
		.root_cell = {
			.name = "rpi4",
			.cpu_set_size = sizeof(config.cpus),
			.num_memory_regions = ARRAY_SIZE(config.mem_regions),
			.num_irqchips = ARRAY_SIZE(config.irqchips),
			.num_pci_devices = ARRAY_SIZE(config.pci_devices),
			.vpci_irq_base = 192 - 32,	/* nothing is wired to 191 to 207 */
		},
	},

	.cpus = { 0xf },

	.mem_regions = {
		PAIR_SECTIONS(0, 0),
		REGION(0x0, 0x20000000, RAM),
		REGION(0x20000000, 0xfa00000, RAM),		/* RAM of cells */
		REGION(0x30000000, 0xcc000000, RAM),		/* up to 0xfc000000 */
		REGION(0xfd500000, 0x2300000, MMIO),		/* PCIe, Ethernet, peripherals */
		REGION(0xff800000, 0x1000, MMIO),		/* CPU-local timers and mailboxes */
		REGION(0x600000000, 0x40000000, MMIO),		/* behind PCIe: the USB controller */
	},

	.irqchips = {
		{
			.address = 0xff841000,
			.pin_base = 32,
			.pin_bitmap = { 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff },
		},
		{
			.address = 0xff841000,
			.pin_base = 160,
			.pin_bitmap = { 0xffffffff, 1 << (208 - 192) },	/* the last is USB's */
		},
	},

	.pci_devices = { LINK_DEVICE(PAIR, 0, 0) },

	.extension = JAILHOUSE_EXTENSION_ONLY_UNPROTECTED(JAILHOUSE_UNPROTECTED_DMA),
};
