/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/*
 * The test machine: QEMU virt with 4 CPUs and 1 GiB of RAM, EL2, two PL011, a disk (NVMe, 00:03.0) and
 * a DMA engine (edu, 00:04.0). The file that includes this one says how its devices and interrupts are
 * controlled:
 *
 *	MACHINE_NAME		name of the root cell
 *	MACHINE_GIC		version of its GIC, 2 to 4
 *	MACHINE_UNIT		its entry in iommu_units
 *	MACHINE_STREAMS		number of stream ids of PCI devices, MACHINE_STREAM their entries
 *	MACHINE_UNPROTECTED	what is not isolated
 *	MACHINE_DELIVERY	JAILHOUSE_UNPROTECTED_DELIVERY: root takes its interrupts itself; not
 *				defined: it does not
 *	MACHINE_HIGH_RAM	size of Linux's RAM from 0x80000000 on; not defined: there is none
 *
 * PCI: the hypervisor's host bridge at 0x0b000000 has the shared-memory devices and nothing else. The
 * machine's own is plain memory to root, so a cell gets hardware by its registers, its interrupt and
 * its stream id. Message interrupts of a GICv3 would need its ITS, which nobody gets: Linux is started
 * with irqchip.gicv3_nolpi=1 and uses lines. A GICv2 has the frame at 0x08020000, which is root's.
 *
 *	0x40000000	Linux: mem=768M
 *	0x70000000	RAM of cells
 *	0x7fa00000	shared memory
 *	0x7fc00000	hypervisor, 4 MiB
 */

#include <jailhouse/types.h>
#include <jailhouse/cell-config.h>
#include <jailhouse/extension.h>

#include "qemu-virt-links.inc.h"

/* Shared-memory windows of the root cell; who wants others defines all four first. */
#ifndef MACHINE_WINDOWS
#define MACHINE_WINDOWS		2
#define MACHINE_WINDOW_REGIONS	(PAIR_REGIONS + RING_REGIONS)
#define MACHINE_WINDOW_SECTIONS	PAIR_SECTIONS(0, 0), RING_SECTIONS(0, 0)
#define MACHINE_WINDOW_DEVICES	LINK_DEVICE(PAIR, 0, 0), LINK_DEVICE(RING, 0, PAIR_REGIONS)
#endif

#ifndef MACHINE_DELIVERY
#define MACHINE_DELIVERY	0
#endif

#ifdef MACHINE_HIGH_RAM
#define MACHINE_HIGH_REGIONS	1
#define MACHINE_HIGH_REGION	REGION(0x80000000, MACHINE_HIGH_RAM, RAM),
#else
#define MACHINE_HIGH_REGIONS	0
#define MACHINE_HIGH_REGION
#endif

#define MMIO	(JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_IO)
#define RAM	(JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_EXECUTE | JAILHOUSE_MEM_DMA)

#define REGION(start, bytes, rights)	\
	{ .phys_start = start, .virt_start = start, .size = bytes, .flags = rights, }

/* What only a GICv2 has, and what only later ones have; 0 leaves a placeholder. */
#define GICV2(value)	(MACHINE_GIC == 2 ? (value) : 0)
#define GICV3(value)	(MACHINE_GIC > 2 ? (value) : 0)

struct {
	struct jailhouse_system header;
	__u64 cpus[1];
	struct jailhouse_memory mem_regions[MACHINE_WINDOW_REGIONS + MACHINE_HIGH_REGIONS + 9];
	struct jailhouse_irqchip irqchips[2];
	struct jailhouse_pci_device pci_devices[MACHINE_WINDOWS];
	union jailhouse_stream_id stream_ids[MACHINE_STREAMS];
	struct {
		struct jailhouse_extension_header header;
		struct jailhouse_extension_unprotected unprotected;
		struct jailhouse_message_frame messages;
	} __attribute__((packed)) extension;
} __attribute__((packed)) config = {
	.header = {
		.signature = JAILHOUSE_SYSTEM_SIGNATURE,
		.architecture = JAILHOUSE_ARM64,
		.revision = JAILHOUSE_CONFIG_REVISION,
		.flags = JAILHOUSE_SYS_VIRTUAL_DEBUG_CONSOLE,
		.hypervisor_memory = {
			.phys_start = 0x7fc00000,
			.size = 0x400000,
		},
		.debug_console = {
			.address = 0x09000000,
			.size = 0x1000,
			.type = JAILHOUSE_CON_TYPE_PL011,
			.flags = JAILHOUSE_CON_ACCESS_MMIO | JAILHOUSE_CON_REGDIST_4,
		},
		.platform_info = {
			.pci_mmconfig_base = 0x0b000000,
			.pci_mmconfig_end_bus = 0,
			.pci_is_virtual = 1,
			.pci_domain = 1,
			.iommu_units = { MACHINE_UNIT },
			.arm = {
				.maintenance_irq = 25,
				.gic_version = MACHINE_GIC,
				.gicd_base = 0x08000000,
				.gicc_base = GICV2(0x08010000),
				.gich_base = GICV2(0x08030000),
				.gicv_base = GICV2(0x08040000),
				.gicr_base = GICV3(0x080a0000),
			},
		},
		.root_cell = {
			.name = MACHINE_NAME,
			.cpu_set_size = sizeof(config.cpus),
			.num_memory_regions = ARRAY_SIZE(config.mem_regions),
			.num_irqchips = ARRAY_SIZE(config.irqchips),
			.num_pci_devices = ARRAY_SIZE(config.pci_devices),
			.num_stream_ids = MACHINE_STREAMS,
			.vpci_irq_base = 208 - 32,
		},
	},

	.cpus = { 0xf },

	.mem_regions = {
		MACHINE_WINDOW_SECTIONS,
		REGION(0x00000000, 0x8000000, MMIO),		/* flash */
		/* where message interrupts of a GICv2 go: devices reach it, too */
		REGION(GICV2(0x08020000), GICV2(0x1000), GICV2(MMIO | JAILHOUSE_MEM_DMA)),
		REGION(0x09000000, 0x50000, MMIO),		/* PL011, RTC, fw_cfg, GPIO, PL011 */
		REGION(0x0a000000, 0x4000, MMIO),		/* virtio */
		REGION(0x10000000, 0x2f000000, MMIO),		/* PCI: memory, then ports */
		REGION(0x40000000, 0x30000000, RAM),
		REGION(0x70000000, 0xfa00000, RAM),		/* RAM of cells */
		MACHINE_HIGH_REGION
		REGION(0x4010000000, 0x10000000, MMIO),		/* PCI: config space */
		REGION(0x8000000000, 0x10000000, MMIO),		/* PCI: memory above 4 GiB */
	},

	.irqchips = {
		/* All that are wired; with a GICv2 those of the SMMU are message interrupts. */ {
			.address = 0x08000000,
			.pin_base = 32,
			.pin_bitmap = {
				0xffffffff, 0xffffffff,
				0xffffc3ff | GICV2(0x3c00), 0xffffffff,
			},
		},
		/* up to 207; 208 to 219 are for virtual PCI */ {
			.address = 0x08000000,
			.pin_base = 160,
			.pin_bitmap = { 0xffffffff, 0x0000ffff },
		},
	},

	.pci_devices = { MACHINE_WINDOW_DEVICES },

	.stream_ids = { MACHINE_STREAM },

	.extension = {
		.header = JAILHOUSE_EXTENSION_HEADER(config.extension),
		.unprotected = JAILHOUSE_UNPROTECTED_RECORD(MACHINE_UNPROTECTED | MACHINE_DELIVERY),
		/* GICv2m raises 80 to 143; the ITS of a GICv3 could raise every message interrupt */
		.messages = JAILHOUSE_MESSAGE_FRAME_RECORD(GICV2(0x08020000) + GICV3(0x08080000),
							   GICV2(0x1000) + GICV3(0x20000),
							   GICV2(80), GICV2(64)),
	},
};
