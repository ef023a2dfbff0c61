// SPDX-License-Identifier: GPL-2.0
/* The redistributors that a cell sees: its CPUs' own interrupts, and sleep. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <run/gic_cell_kit.h>

/* Constant bits and those that come from the hardware. */
static u64 redist_read(u32 offset, unsigned width, bool own)
{
	const bool awake = false;
	u64 value = 0, mask = gic_redist_read(&redist, offset, width, own ? &awake : NULL, &value);

	return value | mask;
}

static enum gic_act redist_write(u32 offset, unsigned width, u32 value, struct gic_write *write)
{
	bool asleep = false;

	*write = (struct gic_write){ .offset = offset, .value = value };
	return gic_redist_write(&redist, write, width, &asleep);
}

static void redistributor_facts(void **state)
{
	assert_int_equal(gic_redist_type(~0ULL), 0xffffffff00ffff12ULL);
	for (int own = 0; own < 2; own++) {
		assert_int_equal(redist_read(GICR_TYPER_REG, 8, own), 0);
		assert_int_equal(redist_read(GICR_IIDR_REG, 4, own), 0xffffffff);
		assert_int_equal(redist_read(0xffe8, 4, own), 0xffffffff);
		assert_int_equal(redist_read(GICR_CTLR_REG, 4, own), own ? 0x80000008 : 0);
		/* LPI tables */
		assert_int_equal(redist_read(0x70, 8, own), 0);
		assert_int_equal(redist_read(0x78, 8, own), 0);
		assert_int_equal(redist_read(0x20000, 4, own), 0);
	}
}

static void redistributor_arrays(void **state)
{
	struct gic_write write;

	assert_int_equal(redist_read(0x10100, 4, true), 0xffff7fff);
	assert_int_equal(redist_read(0x10100, 4, false), 0);
	assert_int_equal(redist_read(0x10104, 4, true), 0);
	assert_int_equal(redist_read(0x10080, 4, true), 0xffff7fff);
	assert_int_equal(redist_read(0x1040c, 4, true), 0x00ffffff);
	assert_int_equal(redist_read(0x10000, 4, true), 0);
	assert_int_equal(redist_write(0x10200, 4, ~0U, &write), GIC_WRITE);
	assert_int_equal(write.offset, 0x200);
	assert_int_equal(write.value, 0xffff7fff);
	assert_int_equal(redist_write(0x10080, 4, 0, &write), GIC_NOTHING);
	assert_int_equal(redist_write(0x1040f, 1, 0xff, &write), GIC_NOTHING);
	assert_int_equal(redist_write(0x1040e, 1, 0xff, &write), GIC_BYTES);
	assert_int_equal(redist_write(0x10c00, 4, ~0U, &write), GIC_MERGE);
	assert_int_equal(write.mask, 0x3fffffff);
	assert_int_equal(redist_write(0x10000, 4, ~0U, &write), GIC_NOTHING);
	/* enabling LPIs, and their tables */
	assert_int_equal(redist_write(GICR_CTLR_REG, 4, 1, &write), GIC_NOTHING);
	assert_int_equal(redist_write(0x70, 8, ~0U, &write), GIC_NOTHING);
}

static void sleep_is_pretended(void **state)
{
	struct gic_write write = { .offset = GICR_WAKER_REG, .value = 2 };
	bool asleep = false;
	u64 value = 0;

	assert_int_equal(gic_redist_write(&redist, &write, 4, &asleep), GIC_NOTHING);
	assert_true(asleep);
	assert_int_equal(gic_redist_read(&redist, GICR_WAKER_REG, 4, &asleep, &value), 0);
	assert_int_equal(value, 6);
	value = 0;
	assert_int_equal(gic_redist_read(&redist, GICR_WAKER_REG, 4, NULL, &value), 0);
	assert_int_equal(value, 0);
	write.value = 0;
	assert_int_equal(gic_redist_write(&redist, &write, 4, &asleep), GIC_NOTHING);
	assert_false(asleep);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(redistributor_facts, version3),
		cmocka_unit_test_setup(redistributor_arrays, version3),
		cmocka_unit_test_setup(sleep_is_pretended, version3),
	};

	return cmocka_run_group_tests_name("run/gic_redist", tests, NULL, NULL);
}
