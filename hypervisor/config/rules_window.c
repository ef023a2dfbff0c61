// SPDX-License-Identifier: GPL-2.0
/*
 * The machine's windows that no cell may reach itself: the hypervisor, interrupt controllers,
 * IOMMUs and PCI config space. Whoever holds one of them holds the machine.
 */
#include <base/addr.h>
#include <config/rules.h>

/* The local APIC's page, and behind it what devices write to when they raise an interrupt. */
#define LAPIC_FIRST 0xfee00000ULL
#define LAPIC_LAST 0xfeefffffULL
#define ECAM_BUS 0x100000ULL

/* Windows by number: these, then the units, then the root cell's irqchips. */
enum window_number { WINDOW_HYPERVISOR, WINDOW_LAPIC, WINDOW_ECAM, WINDOW_UNITS };

static void fixed_window(const struct jailhouse_system *header, unsigned number,
			 struct rule_window *window)
{
	const struct jailhouse_memory *memory = &header->hypervisor_memory;
	const u64 ecam = header->platform_info.pci_mmconfig_base;

	*window = (struct rule_window){ .why = STATUS_IN_LAPIC, .object = OBJECT_SYSTEM };
	if (number == WINDOW_HYPERVISOR) {
		window->why = STATUS_IN_HYPERVISOR;
		window->root_guest_only = true;
		window->range = rule_range(memory->phys_start, memory->size);
	} else if (number == WINDOW_ECAM && ecam) {
		window->why = STATUS_IN_ECAM;
		window->range = rule_range(ecam, (header->platform_info.pci_mmconfig_end_bus + 1) *
							 ECAM_BUS);
	} else {
		/* Without ECAM its number names the local APIC a second time. */
		window->range = (struct range){ LAPIC_FIRST, LAPIC_LAST };
	}
}

static void unit_window(const struct jailhouse_iommu *unit, u32 index, struct rule_window *window)
{
	*window = (struct rule_window){
		.range = rule_range(unit->base, unit->size), .why = STATUS_IN_IOMMU,
		.root_guest_only = true, .object = OBJECT_IOMMU, .index = index,
	};
}

static void irqchip_window(const struct jailhouse_irqchip *chip, u32 index,
			   struct rule_window *window)
{
	*window = (struct rule_window){
		.range = rule_range(chip->address, PAGE_SIZE), .why = STATUS_IN_IOAPIC,
		.object = OBJECT_IRQCHIP, .index = index,
	};
}

bool rule_next_window(const struct system_view *system, unsigned *next, struct rule_window *window)
{
	const unsigned units = config_units(system);
	const unsigned number = (*next)++;

	if (number < WINDOW_UNITS)
		fixed_window(system->header, number, window);
	else if (number < WINDOW_UNITS + units)
		unit_window(&system->header->platform_info.iommu_units[number - WINDOW_UNITS],
			    number - WINDOW_UNITS, window);
	else if (number < WINDOW_UNITS + units + system->root.desc->num_irqchips)
		irqchip_window(&system->root.irqchips[number - WINDOW_UNITS - units],
			       number - WINDOW_UNITS - units, window);
	else
		return false;
	return true;
}

static bool same_window(const struct rule_window *a, const struct rule_window *b)
{
	return a->why == b->why && a->range.first == b->range.first &&
	       a->range.last == b->range.last && a->object == b->object && a->index == b->index;
}

enum status rule_windows_apart(const struct rule_context *context)
{
	struct rule_window one, two;
	unsigned i = 0, j;

	while (rule_next_window(context->system, &i, &one)) {
		j = i;
		while (rule_next_window(context->system, &j, &two))
			if (range_overlap(one.range, two.range) && !same_window(&one, &two))
				return rule_refuse(context, STATUS_WINDOWS_APART, two.object,
						   two.index, one.range.first, two.range.first);
	}
	return OK;
}

enum status rule_outside_windows(const struct rule_context *context, struct range range, bool guest,
				 enum object object, u32 index)
{
	struct rule_window window;
	unsigned i = 0;

	while (rule_next_window(context->system, &i, &window)) {
		if (guest && window.root_guest_only && context->slot != 0)
			continue;
		if (range_overlap(range, window.range))
			return rule_refuse(context, window.why, object, index, range.first,
					   window.range.last);
	}
	return OK;
}
