// SPDX-License-Identifier: GPL-2.0
/* What a VT-d unit reads from memory for a plan: who may do DMA, through which tables. */
#include <dev/iommu/vtd/vtd.h>

struct vtd_entry vtd_root_entry(phys_t context_table)
{
	return (struct vtd_entry){ .lo = VTD_ROOT_PRESENT | context_table.value };
}

struct vtd_entry vtd_context_entry(phys_t root, unsigned levels, u16 domain)
{
	return (struct vtd_entry) {
		.lo = VTD_CONTEXT_PRESENT | root.value,
		.hi = field_set(VTD_CONTEXT_WIDTH, levels - 2) |
		      field_set(VTD_CONTEXT_DOMAIN, domain),
	};
}

/* Context table of a bus, made on first use; NULL: the pool is empty. */
static struct vtd_entry *vtd_bus_table(struct pool *pool, struct vtd_entry *root, u8 bus, u8 owner)
{
	void *table;

	if (root[bus].lo & VTD_ROOT_PRESENT)
		return pool_virt(pool, root[bus].lo & VTD_ROOT_CONTEXT_TABLE);
	table = pool_alloc(pool, 1, 1, owner);
	if (table)
		root[bus] = vtd_root_entry(PHYS(pool_phys(pool, table)));
	return table;
}

static enum status vtd_add_device(struct pool *pool, struct vtd_entry *root, u16 bdf,
				  const struct iommu_domain *domain, u8 owner)
{
	struct vtd_entry *bus = vtd_bus_table(pool, root, (u8)(bdf >> 8), owner);

	if (!bus)
		return STATUS_NO_MEMORY;
	bus[bdf & 0xff] = vtd_context_entry(domain->root, domain->levels, domain->id);
	return OK;
}

static bool vtd_domain_fits(const struct iommu_domain *domain, u32 domain_ids)
{
	return domain->id != 0 && domain->id < domain_ids &&
	       domain->levels >= 3 && domain->levels <= 4;
}

enum status vtd_tables_build(struct pool *pool, u8 unit, u32 domain_ids, const struct plan *plan,
			     const struct iommu_domain *domains, u8 owner,
			     struct iommu_tables *tables)
{
	const struct plan_device *devices = plan_devices(plan);
	struct vtd_entry *root = pool_alloc(pool, 1, 1, owner);
	enum status why;

	if (!root)
		return STATUS_NO_MEMORY;
	for (u32 i = 0; i < plan->devices.count; i++) {
		const struct iommu_domain *domain = &domains[devices[i].cell];

		if (!iommu_serves(&devices[i], unit) || domain->root.value == 0)
			continue;
		if (!vtd_domain_fits(domain, domain_ids))
			return IOMMU_DOMAIN;
		why = vtd_add_device(pool, root, devices[i].bdf, domain, owner);
		if (why != OK)
			return why;
	}
	*tables = (struct iommu_tables){ .table = PHYS(pool_phys(pool, root)), .owner = owner };
	return OK;
}
