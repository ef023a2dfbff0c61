// SPDX-License-Identifier: GPL-2.0
/* Notes about what a cell has: memory for its devices, for its first instruction, and to talk. */
#include "notes.h"

#define WIDTHS (JAILHOUSE_MEM_IO_8 | JAILHOUSE_MEM_IO_16 | JAILHOUSE_MEM_IO_32 | JAILHOUSE_MEM_IO_64)
#define CODE (JAILHOUSE_MEM_READ | JAILHOUSE_MEM_EXECUTE)

static bool is_comm(const struct jailhouse_memory *region)
{
	return (region->flags & JAILHOUSE_MEM_COMM_REGION) != 0;
}

/* The first region from i on that is not empty; NULL: there are no more. */
static const struct jailhouse_memory *next_region(const struct notes *notes, u32 *i)
{
	while (*i < notes->cell->desc->num_memory_regions && notes->cell->memory[*i].size == 0)
		++*i;
	return config_entry(notes->cell, OBJECT_MEMORY, *i);
}

/* The hypervisor keeps devices to what has the flag; Jailhouse on Arm does not look at it. */
void note_dma_reaches_memory(struct notes *notes)
{
	const u32 streams = notes->cell->desc->num_stream_ids;
	const struct jailhouse_memory *region;

	if (streams == 0 || config_units(notes->set->system) == 0)
		return;
	for (u32 i = 0; (region = next_region(notes, &i)); i++)
		if (region->flags & JAILHOUSE_MEM_DMA)
			return;
	note_say(notes, OBJECT_CELL, 0, "add JAILHOUSE_MEM_DMA to its RAM",
		 "it lists %u stream id%s, but no region has JAILHOUSE_MEM_DMA, so its devices reach nothing",
		 streams, streams == 1 ? "" : "s");
}

void note_subpage_has_width(struct notes *notes)
{
	const struct jailhouse_memory *region;

	for (u32 i = 0; (region = next_region(notes, &i)); i++)
		if (JAILHOUSE_MEMORY_IS_SUBPAGE(region) && !(region->flags & WIDTHS))
			note_say(notes, OBJECT_MEMORY, i, "add JAILHOUSE_MEM_IO_8, _16, _32 or _64",
				 "the region at 0x%llx is smaller than its pages and grants no width of access",
				 region->virt_start);
}

static bool is_code(const struct jailhouse_memory *region, u64 address)
{
	return (region->flags & CODE) == CODE && !is_comm(region) &&
	       address >= region->virt_start && address - region->virt_start < region->size;
}

/* Root goes on where it is. */
void note_reset_executable(struct notes *notes)
{
	const u64 address = notes->cell->desc->cpu_reset_address;
	const struct jailhouse_memory *region;

	if (notes->slot == 0)
		return;
	for (u32 i = 0; (region = next_region(notes, &i)); i++)
		if (is_code(region, address))
			return;
	note_say(notes, OBJECT_CELL, 0, "correct cpu_reset_address, or the region's address or flags",
		 "it starts at 0x%llx, where no region is readable and executable", address);
}

void note_comm_region_listed(struct notes *notes)
{
	const struct jailhouse_memory *region;

	if (notes->slot == 0 || (notes->cell->desc->flags & JAILHOUSE_CELL_PASSIVE_COMMREG))
		return;
	for (u32 i = 0; (region = next_region(notes, &i)); i++)
		if (is_comm(region))
			return;
	note_say(notes, OBJECT_CELL, 0,
		 "list a page with JAILHOUSE_MEM_COMM_REGION, or set JAILHOUSE_CELL_PASSIVE_COMMREG",
		 "it has no communication region, so it is not asked before it is shut down");
}
