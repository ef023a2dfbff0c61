// SPDX-License-Identifier: GPL-2.0
/*
 * Port ranges. Several ranges of one cell may name the same port; root gives up what another cell
 * is granted. Configs made for Jailhouse share UARTs between cells by listing them twice: here,
 * both have to say so.
 */
#include <base/range.h>
#include <config/rules.h>

#define PORTS 0x10000U

static enum status refuse(const struct rule_context *context, enum status why, u32 i, u64 a, u64 b)
{
	return rule_refuse(context, why, OBJECT_PIO, i, a, b);
}

static struct range ports(const struct jailhouse_pio *pio)
{
	return rule_range(pio->base, pio->length);
}

/*
 * The ports of mechanism 1, where every access is looked at; 0xcf9 is the reset control register.
 */
static const struct range pci_ports[] = { { 0xcf8, 0xcf8 }, { 0xcfc, 0xcff } };

static enum status check_shape(const struct rule_context *context, u32 i)
{
	const struct jailhouse_pio *pio = &context->cell->pio[i];

	if (pio->length == 0)
		return pio->base ? refuse(context, STATUS_PIO_EMPTY, i, pio->base, 0) : OK;
	if (pio->base + (u32)pio->length > PORTS)
		return refuse(context, STATUS_PIO_WRAP, i, pio->base, pio->length);
	for (unsigned j = 0; j < sizeof(pci_ports) / sizeof(pci_ports[0]); j++)
		if (range_overlap(ports(pio), pci_ports[j]))
			return refuse(context, STATUS_PIO_CONFIG, i, pio->base, pci_ports[j].first);
	return OK;
}

enum status rule_pio_shape(const struct rule_context *context)
{
	enum status status = OK;

	for (u32 i = 0; i < context->cell->desc->num_pio_regions && status == OK; i++)
		status = check_shape(context, i);
	return status;
}

static enum status check_owner(const struct rule_context *context, u32 i)
{
	const struct jailhouse_pio *ours = &context->cell->pio[i], *theirs = context->other->pio;

	for (u32 j = 0; j < context->other->desc->num_pio_regions; j++)
		if (ours->length && theirs[j].length &&
		    range_overlap(ports(ours), ports(&theirs[j])))
			return refuse(context, STATUS_PIO_FOREIGN, i,
				      ours->base > theirs[j].base ? ours->base : theirs[j].base,
				      context->other_slot);
	return OK;
}

enum status rule_pio_one_owner(const struct rule_context *context)
{
	enum status status = OK;

	if (context->other_slot == 0 ||
	    (config_unprotected(context->set, context->slot) &
	     config_unprotected(context->set, context->other_slot) & JAILHOUSE_UNPROTECTED_PIO))
		return OK;
	for (u32 i = 0; i < context->cell->desc->num_pio_regions && status == OK; i++)
		status = check_owner(context, i);
	return status;
}
