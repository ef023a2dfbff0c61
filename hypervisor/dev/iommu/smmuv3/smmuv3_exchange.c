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

/*
 * Step 0: entries that change become invalid. 1: they get their words but the first. 2: and that. A
 * first level has step 2 only; all words that the unit sees change as a whole.
 */
static void smmuv3_put(const struct iommu_unit *unit, const struct smmuv3_image *to, u32 step)
{
	bool linear = smmuv3_linear(unit);
	const u64 *new = linear ? (const u64 *)(to + 1) : to->level1;
	u32 words = linear ? sizeof(*to) / 8 : sizeof(to->level1) / 8;
	u64 *table = (u64 *)unit->pages;

	for (u32 i = 0; i < words; i++) {
		u64 *at = step ? &table[i] : &table[i & ~7U];

		if (table[i] == new[i] || (step == 1 && i % 8 == 0))
			continue;
		*(volatile u64 *)at = step ? new[i] : 0;
		if (!unit->caps.coherent)
			port_cache_flush(at, sizeof(*at));
	}
}

static void smmuv3_sync(struct iommu_unit *unit)
{
	smmuv3_issue(unit, SMMUV3_CMD_SYNC, 0);
}

static void smmuv3_forget(struct iommu_unit *unit, u64 vmid)
{
	smmuv3_issue(unit, SMMUV3_CMD_TLBI_S12_VMALL | field_set(SMMUV3_CMD_VMID, vmid), 0);
}

/* Translations of all cells whose tables differ; others keep theirs. */
static void smmuv3_forget_cells(struct iommu_unit *unit, const struct smmuv3_image *from,
				const struct smmuv3_image *to)
{
	for (unsigned slot = 0; slot < CONFIG_MAX_CELLS; slot++) {
		if (from->cells[slot].vmid == to->cells[slot].vmid)
			continue;
		smmuv3_forget(unit, from->cells[slot].vmid);
		smmuv3_forget(unit, to->cells[slot].vmid);
	}
}

enum status smmuv3_exchange(struct iommu_unit *unit, u64 from, u64 to)
{
	const struct smmuv3_image *new = pool_virt(unit->pool, to);
	const u64 *why = &unit->state[SMMUV3_WHY];

	smmuv3_settle(unit);
	for (u32 step = smmuv3_linear(unit) ? 0 : 2; step < 3 && *why == OK; step++) {
		smmuv3_put(unit, new, step);
		smmuv3_issue(unit, SMMUV3_CMD_CFGI_ALL, SMMUV3_CFGI_RANGE_ALL);
		smmuv3_sync(unit);
	}
	if (from)
		smmuv3_forget_cells(unit, pool_virt(unit->pool, from), new);
	else
		smmuv3_issue(unit, SMMUV3_CMD_TLBI_NSNH_ALL, 0);
	smmuv3_sync(unit);
	return (enum status)*why;
}
