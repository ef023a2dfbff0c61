// SPDX-License-Identifier: GPL-2.0
/*
 * Port ranges. Several ranges of one cell may name the same port; root gives up what another cell
 * is granted. Configs made for Jailhouse share UARTs between cells by listing them twice: here,
 * both have to say so.
 */
#include <base/range.h>
#include <config/rules.h>

#define PORTS 0x10000U

static struct range ports(const struct jailhouse_pio *pio)
{
	return rule_range(pio->base, pio->length);
}

/*
 * The ports of mechanism 1, where every access is looked at; 0xcf9 is the reset control register.
 */
static const struct range pci_ports[] = { { 0xcf8, 0xcf8 }, { 0xcfc, 0xcff } };

enum status rule_pio_shape(const struct rule_context *context)
{
	const struct jailhouse_pio *pio = context->entry;

	if (pio->length == 0)
		return pio->base ? rule_refuse(context, STATUS_PIO_EMPTY, pio->base, 0) : OK;
	if (pio->base + (u32)pio->length > PORTS)
		return rule_refuse(context, STATUS_PIO_WRAP, pio->base, pio->length);
	for (unsigned j = 0; j < sizeof(pci_ports) / sizeof(pci_ports[0]); j++)
		if (range_overlap(ports(pio), pci_ports[j]))
			return rule_refuse(context, STATUS_PIO_CONFIG, pio->base,
					   pci_ports[j].first);
	return OK;
}

enum status rule_pio_one_owner(const struct rule_context *context)
{
	const struct jailhouse_pio *ours = context->entry, *theirs = context->theirs;

	if (!ours->length || !theirs->length || !range_overlap(ports(ours), ports(theirs)) ||
	    (config_unprotected(context->set, context->slot) &
	     config_unprotected(context->set, context->other_slot) & JAILHOUSE_UNPROTECTED_PIO))
		return OK;
	return rule_refuse(context, STATUS_PIO_FOREIGN,
			   ours->base > theirs->base ? ours->base : theirs->base,
			   context->other_slot);
}
