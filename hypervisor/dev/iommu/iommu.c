// SPDX-License-Identifier: GPL-2.0
/* Which driver serves a unit of the config, and what all drivers share. */
#include <base/string.h>
#include <dev/iommu/iommu.h>

const struct iommu_ops *iommu_ops_of(u32 type)
{
	const struct iommu_kind *kind = iommu_kinds;

	while (kind->ops && kind->type != type)
		kind++;
	return kind->ops;
}

/* A root page more costs less than a level more; a table too small for last is left to pt_map. */
void iommu_shape(const struct iommu_caps *caps, u64 last, struct iommu_domain *domain)
{
	domain->levels = caps->levels;
	domain->root_pages = 1;
	while (last >> (PAGE_SHIFT + PT_LEVEL_BITS * domain->levels) >= domain->root_pages) {
		if (domain->root_pages < caps->root_pages) {
			domain->root_pages *= 2;
		} else if (domain->levels < caps->levels_max) {
			domain->levels++;
			domain->root_pages = 1;
		} else {
			return;
		}
	}
}

void iommu_show_pages(const struct iommu_unit *unit, u8 owner)
{
	const struct pool *pool = unit->pool;

	if (unit->caps.coherent)
		return;
	for (u32 page = 0; page < pool->pages; page++)
		if (pool->owner[page] == owner)
			port_cache_flush(pool->base + (u64)page * PAGE_SIZE, PAGE_SIZE);
}

enum status iommu_refuse(const struct iommu_unit *unit, struct refusal *refusal, enum status why,
			 u64 a, u64 b)
{
	memset(refusal, 0, sizeof(*refusal));
	refusal->why = why;
	refusal->object = OBJECT_IOMMU;
	refusal->index = unit->index;
	refusal->a = a;
	refusal->b = b;
	return why;
}
