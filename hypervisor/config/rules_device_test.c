// SPDX-License-Identifier: GPL-2.0
/* Rules about PCI devices, MSI-X tables, IOAPIC pins and links: last valid, first invalid. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include <host/config_assert.h>

#define ROOT m.root
#define ONE m.cell[0]
#define TWO m.cell[1]
#define DEVICE m.cell[0].devices[CELL_DEVICE]
#define OTHER m.cell[1].devices[CELL_DEVICE]
#define NVME m.root.devices[ROOT_NVME]

static void devices(void **state)
{
	(void)state;
	ACCEPTS(DEVICE.type = JAILHOUSE_PCI_TYPE_BRIDGE);
	REFUSES(STATUS_DEVICE_TYPE, DEVICE.type = 0);
	REFUSES(STATUS_DEVICE_TYPE, DEVICE.type = 4);
	REFUSES(STATUS_DEVICE_TWICE, DEVICE.bdf = ONE.devices[DEV_LINK].bdf);
	REFUSES(STATUS_DEVICE_TWICE, ROOT.devices[ROOT_OTHER].bdf = NVME.bdf);
	ACCEPTS(DEVICE.bdf = 4 << 3);
	REFUSES(STATUS_DEVICE_FOREIGN, DEVICE.bdf = OTHER.bdf);
	REFUSES(STATUS_DEVICE_FOREIGN, DEVICE.bdf = OTHER.bdf; DEVICE.domain = 1);
	REFUSES(STATUS_DEVICE_MIXED, NVME.bdf = ONE.devices[DEV_LINK].bdf;
		ROOT.devices[DEV_LINK].bdf = 0);
	REFUSES(STATUS_DEVICE_UNIT, DEVICE.iommu = 1);
	ACCEPTS(DEVICE.iommu = 1; m.system.platform_info.iommu_units[1] = (struct jailhouse_iommu){
		.type = JAILHOUSE_IOMMU_INTEL, .base = 0xfed90000, .size = 0x1000 });
	ACCEPTS(ROOT.devices[ROOT_OTHER].bdf = 1 << 3);
	REFUSES(STATUS_DEVICE_IS_UNIT, DEVICE.bdf = 1 << 3);
	ACCEPTS(DEVICE.num_msi_vectors = 32);
	REFUSES(STATUS_MSI_COUNT, DEVICE.num_msi_vectors = 33);
}

#define VIRTUAL_PCI (m.system.platform_info.pci_is_virtual = 1,		\
		     m.system.platform_info.pci_mmconfig_end_bus = 0)

/* On arm64 a device is behind a host bridge that somebody moderates. */
static void device_host(void **state)
{
	(void)state;
	ARM64_ACCEPTS(m.system.platform_info.pci_mmconfig_base = 0x40000000000);
	ARM64_REFUSES(STATUS_DEVICE_HOST, m.system.platform_info.pci_mmconfig_base = 0);
	ARM64_REFUSES(STATUS_DEVICE_HOST, VIRTUAL_PCI);
	ARM64_ACCEPTS(VIRTUAL_PCI; m.root.desc.num_pci_devices = 1;
		      m.cell[0].desc.num_pci_devices = m.cell[1].desc.num_pci_devices = 1);
}

static void capabilities(void **state)
{
	(void)state;
	ACCEPTS(DEVICE.num_caps = 0; DEVICE.caps_start = 0xffff);
	REFUSES(STATUS_CAPS_INSIDE, DEVICE.caps_start = 1);
	REFUSES(STATUS_CAPS_INSIDE, DEVICE.num_caps = 2);
	REFUSES(STATUS_CAPS_INSIDE, DEVICE.caps_start = 0xffff; DEVICE.num_caps = 0xffff);
	REFUSES(STATUS_CAP_OFFSET, ONE.caps[0].start = 0x3f);
	ACCEPTS(ONE.caps[0].start = 0xfff; ONE.caps[0].len = 1);
	REFUSES(STATUS_CAP_OFFSET, ONE.caps[0].start = 0xfff; ONE.caps[0].len = 2);
	REFUSES(STATUS_CAP_OFFSET, ONE.caps[0].start = 0xffff; ONE.caps[0].len = 0xffff);
	ACCEPTS(ONE.caps[0].flags = 0);
	REFUSES(STATUS_CAP_FLAGS, ONE.caps[0].flags = 2);
	ACCEPTS(ONE.desc.num_pci_caps = 2);
}

static void msix(void **state)
{
	(void)state;
	ACCEPTS(DEVICE.num_msix_vectors = 2048; DEVICE.msix_region_size = 0x8000;
		DEVICE.msix_address = 0xfeb20000);
	REFUSES(STATUS_MSIX_COUNT, DEVICE.num_msix_vectors = 2049; DEVICE.msix_region_size = 0x9000;
		DEVICE.msix_address = 0xfeb20000);
	ACCEPTS(DEVICE.num_msix_vectors = 256);
	REFUSES(STATUS_MSIX_WINDOW, DEVICE.num_msix_vectors = 257);
	ACCEPTS(DEVICE.msix_region_size = 1);
	REFUSES(STATUS_MSIX_WINDOW, DEVICE.msix_region_size = 0);
	REFUSES(STATUS_MSIX_WINDOW, DEVICE.msix_address = 0xfeb20800);
	REFUSES(STATUS_MSIX_WINDOW, DEVICE.msix_address = 1ULL << 48);
	REFUSES(STATUS_MSIX_WINDOW, DEVICE.msix_address = -0x1000ULL);
	REFUSES(STATUS_IN_IOMMU, DEVICE.msix_address = 0xfed83000);
	ACCEPTS(DEVICE.num_msix_vectors = 0; DEVICE.msix_address = 0xfed83000);
}

static void msix_alone(void **state)
{
	(void)state;
	ACCEPTS(DEVICE.msix_address = 0xd0000000);
	REFUSES(STATUS_MSIX_IN_MEMORY, DEVICE.msix_address = 0xcffff000);
	REFUSES(STATUS_MSIX_IN_MEMORY, DEVICE.msix_address = 0x100900000);
	/* By its place in the own cell, where nothing lies at that address in other cells. */
	REFUSES(STATUS_MSIX_IN_MEMORY, ONE.memory[CELL_RAM].virt_start = 0xfea11000);
	ACCEPTS(TWO.memory[CELL_RAM].virt_start = 0xfea11000 - 0x2000;
		TWO.devices[CELL_DEVICE].num_msix_vectors = 0);
	ACCEPTS(OTHER.msix_address = 0xfeb11000);
	REFUSES(STATUS_MSIX_APART, OTHER.msix_address = 0xfeb10000);
	REFUSES(STATUS_MSIX_APART, OTHER.msix_address = 0xfeb02000);
	/* The same device in root and in a cell has one table. */
	ACCEPTS(DEVICE.bdf = NVME.bdf; DEVICE.msix_address = NVME.msix_address);
}

#define CHIP m.cell[0].irqchips[0]

static void irqchips(void **state)
{
	(void)state;
	REFUSES(STATUS_IRQCHIP_ADDRESS, CHIP.address = 0);
	REFUSES(STATUS_IRQCHIP_ADDRESS, CHIP.address = 0xfec00800);
	REFUSES(STATUS_IRQCHIP_ADDRESS, ROOT.irqchips[0].address = 1ULL << 52);
	REFUSES(STATUS_IRQCHIP_UNKNOWN, CHIP.address = 0xfec01000);
	ACCEPTS(ROOT.irqchips[1].address = CHIP.address = 0xfec01000; ROOT.desc.num_irqchips = 2);
	REFUSES(STATUS_IRQCHIP_TWICE, ONE.irqchips[1] = CHIP; ONE.desc.num_irqchips = 2);
	REFUSES(STATUS_PIN_BASE, CHIP.pin_base = 32);
	ACCEPTS(CHIP.pin_bitmap[3] = 1 << 23);
	REFUSES(STATUS_PIN_LIMIT, CHIP.pin_bitmap[3] = 1 << 24);
	ACCEPTS(CHIP.pin_bitmap[0] = 0x10);
	REFUSES(STATUS_PIN_FOREIGN, CHIP.pin_bitmap[0] = 0x30);
	ACCEPTS(CHIP.id = 0xffff);
	REFUSES(STATUS_IRQCHIP_UNIT, CHIP.id = 0x10000);
}

#define LINK m.cell[0].devices[DEV_LINK]
#define THIRD m.cell[1].devices[DEV_LINK]
#define SECTION(cell, i) m.cell.memory[i]

static void link_shape(void **state)
{
	(void)state;
	REFUSES(STATUS_LINK_PEERS, LINK.shmem_peers = 0);
	REFUSES(STATUS_LINK_PEERS, LINK.shmem_peers = 13);
	REFUSES(STATUS_LINK_REGIONS, LINK.shmem_peers = 12);
	REFUSES(STATUS_LINK_ID, LINK.shmem_dev_id = 3);
	REFUSES(STATUS_LINK_REGIONS, LINK.shmem_regions_start = 4);
	REFUSES(STATUS_LINK_REGIONS, LINK.shmem_regions_start = 0xffffffff);
	ACCEPTS(LINK.num_msix_vectors = 16);
	REFUSES(STATUS_LINK_VECTORS, LINK.num_msix_vectors = 17);
	ACCEPTS(LINK.num_msix_vectors = 0; LINK.bar_mask[1] = 0);
	ACCEPTS(LINK.num_msix_vectors = 0);
	REFUSES(STATUS_LINK_BAR, LINK.bar_mask[1] = 0);
	REFUSES(STATUS_LINK_BAR, LINK.bar_mask[0] = 0);
	ACCEPTS(LINK.bar_mask[0] = 0xffff0000);
	REFUSES(STATUS_LINK_BAR, LINK.bar_mask[0] = 0xfffff800);
	REFUSES(STATUS_LINK_BAR, LINK.bar_mask[0] = 0xfff0f000);
	REFUSES(STATUS_LINK_BAR, LINK.bar_mask[2] = 0xfffff000);
}

/* The same change in all ends, as they must agree. */
#define ALL(i, member, change) do {				\
	ROOT.memory[i].member change;				\
	ONE.memory[i].member change;				\
	TWO.memory[i].member change;				\
} while (0)
#define ALL_ZERO(i) do {					\
	memset(&ROOT.memory[i], 0, sizeof(ROOT.memory[i]));	\
	memset(&ONE.memory[i], 0, sizeof(ONE.memory[i]));	\
	memset(&TWO.memory[i], 0, sizeof(TWO.memory[i]));	\
} while (0)

static void link_sections(void **state)
{
	(void)state;
	REFUSES(STATUS_LINK_TABLE, ALL_ZERO(MEM_STATES));
	ACCEPTS(ALL_ZERO(MEM_OUTPUT0); ALL_ZERO(MEM_OUTPUT1); ALL_ZERO(MEM_OUTPUT2));
	ACCEPTS(ALL_ZERO(MEM_READ_WRITE); ALL(MEM_OUTPUT0, virt_start, -= 0x2000);
		ALL(MEM_OUTPUT1, virt_start, -= 0x2000); ALL(MEM_OUTPUT2, virt_start, -= 0x2000));
	REFUSES(STATUS_LINK_CONTIGUOUS, ALL_ZERO(MEM_READ_WRITE));
	REFUSES(STATUS_LINK_CONTIGUOUS, ONE.memory[MEM_OUTPUT2].virt_start += 0x1000);
	REFUSES(STATUS_LINK_OUTPUTS, ALL(MEM_OUTPUT2, size, += 0x1000));
	REFUSES(STATUS_LINK_OUTPUTS, ALL_ZERO(MEM_OUTPUT2));
	REFUSES(STATUS_LINK_SECTION, ALL(MEM_READ_WRITE, size, -= 0x800));
	REFUSES(STATUS_LINK_SECTION, LINK.shmem_regions_start = CELL_COMM;
		ONE.desc.num_memory_regions = 11; memset(&ONE.memory[CELL_MMIO], 0, 32));
	REFUSES(STATUS_LINK_WRITE, ONE.memory[MEM_STATES].flags |= JAILHOUSE_MEM_WRITE);
	REFUSES(STATUS_LINK_WRITE, ONE.memory[MEM_OUTPUT0].flags |= JAILHOUSE_MEM_WRITE);
	REFUSES(STATUS_LINK_WRITE, ROOT.memory[MEM_OUTPUT1].flags |= JAILHOUSE_MEM_WRITE);
	ACCEPTS(ONE.memory[MEM_OUTPUT1].flags &= ~(u64)JAILHOUSE_MEM_WRITE);
}

static void link_ends(void **state)
{
	(void)state;
	ACCEPTS(LINK.bdf = 0x100 | 0x0f << 3; LINK.shmem_protocol = 5);
	REFUSES(STATUS_LINK_ID_TAKEN, LINK.shmem_dev_id = 0;
		ONE.memory[MEM_OUTPUT1].flags &= ~2ULL);
	REFUSES(STATUS_LINK_ID_TAKEN, LINK.shmem_dev_id = 2;
		ONE.memory[MEM_OUTPUT1].flags &= ~2ULL);
	REFUSES(STATUS_LINK_PEERS_DIFFER, LINK.shmem_peers = 2);
	REFUSES(STATUS_LINK_PROTOCOL, LINK.shmem_protocol = JAILHOUSE_SHMEM_PROTO_VETH);
	REFUSES(STATUS_LINK_PROTOCOL, LINK.shmem_protocol = JAILHOUSE_SHMEM_PROTO_CUSTOM);
	REFUSES(STATUS_LINK_MEMORY, ONE.memory[MEM_OUTPUT0].phys_start += 0x10000);
	REFUSES(STATUS_LINK_MEMORY, ONE.memory[MEM_READ_WRITE].size -= 0x1000;
		ONE.memory[MEM_OUTPUT0].virt_start -= 0x1000;
		ONE.memory[MEM_OUTPUT1].virt_start -= 0x1000;
		ONE.memory[MEM_OUTPUT2].virt_start -= 0x1000);
	REFUSES(STATUS_LINK_SHARED, m.absent[1] = true;
		ONE.memory[MEM_READ_WRITE].flags &= ~(u64)JAILHOUSE_MEM_ROOTSHARED);
}

/* Front-end and back-end of one virtio device are a pair; two devices are not. */
static void virtio_links(void **state)
{
	(void)state;
	ACCEPTS(m.absent[1] = true; LINK.shmem_protocol = 0x8002;
		ROOT.devices[DEV_LINK].shmem_protocol = 0xc002);
	ACCEPTS(m.absent[1] = true; LINK.shmem_protocol = 0xc002;
		ROOT.devices[DEV_LINK].shmem_protocol = 0x8002);
	REFUSES(STATUS_LINK_PROTOCOL, m.absent[1] = true; LINK.shmem_protocol = 0x8002;
		ROOT.devices[DEV_LINK].shmem_protocol = 0xc003);
	REFUSES(STATUS_LINK_PROTOCOL, m.absent[1] = true; LINK.shmem_protocol = 0x4002;
		ROOT.devices[DEV_LINK].shmem_protocol = 0x0002);
}

static void every_reason_was_seen(void **state)
{
	(void)state;
	assert_all_seen(STATUS_DEVICE_TYPE, STATUS_IRQCHIP_UNIT);
	assert_all_seen(STATUS_LINK_PEERS, STATUS_LINK_SHARED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(devices),
		cmocka_unit_test(device_host),
		cmocka_unit_test(capabilities),
		cmocka_unit_test(msix),
		cmocka_unit_test(msix_alone),
		cmocka_unit_test(irqchips),
		cmocka_unit_test(link_shape),
		cmocka_unit_test(link_sections),
		cmocka_unit_test(link_ends),
		cmocka_unit_test(virtio_links),
		cmocka_unit_test(every_reason_was_seen),
	};

	return cmocka_run_group_tests_name("config/rules_device", tests, NULL, NULL);
}
