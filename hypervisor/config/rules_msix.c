// SPDX-License-Identifier: GPL-2.0
/*
 * Where the MSI-X tables of physical devices are: on pages that no cell reaches, as each access is
 * looked at. Shared-memory devices have a table of the hypervisor's making.
 */
#include <base/addr.h>
#include <base/bits.h>
#include <config/rules.h>

#define MSIX_VECTORS 2048	/* what the capability's table size field can say */
#define MSIX_ENTRY 16		/* bytes of the table per vector */

static bool has_table(const struct jailhouse_pci_device *device)
{
	return rule_is_physical(device) && device->num_msix_vectors > 0;
}

static u64 table_pages(const struct jailhouse_pci_device *device)
{
	return align_up(device->msix_region_size, PAGE_SIZE);
}

bool rule_msix_range(const struct jailhouse_pci_device *device, struct range *range)
{
	return has_table(device) && range_make(device->msix_address, table_pages(device), range);
}

enum status rule_msix_shape(const struct rule_context *context)
{
	const struct jailhouse_pci_device *device = context->entry;
	struct range range;

	if (!has_table(device))
		return OK;
	if (device->num_msix_vectors > MSIX_VECTORS)
		return rule_refuse(context, STATUS_MSIX_COUNT, device->num_msix_vectors,
				   MSIX_VECTORS);
	/* The table is seen at its physical address, so it must be a guest address, too. */
	if (!rule_msix_range(device, &range) || range.last >= CONFIG_GUEST_LIMIT ||
	    !is_aligned(range.first, PAGE_SIZE) ||
	    device->num_msix_vectors * MSIX_ENTRY > table_pages(device))
		return rule_refuse(context, STATUS_MSIX_WINDOW, device->msix_address,
				   device->msix_region_size);
	return rule_outside_windows(context, range, false);
}

/*
 * No region of holder reaches the table, neither by its bytes nor, in its own cell, by its place.
 */
static enum status check_region(const struct rule_context *context, const struct cell_view *holder,
				u32 j, struct range table, u16 bdf)
{
	const struct jailhouse_memory *region = &holder->memory[j];
	bool covered = false;

	if (region->size == 0)
		return OK;
	if (!rule_is_comm(region))
		covered = range_overlap(table, rule_range(region->phys_start, region->size));
	if (holder == context->cell)
		covered |= range_overlap(table, rule_range(region->virt_start, region->size));
	if (!covered)
		return OK;
	return refusal_fill(context->refusal, STATUS_MSIX_IN_MEMORY, holder->desc->name,
			    OBJECT_MEMORY, j, table.first, bdf);
}

enum status rule_msix_not_memory(const struct rule_context *context)
{
	const struct jailhouse_pci_device *device = context->entry;
	const struct cell_view *holder;
	enum status status = OK;
	struct range table;

	if (!rule_msix_range(device, &table))
		return OK;
	for (unsigned slot = 0; slot < CONFIG_MAX_CELLS; slot++) {
		holder = config_cell(context->set, slot);
		for (u32 j = 0; holder && j < holder->desc->num_memory_regions && status == OK; j++)
			status = check_region(context, holder, j, table, device->bdf);
	}
	return status;
}

/* The tables of two devices, wherever they are, share no page. */
enum status rule_msix_apart(const struct rule_context *context)
{
	const struct jailhouse_pci_device *ours = context->entry;
	const struct cell_view *cell;
	struct range table, other;

	if (!rule_msix_range(ours, &table))
		return OK;
	for (unsigned slot = 0; slot <= context->slot; slot++) {
		cell = config_cell(context->set, slot);
		for (u32 j = 0; cell && j < cell->desc->num_pci_devices; j++)
			if (cell->devices[j].bdf != ours->bdf &&
			    rule_msix_range(&cell->devices[j], &other) &&
			    range_overlap(table, other))
				return rule_refuse(context, STATUS_MSIX_APART, table.first,
						   cell->devices[j].bdf);
	}
	return OK;
}
