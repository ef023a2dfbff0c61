// SPDX-License-Identifier: GPL-2.0
/* What only a GICv2 has: target lists, private ids in the distributor, SGIs by it. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <run/gic_cell_kit.h>

static void v2_targets(void **state)
{
	gic_kit_put(&kit, 0x828, 4, 0x01010101);
	assert_int_equal(write(0x828, 4, 0xff021003), GIC_BYTES);
	expect(0x828, 0x12021002);
	gic_kit_put(&kit, 0x85c, 4, 0x01010101);
	assert_int_equal(write(0x85c, 4, 0xffffffff), GIC_BYTES);
	expect(0x85c, 0x12010101);
	assert_int_equal(read(0x85c, 4), 0x12000000);
	assert_int_equal(read(0x85f, 1), 0x12);
	nothing_reaches_the_hardware(0x81f, 1);
	nothing_reaches_the_hardware(0x81c, 4);
	gic_kit_put(&kit, 0x80c, 4, 0x02020202);
	assert_int_equal(read(0x80c, 4), 0x00020202);
}

static void v2_private(void **state)
{
	assert_int_equal(write(GICD_ISENABLER_REG, 4, ~0U), GIC_WRITE);
	expect(GICD_ISENABLER_REG, 0xffff7fff);
	assert_int_equal(read(GICD_ISENABLER_REG, 4), 0xffff7fff);
	assert_int_equal(write(GICD_CTLR_REG, 4, 0), GIC_SWITCH);
	/* private ids are not withheld */
	assert_int_equal(write(GICD_ISENABLER_REG, 4, 1U << 27), GIC_WRITE);
	assert_int_equal(read(GICD_IGROUPR_REG + 4, 4), 0);
	assert_int_equal(write(0x40c, 4, 0x55555555), GIC_BYTES);
	expect(0x40c, 0x00555555);
	assert_int_equal(write(GICD_CTLR_REG, 4, 2), GIC_NOTHING);
	assert_int_equal(write(GICD_CTLR_REG, 4, 1), GIC_SWITCH);
	assert_int_equal(read(GICD_CTLR_REG, 4), 1);
	nothing_reaches_the_hardware(0x6000 + 8 * 40, 8);
	nothing_reaches_the_hardware(GICD_SETSPI_REG, 4);
	gic_kit_put(&kit, GICV2_PIDR2_REG, 4, 0x2b);
	assert_int_equal(read(GICV2_PIDR2_REG, 4), 0x2b);
	assert_int_equal(read(0xf80, 4), 0);
}

/* What is sent instead of a value, 0: nothing, and the CPUs it names outside the cell. */
static void expect_sgi(u32 value, u32 sent, u32 foreign)
{
	struct gic_write write = { .offset = GICD_SGIR_REG, .value = value };
	enum gic_act act = gic_kit_perform(&kit, gic_write(&view, &write, 4, 0x02), &write);

	assert_null(kit.fault);
	assert_int_equal(act, sent ? GIC_WRITE : GIC_NOTHING);
	assert_int_equal(write.foreign, foreign);
	if (act == GIC_WRITE)
		assert_int_equal(write.value, sent);
}

static void v2_sgis(void **state)
{
	const struct { u32 value, sent, foreign; } rows[] = {
		{ 0x00120003, 0x00120003, 0 },	/* a list */
		{ 0x00ff0003, 0x00120003, 0xed },	/* more than the cell has */
		{ 0x00120003 | 0x8000, 0x00120003, 0 },
		{ 0x01ff0004, 0x00100004, 0 },	/* all but self, which is 0x02 */
		{ 0x02000005, 0x00020005, 0 },	/* self */
		{ 0x00ed0003, 0, 0xed }, { 0x03ff0003, 0, 0 }, { 0x0012000f, 0, 0 }, { 0x0200000f, 0, 0 },
	};

	for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		expect_sgi(rows[i].value, rows[i].sent, rows[i].foreign);
	assert_int_equal(write(0xf10, 4, ~0U), GIC_WRITE);
	assert_int_equal(write(0xf2c, 4, 0x01010101), GIC_WRITE);
	nothing_reaches_the_hardware(0xf30, 4);
	assert_int_equal(read(GICD_SGIR_REG, 4), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(v2_targets, version2),
		cmocka_unit_test_setup(v2_private, version2),
		cmocka_unit_test_setup(v2_sgis, version2),
	};

	return cmocka_run_group_tests_name("run/gic_v2", tests, NULL, NULL);
}
