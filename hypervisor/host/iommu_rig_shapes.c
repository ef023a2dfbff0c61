// SPDX-License-Identifier: GPL-2.0
/* Every shape of unit that IOMMU drivers are tested with, and what it must give back at the end. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include <host/iommu_rig.h>

/* What every kind of fake is asked in the same words. */
#define ADAPT(kind)									\
	static void kind##_attach(struct rig *rig)					\
	{										\
		fake_##kind##_open(&rig->kind);						\
		rig->unit.registers = rig->kind.window.base;				\
		rig->config.size = rig->kind.window.size;				\
	}										\
	static void kind##_close(struct rig *rig)					\
	{										\
		fake_##kind##_close(&rig->kind);					\
	}										\
	static bool kind##_dma(struct rig *rig, u16 bdf, u64 iova, enum fake_access access, u64 *out) \
	{										\
		return fake_##kind##_dma(&rig->kind, bdf, iova, access, out);		\
	}										\
	static void kind##_save(struct rig *rig)					\
	{										\
		memcpy(rig->saved_registers, &rig->kind, offsetof(struct fake_##kind, caches)); \
	}

/* --- vtd --- */

ADAPT(vtd)

static void vtd_open_simple(struct rig *rig)
{
	vtd_attach(rig);
	rig->vtd.ecap &= ~3ULL;	/* no queue, no snooping */
	rig->vtd.cap |= 0x10;	/* write buffer */
	rig->vtd.cap &= ~(7ULL | 4ULL << 8 | 3ULL << 34 | 2ULL << 54);
	rig->vtd.cap |= 1;	/* 64 domains, 3 levels, no superpages, writes drain */
}

static void vtd_open_like_qemu(struct rig *rig)
{
	vtd_attach(rig);
	rig->vtd.ecap &= ~1ULL;
}

static bool vtd_on(const struct rig *rig)
{
	return rig->vtd.gsts >> 31;
}

static void vtd_expect_saved(struct rig *rig)
{
	const struct fake_vtd *vtd = (const void *)rig->saved_registers;

	assert_int_equal(rig->vtd.rtaddr, vtd->rtaddr);
	assert_int_equal(rig->vtd.iqa, vtd->iqa);
	assert_int_equal(rig->vtd.iectl, vtd->iectl);
	assert_int_equal(rig->vtd.fectl, vtd->fectl);
}

/* --- amdvi --- */

ADAPT(amdvi)

static void amdvi_open_old(struct rig *rig)
{
	amdvi_attach(rig);
	rig->amdvi.efr = 0;	/* entry by entry, in several batches */
	rig->amdvi.cmdbuf = rig->amdvi.evtlog = 8ULL << 56;	/* as after a reset */
}

static bool amdvi_on(const struct rig *rig)
{
	return rig->amdvi.control & 1;
}

/* Linux's own table, or, where it had none, entries that pass: QEMU looks even when the unit is off. */
static void expect_passing_table(const struct fake_amdvi *now, const struct fake_amdvi *saved)
{
	u64 bytes = ((now->devtab & 0x1ff) + 1) * PAGE_SIZE;
	u64 table = now->devtab & ~PAGE_MASK;

	if (saved->devtab || now->devtab == 0) {
		assert_int_equal(now->devtab, saved->devtab);
		return;
	}
	assert_true(fake_memory_has(table, bytes));
	for (u64 i = 0; i < bytes; i += 8)
		assert_int_equal(fake_memory_read(table + i, true), 0);
}

static void amdvi_expect_saved(struct rig *rig)
{
	const struct fake_amdvi *amdvi = (const void *)rig->saved_registers;

	expect_passing_table(&rig->amdvi, amdvi);
	assert_int_equal(rig->amdvi.cmdbuf, amdvi->cmdbuf);
	assert_int_equal(rig->amdvi.evtlog, amdvi->evtlog);
	assert_int_equal(rig->amdvi.control, amdvi->control);
	assert_int_equal(rig->amdvi.exclusion, amdvi->exclusion);
}

/* --- smmuv3 --- */

ADAPT(smmuv3)

static void smmuv3_open(struct rig *rig)
{
	smmuv3_attach(rig);
	rig->smmuv3.strtab_base = 0x4000000012345000;	/* what firmware left */
	rig->smmuv3.cmdq_prod = rig->smmuv3.cmdq_cons = 7;
	rig->smmuv3.irq_ctrl = rig->smmuv3.irq_ack = 1;
}

static void smmuv3_open_like_qemu(struct rig *rig)
{
	smmuv3_open(rig);
	rig->smmuv3.like_qemu = true;
}

/* 40-bit addresses (concatenated roots, no 4 levels), tiny queues, does not snoop, has ATS. */
static void smmuv3_open_small(struct rig *rig)
{
	smmuv3_open(rig);
	rig->smmuv3.idr0 = (rig->smmuv3.idr0 & ~0x10U) | 0x400;
	rig->smmuv3.idr1 = 0 << 21 | 2 << 16 | 20;	/* one command, 4 events, 20 bits of id */
	rig->smmuv3.idr5 = 0x12;
}

static bool smmuv3_on(const struct rig *rig)
{
	return rig->smmuv3.cr0ack & 1;
}

static void smmuv3_expect_saved(struct rig *rig)
{
	const struct fake_smmuv3 *saved = (const void *)rig->saved_registers, *now = &rig->smmuv3;

	assert_int_equal(now->cr0, saved->cr0);
	assert_int_equal(now->cr1, saved->cr1);
	assert_int_equal(now->cr2, saved->cr2);
	assert_int_equal(now->gbpa & ~0x80000000U, saved->gbpa);
	assert_int_equal(now->irq_ctrl, saved->irq_ctrl);
	assert_int_equal(now->strtab_base, saved->strtab_base);
	assert_int_equal(now->strtab_cfg, saved->strtab_cfg);
	assert_int_equal(now->cmdq_base, saved->cmdq_base);
	assert_int_equal(now->cmdq_prod, saved->cmdq_prod);
	assert_int_equal(now->cmdq_cons, saved->cmdq_cons);
	assert_int_equal(now->eventq_base, saved->eventq_base);
	assert_int_equal(now->eventq_prod, saved->eventq_prod);
	assert_int_equal(now->eventq_cons, saved->eventq_cons);
}

/* --- smmuv2 --- */

ADAPT(smmuv2)

/* 40-bit addresses, does not snoop, just as many banks and groups as two generations need. */
static void smmuv2_open_small(struct rig *rig)
{
	smmuv2_attach(rig);
	rig->smmuv2.id0 = (rig->smmuv2.id0 & ~0x40ffU) | 8;
	rig->smmuv2.id1 = (rig->smmuv2.id1 & ~0xffU) | 6;
	rig->smmuv2.id2 = (rig->smmuv2.id2 & ~0xffU) | 0x22;
}

static bool smmuv2_on(const struct rig *rig)
{
	return !(rig->smmuv2.cr0 & 1);
}

static void smmuv2_expect_saved(struct rig *rig)
{
	const struct fake_smmuv2 *saved = (const void *)rig->saved_registers, *now = &rig->smmuv2;

	assert_int_equal(now->cr0, saved->cr0);
	assert_memory_equal(now->smr, saved->smr, sizeof(now->smr));
	assert_memory_equal(now->s2cr, saved->s2cr, sizeof(now->s2cr));
}

#define SHAPE(kind) \
	.close = kind##_close, .dma = kind##_dma, .on = kind##_on, .save = kind##_save, \
	.expect_saved = kind##_expect_saved
#define VTD_SHAPE(text, how, start, commit) \
	{ .name = text, .type = JAILHOUSE_IOMMU_INTEL, .open = how, SHAPE(vtd), \
	  .address_mask = ~0xfffULL, .records = FAKE_VTD_RECORDS, .pages = 4, \
	  .start_requests = start, .commit_requests = commit }
#define AMDVI_SHAPE(text, how, start, commit) \
	{ .name = text, .type = JAILHOUSE_IOMMU_AMD, .open = how, SHAPE(amdvi), \
	  .address_mask = ~0ULL, .records = 255, .pages = 4, \
	  .start_requests = start, .commit_requests = commit }
#define SMMUV3_SHAPE(text, how, kept, start, commit) \
	{ .name = text, .type = JAILHOUSE_IOMMU_SMMUV3, .open = how, SHAPE(smmuv3), \
	  .address_mask = ~0ULL, .blind = true, .records = kept, .pages = 7, \
	  .start_requests = start, .commit_requests = commit }
#define SMMUV2_SHAPE(text, how) \
	{ .name = text, .type = JAILHOUSE_IOMMU_ARM_MMU500, .open = how, SHAPE(smmuv2), \
	  .address_mask = ~0ULL, .records = 1, .pages = 3, .start_requests = 1, .commit_requests = 1 }

const struct shape shapes[SHAPES] = {
	/* queue, root, two invalidations, on; root, two invalidations */
	[SHAPE_VTD] = VTD_SHAPE("vtd with queue", vtd_attach, 5, 3),
	[SHAPE_VTD_LIKE_QEMU] = VTD_SHAPE("vtd like qemu", vtd_open_like_qemu, 5, 3),
	/* flush, root, two invalidations, on */
	[SHAPE_VTD_BY_REGISTERS] = VTD_SHAPE("vtd by registers", vtd_open_simple, 5, 4),
	/* rings, one batch */
	[SHAPE_AMDVI] = AMDVI_SHAPE("amdvi", amdvi_attach, 2, 1),
	/* 4 buses are 1024 entries: 5 batches */
	[SHAPE_AMDVI_ENTRY_BY_ENTRY] = AMDVI_SHAPE("amdvi entry by entry", amdvi_open_old, 6, 5),
	/* interrupts, queues, four commands, GBPA, on; configuration, translations of three cells */
	[SHAPE_SMMUV3] = SMMUV3_SHAPE("smmuv3", smmuv3_open, 64, 8, 9),
	[SHAPE_SMMUV3_LIKE_QEMU] = SMMUV3_SHAPE("smmuv3 like qemu", smmuv3_open_like_qemu, 64, 8, 9),
	[SHAPE_SMMUV3_SMALL] = SMMUV3_SHAPE("smmuv3 small", smmuv3_open_small, 4, 8, 9),
	/* one synchronisation */
	[SHAPE_SMMUV2] = SMMUV2_SHAPE("smmuv2", smmuv2_attach),
	[SHAPE_SMMUV2_SMALL] = SMMUV2_SHAPE("smmuv2 small", smmuv2_open_small),
};
