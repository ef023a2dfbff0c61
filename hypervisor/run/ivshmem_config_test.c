// SPDX-License-Identifier: GPL-2.0
/* Config space of an end: what it says of the device, BARs, and what may be written. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <run/ivshmem_kit.h>

static void config_space_identifies_the_device(void **state)
{
	struct world w = three_cells();

	(void)state;
	assert_int_equal(config_get(&w, 0, 0x00, 4), 0x4106110a);
	assert_int_equal(config_get(&w, 0, 0x06, 2), 0x0010);
	assert_int_equal(config_get(&w, 0, 0x08, 4), 0xff000100);
	assert_int_equal(config_get(&w, 0, 0x0e, 1), 0);
	assert_int_equal(config_get(&w, 0, 0x2c, 4), 0x4106110a);
	assert_int_equal(config_get(&w, 0, 0x34, 1), 0x40);
	assert_int_equal(config_get(&w, 0, 0x3d, 1), 0);
	assert_int_equal(config_get(&w, 2, 0x3d, 1), 3);
	assert_int_equal(config_get(&w, 0, 0x80, 4), 0xffffffff);
	assert_int_equal(config_get(&w, 0, 0xffe, 2), 0xffff);
}

static void capabilities_describe_the_sections(void **state)
{
	struct world w = three_cells();

	(void)state;
	assert_int_equal(config_get(&w, 0, 0x40, 4), 0x00206009);
	assert_int_equal(config_get(&w, 2, 0x40, 4), 0x00200009);
	assert_int_equal(config_get(&w, 0, 0x44, 4), 0x1000);
	assert_int_equal(config_get(&w, 0, 0x48, 4), 0x9000);
	assert_int_equal(config_get(&w, 0, 0x4c, 4), 0);
	assert_int_equal(config_get(&w, 0, 0x50, 4), 0x2000);
	assert_int_equal(config_get(&w, 0, 0x58, 4), 0x3f0f0000);
	assert_int_equal(config_get(&w, 0, 0x60, 4), 0x00010011);
	assert_int_equal(config_get(&w, 0, 0x64, 4), 1);
	assert_int_equal(config_get(&w, 0, 0x68, 4), 0x101);
	assert_int_equal(config_get(&w, 2, 0x60, 4), 0);
}

static void bars_are_sized_and_placed(void **state)
{
	struct world w = three_cells();
	struct ivshmem_place place;

	(void)state;
	assert_int_equal(config_put(&w, 0, 0x10, 4, 0xffffffff), OK);
	assert_int_equal(config_get(&w, 0, 0x10, 4), 0xfffff000);
	assert_int_equal(config_put(&w, 2, 0x14, 4, 0xffffffff), OK);
	assert_int_equal(config_get(&w, 2, 0x14, 4), 0);
	assert_int_equal(config_put(&w, 0, 0x18, 4, 0xffffffff), OK);
	assert_int_equal(config_get(&w, 0, 0x18, 4), 0);
	assert_int_equal(config_put(&w, 0, 0x10, 4, BAR0), OK);
	assert_int_equal(config_put(&w, 0, 0x14, 4, BAR1), OK);
	assert_null(ivshmem_find_window(&w.ivshmem, 0, BAR0, &place));
	assert_int_equal(config_put(&w, 0, 0x04, 2, 0xffff), OK);
	assert_int_equal(config_get(&w, 0, 0x04, 2), 0x0406);
	assert_ptr_equal(ivshmem_find_window(&w.ivshmem, 0, BAR0 + 0xfff, &place), end_of(&w, 0));
	assert_int_equal(place.bar, 0);
	assert_int_equal(place.offset, 0xfff);
	assert_ptr_equal(ivshmem_find_window(&w.ivshmem, 0, BAR1 + 0x1ff, &place), end_of(&w, 0));
	assert_int_equal(place.bar, 1);
	assert_null(ivshmem_find_window(&w.ivshmem, 0, BAR1 + 0x200, &place));
	assert_null(ivshmem_find_window(&w.ivshmem, 0, BAR0 - 1, &place));
	assert_null(ivshmem_find_window(&w.ivshmem, 1, BAR0, &place));
	/* An end with a line has no window for BAR1, nor has a BAR of 0 one at address 0. */
	assert_int_equal(config_put(&w, 2, 0x04, 2, COMMAND_ON), OK);
	assert_null(ivshmem_find_window(&w.ivshmem, 2, 0, &place));
}

static void config_writes_to_fixed_registers_are_refused(void **state)
{
	static const char header[] = "....iiii" "....iiii" "iiiiiiii" "iiiiiiii"
				     "iiiiiiii" "........" "iiii...." "....i...";
	struct world w = three_cells();
	unsigned reg;

	(void)state;
	for (reg = 0; reg < 0x100; reg++) {
		bool accepted = reg < 0x40 ? header[reg] == 'i' : reg < 0x80;

		assert_int_equal(config_put(&w, 0, (u16)reg, 1, 0),
				 accepted ? OK : STATUS_IVSHMEM_REGISTER);
	}
	assert_int_equal(config_put(&w, 0, 0x43, 1, 0xff), OK);
	assert_int_equal(config_get(&w, 0, 0x43, 1), 1);
	assert_int_equal(config_put(&w, 0, 0x60, 4, 0xffffffff), OK);
	assert_int_equal(config_get(&w, 0, 0x60, 4), 0xc0010011);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(config_space_identifies_the_device),
		cmocka_unit_test(capabilities_describe_the_sections),
		cmocka_unit_test(bars_are_sized_and_placed),
		cmocka_unit_test(config_writes_to_fixed_registers_are_refused),
	};

	return cmocka_run_group_tests_name("run/ivshmem_config", tests, NULL, NULL);
}
