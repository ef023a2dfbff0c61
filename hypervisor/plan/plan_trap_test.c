// SPDX-License-Identifier: GPL-2.0
/* What a plan says about pages that trap: windows of the machine, parts of pages, MSI-X tables. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <plan/plan_kit.h>
#include <pt/pt.h>

static struct kit kit;

static void a_sub_page_region_traps(void **state)
{
	const struct plan_trap *trap;
	struct plan *plan;

	(void)state;
	kit_machine_with_cell(&kit, 0);
	kit_map(&kit, 1, 0x9f010, 0x200010, 0x20, MEM_RW | JAILHOUSE_MEM_IO_32);
	plan = kit_build(&kit, OK);
	assert_null(plan_find_map(plan, 1, 0x200010));
	trap = plan_find_trap(plan, 1, 0x20002f);
	assert_int_equal(trap->kind, PLAN_TRAP_SUBPAGE);
	assert_int_equal(trap->index, 2);
	assert_null(plan_find_trap(plan, 1, 0x200030));
	assert_null(plan_find_trap(plan, 1, 0x20000f));
	assert_null(plan_find_trap(plan, 0, 0x9f010));
	assert_null(plan_find_map(plan, 0, 0x9f000));	/* root loses the whole page */
	assert_null(plan_find_map(plan, 0, 0x9ffff));
	assert_non_null(plan_find_map(plan, 0, 0xa0000));
	free(plan);
}

/* Root and a cell have different bytes of one page; then the cell takes root's bytes. */
static void sub_page_neighbours(void **state)
{
	struct plan *plan;

	(void)state;
	kit_start(&kit);
	kit_map(&kit, 0, 0xfe000000, 0xfe000000, 0x100, MEM_RW | JAILHOUSE_MEM_IO_32);
	kit_cell(&kit, 1, "one", 0x8);
	kit_map(&kit, 1, 0xfe000100, 0xfe000100, 0x100, MEM_RW | JAILHOUSE_MEM_IO_32);
	plan = kit_build(&kit, OK);
	assert_non_null(plan_find_trap(plan, 0, 0xfe0000ff));
	assert_null(plan_find_trap(plan, 0, 0xfe000100));
	assert_non_null(plan_find_trap(plan, 1, 0xfe000100));
	free(plan);
	kit.cells[1].memory[0].phys_start = 0xfe0000ff;
	plan = kit_build(&kit, OK);
	assert_null(plan_find_trap(plan, 0, 0xfe000000));
	free(plan);
	/* A comm region is of the hypervisor's memory, wherever its phys_start says. */
	kit.cells[1].memory[0] = (struct jailhouse_memory){
		.phys_start = 0xfe000000, .virt_start = 0x1000, .size = 0x1000, .flags = MEM_RW | MEM_COMM,
	};
	plan = kit_build(&kit, OK);
	assert_non_null(plan_find_trap(plan, 0, 0xfe000000));
	free(plan);
}

static void fixed_windows_trap(void **state)
{
	struct plan *plan;

	(void)state;
	kit_machine_with_cell(&kit, 0);
	kit.header.platform_info.pci_mmconfig_base = 0xb0000000;
	kit.header.platform_info.pci_mmconfig_end_bus = 0x3;
	kit.header.platform_info.iommu_units[0] = (struct jailhouse_iommu){
		.type = JAILHOUSE_IOMMU_INTEL, .base = 0xfed90000, .size = 0x1000,
	};
	kit_map(&kit, 0, 0xa0000000, 0xa0000000, 0x5ff00000, MEM_RW | MEM_DMA);
	kit_irqchip(&kit, 0, 0xfec00000, 0xffffff);
	plan = kit_build(&kit, OK);
	for (unsigned cell = 0; cell < 2; cell++) {
		assert_int_equal(plan_find_trap(plan, cell, 0xfee00fff)->kind, PLAN_TRAP_XAPIC);
		assert_int_equal(plan_find_trap(plan, cell, 0xb0000000)->kind, PLAN_TRAP_ECAM);
		assert_int_equal(plan_find_trap(plan, cell, 0xb03fffff)->kind, PLAN_TRAP_ECAM);
		assert_null(plan_find_trap(plan, cell, 0xb0400000));
	}
	assert_int_equal(plan_find_trap(plan, 0, 0xfec00010)->kind, PLAN_TRAP_IOAPIC);
	assert_null(plan_find_trap(plan, 1, 0xfec00010));
	assert_null(plan_find_map(plan, 0, 0xfee00000));
	assert_null(plan_find_map(plan, 0, 0xb0000000));
	assert_null(plan_find_map(plan, 0, 0xb03fffff));
	assert_null(plan_find_map(plan, 0, 0xfec00000));
	assert_null(plan_find_map(plan, 0, 0xfed90000));
	assert_non_null(plan_find_map(plan, 0, 0xfed91000));
	assert_non_null(plan_find_map(plan, 0, 0xb0400000));
	assert_null(plan_find_map(plan, 0, 0xfee01000));	/* interrupts, not memory */
	assert_null(plan_find_map(plan, 0, 0xfeefffff));
	assert_non_null(plan_find_map(plan, 0, 0xfef00000));
	assert_null(plan_find_dma(plan, 0, 0xfee01000));
	assert_null(plan_find_dma(plan, 0, 0xfeefffff));
	assert_non_null(plan_find_dma(plan, 0, 0xfef00000));
	assert_null(plan_find_dma(plan, 0, 0xfed90000));
	free(plan);
}

/* A cell cannot map the pages that must trap by another guest address either. */
static void fixed_windows_have_no_back_door(void **state)
{
	struct plan *plan;

	(void)state;
	kit_machine_with_cell(&kit, 0);
	kit_map(&kit, 1, 0xfee00000, 0x400000, 0x1000, MEM_RW);
	kit_map(&kit, 1, KIT_HV, 0x500000, 0x1000, MEM_RW | MEM_DMA);
	kit_map(&kit, 1, KIT_RAM + 2 * MB, 0xfedf0000, 0x120000, MEM_RW | MEM_DMA);
	plan = kit_build(&kit, OK);
	assert_null(plan_find_map(plan, 1, 0x400000));
	assert_null(plan_find_map(plan, 1, 0x500000));
	assert_null(plan_find_dma(plan, 1, 0x500000));
	/* Nor is there memory for its devices where their writes are interrupts. */
	assert_int_equal(plan_find_dma(plan, 1, 0xfedfffff)->out, KIT_RAM + 2 * MB);
	assert_null(plan_find_dma(plan, 1, 0xfee00000));
	assert_null(plan_find_dma(plan, 1, 0xfeefffff));
	assert_int_equal(plan_find_dma(plan, 1, 0xfef00000)->out, KIT_RAM + 2 * MB + 0x110000);
	free(plan);
}

static void the_owner_traps_on_an_msix_table(void **state)
{
	struct jailhouse_pci_device *device;
	struct plan *plan;

	(void)state;
	kit_machine_with_cell(&kit, 0);
	kit_map(&kit, 0, 0xfeb00000, 0xfeb00000, 0x10000, MEM_RW | MEM_DMA);
	device = kit_device(&kit, 0, JAILHOUSE_PCI_TYPE_DEVICE, 0x18);
	device->num_msix_vectors = 4;
	device->msix_address = 0xfeb04000;
	device->msix_region_size = 0x40;
	plan = kit_build(&kit, OK);
	assert_int_equal(plan_find_trap(plan, 0, 0xfeb04fff)->kind, PLAN_TRAP_MSIX);
	assert_null(plan_find_map(plan, 0, 0xfeb04000));
	assert_null(plan_find_dma(plan, 0, 0xfeb04000));
	assert_non_null(plan_find_map(plan, 0, 0xfeb05000));
	free(plan);
	*kit_device(&kit, 1, JAILHOUSE_PCI_TYPE_DEVICE, 0x18) = *device;
	plan = kit_build(&kit, OK);
	assert_null(plan_find_trap(plan, 0, 0xfeb04000));
	assert_null(plan_find_map(plan, 0, 0xfeb04000));
	assert_non_null(plan_find_trap(plan, 1, 0xfeb04000));
	free(plan);
	/* Vectors whose table is nowhere take no page. */
	device->msix_address = kit.cells[1].devices[0].msix_address = 0;
	plan = kit_build(&kit, OK);
	assert_null(plan_find_trap(plan, 1, 0));
	assert_non_null(plan_find_map(plan, 0, 0));
	free(plan);
	kit.cells[1].devices[0].msix_address = 0xfeb04000;
	kit.cells[0].devices[0].num_msix_vectors = kit.cells[1].devices[0].num_msix_vectors = 0;
	plan = kit_build(&kit, OK);
	assert_null(plan_find_trap(plan, 1, 0xfeb04000));
	assert_non_null(plan_find_map(plan, 0, 0xfeb04000));
	free(plan);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_sub_page_region_traps),
		cmocka_unit_test(sub_page_neighbours),
		cmocka_unit_test(fixed_windows_trap),
		cmocka_unit_test(fixed_windows_have_no_back_door),
		cmocka_unit_test(the_owner_traps_on_an_msix_table),
	};

	return cmocka_run_group_tests_name("plan/plan_trap", tests, NULL, NULL);
}
