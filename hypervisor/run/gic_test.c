// SPDX-License-Identifier: GPL-2.0
/* The distributor in front of a cell: its own interrupts and no others. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <run/gic_cell_kit.h>

static void grants(void **state)
{
	u32 more[GIC_WORDS] = {[0] = 0xffffffff, [1] = 0x100, [31] = 0xffffffff},
	    changed[GIC_WORDS];

	view.enabled[1] = 0xf01;
	grant(&view, more, changed);
	/* the kick and the special ids stay out, even when asked for */
	assert_int_equal(view.ids[0], 0xffff7fff);
	assert_int_equal(view.ids[31], 0x0fffffff);
	assert_int_equal(changed[0], 0xffff7fff);
	assert_int_equal(changed[1], 0xe01);
	assert_int_equal(changed[2], 0x80000000);
	assert_int_equal(changed[31], 0x07ffffff);
	assert_int_equal(view.enabled[1], 0x100);
	assert_int_equal(changed[3], 0);
}

/* A program that never writes GICD_CTLR has its interrupts, and nothing is left of one before it. */
static void start_is_on(void **state)
{
	view.on = false;
	view.control = 0;
	memset(view.enabled, 0xff, sizeof(view.enabled));
	gic_start(&view);
	assert_true(view.on);
	for (unsigned i = 0; i < GIC_WORDS; i++)
		assert_int_equal(view.enabled[i], 0);
	assert_int_equal(read(GICD_CTLR_REG, 4) & 3,
			 view.version == 3 ? GICD_CTLR_GROUP1 : GICD_CTLR_GROUP0);
	assert_int_equal(write(GICD_ISENABLER_REG + 4, 4, 0xf00), GIC_WRITE);
	expect(GICD_ISENABLER_REG + 4, 0xf00);
	/* what Jailhouse's own inmates and Linux write changes nothing */
	nothing_reaches_the_hardware(GICD_CTLR_REG, 4);
	assert_true(view.on);
	assert_int_equal(write(GICD_CTLR_REG, 4, 0), GIC_SWITCH);
	assert_false(view.on);
}

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

static void groups_are_fixed(void **state)
{
	assert_int_equal(read(GICD_IGROUPR_REG + 4, 4), 0xf01);
	assert_int_equal(read(GICD_IGROUPR_REG, 4), 0);
	nothing_reaches_the_hardware(GICD_IGROUPR_REG + 4, 4);
	nothing_reaches_the_hardware(0xd04, 4);	/* modifier, and non-secure access control */
	nothing_reaches_the_hardware(0xe04, 4);
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

static void routes(void **state)
{
	assert_int_equal(write(0x6000 + 8 * 40, 8, 0x11), GIC_WRITE);
	expect(0x6000 + 8 * 40, 0x11);
	assert_int_equal(write(0x6000 + 8 * 1019, 8, 0x1), GIC_WRITE);
	assert_int_equal(write(0x6000 + 8 * 40, 4, 0x1), GIC_WRITE);
	expect(0x6000 + 8 * 40, 0x1);
	/* another cell's CPU, nobody's, any CPU, high half, foreign interrupt, private and special
	 * ones */
	assert_int_equal(write(0x6000 + 8 * 40, 8, 0x0), GIC_NOTHING);
	assert_int_equal(write(0x6000 + 8 * 40, 8, 0x12), GIC_NOTHING);
	assert_int_equal(write(0x6000 + 8 * 40, 8, 0x101), GIC_NOTHING);
	assert_int_equal(write(0x6000 + 8 * 40, 8, 0x100000001ULL), GIC_NOTHING);
	assert_int_equal(write(0x6000 + 8 * 40, 8, 0x80000001), GIC_NOTHING);
	assert_int_equal(write(0x6000 + 8 * 40 + 4, 4, 0), GIC_NOTHING);
	assert_int_equal(write(0x6000 + 8 * 44, 8, 0x1), GIC_NOTHING);
	assert_int_equal(write(0x6000 + 8 * 31, 8, 0x1), GIC_NOTHING);
	assert_int_equal(write(0x6000 + 8 * 1020, 8, 0x1), GIC_NOTHING);
	assert_int_equal(write(0x8000, 8, 0x1), GIC_NOTHING);
	gic_kit_put(&kit, 0x6000 + 8 * 41, 8, 0xffffffffffffffffULL);
	gic_kit_put(&kit, 0x6000 + 8 * 44, 8, 0xffffffffffffffffULL);
	assert_int_equal(read(0x6000 + 8 * 41, 8), 0xff00ffffffULL);
	assert_int_equal(read(0x6000 + 8 * 41, 4), 0xffffff);
	assert_int_equal(read(0x6004 + 8 * 41, 4), 0xff);
	assert_int_equal(read(0x6000 + 8 * 44, 8), 0);
}

static void messages(void **state)
{
	const u32 registers[] = { GICD_SETSPI_REG, GICD_CLRSPI_REG };

	for (unsigned i = 0; i < 2; i++) {
		assert_int_equal(write(registers[i], 4, 32), GIC_WRITE);
		assert_int_equal(write(registers[i], 4, 1019), GIC_WRITE);
		assert_int_equal(write(registers[i], 4, 31), GIC_NOTHING);
		assert_int_equal(write(registers[i], 4, 33), GIC_NOTHING);
		assert_int_equal(write(registers[i], 4, 1020), GIC_NOTHING);
		assert_int_equal(write(registers[i] + 0x10, 4, 32), GIC_NOTHING);
		assert_int_equal(read(registers[i], 4), 0);
	}
}

static void switching_off_withholds(void **state)
{
	assert_int_equal(write(GICD_ISENABLER_REG + 4, 4, 0xffffffff), GIC_WRITE);
	assert_int_equal(write(GICD_CTLR_REG, 4, 0), GIC_SWITCH);
	assert_false(view.on);
	/* what is enabled now waits; what the hardware says is not asked */
	assert_int_equal(write(GICD_ICENABLER_REG + 4, 4, 0x100), GIC_WRITE);
	nothing_reaches_the_hardware(GICD_ISENABLER_REG + 8, 4);
	gic_kit_put(&kit, GICD_ISENABLER_REG + 4, 4, 0xffffffff);
	assert_int_equal(read(GICD_ISENABLER_REG + 4, 4), 0xe01);
	assert_int_equal(read(GICD_ICENABLER_REG + 8, 4), 0x80000000);
	assert_int_equal(read(GICD_CTLR_REG, 4), 0);
	assert_int_equal(write(GICD_CTLR_REG, 4, 1), GIC_NOTHING);
	assert_int_equal(write(GICD_CTLR_REG, 4, 0x13), GIC_SWITCH);
	assert_true(view.on);
	assert_int_equal(view.enabled[1], 0xe01);
	assert_int_equal(view.enabled[2], 0x80000000);
	gic_kit_put(&kit, GICD_CTLR_REG, 4, 0xffffffff);
	assert_int_equal(read(GICD_CTLR_REG, 4), 0x80000053);
	assert_int_equal(write(GICD_CTLR_REG, 4, 0x11), GIC_SWITCH);
	assert_int_equal(read(GICD_CTLR_REG, 4), 0x80000051);
}

static void facts(void **state)
{
	memset(kit.regs, 0xff, 0x20);
	gic_kit_put(&kit, 4, 4, 0xffffffff);
	gic_kit_put(&kit, 8, 4, 0x12345678);
	gic_kit_put(&kit, GICD_PIDR2_REG, 4, 0x3b);
	assert_int_equal(read(GICD_TYPER_REG, 4),
			 0x07f9feff); /* no LPIs, nothing beyond, no 1 of N */
	gic_kit_put(&kit, 4, 4, 0);
	assert_int_equal(read(GICD_TYPER_REG, 4), 0x02000000);
	assert_int_equal(read(GICD_IIDR_REG, 4), 0x12345678);
	assert_int_equal(read(0xc, 4), 0);
	assert_int_equal(read(0x10, 4), 0);
	assert_int_equal(read(GICD_PIDR2_REG, 4), 0x3b);
	nothing_reaches_the_hardware(GICD_TYPER_REG, 4);
	nothing_reaches_the_hardware(0x10, 4);
	nothing_reaches_the_hardware(GICD_PIDR2_REG, 4);
	/* extended SPIs, GICv2's registers */
	for (u32 offset = 0x1000; offset < 0x6000; offset += 4) {
		nothing_reaches_the_hardware(offset, 4);
		assert_int_equal(read(offset, 4), 0);
	}
	for (u32 offset = 0x800; offset < 0xc00; offset++)
		nothing_reaches_the_hardware(offset, 1);
	for (u32 offset = 0xf00; offset < 0x1000; offset += 4) {
		nothing_reaches_the_hardware(offset, 4);
		assert_int_equal(read(offset, 4), 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(grants, version3),
		cmocka_unit_test_setup(start_is_on, version3),
		cmocka_unit_test_setup(start_is_on, version2),
		cmocka_unit_test_setup(bits_are_masked, version3),
		cmocka_unit_test_setup(groups_are_fixed, version3),
		cmocka_unit_test_setup(priorities, version3),
		cmocka_unit_test_setup(trigger_kinds, version3),
		cmocka_unit_test_setup(routes, version3),
		cmocka_unit_test_setup(messages, version3),
		cmocka_unit_test_setup(switching_off_withholds, version3),
		cmocka_unit_test_setup(facts, version3),
	};

	return cmocka_run_group_tests_name("run/gic", tests, NULL, NULL);
}
