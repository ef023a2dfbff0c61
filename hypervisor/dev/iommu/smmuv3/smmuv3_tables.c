// SPDX-License-Identifier: GPL-2.0
/* What an SMMUv3 reads from memory for a plan: which streams may do DMA, through which tables. */
#include <dev/iommu/smmuv3/smmuv3.h>

#define SMMUV3_VMID_OTHER 0x80	/* ids of cells are below; every unit has VMIDs of 8 bits */
#define SMMUV3_ENTRIES (1U << SMMUV3_SPLIT)	/* of a second level, at most */
#define SMMUV3_ENTRIES_PER_PAGE_LOG2 6

u64 smmuv3_level1(u64 table, unsigned log2_entries)
{
	return table | field_set(SMMUV3_L1_SPAN, log2_entries + 1);
}

void smmuv3_ste(const struct iommu_unit *unit, const struct iommu_domain *domain, u64 vmid,
		struct smmuv3_ste *ste)
{
	u64 control = stage2_control(domain, (unsigned)unit->state[SMMUV3_OAS], unit->caps.coherent);

	ste->q[0] = SMMUV3_STE0_V | field_set(SMMUV3_STE0_CONFIG, SMMUV3_CONFIG_STAGE2);
	ste->q[1] = field_set(SMMUV3_STE1_SHCFG, SMMUV3_SHCFG_INCOMING);
	ste->q[2] = field_set(SMMUV3_STE2_VMID, vmid) | SMMUV3_STE2_AA64 | SMMUV3_STE2_R |
		    field_set(SMMUV3_STE2_CONTROL, control);
	ste->q[3] = domain->root.value;
}

/* The tables of before are still taken, so an equal root is the same table. */
static u64 smmuv3_vmid(const struct smmuv3_image *before, unsigned slot, const struct iommu_domain *domain)
{
	u64 old = before->cells[slot].vmid;

	if (old && before->cells[slot].root == domain->root.value)
		return old;
	return old == domain->id ? domain->id | SMMUV3_VMID_OTHER : domain->id;
}

/*
 * log2 of the entries that a stream's second level needs, for the highest id in it that gets one; rows
 * are sorted by id.
 */
static unsigned smmuv3_span(const struct iommu_build *build, const struct plan_stream *stream)
{
	const struct plan_stream *end = plan_streams(build->plan) + build->plan->streams.count;
	u32 index = stream->id >> SMMUV3_SPLIT;
	unsigned log2 = SMMUV3_ENTRIES_PER_PAGE_LOG2;

	for (; stream < end && stream->id >> SMMUV3_SPLIT == index; stream++)
		while (build->domains[stream->cell].root.value && stream->id % SMMUV3_ENTRIES >> log2)
			log2++;
	return log2;
}

/* Second level of a stream, made at its first one; NULL: the pool is empty. */
static struct smmuv3_ste *smmuv3_level2(const struct iommu_build *build, const struct plan_stream *stream)
{
	struct pool *pool = build->unit->pool;
	struct smmuv3_image *image = build->image;
	u64 *level1 = &image->level1[stream->id >> SMMUV3_SPLIT];
	unsigned log2;
	u32 pages;
	void *table;

	if (smmuv3_linear(build->unit))
		return (void *)(image + 1);
	if (*level1)
		return pool_virt(pool, *level1 & SMMUV3_L1_TABLE);
	log2 = smmuv3_span(build, stream);
	pages = 1U << (log2 - SMMUV3_ENTRIES_PER_PAGE_LOG2);
	table = pool_alloc(pool, pages, pages, build->owner);
	if (table)
		*level1 = smmuv3_level1(pool_phys(pool, table), log2);
	return table;
}

static enum status smmuv3_add(const struct iommu_build *build, const struct plan_stream *stream,
			      const struct iommu_domain *domain)
{
	struct smmuv3_image *image = build->image;
	u64 vmid = smmuv3_vmid(build->before, stream->cell, domain);
	struct smmuv3_ste *table;

	if (domain->id >= SMMUV3_VMID_OTHER)
		return IOMMU_DOMAIN;
	table = smmuv3_level2(build, stream);
	if (!table)
		return STATUS_NO_MEMORY;
	image->cells[stream->cell].root = domain->root.value;
	image->cells[stream->cell].vmid = vmid;
	smmuv3_ste(build->unit, domain, vmid, &table[stream->id % SMMUV3_ENTRIES]);
	return OK;
}

enum status smmuv3_build(struct iommu_build *build, u64 *table)
{
	const struct iommu_unit *unit = build->unit;

	return smmu_build(build, smmuv3_linear(unit) ? 2 : 1, (u32)unit->state[SMMUV3_OAS],
			  (1U << unit->state[SMMUV3_BITS]) - 1, 0, smmuv3_add, table);
}
