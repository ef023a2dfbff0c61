// SPDX-License-Identifier: GPL-2.0
/* Device table entries against numbers from the manual, and the size of the table. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <dev/iommu/amdvi/amdvi.h>

static void entries(void **state)
{
	struct amdvi_dte dte = amdvi_dte_blocked();

	(void)state;
	assert_true(dte.q[0] == 3 && !dte.q[1] && !dte.q[2] && !dte.q[3]);
	dte = amdvi_dte_domain(PHYS(0x123456789000), 4, 0xffff);
	assert_true(dte.q[0] == 0x6000000000000803ULL + 0x123456789000);
	assert_true(dte.q[1] == 0xffff && !dte.q[2] && !dte.q[3]);
}

struct tables_world {
	struct pool pool;
	u8 owners[16];
	struct {
		struct plan plan;
		struct plan_device device;
	} plan;
	struct iommu_domain domains[CONFIG_MAX_CELLS];
	struct iommu_tables tables;
};

static enum status build(struct tables_world *world, u16 bdf, u32 pages)
{
	static u8 memory[16][PAGE_SIZE] __attribute__((aligned(4096)));
	const struct iommu_unit unit = { .ops = &iommu_amdvi, .pool = &world->pool, .caps.coherent = true };

	pool_init(&world->pool, memory, 0x100000, world->owners, pages);
	world->plan.plan.devices = (struct plan_array) {
		.offset = offsetof(typeof(world->plan), device), .count = 1,
	};
	world->plan.device.bdf = bdf;
	world->plan.device.type = JAILHOUSE_PCI_TYPE_DEVICE;
	return iommu_build(&unit, &world->plan.plan, world->domains, 5, &world->tables);
}

/* Whole buses, so that no id of the last bus is beyond the table. */
static void size_follows_the_highest_id(void **state)
{
	struct tables_world world = {
		.domains = { { .root = PHYS(0x5000), .levels = 4, .id = 1 } },
	};

	(void)state;
	assert_int_equal(build(&world, 0x0000, 16), OK);
	assert_true(world.pool.used == 2 && world.tables.table.value == 0x100001);
	assert_int_equal(build(&world, 0x00ff, 16), OK);
	assert_true(world.pool.used == 2 && world.tables.table.value == 0x100001);
	assert_int_equal(build(&world, 0x0100, 16), OK);
	assert_true(world.pool.used == 4 && world.tables.table.value == 0x100003);
	assert_int_equal(amdvi_devtab_entries(world.tables.table.value), 512);
	assert_int_equal(build(&world, 0x0100, 3), STATUS_NO_MEMORY);
	/* Of another unit's devices there is none in it. */
	world.plan.device.unit = 1;
	assert_int_equal(build(&world, 0x0100, 16), OK);
	assert_true(world.pool.used == 2 && world.tables.table.value == 0x100001);
}

static void every_entry_is_listed_or_blocked(void **state)
{
	struct tables_world world = {
		.domains = { { .root = PHYS(0x5000), .levels = 4, .id = 1 } },
	};
	const struct amdvi_dte *table;

	(void)state;
	assert_int_equal(build(&world, 0x0042, 16), OK);
	table = pool_virt(&world.pool, 0x100000);
	for (u32 id = 0; id < 256; id++) {
		struct amdvi_dte expected = id == 0x42 ? amdvi_dte_domain(PHYS(0x5000), 4, 1)
						       : amdvi_dte_blocked();

		assert_memory_equal(&table[id], &expected, sizeof(expected));
	}
}

static void domain_must_have_an_id(void **state)
{
	struct tables_world world = { .domains = { { .root = PHYS(0x5000), .levels = 4 } } };

	(void)state;
	assert_int_equal(build(&world, 0, 16), IOMMU_DOMAIN);
	world.domains[0].root.value = 0;
	assert_int_equal(build(&world, 0, 16), OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(entries),
		cmocka_unit_test(size_follows_the_highest_id),
		cmocka_unit_test(every_entry_is_listed_or_blocked),
		cmocka_unit_test(domain_must_have_an_id),
	};

	return cmocka_run_group_tests_name("dev/iommu/amdvi_tables", tests, NULL, NULL);
}
