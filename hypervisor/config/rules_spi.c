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

static enum status refuse(const struct rule_context *context, enum status why, u32 i, u64 a, u64 b)
{
	return rule_refuse(context, why, OBJECT_IRQCHIP, i, a, b);
}

static enum status check_ids(const struct rule_context *context, u32 i)
{
	const struct jailhouse_irqchip *chip = &context->cell->irqchips[i];

	for (unsigned pin = 0; pin < PINS; pin++) {
		const u64 id = (u64)chip->pin_base + pin;

		if (!bitmap_test(chip->pin_bitmap, pin))
			continue;
		if (id < GIC_SPI_FIRST)
			return refuse(context, STATUS_SPI_PRIVATE, i, id, GIC_SPI_FIRST);
		if (id > GIC_SPI_LAST)
			return refuse(context, STATUS_SPI_LIMIT, i, id, GIC_SPI_LAST);
	}
	return OK;
}

static enum status check_shape(const struct rule_context *context, u32 i)
{
	const struct jailhouse_irqchip *chips = context->cell->irqchips;
	const u64 distributor = context->system->header->platform_info.arm.gicd_base;
	enum status status = check_ids(context, i);

	if (status != OK)
		return status;
	if (chips[i].address != distributor)
		return refuse(context, STATUS_SPI_CHIP, i, chips[i].address, distributor);
	if (chips[i].pin_base < GIC_SPI_FIRST || chips[i].pin_base > GIC_SPI_LAST ||
	    !is_aligned(chips[i].pin_base, 32))
		return refuse(context, STATUS_SPI_BASE, i, chips[i].pin_base, 0);
	for (u32 j = 0; j < i; j++)
		if (chips[j].pin_base == chips[i].pin_base)
			return refuse(context, STATUS_IRQCHIP_TWICE, i, chips[i].address, j);
	return OK;
}

enum status rule_spi_shape(const struct rule_context *context)
{
	enum status status = OK;

	for (u32 i = 0; i < context->cell->desc->num_irqchips && status == OK; i++)
		status = check_shape(context, i);
	return status;
}

enum status rule_spi_virtual(const struct rule_context *context)
{
	const u32 base = context->cell->desc->vpci_irq_base;
	struct jailhouse_irqchip unused;

	if (base <= GIC_SPI_LAST + 1 - GIC_SPI_FIRST - LINES ||
	    !config_chip(context->system, context->cell, context->cell->desc->num_irqchips, &unused))
		return OK;
	return rule_refuse(context, STATUS_SPI_VIRTUAL, OBJECT_CELL, 0, base,
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
		for (u32 j = start; config_chip(context->system, context->other, j, &theirs); j++)
			if (common_id(&ours, &theirs))
				return refuse(context, STATUS_SPI_FOREIGN, i,
					      common_id(&ours, &theirs), context->other_slot);
	return OK;
}
