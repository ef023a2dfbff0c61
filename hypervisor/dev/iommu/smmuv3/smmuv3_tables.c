// SPDX-License-Identifier: GPL-2.0
/* What an SMMUv3 reads from memory for a plan: which streams may do DMA, through which tables. */
#include <dev/iommu/smmuv3/smmuv3.h>

#define SMMUV3_VMID_OTHER 0x80	/* ids of cells are below; every unit has VMIDs of 8 bits */
#define SMMUV3_ENTRIES_PER_PAGE_LOG2 6

u64 smmuv3_level1(u64 table, unsigned log2_entries)
{
	return table | field_set(SMMUV3_L1_SPAN, log2_entries + 1);
}

struct smmuv3_ste smmuv3_ste(const struct iommu_domain *domain, u16 vmid,
			     const struct smmuv3_shape *shape)
{
	return (struct smmuv3_ste) {
		.q = {
			SMMUV3_STE0_V | field_set(SMMUV3_STE0_CONFIG, SMMUV3_CONFIG_STAGE2),
			field_set(SMMUV3_STE1_SHCFG, SMMUV3_SHCFG_INCOMING),
			field_set(SMMUV3_STE2_VMID, vmid) | SMMUV3_STE2_AA64 | SMMUV3_STE2_R |
				field_set(SMMUV3_STE2_CONTROL,
					  stage2_control(domain, shape->oas, shape->coherent)),
			domain->root.value,
		},
	};
}

/* VMIDs of all cells; the tables of before are still taken, so an equal root is the same table. */
static void smmuv3_number_cells(struct smmuv3_image *image, const struct iommu_domain *domains,
				const struct smmuv3_image *before)
{
	for (unsigned slot = 0; slot < CONFIG_MAX_CELLS; slot++) {
		u64 root = domains[slot].root.value;
		u64 old = before ? before->cells[slot].vmid : 0;

		if (root == 0)
			continue;
		image->cells[slot].root = root;
		image->cells[slot].vmid = domains[slot].id;
		if (old && before->cells[slot].root == root)
			image->cells[slot].vmid = old;
		else if (old == domains[slot].id)
			image->cells[slot].vmid |= SMMUV3_VMID_OTHER;
	}
}

/* The highest id in the same second level that gets an entry; rows are sorted by id. */
static u32 smmuv3_last_id(const struct plan *plan, const struct iommu_domain *domains, u32 row)
{
	const struct plan_stream *streams = plan_streams(plan);
	u32 last = streams[row].id;

	for (; row < plan->streams.count && streams[row].id >> SMMUV3_SPLIT == last >> SMMUV3_SPLIT;
	     row++)
		if (domains[streams[row].cell].root.value)
			last = streams[row].id;
	return last;
}

/* Second level of a row's stream, made at its first one, no larger than the last one needs. */
static struct smmuv3_ste *smmuv3_level2(struct pool *pool, struct smmuv3_image *image,
					const struct plan *plan,
					const struct iommu_domain *domains, u32 row, u8 owner)
{
	u32 index = plan_streams(plan)[row].id >> SMMUV3_SPLIT;
	u32 last = smmuv3_last_id(plan, domains, row) & ((1U << SMMUV3_SPLIT) - 1);
	unsigned log2 = SMMUV3_ENTRIES_PER_PAGE_LOG2;
	u32 pages;
	void *table;

	if (image->level1[index])
		return pool_virt(pool, image->level1[index] & SMMUV3_L1_TABLE);
	while (last >> log2)
		log2++;
	pages = 1U << (log2 - SMMUV3_ENTRIES_PER_PAGE_LOG2);
	table = pool_alloc(pool, pages, pages, owner);
	if (table)
		image->level1[index] = smmuv3_level1(pool_phys(pool, table), log2);
	return table;
}

static enum status smmuv3_add_stream(struct pool *pool, const struct smmuv3_shape *shape,
				     struct smmuv3_image *image, const struct plan *plan,
				     const struct iommu_domain *domains, u32 row, u8 owner)
{
	const struct plan_stream *stream = &plan_streams(plan)[row];
	const struct iommu_domain *domain = &domains[stream->cell];
	struct smmuv3_ste *table;

	if (stream->id >> shape->bits || stream->mask)
		return IOMMU_STREAM;
	if (domain->root.value == 0)
		return OK;
	if (!stage2_fits(domain) || domain->id >= SMMUV3_VMID_OTHER)
		return IOMMU_DOMAIN;
	table = smmuv3_level2(pool, image, plan, domains, row, owner);
	if (!table)
		return STATUS_NO_MEMORY;
	table[stream->id & ((1U << SMMUV3_SPLIT) - 1)] =
		smmuv3_ste(domain, (u16)image->cells[stream->cell].vmid, shape);
	return OK;
}

enum status smmuv3_tables_build(struct pool *pool, const struct smmuv3_shape *shape,
				const struct plan *plan, const struct iommu_domain *domains,
				const struct smmuv3_image *before, u8 owner,
				struct iommu_tables *tables)
{
	struct smmuv3_image *image = pool_alloc(pool, 1, 1, owner);
	enum status why = OK;

	if (!image)
		return STATUS_NO_MEMORY;
	if (!stage2_reaches(plan, shape->oas))
		return IOMMU_ADDRESS;
	smmuv3_number_cells(image, domains, before);
	for (u32 row = 0; row < plan->streams.count && why == OK; row++)
		why = smmuv3_add_stream(pool, shape, image, plan, domains, row, owner);
	*tables = (struct iommu_tables){ .table = PHYS(pool_phys(pool, image)), .owner = owner };
	return why;
}
