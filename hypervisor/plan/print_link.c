// SPDX-License-Identifier: GPL-2.0
/* An end of a shared-memory link as a line, for somebody who wonders why nobody answers. */
#include <base/bits.h>
#include <plan/print.h>

#define LINES 64	/* bits of a bitmap that lines of virtual PCI can have */

/* The interrupt that the end raises by a line; 0: this machine has none for it. */
static u32 line_of(const struct printer *printer, const struct cell_view *cell,
		   const struct jailhouse_pci_device *end)
{
	struct jailhouse_cell_desc desc = *cell->desc;
	const struct cell_view alone = { .desc = &desc, .devices = end };
	struct jailhouse_irqchip chip;

	desc.num_irqchips = 0;
	desc.num_pci_devices = 1;
	if (config_chip(printer->set->system, &alone, 0, &chip))
		for (u32 pin = 0; pin < LINES; pin++)
			if (bitmap_test(chip.pin_bitmap, pin))
				return chip.pin_base + pin;
	return 0;
}

static void put_interrupt(struct print_words *words, const struct jailhouse_pci_device *end, u32 line)
{
	if (end->num_msix_vectors)
		PRINT_WORDS(words, ", %u vector%s", end->num_msix_vectors,
			    end->num_msix_vectors == 1 ? "" : "s");
	else if (line)
		PRINT_WORDS(words, ", interrupt %u", line);
	else
		PRINT_WORDS(words, ", no interrupt");
}

/* Its sections lie back to back, so the last one with a size ends what the first one begins. */
static void put_memory(struct print_words *words, const struct cell_view *cell,
		       const struct jailhouse_pci_device *end)
{
	const struct jailhouse_memory *first = cell->memory + end->shmem_regions_start;
	u64 size = 0;

	for (u32 i = 0; i < end->shmem_peers + 2U; i++)
		size += first[i].size;
	PRINT_WORDS(words, ", memory %012llx-%012llx", first->virt_start, first->virt_start + size - 1);
}

static void put_peers(struct print_words *words, const struct printer *printer,
		      const struct plan_device *row)
{
	const struct plan_device *rows = plan_devices(printer->plan);
	unsigned count = 0;

	for (u32 i = 0; i < printer->plan->devices.count; i++)
		if (rows[i].bdf == row->bdf && rows[i].cell != row->cell)
			PRINT_WORDS(words, "%s\"%s\"", count++ ? ", " : ", peers here: ",
				    plan_cells(printer->plan)[rows[i].cell].name);
	if (count == 0)
		PRINT_WORDS(words, ", no peer here");
}

void print_link(const struct printer *printer, const struct plan_device *row)
{
	const struct cell_view *cell = config_cell(printer->set, row->cell);
	const struct jailhouse_pci_device *end = &cell->devices[row->index];
	struct print_words words = { .used = 0 };

	PRINT_WORDS(&words, "  link %02x:%02x.%u pci_devices[%u] id %u of %u", row->bdf >> 8,
		    row->bdf >> 3 & 31, row->bdf & 7, row->index, end->shmem_dev_id, end->shmem_peers);
	put_memory(&words, cell, end);
	put_interrupt(&words, end, line_of(printer, cell, end));
	put_peers(&words, printer, row);
	printer->emit(printer->context, words.text);
}
