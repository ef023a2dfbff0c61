// SPDX-License-Identifier: GPL-2.0
/* The fake units can say no: what a driver must not do is seen. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <dev/iommu/amdvi/amdvi.h>
#include <dev/iommu/vtd/vtd.h>
#include <host/iommu_rig.h>

static struct rig rig;

static void fake_sees_a_missing_invalidation(void **state)
{
	u64 out;

	(void)state;
	rig_open(&rig, &shapes[0], POOL_PAGES);
	rig_build_and_start(&rig, &generation_a);
	rig_expect_sample(&rig, &generation_a);
	assert_int_equal(rig_build(&rig, &generation_b, 2), OK);
	port_mmio_write64(rig.unit.registers + VTD_RTADDR_REG, rig.tables[1].table.value);
	assert_int_equal(vtd_command(&rig.unit, VTD_GCMD_SRTP, true, IOMMU_WAIT_ROOT), OK);
	assert_true(shapes[0].dma(&rig, 0x0008, 0x1000, FAKE_WRITE, &out));
	assert_int_equal(out, 0x1000);	/* what generation a says of root's device */
	rig_close(&rig);

	rig_open(&rig, &shapes[3], POOL_PAGES);
	rig_build_and_start(&rig, &generation_a);
	rig_expect_sample(&rig, &generation_a);
	assert_int_equal(rig_build(&rig, &generation_b, 2), OK);
	port_mmio_write64(rig.unit.registers + AMDVI_DEVTAB_REG, rig.tables[1].table.value);
	assert_true(shapes[3].dma(&rig, 0x0008, 0x1000, FAKE_WRITE, &out));
	assert_int_equal(out, 0x1000);
	rig_close(&rig);
}

static void fake_sees_wrong_order_and_width(void **state)
{
	(void)state;
	rig_open(&rig, &shapes[0], POOL_PAGES);
	rig_probe(&rig);
	fake_violations_quiet(true);
	(void)vtd_command(&rig.unit, VTD_GCMD_TE, true, IOMMU_WAIT_SWITCH);
	assert_int_equal(fake_violations(), 1);
	port_mmio_write32(rig.unit.registers + VTD_RTADDR_REG, 0);
	assert_int_equal(fake_violations(), 1);
	port_mmio_write64(rig.unit.registers + VTD_IQT_REG, 0x18);
	assert_int_equal(fake_violations(), 2);
	port_mmio_write32(rig.unit.registers + VTD_GCMD_REG, VTD_GCMD_SRTP);
	assert_int_equal(fake_violations(), 1);
	fake_violations_quiet(false);
	rig_close(&rig);

	rig_open(&rig, &shapes[3], POOL_PAGES);
	rig_probe(&rig);
	fake_violations_quiet(true);
	port_mmio_write64(rig.unit.registers + AMDVI_CONTROL_REG, 0x1005);
	assert_int_equal(fake_violations(), 2);	/* no table, no snooping */
	(void)port_mmio_read32(rig.unit.registers + AMDVI_CONTROL_REG);
	assert_int_equal(fake_violations(), 1);
	port_mmio_write64(rig.unit.registers + AMDVI_CMD_TAIL_REG, 0x1000);
	assert_int_not_equal(fake_violations(), 0);
	fake_violations_quiet(false);
	rig_close(&rig);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fake_sees_a_missing_invalidation),
		cmocka_unit_test(fake_sees_wrong_order_and_width),
	};

	return cmocka_run_group_tests_name("host/fake_iommu", tests, NULL, NULL);
}
