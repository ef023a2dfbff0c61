// SPDX-License-Identifier: GPL-2.0
/*
 * Life of an SMMUv2: off -> confined to a plan's tables -> other tables, any number of times -> off.
 * No emulator has such a unit; see smmuv2.h.
 *
 * On and off. CLIENTPD is cleared last, when all registers say what the plan says and everything else
 * aborts (USFCFG), and set first; each transfer passes wholly before or after that one write, so there
 * is no instant between "as found" and "confined". The unit cannot abort while CLIENTPD is set.
 *
 * Exchanging tables. New tables get a context bank that nobody uses, complete before a stream leads to
 * it; then each stream's S2CR, one register of 32 bits, changes from the old to the new bank. VMIDs
 * are numbers of banks, so old and new translations never meet. A stream that leaves is set to fault
 * before its match register is cleared, one that comes is matched last.
 */
#include <dev/iommu/smmuv2/smmuv2.h>

#define SMMUV2_CR0_RUNNING (SMMUV2_CR0_GFRE | SMMUV2_CR0_GCFGFRE | SMMUV2_CR0_USFCFG | \
			    SMMUV2_CR0_VMIDPNE | SMMUV2_CR0_PTM)

static u64 smmuv2_smaller(u64 a, u64 b)
{
	return a < b ? a : b;
}

/* What the unit must have, and that nobody uses it. */
static const struct smmu_check smmuv2_checks[] = {
	SMMU_CHECK(IOMMU_STAGE2, SMMUV2_ID0_REG, SMMUV2_ID0_S2TS, BIT(1)),
	SMMU_CHECK(IOMMU_FORMAT, SMMUV2_ID0_REG, SMMUV2_ID0_SMS, BIT(1)),
	SMMU_CHECK(IOMMU_FORMAT, SMMUV2_ID0_REG, SMMUV2_ID0_EXIDS, BIT(0)),
	SMMU_CHECK(IOMMU_FORMAT, SMMUV2_ID2_REG, SMMUV2_ID2_PTFSV8_4K, BIT(1)),
	SMMU_CHECK(IOMMU_FORMAT, SMMUV2_ID2_REG, SMMUV2_ID2_OAS, STAGE2_SIZES),
	SMMU_CHECK(IOMMU_FORMAT, SMMUV2_ID2_REG, SMMUV2_ID2_IAS, STAGE2_SIZES),
	SMMU_CHECK(IOMMU_SMMU_ON, SMMUV2_CR0_REG, (u64)SMMUV2_CR0_CLIENTPD, BIT(1)),
	{ .why = OK },
};

static enum status smmuv2_probe(struct iommu_unit *unit, u64 *found)
{
	enum status why = smmu_check(unit, smmuv2_checks, found);
	u32 id0 = iommu_read32(unit, SMMUV2_ID0_REG), id1 = iommu_read32(unit, SMMUV2_ID1_REG);
	u32 id2 = iommu_read32(unit, SMMUV2_ID2_REG);
	u64 *state = unit->state;

	if (why != OK)
		return why;
	state[SMMUV2_GROUPS] = smmuv2_smaller(field_get(SMMUV2_ID0_NUMSMRG, id0), SMMUV2_MAX);
	state[SMMUV2_IDS] = BIT(field_get(SMMUV2_ID0_NUMSIDB, id0)) - 1;
	state[SMMUV2_BANKS] = smmuv2_smaller(field_get(SMMUV2_ID1_NUMCB, id1), SMMUV2_MAX);
	state[SMMUV2_SIZE] = smmuv2_smaller(field_get(SMMUV2_ID2_IAS, id2), field_get(SMMUV2_ID2_OAS, id2));
	state[SMMUV2_SHIFT] = id1 & SMMUV2_ID1_PAGESIZE ? 16 : 12;
	state[SMMUV2_FIRST_BANK] = 2ULL << field_get(SMMUV2_ID1_NUMPAGENDXB, id1);
	unit->caps = stage2_caps((unsigned)state[SMMUV2_SIZE], id0 & SMMUV2_ID0_CTTW);
	*found = smmuv2_bank(unit, (u32)state[SMMUV2_BANKS]);
	return *found > unit->config->size ? IOMMU_WINDOW : OK;
}

/* --- registers follow an image --- */

/*
 * A bank that no stream leads to gets its tables. It fetches no translations in advance, as it does
 * after a reset: that is in errata of the MMU-500 (562869, 826419, 841119, 1047329). Firmware can have locked that.
 */
static void smmuv2_open_bank(const struct iommu_unit *unit, u32 bank, const struct smmuv2_image *to)
{
	u32 space1 = smmuv2_page(unit, 1), own = smmuv2_bank(unit, bank);

	iommu_write32(unit, space1 + SMMUV2_CBA2R_REG(bank), SMMUV2_CBA2R_VA64);
	iommu_write32(unit, space1 + SMMUV2_CBAR_REG(bank), SMMUV2_CBAR_STAGE2 | bank);
	iommu_write32(unit, own + SMMUV2_CB_ACTLR_REG,
		      iommu_read32(unit, own + SMMUV2_CB_ACTLR_REG) & ~SMMUV2_CB_ACTLR_CPRE);
	iommu_write32(unit, own + SMMUV2_CB_TCR_REG, to->controls[bank]);
	iommu_write64(unit, own + SMMUV2_CB_TTBR0_REG, to->roots[bank]);
	iommu_write32(unit, own + SMMUV2_CB_FSR_REG, ~0U);
	iommu_write32(unit, own + SMMUV2_CB_SCTLR_REG,
		      SMMUV2_CB_SCTLR_M | SMMUV2_CB_SCTLR_CFRE | SMMUV2_CB_SCTLR_HUPCF);
}

/* A bank that no stream leads to any more; its translations go with the next synchronisation. */
static void smmuv2_close_bank(const struct iommu_unit *unit, u32 bank)
{
	iommu_write32(unit, smmuv2_page(unit, 1) + SMMUV2_CBAR_REG(bank), SMMUV2_CBAR_FAULT);
	iommu_write32(unit, SMMUV2_TLBIVMID_REG, bank);
}

/*
 * Not 0: the match register has not kept these bits. A unit may have fewer bits of masks than of ids,
 * which no register tells. Bits of an id that are masked need not be kept.
 */
static u32 smmuv2_set_stream(const struct iommu_unit *unit, u32 group, u32 s2cr, u32 match)
{
	iommu_write32(unit, SMMUV2_S2CR_REG(group), s2cr);
	iommu_write32(unit, SMMUV2_SMR_REG(group), match);
	return (iommu_read32(unit, SMMUV2_SMR_REG(group)) ^ match) & ~(match >> 16);
}

/* Streams that leave first, so that no two registers ever match one stream. */
static enum status smmuv2_move_streams(const struct iommu_unit *unit, const struct smmuv2_image *to)
{
	u32 lost = 0;

	for (u32 step = 0; step < 2; step++)
		for (u32 i = 0; i < unit->state[SMMUV2_GROUPS]; i++)
			if ((to->matches[i] != 0) == step)
				lost |= smmuv2_set_stream(unit, i, step ? SMMUV2_S2CR_TRANSLATE | to->banks[i] :
									  SMMUV2_S2CR_FAULT, (u32)to->matches[i]);
	return lost ? IOMMU_STREAM : OK;
}

static enum status smmuv2_wait_sync(const struct iommu_unit *unit)
{
	return iommu_wait(unit, SMMUV2_TLBGSTATUS_REG, SMMUV2_GSACTIVE, 0, IOMMU_WAIT_INVALIDATE);
}

/* from 0: from registers that nobody uses, to which the second own page, which is empty, is the image. */
static enum status smmuv2_exchange(struct iommu_unit *unit, u64 from, u64 to)
{
	const struct smmuv2_image *new = pool_virt(unit->pool, to);
	const struct smmuv2_image *old = from ? pool_virt(unit->pool, from) :
						(const void *)(unit->pages + PAGE_SIZE);
	enum status why = smmuv2_wait_sync(unit);	/* of an exchange that was given up */

	if (why != OK)
		return why;
	for (u32 i = 0; i < unit->state[SMMUV2_BANKS]; i++)
		if (new->roots[i] && !old->roots[i])
			smmuv2_open_bank(unit, i, new);
	why = smmuv2_move_streams(unit, new);
	if (why != OK)
		return why;
	for (u32 i = 0; i < unit->state[SMMUV2_BANKS]; i++)
		if (!new->roots[i])
			smmuv2_close_bank(unit, i);
	iommu_write32(unit, SMMUV2_TLBGSYNC_REG, 0);
	return smmuv2_wait_sync(unit);
}

/* --- on and off --- */

/*
 * Stream registers as they were found. Context banks and the lock of their ACTLR are not given back:
 * what they say is void while the unit is off, and its next owner must set them up anyway.
 */
static void smmuv2_save(struct iommu_unit *unit)
{
	u32 *kept = (u32 *)unit->pages;

	unit->state[SMMUV2_SAVED_CR0] = iommu_read32(unit, SMMUV2_CR0_REG);
	for (u32 i = 0; i < unit->state[SMMUV2_GROUPS]; i++) {
		*kept++ = iommu_read32(unit, SMMUV2_S2CR_REG(i));
		*kept++ = iommu_read32(unit, SMMUV2_SMR_REG(i));
	}
}

static void smmuv2_stop(struct iommu_unit *unit)
{
	const u32 *kept = (const u32 *)unit->pages;

	iommu_write32(unit, SMMUV2_CR0_REG, (u32)unit->state[SMMUV2_SAVED_CR0]);
	for (u32 i = 0; i < unit->state[SMMUV2_BANKS]; i++)
		iommu_write32(unit, smmuv2_bank(unit, i) + SMMUV2_CB_SCTLR_REG, 0);
	for (u32 i = 0; i < unit->state[SMMUV2_GROUPS]; i++, kept += 2)
		smmuv2_set_stream(unit, i, kept[0], kept[1]);
}

static enum status smmuv2_start(struct iommu_unit *unit)
{
	enum status why;

	smmuv2_save(unit);
	iommu_write32(unit, SMMUV2_ACR_REG, iommu_read32(unit, SMMUV2_ACR_REG) & ~SMMUV2_ACR_CACHE_LOCK);
	iommu_write32(unit, SMMUV2_GFSR_REG, iommu_read32(unit, SMMUV2_GFSR_REG));
	iommu_write32(unit, SMMUV2_TLBIALLH_REG, 0);
	iommu_write32(unit, SMMUV2_TLBIALLNSNH_REG, 0);
	why = smmuv2_exchange(unit, 0, unit->tables);
	if (why == OK)
		iommu_write32(unit, SMMUV2_CR0_REG, SMMUV2_CR0_RUNNING);
	return why;
}

const struct iommu_ops iommu_smmuv2 = {
	.window = PAGE_SIZE,
	.probe = smmuv2_probe,
	.build = smmuv2_build,
	.start = smmuv2_start,
	.exchange = smmuv2_exchange,
	.take_fault = smmuv2_take_fault,
	.stop = smmuv2_stop,
};
