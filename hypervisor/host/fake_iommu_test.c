// SPDX-License-Identifier: GPL-2.0
/* The fake units can say no: what a driver must not do is seen. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include <dev/iommu/amdvi/amdvi.h>
#include <dev/iommu/smmuv2/smmuv2.h>
#include <dev/iommu/smmuv3/smmuv3.h>
#include <dev/iommu/vtd/vtd.h>
#include <host/iommu_rig.h>

static struct rig rig;

static void fake_sees_a_missing_invalidation(void **state)
{
	u64 out;

	(void)state;
	rig_open(&rig, &shapes[SHAPE_VTD], POOL_PAGES);
	rig_build_and_start(&rig, &generation_a);
	rig_expect_sample(&rig, &generation_a);
	assert_int_equal(rig_build(&rig, &generation_b, 2), OK);
	port_mmio_write64(rig.unit.registers + VTD_RTADDR_REG, rig.tables[1].table.value);
	assert_int_equal(vtd_command(&rig.unit, VTD_GCMD_SRTP, true, IOMMU_WAIT_ROOT), OK);
	assert_true(shapes[SHAPE_VTD].dma(&rig, 0x0008, 0x1000, FAKE_WRITE, &out));
	assert_int_equal(out, 0x1000);	/* what generation a says of root's device */
	rig_close(&rig);

	rig_open(&rig, &shapes[SHAPE_AMDVI], POOL_PAGES);
	rig_build_and_start(&rig, &generation_a);
	rig_expect_sample(&rig, &generation_a);
	assert_int_equal(rig_build(&rig, &generation_b, 2), OK);
	port_mmio_write64(rig.unit.registers + AMDVI_DEVTAB_REG, rig.tables[1].table.value);
	assert_true(shapes[SHAPE_AMDVI].dma(&rig, 0x0008, 0x1000, FAKE_WRITE, &out));
	assert_int_equal(out, 0x1000);
	rig_close(&rig);
}

static void fake_sees_wrong_order_and_width(void **state)
{
	(void)state;
	rig_open(&rig, &shapes[SHAPE_VTD], POOL_PAGES);
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

	rig_open(&rig, &shapes[SHAPE_AMDVI], POOL_PAGES);
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

static void open_and_start(const struct shape *shape)
{
	rig_open(&rig, shape, POOL_PAGES);
	rig_build_and_start(&rig, &generation_a);
	rig_expect_sample(&rig, &generation_a);
	assert_int_equal(rig_build(&rig, &generation_b, 2), OK);
}

static enum status smmuv3_command(u64 lo, u64 hi)
{
	smmuv3_issue(&rig.unit, lo, hi);
	return (enum status)rig.unit.state[SMMUV3_WHY];
}

/* The new first level in place, nothing forgotten: generation a goes on, for unlisted streams, too. */
static void fake_smmuv3_sees_a_missing_invalidation(void **state)
{
	const struct smmuv3_image *image;
	u64 out, *table;

	(void)state;
	open_and_start(&shapes[SHAPE_SMMUV3]);
	image = pool_virt(&rig.pool, rig.tables[1].table.value);
	table = (u64 *)rig.unit.pages;
	for (unsigned i = 0; i < 256; i++)
		table[i] = image->level1[i];
	assert_true(shapes[SHAPE_SMMUV3].dma(&rig, 0x0008, 0x1000, FAKE_WRITE, &out));
	assert_int_equal(out, 0x1000);
	assert_true(shapes[SHAPE_SMMUV3].dma(&rig, 0x0300, 0x100000000, FAKE_WRITE, &out));
	assert_int_equal(smmuv3_command(SMMUV3_CMD_CFGI_ALL, SMMUV3_CFGI_RANGE_ALL), OK);
	assert_int_equal(smmuv3_command(SMMUV3_CMD_SYNC, 0), OK);
	assert_false(shapes[SHAPE_SMMUV3].dma(&rig, 0x0300, 0x100000000, FAKE_WRITE, &out));
	rig_close(&rig);
}

static void fake_smmuv3_sees_wrong_order_and_width(void **state)
{
	volatile u8 *registers;

	(void)state;
	rig_open(&rig, &shapes[SHAPE_SMMUV3], POOL_PAGES);
	rig_probe(&rig);
	registers = rig.unit.registers;
	fake_violations_quiet(true);
	port_mmio_write32(registers + SMMUV3_CR0_REG, SMMUV3_CR0_SMMUEN);
	assert_int_equal(fake_violations(), 7);	/* table, caches, GBPA, interrupts, CR2, CR1, queues */
	(void)port_mmio_read64(registers + SMMUV3_CR0_REG);
	assert_int_equal(fake_violations(), 1);
	port_mmio_write32(registers + SMMUV3_GBPA_REG, SMMUV3_GBPA_ABORT);
	assert_int_equal(fake_violations(), 1);
	rig_close(&rig);

	open_and_start(&shapes[SHAPE_SMMUV3]);
	registers = rig.unit.registers;
	port_mmio_write64(registers + SMMUV3_STRTAB_BASE_REG, rig.tables[1].table.value);
	assert_int_equal(fake_violations(), 1);
	assert_int_equal(smmuv3_command(SMMUV3_CMD_CFGI_ALL, SMMUV3_CFGI_RANGE_ALL), OK);
	assert_int_equal(smmuv3_command(SMMUV3_CMD_TLBI_NSNH_ALL, 0), OK);
	assert_int_equal(smmuv3_command(SMMUV3_CMD_SYNC, 0), OK);
	assert_int_equal(fake_violations(), 1);
	assert_int_equal(smmuv3_command(0x99, 0), IOMMU_BAD_QUEUE);
	assert_int_equal(fake_violations(), 1);
	port_mmio_write32(registers + SMMUV3_GBPA_REG, SMMUV3_GBPA_UPDATE);
	port_mmio_write32(registers + SMMUV3_CR0_REG, 0xc);
	assert_int_equal(fake_violations(), 1);	/* off while nothing aborts */
	fake_violations_quiet(false);
	rig_close(&rig);
}

/* One VMID for two tables. */
static void fake_smmuv3_sees_mixed_tables(void **state)
{
	struct smmuv3_image *image;
	struct smmuv3_ste *level2;
	u64 out;

	(void)state;
	open_and_start(&shapes[SHAPE_SMMUV3]);
	image = pool_virt(&rig.pool, rig.tables[0].table.value);
	level2 = pool_virt(&rig.pool, image->level1[0] & SMMUV3_L1_TABLE);
	level2[0x20] = level2[0x08];
	level2[0x20].q[3] = level2[0x10].q[3];
	fake_violations_quiet(true);
	assert_true(shapes[SHAPE_SMMUV3].dma(&rig, 0x0020, 0, FAKE_READ, &out));
	assert_int_equal(fake_violations(), 1);	/* what is cached is used, whosever it is */
	assert_int_equal(smmuv3_command(SMMUV3_CMD_TLBI_S12_VMALL | 1ULL << 32, 0), OK);
	assert_int_equal(smmuv3_command(SMMUV3_CMD_SYNC, 0), OK);
	assert_true(shapes[SHAPE_SMMUV3].dma(&rig, 0x0008, 0x1000, FAKE_READ, &out));
	assert_true(shapes[SHAPE_SMMUV3].dma(&rig, 0x0020, 0, FAKE_READ, &out));
	assert_int_not_equal(fake_violations(), 0);
	fake_violations_quiet(false);
	rig_close(&rig);
}

static void fake_smmuv2_sees_wrong_order_and_width(void **state)
{
	volatile u8 *registers;

	(void)state;
	rig_open(&rig, &shapes[SHAPE_SMMUV2], POOL_PAGES);
	rig_probe(&rig);
	registers = rig.unit.registers;
	fake_violations_quiet(true);
	port_mmio_write32(registers + SMMUV2_CR0_REG, SMMUV2_CR0_USFCFG);
	assert_true(fake_violations() >= 3);	/* control, translations, a register that passes */
	(void)port_mmio_read64(registers + SMMUV2_CR0_REG);
	assert_int_equal(fake_violations(), 1);
	fake_violations_quiet(false);
	rig_close(&rig);

	open_and_start(&shapes[SHAPE_SMMUV2]);
	registers = rig.unit.registers;
	fake_violations_quiet(true);
	port_mmio_write32(registers + SMMUV2_S2CR_REG(0), 0x10000);
	assert_int_not_equal(fake_violations(), 0);
	port_mmio_write32(registers + SMMUV2_S2CR_REG(0), 7);	/* a closed bank */
	assert_int_not_equal(fake_violations(), 0);
	port_mmio_write32(registers + SMMUV2_S2CR_REG(0), 0);
	assert_int_equal(fake_violations(), 0);
	port_mmio_write64(registers + smmuv2_bank(&rig.unit, 0) + SMMUV2_CB_TTBR0_REG, 0);
	assert_int_not_equal(fake_violations(), 0);
	port_mmio_write32(registers + SMMUV2_SMR_REG(9), SMMUV2_SMR_VALID | 8);
	assert_int_not_equal(fake_violations(), 0);	/* two match one stream */
	fake_violations_quiet(false);
	rig_close(&rig);
}

/* Banks exchanged without the synchronisation behind it. */
static void fake_smmuv2_sees_a_missing_invalidation(void **state)
{
	u64 out;

	(void)state;
	open_and_start(&shapes[SHAPE_SMMUV2]);
	port_mmio_write32(rig.unit.registers + SMMUV2_TLBIVMID_REG, 0);
	memset(pool_virt(&rig.pool, rig.smmuv2.banks[0].ttbr0), 0, PAGE_SIZE);
	assert_true(shapes[SHAPE_SMMUV2].dma(&rig, 0x0008, 0x1000, FAKE_WRITE, &out));
	port_mmio_write32(rig.unit.registers + SMMUV2_TLBGSYNC_REG, 0);
	rig.smmuv2.window.tick(&rig.smmuv2.window);
	assert_false(shapes[SHAPE_SMMUV2].dma(&rig, 0x0008, 0x1000, FAKE_WRITE, &out));
	rig_close(&rig);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fake_sees_a_missing_invalidation),
		cmocka_unit_test(fake_sees_wrong_order_and_width),
		cmocka_unit_test(fake_smmuv3_sees_a_missing_invalidation),
		cmocka_unit_test(fake_smmuv3_sees_wrong_order_and_width),
		cmocka_unit_test(fake_smmuv3_sees_mixed_tables),
		cmocka_unit_test(fake_smmuv2_sees_wrong_order_and_width),
		cmocka_unit_test(fake_smmuv2_sees_a_missing_invalidation),
	};

	return cmocka_run_group_tests_name("host/fake_iommu", tests, NULL, NULL);
}
