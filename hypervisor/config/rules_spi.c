// SPDX-License-Identifier: GPL-2.0
/*
 * Shared interrupts of a GIC: those that irqchips list, and those that virtual PCI raises. Root
 * gives up what another cell has, but for the lines of its own virtual PCI.
 */
#include <base/bits.h>
#include <config/gic.h>
#include <config/rules.h>

#define PINS 128U	/* bits of pin_bitmap */
#define LINES 4U	/* INTA to INTD */

static enum status check_ids(const struct rule_context *context)
{
	const struct jailhouse_irqchip *chip = context->entry;

	for (unsigned pin = 0; pin < PINS; pin++) {
		const u64 id = (u64)chip->pin_base + pin;

		if (!bitmap_test(chip->pin_bitmap, pin))
			continue;
		if (id < GIC_SPI_FIRST)
			return rule_refuse(context, STATUS_SPI_PRIVATE, id, GIC_SPI_FIRST);
		if (id > GIC_SPI_LAST)
			return rule_refuse(context, STATUS_SPI_LIMIT, id, GIC_SPI_LAST);
	}
	return OK;
}

enum status rule_spi_shape(const struct rule_context *context)
{
	const struct jailhouse_irqchip *chip = context->entry, *chips = context->cell->irqchips;
	const u64 distributor = context->system->header->platform_info.arm.gicd_base;
	enum status status = check_ids(context);

	if (status != OK)
		return status;
	if (chip->address != distributor)
		return rule_refuse(context, STATUS_SPI_CHIP, chip->address, distributor);
	if (chip->pin_base < GIC_SPI_FIRST || chip->pin_base > GIC_SPI_LAST ||
	    !is_aligned(chip->pin_base, 32))
		return rule_refuse(context, STATUS_SPI_BASE, chip->pin_base, 0);
	for (u32 i = 0; i < context->index; i++)
		if (chips[i].pin_base == chip->pin_base)
			return rule_refuse(context, STATUS_IRQCHIP_TWICE, chip->address, i);
	return OK;
}

enum status rule_spi_virtual(const struct rule_context *context)
{
	const u32 base = context->cell->desc->vpci_irq_base;
	struct jailhouse_irqchip unused;

	if (base <= GIC_SPI_LAST + 1 - GIC_SPI_FIRST - LINES ||
	    !config_chip(context->system, context->cell, context->cell->desc->num_irqchips, &unused))
		return OK;
	return rule_refuse(context, STATUS_SPI_VIRTUAL, base,
			   GIC_SPI_LAST + 1 - GIC_SPI_FIRST - LINES);
}

/* The first interrupt that both entries have; 0: none. */
static u32 common_id(const struct jailhouse_irqchip *a, const struct jailhouse_irqchip *b)
{
	for (u32 pin = 0; pin < PINS; pin++) {
		const u32 theirs = a->pin_base + pin - b->pin_base;

		if (bitmap_test(a->pin_bitmap, pin) && theirs < PINS &&
		    bitmap_test(b->pin_bitmap, theirs))
			return a->pin_base + pin;
	}
	return 0;
}

enum status rule_spi_one_owner(const struct rule_context *context)
{
	const u32 start = context->other_slot ? 0 : context->other->desc->num_irqchips;
	struct jailhouse_irqchip ours, theirs;

	for (u32 i = 0; config_chip(context->system, context->cell, i, &ours); i++)
		for (u32 j = start; config_chip(context->system, context->other, j, &theirs); j++) {
			const u32 id = common_id(&ours, &theirs);

			if (id)
				return rule_refuse_at(context, OBJECT_IRQCHIP, i, STATUS_SPI_FOREIGN,
						      id, context->other_slot);
		}
	return OK;
}
