// SPDX-License-Identifier: GPL-2.0
/* Which units are taken, and by which driver; the last that is valid and the first that is not. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <dev/iommu/amdvi/amdvi.h>
#include <dev/iommu/vtd/vtd.h>
#include <host/iommu_rig.h>

static struct rig rig;

static enum status probe_why(struct rig *r)
{
	struct refusal refusal = { 0 };
	enum status why = iommu_probe(&r->unit, &refusal);

	assert_int_equal(refusal.why, why);
	if (why != OK)
		assert_int_equal(refusal.object, OBJECT_IOMMU);
	return why;
}

static void vtd_probe_refusals(void **state)
{
	(void)state;
	rig_open(&rig, &shapes[SHAPE_VTD], POOL_PAGES);
	rig.vtd.gsts = VTD_GCMD_TE | VTD_GCMD_QIE;
	assert_int_equal(probe_why(&rig), IOMMU_VTD_ON);
	rig.vtd.gsts = VTD_GCMD_QIE;
	assert_int_equal(probe_why(&rig), IOMMU_VTD_INTR_ON);
	rig.vtd.gsts = VTD_GCMD_IRE;
	assert_int_equal(probe_why(&rig), IOMMU_VTD_INTR_ON);
	rig.vtd.gsts = VTD_GCMD_SRTP;	/* a root table was set once: harmless */
	assert_int_equal(probe_why(&rig), OK);
	rig.config.size = FAKE_VTD_FRO + FAKE_VTD_RECORDS * 16 - 1;
	assert_int_equal(probe_why(&rig), IOMMU_WINDOW);
	rig.config.size++;
	assert_int_equal(probe_why(&rig), IOMMU_WINDOW);	/* fixed registers end at 0x400 */
	rig.config.size = 0x400;
	assert_int_equal(probe_why(&rig), OK);
	rig.vtd.cap |= 0x3ffULL << 24;	/* fault records at 0x3ff0 */
	rig.config.size = 0x3ff0 + FAKE_VTD_RECORDS * 16 - 1;
	assert_int_equal(probe_why(&rig), IOMMU_WINDOW);
	rig.config.size++;
	assert_int_equal(probe_why(&rig), OK);
	rig.vtd.cap &= ~(6ULL << 8);
	assert_int_equal(probe_why(&rig), IOMMU_LEVELS);
	rig.vtd.version = 0;
	assert_int_equal(probe_why(&rig), IOMMU_ABSENT);
	rig.vtd.version = ~0U;
	assert_int_equal(probe_why(&rig), IOMMU_ABSENT);
	rig_close(&rig);
}

static void vtd_probe_capabilities(void **state)
{
	(void)state;
	rig_open(&rig, &shapes[SHAPE_VTD], POOL_PAGES);
	rig_probe(&rig);
	assert_true(rig.unit.caps.levels == 4 && rig.unit.caps.max_super == 2);
	assert_true(rig.unit.caps.coherent && rig.unit.caps.format == &pt_vtd);
	rig.vtd.cap &= ~(2ULL << 34);	/* no pages of 1 GiB */
	rig_probe(&rig);
	assert_int_equal(rig.unit.caps.max_super, 1);
	rig_close(&rig);
	rig_open(&rig, &shapes[SHAPE_VTD_BY_REGISTERS], POOL_PAGES);
	rig_probe(&rig);
	assert_true(rig.unit.caps.levels == 3 && rig.unit.caps.max_super == 0);
	assert_false(rig.unit.caps.coherent);
	rig_close(&rig);
}

static void amdvi_probe_refusals(void **state)
{
	(void)state;
	rig_open(&rig, &shapes[SHAPE_AMDVI], POOL_PAGES);
	rig.amdvi.control = 1;
	assert_int_equal(probe_why(&rig), IOMMU_AMDVI_ON);
	rig.amdvi.control = ~0ULL;
	assert_int_equal(probe_why(&rig), IOMMU_ABSENT);
	rig.amdvi.control = 2;
	rig.config.size = AMDVI_WINDOW - 1;
	assert_int_equal(probe_why(&rig), IOMMU_WINDOW);
	rig.config.size = AMDVI_WINDOW;
	assert_int_equal(probe_why(&rig), OK);
	assert_true(rig.unit.caps.levels == 4 && rig.unit.caps.format == &pt_amdvi);
	rig.amdvi.efr = 0;	/* an old unit, with the ring length of its reset state */
	rig.amdvi.cmdbuf = 8ULL << 56;
	assert_int_equal(probe_why(&rig), OK);
	rig.amdvi.cmdbuf = 0;	/* zeros: nobody there */
	assert_int_equal(probe_why(&rig), IOMMU_ABSENT);
	rig_close(&rig);
}

static void drivers_by_config_type(void **state)
{
	(void)state;
	assert_ptr_equal(iommu_ops_of(JAILHOUSE_IOMMU_INTEL), &iommu_vtd);
	assert_ptr_equal(iommu_ops_of(JAILHOUSE_IOMMU_AMD), &iommu_amdvi);
	assert_null(iommu_ops_of(0));
	assert_ptr_equal(iommu_ops_of(JAILHOUSE_IOMMU_SMMUV3), &iommu_smmuv3);
	assert_ptr_equal(iommu_ops_of(JAILHOUSE_IOMMU_ARM_MMU500), &iommu_smmuv2);
	assert_null(iommu_ops_of(JAILHOUSE_IOMMU_PVU));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(vtd_probe_refusals),
		cmocka_unit_test(vtd_probe_capabilities),
		cmocka_unit_test(amdvi_probe_refusals),
		cmocka_unit_test(drivers_by_config_type),
	};

	return cmocka_run_group_tests_name("dev/iommu/probe", tests, NULL, NULL);
}
