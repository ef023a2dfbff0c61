// SPDX-License-Identifier: GPL-2.0
/* What the registers of an SMMUv2 say for a plan: which streams may do DMA, through which tables. */
#include <dev/iommu/smmuv2/smmuv2.h>

u32 smmuv2_match(u32 id, u32 mask)
{
	return SMMUV2_SMR_VALID | (u32)field_set(SMMUV2_SMR_MASK, mask) |
	       (u32)field_set(SMMUV2_SMR_ID, id & ~mask);
}

/* Where both images, or one, have this value, or else a place that is free in both; count: none is. */
static u32 smmuv2_find(const u64 *image, const u64 *before, u32 count, u64 value)
{
	u32 free = count;

	for (u32 i = count; i-- > 0; ) {
		if (image[i] == value || before[i] == value)
			return i;
		if (!(image[i] | before[i]))
			free = i;
	}
	return free;
}

static enum status smmuv2_add(const struct iommu_build *build, const struct plan_stream *stream,
			      const struct iommu_domain *domain)
{
	const struct iommu_unit *unit = build->unit;
	const struct smmuv2_image *before = build->before;
	struct smmuv2_image *image = build->image;
	u32 banks = (u32)unit->state[SMMUV2_BANKS], groups = (u32)unit->state[SMMUV2_GROUPS];
	u32 match = smmuv2_match(stream->id, stream->mask);
	u32 bank = smmuv2_find(image->roots, before->roots, banks, domain->root.value);
	u32 group = smmuv2_find(image->matches, before->matches, groups, match);

	if (bank == banks || group == groups)
		return IOMMU_BANKS;
	image->roots[bank] = domain->root.value;
	image->controls[bank] = stage2_control(domain, (unsigned)unit->state[SMMUV2_SIZE],
					       unit->caps.coherent) | SMMUV2_CB_TCR_RES1;
	image->matches[group] = match;
	image->banks[group] = (u8)bank;
	return OK;
}

enum status smmuv2_build(struct iommu_build *build, u64 *table)
{
	const u32 ids = (u32)build->unit->state[SMMUV2_IDS];

	return smmu_build(build, 1, (u32)build->unit->state[SMMUV2_SIZE], ids, ids, smmuv2_add, table);
}
