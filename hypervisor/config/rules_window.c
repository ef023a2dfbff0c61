// SPDX-License-Identifier: GPL-2.0
/*
 * The machine's windows that no cell may reach itself: the hypervisor, interrupt controllers,
 * IOMMUs and PCI config space. Whoever holds one of them holds the machine.
 */
#include <base/addr.h>
#include <config/rules.h>

#define ECAM_BUS 0x100000ULL

/* Windows by number: these, then the units, then those of the architecture. */
enum { NUMBER_HYPERVISOR, NUMBER_ECAM, NUMBER_UNITS };

/* The window with this number, with an empty range when the machine does not have it. */
static bool window_at(const struct system_view *system, unsigned number,
		      struct config_window *window, u64 *start, u64 *size)
{
	const struct jailhouse_system *header = system->header;
	const unsigned units = config_units(system);

	*window = (struct config_window){ .root_guest_only = true };
	if (number == NUMBER_HYPERVISOR) {
		*start = header->hypervisor_memory.phys_start;
		*size = header->hypervisor_memory.size;
	} else if (number == NUMBER_ECAM) {
		*window = (struct config_window){ .kind = WINDOW_ECAM };
		*start = header->platform_info.pci_mmconfig_base;
		*size = *start ? (header->platform_info.pci_mmconfig_end_bus + 1) * ECAM_BUS : 0;
	} else if (number < NUMBER_UNITS + units) {
		window->kind = WINDOW_UNIT;
		window->index = number - NUMBER_UNITS;
		*start = header->platform_info.iommu_units[window->index].base;
		*size = header->platform_info.iommu_units[window->index].size;
	} else {
		return system->arch->window(system, number - NUMBER_UNITS - units, window, start,
					    size);
	}
	return true;
}

bool config_next_window(const struct system_view *system, unsigned *next,
			struct config_window *window)
{
	u64 start, size;

	while (window_at(system, (*next)++, window, &start, &size))
		if (range_make(start, size, &window->range))
			return true;
	return false;
}

bool config_chip(const struct system_view *system, const struct cell_view *cell, u32 i,
		 struct jailhouse_irqchip *chip)
{
	if (i == cell->desc->num_irqchips && system->arch->virtual_pins)
		return system->arch->virtual_pins(system, cell, chip);
	if (i >= cell->desc->num_irqchips)
		return false;
	*chip = cell->irqchips[i];
	return true;
}

static const u8 refusals[] = {
	[WINDOW_HYPERVISOR] = STATUS_IN_HYPERVISOR, [WINDOW_ECAM] = STATUS_IN_ECAM,
	[WINDOW_UNIT] = STATUS_IN_IOMMU, [WINDOW_LAPIC] = STATUS_IN_LAPIC,
	[WINDOW_IOAPIC] = STATUS_IN_IOAPIC, [WINDOW_GICD] = STATUS_IN_GIC,
	[WINDOW_GICR] = STATUS_IN_GIC, [WINDOW_GICC] = STATUS_IN_GIC,
	[WINDOW_GICH] = STATUS_IN_GIC, [WINDOW_GICV] = STATUS_IN_GIC,
};

_Static_assert(STATUS_IN_GIC <= 255, "the last of these reasons fits a byte");

/* Which array of the configs a window is described in. */
static enum object object_of(const struct config_window *window)
{
	if (window->kind == WINDOW_UNIT)
		return OBJECT_IOMMU;
	return window->kind == WINDOW_IOAPIC ? OBJECT_IRQCHIP : OBJECT_SYSTEM;
}

enum status rule_windows_apart(const struct rule_context *context)
{
	struct config_window one, two;
	unsigned i = 0, j;

	while (config_next_window(context->system, &i, &one)) {
		j = i;
		while (config_next_window(context->system, &j, &two))
			if (range_overlap(one.range, two.range))
				return rule_refuse_at(context, object_of(&two), two.index,
						      STATUS_WINDOWS_APART, one.range.first,
						      two.range.first);
	}
	return OK;
}

enum status rule_outside_windows(const struct rule_context *context, struct range range, bool guest)
{
	struct config_window window;
	unsigned i = 0;

	while (config_next_window(context->system, &i, &window)) {
		if (guest && window.root_guest_only && context->slot != 0)
			continue;
		if (range_overlap(range, window.range))
			return rule_refuse(context, (enum status)refusals[window.kind],
					   range.first, window.range.last);
	}
	return OK;
}
