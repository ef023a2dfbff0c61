// SPDX-License-Identifier: GPL-2.0
/* Root and context entries against numbers from the manual and from a running machine. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include <dev/iommu/vtd/vtd.h>

/* CAP and ECAP of QEMU's unit, with queue and without interrupt remapping. */
#define QEMU_CAP 0x00d2008c222f0606ULL
#define QEMU_ECAP 0x00f00f4aULL

static void qemu_capabilities(void **state)
{
	(void)state;
	assert_int_equal(vtd_fault_records(QEMU_CAP), 1);
	assert_int_equal(vtd_fault_offset(QEMU_CAP, 0), 0x220);
	assert_int_equal(vtd_iotlb_offset(QEMU_ECAP), 0xf8);
	assert_int_equal(vtd_domains(QEMU_CAP), 65536);
	assert_true(QEMU_CAP & VTD_CAP_SAGAW_39);
	assert_true(QEMU_CAP & VTD_CAP_SAGAW_48);
	assert_true(QEMU_CAP & VTD_CAP_SLLPS_2M);
	assert_true(QEMU_CAP & VTD_CAP_SLLPS_1G);
	assert_false(QEMU_CAP & VTD_CAP_RWBF);
	assert_true(QEMU_ECAP & VTD_ECAP_QI);
	assert_false(QEMU_ECAP & VTD_ECAP_C);
}

static void records_at_both_ends(void **state)
{
	(void)state;
	assert_int_equal(vtd_fault_records(0), 1);
	assert_int_equal(vtd_fault_records(0xffULL << 40), 256);
	assert_int_equal(vtd_fault_offset(0x3ffULL << 24, 255), 0x3ff0 + 0xff0);
	assert_int_equal(vtd_domains(0), 16);
}

static void entries(void **state)
{
	struct vtd_entry entry = vtd_root_entry(PHYS(0x12345000));

	(void)state;
	assert_true(entry.lo == 0x12345001 && entry.hi == 0);
	entry = vtd_context_entry(PHYS(0x123456789000), 4, 0xffff);
	assert_true(entry.lo == 0x123456789001 && entry.hi == 0xffff02);
	entry = vtd_context_entry(PHYS(0x1000), 3, 1);
	assert_true(entry.lo == 0x1001 && entry.hi == 0x101);
}

struct tables_world {
	struct pool pool;
	u8 owners[8];
	struct {
		struct plan plan;
		struct plan_device devices[2];
	} plan;
	struct iommu_domain domains[CONFIG_MAX_CELLS];
};

/* For a unit with 16 domain ids. */
static enum status build(struct tables_world *world, u32 pages)
{
	static u8 memory[8][PAGE_SIZE] __attribute__((aligned(4096)));
	const struct iommu_unit unit = { .ops = &iommu_vtd, .pool = &world->pool, .caps.coherent = true };
	struct iommu_tables tables;

	pool_init(&world->pool, memory, 0x100000, world->owners, pages);
	world->plan.plan.devices = (struct plan_array) {
		.offset = offsetof(typeof(world->plan), devices), .count = 2,
	};
	return iommu_build(&unit, &world->plan.plan, world->domains, 5, &tables);
}

static struct tables_world two_buses(void)
{
	return (struct tables_world) {
		.plan.devices = {
			{ .bdf = 0x0008, .cell = 0, .type = JAILHOUSE_PCI_TYPE_DEVICE },
			{ .bdf = 0xff08, .cell = 0, .type = JAILHOUSE_PCI_TYPE_BRIDGE },
		},
		.domains = { { .root = PHYS(0x5000), .levels = 4, .id = 15 } },
	};
}

static void one_page_per_bus(void **state)
{
	struct tables_world world = two_buses();

	(void)state;
	assert_int_equal(build(&world, 3), OK);
	assert_int_equal(world.pool.used, 3);
	assert_int_equal(build(&world, 2), STATUS_NO_MEMORY);
	assert_int_equal(build(&world, 1), STATUS_NO_MEMORY);
}

static void no_page_for_a_bus_without_dma(void **state)
{
	struct tables_world world = two_buses();

	(void)state;
	world.plan.devices[1].type = JAILHOUSE_PCI_TYPE_IVSHMEM;
	assert_int_equal(build(&world, 8), OK);
	assert_int_equal(world.pool.used, 2);
	world.plan.devices[0].unit = 1;
	assert_int_equal(build(&world, 8), OK);
	assert_int_equal(world.pool.used, 1);
}

static void domain_ids_end(void **state)
{
	struct tables_world world = two_buses();

	(void)state;
	assert_int_equal(build(&world, 3), OK);
	world.domains[0].id = 16;
	assert_int_equal(build(&world, 3), IOMMU_DOMAIN);
	world.domains[0].id = 15;
	world.domains[0].levels = 5;
	assert_int_equal(build(&world, 3), IOMMU_DOMAIN);
	world.domains[0].levels = 3;
	assert_int_equal(build(&world, 3), OK);
	world.domains[0].id = 0;
	assert_int_equal(build(&world, 3), IOMMU_DOMAIN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(qemu_capabilities),
		cmocka_unit_test(records_at_both_ends),
		cmocka_unit_test(entries),
		cmocka_unit_test(one_page_per_bus),
		cmocka_unit_test(no_page_for_a_bus_without_dma),
		cmocka_unit_test(domain_ids_end),
	};

	return cmocka_run_group_tests_name("dev/iommu/vtd_tables", tests, NULL, NULL);
}
