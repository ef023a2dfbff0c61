/* SPDX-License-Identifier: GPL-2.0 */
#include <arch/cell_space.h>

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
	for (u64 page = map->first; page < map->last; page += PAGE_SIZE) {
		enum status status = pt_map(pt, (struct range) { page, page + PAGE_MASK },
					    root_view(page), PT_READ, true);

		if (status != OK)
			return status;
	}
	return OK;
}

static enum status map_one(struct pt *pt, const struct plan_map *map)
{
	if (map->kind == PLAN_MAP_ZERO)
		return map_zeros(pt, map);
	return pt_map(pt, (struct range) { map->first, map->last }, map_output(map), map->rights,
		      map->kind == PLAN_MAP_NO_HUGE);
}

enum status cell_space_map(struct pt *pt, const struct plan *plan, unsigned cell)
{
	const struct plan_cell *row = &plan_cells(plan)[cell];
	const struct plan_map *map = plan_maps(plan) + row->first_map;
	for (u32 i = 0; i < row->num_maps; i++) {
		enum status status = map_one(pt, &map[i]);

		if (status != OK)
			return status;
	}
	return OK;
}
