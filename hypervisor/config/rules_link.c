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

static enum status refuse(const struct rule_context *context, enum status why, u32 i, u64 a, u64 b)
{
	return rule_refuse(context, why, OBJECT_PCI_DEVICE, i, a, b);
}

static enum status each(const struct rule_context *context,
			enum status (*check)(const struct rule_context *, u32))
{
	enum status status = OK;

	for (u32 i = 0; i < context->cell->desc->num_pci_devices && status == OK; i++)
		if (!rule_is_physical(&context->cell->devices[i]))
			status = check(context, i);
	return status;
}

/* All ones from a bit on that makes the BAR at least size bytes large. */
static bool is_bar_mask(u32 mask, u32 size)
{
	return mask && (mask & -mask) >= size && mask == (u32)-(mask & -mask);
}

static enum status check_bars(const struct rule_context *context, u32 i)
{
	const struct jailhouse_pci_device *end = &context->cell->devices[i];
	bool good;

	for (u32 bar = 0; bar < 6; bar++) {
		good = end->bar_mask[bar] == 0;
		if (bar == 0 || (bar == 1 && end->num_msix_vectors))
			good = is_bar_mask(end->bar_mask[bar], PAGE_SIZE);
		else if (bar == 1)
			good |= is_bar_mask(end->bar_mask[bar], PAGE_SIZE);
		if (!good)
			return refuse(context, STATUS_LINK_BAR, i, bar, end->bar_mask[bar]);
	}
	return OK;
}

static enum status check_shape(const struct rule_context *context, u32 i)
{
	const struct jailhouse_pci_device *end = &context->cell->devices[i];
	const u64 sections = (u64)end->shmem_regions_start + OUTPUTS + end->shmem_peers;

	if (end->shmem_peers == 0 || end->shmem_peers > CONFIG_MAX_PEERS)
		return refuse(context, STATUS_LINK_PEERS, i, end->shmem_peers, CONFIG_MAX_PEERS);
	if (end->shmem_dev_id >= end->shmem_peers)
		return refuse(context, STATUS_LINK_ID, i, end->shmem_dev_id, end->shmem_peers);
	if (end->num_msix_vectors > CONFIG_MAX_LINK_VECTORS)
		return refuse(context, STATUS_LINK_VECTORS, i, end->num_msix_vectors,
			      CONFIG_MAX_LINK_VECTORS);
	if (sections > context->cell->desc->num_memory_regions)
		return refuse(context, STATUS_LINK_REGIONS, i, sections,
			      context->cell->desc->num_memory_regions);
	return check_bars(context, i);
}

enum status rule_link_shape(const struct rule_context *context)
{
	return each(context, check_shape);
}

static const struct jailhouse_memory *section(const struct cell_view *cell,
					      const struct jailhouse_pci_device *end, u32 n)
{
	return &cell->memory[end->shmem_regions_start + n];
}

static bool may_write(const struct jailhouse_pci_device *end, u32 n)
{
	return n == READ_WRITE || n == OUTPUTS + (u32)end->shmem_dev_id;
}

/* One section on its own; where the guest sees it is *next, which moves behind it. */
static enum status check_section(const struct rule_context *context,
				 const struct jailhouse_pci_device *end, u32 n, u64 *next)
{
	const struct jailhouse_memory *region = section(context->cell, end, n);
	const u64 output = section(context->cell, end, OUTPUTS)->size;
	const u32 i = end->shmem_regions_start + n;

	if (n > OUTPUTS && region->size != output)
		return rule_refuse(context, STATUS_LINK_OUTPUTS, OBJECT_MEMORY, i, region->size,
				   output);
	if (region->size == 0)
		return OK;
	if (rule_is_comm(region) || JAILHOUSE_MEMORY_IS_SUBPAGE(region))
		return rule_refuse(context, STATUS_LINK_SECTION, OBJECT_MEMORY, i,
				   region->virt_start, region->flags);
	if (n != STATES && region->virt_start != *next)
		return rule_refuse(context, STATUS_LINK_CONTIGUOUS, OBJECT_MEMORY, i,
				   region->virt_start, *next);
	if ((region->flags & JAILHOUSE_MEM_WRITE) && !may_write(end, n))
		return rule_refuse(context, STATUS_LINK_WRITE, OBJECT_MEMORY, i, region->virt_start,
				   end->shmem_dev_id);
	*next = region->virt_start + region->size;
	return OK;
}

static enum status check_sections(const struct rule_context *context, u32 i)
{
	const struct jailhouse_pci_device *end = &context->cell->devices[i];
	const struct jailhouse_memory *states = section(context->cell, end, STATES);
	enum status status = OK;
	u64 next = 0;

	if (states->size == 0)
		return rule_refuse(context, STATUS_LINK_TABLE, OBJECT_MEMORY,
				   end->shmem_regions_start, states->virt_start, states->size);
	for (u32 n = 0; n < OUTPUTS + (u32)end->shmem_peers && status == OK; n++)
		status = check_section(context, end, n, &next);
	return status;
}

enum status rule_link_sections(const struct rule_context *context)
{
	return each(context, check_sections);
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
			return rule_refuse(context, STATUS_LINK_MEMORY, OBJECT_MEMORY,
					   end->shmem_regions_start + n, ours->phys_start,
					   theirs->phys_start);
		if (ours->size && !(ours->flags & JAILHOUSE_MEM_ROOTSHARED))
			return rule_refuse(context, STATUS_LINK_SHARED, OBJECT_MEMORY,
					   end->shmem_regions_start + n, ours->phys_start, 0);
	}
	return OK;
}

static enum status check_peer(const struct rule_context *context, u32 i,
			      const struct jailhouse_pci_device *peer)
{
	const struct jailhouse_pci_device *end = &context->cell->devices[i];

	if (end->shmem_peers != peer->shmem_peers)
		return refuse(context, STATUS_LINK_PEERS_DIFFER, i, end->shmem_peers,
			      peer->shmem_peers);
	if (end->shmem_dev_id == peer->shmem_dev_id)
		return refuse(context, STATUS_LINK_ID_TAKEN, i, end->shmem_dev_id,
			      context->other_slot);
	if (!protocols_match(end->shmem_protocol, peer->shmem_protocol))
		return refuse(context, STATUS_LINK_PROTOCOL, i, end->shmem_protocol,
			      peer->shmem_protocol);
	return check_memory(context, end, peer);
}

/* rule_device_one_owner has seen that devices at one place are all ends, or none is. */
static enum status check_ends(const struct rule_context *context, u32 i)
{
	const struct jailhouse_pci_device *peers = context->other->devices;

	for (u32 j = 0; j < context->other->desc->num_pci_devices; j++)
		if (peers[j].bdf == context->cell->devices[i].bdf)
			return check_peer(context, i, &peers[j]);
	return OK;
}

enum status rule_link_ends(const struct rule_context *context)
{
	return each(context, check_ends);
}
