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

static bool amdvi_domain_fits(const struct iommu_domain *domain)
{
	return domain->id != 0 && domain->levels >= 1 && domain->levels <= 6;
}

static enum status amdvi_add_devices(struct amdvi_dte *table, u8 unit, const struct plan *plan,
				     const struct iommu_domain *domains)
{
	const struct plan_device *devices = plan_devices(plan);

	for (u32 i = 0; i < plan->devices.count; i++) {
		const struct iommu_domain *domain = &domains[devices[i].cell];

		if (!iommu_serves(&devices[i], unit) || domain->root.value == 0)
			continue;
		if (!amdvi_domain_fits(domain))
			return IOMMU_DOMAIN;
		table[devices[i].bdf] = amdvi_dte_domain(domain->root, domain->levels, domain->id);
	}
	return OK;
}

enum status amdvi_tables_build(struct pool *pool, u8 unit, const struct plan *plan,
			       const struct iommu_domain *domains, u8 owner,
			       struct iommu_tables *tables)
{
	u32 entries = amdvi_buses(plan, unit) * AMDVI_DTES_PER_BUS;
	u32 pages = entries / AMDVI_DTES_PER_PAGE;
	struct amdvi_dte *table = pool_alloc(pool, pages, 1, owner);

	if (!table)
		return STATUS_NO_MEMORY;
	for (u32 i = 0; i < entries; i++)
		table[i] = amdvi_dte_blocked();
	*tables = (struct iommu_tables) {
		.table = PHYS(pool_phys(pool, table) | field_set(AMDVI_DEVTAB_SIZE, pages - 1)),
		.owner = owner,
	};
	return amdvi_add_devices(table, unit, plan, domains);
}
