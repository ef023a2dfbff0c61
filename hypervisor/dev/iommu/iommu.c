// SPDX-License-Identifier: GPL-2.0
/* Which driver serves a unit of the config, and what all drivers share. */
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

enum status iommu_wait(const struct iommu_unit *unit, u32 reg, u32 mask, u32 value, enum status why)
{
	u32 budget = IOMMU_PATIENCE;

	while ((iommu_read32(unit, reg) & mask) != value)
		if (!port_poll(&budget))
			return why;
	return OK;
}

/* --- the life of a unit --- */

enum status iommu_probe(struct iommu_unit *unit, struct refusal *refusal)
{
	const struct jailhouse_iommu *config = unit->config;
	u64 found = unit->ops->window;
	enum status why = config->size < found ? IOMMU_WINDOW : unit->ops->probe(unit, &found);

	return why == OK ? OK : refusal_fill(refusal, why, NULL, OBJECT_IOMMU, unit->index,
					     why == IOMMU_WINDOW ? config->size : config->base, found);
}

enum status iommu_build(const struct iommu_unit *unit, const struct plan *plan,
			const struct iommu_domain *domains, u8 owner, struct iommu_tables *tables)
{
	struct iommu_build build = {
		.unit = unit, .plan = plan, .domains = domains, .owner = owner,
	};
	enum status why = unit->stuck ? IOMMU_STUCK : unit->ops->build(&build, &tables->table.value);

	tables->owner = owner;
	iommu_show_pages(unit, owner);
	return why;
}

void iommu_stop(struct iommu_unit *unit)
{
	unit->ops->stop(unit);
	unit->tables = 0;
	unit->running = false;
}

enum status iommu_start(struct iommu_unit *unit, const struct iommu_tables *tables)
{
	enum status why;

	unit->pages = pool_alloc(unit->pool, IOMMU_PAGES, 1, unit->owner);
	if (!unit->pages)
		return STATUS_NO_MEMORY;
	iommu_show_pages(unit, unit->owner);
	unit->tables = tables->table.value;
	why = unit->ops->start(unit);
	unit->running = why == OK;
	if (why != OK) {
		iommu_stop(unit);
		pool_drop(unit->pool, unit->owner);
	}
	return why;
}

enum status iommu_commit(struct iommu_unit *unit, const struct iommu_tables *tables)
{
	u64 old = unit->tables, new = tables->table.value;
	enum status why = unit->ops->exchange(unit, old, new);

	if (why == OK)
		unit->tables = new;
	else if (unit->ops->exchange(unit, new, old) != OK)
		why = IOMMU_STUCK;
	unit->stuck = why == IOMMU_STUCK;
	return why;
}

bool iommu_take_fault(struct iommu_unit *unit, struct iommu_fault *fault)
{
	return unit->ops->take_fault(unit, fault);
}
