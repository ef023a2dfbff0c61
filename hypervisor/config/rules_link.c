// SPDX-License-Identifier: GPL-2.0
/*
 * Shared-memory links. Devices at the same bus, device and function in different cells are the ends
 * of one link; each end names its sections by a slice of its cell's memory regions:
 *
 *	start	  start + 1	start + 2 ...	start + 2 + peers - 1
 *	states	| read-write  | output of 0 ... | output of the last peer
 *
 * back to back in the guest, empty ones as placeholders, writable only where the peer is meant to.
 *
 * An end without MSI-X vectors asks for INTx, which does not exist on x86: it works with the memory
 * alone, its own doorbells reach the others, and it gets no interrupt itself.
 */
#include <base/addr.h>
#include <base/bits.h>
#include <config/rules.h>

enum { STATES, READ_WRITE, OUTPUTS };	/* offsets in the slice */

/* All ones from a bit on that makes the BAR at least size bytes large. */
static bool is_bar_mask(u32 mask, u32 size)
{
	return mask && (mask & -mask) >= size && mask == (u32)-(mask & -mask);
}

static enum status check_bars(const struct rule_context *context)
{
	const struct jailhouse_pci_device *end = context->entry;
	bool good;

	for (u32 bar = 0; bar < 6; bar++) {
		good = end->bar_mask[bar] == 0;
		if (bar == 0 || (bar == 1 && end->num_msix_vectors))
			good = is_bar_mask(end->bar_mask[bar], PAGE_SIZE);
		else if (bar == 1)
			good |= is_bar_mask(end->bar_mask[bar], PAGE_SIZE);
		if (!good)
			return rule_refuse(context, STATUS_LINK_BAR, bar, end->bar_mask[bar]);
	}
	return OK;
}

enum status rule_link_shape(const struct rule_context *context)
{
	const struct jailhouse_pci_device *end = context->entry;
	const u64 sections = (u64)end->shmem_regions_start + OUTPUTS + end->shmem_peers;

	if (rule_is_physical(end))
		return OK;
	if (end->shmem_peers == 0 || end->shmem_peers > CONFIG_MAX_PEERS)
		return rule_refuse(context, STATUS_LINK_PEERS, end->shmem_peers, CONFIG_MAX_PEERS);
	if (end->shmem_dev_id >= end->shmem_peers)
		return rule_refuse(context, STATUS_LINK_ID, end->shmem_dev_id, end->shmem_peers);
	if (end->num_msix_vectors > CONFIG_MAX_LINK_VECTORS)
		return rule_refuse(context, STATUS_LINK_VECTORS, end->num_msix_vectors,
				   CONFIG_MAX_LINK_VECTORS);
	if (sections > context->cell->desc->num_memory_regions)
		return rule_refuse(context, STATUS_LINK_REGIONS, sections,
				   context->cell->desc->num_memory_regions);
	return check_bars(context);
}

static const struct jailhouse_memory *section(const struct cell_view *cell,
					      const struct jailhouse_pci_device *end, u32 n)
{
	return &cell->memory[end->shmem_regions_start + n];
}

/* The refusal names the region that is section n. */
static enum status refuse_section(const struct rule_context *context, u32 n, enum status why, u64 a,
				  u64 b)
{
	const struct jailhouse_pci_device *end = context->entry;

	return rule_refuse_at(context, OBJECT_MEMORY, end->shmem_regions_start + n, why, a, b);
}

static bool may_write(const struct jailhouse_pci_device *end, u32 n)
{
	return n == READ_WRITE || n == OUTPUTS + (u32)end->shmem_dev_id;
}

/* One section on its own; where the guest sees it is *next, which moves behind it. */
static enum status check_section(const struct rule_context *context, u32 n, u64 *next)
{
	const struct jailhouse_pci_device *end = context->entry;
	const struct jailhouse_memory *region = section(context->cell, end, n);
	const u64 output = section(context->cell, end, OUTPUTS)->size;

	if (n > OUTPUTS && region->size != output)
		return refuse_section(context, n, STATUS_LINK_OUTPUTS, region->size, output);
	if (region->size == 0)
		return n != STATES ? OK :
		       refuse_section(context, n, STATUS_LINK_TABLE, region->virt_start, 0);
	if (rule_is_comm(region) || JAILHOUSE_MEMORY_IS_SUBPAGE(region))
		return refuse_section(context, n, STATUS_LINK_SECTION, region->virt_start,
				      region->flags);
	if (n != STATES && region->virt_start != *next)
		return refuse_section(context, n, STATUS_LINK_CONTIGUOUS, region->virt_start,
				      *next);
	if ((region->flags & JAILHOUSE_MEM_WRITE) && !may_write(end, n))
		return refuse_section(context, n, STATUS_LINK_WRITE, region->virt_start,
				      end->shmem_dev_id);
	*next = region->virt_start + region->size;
	return OK;
}

enum status rule_link_sections(const struct rule_context *context)
{
	const struct jailhouse_pci_device *end = context->entry;
	enum status status = OK;
	u64 next = 0;

	if (rule_is_physical(end))
		return OK;
	for (u32 n = 0; n < OUTPUTS + (u32)end->shmem_peers && status == OK; n++)
		status = check_section(context, n, &next);
	return status;
}

/* The same protocol, or front-end and back-end of one virtio device. */
static bool protocols_match(u16 ours, u16 theirs)
{
	return ours == theirs ||
	       ((ours & theirs & JAILHOUSE_SHMEM_PROTO_VIRTIO_FRONT) && (ours ^ theirs) == 0x4000);
}

/* Both ends name the same bytes. Root would lose what a cell does not share. */
static enum status check_memory(const struct rule_context *context,
				const struct jailhouse_pci_device *end,
				const struct jailhouse_pci_device *peer)
{
	const struct jailhouse_memory *ours, *theirs;

	for (u32 n = 0; n < OUTPUTS + (u32)end->shmem_peers; n++) {
		ours = section(context->cell, end, n);
		theirs = section(context->other, peer, n);
		if (ours->size != theirs->size || ours->phys_start != theirs->phys_start)
			return refuse_section(context, n, STATUS_LINK_MEMORY, ours->phys_start,
					      theirs->phys_start);
		if (ours->size && !(ours->flags & JAILHOUSE_MEM_ROOTSHARED))
			return refuse_section(context, n, STATUS_LINK_SHARED, ours->phys_start, 0);
	}
	return OK;
}

/* rule_device_one_owner has seen that devices at one place are all ends, or none is. */
enum status rule_link_ends(const struct rule_context *context)
{
	const struct jailhouse_pci_device *end = context->entry, *peer = context->theirs;

	if (rule_is_physical(end) || end->bdf != peer->bdf)
		return OK;
	if (end->shmem_peers != peer->shmem_peers)
		return rule_refuse(context, STATUS_LINK_PEERS_DIFFER, end->shmem_peers,
				   peer->shmem_peers);
	if (end->shmem_dev_id == peer->shmem_dev_id)
		return rule_refuse(context, STATUS_LINK_ID_TAKEN, end->shmem_dev_id,
				   context->other_slot);
	if (!protocols_match(end->shmem_protocol, peer->shmem_protocol))
		return rule_refuse(context, STATUS_LINK_PROTOCOL, end->shmem_protocol,
				   peer->shmem_protocol);
	return check_memory(context, end, peer);
}
