// SPDX-License-Identifier: GPL-2.0
/*
 * The device table an AMD-Vi unit reads for a plan: who may do DMA, through which tables.
 *
 * Size: whole buses up to the highest requester id the plan lists, 2 pages per bus. A request with
 * an id beyond the table is aborted by hardware (specification, 2.2.2); QEMU's model does not
 * compare with the size and reads on behind the table, so the last bus is always covered completely
 * and a device on a higher bus must be listed to be confined there.
 */
#include <dev/iommu/amdvi/amdvi.h>

struct amdvi_dte amdvi_dte_blocked(void)
{
	return (struct amdvi_dte){ .q = { AMDVI_DTE0_V | AMDVI_DTE0_TV } };
}

struct amdvi_dte amdvi_dte_domain(phys_t root, unsigned levels, u16 domain)
{
	return (struct amdvi_dte) {
		.q = {
			AMDVI_DTE0_V | AMDVI_DTE0_TV | AMDVI_DTE0_IR | AMDVI_DTE0_IW |
				field_set(AMDVI_DTE0_MODE, levels) | root.value,
			field_set(AMDVI_DTE1_DOMAIN, domain),
		},
	};
}

static u32 amdvi_buses(const struct plan *plan, u8 unit)
{
	const struct plan_device *devices = plan_devices(plan);
	u32 buses = 1;

	for (u32 i = 0; i < plan->devices.count; i++)
		if (iommu_serves(&devices[i], unit) && (devices[i].bdf >> 8) + 1U > buses)
			buses = (devices[i].bdf >> 8) + 1U;
	return buses;
}

static enum status amdvi_add(const struct iommu_build *build, u16 bdf, const struct iommu_domain *domain)
{
	struct amdvi_dte *table = build->image;

	if (domain->id == 0 || domain->levels < 1 || domain->levels > 6)
		return IOMMU_DOMAIN;
	table[bdf] = amdvi_dte_domain(domain->root, domain->levels, domain->id);
	return OK;
}

enum status amdvi_build(struct iommu_build *build, u64 *table)
{
	struct pool *pool = build->unit->pool;
	u32 entries = amdvi_buses(build->plan, build->unit->index) * AMDVI_DTES_PER_BUS;
	u32 pages = entries / AMDVI_DTES_PER_PAGE;
	struct amdvi_dte *dte = build->image = pool_alloc(pool, pages, 1, build->owner);

	if (!dte)
		return STATUS_NO_MEMORY;
	*table = pool_phys(pool, dte) | field_set(AMDVI_DEVTAB_SIZE, pages - 1);
	while (entries--)
		*dte++ = amdvi_dte_blocked();
	return iommu_add_devices(build, amdvi_add);
}
