// SPDX-License-Identifier: GPL-2.0
/*
 * Memory regions: each can be mapped as it stands, and no byte has two owners unless both say so.
 *
 * A region of a cell need not lie in a region of the root cell: where it does, root gives it up (it
 * keeps it with ROOTSHARED), and where it does not, nobody loses anything. Only what is to be
 * loaded must be root's, too.
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

enum status rule_memory_shape(const struct rule_context *context)
{
	const struct jailhouse_memory *region = context->entry;
	const u64 phys = rule_is_comm(region) ? 0 : region->phys_start;

	if (region->flags & ~MEM_FLAGS)
		return rule_refuse(context, STATUS_MEM_FLAGS, region->flags & ~MEM_FLAGS,
				   MEM_FLAGS);
	if (region->size == 0)
		return region->phys_start | region->virt_start | region->flags
			       ? rule_refuse(context, STATUS_MEM_EMPTY, region->phys_start,
					     region->virt_start)
			       : OK;
	if (!rule_below(phys, region->size, 1ULL << context->system->arch->phys_bits))
		return rule_refuse(context, STATUS_MEM_WRAP, phys, region->size);
	if (!rule_below(region->virt_start, region->size, CONFIG_GUEST_LIMIT))
		return rule_refuse(context, STATUS_MEM_WRAP, region->virt_start, region->size);
	if (!rule_is_comm(region) && ((phys ^ region->virt_start) & PAGE_MASK))
		return rule_refuse(context, STATUS_MEM_ALIGN, phys, region->virt_start);
	return OK;
}

/* The format has room for more addresses than the CPUs at hand can have. */
enum status rule_memory_bits(const struct rule_context *context)
{
	const struct jailhouse_memory *region = context->entry;
	const u64 phys = rule_is_comm(region) ? 0 : region->phys_start;
	const u64 start = phys > region->virt_start ? phys : region->virt_start;
	const u8 bits = context->set->phys_bits;

	if (bits == 0 || region->size == 0 || rule_below(start, region->size, 1ULL << bits))
		return OK;
	return rule_refuse(context, STATUS_MEM_BITS, start + region->size - 1, bits);
}

enum status rule_memory_rights(const struct rule_context *context)
{
	const struct jailhouse_memory *region = context->entry;
	const bool subpage = JAILHOUSE_MEMORY_IS_SUBPAGE(region);
	const u64 enough = JAILHOUSE_MEM_READ | (subpage ? JAILHOUSE_MEM_WRITE : 0);

	if (region->size == 0)
		return OK;
	if (!(region->flags & enough))
		return rule_refuse(context, STATUS_MEM_RIGHTS, region->virt_start, region->flags);
	if (subpage && (region->flags & NOT_SUBPAGE))
		return rule_refuse(context, STATUS_MEM_SUBPAGE, region->virt_start, region->flags);
	return OK;
}

enum status rule_comm_region(const struct rule_context *context)
{
	const struct jailhouse_memory *region = context->entry;

	if (!rule_is_comm(region))
		return OK;
	if (context->slot == 0)
		return rule_refuse(context, STATUS_COMM_ROOT, region->virt_start, 0);
	if (region->size != PAGE_SIZE || !is_aligned(region->virt_start, PAGE_SIZE))
		return rule_refuse(context, STATUS_COMM_SIZE, region->virt_start, region->size);
	if (region->flags & ~COMM_FLAGS)
		return rule_refuse(context, STATUS_COMM_FLAGS, region->virt_start, region->flags);
	for (u32 i = 0; i < context->index; i++)
		if (rule_is_comm(&context->cell->memory[i]))
			return rule_refuse(context, STATUS_COMM_TWICE, region->virt_start, i);
	return OK;
}

static u64 later(u64 a, u64 b)
{
	return a > b ? a : b;
}

enum status rule_memory_apart(const struct rule_context *context)
{
	const struct jailhouse_memory *one = context->entry, *two = context->theirs;

	if (one->size && two->size &&
	    range_overlap(rule_range(one->virt_start, one->size),
			  rule_range(two->virt_start, two->size)))
		return rule_refuse(context, STATUS_MEM_OVERLAP,
				   later(one->virt_start, two->virt_start), context->other_index);
	return OK;
}

enum status rule_memory_windows(const struct rule_context *context)
{
	const struct jailhouse_memory *region = context->entry;
	enum status status = OK;

	if (region->size && !rule_is_comm(region))
		status = rule_outside_windows(context, rule_range(region->phys_start, region->size),
					      false);
	if (region->size && status == OK)
		status = rule_outside_windows(context, rule_range(region->virt_start, region->size),
					      true);
	return status;
}

static bool has_bytes(const struct jailhouse_memory *region)
{
	return region->size && !rule_is_comm(region);
}

enum status rule_memory_one_owner(const struct rule_context *context)
{
	const struct jailhouse_memory *ours = context->entry, *theirs = context->theirs;

	if (has_bytes(ours) && has_bytes(theirs) &&
	    !(ours->flags & theirs->flags & JAILHOUSE_MEM_ROOTSHARED) &&
	    range_overlap(rule_range(ours->phys_start, ours->size),
			  rule_range(theirs->phys_start, theirs->size)))
		return rule_refuse(context, STATUS_MEM_FOREIGN,
				   later(ours->phys_start, theirs->phys_start),
				   context->other_slot);
	return OK;
}

/* Can Linux fill this byte of a region by way of this one of root? */
static bool loads(const struct jailhouse_memory *root, const struct jailhouse_memory *region,
		  u64 at)
{
	const u64 kept = region->flags & JAILHOUSE_MEM_ROOTSHARED
				 ? JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_IO : 0;

	return at - root->phys_start < root->size && root->virt_start == root->phys_start &&
	       !JAILHOUSE_MEMORY_IS_SUBPAGE(root) && !((root->flags ^ JAILHOUSE_MEM_WRITE) & kept);
}

/*
 * A loan only gives back what root has, with all rights; a shared region is no loan, so root's own
 * rights count. Linux knows no other address of it than the physical one.
 */
enum status rule_memory_loadable(const struct rule_context *context)
{
	const struct jailhouse_memory *region = context->entry, *root;
	u64 at = region->phys_start;

	if (context->slot == 0 || !(region->flags & JAILHOUSE_MEM_LOADABLE))
		return OK;
	for (u32 i = 0; at - region->phys_start < region->size; i++) {
		root = config_entry(&context->system->root, OBJECT_MEMORY, i);
		if (!root)
			return rule_refuse(context, STATUS_MEM_LOADABLE, at, region->flags);
		if (loads(root, region, at)) {
			at = root->phys_start + root->size;
			i = ~0U;
		}
	}
	return OK;
}
