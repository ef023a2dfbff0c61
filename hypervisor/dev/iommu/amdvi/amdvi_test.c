// SPDX-License-Identifier: GPL-2.0
/* What only an AMD-Vi unit has: a ring that says why it stops, and a table that outlives us. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <dev/iommu/amdvi/amdvi.h>
#include <host/iommu_rig.h>

static struct rig rig;

/* A command that the unit does not like is the hypervisor's own, and no device is to blame. */
static void bad_command_is_told(void **state)
{
	struct iommu_fault fault;

	(void)state;
	rig_open(&rig, &shapes[SHAPE_AMDVI], POOL_PAGES);
	rig_build_and_start(&rig, &generation_a);
	rig.amdvi.illegal = rig.amdvi.commands + 1;
	assert_int_equal(iommu_commit(&rig.unit, &rig.tables[0]), IOMMU_STUCK);
	assert_true(rig_take_fault(&rig, &fault));
	assert_int_equal(fault.requester, IOMMU_NO_DEVICE);
	assert_string_equal(fault.text, "the unit met an illegal command");
	assert_false(rig_take_fault(&rig, &fault));
	rig_close(&rig);
}

/* A unit that nobody had set up keeps our table, which passes everything; any other gets its own back. */
static void table_of_a_stopped_unit(void **state)
{
	(void)state;
	for (unsigned known = 0; known < 2; known++) {
		rig_open(&rig, &shapes[SHAPE_AMDVI], POOL_PAGES);
		rig.amdvi.devtab = known ? 0x12345001 : 0;
		rig_save_registers(&rig);
		rig_build_and_start(&rig, &generation_a);
		rig_stop(&rig);
		assert_int_equal(rig.amdvi.devtab, known ? 0x12345001 : rig.tables[0].table.value);
		rig_expect_off(&rig);
		rig_close(&rig);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bad_command_is_told),
		cmocka_unit_test(table_of_a_stopped_unit),
	};

	return cmocka_run_group_tests_name("dev/iommu/amdvi", tests, NULL, NULL);
}
