// SPDX-License-Identifier: GPL-2.0
/*
 * What a refusal names, as its sentence is only as good as that: the cell, the entry of which array, and
 * both values as the table of rules describes them. Where two places are at fault, both orders are tried.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include <host/config_builder.h>

#define ROOT m.root
#define ONE m.cell[0]
#define TWO m.cell[1]
#define UNIT m.system.platform_info.iommu_units
#define DEVICE ONE.devices[CELL_DEVICE]
#define OTHER TWO.devices[CELL_DEVICE]
#define NVME ROOT.devices[ROOT_NVME]
#define LINK ONE.devices[DEV_LINK]

static void expect_named(struct machine *m, enum status why, struct refusal named)
{
	assert_int_equal(machine_check(m), why);
	assert_string_equal(m->refusal.cell, named.cell);
	assert_int_equal(m->refusal.object, named.object);
	assert_int_equal(m->refusal.index, named.index);
	assert_int_equal(m->refusal.a, named.a);
	assert_int_equal(m->refusal.b, named.b);
}

/* In the cell called in, entry number at of an array, with the values first and second. */
#define NAMED(standard, why, in, array, at, first, second, ...) do {				\
	struct machine m;									\
	standard(&m);										\
	__VA_ARGS__;										\
	expect_named(&m, why, (struct refusal){ .cell = in, .object = array, .index = at,	\
						.a = first, .b = second });			\
} while (0)
#define NAMES(why, ...) NAMED(machine_standard, why, __VA_ARGS__)
#define ARM64_NAMES(why, ...) NAMED(machine_arm64, why, __VA_ARGS__)

static void cells_and_cpus(void **state)
{
	NAMES(STATUS_NAME_TWICE, "one", OBJECT_CELL, 0, 1, 0, strcpy(TWO.desc.name, "one"));
	NAMES(STATUS_NAME_TWICE, "root", OBJECT_CELL, 0, 0, 0, strcpy(TWO.desc.name, "root"));
	NAMES(STATUS_NAME_TEXT, "t\tw", OBJECT_CELL, 0, 1, '\t', strcpy(TWO.desc.name, "t\tw"));
	NAMES(STATUS_CPU_FOREIGN, "one", OBJECT_CPU, 9, 9, 0, ONE.cpus[1] = 0x82);
	NAMES(STATUS_CPU_BOOT, "two", OBJECT_CPU, 0, 0, 0, TWO.cpus[0] = 0x5);
	NAMES(STATUS_CPU_TWICE, "two", OBJECT_CPU, 3, 3, 1, ONE.cpus[0] = 0xa; TWO.cpus[0] = 0xc);
	NAMES(STATUS_CPU_LAST, "root", OBJECT_CELL, 0, 2, 0, ROOT.cpus[0] = 0x6);
}

/* The overlap begins where the later one of the two does. */
static void memory(void **state)
{
	ARM64_NAMES(STATUS_MEM_BITS, "one", OBJECT_MEMORY, CELL_RAM, 0x2000000fffff, 44, m.phys_bits = 44;
		    ONE.memory[CELL_RAM].phys_start = 0x200000000000);
	NAMES(STATUS_MEM_OVERLAP, "root", OBJECT_MEMORY, ROOT_CELLS, 0x1000, ROOT_LOW,
	      ROOT.memory[ROOT_LOW].phys_start = ROOT.memory[ROOT_LOW].virt_start = 0x1000;
	      ROOT.memory[ROOT_CELLS].virt_start = 0);
	NAMES(STATUS_MEM_OVERLAP, "two", OBJECT_MEMORY, CELL_COMM, 0xff000, CELL_RAM,
	      TWO.memory[CELL_COMM].virt_start = 0xff000);
	NAMES(STATUS_MEM_FOREIGN, "two", OBJECT_MEMORY, CELL_RAM, 0x1008ff000, 1,
	      TWO.memory[CELL_RAM].phys_start = 0x1008ff000);
	NAMES(STATUS_MEM_FOREIGN, "two", OBJECT_MEMORY, CELL_RAM, 0x100800000, 1,
	      TWO.memory[CELL_RAM].phys_start = 0x100701000);
	NAMES(STATUS_COMM_TWICE, "one", OBJECT_MEMORY, CELL_MMIO, 0x200000, CELL_COMM,
	      ONE.memory[CELL_MMIO] = ONE.memory[CELL_COMM];
	      ONE.memory[CELL_MMIO].virt_start = 0x200000);
	NAMES(STATUS_IN_HYPERVISOR, "one", OBJECT_MEMORY, CELL_RAM, 0x1005ff000, 0x1005fffff,
	      ONE.memory[CELL_RAM].phys_start = 0x1005ff000);
}

static void ports(void **state)
{
	NAMES(STATUS_PIO_FOREIGN, "two", OBJECT_PIO, 0, 0x2ec, 1, ONE.pio[0].base = 0x2ec);
	NAMES(STATUS_PIO_FOREIGN, "two", OBJECT_PIO, 0, 0x2e8, 1, ONE.pio[0].base = 0x2e4);
}

static void units(void **state)
{
	NAMES(STATUS_IOMMU_GAP, "root", OBJECT_IOMMU, 7, 0, 1, UNIT[7].type = JAILHOUSE_IOMMU_AMD);
	NAMES(STATUS_IOMMU_CAP, "root", OBJECT_IOMMU, 1, 0x40, 0x42, UNIT[1] = UNIT[0];
	      UNIT[1].base = 0xfed90000; UNIT[1].amd.msi_cap = 0x42);
	NAMES(STATUS_WINDOWS_APART, "root", OBJECT_IOMMU, 1, 0xfed80000, 0xfed83000,
	      UNIT[1] = UNIT[0]; UNIT[1].base = 0xfed83000);
	ARM64_NAMES(STATUS_IOMMU_MIXED, "root", OBJECT_IOMMU, 1, JAILHOUSE_IOMMU_ARM_MMU500,
		    JAILHOUSE_IOMMU_SMMUV3, UNIT[1] = UNIT[0]; UNIT[1].base = 0x9080000;
		    UNIT[1].type = JAILHOUSE_IOMMU_ARM_MMU500);
}

static void devices(void **state)
{
	NAMES(STATUS_DEVICE_TWICE, "root", OBJECT_PCI_DEVICE, ROOT_OTHER, 0x18, ROOT_NVME,
	      ROOT.devices[ROOT_OTHER].bdf = NVME.bdf);
	NAMES(STATUS_DEVICE_FOREIGN, "two", OBJECT_PCI_DEVICE, CELL_DEVICE, 0x30, 1,
	      DEVICE.bdf = OTHER.bdf);
	NAMES(STATUS_CAP_OFFSET, "one", OBJECT_PCI_CAP, 1, 0x3f, 14, DEVICE.num_caps = 2;
	      ONE.desc.num_pci_caps = 2; ONE.caps[1] = ONE.caps[0]; ONE.caps[1].start = 0x3f);
	NAMES(STATUS_MSIX_IN_MEMORY, "root", OBJECT_MEMORY, ROOT_MMIO, 0xcffff000, 0x28,
	      DEVICE.msix_address = 0xcffff000);
	/* Two tables of one cell, and of two. */
	NAMES(STATUS_MSIX_APART, "root", OBJECT_PCI_DEVICE, ROOT_NVME, 0xfeb02000, 0x20,
	      ROOT.devices[ROOT_OTHER] = NVME; ROOT.devices[ROOT_OTHER].bdf = 0x20);
	NAMES(STATUS_MSIX_APART, "two", OBJECT_PCI_DEVICE, CELL_DEVICE, 0xfeb10000, 0x28,
	      OTHER.msix_address = DEVICE.msix_address);
}

/* The first physical device of a cell is named, and all are counted. */
static void isolation(void **state)
{
	NAMES(STATUS_NO_REMAPPING, "one", OBJECT_PCI_DEVICE, CELL_DEVICE, 0x28, 0, ONE.unprotected = 0;
	      ONE.desc.num_pci_devices = 3; ONE.devices[2] = DEVICE; ONE.devices[2].bdf = 0x38;
	      ONE.devices[2].msix_address = 0xfeb20000);
	NAMES(STATUS_NO_IOMMU, "root", OBJECT_CELL, 0, 2, 0, UNIT[0] = (struct jailhouse_iommu){ 0 });
}

static void pins(void **state)
{
	NAMES(STATUS_PIN_FOREIGN, "two", OBJECT_IRQCHIP, 0, 5, 1, ONE.irqchips[0].pin_bitmap[0] = 0x30);
	NAMES(STATUS_IRQCHIP_TWICE, "one", OBJECT_IRQCHIP, 1, 0xfec00000, 0,
	      ONE.irqchips[1] = ONE.irqchips[0]; ONE.desc.num_irqchips = 2);
	ARM64_NAMES(STATUS_SPI_FOREIGN, "two", OBJECT_IRQCHIP, 0, 37, 1,
		    ONE.irqchips[0].pin_bitmap[0] = 0x30);
	/* A line of virtual PCI stands behind the entries: INTC of device 14 is interrupt 34 + vpci_irq_base. */
	ARM64_NAMES(STATUS_SPI_FOREIGN, "two", OBJECT_IRQCHIP, 1, 36, 1,
		    TWO.devices[DEV_LINK].num_msix_vectors = 0; TWO.desc.vpci_irq_base = 2);
	ARM64_NAMES(STATUS_SPI_VIRTUAL, "two", OBJECT_VIRTUAL_LINES, 0, 985, 984,
		    TWO.devices[DEV_LINK].num_msix_vectors = 0; TWO.desc.vpci_irq_base = 985);
}

static void streams(void **state)
{
	ARM64_NAMES(STATUS_STREAM_TWICE, "one", OBJECT_STREAM_ID, 1, 0x20, 0,
		    ONE.desc.num_stream_ids = 2; ONE.stream_ids[1].id = 0x20);
	ARM64_NAMES(STATUS_STREAM_FOREIGN, "two", OBJECT_STREAM_ID, 0, 0x28, 1,
		    ONE.stream_ids[0].id = 0x28);
}

static void frames(void **state)
{
	ARM64_NAMES(STATUS_FRAME_FOREIGN, "root", OBJECT_MEMORY, ROOT_CELLS + 1, 37, 2,
		    ROOT.frames[0] = (struct jailhouse_message_frame)
			JAILHOUSE_MESSAGE_FRAME_RECORD(0x8020000, 0x1000, 37, 8);
		    ROOT.desc.num_memory_regions++; ROOT.memory[ROOT_CELLS + 1] =
			(struct jailhouse_memory){ 0x8020000, 0x8020000, 0x1000, JAILHOUSE_MEM_READ });
}

/* The same for all three ends, as they must agree. */
#define ALL(section, member, change) (ROOT.memory[section].member change,	\
				      ONE.memory[section].member change,	\
				      TWO.memory[section].member change)

static void links(void **state)
{
	NAMES(STATUS_LINK_OUTPUTS, "root", OBJECT_MEMORY, MEM_OUTPUT1, 0x2000, 0x1000,
	      ALL(MEM_OUTPUT1, size, = 0x2000); ALL(MEM_OUTPUT2, virt_start, += 0x1000);
	      ALL(MEM_OUTPUT2, phys_start, += 0x1000));
	NAMES(STATUS_LINK_WRITE, "one", OBJECT_MEMORY, MEM_OUTPUT0, 0x107003000, 1,
	      ONE.memory[MEM_OUTPUT0].flags |= JAILHOUSE_MEM_WRITE);
	NAMES(STATUS_LINK_CONTIGUOUS, "two", OBJECT_MEMORY, MEM_OUTPUT2, 0x107006000, 0x107005000,
	      TWO.memory[MEM_OUTPUT2].virt_start += 0x1000);
	NAMES(STATUS_LINK_MEMORY, "one", OBJECT_MEMORY, MEM_OUTPUT0, 0x107013000, 0x107003000,
	      ONE.memory[MEM_OUTPUT0].phys_start += 0x10000);
	NAMES(STATUS_LINK_ID_TAKEN, "one", OBJECT_PCI_DEVICE, DEV_LINK, 0, 0, LINK.shmem_dev_id = 0;
	      ONE.memory[MEM_OUTPUT1].flags &= ~2ULL);
	NAMES(STATUS_LINK_ID_TAKEN, "two", OBJECT_PCI_DEVICE, DEV_LINK, 2, 1, LINK.shmem_dev_id = 2;
	      ONE.memory[MEM_OUTPUT1].flags &= ~2ULL);
	NAMES(STATUS_LINK_BAR, "one", OBJECT_PCI_DEVICE, DEV_LINK, 2, 0xfffff000,
	      LINK.bar_mask[2] = 0xfffff000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cells_and_cpus),
		cmocka_unit_test(memory),
		cmocka_unit_test(ports),
		cmocka_unit_test(units),
		cmocka_unit_test(devices),
		cmocka_unit_test(isolation),
		cmocka_unit_test(pins),
		cmocka_unit_test(streams),
		cmocka_unit_test(frames),
		cmocka_unit_test(links),
	};

	return cmocka_run_group_tests_name("config/rules_refusal", tests, NULL, NULL);
}
