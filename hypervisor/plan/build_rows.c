// SPDX-License-Identifier: GPL-2.0
/* Which PCI devices and interrupt pins a cell has. */
#include <base/string.h>
#include <plan/build.h>

bool view_any(const struct cell_view *view, enum object array, look_t look, void *question)
{
	const void *entry;

	for (u32 i = 0; (entry = config_entry(view, array, i)); i++)
		if (look(entry, question))
			return true;
	return false;
}

bool others_any(const struct builder *builder, enum object array, look_t look, void *question)
{
	for (unsigned slot = 1; slot < CONFIG_MAX_CELLS; slot++)
		if (builder->views[slot] && view_any(builder->views[slot], array, look, question))
			return true;
	return false;
}

static bool is_same_device(const void *entry, void *question)
{
	const struct jailhouse_pci_device *theirs = entry, *ours = question;

	return theirs->bdf == ours->bdf && theirs->type != JAILHOUSE_PCI_TYPE_IVSHMEM;
}

bool is_device_given(const struct builder *builder, const struct jailhouse_pci_device *device)
{
	return builder->cell == 0 &&
	       others_any(builder, OBJECT_PCI_DEVICE, is_same_device, (void *)device);
}

void build_devices(struct builder *builder)
{
	const struct jailhouse_pci_device *device;
	struct range range;

	for (u32 i = 0; (device = config_entry(builder->view, OBJECT_PCI_DEVICE, i)); i++) {
		if (device->type != JAILHOUSE_PCI_TYPE_IVSHMEM && is_device_given(builder, device))
			continue;
		builder_put(builder, PLAN_DEVICES, &(struct plan_device){
			.bdf = device->bdf, .index = (u16)i,
			.type = device->type, .unit = device->iommu,
		});
		if (window_msix(device, &range))
			put_trap(builder, i, PLAN_TRAP_MSIX, range);
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
static void put_pins(struct builder *builder, u32 index, const struct jailhouse_irqchip *chip)
{
	const struct system_view *system = builder->system;
	struct plan_pin row = {
		.address = chip->address, .chip = chip_of(&system->root, chip),
		.base = (u16)chip->pin_base,
		.index = index < builder->view->desc->num_irqchips ? (u16)index : PLAN_NONE,
	};
	const struct cell_view *view;
	struct jailhouse_irqchip theirs;

	memcpy(row.pins, chip->pin_bitmap, sizeof(row.pins));
	for (unsigned slot = 1; builder->cell == 0 && slot < CONFIG_MAX_CELLS; slot++) {
		view = builder->views[slot];
		for (u32 i = 0; view && config_chip(system, view, i, &theirs); i++)
			remove_chip(&row, &theirs);
	}
	builder_put(builder, PLAN_PINS, &row);
}

void build_pins(struct builder *builder)
{
	struct jailhouse_irqchip chip;

	for (u32 i = 0; config_chip(builder->system, builder->view, i, &chip); i++)
		put_pins(builder, i, &chip);
}
