// SPDX-License-Identifier: GPL-2.0
/* Which trapped registers read as zero: all of a feature, from its first to its last, and none beside. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <arch/arm64/sysreg_map.h>

/* The syndrome of a read into x3, of the register that the assembler calls S<op0>_<op1>_C<crn>_C<crm>_<op2>. */
static u32 mrs(u32 op0, u32 op1, u32 crn, u32 crm, u32 op2)
{
	return op0 << 20 | op2 << 17 | op1 << 14 | crn << 10 | 3 << 5 | crm << 1 | 1;
}

static void activity_monitors_read_as_zero(void **state)
{
	(void)state;
	assert_true(sysreg_is_zero(mrs(3, 3, 13, 2, 0)));	/* AMCR_EL0 */
	assert_true(sysreg_is_zero(mrs(3, 3, 13, 2, 3)));	/* AMUSERENR_EL0 */
	assert_true(sysreg_is_zero(mrs(3, 3, 13, 3, 1)));	/* AMCNTENSET1_EL0 */
	assert_true(sysreg_is_zero(mrs(3, 3, 13, 4, 0)));	/* AMEVCNTR00_EL0 */
	assert_true(sysreg_is_zero(mrs(3, 3, 13, 6, 3)));	/* AMEVTYPER03_EL0 */
	assert_true(sysreg_is_zero(mrs(3, 3, 13, 15, 7)));	/* AMEVTYPER115_EL0 */
	assert_false(sysreg_is_zero(mrs(3, 3, 13, 0, 2)));	/* TPIDR_EL0 */
	assert_false(sysreg_is_zero(mrs(3, 3, 13, 1, 0)));
	assert_false(sysreg_is_zero(mrs(3, 4, 13, 8, 0)));	/* AMEVCNTVOFF00_EL2 */
	assert_false(sysreg_is_zero(mrs(3, 0, 13, 2, 0)));
	assert_false(sysreg_is_zero(mrs(3, 3, 14, 2, 0)));	/* CNTP_TVAL_EL0 */
}

static void partitions_read_as_zero(void **state)
{
	(void)state;
	assert_true(sysreg_is_zero(mrs(3, 0, 10, 5, 0)));	/* MPAM1_EL1 */
	assert_true(sysreg_is_zero(mrs(3, 0, 10, 5, 1)));	/* MPAM0_EL1 */
	assert_true(sysreg_is_zero(mrs(3, 0, 10, 5, 3)));	/* MPAMSM_EL1 */
	assert_false(sysreg_is_zero(mrs(3, 4, 10, 5, 0)));	/* MPAM2_EL2 */
	assert_false(sysreg_is_zero(mrs(3, 0, 10, 4, 3)));	/* LORC_EL1 */
	assert_false(sysreg_is_zero(mrs(3, 0, 10, 6, 0)));
}

static void branch_records_read_as_zero(void **state)
{
	(void)state;
	assert_true(sysreg_is_zero(mrs(2, 1, 8, 0, 0)));	/* BRBINF0_EL1 */
	assert_true(sysreg_is_zero(mrs(2, 1, 8, 15, 6)));	/* BRBTGT31_EL1 */
	assert_true(sysreg_is_zero(mrs(2, 1, 9, 0, 0)));	/* BRBCR_EL1 */
	assert_true(sysreg_is_zero(mrs(2, 1, 9, 2, 0)));	/* BRBIDR0_EL1 */
	assert_false(sysreg_is_zero(mrs(2, 4, 9, 0, 0)));	/* BRBCR_EL2 */
	assert_false(sysreg_is_zero(mrs(2, 1, 7, 8, 6)));	/* TRCCLAIMSET */
	assert_false(sysreg_is_zero(mrs(2, 1, 10, 0, 0)));
	assert_false(sysreg_is_zero(mrs(3, 1, 9, 0, 0)));
}

static void error_records_read_as_zero(void **state)
{
	(void)state;
	assert_true(sysreg_is_zero(mrs(3, 0, 5, 3, 0)));	/* ERRIDR_EL1 */
	assert_true(sysreg_is_zero(mrs(3, 0, 5, 5, 3)));	/* ERXMISC3_EL1 */
	assert_false(sysreg_is_zero(mrs(3, 0, 5, 2, 0)));	/* ESR_EL1 */
	assert_false(sysreg_is_zero(mrs(3, 0, 5, 6, 0)));	/* TFSR_EL1 */
}

/* Whether it is a write, and which of x0 to x31 it is about, does not change what register it is. */
static void writes_and_other_operands_are_the_same(void **state)
{
	u32 changed = 31 << 5 | 1;

	(void)state;
	assert_true(sysreg_is_zero(mrs(3, 3, 13, 2, 3) ^ changed));
	assert_true(sysreg_is_zero(mrs(3, 0, 10, 5, 0) ^ changed));
	assert_false(sysreg_is_zero(mrs(3, 0, 10, 4, 3) ^ changed));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(activity_monitors_read_as_zero),
		cmocka_unit_test(partitions_read_as_zero),
		cmocka_unit_test(branch_records_read_as_zero),
		cmocka_unit_test(error_records_read_as_zero),
		cmocka_unit_test(writes_and_other_operands_are_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
