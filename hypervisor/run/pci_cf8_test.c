// SPDX-License-Identifier: GPL-2.0
/* Ports and ECAM offsets as config addresses. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <run/pci_cf8.h>

static void only_these_ports(void **state)
{
	unsigned port, width;

	(void)state;
	for (port = 0xcf0; port < 0xd10; port++)
		for (width = 1; width <= 4; width *= 2) {
			assert_int_equal(pci_cf8_is_latch((u16)port, width),
					 port == 0xcf8 && width == 4);
			assert_int_equal(pci_cf8_is_data((u16)port, width),
					 port >= 0xcfc && port + width - 1 <= 0xcff);
		}
}

static void latch_fields(void **state)
{
	struct pci_address address;

	(void)state;
	assert_true(pci_cf8_decode(0x8012fd3c, 0xcfe, &address));
	assert_int_equal(address.bdf, 0x12fd);
	assert_int_equal(address.reg, 0x3e);
	assert_true(pci_cf8_decode(0x80ffffff, 0xcff, &address));
	assert_int_equal(address.bdf, 0xffff);
	assert_int_equal(address.reg, 0xff);
	assert_false(pci_cf8_decode(0x0012fd3c, 0xcfc, &address));
}

static void reserved_latch_bits_address_nothing(void **state)
{
	struct pci_address address;
	unsigned bit;

	(void)state;
	for (bit = 24; bit < 31; bit++)
		assert_false(pci_cf8_decode(0x80000000U | 1U << bit, 0xcfc, &address));
}

static void latch_round_trip(void **state)
{
	struct pci_address address;
	unsigned bdf, reg;

	(void)state;
	for (bdf = 0; bdf < 0x10000; bdf += 0x101)
		for (reg = 0; reg < 256; reg++) {
			assert_true(pci_cf8_decode(pci_cf8_latch((u16)bdf, (u16)reg),
						   (u16)(0xcfc + (reg & 3)), &address));
			assert_int_equal(address.bdf, bdf);
			assert_int_equal(address.reg, reg);
		}
}

static void ecam_fields(void **state)
{
	struct pci_address address;

	(void)state;
	assert_true(pci_ecam_decode(0x12fdffc, 4, &address));
	assert_int_equal(address.bdf, 0x12fd);
	assert_int_equal(address.reg, 0xffc);
}

static void ecam_stays_in_a_dword(void **state)
{
	struct pci_address address;
	unsigned offset, width;

	(void)state;
	for (offset = 0; offset < 8; offset++)
		for (width = 0; width <= 16; width++)
			assert_int_equal(pci_ecam_decode(offset, width, &address),
					 (width == 1 || width == 2 || width == 4) &&
					 offset / 4 == (offset + width - 1) / 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_these_ports),
		cmocka_unit_test(latch_fields),
		cmocka_unit_test(reserved_latch_bits_address_nothing),
		cmocka_unit_test(latch_round_trip),
		cmocka_unit_test(ecam_fields),
		cmocka_unit_test(ecam_stays_in_a_dword),
	};

	return cmocka_run_group_tests_name("run/pci_cf8", tests, NULL, NULL);
}
