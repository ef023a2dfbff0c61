// SPDX-License-Identifier: GPL-2.0
/*
 * What cannot be isolated on this machine is only accepted when somebody says so: the cell's config
 * by its unprotected record, or whoever loaded the module with allow_unprotected=1.
 *
 * DMA: without a unit every device reaches all memory. For root this counts even with an empty
 * device list, as nothing stops the devices that nobody listed.
 *
 * Interrupts: without interrupt remapping a device can raise any vector on any CPU by writing to
 * the right address. Handing a device to a cell is where this is decided; root's devices had that
 * power before the hypervisor came.
 *
 * Delivery is not something a machine cannot isolate but a bargain: no config needs it, and only the
 * config itself can strike it.
 */
#include <config/rules.h>

u32 config_unprotected(const struct config_set *set, unsigned slot)
{
	u32 allowed = set->allow_unprotected & ~(u32)JAILHOUSE_UNPROTECTED_DELIVERY;

	/* The parameter speaks for DMA only where no unit could. */
	if (config_units(set->system) > 0)
		allowed &= ~(u32)JAILHOUSE_UNPROTECTED_DMA;
	return config_cell(set, slot)->unprotected | allowed;
}

/* Physical PCI devices of the cell; *first is the index of the first one. */
static u32 count_physical(const struct cell_view *cell, u32 *first)
{
	u32 count = 0;

	*first = 0;
	for (u32 i = 0; i < cell->desc->num_pci_devices; i++)
		if (rule_is_physical(&cell->devices[i]) && count++ == 0)
			*first = i;
	return count;
}

enum status rule_dma_isolated(const struct rule_context *context)
{
	u32 first, count = count_physical(context->cell, &first) + context->cell->desc->num_stream_ids;

	if (config_units(context->system) > 0 || (context->slot != 0 && count == 0) ||
	    (config_unprotected(context->set, context->slot) & JAILHOUSE_UNPROTECTED_DMA))
		return OK;
	return rule_refuse(context, STATUS_NO_IOMMU, count, 0);
}

enum status rule_irq_isolated(const struct rule_context *context)
{
	u32 first, count = count_physical(context->cell, &first);

	if (context->slot == 0 || count == 0 ||
	    (config_unprotected(context->set, context->slot) & JAILHOUSE_UNPROTECTED_IRQ))
		return OK;
	return rule_refuse_at(context, OBJECT_PCI_DEVICE, first, STATUS_NO_REMAPPING,
			      context->cell->devices[first].bdf, 0);
}
