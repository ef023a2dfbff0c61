// SPDX-License-Identifier: GPL-2.0
/* Each sentence about the plan as an example: one small machine per rule. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <plan/plan_kit.h>
#include <pt/pt.h>

#define MB 0x100000ULL
#define HV 0x3a000000ULL	/* six MiB inside root's memory */
#define RAM 0x3a600000ULL	/* behind it, for cells */
#define PORT_COM2 0x2f8

static struct kit kit;

/* One GiB of memory in root's hands, the hypervisor in the middle of it. */
static void machine(void)
{
	kit_start(&kit);
	kit.header.hypervisor_memory.phys_start = HV;
	kit.header.hypervisor_memory.size = 6 * MB;
	kit_map(&kit, 0, 0, 0, 1024 * MB, MEM_RWX | MEM_DMA);
}

/* The same with a cell that has one MiB at guest address 0 and a comm region. */
static void machine_with_cell(u64 flags)
{
	machine();
	kit_cell(&kit, 1, "one", 0x8);
	kit_map(&kit, 1, RAM, 0, MB, MEM_RWX | flags);
	kit_map(&kit, 1, 0, 0x100000, 0x1000, MEM_RW | MEM_COMM);
}

static void expect_map(const struct plan *plan, unsigned cell, u64 gpa, u64 out, unsigned rights)
{
	const struct plan_map *map = plan_find_map(plan, cell, gpa);

	assert_non_null(map);
	assert_int_equal(map->cell, cell);
	assert_int_equal(map->out + (gpa - map->first), out);
	assert_int_equal(map->rights, rights);
}

static void root_alone(void **state)
{
	struct plan *plan;
	const struct plan_map *zero;

	(void)state;
	machine();
	plan = kit_build(&kit, OK);
	assert_int_equal(plan->maps.count, 3);
	assert_int_equal(plan->dma.count, 2);
	expect_map(plan, 0, 0, 0, PT_READ | PT_WRITE | PT_EXECUTE);
	expect_map(plan, 0, HV - 1, HV - 1, PT_READ | PT_WRITE | PT_EXECUTE);
	expect_map(plan, 0, HV + 6 * MB, HV + 6 * MB, PT_READ | PT_WRITE | PT_EXECUTE);
	assert_null(plan_find_map(plan, 0, 1024 * MB));
	zero = plan_find_map(plan, 0, HV);
	assert_null(plan_find_memory(plan, 0, HV));
	assert_null(plan_find_memory(plan, 0, 1024 * MB));
	assert_int_equal(zero->kind, PLAN_MAP_ZERO);
	assert_int_equal(zero->first, HV);
	assert_int_equal(zero->last, HV + 6 * MB - 1);
	assert_int_equal(zero->rights, PT_READ);
	assert_int_equal(zero->region, PLAN_NONE);
	assert_int_equal(zero->out, 0);
	assert_null(plan_find_dma(plan, 0, HV));
	assert_null(plan_find_dma(plan, 0, HV + 6 * MB - 1));
	assert_int_equal(plan_find_dma(plan, 0, HV - 1)->rights, PT_READ | PT_WRITE);
	free(plan);
}

static void a_cell_takes_memory_from_root(void **state)
{
	struct plan *plan;

	(void)state;
	machine_with_cell(MEM_DMA);
	plan = kit_build(&kit, OK);
	expect_map(plan, 1, 0x1234, RAM + 0x1234, PT_READ | PT_WRITE | PT_EXECUTE);
	assert_null(plan_find_map(plan, 1, 0x101000));
	assert_null(plan_find_map(plan, 1, RAM));
	assert_null(plan_find_map(plan, 0, RAM));
	assert_null(plan_find_map(plan, 0, RAM + MB - 1));
	expect_map(plan, 0, RAM + MB, RAM + MB, PT_READ | PT_WRITE | PT_EXECUTE);
	assert_null(plan_find_dma(plan, 0, RAM));
	assert_int_equal(plan_find_dma(plan, 1, 0)->out, RAM);
	assert_int_equal(plan_find_dma(plan, 1, 0)->rights, PT_READ | PT_WRITE);
	free(plan);
}

static void shared_memory_stays_with_root(void **state)
{
	struct plan *plan;

	(void)state;
	machine_with_cell(MEM_SHARED);
	plan = kit_build(&kit, OK);
	expect_map(plan, 0, RAM, RAM, PT_READ | PT_WRITE | PT_EXECUTE);
	expect_map(plan, 1, 0, RAM, PT_READ | PT_WRITE | PT_EXECUTE);
	assert_non_null(plan_find_dma(plan, 0, RAM));
	assert_null(plan_find_dma(plan, 1, 0));
	free(plan);
}

static void a_loadable_cell_lends_to_roots_processors(void **state)
{
	struct plan *plan;

	(void)state;
	machine_with_cell(MEM_LOAD | MEM_DMA);
	plan = kit_build(&kit, OK);
	assert_null(plan_find_map(plan, 0, RAM));
	free(plan);
	kit.input.loadable = 1U << 1;
	plan = kit_build(&kit, OK);
	expect_map(plan, 0, RAM, RAM, PT_READ | PT_WRITE);
	assert_int_equal(plan_find_map(plan, 0, RAM)->owner, 1);
	assert_int_equal(plan_find_map(plan, 0, RAM)->region, 0);
	assert_null(plan_find_dma(plan, 0, RAM));
	assert_non_null(plan_find_dma(plan, 1, 0));
	free(plan);
}

/* Only where root's own config has the memory, once per page, and never what is not LOADABLE. */
static void a_loan_has_bounds(void **state)
{
	struct plan *plan;

	(void)state;
	machine();
	kit_cell(&kit, 1, "one", 0x8);
	kit.input.loadable = 1U << 1;
	kit_map(&kit, 1, 1023 * MB, 0, 2 * MB, MEM_RWX | MEM_LOAD);
	kit_map(&kit, 1, 1023 * MB, 16 * MB, MB, MEM_RWX | MEM_LOAD);
	kit_map(&kit, 1, RAM, 32 * MB, MB, MEM_RWX);
	plan = kit_build(&kit, OK);
	expect_map(plan, 0, 1024 * MB - 1, 1024 * MB - 1, PT_READ | PT_WRITE);
	assert_null(plan_find_map(plan, 0, 1024 * MB));
	assert_null(plan_find_map(plan, 0, RAM));
	free(plan);
}

static void comm_region(void **state)
{
	struct plan *plan;
	const struct plan_map *map;

	(void)state;
	machine_with_cell(0);
	plan = kit_build(&kit, OK);
	map = plan_find_map(plan, 1, 0x100fff);
	assert_null(plan_find_memory(plan, 1, 0x100fff));
	assert_int_equal(map->kind, PLAN_MAP_COMM);
	assert_int_equal(map->out, 0);
	assert_int_equal(map->rights, PT_READ | PT_WRITE);
	assert_true(plan_cells(plan)[1].comm_gpa == 0x100000);
	assert_true(plan_cells(plan)[0].comm_gpa == ~0ULL);
	assert_non_null(plan_find_map(plan, 0, 0));	/* its phys_start 0 takes nothing from root */
	free(plan);
}

static void a_sub_page_region_traps(void **state)
{
	const struct plan_trap *trap;
	struct plan *plan;

	(void)state;
	machine_with_cell(0);
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
}

static void fixed_windows_trap(void **state)
{
	struct plan *plan;

	(void)state;
	machine_with_cell(0);
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
	machine_with_cell(0);
	kit_map(&kit, 1, 0xfee00000, 0x400000, 0x1000, MEM_RW);
	kit_map(&kit, 1, HV, 0x500000, 0x1000, MEM_RW | MEM_DMA);
	plan = kit_build(&kit, OK);
	assert_null(plan_find_map(plan, 1, 0x400000));
	assert_null(plan_find_map(plan, 1, 0x500000));
	assert_null(plan_find_dma(plan, 1, 0x500000));
	free(plan);
}

static void the_owner_traps_on_an_msix_table(void **state)
{
	struct jailhouse_pci_device *device;
	struct plan *plan;

	(void)state;
	machine_with_cell(0);
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
	kit.cells[0].devices[0].num_msix_vectors = kit.cells[1].devices[0].num_msix_vectors = 0;
	plan = kit_build(&kit, OK);
	assert_null(plan_find_trap(plan, 1, 0xfeb04000));
	assert_non_null(plan_find_map(plan, 0, 0xfeb04000));
	free(plan);
}

static void ports(void **state)
{
	struct plan *plan;

	(void)state;
	machine_with_cell(0);
	kit.header.platform_info.x86.pm_timer_address = 0x608;
	kit_pio(&kit, 0, 0, 0xffff);
	kit_pio(&kit, 0, 0xffff, 1);
	kit_pio(&kit, 1, PORT_COM2, 8);
	kit_pio(&kit, 1, 0xcfc, 8);
	plan = kit_build(&kit, OK);
	assert_true(plan_pio_granted(plan, 0, 0x2f7, 1));
	assert_false(plan_pio_granted(plan, 0, 0x2f7, 2));
	assert_false(plan_pio_granted(plan, 0, PORT_COM2 + 7, 1));
	assert_true(plan_pio_granted(plan, 0, 0x300, 4));
	assert_true(plan_pio_granted(plan, 1, PORT_COM2, 4));
	assert_true(plan_pio_granted(plan, 1, PORT_COM2 + 4, 4));
	assert_false(plan_pio_granted(plan, 1, PORT_COM2 + 5, 4));
	assert_false(plan_pio_granted(plan, 1, PORT_COM2, 0));
	assert_true(plan_pio_granted(plan, 0, 0xcf4, 4));
	for (u16 port = 0xcf8; port <= 0xcff; port++) {
		assert_false(plan_pio_granted(plan, 0, port, 1));
		assert_false(plan_pio_granted(plan, 1, port, 1));
	}
	assert_true(plan_pio_granted(plan, 1, 0xd00, 4));
	assert_false(plan_pio_granted(plan, 1, 0xcff, 2));
	assert_true(plan_pio_granted(plan, 1, 0x608, 4));
	assert_false(plan_pio_granted(plan, 1, 0x60c, 1));
	assert_true(plan_pio_granted(plan, 0, 0x606, 4));
	assert_true(plan_pio_granted(plan, 0, 0xfffe, 2));	/* joined from two ranges */
	assert_false(plan_pio_granted(plan, 0, 0xffff, 2));
	free(plan);
}

static void devices(void **state)
{
	struct plan *plan;

	(void)state;
	machine_with_cell(0);
	kit_device(&kit, 0, JAILHOUSE_PCI_TYPE_DEVICE, 0x18);
	kit_device(&kit, 0, JAILHOUSE_PCI_TYPE_BRIDGE, 0x08);
	kit_device(&kit, 0, JAILHOUSE_PCI_TYPE_DEVICE, 0x20)->iommu = 1;
	kit_device(&kit, 0, JAILHOUSE_PCI_TYPE_IVSHMEM, 0x70);
	kit_device(&kit, 1, JAILHOUSE_PCI_TYPE_IVSHMEM, 0x70);
	kit_device(&kit, 1, JAILHOUSE_PCI_TYPE_DEVICE, 0x18);
	plan = kit_build(&kit, OK);
	assert_int_equal(plan->devices.count, 5);
	assert_null(plan_find_device(plan, 0, 0x18));
	assert_int_equal(plan_find_device(plan, 1, 0x18)->index, 1);
	assert_int_equal(plan_dma_owner(plan, 0x18)->cell, 1);
	assert_int_equal(plan_dma_owner(plan, 0x08)->type, JAILHOUSE_PCI_TYPE_BRIDGE);
	assert_int_equal(plan_dma_owner(plan, 0x20)->unit, 1);
	assert_int_equal(plan_find_device(plan, 0, 0x70)->index, 3);
	assert_int_equal(plan_find_device(plan, 1, 0x70)->index, 0);
	assert_null(plan_dma_owner(plan, 0x70));
	assert_null(plan_dma_owner(plan, 0x21));
	assert_null(plan_dma_owner(plan, 0xffff));
	free(plan);
}

static void pins(void **state)
{
	struct plan *plan;

	(void)state;
	machine_with_cell(0);
	kit_irqchip(&kit, 0, 0xfec00000, 0xffffff);
	kit_irqchip(&kit, 0, 0xfec01000, 0xff);
	kit_irqchip(&kit, 1, 0xfec01000, 0x11);
	kit_irqchip(&kit, 1, 0xfec02000, 0xff);	/* a chip that root does not have */
	plan = kit_build(&kit, OK);
	assert_int_equal(plan->pins.count, 4);
	assert_int_equal(plan_pins(plan)[3].chip, PLAN_NONE);
	assert_int_equal(plan_pins(plan)[0].pins[0], 0xffffff);
	assert_int_equal(plan_pins(plan)[1].pins[0], 0xee);
	assert_int_equal(plan_pins(plan)[1].cell, 0);
	assert_int_equal(plan_pins(plan)[2].pins[0], 0x11);
	assert_int_equal(plan_pins(plan)[2].cell, 1);
	assert_int_equal(plan_pins(plan)[2].chip, 1);
	free(plan);
}

static void cpus(void **state)
{
	struct plan *plan;

	(void)state;
	machine_with_cell(0);
	kit.cells[0].cpus[0] = 0x2d;	/* 0 2 3 5 */
	plan = kit_build(&kit, OK);
	assert_int_equal(plan->num_cpus, 6);
	assert_int_equal(plan_cpus(plan)[0], 0);
	assert_int_equal(plan_cpus(plan)[1], PLAN_NONE);
	assert_int_equal(plan_cpus(plan)[3], 1);
	assert_int_equal(plan_cpus(plan)[4], PLAN_NONE);
	assert_int_equal(plan_cpus(plan)[5], 0);
	free(plan);
}

static void neighbours_are_joined(void **state)
{
	struct plan *plan;

	(void)state;
	kit_start(&kit);
	kit_map(&kit, 0, 0x201000, 0x201000, 0x1ff000, MEM_RW);
	kit_map(&kit, 0, 0x200000, 0x200000, 0x1000, MEM_RW);
	kit_map(&kit, 0, 0x400000, 0x400000, 0x1000, MEM_R);		/* other rights */
	kit_map(&kit, 0, 0x501000, 0x401000, 0x1000, MEM_R);		/* other place */
	kit_map(&kit, 0, 0x502000, 0x402000, 0x1000, MEM_R | JAILHOUSE_MEM_NO_HUGEPAGES);
	plan = kit_build(&kit, OK);
	assert_int_equal(plan->maps.count, 4);
	assert_int_equal(plan_maps(plan)[0].first, 0x200000);
	assert_int_equal(plan_maps(plan)[0].last, 0x3fffff);
	assert_int_equal(plan_maps(plan)[3].kind, PLAN_MAP_NO_HUGE);
	free(plan);
}

static void overlap_is_refused(void **state)
{
	struct refusal refusal;
	struct plan *plan;

	(void)state;
	kit_start(&kit);
	kit_map(&kit, 0, 0x200000, 0x200000, 0x2000, MEM_RW);
	kit_map(&kit, 0, 0x801000, 0x201000, 0x1000, MEM_RW);
	plan = kit_build(&kit, STATUS_PLAN_OVERLAP);
	assert_int_equal(plan_build(plan, &kit.input, &refusal), STATUS_PLAN_OVERLAP);
	assert_int_equal(refusal.object, OBJECT_MEMORY);
	assert_int_equal(refusal.index, 1);
	assert_true(refusal.a == 0x201000 && refusal.b == 0x201fff);
	assert_string_equal(refusal.cell, "root");
	free(plan);
}

static void empty_regions_are_nothing(void **state)
{
	struct plan *plan;

	(void)state;
	kit_start(&kit);
	kit_map(&kit, 0, 0, 0, 0, 0);
	kit_map(&kit, 0, 0x1000, 0x1000, 0x1000, 0);
	plan = kit_build(&kit, OK);
	assert_int_equal(plan->maps.count, 0);
	assert_null(plan_find_map(plan, 0, 0));
	assert_null(plan_find_map(plan, 3, 0));	/* an empty slot */
	free(plan);
}

static void what_is_not_isolated(void **state)
{
	struct plan *plan;

	(void)state;
	machine_with_cell(0);
	kit.set.allow_unprotected = JAILHOUSE_UNPROTECTED_DMA | JAILHOUSE_UNPROTECTED_IRQ;
	plan = kit_build(&kit, OK);
	assert_int_equal(plan_cells(plan)[0].unprotected, 3);
	free(plan);
	kit.header.platform_info.iommu_units[0].base = 0xfed90000;
	plan = kit_build(&kit, OK);
	assert_int_equal(plan_cells(plan)[0].unprotected, JAILHOUSE_UNPROTECTED_IRQ);
	free(plan);
	kit.set.allow_unprotected = 0;
	kit.cells[1].view.unprotected = JAILHOUSE_UNPROTECTED_DMA;
	plan = kit_build(&kit, OK);
	assert_int_equal(plan_cells(plan)[0].unprotected, 0);
	assert_int_equal(plan_cells(plan)[1].unprotected, JAILHOUSE_UNPROTECTED_DMA);
	free(plan);
}

/* Whoever loads the module cannot say so for a cell; its own config, or root's, speaks for itself. */
static void delivery_is_not_granted(void **state)
{
	struct plan *plan;

	(void)state;
	machine_with_cell(0);
	kit.set.allow_unprotected = JAILHOUSE_UNPROTECTED_ALL;
	kit.cells[1].view.unprotected = JAILHOUSE_UNPROTECTED_DELIVERY;
	plan = kit_build(&kit, OK);
	assert_int_equal(plan_cells(plan)[0].unprotected & JAILHOUSE_UNPROTECTED_DELIVERY, 0);
	assert_true(plan_cells(plan)[1].unprotected & JAILHOUSE_UNPROTECTED_DELIVERY);
	free(plan);
	kit.set.allow_unprotected = 0;
	kit.system.root.unprotected = JAILHOUSE_UNPROTECTED_DELIVERY;
	kit.cells[1].view.unprotected = 0;
	plan = kit_build(&kit, OK);
	assert_int_equal(plan_cells(plan)[0].unprotected, JAILHOUSE_UNPROTECTED_DELIVERY);
	assert_int_equal(plan_cells(plan)[1].unprotected, 0);
	free(plan);
}

/* Where the flag means device memory, the row says so; on x86 it means nothing. */
static void device_memory(void **state)
{
	struct plan *plan;

	(void)state;
	kit_start(&kit);
	kit_map(&kit, 0, 0x1000, 0x1000, 0x1000, MEM_RW | JAILHOUSE_MEM_IO);
	plan = kit_build(&kit, OK);
	assert_int_equal(plan_maps(plan)[0].rights, PT_READ | PT_WRITE);
	assert_non_null(plan_find_memory(plan, 0, 0x1000));
	free(plan);
	kit_arm64(&kit, 3);
	plan = kit_build(&kit, OK);
	assert_int_equal(plan_maps(plan)[0].rights, PT_READ | PT_WRITE | PT_DEVICE);
	assert_null(plan_find_memory(plan, 0, 0x1000));
	assert_null(plan_find_trap(plan, 0, 0xfee00000));
	free(plan);
}

/* The same input gives the same bytes, whatever was in the memory before. */
static void a_plan_is_a_function(void **state)
{
	struct plan *a, *b;

	(void)state;
	machine_with_cell(MEM_DMA | MEM_LOAD);
	kit_device(&kit, 0, JAILHOUSE_PCI_TYPE_DEVICE, 0x18);
	kit_pio(&kit, 0, 0, 0x1000);
	a = kit_build(&kit, OK);
	b = malloc(a->size);
	memset(b, 0xa5, a->size);
	assert_int_equal(plan_build(b, &kit.input, &(struct refusal){ 0 }), OK);
	assert_int_equal(plan_size(&kit.input), a->size);
	assert_memory_equal(a, b, a->size);
	free(a);
	free(b);
}

static void collect(void *context, const char *line)
{
	strcat(context, line);
	strcat(context, "\n");
}

static void printed(void **state)
{
	static char text[8192];
	struct plan *plan;

	(void)state;
	machine_with_cell(MEM_LOAD | MEM_DMA);
	kit.input.loadable = 2;
	kit_pio(&kit, 1, PORT_COM2, 8);
	kit_irqchip(&kit, 0, 0xfec00000, 0xffffff);
	kit_device(&kit, 1, JAILHOUSE_PCI_TYPE_DEVICE, 0x1a);
	kit.cells[1].view.unprotected = JAILHOUSE_UNPROTECTED_DMA | JAILHOUSE_UNPROTECTED_DELIVERY;
	plan = kit_build(&kit, OK);
	text[0] = 0;
	plan_print(plan, collect, text);
	assert_string_equal(text,
		"cell \"root\" id 0 slot 0\n"
		"  cpu 0\n"
		"  cpu 1\n"
		"  cpu 2\n"
		"  cpu-map 000000000000-000039ffffff -> 000000000000 rwx. memory mem_regions[0]\n"
		"  cpu-map 00003a000000-00003a5fffff -> 000000000000 r... zero hypervisor\n"
		"  cpu-map 00003a600000-00003a6fffff -> 00003a600000 rw.. memory mem_regions[0] of one\n"
		"  cpu-map 00003a700000-00003fffffff -> 00003a700000 rwx. memory mem_regions[0]\n"
		"  dma-map 000000000000-000039ffffff -> 000000000000 rw.. memory mem_regions[0]\n"
		"  dma-map 00003a700000-00003fffffff -> 00003a700000 rw.. memory mem_regions[0]\n"
		"  trap 0000fec00000-0000fec00fff ioapic [0]\n"
		"  trap 0000fee00000-0000fee00fff xapic [0]\n"
		"  pins 0000fec00000 from 0 00000000 00000000 00000000 00ffffff\n"
		"cell \"one\" id 1 slot 1 unprotected-dma unprotected-delivery\n"
		"  cpu 3\n"
		"  cpu-map 000000000000-0000000fffff -> 00003a600000 rwx. memory mem_regions[0]\n"
		"  cpu-map 000000100000-000000100fff -> 000000000000 rw.. comm mem_regions[1]\n"
		"  dma-map 000000000000-0000000fffff -> 00003a600000 rw.. memory mem_regions[0]\n"
		"  trap 0000fee00000-0000fee00fff xapic [0]\n"
		"  port 02f8-02ff\n"
		"  pci 00:03.2 device pci_devices[0] unit 0\n");
	free(plan);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(root_alone),
		cmocka_unit_test(a_cell_takes_memory_from_root),
		cmocka_unit_test(shared_memory_stays_with_root),
		cmocka_unit_test(a_loadable_cell_lends_to_roots_processors),
		cmocka_unit_test(a_loan_has_bounds),
		cmocka_unit_test(comm_region),
		cmocka_unit_test(a_sub_page_region_traps),
		cmocka_unit_test(sub_page_neighbours),
		cmocka_unit_test(fixed_windows_trap),
		cmocka_unit_test(fixed_windows_have_no_back_door),
		cmocka_unit_test(the_owner_traps_on_an_msix_table),
		cmocka_unit_test(ports),
		cmocka_unit_test(devices),
		cmocka_unit_test(pins),
		cmocka_unit_test(cpus),
		cmocka_unit_test(neighbours_are_joined),
		cmocka_unit_test(overlap_is_refused),
		cmocka_unit_test(empty_regions_are_nothing),
		cmocka_unit_test(what_is_not_isolated),
		cmocka_unit_test(delivery_is_not_granted),
		cmocka_unit_test(device_memory),
		cmocka_unit_test(a_plan_is_a_function),
		cmocka_unit_test(printed),
	};

	return cmocka_run_group_tests_name("plan/plan", tests, NULL, NULL);
}
