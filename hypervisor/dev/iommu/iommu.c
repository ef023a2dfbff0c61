// SPDX-License-Identifier: GPL-2.0
/* Which driver serves a unit of the config, and what all drivers share. */
#include <base/string.h>
#include <dev/iommu/iommu.h>

static const struct {
	u32 type;
	const struct iommu_ops *ops;
} iommu_drivers[] = {
	{ JAILHOUSE_IOMMU_AMD, &iommu_amdvi },
	{ JAILHOUSE_IOMMU_INTEL, &iommu_vtd },
};

const struct iommu_ops *iommu_ops_of(u32 type)
{
	for (unsigned i = 0; i < sizeof(iommu_drivers) / sizeof(iommu_drivers[0]); i++)
		if (iommu_drivers[i].type == type)
			return iommu_drivers[i].ops;
	return NULL;
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
