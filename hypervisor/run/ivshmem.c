// SPDX-License-Identifier: GPL-2.0
/* The ends of shared-memory links: attaching, finding, resetting. */
#include <base/string.h>
#include <run/ivshmem.h>
#include <run/pci_masks.h>

/* Any end at this bdf, whichever cell has it; id ~0 matches every id. */
static struct ivshmem_end *link_end(struct ivshmem *ivshmem, u16 bdf, u32 id)
{
	struct ivshmem_end *end;

	for (end = ivshmem->ends; end < ivshmem->ends + ivshmem->used; end++)
		if (end->attached && end->bdf == bdf && (id == ~0U || end->id == id))
			return end;
	return NULL;
}

struct ivshmem_end *ivshmem_peer(struct ivshmem *ivshmem, const struct ivshmem_end *end, u32 id)
{
	return id < IVSHMEM_MAX_PEERS ? link_end(ivshmem, end->bdf, id) : NULL;
}

struct ivshmem_end *ivshmem_find(struct ivshmem *ivshmem, u16 cell, u16 bdf)
{
	struct ivshmem_end *end;

	for (end = ivshmem->ends; end < ivshmem->ends + ivshmem->used; end++)
		if (end->attached && end->cell == cell && end->bdf == bdf)
			return end;
	return NULL;
}

struct ivshmem_end *ivshmem_find_window(struct ivshmem *ivshmem, u16 cell, u64 address,
					struct ivshmem_place *place)
{
	struct ivshmem_end *end;
	unsigned bar;

	for (end = ivshmem->ends; end < ivshmem->ends + ivshmem->used; end++) {
		if (!end->attached || end->cell != cell || !(end->command & PCI_CMD_MEMORY))
			continue;
		for (bar = 0; bar < 2; bar++) {
			if (!end->bar[bar] || address - end->bar[bar] >= end->bar_size[bar])
				continue;
			*place = (struct ivshmem_place) {
				.bar = (u8)bar,
				.offset = (u32)(address - end->bar[bar]),
			};
			return end;
		}
	}
	return NULL;
}

static void clear_registers(struct ivshmem_end *end)
{
	unsigned n;

	ivshmem_config_reset(end);
	end->int_control = false;
	end->pending = 0;
	for (n = 0; n < IVSHMEM_MAX_VECTORS; n++)
		end->table[n] = (struct msix_entry){ .word[MSIX_CONTROL] = MSIX_CONTROL_MASKED };
}

/* State table, read-write section and an output section per peer must all be there. */
static enum status check(struct ivshmem *ivshmem, const struct cell_view *view,
			 const struct jailhouse_pci_device *device)
{
	u64 last = (u64)device->shmem_regions_start + 2 + device->shmem_peers;

	if (last > view->desc->num_memory_regions ||
	    view->memory[device->shmem_regions_start].size < 4U * device->shmem_peers)
		return STATUS_IVSHMEM_REGIONS;
	if (device->shmem_peers > IVSHMEM_MAX_PEERS ||
	    device->shmem_dev_id >= device->shmem_peers ||
	    link_end(ivshmem, device->bdf, device->shmem_dev_id))
		return STATUS_IVSHMEM_ID;
	if (device->num_msix_vectors > IVSHMEM_MAX_VECTORS)
		return STATUS_IVSHMEM_VECTORS;
	return OK;
}

static u32 free_ends(const struct ivshmem *ivshmem)
{
	u32 n, count = 0;

	for (n = 0; n < IVSHMEM_MAX_ENDS; n++)
		count += !ivshmem->ends[n].attached;
	return count;
}

/* The two values that the status's row names. */
static void explain(struct refusal *refusal, enum status why, const struct cell_view *view,
		    const struct jailhouse_pci_device *device)
{
	*refusal = (struct refusal) { .why = why, .object = OBJECT_PCI_DEVICE };
	refusal->index = (u32)(device - view->devices);
	memcpy(refusal->cell, view->desc->name, sizeof(refusal->cell));
	switch (why) {
	case STATUS_IVSHMEM_REGIONS:
		refusal->a = device->shmem_regions_start;
		refusal->b = view->desc->num_memory_regions;
		break;
	case STATUS_IVSHMEM_VECTORS:
		refusal->a = device->num_msix_vectors;
		refusal->b = IVSHMEM_MAX_VECTORS;
		break;
	case STATUS_IVSHMEM_ID:
		refusal->a = device->shmem_dev_id;
		refusal->b = device->shmem_peers;
		break;
	default:
		refusal->a = IVSHMEM_MAX_ENDS;
		refusal->b = IVSHMEM_MAX_ENDS;
	}
}

enum status ivshmem_room(struct ivshmem *ivshmem, const struct cell_view *view,
			 struct refusal *refusal)
{
	u32 n, room = free_ends(ivshmem);

	for (n = 0; n < view->desc->num_pci_devices; n++) {
		const struct jailhouse_pci_device *device = &view->devices[n];
		enum status why;

		if (device->type != JAILHOUSE_PCI_TYPE_IVSHMEM)
			continue;
		why = check(ivshmem, view, device);
		if (!why && room-- == 0)
			why = STATUS_IVSHMEM_FULL;
		if (why) {
			explain(refusal, why, view, device);
			return why;
		}
	}
	return OK;
}

struct ivshmem_end *ivshmem_attach(struct ivshmem *ivshmem, u16 cell, const struct cell_view *view,
				   const struct jailhouse_pci_device *device,
				   struct ivshmem_effect *effect)
{
	const struct jailhouse_memory *region = &view->memory[device->shmem_regions_start];
	bool first = !link_end(ivshmem, device->bdf, ~0U);
	struct ivshmem_end *end = ivshmem->ends;

	while (end->attached)
		end++;
	memset(end, 0, sizeof(*end));
	end->state_phys = region[0].phys_start;
	/* BAR0 decodes all of its size (the mask's lowest bit), BAR1 only what the model implements. */
	end->bar_mask[0] = device->bar_mask[0] & ~0xfU;
	end->bar_size[0] = end->bar_mask[0] & -end->bar_mask[0];
	end->bar_size[1] = IVSHMEM_MSIX_SIZE;
	if (device->num_msix_vectors)
		end->bar_mask[1] = device->bar_mask[1] & ~0xfU;
	end->bdf = device->bdf;
	end->cell = cell;
	end->id = device->shmem_dev_id;
	end->peers = device->shmem_peers;
	end->vectors = (u8)device->num_msix_vectors;
	end->attached = true;
	ivshmem_config_fill(end, device, region);
	clear_registers(end);
	if (ivshmem->used <= end - ivshmem->ends)
		ivshmem->used = (u32)(end - ivshmem->ends) + 1;
	*effect = (struct ivshmem_effect) {
		.state_phys = end->state_phys, .state_words = first ? end->peers : 0,
	};
	return end;
}

void ivshmem_reset(struct ivshmem *ivshmem, struct ivshmem_end *end, struct ivshmem_effect *effect)
{
	*effect = (struct ivshmem_effect) { .wake = 0 };
	clear_registers(end);
	ivshmem_set_state(ivshmem, end, 0, effect);
}

void ivshmem_detach(struct ivshmem *ivshmem, struct ivshmem_end *end, struct ivshmem_effect *effect)
{
	ivshmem_reset(ivshmem, end, effect);
	end->attached = false;
}
