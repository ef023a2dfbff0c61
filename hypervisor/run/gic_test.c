// SPDX-License-Identifier: GPL-2.0
/* What a cell owns of a distributor, and switches on and off. */
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

static void groups_are_fixed(void **state)
{
	assert_int_equal(read(GICD_IGROUPR_REG + 4, 4), 0xf01);
	assert_int_equal(read(GICD_IGROUPR_REG, 4), 0);
	nothing_reaches_the_hardware(GICD_IGROUPR_REG + 4, 4);
	nothing_reaches_the_hardware(0xd04, 4);	/* modifier, and non-secure access control */
	nothing_reaches_the_hardware(0xe04, 4);
}

static void messages(void **state)
{
	const u32 registers[] = { GICD_SETSPI_REG, GICD_CLRSPI_REG };

	for (unsigned i = 0; i < 2; i++) {
		assert_int_equal(write(registers[i], 4, 32), GIC_WRITE);
		assert_int_equal(write(registers[i], 4, 1019), GIC_WRITE);
		assert_int_equal(write(registers[i], 2, 1019), GIC_WRITE);
		assert_int_equal(write(registers[i], 2, 33), GIC_NOTHING);
		assert_int_equal(write(registers[i], 1, 32), GIC_NOTHING);
		assert_int_equal(write(registers[i] + 2, 2, 32), GIC_NOTHING);
		assert_int_equal(write(registers[i], 4, 31), GIC_NOTHING);
		assert_int_equal(write(registers[i], 4, 33), GIC_NOTHING);
		assert_int_equal(write(registers[i], 4, 1020), GIC_NOTHING);
		assert_int_equal(write(registers[i] + 0x10, 4, 32), GIC_NOTHING);
		assert_int_equal(read(registers[i], 4), 0);
	}
}

static void facts(void **state)
{
	memset(kit.regs, 0xff, 0x20);
	gic_kit_put(&kit, 4, 4, 0xffffffff);
	gic_kit_put(&kit, 8, 4, 0x12345678);
	gic_kit_put(&kit, GICD_PIDR2_REG, 4, 0x3b);
	assert_int_equal(read(GICD_TYPER_REG, 4),
			 0x07f9fcff); /* no extended SPIs, NMIs, LPIs, nothing beyond, no 1 of N */
	gic_kit_put(&kit, 4, 4, 0);
	assert_int_equal(read(GICD_TYPER_REG, 4), 0x02000000);
	assert_int_equal(read(GICD_IIDR_REG, 4), 0x12345678);
	assert_int_equal(read(0xc, 4), 0);
	assert_int_equal(read(0x10, 4), 0);
	assert_int_equal(read(GICD_PIDR2_REG, 4), 0x3b);
	nothing_reaches_the_hardware(GICD_TYPER_REG, 4);
	nothing_reaches_the_hardware(0x10, 4);
	nothing_reaches_the_hardware(GICD_PIDR2_REG, 4);
}

/* Extended SPIs, a GICv2's registers. */
static void elsewhere_is_nothing(void **state)
{
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
		cmocka_unit_test_setup(switching_off_withholds, version3),
		cmocka_unit_test_setup(groups_are_fixed, version3),
		cmocka_unit_test_setup(messages, version3),
		cmocka_unit_test_setup(facts, version3),
		cmocka_unit_test_setup(elsewhere_is_nothing, version3),
	};

	return cmocka_run_group_tests_name("run/gic", tests, NULL, NULL);
}
