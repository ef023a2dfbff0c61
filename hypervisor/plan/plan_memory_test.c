// SPDX-License-Identifier: GPL-2.0
/* What a plan says about memory: one small machine for each sentence about maps, DMA and loans. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <plan/plan_kit.h>
#include <pt/pt.h>

static struct kit kit;

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
	kit_machine(&kit);
	plan = kit_build(&kit, OK);
	assert_int_equal(plan->maps.count, 3);
	assert_int_equal(plan->dma.count, 2);
	expect_map(plan, 0, 0, 0, PT_READ | PT_WRITE | PT_EXECUTE);
	expect_map(plan, 0, KIT_HV - 1, KIT_HV - 1, PT_READ | PT_WRITE | PT_EXECUTE);
	expect_map(plan, 0, KIT_HV + 6 * MB, KIT_HV + 6 * MB, PT_READ | PT_WRITE | PT_EXECUTE);
	assert_null(plan_find_map(plan, 0, 1024 * MB));
	zero = plan_find_map(plan, 0, KIT_HV);
	assert_null(plan_find_memory(plan, 0, KIT_HV));
	assert_null(plan_find_memory(plan, 0, 1024 * MB));
	assert_int_equal(zero->kind, PLAN_MAP_ZERO);
	assert_int_equal(zero->first, KIT_HV);
	assert_int_equal(zero->last, KIT_HV + 6 * MB - 1);
	assert_int_equal(zero->rights, PT_READ);
	assert_int_equal(zero->region, PLAN_NONE);
	assert_int_equal(zero->out, 0);
	assert_null(plan_find_dma(plan, 0, KIT_HV));
	assert_null(plan_find_dma(plan, 0, KIT_HV + 6 * MB - 1));
	assert_int_equal(plan_find_dma(plan, 0, KIT_HV - 1)->rights, PT_READ | PT_WRITE);
	free(plan);
}

static void a_cell_takes_memory_from_root(void **state)
{
	struct plan *plan;

	(void)state;
	kit_machine_with_cell(&kit, MEM_DMA);
	plan = kit_build(&kit, OK);
	expect_map(plan, 1, 0x1234, KIT_RAM + 0x1234, PT_READ | PT_WRITE | PT_EXECUTE);
	assert_null(plan_find_map(plan, 1, 0x101000));
	assert_null(plan_find_map(plan, 1, KIT_RAM));
	assert_null(plan_find_map(plan, 0, KIT_RAM));
	assert_null(plan_find_map(plan, 0, KIT_RAM + MB - 1));
	expect_map(plan, 0, KIT_RAM + MB, KIT_RAM + MB, PT_READ | PT_WRITE | PT_EXECUTE);
	assert_null(plan_find_dma(plan, 0, KIT_RAM));
	assert_int_equal(plan_find_dma(plan, 1, 0)->out, KIT_RAM);
	assert_int_equal(plan_find_dma(plan, 1, 0)->rights, PT_READ | PT_WRITE);
	free(plan);
}

static void shared_memory_stays_with_root(void **state)
{
	struct plan *plan;

	(void)state;
	kit_machine_with_cell(&kit, MEM_SHARED);
	plan = kit_build(&kit, OK);
	expect_map(plan, 0, KIT_RAM, KIT_RAM, PT_READ | PT_WRITE | PT_EXECUTE);
	expect_map(plan, 1, 0, KIT_RAM, PT_READ | PT_WRITE | PT_EXECUTE);
	assert_non_null(plan_find_dma(plan, 0, KIT_RAM));
	assert_null(plan_find_dma(plan, 1, 0));
	free(plan);
}

static void a_loadable_cell_lends_to_roots_processors(void **state)
{
	struct plan *plan;

	(void)state;
	kit_machine_with_cell(&kit, MEM_LOAD | MEM_DMA);
	plan = kit_build(&kit, OK);
	assert_null(plan_find_map(plan, 0, KIT_RAM));
	free(plan);
	kit.input.loadable = 1U << 1;
	plan = kit_build(&kit, OK);
	expect_map(plan, 0, KIT_RAM, KIT_RAM, PT_READ | PT_WRITE);
	assert_int_equal(plan_find_map(plan, 0, KIT_RAM)->owner, 1);
	assert_int_equal(plan_find_map(plan, 0, KIT_RAM)->region, 0);
	assert_null(plan_find_dma(plan, 0, KIT_RAM));
	assert_non_null(plan_find_dma(plan, 1, 0));
	free(plan);
}

/* Only where root's own config has the memory, once per page, and never what is not LOADABLE. */
static void a_loan_has_bounds(void **state)
{
	struct plan *plan;

	(void)state;
	kit_machine(&kit);
	kit_cell(&kit, 1, "one", 0x8);
	kit.input.loadable = 1U << 1;
	kit_map(&kit, 1, 1023 * MB, 0, 2 * MB, MEM_RWX | MEM_LOAD);
	kit_map(&kit, 1, 1023 * MB, 16 * MB, MB, MEM_RWX | MEM_LOAD);
	kit_map(&kit, 1, KIT_RAM, 32 * MB, MB, MEM_RWX);
	plan = kit_build(&kit, OK);
	expect_map(plan, 0, 1024 * MB - 1, 1024 * MB - 1, PT_READ | PT_WRITE);
	assert_null(plan_find_map(plan, 0, 1024 * MB));
	assert_null(plan_find_map(plan, 0, KIT_RAM));
	free(plan);
}

static void comm_region(void **state)
{
	struct plan *plan;
	const struct plan_map *map;

	(void)state;
	kit_machine_with_cell(&kit, 0);
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
	/* The erratum is the CPU's: for devices the pages are like those beside them. */
	kit.cells[0].memory[3].flags |= MEM_DMA;
	kit.cells[0].memory[4].flags |= MEM_DMA;
	plan = kit_build(&kit, OK);
	assert_int_equal(plan->dma.count, 1);
	assert_int_equal(plan_find_dma(plan, 0, 0x402000)->kind, PLAN_MAP_MEMORY);
	assert_int_equal(plan_find_map(plan, 0, 0x402000)->kind, PLAN_MAP_NO_HUGE);
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
	/* Of several the first is told. */
	kit_map(&kit, 0, 0x900000, 0x400000, 0x2000, MEM_RW);
	kit_map(&kit, 0, 0xa00000, 0x400000, 0x1000, MEM_R);
	plan = kit_build(&kit, STATUS_PLAN_OVERLAP);
	assert_int_equal(plan_build(plan, &kit.input, &refusal), STATUS_PLAN_OVERLAP);
	assert_int_equal(refusal.index, 1);
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(root_alone),
		cmocka_unit_test(a_cell_takes_memory_from_root),
		cmocka_unit_test(shared_memory_stays_with_root),
		cmocka_unit_test(a_loadable_cell_lends_to_roots_processors),
		cmocka_unit_test(a_loan_has_bounds),
		cmocka_unit_test(comm_region),
		cmocka_unit_test(neighbours_are_joined),
		cmocka_unit_test(overlap_is_refused),
		cmocka_unit_test(empty_regions_are_nothing),
		cmocka_unit_test(device_memory),
	};

	return cmocka_run_group_tests_name("plan/plan_memory", tests, NULL, NULL);
}
