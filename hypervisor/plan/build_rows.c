// SPDX-License-Identifier: GPL-2.0
/* Which PCI devices and interrupt pins a cell has. */
#include <base/string.h>
#include <plan/build.h>

static bool lists_device(const struct cell_view *view, u16 bdf)
{
	for (unsigned i = 0; i < view->desc->num_pci_devices; i++)
		if (view->devices[i].bdf == bdf &&
		    view->devices[i].type != JAILHOUSE_PCI_TYPE_IVSHMEM)
			return true;
	return false;
}

unsigned device_owner(const struct builder *builder, u16 bdf)
{
	for (unsigned slot = CONFIG_MAX_CELLS; slot-- > 0; )
		if (view_of(builder, slot) && lists_device(view_of(builder, slot), bdf))
			return slot;
	return PLAN_NONE;
}

void build_devices(struct builder *builder, unsigned cell)
{
	const struct cell_view *view = view_of(builder, cell);

	for (unsigned i = 0; i < view->desc->num_pci_devices; i++) {
		const struct jailhouse_pci_device *device = &view->devices[i];

		if (device->type != JAILHOUSE_PCI_TYPE_IVSHMEM &&
		    device_owner(builder, device->bdf) != cell)
			continue;
		sink_put(&builder->devices, &(struct plan_device){
			.bdf = device->bdf, .cell = (u16)cell, .index = (u16)i,
			.type = device->type, .unit = device->iommu,
		}, sizeof(struct plan_device));
	}
}

/* Index of the chip in root's config; PLAN_NONE: root does not have it. */
static u16 chip_of(const struct cell_view *root, const struct jailhouse_irqchip *chip)
{
	for (u32 i = 0; i < root->desc->num_irqchips; i++)
		if (root->irqchips[i].address == chip->address &&
		    root->irqchips[i].pin_base == chip->pin_base)
			return (u16)i;
	return PLAN_NONE;
}

/* Root keeps the pins that no cell has; two entries for one chip may begin at different pins. */
static void remove_chip(struct plan_pin *row, const struct jailhouse_irqchip *chip)
{
	for (unsigned word = 0; word < 4; word++) {
		const unsigned theirs = row->base / 32 + word - chip->pin_base / 32;

		if (chip->address == row->address && theirs < 4)
			row->pins[word] &= ~chip->pin_bitmap[theirs];
	}
}

/* Listed pins, and those of virtual PCI behind the last entry. */
static void put_pins(struct builder *builder, unsigned cell, u32 index,
		     const struct jailhouse_irqchip *chip)
{
	const struct system_view *system = builder->input->set->system;
	const struct cell_view *view = view_of(builder, cell);
	struct plan_pin row = {
		.address = chip->address, .chip = chip_of(&system->root, chip),
		.base = (u16)chip->pin_base, .cell = (u16)cell,
		.index = index < view->desc->num_irqchips ? (u16)index : PLAN_NONE,
	};
	struct jailhouse_irqchip theirs;

	memcpy(row.pins, chip->pin_bitmap, sizeof(row.pins));
	for (unsigned slot = 1; cell == 0 && slot < CONFIG_MAX_CELLS; slot++) {
		view = view_of(builder, slot);
		for (u32 i = 0; view && config_chip(system, view, i, &theirs); i++)
			remove_chip(&row, &theirs);
	}
	sink_put(&builder->pins, &row, sizeof(row));
}

void build_pins(struct builder *builder, unsigned cell)
{
	struct jailhouse_irqchip chip;

	for (u32 i = 0; config_chip(builder->input->set->system, view_of(builder, cell), i, &chip); i++)
		put_pins(builder, cell, i, &chip);
}
