// SPDX-License-Identifier: GPL-2.0
/* A device between two owners is quiet, and a bridge untouched. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <run/pci_filter_kit.h>
#include <run/pci_reset.h>

static void reset_is_quiet_in_order(void **state)
{
	MACHINE(m, JAILHOUSE_PCI_TYPE_DEVICE);
	struct pci_writes writes;

	memset(&m.hardware[0x50], 0xff, 0x40);
	pci_reset_quiet(&m.device, &m.shadow, &writes);
	assert_int_equal(writes.write[0].reg, PCI_REG_COMMAND);
	perform(&m, &writes);
	assert_int_equal(*(u16 *)&m.hardware[0x04], PCI_CMD_MEMORY);
	assert_int_equal(*(u16 *)&m.hardware[0x52], 0);
	assert_int_equal(*(u32 *)&m.hardware[0x54], 0);
	assert_int_equal(*(u16 *)&m.hardware[0x82], 0);
	pci_reset_off(&m.device, &writes);
	perform(&m, &writes);
	assert_int_equal(*(u16 *)&m.hardware[0x04], PCI_CMD_INTX_OFF);
	assert_int_equal(count_written(&m), 2 + 2 + 4 + 2);
}

static void reset_leaves_bridges_alone(void **state)
{
	MACHINE(b, JAILHOUSE_PCI_TYPE_BRIDGE);
	struct pci_writes writes;

	pci_reset_quiet(&b.device, &b.shadow, &writes);
	assert_int_equal(writes.count, 0);
	pci_reset_off(&b.device, &writes);
	assert_int_equal(writes.count, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reset_is_quiet_in_order),
		cmocka_unit_test(reset_leaves_bridges_alone),
	};

	return cmocka_run_group_tests_name("run/pci_reset", tests, NULL, NULL);
}
