// SPDX-License-Identifier: GPL-2.0
/* Which CPUs an SGI reaches, by affinity. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <run/gic_cell_kit.h>

static void expect_sgi(u64 self, u64 value, u64 first, u64 second, u16 foreign)
{
	unsigned next = 0;
	u32 outside = 0;

	assert_int_equal(gic_sgi(&map, CELL, self, value, &next, &outside), first);
	assert_int_equal(first ? gic_sgi(&map, CELL, self, value, &next, &outside) : 0, second);
	assert_int_equal(second ? gic_sgi(&map, CELL, self, value, &next, &outside) : 0, 0);
	assert_int_equal(outside, foreign);
}

static void sgis(void **state)
{
	expect_sgi(1, 0x03000002, 0x03000002, 0, 0);
	expect_sgi(1, 0x0300ffff, 0x03000002, 0, 0xfffd);
	/* range selector: CPU 17 is bit 1 of range 1 */
	expect_sgi(1, 0x03000002 | 1ULL << 44, 0x03000002 | 1ULL << 44, 0, 0);
	expect_sgi(1, 0x03000004 | 1ULL << 44, 0, 0, 4);
	/* other affinities */
	expect_sgi(1, 0x03010002, 0, 0, 2);
	expect_sgi(1, 0x03000002 | 1ULL << 32, 0, 0, 2);
	expect_sgi(1, 0x03000002 | 1ULL << 48, 0, 0, 2);
	/* all others of the cell, from either CPU */
	expect_sgi(1, 0x05000000 | 1ULL << 40, 0x05000002 | 1ULL << 44, 0, 0);
	expect_sgi(0x11, 0x05000000 | 1ULL << 40, 0x05000002, 0, 0);
	expect_sgi(0x1f, 0x05000000 | 1ULL << 40, 0x05000002, 0x05000002 | 1ULL << 44, 0);
	expect_sgi(1, 0x0f000002, 0, 0, 0);
	expect_sgi(1, 0x0f000000 | 1ULL << 40, 0, 0, 0);
	expect_sgi(1, 0x03000000, 0, 0, 0);
}

static void clusters(void **state)
{
	assert_true(gic_map_has(&map, CELL, 0x11));
	assert_false(gic_map_has(&map, CELL, 0x12));
	assert_true(gic_map_has(&map, 0, 0x12));
	gic_map_clear(&map, CELL);
	assert_false(gic_map_has(&map, CELL, 0x11));
	assert_true(gic_map_has(&map, 0, 0x12));
	memset(&map, 0, sizeof(map));
	for (u64 i = 0; i < GIC_CLUSTERS; i++)
		assert_true(gic_map_add(&map, 1, i << 8));
	assert_true(gic_map_add(&map, 1, 0x3f0f));
	assert_false(gic_map_add(&map, 1, 0x4000));
	assert_false(gic_map_has(&map, 1, 0x4000));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(sgis, version3),
		cmocka_unit_test_setup(clusters, version3),
	};

	return cmocka_run_group_tests_name("run/gic_map", tests, NULL, NULL);
}
