// SPDX-License-Identifier: GPL-2.0
/* What a plan says about an Arm machine: the GIC's frames and interrupts, stream ids. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <plan/plan_kit.h>
#include <pt/pt.h>

static struct kit kit;

static void start(u8 version)
{
	kit_start(&kit);
	kit_arm64(&kit, version);
	kit_cell(&kit, 1, "one", 0x2);
	/* Everything, though the rules would not have it, so that every hole is the plan's own. */
	kit_map(&kit, 0, 0x8000000, 0x8000000, 0x1000000, MEM_RW | MEM_DMA | JAILHOUSE_MEM_IO);
	kit_map(&kit, 1, 0x8000000, 0x8000000, 0x1000000, MEM_RW | MEM_SHARED);
}

static enum plan_trap_kind trap(const struct plan *plan, unsigned cell, u64 gpa)
{
	const struct plan_trap *row = plan_find_trap(plan, cell, gpa);

	assert_non_null(row);
	assert_null(plan_find_map(plan, cell, gpa));
	return row->kind;
}

static void gicv3_frames_trap(void **state)
{
	struct plan *plan;

	(void)state;
	start(3);
	plan = kit_build(&kit, OK);
	for (unsigned cell = 0; cell < 2; cell++) {
		assert_int_equal(trap(plan, cell, 0x8000000), PLAN_TRAP_GICD);
		assert_int_equal(trap(plan, cell, 0x800ffff), PLAN_TRAP_GICD);
		assert_int_equal(trap(plan, cell, 0x80a0000), PLAN_TRAP_GICR);
		/* Four CPUs of 128 KiB. */
		assert_int_equal(trap(plan, cell, 0x811ffff), PLAN_TRAP_GICR);
		assert_null(plan_find_trap(plan, cell, 0x8120000));
		assert_non_null(plan_find_map(plan, cell, 0x8120000));
		/* The frames for GICv2 guests are in no hand, should the machine have them. */
		assert_null(plan_find_trap(plan, cell, 0x8010000));
		assert_null(plan_find_map(plan, cell, 0x8010000));
		assert_null(plan_find_map(plan, cell, 0x8031fff));
		assert_null(plan_find_map(plan, cell, 0x8041fff));
		assert_non_null(plan_find_map(plan, cell, 0x8042000));
	}
	assert_null(plan_find_dma(plan, 0, 0x8000000));
	assert_int_equal(plan_find_dma(plan, 0, 0x8050000)->rights, PT_READ | PT_WRITE | PT_DEVICE);
	free(plan);
}

static void gicv2_cells_see_gicv(void **state)
{
	struct plan *plan;

	(void)state;
	start(2);
	kit.header.platform_info.arm.gicr_base = 0;
	plan = kit_build(&kit, OK);
	for (unsigned cell = 0; cell < 2; cell++) {
		const struct plan_map *map = plan_find_map(plan, cell, 0x8011fff);

		assert_int_equal(map->kind, PLAN_MAP_GICV);
		assert_int_equal(map->out, 0x8040000);
		assert_int_equal(map->first, 0x8010000);
		assert_int_equal(map->last, 0x8011fff);
		assert_int_equal(map->rights, PT_READ | PT_WRITE | PT_DEVICE);
		assert_int_equal(trap(plan, cell, 0x8000fff), PLAN_TRAP_GICD);
		assert_null(plan_find_trap(plan, cell, 0x8001000));
		assert_null(plan_find_map(plan, cell, 0x8030000));
		assert_non_null(plan_find_map(plan, cell, 0x80a0000));
	}
	/* The only way to GICV is that row. */
	for (u32 i = 0; i < plan->maps.count; i++) {
		const struct plan_map *map = &plan_maps(plan)[i];

		assert_true(map->kind == PLAN_MAP_GICV || map->out > 0x8041fff ||
			    map->out + (map->last - map->first) < 0x8040000);
	}
	free(plan);
}

/* A host bridge, real or virtual, is there for cells with devices behind it and for those without. */
static void config_space(void **state)
{
	struct plan *plan;

	(void)state;
	start(3);
	kit.header.platform_info.pci_mmconfig_base = 0x8b00000;
	kit_device(&kit, 1, JAILHOUSE_PCI_TYPE_IVSHMEM, 8)->num_msix_vectors = 1;
	plan = kit_build(&kit, OK);
	assert_int_equal(trap(plan, 0, 0x8b00000), PLAN_TRAP_ECAM);
	assert_int_equal(trap(plan, 1, 0x8bfffff), PLAN_TRAP_ECAM);
	free(plan);
	kit.header.platform_info.pci_is_virtual = 1;
	plan = kit_build(&kit, OK);
	assert_int_equal(trap(plan, 0, 0x8b00000), PLAN_TRAP_ECAM);
	assert_null(plan_find_map(plan, 0, 0x8b00000));
	assert_int_equal(trap(plan, 1, 0x8bfffff), PLAN_TRAP_ECAM);
	free(plan);
}

/* Whether the rows of a cell have an interrupt. */
static bool has_spi(const struct plan *plan, unsigned cell, unsigned id)
{
	for (u32 i = 0; i < plan->pins.count; i++) {
		const struct plan_pin *row = &plan_pins(plan)[i];

		if (row->cell == cell && id >= row->base && id < row->base + 128U &&
		    bitmap_test(row->pins, id - row->base))
			return true;
	}
	return false;
}

static void interrupts(void **state)
{
	struct plan *plan;

	(void)state;
	start(3);
	kit_spis(&kit, 0, 32, ~0U);
	kit_spis(&kit, 0, 160, ~0U);
	kit.cells[0].irqchips[0].pin_bitmap[1] = ~0U;
	kit_spis(&kit, 1, 64, 0x11);	/* begins where no entry of root does */
	kit_spis(&kit, 1, 992, 1);	/* root does not have it */
	plan = kit_build(&kit, OK);
	for (unsigned id = 32; id < 1020; id++) {
		bool ours = id == 64 || id == 68 || id == 992;

		assert_int_equal(has_spi(plan, 1, id), ours);
		assert_int_equal(has_spi(plan, 0, id), !ours && (id < 96 || (id >= 160 && id < 192)));
	}
	free(plan);
}

/* Only the lines that devices without MSI-X raise, and they are taken from what root lists. */
static void virtual_interrupts(void **state)
{
	struct plan *plan;

	(void)state;
	start(3);
	kit_spis(&kit, 0, 192, 0xffff0000);
	kit.cells[0].irqchips[0].pin_bitmap[1] = 0xff;
	kit_device(&kit, 1, JAILHOUSE_PCI_TYPE_IVSHMEM, 5 << 3);			/* INTB */
	kit_device(&kit, 1, JAILHOUSE_PCI_TYPE_IVSHMEM, 7 << 3);			/* INTD */
	kit_device(&kit, 1, JAILHOUSE_PCI_TYPE_IVSHMEM, 6 << 3)->num_msix_vectors = 1;
	kit.cells[1].desc.vpci_irq_base = 222 - 32;
	plan = kit_build(&kit, OK);
	for (unsigned id = 32; id < 1020; id++) {
		bool ours = id == 223 || id == 225;

		assert_int_equal(has_spi(plan, 1, id), ours);
		assert_int_equal(has_spi(plan, 0, id), !ours && id >= 208 && id < 232);
	}
	assert_int_equal(plan_pins(plan)[1].index, PLAN_NONE);
	assert_int_equal(plan_pins(plan)[1].address, 0x8000000);
	free(plan);
}

static unsigned stream_owner(const struct plan *plan, u32 id)
{
	const struct plan_stream *row = plan_find_stream(plan, id);

	return row ? row->cell : PLAN_NONE;
}

static void streams(void **state)
{
	struct plan *plan;

	(void)state;
	start(3);
	kit.header.platform_info.iommu_units[0].base = 0x9050000;
	kit.header.platform_info.iommu_units[0].type = JAILHOUSE_IOMMU_SMMUV3;
	kit_stream(&kit, 0, 0x20);
	kit_stream(&kit, 0, 0x18);
	kit_stream(&kit, 1, 0x20);
	kit_stream(&kit, 1, 0x00070008);
	plan = kit_build(&kit, OK);
	assert_int_equal(plan->streams.count, 3);
	assert_int_equal(plan_streams(plan)[0].id, 0x18);	/* sorted */
	assert_int_equal(plan_streams(plan)[1].id, 0x20);
	assert_int_equal(plan_streams(plan)[2].index, 1);
	assert_int_equal(stream_owner(plan, 0x18), 0);
	assert_int_equal(stream_owner(plan, 0x20), 1);
	assert_int_equal(stream_owner(plan, 0x70008), 1);
	assert_int_equal(stream_owner(plan, 8), PLAN_NONE);
	free(plan);
	/* Without the cell, root has its stream again. */
	kit.set.cells[1] = NULL;
	plan = kit_build(&kit, OK);
	assert_int_equal(stream_owner(plan, 0x20), 0);
	assert_int_equal(stream_owner(plan, 0x70008), PLAN_NONE);
	free(plan);
}

static void masked_streams(void **state)
{
	struct plan *plan;

	(void)state;
	start(2);
	kit.header.platform_info.iommu_units[0].base = 0x9050000;
	kit.header.platform_info.iommu_units[0].type = JAILHOUSE_IOMMU_ARM_MMU500;
	kit_stream(&kit, 0, 0x00070008);
	kit_stream(&kit, 0, 0x00030010);
	kit_stream(&kit, 1, 0x00030010);
	plan = kit_build(&kit, OK);
	assert_int_equal(plan->streams.count, 2);
	assert_int_equal(plan_streams(plan)[0].mask, 7);
	assert_int_equal(stream_owner(plan, 0xf), 0);
	assert_int_equal(stream_owner(plan, 0x10), 1);
	assert_int_equal(stream_owner(plan, 0x13), 1);
	assert_int_equal(stream_owner(plan, 0x14), PLAN_NONE);
	free(plan);
}

/* The communication region is memory, whatever its flags say. */
static void comm_region_is_memory(void **state)
{
	struct plan *plan;

	(void)state;
	start(3);
	kit_map(&kit, 1, 0, 0x80000000, 0x1000, MEM_RW | MEM_COMM | JAILHOUSE_MEM_IO);
	plan = kit_build(&kit, OK);
	assert_int_equal(plan_find_map(plan, 1, 0x80000000)->rights, PT_READ | PT_WRITE);
	free(plan);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gicv3_frames_trap),
		cmocka_unit_test(gicv2_cells_see_gicv),
		cmocka_unit_test(config_space),
		cmocka_unit_test(interrupts),
		cmocka_unit_test(virtual_interrupts),
		cmocka_unit_test(streams),
		cmocka_unit_test(masked_streams),
		cmocka_unit_test(comm_region_is_memory),
	};

	return cmocka_run_group_tests_name("plan/plan_arm64", tests, NULL, NULL);
}
