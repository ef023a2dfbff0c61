// SPDX-License-Identifier: GPL-2.0
/*
 * Who holds an address. Nobody keeps a list: each question walks the configs, which are short, and
 * narrows one stretch.
 */
#include <config/windows.h>
#include <plan/build.h>

#define MSI_FIRST 0xfee00000ULL	/* x86: device writes here are interrupts, not memory */
#define MSI_LAST 0xfeefffffULL

void stretch_claim(struct stretch *stretch, struct range range)
{
	if (range_has(range, stretch->at)) {
		if (!stretch->held || range.last > stretch->last)
			stretch->last = range.last;
		stretch->held = true;
	} else if (!stretch->held && range.first > stretch->at && range.first <= stretch->last) {
		stretch->last = range.first - 1;
	}
}

static void claim_msix(const struct cell_view *view, struct stretch *stretch)
{
	struct range range;

	for (unsigned i = 0; i < view->desc->num_pci_devices; i++)
		if (window_msix(&view->devices[i], &range))
			stretch_claim(stretch, range);
}

/* What a cell takes away from root: everything it does not share. */
static void claim_owned(const struct cell_view *view, struct stretch *stretch)
{
	struct range range;

	for (unsigned i = 0; i < view->desc->num_memory_regions; i++)
		if (!(view->memory[i].flags & JAILHOUSE_MEM_ROOTSHARED) &&
		    region_pages(&view->memory[i], &range))
			stretch_claim(stretch, range);
}

/* The pages of the cell's sub-page regions: accesses to them must trap. */
static void claim_subpages(const struct cell_view *view, struct stretch *stretch)
{
	struct range range;

	for (unsigned i = 0; i < view->desc->num_memory_regions; i++) {
		const struct jailhouse_memory *region = &view->memory[i];

		if (!JAILHOUSE_MEMORY_IS_SUBPAGE(region) ||
		    !range_make(region->virt_start, region->size, &range))
			continue;
		range.first &= ~0xfffULL;
		range.last |= 0xfffULL;
		stretch_claim(stretch, range);
	}
}

/* The machine's own windows; guest: where they are for the cell's guest. */
static void claim_windows(const struct builder *builder, unsigned cell, bool guest,
			  struct stretch *stretch)
{
	struct config_window window;
	unsigned next = 0;

	while (config_next_window(builder->input->set->system, &next, &window))
		if (!guest || cell == 0 || !window.root_guest_only)
			stretch_claim(stretch, window.range);
}

void claims_phys(const struct builder *builder, unsigned cell, struct stretch *stretch)
{
	claim_windows(builder, cell, false, stretch);
	for (unsigned slot = 0; slot < CONFIG_MAX_CELLS; slot++) {
		const struct cell_view *view = view_of(builder, slot);

		if (!view)
			continue;
		claim_msix(view, stretch);
		if (cell == 0 && slot != 0)
			claim_owned(view, stretch);
	}
}

void claims_gpa(const struct builder *builder, unsigned cell, struct stretch *stretch)
{
	const struct cell_view *view = view_of(builder, cell);
	claim_windows(builder, cell, true, stretch);
	claim_msix(view, stretch);
	claim_subpages(view, stretch);
}

void claims_iova(const struct builder *builder, struct stretch *stretch)
{
	if (is_x86(builder))
		stretch_claim(stretch, (struct range){ .first = MSI_FIRST, .last = MSI_LAST });
}
