// SPDX-License-Identifier: GPL-2.0
/*
 * IOAPICs and their pins. The root cell lists the chips there are; a cell lists pins of them, which
 * root gives up. A pin that nobody lists stays masked.
 */
#include <base/addr.h>
#include <base/bits.h>
#include <config/rules.h>

#define PINS 128	/* bits of pin_bitmap */

static enum status refuse(const struct rule_context *context, enum status why, u32 i, u64 a, u64 b)
{
	return rule_refuse(context, why, OBJECT_IRQCHIP, i, a, b);
}

static enum status each(const struct rule_context *context,
			enum status (*check)(const struct rule_context *, u32))
{
	enum status status = OK;

	for (u32 i = 0; i < context->cell->desc->num_irqchips && status == OK; i++)
		status = check(context, i);
	return status;
}

/* Index of the chip at address among the first count of the cell; count: there is none. */
static u32 find_chip(const struct cell_view *cell, u64 address, u32 count)
{
	u32 i = 0;

	while (i < count && cell->irqchips[i].address != address)
		i++;
	return i;
}

static enum status check_shape(const struct rule_context *context, u32 i)
{
	const struct jailhouse_irqchip *chip = &context->cell->irqchips[i];
	const u32 units = config_units(context->system), unit = chip->id >> 16;
	const u32 twin = find_chip(context->cell, chip->address, i);

	if (chip->address == 0 || !is_aligned(chip->address, PAGE_SIZE) ||
	    chip->address >= rule_phys_limit(context))
		return refuse(context, STATUS_IRQCHIP_ADDRESS, i, chip->address, 0);
	if (twin < i)
		return refuse(context, STATUS_IRQCHIP_TWICE, i, chip->address, twin);
	if (chip->pin_base)
		return refuse(context, STATUS_PIN_BASE, i, chip->pin_base, 0);
	for (unsigned pin = CONFIG_MAX_PINS; pin < PINS; pin++)
		if (bitmap_test(chip->pin_bitmap, pin))
			return refuse(context, STATUS_PIN_LIMIT, i, pin, CONFIG_MAX_PINS);
	if (unit >= units && unit != 0)
		return refuse(context, STATUS_IRQCHIP_UNIT, i, unit, units);
	return OK;
}

enum status rule_irqchip_shape(const struct rule_context *context)
{
	return each(context, check_shape);
}

static enum status check_known(const struct rule_context *context, u32 i)
{
	const u64 address = context->cell->irqchips[i].address;
	const u32 count = context->system->root.desc->num_irqchips;

	if (find_chip(&context->system->root, address, count) < count)
		return OK;
	return refuse(context, STATUS_IRQCHIP_UNKNOWN, i, address, 0);
}

enum status rule_irqchip_of_root(const struct rule_context *context)
{
	return each(context, check_known);
}

static enum status check_pins(const struct rule_context *context, u32 i)
{
	const struct jailhouse_irqchip *chip = &context->cell->irqchips[i];
	const u32 count = context->other->desc->num_irqchips;
	const u32 j = find_chip(context->other, chip->address, count);

	for (unsigned pin = 0; j < count && pin < PINS; pin++)
		if (bitmap_test(chip->pin_bitmap, pin) &&
		    bitmap_test(context->other->irqchips[j].pin_bitmap, pin))
			return refuse(context, STATUS_PIN_FOREIGN, i, pin, context->other_slot);
	return OK;
}

enum status rule_pin_one_owner(const struct rule_context *context)
{
	return context->other_slot == 0 ? OK : each(context, check_pins);
}
