/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/*
 * The test machine: QEMU q35 with 4 CPUs, 1 GiB of RAM, two DIMMs above 4 GiB, a disk (NVMe,
 * 00:03.0) and a DMA engine (edu, 00:04.0). Addresses are those that its firmware assigns to this
 * set of devices. The file that includes this one says which IOMMU the machine has:
 *
 *	MACHINE_NAME		name of the root cell
 *	MACHINE_UNIT		its entry in iommu_units
 *	MACHINE_FUNCTIONS	number of PCI functions that come with the IOMMU
 *	MACHINE_FUNCTION	their entries, each followed by a comma
 *	MACHINE_UNPROTECTED	what is not isolated
 *
 * COM1 (0x3f8) is Linux' console, COM2 (0x2f8) the hypervisor's, COM3 and COM4 are for cells.
 *
 *	0x100000000	hypervisor, 6 MiB	}
 *	0x100600000	RAM of cells		} the first DIMM: jailhouse memory reserve 128M@0x100000000
 *	0x107000000	shared memory		}
 *	0x108000000	the second DIMM, 512 MiB: Linux keeps it
 */

#include <jailhouse/types.h>
#include <jailhouse/cell-config.h>
#include <jailhouse/extension.h>

#include "qemu-q35-links.inc.h"

/* Shared-memory windows of the root cell; who wants others defines all four first. */
#ifndef MACHINE_WINDOWS
#define MACHINE_WINDOWS		2
#define MACHINE_WINDOW_REGIONS	(PAIR_REGIONS + RING_REGIONS)
#define MACHINE_WINDOW_SECTIONS	PAIR_SECTIONS(0, 0), RING_SECTIONS(0, 0)
#define MACHINE_WINDOW_DEVICES	LINK_DEVICE(PAIR, 0, 0), LINK_DEVICE(RING, 0, PAIR_REGIONS)
#endif

#define MMIO	(JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE)
#define RAM	(MMIO | JAILHOUSE_MEM_EXECUTE | JAILHOUSE_MEM_DMA)
#define ROM	JAILHOUSE_MEM_READ

#define REGION(start, bytes, rights)	\
	{ .phys_start = start, .virt_start = start, .size = bytes, .flags = rights, }
#define CAPABILITY(cap, offset, bytes, rights)	\
	{ .id = cap, .start = offset, .len = bytes, .flags = rights, }

struct {
	struct jailhouse_system header;
	__u64 cpus[1];
	struct jailhouse_memory mem_regions[MACHINE_WINDOW_REGIONS + 13];
	struct jailhouse_irqchip irqchips[1];
	struct jailhouse_pio pio_regions[20];
	struct jailhouse_pci_device pci_devices[6 + MACHINE_WINDOWS + MACHINE_FUNCTIONS];
	struct jailhouse_pci_capability pci_caps[9];
	struct jailhouse_extension_only_unprotected extension;
} __attribute__((packed)) config = {
	.header = {
		.signature = JAILHOUSE_SYSTEM_SIGNATURE,
		.architecture = JAILHOUSE_X86,
		.revision = JAILHOUSE_CONFIG_REVISION,
		.flags = JAILHOUSE_SYS_VIRTUAL_DEBUG_CONSOLE,
		.hypervisor_memory = {
			.phys_start = 0x100000000,
			.size = 0x600000,
		},
		.debug_console = {
			.address = 0x2f8,
			.type = JAILHOUSE_CON_TYPE_8250,
			.flags = JAILHOUSE_CON_ACCESS_PIO,
			.divider = 1,
		},
		.platform_info = {
			.pci_mmconfig_base = 0xb0000000,
			.pci_mmconfig_end_bus = 0xff,
			.iommu_units = { MACHINE_UNIT },
			.x86 = {
				.pm_timer_address = 0x608,
				.apic_mode = JAILHOUSE_APIC_MODE_AUTO,
				.vtd_interrupt_limit = 256,
			},
		},
		.root_cell = {
			.name = MACHINE_NAME,
			.cpu_set_size = sizeof(config.cpus),
			.num_memory_regions = ARRAY_SIZE(config.mem_regions),
			.num_irqchips = ARRAY_SIZE(config.irqchips),
			.num_pio_regions = ARRAY_SIZE(config.pio_regions),
			.num_pci_devices = ARRAY_SIZE(config.pci_devices),
			.num_pci_caps = ARRAY_SIZE(config.pci_caps),
		},
	},

	.cpus = { 0xf },

	.mem_regions = {
		MACHINE_WINDOW_SECTIONS,
		REGION(0x0, 0xa0000, RAM),
		REGION(0xa0000, 0x20000, MMIO),		/* text screen */
		REGION(0xc0000, 0x40000, ROM),
		REGION(0x100000, 0x3ff00000, RAM),	/* and ACPI tables at its end */
		REGION(0xfea00000, 0x100000, MMIO),	/* edu; BARs one by one, so that those of */
		REGION(0xfeb00000, 0x2000, MMIO),	/* virtual devices are not passed through */
		REGION(0xfeb03000, 0x1000, MMIO),	/* the disk, without its MSI-X table */
		REGION(0xfeb04000, 0x1000, MMIO),	/* SATA controller */
		REGION(0xfed00000, 0x1000, MMIO),	/* HPET */
		REGION(0xfed1c000, 0x4000, MMIO),	/* chipset registers */
		REGION(0xfffc0000, 0x40000, ROM),	/* firmware */
		REGION(0x100600000, 0x6a00000, RAM),	/* RAM of cells */
		REGION(0x108000000, 0x20000000, RAM),	/* second DIMM */
	},

	.irqchips = {
		/* IOAPIC; VT-d sees its interrupts come from ff:00.0 */ {
			.address = 0xfec00000,
			.id = 0xff00,
			.pin_bitmap = { 0xffffff },
		},
	},

	.pio_regions = {
		PIO_RANGE(0x0, 0x20),		/* DMA controller 1 */
		PIO_RANGE(0x20, 2),		/* PIC 1 */
		PIO_RANGE(0x40, 4),		/* PIT */
		PIO_RANGE(0x60, 2),		/* keyboard data, NMI status */
		PIO_RANGE(0x64, 1),		/* keyboard command */
		PIO_RANGE(0x70, 8),		/* RTC */
		PIO_RANGE(0x80, 0x10),		/* DMA pages; 0x80 is Linux' delay */
		PIO_RANGE(0xa0, 2),		/* PIC 2 */
		PIO_RANGE(0xc0, 0x20),		/* DMA controller 2 */
		PIO_RANGE(0xf0, 0x10),		/* FPU; 0xf4 ends an emulator that has isa-debug-exit */
		PIO_RANGE(0x3b0, 0x30),		/* text screen */
		PIO_RANGE(0x3f8, 8),		/* COM1 */
		PIO_RANGE(0x4d0, 2),		/* PIC edge or level */
		PIO_RANGE(0x510, 0xc),		/* fw_cfg */
		PIO_RANGE(0x600, 0x80),		/* ACPI PM, watchdog */
		PIO_RANGE(0x700, 0x40),		/* SMBus */
		PIO_RANGE(0xa00, 0x18),		/* ACPI memory hotplug */
		PIO_RANGE(0xcc0, 0x24),		/* ACPI PCI and CPU hotplug */
		PIO_RANGE(0xcf9, 1),		/* reset control */
		PIO_RANGE(0xc000, 0x1000),	/* PCI devices */
	},

	.pci_devices = {
		/* host bridge */ {
			.type = JAILHOUSE_PCI_TYPE_DEVICE,
			.bdf = 0x00 << 3,
		},
		/* NVMe */ {
			.type = JAILHOUSE_PCI_TYPE_DEVICE,
			.bdf = 0x03 << 3,
			.bar_mask = { 0xffffc000, 0xffffffff, },
			.caps_start = 0,
			.num_caps = 3,
			.num_msix_vectors = 65,
			.msix_region_size = 0x1000,
			.msix_address = 0xfeb02000,
		},
		/* edu */ {
			.type = JAILHOUSE_PCI_TYPE_DEVICE,
			.bdf = 0x04 << 3,
			.bar_mask = { 0xfff00000, },
			.caps_start = 3,
			.num_caps = 1,
			.num_msi_vectors = 1,
			.msi_64bits = 1,
		},
		/* ISA bridge */ {
			.type = JAILHOUSE_PCI_TYPE_DEVICE,
			.bdf = 0x1f << 3 | 0,
		},
		/* SATA */ {
			.type = JAILHOUSE_PCI_TYPE_DEVICE,
			.bdf = 0x1f << 3 | 2,
			.bar_mask = { 0, 0, 0, 0, 0xffffffe0, 0xfffff000, },
			.caps_start = 4,
			.num_caps = 3,
			.num_msi_vectors = 1,
			.msi_64bits = 1,
		},
		/* SMBus */ {
			.type = JAILHOUSE_PCI_TYPE_DEVICE,
			.bdf = 0x1f << 3 | 3,
			.bar_mask = { 0, 0, 0, 0, 0xffffffc0, },
			.caps_start = 7,
			.num_caps = 1,
		},
		MACHINE_FUNCTION
		MACHINE_WINDOW_DEVICES,
	},

	.pci_caps = {
		/* NVMe */
		CAPABILITY(PCI_CAP_ID_MSIX, 0x40, 12, JAILHOUSE_PCICAPS_WRITE),
		CAPABILITY(PCI_CAP_ID_PM, 0x60, 8, JAILHOUSE_PCICAPS_WRITE),
		CAPABILITY(PCI_CAP_ID_EXP, 0x80, 0x3c, JAILHOUSE_PCICAPS_WRITE),
		/* edu */
		CAPABILITY(PCI_CAP_ID_MSI, 0x40, 14, JAILHOUSE_PCICAPS_WRITE),
		/* SATA: the last are its registers MAP and PCS */
		CAPABILITY(PCI_CAP_ID_MSI, 0x80, 14, JAILHOUSE_PCICAPS_WRITE),
		CAPABILITY(PCI_CAP_ID_SATA, 0xa8, 8, 0),
		CAPABILITY(0, 0x90, 4, JAILHOUSE_PCICAPS_WRITE),
		/* SMBus: its register HOSTC */
		CAPABILITY(0, 0x40, 4, JAILHOUSE_PCICAPS_WRITE),
		/* AMD IOMMU, when there is one: read-only */
		CAPABILITY(PCI_CAP_ID_SECDEV, 0x40, 0x18, 0),
	},

	.extension = JAILHOUSE_EXTENSION_ONLY_UNPROTECTED(MACHINE_UNPROTECTED),
};
