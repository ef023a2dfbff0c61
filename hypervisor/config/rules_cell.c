// SPDX-License-Identifier: GPL-2.0
/*
 * The descriptor of a cell. Ids are no matter of the config: the driver numbers the cells when it
 * creates them.
 */
#include <base/string.h>
#include <config/rules.h>

/* AARCH32 is not among them: no CPU starts in 32-bit mode here, and nothing is ignored. */
#define CELL_FLAGS                                                                                 \
	(JAILHOUSE_CELL_PASSIVE_COMMREG | JAILHOUSE_CELL_TEST_DEVICE |                             \
	 JAILHOUSE_CELL_VIRTUAL_CONSOLE_PERMITTED | JAILHOUSE_CELL_VIRTUAL_CONSOLE_ACTIVE)
#define DELETE 0x7f

static unsigned name_length(const char name[JAILHOUSE_CELL_NAME_MAXLEN + 1])
{
	unsigned length = 0;

	while (length <= JAILHOUSE_CELL_NAME_MAXLEN && name[length])
		length++;
	return length;
}

enum status rule_name(const struct rule_context *context)
{
	const char *name = context->cell->desc->name;
	const unsigned length = name_length(name);

	if (length > JAILHOUSE_CELL_NAME_MAXLEN)
		return rule_refuse(context, STATUS_NAME_END, length, 0);
	if (length == 0)
		return rule_refuse(context, STATUS_NAME_EMPTY, 0, 0);
	for (unsigned i = 0; i < length; i++)
		if ((u8)name[i] < ' ' || (u8)name[i] == DELETE)
			return rule_refuse(context, STATUS_NAME_TEXT, i, (u8)name[i]);
	return OK;
}

enum status rule_name_unique(const struct rule_context *context)
{
	const char *name = context->cell->desc->name;

	if (memcmp(name, context->other->desc->name, name_length(name) + 1) != 0)
		return OK;
	return rule_refuse(context, STATUS_NAME_TWICE, context->other_slot, 0);
}

enum status rule_cell_flags(const struct rule_context *context)
{
	const struct jailhouse_cell_desc *desc = context->cell->desc;
	const u32 unknown = desc->flags & ~CELL_FLAGS;

	if (unknown)
		return rule_refuse(context, STATUS_CELL_FLAGS, unknown, CELL_FLAGS);
	if (desc->cpu_reset_address > context->system->arch->reset_last)
		return rule_refuse(context, STATUS_RESET_ADDRESS,
				   desc->cpu_reset_address, context->system->arch->reset_last);
	return OK;
}
