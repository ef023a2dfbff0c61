// SPDX-License-Identifier: GPL-2.0
/* Messages of a cell with APIC ids 3 and 200, flat logical id 0x08. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <base/bits.h>
#include <run/msix.h>

static struct msi_cpus cell_cpus(void)
{
	struct msi_cpus cpus = { .flat = 0x08 };

	bitmap_set(cpus.apic_ids, 3);
	bitmap_set(cpus.apic_ids, 200);
	return cpus;
}

static enum status check(u64 address, u32 data)
{
	struct msi_cpus cpus = cell_cpus();

	return msi_check((struct msi_message){ address, data }, &cpus);
}

static void decode_names_every_field(void **state)
{
	struct msi_target target;

	(void)state;
	assert_int_equal(msi_decode((struct msi_message){ 0xfee0500c, 0x4141 }, &target), OK);
	assert_int_equal(target.destination, 5);
	assert_int_equal(target.vector, 0x41);
	assert_true(target.logical);
	assert_true(target.lowest);
	assert_int_equal(msi_decode((struct msi_message){ 0xfeeff000, 0x30 }, &target), OK);
	assert_int_equal(target.destination, 0xff);
	assert_false(target.logical);
	assert_false(target.lowest);
}

static void only_plain_messages(void **state)
{
	(void)state;
	assert_int_equal(check(0xfee03000, 0x41), OK);
	assert_int_equal(check(0xfed03000, 0x41), STATUS_MSI_FORMAT);
	assert_int_equal(check(0xfef03000, 0x41), STATUS_MSI_FORMAT);
	assert_int_equal(check(0x1fee03000, 0x41), STATUS_MSI_FORMAT);
	assert_int_equal(check(0xfee03010, 0x41), STATUS_MSI_FORMAT);
	assert_int_equal(check(0, 0x400), OK);
}

static void only_fixed_and_lowest(void **state)
{
	unsigned mode;

	(void)state;
	for (mode = 0; mode < 8; mode++)
		assert_int_equal(check(0xfee03000, mode << 8 | 0x41),
				 mode < 2 ? OK : STATUS_MSI_MODE);
}

static void every_physical_destination(void **state)
{
	unsigned id;

	(void)state;
	for (id = 0; id < 256; id++)
		assert_int_equal(check(0xfee00000 | id << 12, 0x41),
				 id == 3 || id == 200 ? OK : STATUS_MSI_FOREIGN_CPU);
}

static void every_logical_destination(void **state)
{
	unsigned set;

	(void)state;
	for (set = 0; set < 256; set++)
		assert_int_equal(check(0xfee00004 | set << 12, 0x41),
				 set == 8 ? OK : STATUS_MSI_FOREIGN_CPU);
}

static void unprotected_cell_may_do_all(void **state)
{
	(void)state;
	assert_int_equal(msi_check((struct msi_message){ 0xfee00000, 0x400 }, NULL), OK);
}

static const struct jailhouse_pci_device device = {
	.type = JAILHOUSE_PCI_TYPE_DEVICE, .num_msix_vectors = 5,
	.msix_region_size = 0x1000, .msix_address = 0xfeb80000,
};

static void place_of_every_offset(void **state)
{
	struct msix_place place;
	unsigned offset;

	(void)state;
	for (offset = 0; offset < 0x1000; offset++) {
		enum status why = msix_locate(&device, 0xfeb80000 + offset, 4, &place);

		assert_int_equal(why, offset % 4 ? STATUS_MSIX_ACCESS : OK);
		if (why)
			continue;
		assert_int_equal(place.table, offset < 5 * 16);
		assert_int_equal(place.entry * 16 + place.word * 4, offset);
	}
	assert_int_equal(msix_locate(&device, 0xfeb81000, 4, &place), STATUS_MSIX_ACCESS);
	assert_int_equal(msix_locate(&device, 0xfeb7fffc, 4, &place), STATUS_MSIX_ACCESS);
	assert_int_equal(msix_locate(&device, 0xfeb80000, 8, &place), STATUS_MSIX_ACCESS);
	assert_int_equal(msix_locate(&device, 0xfeb80000, 2, &place), STATUS_MSIX_ACCESS);
}

static enum status write_word(struct msix_entry now, u8 word, u32 value)
{
	struct msi_cpus cpus = cell_cpus();

	return msix_write((struct msix_place){ .table = true, .word = word }, &now, value, &cpus);
}

static void a_live_entry_stays_inside(void **state)
{
	struct msix_entry masked = { { 0xfee00000, 0, 0x41, 1 } };
	struct msix_entry live = { { 0xfee03000, 0, 0x41, 0 } };
	struct msix_entry empty = { { 0, 0, 0, 1 } };

	(void)state;
	/* A masked entry takes anything; unmasking is the moment of truth. */
	assert_int_equal(write_word(masked, MSIX_DATA, 0x400), OK);
	assert_int_equal(write_word(masked, MSIX_ADDRESS_LOW, 0xfee01000), OK);
	assert_int_equal(write_word(masked, MSIX_CONTROL, 1), OK);
	assert_int_equal(write_word(masked, MSIX_CONTROL, 0), STATUS_MSI_FOREIGN_CPU);
	assert_int_equal(write_word(live, MSIX_CONTROL, 0), OK);
	assert_int_equal(write_word(empty, MSIX_CONTROL, 0), OK);
	/* A live one is judged word by word. */
	assert_int_equal(write_word(live, MSIX_ADDRESS_LOW, 0xfeec8000), OK);
	assert_int_equal(write_word(live, MSIX_ADDRESS_LOW, 0xfee04000), STATUS_MSI_FOREIGN_CPU);
	assert_int_equal(write_word(live, MSIX_ADDRESS_HIGH, 1), STATUS_MSI_FORMAT);
	assert_int_equal(write_word(live, MSIX_DATA, 0x400), STATUS_MSI_MODE);
	/* Masking and replacing in one word is never refused. */
	assert_int_equal(write_word(live, MSIX_CONTROL, 1), OK);
}

static void pending_bits_are_read_only(void **state)
{
	struct msix_entry now = { { 0 } };

	(void)state;
	assert_int_equal(msix_write((struct msix_place){ .table = false }, &now, 0, NULL),
			 STATUS_MSIX_PENDING_WRITE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(decode_names_every_field),
		cmocka_unit_test(only_plain_messages),
		cmocka_unit_test(only_fixed_and_lowest),
		cmocka_unit_test(every_physical_destination),
		cmocka_unit_test(every_logical_destination),
		cmocka_unit_test(unprotected_cell_may_do_all),
		cmocka_unit_test(place_of_every_offset),
		cmocka_unit_test(a_live_entry_stays_inside),
		cmocka_unit_test(pending_bits_are_read_only),
	};

	return cmocka_run_group_tests_name("run/msix", tests, NULL, NULL);
}
