// SPDX-License-Identifier: GPL-2.0
/* Notes about shared-memory links: who is at the other end, and which interrupts they raise. */
#include "notes.h"

static bool has_end(const struct cell_view *cell, u16 bdf)
{
	for (u32 i = 0; i < cell->desc->num_pci_devices; i++)
		if (cell->devices[i].type == JAILHOUSE_PCI_TYPE_IVSHMEM && cell->devices[i].bdf == bdf)
			return true;
	return false;
}

static bool is_met(const struct notes *notes, u16 bdf)
{
	for (unsigned slot = 0; slot < CONFIG_MAX_CELLS; slot++)
		if (slot != notes->slot && config_cell(notes->set, slot) &&
		    has_end(config_cell(notes->set, slot), bdf))
			return true;
	return false;
}

/* Root's own ends wait for cells that these configs need not be. */
void note_link_has_peer(struct notes *notes)
{
	for (u32 i = 0; notes->slot && i < notes->cell->desc->num_pci_devices; i++) {
		const struct jailhouse_pci_device *end = &notes->cell->devices[i];
		const u16 bdf = end->bdf;

		if (end->type == JAILHOUSE_PCI_TYPE_IVSHMEM && !is_met(notes, bdf))
			note_say(notes, OBJECT_PCI_DEVICE, i,
				 "give all ends the same bdf, and name the other cell's config as well",
				 "no other of these configs has an end of the link at %02x:%02x.%x", bdf >> 8,
				 bdf >> 3 & 31, bdf & 7);
	}
}

/* Has the cell said itself that all interrupts of this entry are its own? */
static bool is_listed(const struct cell_view *cell, const struct jailhouse_irqchip *lines)
{
	const struct jailhouse_irqchip *chip = cell->irqchips;

	for (u32 i = 0; i < cell->desc->num_irqchips; i++)
		if (chip[i].pin_base == lines->pin_base)
			return (lines->pin_bitmap[0] & ~chip[i].pin_bitmap[0]) == 0;
	return false;
}

/* Root lists what the machine has, so that its list says nothing about what it means. */
void note_vpci_irq_chosen(struct notes *notes)
{
	const struct cell_view *cell = notes->cell;
	struct jailhouse_irqchip lines;

	if (cell->desc->vpci_irq_base == 0 &&
	    config_chip(notes->set->system, cell, cell->desc->num_irqchips, &lines) &&
	    (notes->slot == 0 || !is_listed(cell, &lines)))
		note_say(notes, OBJECT_VIRTUAL_LINES, 0,
			 "choose four unused interrupts; the first one's number is vpci_irq_base + 32",
			 "it is 0, so that links raise interrupt %u, which mostly is a device's",
			 lines.pin_base + (u32)__builtin_ctz(lines.pin_bitmap[0]));
}
