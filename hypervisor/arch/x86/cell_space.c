/* SPDX-License-Identifier: GPL-2.0 */
/* What the CPUs of a cell can address: its tables, from its slice of a plan. */
#include <arch/arch.h>
#include <arch/x86/apic.h>
#include <arch/x86/svm/svm.h>

static u64 map_output(const struct plan_map *map)
{
	if (map->kind == PLAN_MAP_COMM)
		return machine.cells[map->cell].comm.value;
	return map->out;
}

/* What root sees in place of a page of the hypervisor: zeros, but for the two pages made for it. */
static u64 root_view(u64 page)
{
	const struct jailhouse_header *header = machine.header;
	u64 offset = page - header->hypervisor_phys;

	if (offset == header->report_page)
		return page;
	if (offset == header->console_page &&
	    machine.system.header->flags & JAILHOUSE_SYS_VIRTUAL_DEBUG_CONSOLE)
		return page;
	return machine.zero_page.value;
}

static enum status map_zeros(struct pt *pt, const struct plan_map *map)
{
	enum status status = OK;

	for (u64 page = map->first; page < map->last && status == OK; page += PAGE_SIZE)
		status = pt_map(pt, (struct range) { page, page + PAGE_MASK },
				root_view(page), PT_READ, true);
	return status;
}

static enum status map_one(struct pt *pt, const struct plan_map *map)
{
	if (map->kind == PLAN_MAP_ZERO)
		return map_zeros(pt, map);
	return pt_map(pt, (struct range) { map->first, map->last }, map_output(map), map->rights,
		      map->kind == PLAN_MAP_NO_HUGE);
}

/* Reads of the local APIC go to the hardware; writes trap. */
static enum status map_local_apic(struct pt *pt)
{
	if (apic_is_x2())
		return OK;
	return pt_map(pt, (struct range) { XAPIC_BASE, XAPIC_BASE + PAGE_MASK }, XAPIC_BASE,
		      PT_READ | PT_DEVICE, true);
}

enum status arch_build_cell(const struct plan *plan, unsigned cell, u8 owner,
			    struct cell_tables *tables)
{
	const struct plan_cell *row = &plan_cells(plan)[cell];
	const struct plan_map *map = plan_maps(plan) + row->first_map;
	struct pt pt;
	enum status status = pt_create(&pt, &pt_npt, &machine.pool, owner, machine.stage2_levels,
				       machine.stage2_super);

	for (u32 i = 0; i < row->num_maps && status == OK; i++)
		status = map_one(&pt, &map[i]);
	if (status == OK)
		status = map_local_apic(&pt);
	if (status == OK)
		status = svm_build_port_map(plan, cell, owner, &tables->ports);
	if (status == OK)
		tables->cpu = PHYS(pool_phys(&machine.pool, pt.root));
	return status;
}
