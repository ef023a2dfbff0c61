// SPDX-License-Identifier: GPL-2.0
/* The MSR policy: searched by halving, so sorted; and what must not be open is not. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <arch/x86/svm/msr_map.h>

static void rows_are_sorted_and_apart(void **state)
{
	(void)state;
	for (unsigned i = 0; msr_row(i); i++) {
		assert_true(msr_row(i)->first <= msr_row_last(msr_row(i)));
		if (i > 0)
			assert_true(msr_row_last(msr_row(i - 1)) < msr_row(i)->first);
	}
}

static void every_msr_finds_its_row(void **state)
{
	(void)state;
	for (unsigned i = 0; msr_row(i); i++) {
		assert_ptr_equal(msr_row_of(msr_row(i)->first), msr_row(i));
		assert_ptr_equal(msr_row_of(msr_row_last(msr_row(i))), msr_row(i));
		if (msr_row(i + 1) && msr_row_last(msr_row(i)) + 1 < msr_row(i + 1)->first)
			assert_null(msr_row_of(msr_row_last(msr_row(i)) + 1));
	}
	assert_null(msr_row_of(0xffffffff));
}

/* VM_HSAVE_PA and the SMM registers decide over the hypervisor itself; nobody writes them. */
static void the_hypervisors_own_are_closed(void **state)
{
	static const u32 closed[] = { 0xc0010117, 0xc0010118, 0xc0010111 };

	(void)state;
	for (unsigned i = 0; i < sizeof(closed) / sizeof(closed[0]); i++)
		assert_null(msr_row_of(closed[i]));
	assert_int_equal(msr_row_of(0xc0010112)->root_write, MSR_DENY);
	assert_int_equal(msr_row_of(0xc0000080)->root_write, MSR_EMULATE);
	assert_int_equal(msr_row_of(0xc0000080)->cell_write, MSR_EMULATE);
	assert_int_equal(msr_row_of(0x1b)->root_write, MSR_EMULATE);
}

/* What more than one CPU shares, a cell cannot change. */
static void cells_change_only_their_own(void **state)
{
	static const u32 shared[] = { 0x10, 0x1a0, 0x200, 0x2ff, 0x400, 0xc80, 0xc0010010, 0xc0010015,
				      0xc0010058, 0xc0010061, 0xc0010200, 0xc0011020 };

	(void)state;
	for (unsigned i = 0; i < sizeof(shared) / sizeof(shared[0]); i++) {
		assert_non_null(msr_row_of(shared[i]));
		assert_int_not_equal(msr_row_of(shared[i])->cell_write, MSR_PASS);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_are_sorted_and_apart),
		cmocka_unit_test(every_msr_finds_its_row),
		cmocka_unit_test(the_hypervisors_own_are_closed),
		cmocka_unit_test(cells_change_only_their_own),
	};

	return cmocka_run_group_tests_name("arch/msr_tables", tests, NULL, NULL);
}
