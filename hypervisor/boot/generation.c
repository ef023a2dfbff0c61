/* SPDX-License-Identifier: GPL-2.0 */
#include <arch/arch.h>
#include <base/string.h>
#include <boot/generation.h>

static u32 loadable_cells(void)
{
	u32 set = 0;

	for (unsigned slot = 1; slot < CONFIG_MAX_CELLS; slot++)
		if (machine.cells[slot].loadable)
			set |= 1U << slot;
	return set;
}

static enum status build_plan(struct refusal *refusal)
{
	const struct plan_input input = {
		.set = &machine.set, .arch = arch_plan, .loadable = loadable_cells(),
	};
	u32 pages = (plan_size(&input) + PAGE_SIZE - 1) / PAGE_SIZE;
	struct plan *plan;

	machine.next.plan_owner = pool_new_owner(&machine.pool);
	plan = pool_alloc(&machine.pool, pages, 1, machine.next.plan_owner);
	if (!plan)
		return STATUS_NO_MEMORY;
	machine.next.plan = plan;
	return plan_build(plan, &input, refusal);
}

/* What devices of the cell reach: one table for all units, in their common format. */
static enum status build_dma(unsigned slot, u8 owner, struct iommu_domain *domain)
{
	const struct iommu_caps *caps = &machine.units[0].caps;
	const struct plan_cell *cell = &plan_cells(machine.next.plan)[slot];
	const struct plan_map *map = plan_dma(machine.next.plan) + cell->first_dma;
	struct pt pt;
	enum status status;

	*domain = (struct iommu_domain) { .id = (u16)(slot + 1) };
	if (machine.num_units == 0 || cell->num_dma == 0)
		return OK;
	iommu_shape(caps, map[cell->num_dma - 1].last, domain);
	status = pt_create_wide(&pt, caps->format, &machine.pool, owner, domain->levels,
				caps->max_super, domain->root_pages);
	for (u32 i = 0; i < cell->num_dma && status == OK; i++)
		status = pt_map(&pt, (struct range) { map[i].first, map[i].last }, map[i].out,
				map[i].rights & ~PT_EXECUTE, false);
	domain->root = PHYS(pool_phys(&machine.pool, pt.root));
	domain->max_super = caps->max_super;
	return status;
}

/* None where the plan has no such cell any more. */
static enum status build_cell(unsigned slot)
{
	struct cell_tables *tables = &machine.next.cells[slot];
	enum status status;

	memset(tables, 0, sizeof(*tables));
	if (!plan_cells(machine.next.plan)[slot].present)
		return OK;
	tables->owner = pool_new_owner(&machine.pool);
	status = arch_build_cell(machine.next.plan, slot, tables->owner, tables);
	if (status == OK)
		status = build_dma(slot, tables->owner, &tables->dma);
	if (status != OK)
		return status;
	for (u32 i = 0; i < machine.num_units; i++)
		iommu_show_pages(&machine.units[i], tables->owner);
	return OK;
}

static enum status build_units(void)
{
	struct iommu_domain domains[CONFIG_MAX_CELLS];
	enum status status = OK;

	for (unsigned slot = 0; slot < CONFIG_MAX_CELLS; slot++)
		domains[slot] = machine.next.cells[slot].dma;
	if (machine.num_units)	/* a tag without pages would be given out again */
		machine.next.unit_owner = pool_new_owner(&machine.pool);
	for (u32 i = 0; i < machine.num_units && status == OK; i++)
		status = iommu_build(&machine.units[i], machine.next.plan, domains,
				     machine.next.unit_owner, &machine.next.units[i]);
	return status;
}

static enum status build_all(unsigned changed, struct refusal *refusal)
{
	enum status status = build_plan(refusal);

	for (unsigned slot = 0; status == OK; slot = changed) {	/* root, then the other */
		status = build_cell(slot);
		if (status == OK && slot == changed)
			return build_units();
	}
	return status;
}

static void drop(u8 owner, u8 kept)
{
	if (owner != kept && owner != POOL_FREE)
		pool_drop(&machine.pool, owner);
}

/* Give back the tables that generation loser has and keeper has not. */
static void drop_tables(const struct generation *loser, const struct generation *keeper)
{
	drop(loser->unit_owner, keeper->unit_owner);
	for (unsigned slot = 0; slot < CONFIG_MAX_CELLS; slot++)
		drop(loser->cells[slot].owner, keeper->cells[slot].owner);
}

enum status generation_build(unsigned changed, struct refusal *refusal)
{
	enum status status;

	drop(machine.retired_plan, machine.now.plan_owner);
	machine.retired_plan = POOL_FREE;
	machine.next = machine.now;
	status = build_all(changed, refusal);
	if (status != OK)
		generation_discard();
	if (status == STATUS_NO_MEMORY) {
		refusal->a = machine.pool.used;
		refusal->b = machine.pool.pages;
	}
	return status;
}

void generation_discard(void)
{
	drop(machine.next.plan_owner, machine.now.plan_owner);
	drop_tables(&machine.next, &machine.now);
}

/*
 * Cells that have no part in the change may be reading the old plan right now, so it goes back to the
 * pool with the next change. The old tables are used by nobody once the change is in force.
 */
void generation_commit(void)
{
	machine.retired_plan = machine.now.plan_owner;
	drop_tables(&machine.now, &machine.next);
	machine.now = machine.next;
}
