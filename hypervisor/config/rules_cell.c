// SPDX-License-Identifier: GPL-2.0
/*
 * The descriptor of a cell. Ids are no matter of the config: the driver numbers the cells when it
 * creates them.
 */
#include <base/string.h>
#include <config/rules.h>

/* AARCH32 is not among them: x86 cells start in real mode, and nothing is ignored. */
#define CELL_FLAGS                                                                                 \
	(JAILHOUSE_CELL_PASSIVE_COMMREG | JAILHOUSE_CELL_TEST_DEVICE |                             \
	 JAILHOUSE_CELL_VIRTUAL_CONSOLE_PERMITTED | JAILHOUSE_CELL_VIRTUAL_CONSOLE_ACTIVE)
#define RESET_LIMIT 0xffffffffULL
#define CAPACITY_BITS 32
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
		return rule_refuse(context, STATUS_NAME_END, OBJECT_CELL, 0, length, 0);
	if (length == 0)
		return rule_refuse(context, STATUS_NAME_EMPTY, OBJECT_CELL, 0, 0, 0);
	for (unsigned i = 0; i < length; i++)
		if ((u8)name[i] < ' ' || (u8)name[i] == DELETE)
			return rule_refuse(context, STATUS_NAME_TEXT, OBJECT_CELL, 0, i,
					   (u8)name[i]);
	return OK;
}

enum status rule_name_unique(const struct rule_context *context)
{
	const char *name = context->cell->desc->name;

	if (memcmp(name, context->other->desc->name, name_length(name) + 1) != 0)
		return OK;
	return rule_refuse(context, STATUS_NAME_TWICE, OBJECT_CELL, 0, context->other_slot, 0);
}

enum status rule_cell_flags(const struct rule_context *context)
{
	const struct jailhouse_cell_desc *desc = context->cell->desc;
	const u32 unknown = desc->flags & ~CELL_FLAGS;

	if (unknown)
		return rule_refuse(context, STATUS_CELL_FLAGS, OBJECT_CELL, 0, unknown, CELL_FLAGS);
	if (desc->cpu_reset_address > RESET_LIMIT)
		return rule_refuse(context, STATUS_RESET_ADDRESS, OBJECT_CELL, 0,
				   desc->cpu_reset_address, RESET_LIMIT);
	if (desc->num_stream_ids)
		return rule_refuse(context, STATUS_STREAM_IDS, OBJECT_STREAM_ID, 0,
				   desc->num_stream_ids, 0);
	return OK;
}

/*
 * One L3 partition at most, as without it there is nothing to partition by. It is accepted on
 * processors that cannot partition, where configs made for others must run, too.
 */
enum status rule_caches(const struct rule_context *context)
{
	const struct jailhouse_cache *cache = context->cell->caches;
	const u32 count = context->cell->desc->num_cache_regions;

	if (count == 0)
		return OK;
	if (count > 1)
		return rule_refuse(context, STATUS_CACHE_COUNT, OBJECT_CACHE, 1, count, 1);
	if (cache->type != JAILHOUSE_CACHE_L3)
		return rule_refuse(context, STATUS_CACHE_TYPE, OBJECT_CACHE, 0, cache->type,
				   JAILHOUSE_CACHE_L3);
	if (cache->size == 0 || (u64)cache->start + cache->size > CAPACITY_BITS)
		return rule_refuse(context, STATUS_CACHE_RANGE, OBJECT_CACHE, 0, cache->start,
				   cache->size);
	if (cache->flags & ~JAILHOUSE_CACHE_ROOTSHARED)
		return rule_refuse(context, STATUS_CACHE_FLAGS, OBJECT_CACHE, 0,
				   cache->flags & ~JAILHOUSE_CACHE_ROOTSHARED,
				   JAILHOUSE_CACHE_ROOTSHARED);
	return OK;
}
