// SPDX-License-Identifier: GPL-2.0
/*
 * How the table that an SMMUv3 reads follows an image. STRTAB_BASE must not change while the unit is on,
 * so the first level stays and its descriptors change: each is one word of 64 bits, read at once
 * (3.21.3), and leads to the complete second level of the old or of the new generation. Old and new
 * tables of a cell have different VMIDs, so the unit never holds translations of both under one.
 *
 * A unit with a linear table (64 streams at most) has its entries rewritten by the procedure of
 * 3.21.3.1: a stream that changes is blocked meanwhile.
 */
#include <dev/iommu/smmuv3/smmuv3.h>

/* One word of 64 bits, seen by the unit as a whole. */
static void smmuv3_put(const struct iommu_unit *unit, u64 *at, u64 value)
{
	*(volatile u64 *)at = value;
	if (!unit->caps.coherent)
		port_cache_flush(at, sizeof(*at));
}

static enum status smmuv3_forget_config(struct iommu_unit *unit)
{
	enum status why = smmuv3_push(unit, SMMUV3_CMD_CFGI_ALL, SMMUV3_CFGI_RANGE_ALL);

	return why == OK ? smmuv3_finish(unit) : why;
}

static enum status smmuv3_forget_vmid(struct iommu_unit *unit, u64 vmid)
{
	if (vmid == 0)
		return OK;
	return smmuv3_push(unit, SMMUV3_CMD_TLBI_S12_VMALL | field_set(SMMUV3_CMD_VMID, vmid), 0);
}

/* Translations of all cells whose tables differ; others keep theirs. */
static enum status smmuv3_forget_cells(struct iommu_unit *unit, const struct smmuv3_image *from,
				       const struct smmuv3_image *to)
{
	enum status why = OK;

	for (unsigned slot = 0; slot < CONFIG_MAX_CELLS && why == OK; slot++) {
		if (from->cells[slot].vmid == to->cells[slot].vmid)
			continue;
		why = smmuv3_forget_vmid(unit, from->cells[slot].vmid);
		if (why == OK)
			why = smmuv3_forget_vmid(unit, to->cells[slot].vmid);
	}
	return why == OK ? smmuv3_finish(unit) : why;
}

static void smmuv3_put_level1(const struct iommu_unit *unit, const struct smmuv3_image *to)
{
	u64 *table = pool_virt(unit->pool, unit->state[SMMUV3_TABLE]);

	for (u32 i = 0; i < sizeof(to->level1) / sizeof(to->level1[0]); i++)
		if (table[i] != to->level1[i])
			smmuv3_put(unit, &table[i], to->level1[i]);
}

/* Entry i of a linear table as it should be, word w. */
static u64 smmuv3_wanted(const struct iommu_unit *unit, const struct smmuv3_image *to, u32 i, u32 w)
{
	const struct smmuv3_ste *table = pool_virt(unit->pool, to->level1[0] & SMMUV3_L1_TABLE);

	return to->level1[0] ? table[i].q[w] : 0;
}

static bool smmuv3_differs(const struct iommu_unit *unit, const struct smmuv3_image *to, u32 i)
{
	const struct smmuv3_ste *table = pool_virt(unit->pool, unit->state[SMMUV3_TABLE]);

	for (u32 w = 0; w < 8; w++)
		if (table[i].q[w] != smmuv3_wanted(unit, to, i, w))
			return true;
	return false;
}

/* Step 0: entries that change become invalid. 1: they get their words but the first. 2: and that. */
static enum status smmuv3_rewrite(struct iommu_unit *unit, const struct smmuv3_image *to, u32 step)
{
	struct smmuv3_ste *table = pool_virt(unit->pool, unit->state[SMMUV3_TABLE]);

	for (u32 i = 0; i < 1U << SMMUV3_LINEAR_BITS; i++) {
		if (!smmuv3_differs(unit, to, i))
			continue;
		for (u32 w = 1; w < 8 && step == 1; w++)
			smmuv3_put(unit, &table[i].q[w], smmuv3_wanted(unit, to, i, w));
		if (step != 1)
			smmuv3_put(unit, &table[i].q[0], step ? smmuv3_wanted(unit, to, i, 0) : 0);
	}
	return smmuv3_forget_config(unit);
}

enum status smmuv3_exchange(struct iommu_unit *unit, u64 from, u64 to)
{
	const struct smmuv3_image *old = smmuv3_image(unit, from), *new = smmuv3_image(unit, to);
	enum status why = smmuv3_settle(unit);

	if (why == OK && !unit->state[SMMUV3_LINEAR]) {
		smmuv3_put_level1(unit, new);
		why = smmuv3_forget_config(unit);
	} else {
		for (u32 step = 0; step < 3 && why == OK; step++)
			why = smmuv3_rewrite(unit, new, step);
	}
	return why == OK ? smmuv3_forget_cells(unit, old, new) : why;
}

enum status smmuv3_fill(struct iommu_unit *unit, u64 image)
{
	const struct smmuv3_image *new = smmuv3_image(unit, image);
	enum status why;

	iommu_show_pages(unit, unit->owner);
	if (!unit->state[SMMUV3_LINEAR])
		smmuv3_put_level1(unit, new);
	for (u32 step = unit->state[SMMUV3_LINEAR] ? 1 : 3; step < 3; step++) {
		why = smmuv3_rewrite(unit, new, step);
		if (why != OK)
			return why;
	}
	why = smmuv3_push(unit, SMMUV3_CMD_CFGI_ALL, SMMUV3_CFGI_RANGE_ALL);
	if (why == OK)
		why = smmuv3_push(unit, SMMUV3_CMD_TLBI_NSNH_ALL, 0);
	return why == OK ? smmuv3_finish(unit) : why;
}
