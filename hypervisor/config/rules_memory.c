// SPDX-License-Identifier: GPL-2.0
/*
 * Memory regions: each can be mapped as it stands, and no byte has two owners unless both say so.
 *
 * A region of a cell need not lie in a region of the root cell: where it does, root gives it up (it
 * keeps it with ROOTSHARED), and where it does not, nobody loses anything.
 */
#include <base/addr.h>
#include <base/bits.h>
#include <config/rules.h>

#define MEM_RIGHTS (JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_EXECUTE)
#define MEM_WIDTHS                                                                                 \
	(JAILHOUSE_MEM_IO_8 | JAILHOUSE_MEM_IO_16 | JAILHOUSE_MEM_IO_32 | JAILHOUSE_MEM_IO_64)
#define MEM_FLAGS ((u64)(MEM_RIGHTS | MEM_WIDTHS | JAILHOUSE_MEM_DMA | JAILHOUSE_MEM_IO | \
		   JAILHOUSE_MEM_COMM_REGION | JAILHOUSE_MEM_LOADABLE | JAILHOUSE_MEM_ROOTSHARED | \
		   JAILHOUSE_MEM_NO_HUGEPAGES | JAILHOUSE_MEM_IO_UNALIGNED))
#define COMM_FLAGS ((u64)(MEM_RIGHTS | JAILHOUSE_MEM_IO | JAILHOUSE_MEM_COMM_REGION))

/* What cannot be done to accesses that are emulated one by one. */
#define NOT_SUBPAGE (JAILHOUSE_MEM_EXECUTE | JAILHOUSE_MEM_DMA | JAILHOUSE_MEM_LOADABLE)

static enum status refuse(const struct rule_context *context, enum status why, u32 i, u64 a, u64 b)
{
	return rule_refuse(context, why, OBJECT_MEMORY, i, a, b);
}

static bool below(u64 start, u64 size, u64 limit)
{
	struct range range;

	return range_make(start, size, &range) && range.last < limit;
}

static enum status check_shape(const struct rule_context *context, u32 i)
{
	const struct jailhouse_memory *region = &context->cell->memory[i];
	const u64 phys = rule_is_comm(region) ? 0 : region->phys_start;

	if (region->flags & ~MEM_FLAGS)
		return refuse(context, STATUS_MEM_FLAGS, i, region->flags & ~MEM_FLAGS, MEM_FLAGS);
	if (region->size == 0)
		return region->phys_start | region->virt_start | region->flags
			       ? refuse(context, STATUS_MEM_EMPTY, i, region->phys_start,
					region->virt_start)
			       : OK;
	if (!below(phys, region->size, rule_phys_limit(context)))
		return refuse(context, STATUS_MEM_WRAP, i, phys, region->size);
	if (!below(region->virt_start, region->size, CONFIG_GUEST_LIMIT))
		return refuse(context, STATUS_MEM_WRAP, i, region->virt_start, region->size);
	if (!rule_is_comm(region) && ((phys ^ region->virt_start) & PAGE_MASK))
		return refuse(context, STATUS_MEM_ALIGN, i, phys, region->virt_start);
	return OK;
}

/* Rules of one region over all regions of the cell. */
static enum status each(const struct rule_context *context,
			enum status (*check)(const struct rule_context *, u32))
{
	enum status status = OK;

	for (u32 i = 0; i < context->cell->desc->num_memory_regions && status == OK; i++)
		status = check(context, i);
	return status;
}

enum status rule_memory_shape(const struct rule_context *context)
{
	return each(context, check_shape);
}

static enum status check_rights(const struct rule_context *context, u32 i)
{
	const struct jailhouse_memory *region = &context->cell->memory[i];
	const bool subpage = JAILHOUSE_MEMORY_IS_SUBPAGE(region);
	const u64 enough = JAILHOUSE_MEM_READ | (subpage ? JAILHOUSE_MEM_WRITE : 0);

	if (region->size == 0)
		return OK;
	if (!(region->flags & enough))
		return refuse(context, STATUS_MEM_RIGHTS, i, region->virt_start, region->flags);
	if (subpage && (region->flags & NOT_SUBPAGE))
		return refuse(context, STATUS_MEM_SUBPAGE, i, region->virt_start, region->flags);
	return OK;
}

enum status rule_memory_rights(const struct rule_context *context)
{
	return each(context, check_rights);
}

static enum status check_comm(const struct rule_context *context, u32 i)
{
	const struct jailhouse_memory *region = &context->cell->memory[i];

	if (!rule_is_comm(region))
		return OK;
	if (context->slot == 0)
		return refuse(context, STATUS_COMM_ROOT, i, region->virt_start, 0);
	if (region->size != PAGE_SIZE || !is_aligned(region->virt_start, PAGE_SIZE))
		return refuse(context, STATUS_COMM_SIZE, i, region->virt_start, region->size);
	if (region->flags & ~COMM_FLAGS)
		return refuse(context, STATUS_COMM_FLAGS, i, region->virt_start, region->flags);
	for (u32 j = 0; j < i; j++)
		if (rule_is_comm(&context->cell->memory[j]))
			return refuse(context, STATUS_COMM_TWICE, i, region->virt_start, j);
	return OK;
}

enum status rule_comm_region(const struct rule_context *context)
{
	return each(context, check_comm);
}

static u64 later(u64 a, u64 b)
{
	return a > b ? a : b;
}

static enum status check_apart(const struct rule_context *context, u32 i)
{
	const struct jailhouse_memory *memory = context->cell->memory;
	const struct range range = rule_range(memory[i].virt_start, memory[i].size);

	if (memory[i].size == 0)
		return OK;
	for (u32 j = 0; j < i; j++)
		if (memory[j].size &&
		    range_overlap(range, rule_range(memory[j].virt_start, memory[j].size)))
			return refuse(context, STATUS_MEM_OVERLAP, i,
				      later(range.first, memory[j].virt_start), j);
	return OK;
}

enum status rule_memory_apart(const struct rule_context *context)
{
	return each(context, check_apart);
}

static enum status check_windows(const struct rule_context *context, u32 i)
{
	const struct jailhouse_memory *region = &context->cell->memory[i];
	enum status status = OK;

	if (region->size && !rule_is_comm(region))
		status = rule_outside_windows(context, rule_range(region->phys_start, region->size),
					      false, OBJECT_MEMORY, i);
	if (region->size && status == OK)
		status = rule_outside_windows(context, rule_range(region->virt_start, region->size),
					      true, OBJECT_MEMORY, i);
	return status;
}

enum status rule_memory_windows(const struct rule_context *context)
{
	return each(context, check_windows);
}

static bool has_bytes(const struct jailhouse_memory *region)
{
	return region->size && !rule_is_comm(region);
}

static enum status check_owner(const struct rule_context *context, u32 i)
{
	const struct jailhouse_memory *ours = &context->cell->memory[i],
				      *theirs = context->other->memory;
	const struct range range = rule_range(ours->phys_start, ours->size);

	if (!has_bytes(ours))
		return OK;
	for (u32 j = 0; j < context->other->desc->num_memory_regions; j++)
		if (has_bytes(&theirs[j]) &&
		    !(ours->flags & theirs[j].flags & JAILHOUSE_MEM_ROOTSHARED) &&
		    range_overlap(range, rule_range(theirs[j].phys_start, theirs[j].size)))
			return refuse(context, STATUS_MEM_FOREIGN, i,
				      later(range.first, theirs[j].phys_start),
				      context->other_slot);
	return OK;
}

enum status rule_memory_one_owner(const struct rule_context *context)
{
	return context->other_slot == 0 ? OK : each(context, check_owner);
}
