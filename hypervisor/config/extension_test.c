// SPDX-License-Identifier: GPL-2.0
/* The extension block of a blob: its header, its records, and what each may say. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <config/view_kit.h>

/* The extension block of a cell, changed at one place. */
static enum status with_extension(u32 offset, u32 value)
{
	const u32 size = write_blob(false);

	memcpy(room + size - EXTENSION_BYTES + offset, &value, 4);
	return open_bytes(false, room, size);
}

static void extensions(void **state)
{
	(void)state;
	assert_int_equal(with_extension(8, 1), OK);
	assert_int_equal(with_extension(8, 2), STATUS_EXT_VERSION);
	assert_int_equal(with_extension(8, 0), STATUS_EXT_VERSION);
	assert_int_equal(with_extension(12, 40), STATUS_EXT_SIZE);
	assert_int_equal(with_extension(12, 24), STATUS_EXT_SIZE);
	assert_int_equal(with_extension(16, 2), STATUS_EXT_KIND);
	assert_int_equal(refusal.a, 2);
	assert_int_equal(with_extension(16, 0), STATUS_EXT_KIND);
	assert_int_equal(with_extension(16, 0xffffffff), STATUS_EXT_KIND);
	assert_int_equal(with_extension(20, 12), STATUS_EXT_RECORD);
	assert_int_equal(with_extension(20, 24), STATUS_EXT_RECORD);
	assert_int_equal(with_extension(20, 0), STATUS_EXT_RECORD);
	assert_int_equal(with_extension(20, 0xffffffff), STATUS_EXT_RECORD);
	assert_int_equal(with_extension(24, 7), OK);
	assert_int_equal(with_extension(24, 8), STATUS_EXT_FLAGS);
	assert_int_equal(with_extension(28, 0x100), STATUS_EXT_PADDING);
	assert_int_equal(with_extension(0, 0x4b4c4244), STATUS_VIEW_TRAILING);
}

/* How interrupts are delivered is a question of 64-bit Arm only. */
static void bits_of_an_architecture(void **state)
{
	struct jailhouse_cell_desc *desc = (void *)room;
	struct cell_view view;
	struct machine m;
	u32 size;

	(void)state;
	machine_standard(&m);
	m.cell[0].unprotected = JAILHOUSE_UNPROTECTED_ALL;
	size = config_write_cell(&m.cell[0], room, sizeof(room));
	assert_int_equal(open_bytes(false, room, size), STATUS_EXT_FLAGS);
	assert_int_equal(refusal.a, JAILHOUSE_UNPROTECTED_DELIVERY);
	assert_int_equal(refusal.b, 7);
	desc->architecture = JAILHOUSE_ARM64;
	assert_int_equal(cell_view_open(&view, &config_arm64, room, size, &refusal), OK);
	assert_int_equal(view.unprotected, JAILHOUSE_UNPROTECTED_ALL);
	m.cell[0].unprotected = JAILHOUSE_UNPROTECTED_ALL + 1;
	config_write_cell(&m.cell[0], room, sizeof(room));
	desc->architecture = JAILHOUSE_ARM64;
	assert_int_equal(cell_view_open(&view, &config_arm64, room, size, &refusal),
			 STATUS_EXT_FLAGS);
}

static void extension_records(void **state)
{
	u32 size = write_blob(false), block = 48;

	(void)state;
	/* A block without records is fine; a second record of the kind is not, nor is half of one.
	 */
	memcpy(room + size, room + size - 16, 16);
	memcpy(room + size - EXTENSION_BYTES + 12, &block, 4);
	assert_int_equal(open_bytes(false, room, size + 16), STATUS_EXT_TWICE);
	block = 40;
	memcpy(room + size - EXTENSION_BYTES + 12, &block, 4);
	assert_int_equal(open_bytes(false, room, size + 8), STATUS_EXT_RECORD);
	block = 16;
	memcpy(room + size - EXTENSION_BYTES + 12, &block, 4);
	assert_int_equal(open_bytes(false, room, size - 16), OK);
	block = 20;
	memcpy(room + size - EXTENSION_BYTES + 12, &block, 4);
	assert_int_equal(open_bytes(false, room, size - 12), STATUS_EXT_SIZE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(extensions),
		cmocka_unit_test(bits_of_an_architecture),
		cmocka_unit_test(extension_records),
	};

	return cmocka_run_group_tests_name("config/extension", tests, NULL, NULL);
}
