// SPDX-License-Identifier: GPL-2.0
/* What the registers of an SMMUv2 say for a plan: which streams may do DMA, through which tables. */
#include <dev/iommu/smmuv2/smmuv2.h>

u32 smmuv2_match(u32 id, u32 mask)
{
	return SMMUV2_SMR_VALID | (u32)field_set(SMMUV2_SMR_MASK, mask) |
	       (u32)field_set(SMMUV2_SMR_ID, id & ~mask);
}

/* The cell's bank: the one with its tables now, or one that no generation uses. */
static u32 smmuv2_find_bank(const struct smmuv2_shape *shape, const struct smmuv2_image *image,
			    const struct smmuv2_image *before, u64 root)
{
	u32 free = SMMUV2_NO_BANK;

	for (u32 i = shape->banks; i-- > 0; ) {
		if (image->banks[i].root == root || (before && before->banks[i].root == root))
			return i;
		if (!image->banks[i].root && !(before && before->banks[i].root))
			free = i;
	}
	return free;
}

static u32 smmuv2_find_group(const struct smmuv2_shape *shape, const struct smmuv2_image *image,
			     const struct smmuv2_image *before, u32 match)
{
	u32 free = SMMUV2_MAX_GROUPS;

	for (u32 i = shape->groups; i-- > 0; ) {
		if (before && before->streams[i].match == match)
			return i;
		if (!image->streams[i].match && !(before && before->streams[i].match))
			free = i;
	}
	return free;
}

/* Two registers that match one stream: the unit may do anything (IHI 0062, 2.2.2). */
static bool smmuv2_is_matched(const struct plan *plan, u32 row)
{
	const struct plan_stream *streams = plan_streams(plan), *a = &streams[row];

	for (const struct plan_stream *b = streams; b < a; b++)
		if (((a->id ^ b->id) & ~a->mask & ~b->mask) == 0)
			return true;
	return false;
}

static enum status smmuv2_add_stream(const struct smmuv2_shape *shape, struct smmuv2_image *image,
				     const struct smmuv2_image *before, const struct plan *plan,
				     const struct iommu_domain *domains, u32 row)
{
	const struct plan_stream *stream = &plan_streams(plan)[row];
	const struct iommu_domain *domain = &domains[stream->cell];
	u32 match = smmuv2_match(stream->id, stream->mask), group, bank;

	if ((stream->id | stream->mask) > SMMUV2_SMR_ID || smmuv2_is_matched(plan, row))
		return IOMMU_STREAM;
	if (domain->root.value == 0)
		return OK;
	if (!stage2_fits(domain))
		return IOMMU_DOMAIN;
	bank = smmuv2_find_bank(shape, image, before, domain->root.value);
	group = smmuv2_find_group(shape, image, before, match);
	if (bank == SMMUV2_NO_BANK || group == SMMUV2_MAX_GROUPS)
		return IOMMU_BANKS;
	image->banks[bank].root = domain->root.value;
	image->banks[bank].control = SMMUV2_CB_TCR_RES1 |
				     stage2_control(domain, shape->size, shape->coherent);
	image->streams[group].match = match;
	image->streams[group].bank = bank;
	return OK;
}

enum status smmuv2_tables_build(struct pool *pool, const struct smmuv2_shape *shape,
				const struct plan *plan, const struct iommu_domain *domains,
				const struct smmuv2_image *before, u8 owner,
				struct iommu_tables *tables)
{
	struct smmuv2_image *image = pool_alloc(pool, 1, 1, owner);
	enum status why = OK;

	if (!image)
		return STATUS_NO_MEMORY;
	if (!stage2_reaches(plan, shape->size))
		return IOMMU_ADDRESS;
	for (u32 row = 0; row < plan->streams.count && why == OK; row++)
		why = smmuv2_add_stream(shape, image, before, plan, domains, row);
	*tables = (struct iommu_tables){ .table = PHYS(pool_phys(pool, image)), .owner = owner };
	return why;
}
