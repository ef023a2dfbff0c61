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
static struct vtd_entry *vtd_bus_table(const struct iommu_build *build, u32 bus)
{
	struct pool *pool = build->unit->pool;
	struct vtd_entry *root = build->image;
	void *table;

	if (root[bus].lo & VTD_ROOT_PRESENT)
		return pool_virt(pool, root[bus].lo & VTD_ROOT_CONTEXT_TABLE);
	table = pool_alloc(pool, 1, 1, build->owner);
	if (table)
		root[bus] = vtd_root_entry(PHYS(pool_phys(pool, table)));
	return table;
}

static enum status vtd_add(const struct iommu_build *build, u16 bdf, const struct iommu_domain *domain)
{
	struct vtd_entry *bus;

	if (domain->id == 0 || domain->id >= vtd_domains(build->unit->state[VTD_CAP]) ||
	    domain->levels < 3 || domain->levels > 4)
		return IOMMU_DOMAIN;
	bus = vtd_bus_table(build, bdf >> 8);
	if (!bus)
		return STATUS_NO_MEMORY;
	bus[bdf & 0xff] = vtd_context_entry(domain->root, domain->levels, domain->id);
	return OK;
}

enum status vtd_build(struct iommu_build *build, u64 *table)
{
	build->image = pool_alloc(build->unit->pool, 1, 1, build->owner);
	if (!build->image)
		return STATUS_NO_MEMORY;
	*table = pool_phys(build->unit->pool, build->image);
	return iommu_add_devices(build, vtd_add);
}
