// SPDX-License-Identifier: GPL-2.0
/* Messages of a device, as its driver writes them into config space: live ones stay inside the cell. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <run/pci_filter_kit.h>

static void msi_the_way_linux_does_it(void **state)
{
	MACHINE(m, JAILHOUSE_PCI_TYPE_DEVICE);

	assert_int_equal(put(&m, 0x54, 4, 0xfee02000), OK);
	assert_int_equal(put(&m, 0x58, 4, 0), OK);
	assert_int_equal(put(&m, 0x5c, 2, 0x41), OK);
	assert_int_equal(put(&m, 0x52, 2, 0x0081), OK);
	assert_int_equal(*(u16 *)&m.hardware[0x52], 0x81);
	assert_int_equal(get(&m, 0x54, 4), 0xfee02000);
	/* Another vector while live, and the all-zero message of a vector given back. */
	assert_int_equal(put(&m, 0x5c, 2, 0x42), OK);
	assert_int_equal(put(&m, 0x54, 4, 0), OK);
	assert_int_equal(*(u32 *)&m.hardware[0x54], 0);
}

static void msi_to_a_foreign_cpu(void **state)
{
	MACHINE(m, JAILHOUSE_PCI_TYPE_DEVICE);

	/* Not live yet: remembered, refused when switched on, by word or by dword. */
	assert_int_equal(put(&m, 0x54, 4, 0xfee01000), OK);
	assert_int_equal(put(&m, 0x52, 2, 1), STATUS_MSI_FOREIGN_CPU);
	assert_int_equal(put(&m, 0x50, 4, 0x10000), STATUS_MSI_FOREIGN_CPU);
	assert_int_equal(put(&m, 0x52, 1, 1), STATUS_MSI_FOREIGN_CPU);
	assert_int_equal(m.hardware[0x52] & 1, 0);
	/* Live: neither address nor data may leave the cell, not even a byte of it. */
	assert_int_equal(put(&m, 0x54, 4, 0xfee02000), OK);
	assert_int_equal(put(&m, 0x52, 2, 1), OK);
	assert_int_equal(put(&m, 0x55, 1, 0x10), STATUS_MSI_FOREIGN_CPU);
	assert_int_equal(put(&m, 0x5c, 2, 0x441), STATUS_MSI_MODE);
	assert_int_equal(put(&m, 0x58, 4, 1), STATUS_MSI_FORMAT);
	assert_int_equal(*(u32 *)&m.hardware[0x54], 0xfee02000);
	assert_int_equal(*(u32 *)&m.hardware[0x58], 0);
	/* Switched off again, everything is accepted. */
	assert_int_equal(put(&m, 0x52, 2, 0), OK);
	assert_int_equal(put(&m, 0x54, 4, 0xfee01000), OK);
}

static void msi_with_32_bit_address(void **state)
{
	struct machine m = machine_with(JAILHOUSE_PCI_TYPE_DEVICE);

	(void)state;
	m.device.msi_64bits = 0;
	machine_start(&m);
	assert_int_equal(put(&m, 0x54, 4, 0xfee02000), OK);
	assert_int_equal(put(&m, 0x58, 2, 0x441), OK);
	assert_int_equal(put(&m, 0x52, 2, 1), STATUS_MSI_MODE);
	assert_int_equal(put(&m, 0x58, 2, 0x41), OK);
	assert_int_equal(put(&m, 0x52, 2, 1), OK);
	assert_int_equal(put(&m, 0x58, 2, 0x441), STATUS_MSI_MODE);
}

/* A message that Linux made live before the take-over is judged from then on. */
static void msi_live_at_take_over(void **state)
{
	struct machine m = machine_with(JAILHOUSE_PCI_TYPE_DEVICE);
	static const u32 msi[] = { 0x00810005, 0xfee02000, 0, 0x41 };

	(void)state;
	memcpy(&m.hardware[0x50], msi, sizeof(msi));
	machine_start(&m);
	assert_int_equal(put(&m, 0x54, 4, 0xfee01000), STATUS_MSI_FOREIGN_CPU);
	m.function.cpus = NULL;
	assert_int_equal(put(&m, 0x54, 4, 0xfee01000), OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(msi_the_way_linux_does_it),
		cmocka_unit_test(msi_to_a_foreign_cpu),
		cmocka_unit_test(msi_with_32_bit_address),
		cmocka_unit_test(msi_live_at_take_over),
	};

	return cmocka_run_group_tests_name("run/pci_filter_msi", tests, NULL, NULL);
}
