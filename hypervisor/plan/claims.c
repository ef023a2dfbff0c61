// SPDX-License-Identifier: GPL-2.0
/*
 * Who holds an address. Nobody keeps a list: each question walks the configs, which are short, and
 * narrows one stretch.
 */
#include <config/windows.h>
#include <plan/build.h>

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

static bool claim_msix(const void *device, void *stretch)
{
	struct range range;

	if (window_msix(device, &range))
		stretch_claim(stretch, range);
	return false;
}

/* What a cell takes away from root: everything it does not share. */
static bool claim_owned(const void *entry, void *stretch)
{
	const struct jailhouse_memory *region = entry;
	struct range range;

	if (!(region->flags & JAILHOUSE_MEM_ROOTSHARED) && region_pages(region, &range))
		stretch_claim(stretch, range);
	return false;
}

/* The pages of the cell's sub-page regions: accesses to them must trap. */
static bool claim_subpage(const void *entry, void *stretch)
{
	const struct jailhouse_memory *region = entry;
	struct range range;

	if (JAILHOUSE_MEMORY_IS_SUBPAGE(region) &&
	    pages_make(region->virt_start, region->size, &range))
		stretch_claim(stretch, range);
	return false;
}

/* The machine's own windows; guest: where they are for the cell's guest. */
static void claim_windows(const struct builder *builder, bool guest, struct stretch *stretch)
{
	struct config_window window;
	unsigned next = 0;

	while (config_next_window(builder->system, &next, &window))
		if (!guest || builder->cell == 0 || !window.root_guest_only)
			stretch_claim(stretch, window.range);
}

void claims_phys(const struct builder *builder, unsigned slot, struct stretch *stretch)
{
	claim_windows(builder, false, stretch);
	view_any(builder->views[0], OBJECT_PCI_DEVICE, claim_msix, stretch);
	others_any(builder, OBJECT_PCI_DEVICE, claim_msix, stretch);
	if (slot == 0)
		others_any(builder, OBJECT_MEMORY, claim_owned, stretch);
}

void claims_gpa(const struct builder *builder, struct stretch *stretch)
{
	claim_windows(builder, true, stretch);
	view_any(builder->view, OBJECT_PCI_DEVICE, claim_msix, stretch);
	view_any(builder->view, OBJECT_MEMORY, claim_subpage, stretch);
}
