/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/* Every offset and size of revision 14, held by the compiler; included by cell-config.h only. */
#ifndef _JAILHOUSE_CELL_CONFIG_LAYOUT_H
#define _JAILHOUSE_CELL_CONFIG_LAYOUT_H

#include <jailhouse/cell-config.h>

#define JAILHOUSE_AT(type, member, offset)	\
	_Static_assert(__builtin_offsetof(struct jailhouse_##type, member) == (offset), #type "." #member)
#define JAILHOUSE_SIZE(type, size)	\
	_Static_assert(sizeof(struct jailhouse_##type) == (size), #type)

JAILHOUSE_AT(cell_desc, signature, 0x00);
JAILHOUSE_AT(cell_desc, architecture, 0x05);
JAILHOUSE_AT(cell_desc, revision, 0x06);
JAILHOUSE_AT(cell_desc, name, 0x08);
JAILHOUSE_AT(cell_desc, id, 0x28);
JAILHOUSE_AT(cell_desc, flags, 0x2c);
JAILHOUSE_AT(cell_desc, cpu_set_size, 0x30);
JAILHOUSE_AT(cell_desc, num_memory_regions, 0x34);
JAILHOUSE_AT(cell_desc, num_cache_regions, 0x38);
JAILHOUSE_AT(cell_desc, num_irqchips, 0x3c);
JAILHOUSE_AT(cell_desc, num_pio_regions, 0x40);
JAILHOUSE_AT(cell_desc, num_pci_devices, 0x44);
JAILHOUSE_AT(cell_desc, num_pci_caps, 0x48);
JAILHOUSE_AT(cell_desc, num_stream_ids, 0x4c);
JAILHOUSE_AT(cell_desc, vpci_irq_base, 0x50);
JAILHOUSE_AT(cell_desc, cpu_reset_address, 0x54);
JAILHOUSE_AT(cell_desc, msg_reply_timeout, 0x5c);
JAILHOUSE_AT(cell_desc, console, 0x64);
JAILHOUSE_SIZE(cell_desc, 132);

JAILHOUSE_AT(memory, phys_start, 0x00);
JAILHOUSE_AT(memory, virt_start, 0x08);
JAILHOUSE_AT(memory, size, 0x10);
JAILHOUSE_AT(memory, flags, 0x18);
JAILHOUSE_SIZE(memory, 32);

JAILHOUSE_AT(cache, start, 0x0);
JAILHOUSE_AT(cache, size, 0x4);
JAILHOUSE_AT(cache, type, 0x8);
JAILHOUSE_AT(cache, padding, 0x9);
JAILHOUSE_AT(cache, flags, 0xa);
JAILHOUSE_SIZE(cache, 12);

JAILHOUSE_AT(irqchip, address, 0x00);
JAILHOUSE_AT(irqchip, id, 0x08);
JAILHOUSE_AT(irqchip, pin_base, 0x0c);
JAILHOUSE_AT(irqchip, pin_bitmap, 0x10);
JAILHOUSE_SIZE(irqchip, 32);

JAILHOUSE_AT(pio, base, 0);
JAILHOUSE_AT(pio, length, 2);
JAILHOUSE_SIZE(pio, 4);

JAILHOUSE_AT(pci_device, type, 0x00);
JAILHOUSE_AT(pci_device, iommu, 0x01);
JAILHOUSE_AT(pci_device, domain, 0x02);
JAILHOUSE_AT(pci_device, bdf, 0x04);
JAILHOUSE_AT(pci_device, bar_mask, 0x06);
JAILHOUSE_AT(pci_device, caps_start, 0x1e);
JAILHOUSE_AT(pci_device, num_caps, 0x20);
JAILHOUSE_AT(pci_device, num_msi_vectors, 0x22);
JAILHOUSE_AT(pci_device, num_msix_vectors, 0x24);
JAILHOUSE_AT(pci_device, msix_region_size, 0x26);
JAILHOUSE_AT(pci_device, msix_address, 0x28);
JAILHOUSE_AT(pci_device, shmem_regions_start, 0x30);
JAILHOUSE_AT(pci_device, shmem_dev_id, 0x34);
JAILHOUSE_AT(pci_device, shmem_peers, 0x35);
JAILHOUSE_AT(pci_device, shmem_protocol, 0x36);
JAILHOUSE_SIZE(pci_device, 56);

JAILHOUSE_AT(pci_capability, id, 0);
JAILHOUSE_AT(pci_capability, start, 2);
JAILHOUSE_AT(pci_capability, len, 4);
JAILHOUSE_AT(pci_capability, flags, 6);
JAILHOUSE_SIZE(pci_capability, 8);

JAILHOUSE_AT(iommu, type, 0x00);
JAILHOUSE_AT(iommu, base, 0x04);
JAILHOUSE_AT(iommu, size, 0x0c);
JAILHOUSE_AT(iommu, amd.bdf, 0x10);
JAILHOUSE_AT(iommu, amd.base_cap, 0x12);
JAILHOUSE_AT(iommu, amd.msi_cap, 0x13);
JAILHOUSE_AT(iommu, amd.features, 0x14);
JAILHOUSE_AT(iommu, tipvu.tlb_base, 0x10);
JAILHOUSE_AT(iommu, tipvu.tlb_size, 0x18);
JAILHOUSE_SIZE(iommu, 28);

JAILHOUSE_AT(system, signature, 0x00);
JAILHOUSE_AT(system, architecture, 0x05);
JAILHOUSE_AT(system, revision, 0x06);
JAILHOUSE_AT(system, flags, 0x08);
JAILHOUSE_AT(system, hypervisor_memory, 0x0c);
JAILHOUSE_AT(system, debug_console, 0x2c);
JAILHOUSE_AT(system, platform_info, 0x4c);
JAILHOUSE_AT(system, platform_info.pci_mmconfig_base, 0x4c);
JAILHOUSE_AT(system, platform_info.pci_mmconfig_end_bus, 0x54);
JAILHOUSE_AT(system, platform_info.pci_is_virtual, 0x55);
JAILHOUSE_AT(system, platform_info.pci_domain, 0x56);
JAILHOUSE_AT(system, platform_info.iommu_units, 0x58);
JAILHOUSE_AT(system, platform_info.x86.pm_timer_address, 0x138);
JAILHOUSE_AT(system, platform_info.x86.apic_mode, 0x13a);
JAILHOUSE_AT(system, platform_info.x86.vtd_interrupt_limit, 0x13c);
JAILHOUSE_AT(system, platform_info.x86.tsc_khz, 0x140);
JAILHOUSE_AT(system, platform_info.x86.apic_khz, 0x144);
JAILHOUSE_AT(system, platform_info.arm.maintenance_irq, 0x138);
JAILHOUSE_AT(system, platform_info.arm.gic_version, 0x139);
JAILHOUSE_AT(system, platform_info.arm.gicd_base, 0x13c);
JAILHOUSE_AT(system, platform_info.arm.gicc_base, 0x144);
JAILHOUSE_AT(system, platform_info.arm.gich_base, 0x14c);
JAILHOUSE_AT(system, platform_info.arm.gicv_base, 0x154);
JAILHOUSE_AT(system, platform_info.arm.gicr_base, 0x15c);
JAILHOUSE_AT(system, root_cell, 0x164);
JAILHOUSE_SIZE(system, 488);

_Static_assert(sizeof(union jailhouse_stream_id) == 4, "stream_id");
_Static_assert(__builtin_offsetof(union jailhouse_stream_id, mmu500.mask_out) == 2, "stream_id");

#undef JAILHOUSE_AT
#undef JAILHOUSE_SIZE

#endif
