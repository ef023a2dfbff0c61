// SPDX-License-Identifier: GPL-2.0
/* Stage 2 tables as an SMMU is told about them. */
#include <dev/iommu/stage2.h>

#define STAGE2_PS_MAX 5	/* 48 bits, what pt_stage2 has */

unsigned stage2_size(unsigned encoding)
{
	static const u8 bits[8] = { 32, 36, 40, 42, 44, 48, 52 };

	return bits[encoding & 7];
}

/*
 * A walk may start at level 0 only where addresses have 44 bits or more (Arm ARM, table D8-22). Where
 * they have 40 or 42, concatenated tables of level 1 do the same; not elsewhere, because QEMU's SMMUv3
 * walks the first of them only.
 */
struct iommu_caps stage2_caps(unsigned encoding, bool coherent)
{
	static const u8 roots[8] = { 1, 1, 2, 8, 1, 1, 1, 1 };

	return (struct iommu_caps) {
		.format = &pt_stage2, .levels = 3, .levels_max = stage2_size(encoding) >= 44 ? 4 : 3,
		.root_pages = roots[encoding & 7], .max_super = 2, .coherent = coherent,
	};
}

/* Input bits of tables, no more than the unit has addresses. */
static unsigned stage2_input(const struct iommu_domain *domain, unsigned size)
{
	unsigned bits = PAGE_SHIFT + PT_LEVEL_BITS * domain->levels +
			(unsigned)__builtin_ctz(domain->root_pages);

	return bits < size ? bits : size;
}

u32 stage2_control(const struct iommu_domain *domain, unsigned encoding, bool coherent)
{
	unsigned input = stage2_input(domain, stage2_size(encoding));
	u64 cached = coherent ? 1 : 0;

	return (u32)(field_set(STAGE2_T0SZ, 64 - input) | field_set(STAGE2_SL0, domain->levels - 2U) |
		     field_set(STAGE2_IRGN0, cached) | field_set(STAGE2_ORGN0, cached) |
		     field_set(STAGE2_SH0, coherent ? 3 : 2) |
		     field_set(STAGE2_PS, encoding < STAGE2_PS_MAX ? encoding : STAGE2_PS_MAX));
}

bool stage2_fits(const struct iommu_domain *domain)
{
	return domain->id != 0 && domain->levels >= 3 && domain->levels <= 4 &&
	       domain->root_pages >= 1 && domain->root_pages <= 16;
}

bool stage2_reaches(const struct plan *plan, unsigned encoding)
{
	const struct plan_map *map = plan_dma(plan);
	unsigned bits = stage2_size(encoding);

	for (u32 i = 0; i < plan->dma.count; i++)
		if ((map[i].last | (map[i].out + (map[i].last - map[i].first))) >> bits)
			return false;
	return true;
}
