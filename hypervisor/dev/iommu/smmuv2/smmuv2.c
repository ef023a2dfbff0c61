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
#include <base/string.h>
#include <dev/iommu/smmuv2/smmuv2.h>

#define SMMUV2_CR0_RUNNING (SMMUV2_CR0_GFRE | SMMUV2_CR0_GCFGFRE | SMMUV2_CR0_USFCFG | \
			    SMMUV2_CR0_VMIDPNE | SMMUV2_CR0_PTM)

static u64 smmuv2_smaller(u64 a, u64 b)
{
	return a < b ? a : b;
}

static void smmuv2_keep_caps(struct iommu_unit *unit, u32 id0, u32 id1, u32 id2)
{
	u64 *state = unit->state;
	u64 pages = 2ULL << field_get(SMMUV2_ID1_NUMPAGENDXB, id1);

	state[SMMUV2_GROUPS] = smmuv2_smaller(field_get(SMMUV2_ID0_NUMSMRG, id0), SMMUV2_MAX_GROUPS);
	state[SMMUV2_BANKS] = smmuv2_smaller(field_get(SMMUV2_ID1_NUMCB, id1), SMMUV2_MAX_BANKS);
	state[SMMUV2_SIZE] = smmuv2_smaller(field_get(SMMUV2_ID2_IAS, id2), field_get(SMMUV2_ID2_OAS, id2));
	state[SMMUV2_SHIFT] = id1 & SMMUV2_ID1_PAGESIZE ? 16 : 12;
	state[SMMUV2_FIRST_BANK] = pages << state[SMMUV2_SHIFT];
	state[SMMUV2_IMAGE] = 0;
	unit->caps = stage2_caps((unsigned)state[SMMUV2_SIZE], id0 & SMMUV2_ID0_CTTW);
}

static bool smmuv2_can_walk(const struct iommu_unit *unit, u32 id0, u32 id2)
{
	return (id0 & SMMUV2_ID0_SMS) && (id2 & SMMUV2_ID2_PTFSV8_4K) && unit->state[SMMUV2_SIZE] < 8 &&
	       stage2_size((unsigned)unit->state[SMMUV2_SIZE]);
}

static enum status smmuv2_probe(struct iommu_unit *unit, struct refusal *refusal)
{
	u64 base = unit->config->base, window;
	u32 id0, id1, id2, cr0;

	if (unit->config->size < PAGE_SIZE)
		return iommu_refuse(unit, refusal, IOMMU_WINDOW, unit->config->size, PAGE_SIZE);
	id0 = smmuv2_read(unit, SMMUV2_ID0_REG);
	id1 = smmuv2_read(unit, SMMUV2_ID1_REG);
	id2 = smmuv2_read(unit, SMMUV2_ID2_REG);
	if (id0 == 0 || id0 == ~0U)
		return iommu_refuse(unit, refusal, IOMMU_ABSENT, base, id0);
	smmuv2_keep_caps(unit, id0, id1, id2);
	window = unit->state[SMMUV2_FIRST_BANK] + (unit->state[SMMUV2_BANKS] << unit->state[SMMUV2_SHIFT]);
	if (window > unit->config->size)
		return iommu_refuse(unit, refusal, IOMMU_WINDOW, unit->config->size, window);
	if (!(id0 & SMMUV2_ID0_S2TS))
		return iommu_refuse(unit, refusal, IOMMU_STAGE2, base, id0);
	if (!smmuv2_can_walk(unit, id0, id2))
		return iommu_refuse(unit, refusal, IOMMU_FORMAT, base, (u64)id2 << 32 | id0);
	cr0 = smmuv2_read(unit, SMMUV2_CR0_REG);
	if (!(cr0 & SMMUV2_CR0_CLIENTPD))
		return iommu_refuse(unit, refusal, IOMMU_SMMU_ON, base, cr0);
	return OK;
}

static const struct smmuv2_image *smmuv2_image(const struct iommu_unit *unit, u64 phys)
{
	return phys ? pool_virt(unit->pool, phys) : NULL;
}

static enum status smmuv2_build(struct iommu_unit *unit, const struct plan *plan,
				const struct iommu_domain *domains, u8 owner,
				struct iommu_tables *tables)
{
	const struct smmuv2_shape shape = {
		.groups = (u8)unit->state[SMMUV2_GROUPS], .banks = (u8)unit->state[SMMUV2_BANKS],
		.size = (u8)unit->state[SMMUV2_SIZE], .coherent = unit->caps.coherent,
	};

	return smmuv2_tables_build(unit->pool, &shape, plan, domains,
				   smmuv2_image(unit, unit->state[SMMUV2_IMAGE]), owner, tables);
}

/* --- registers follow an image --- */

/* A bank that no stream leads to gets its tables. */
static void smmuv2_open_bank(const struct iommu_unit *unit, u32 bank, const struct smmuv2_image *to)
{
	smmuv2_write(unit, smmuv2_space1(unit, SMMUV2_CBA2R_REG(bank)), SMMUV2_CBA2R_VA64);
	smmuv2_write(unit, smmuv2_space1(unit, SMMUV2_CBAR_REG(bank)), SMMUV2_CBAR_STAGE2 | bank);
	smmuv2_write(unit, smmuv2_bank(unit, bank, SMMUV2_CB_TCR_REG), to->banks[bank].control);
	port_mmio_write64(unit->registers + smmuv2_bank(unit, bank, SMMUV2_CB_TTBR0_REG),
			  to->banks[bank].root);
	smmuv2_write(unit, smmuv2_bank(unit, bank, SMMUV2_CB_FSR_REG), ~0U);
	smmuv2_write(unit, smmuv2_bank(unit, bank, SMMUV2_CB_SCTLR_REG),
		     SMMUV2_CB_SCTLR_M | SMMUV2_CB_SCTLR_CFRE | SMMUV2_CB_SCTLR_HUPCF);
}

static void smmuv2_close_bank(const struct iommu_unit *unit, u32 bank)
{
	smmuv2_write(unit, smmuv2_space1(unit, SMMUV2_CBAR_REG(bank)), SMMUV2_CBAR_FAULT);
}

static void smmuv2_close_stream(const struct iommu_unit *unit, u32 group)
{
	smmuv2_write(unit, SMMUV2_S2CR_REG(group), SMMUV2_S2CR_FAULT);
	smmuv2_write(unit, SMMUV2_SMR_REG(group), 0);
}

/* Streams that leave first, so that no two registers ever match one stream. */
static void smmuv2_move_streams(const struct iommu_unit *unit, const struct smmuv2_image *to)
{
	u32 groups = (u32)unit->state[SMMUV2_GROUPS];

	for (u32 i = 0; i < groups; i++)
		if (!to->streams[i].match)
			smmuv2_close_stream(unit, i);
	for (u32 i = 0; i < groups; i++) {
		if (!to->streams[i].match)
			continue;
		smmuv2_write(unit, SMMUV2_S2CR_REG(i), SMMUV2_S2CR_TRANSLATE | to->streams[i].bank);
		smmuv2_write(unit, SMMUV2_SMR_REG(i), to->streams[i].match);
	}
}

static enum status smmuv2_wait_sync(const struct iommu_unit *unit)
{
	u32 budget = IOMMU_PATIENCE;

	while (smmuv2_read(unit, SMMUV2_TLBGSTATUS_REG) & SMMUV2_GSACTIVE)
		if (!port_poll(&budget))
			return IOMMU_WAIT_INVALIDATE;
	return OK;
}

static enum status smmuv2_sync(const struct iommu_unit *unit)
{
	smmuv2_write(unit, SMMUV2_TLBGSYNC_REG, 0);
	return smmuv2_wait_sync(unit);
}

static enum status smmuv2_exchange(struct iommu_unit *unit, u64 from, u64 to)
{
	const struct smmuv2_image *old = smmuv2_image(unit, from), *new = smmuv2_image(unit, to);
	enum status why = smmuv2_wait_sync(unit);	/* of an exchange that was given up */

	if (why != OK)
		return why;
	for (u32 i = 0; i < unit->state[SMMUV2_BANKS]; i++)
		if (new->banks[i].root && !old->banks[i].root)
			smmuv2_open_bank(unit, i, new);
	smmuv2_move_streams(unit, new);
	for (u32 i = 0; i < unit->state[SMMUV2_BANKS]; i++) {
		if (!old->banks[i].root || new->banks[i].root)
			continue;
		smmuv2_close_bank(unit, i);
		smmuv2_write(unit, SMMUV2_TLBIVMID_REG, i);
	}
	return smmuv2_sync(unit);
}

static enum status smmuv2_commit(struct iommu_unit *unit, const struct iommu_tables *tables)
{
	u64 old = unit->state[SMMUV2_IMAGE], new = tables->table.value;
	enum status why = smmuv2_exchange(unit, old, new);

	if (why == OK)
		unit->state[SMMUV2_IMAGE] = new;
	else if (smmuv2_exchange(unit, new, old) != OK)
		why = IOMMU_STUCK;
	return why;
}

/* --- on and off --- */

/*
 * Stream registers as they were found. Context banks are not given back: what they say is void while
 * the unit is off, and its next owner must set them up anyway.
 */
static enum status smmuv2_save(struct iommu_unit *unit)
{
	u32 *kept = pool_alloc(unit->pool, 1, 1, unit->owner);

	if (!kept)
		return STATUS_NO_MEMORY;
	unit->state[SMMUV2_KEPT] = pool_phys(unit->pool, kept);
	unit->state[SMMUV2_SAVED_CR0] = smmuv2_read(unit, SMMUV2_CR0_REG);
	for (u32 i = 0; i < unit->state[SMMUV2_GROUPS]; i++) {
		kept[2 * i] = smmuv2_read(unit, SMMUV2_SMR_REG(i));
		kept[2 * i + 1] = smmuv2_read(unit, SMMUV2_S2CR_REG(i));
	}
	return OK;
}

static void smmuv2_stop(struct iommu_unit *unit)
{
	const u32 *kept = pool_virt(unit->pool, unit->state[SMMUV2_KEPT]);

	smmuv2_write(unit, SMMUV2_CR0_REG, (u32)unit->state[SMMUV2_SAVED_CR0]);
	for (u32 i = 0; i < unit->state[SMMUV2_BANKS]; i++)
		smmuv2_write(unit, smmuv2_bank(unit, i, SMMUV2_CB_SCTLR_REG), 0);
	for (u32 i = 0; i < unit->state[SMMUV2_GROUPS]; i++) {
		smmuv2_write(unit, SMMUV2_SMR_REG(i), kept[2 * i]);
		smmuv2_write(unit, SMMUV2_S2CR_REG(i), kept[2 * i + 1]);
	}
	unit->state[SMMUV2_IMAGE] = 0;
	unit->running = false;
}

static enum status smmuv2_bring_up(struct iommu_unit *unit, const struct smmuv2_image *image)
{
	enum status why = smmuv2_wait_sync(unit);

	for (u32 i = 0; i < unit->state[SMMUV2_BANKS]; i++) {
		if (image->banks[i].root)
			smmuv2_open_bank(unit, i, image);
		else
			smmuv2_close_bank(unit, i);
	}
	for (u32 i = 0; i < unit->state[SMMUV2_GROUPS]; i++)
		smmuv2_close_stream(unit, i);
	smmuv2_move_streams(unit, image);
	smmuv2_write(unit, SMMUV2_GFSR_REG, smmuv2_read(unit, SMMUV2_GFSR_REG));
	smmuv2_write(unit, SMMUV2_TLBIALLH_REG, 0);
	smmuv2_write(unit, SMMUV2_TLBIALLNSNH_REG, 0);
	if (why == OK)
		why = smmuv2_sync(unit);
	if (why == OK)
		smmuv2_write(unit, SMMUV2_CR0_REG, SMMUV2_CR0_RUNNING);
	return why;
}

static enum status smmuv2_start(struct iommu_unit *unit, const struct iommu_tables *tables)
{
	enum status why = smmuv2_save(unit);

	if (why != OK)
		return why;
	why = smmuv2_bring_up(unit, smmuv2_image(unit, tables->table.value));
	if (why != OK) {
		smmuv2_stop(unit);
		pool_drop(unit->pool, unit->owner);
		return why;
	}
	unit->state[SMMUV2_IMAGE] = tables->table.value;
	unit->running = true;
	return OK;
}

const struct iommu_ops iommu_smmuv2 = {
	.probe = smmuv2_probe,
	.build = smmuv2_build,
	.start = smmuv2_start,
	.commit = smmuv2_commit,
	.take_fault = smmuv2_take_fault,
	.explain = smmuv2_explain,
	.stop = smmuv2_stop,
};
