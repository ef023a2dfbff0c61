// SPDX-License-Identifier: GPL-2.0
/* Registers with bits or fields for each id: what a cell changes and sees of them. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <run/gic_cell_kit.h>

#define ROUTE(id)	(GICD_IROUTER_REG + 8 * (id))

static void bits_are_masked(void **state)
{
	const u32 arrays[] = { 0x200, 0x280, 0x300, 0x380, 0x100, 0x180 };

	for (unsigned i = 0; i < 6; i++) {
		assert_int_equal(write(arrays[i] + 4, 4, ~0U), GIC_WRITE);
		expect(arrays[i] + 4, 0xf01);
		assert_int_equal(write(arrays[i] + 8, 4, 0x80000001), GIC_WRITE);
		expect(arrays[i] + 8, 0x80000000);
		assert_int_equal(write(arrays[i] + 0x7c, 4, ~0U), GIC_WRITE);
		expect(arrays[i] + 0x7c, 0x08000000);
		nothing_reaches_the_hardware(arrays[i], 4);
		nothing_reaches_the_hardware(arrays[i] + 12, 4);
		nothing_reaches_the_hardware(arrays[i] + 4, 1);
		nothing_reaches_the_hardware(arrays[i] + 2, 4);
		gic_kit_put(&kit, arrays[i] + 4, 4, 0xffffffff);
		assert_int_equal(read(arrays[i] + 4, 4), 0xf01);
		assert_int_equal(read(arrays[i], 4), 0);
		assert_int_equal(read(arrays[i] + 5, 1), 0);
	}
}

static void priorities(void **state)
{
	gic_kit_put(&kit, 0x428, 4, 0x44332211);
	assert_int_equal(write(0x428, 4, 0x0fa01000), GIC_BYTES);
	expect(0x428, 0x10a01010);
	assert_int_equal(read(0x428, 4), 0x10a01010);
	gic_kit_put(&kit, 0x45c, 4, 0x44332211);
	assert_int_equal(write(0x45c, 4, 0x80808080), GIC_BYTES);
	expect(0x45c, 0x80332211);
	assert_int_equal(read(0x45c, 4), 0x80000000);
	/* 1019 is the last one */
	assert_int_equal(write(0x7fb, 1, 0x20), GIC_BYTES);
	assert_int_equal(read(0x7fb, 1), 0x20);
	nothing_reaches_the_hardware(0x7fc, 1);
	nothing_reaches_the_hardware(0x45e, 1);
	nothing_reaches_the_hardware(0x400 + 31, 1);
	assert_int_equal(write(0x400 + 32, 1, 0), GIC_BYTES);
	expect(0x420, 0x10);
	nothing_reaches_the_hardware(0x428, 2);
	nothing_reaches_the_hardware(0x428, 8);
	assert_int_equal(read(0x45d, 1), 0);
}

static void trigger_kinds(void **state)
{
	gic_kit_put(&kit, 0xc08, 4, 0x55555555);
	assert_int_equal(write(0xc08, 4, 0xaaaaaaaa), GIC_MERGE);
	expect(0xc08, 0x55aa5556);
	assert_int_equal(read(0xc08, 4), 0x00aa0002);
	nothing_reaches_the_hardware(0xc04, 4);
	nothing_reaches_the_hardware(0xc08, 1);
	assert_int_equal(write(0xcfc, 4, ~0U), GIC_MERGE);
	expect(0xcfc, 0x00c00000);
}

/* The cell's SPIs to its CPUs, by whole registers and by low halves. */
static void routes(void **state)
{
	assert_int_equal(write(ROUTE(40), 8, 0x11), GIC_WRITE);
	expect(ROUTE(40), 0x11);
	assert_int_equal(write(ROUTE(1019), 8, 0x1), GIC_WRITE);
	assert_int_equal(write(ROUTE(40), 4, 0x1), GIC_WRITE);
	expect(ROUTE(40), 0x1);
	gic_kit_put(&kit, ROUTE(41), 8, 0xffffffffffffffffULL);
	gic_kit_put(&kit, ROUTE(44), 8, 0xffffffffffffffffULL);
	assert_int_equal(read(ROUTE(41), 8), 0xff00ffffffULL);
	assert_int_equal(read(ROUTE(41), 4), 0xffffff);
	assert_int_equal(read(ROUTE(41) + 4, 4), 0xff);
	assert_int_equal(read(ROUTE(44), 8), 0);
}

static void foreign_routes(void **state)
{
	static const struct { u32 offset; unsigned width; u64 value; } rows[] = {
		{ ROUTE(40), 8, 0x0 }, { ROUTE(40), 8, 0x12 },	/* another cell's CPU */
		{ ROUTE(40), 8, 0x101 }, { ROUTE(40), 8, 0x100000001ULL },	/* nobody's */
		{ ROUTE(40), 8, 0x80000001 },	/* any CPU */
		{ ROUTE(40) + 4, 4, 0 },	/* the high half */
		{ ROUTE(44), 8, 0x1 },		/* of an interrupt that is not the cell's, */
		{ ROUTE(31), 8, 0x1 },		/* of a private one, */
		{ ROUTE(1020), 8, 0x1 }, { 0x8000, 8, 0x1 },	/* of special ones */
	};

	for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(write(rows[i].offset, rows[i].width, rows[i].value), GIC_NOTHING);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(bits_are_masked, version3),
		cmocka_unit_test_setup(priorities, version3),
		cmocka_unit_test_setup(trigger_kinds, version3),
		cmocka_unit_test_setup(routes, version3),
		cmocka_unit_test_setup(foreign_routes, version3),
	};

	return cmocka_run_group_tests_name("run/gic_fields", tests, NULL, NULL);
}
