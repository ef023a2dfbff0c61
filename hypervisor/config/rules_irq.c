// SPDX-License-Identifier: GPL-2.0
/*
 * IOAPICs and their pins. The root cell lists the chips there are; a cell lists pins of them, which
 * root gives up. A pin that nobody lists stays masked.
 */
#include <base/addr.h>
#include <base/bits.h>
#include <config/rules.h>

#define PINS 128	/* bits of pin_bitmap */

/* Index of the chip at address among the first count of the cell; count: there is none. */
static u32 find_chip(const struct cell_view *cell, u64 address, u32 count)
{
	u32 i = 0;

	while (i < count && cell->irqchips[i].address != address)
		i++;
	return i;
}

enum status rule_irqchip_shape(const struct rule_context *context)
{
	const struct jailhouse_irqchip *chip = context->entry;
	const u32 units = config_units(context->system), unit = chip->id >> 16;
	const u32 twin = find_chip(context->cell, chip->address, context->index);

	if (chip->address == 0 || !is_aligned(chip->address, PAGE_SIZE) ||
	    chip->address >= rule_phys_limit(context))
		return rule_refuse(context, STATUS_IRQCHIP_ADDRESS, chip->address, 0);
	if (twin < context->index)
		return rule_refuse(context, STATUS_IRQCHIP_TWICE, chip->address, twin);
	if (chip->pin_base)
		return rule_refuse(context, STATUS_PIN_BASE, chip->pin_base, 0);
	for (unsigned pin = CONFIG_MAX_PINS; pin < PINS; pin++)
		if (bitmap_test(chip->pin_bitmap, pin))
			return rule_refuse(context, STATUS_PIN_LIMIT, pin, CONFIG_MAX_PINS);
	if (unit >= units && unit != 0)
		return rule_refuse(context, STATUS_IRQCHIP_UNIT, unit, units);
	return OK;
}

enum status rule_irqchip_of_root(const struct rule_context *context)
{
	const struct jailhouse_irqchip *chip = context->entry;
	const u32 count = context->system->root.desc->num_irqchips;

	if (find_chip(&context->system->root, chip->address, count) < count)
		return OK;
	return rule_refuse(context, STATUS_IRQCHIP_UNKNOWN, chip->address, 0);
}

enum status rule_pin_one_owner(const struct rule_context *context)
{
	const struct jailhouse_irqchip *ours = context->entry, *theirs = context->theirs;

	for (unsigned pin = 0; ours->address == theirs->address && pin < PINS; pin++)
		if (bitmap_test(ours->pin_bitmap, pin) && bitmap_test(theirs->pin_bitmap, pin))
			return rule_refuse(context, STATUS_PIN_FOREIGN, pin, context->other_slot);
	return OK;
}
