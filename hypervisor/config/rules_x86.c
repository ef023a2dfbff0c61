// SPDX-License-Identifier: GPL-2.0
/* What only a PC has in its configs, the rest of the header and cache partitions; and no streams. */
#include <config/rules.h>

#define PCI_PORTS_FIRST 0xcf8
#define PCI_PORTS_LAST 0xcff
#define PM_TIMER_PORTS 4
#define INTERRUPT_LIMIT 32768	/* entries of the largest VT-d remapping table */
#define CAPACITY_BITS 32

enum status rule_x86_platform(const struct rule_context *context)
{
	const struct jailhouse_system *header = context->system->header;
	const u32 timer = header->platform_info.x86.pm_timer_address;

	if (timer > 0x10000 - PM_TIMER_PORTS ||
	    (timer + PM_TIMER_PORTS > PCI_PORTS_FIRST && timer <= PCI_PORTS_LAST))
		return rule_refuse(context, STATUS_PM_TIMER, timer, PCI_PORTS_FIRST);
	if (header->platform_info.x86.apic_mode > JAILHOUSE_APIC_MODE_X2APIC)
		return rule_refuse(context, STATUS_APIC_MODE_KNOWN,
				   header->platform_info.x86.apic_mode, JAILHOUSE_APIC_MODE_X2APIC);
	if (header->platform_info.x86.vtd_interrupt_limit > INTERRUPT_LIMIT)
		return rule_refuse(context, STATUS_INTERRUPT_LIMIT,
				   header->platform_info.x86.vtd_interrupt_limit, INTERRUPT_LIMIT);
	return OK;
}

/*
 * One L3 partition at most, as without it there is nothing to partition by. It is accepted on
 * processors that cannot partition, where configs made for others must run, too.
 */
enum status rule_caches(const struct rule_context *context)
{
	const struct jailhouse_cache *cache = context->entry;
	const u32 count = context->cell->desc->num_cache_regions;

	if (count > 1)
		return rule_refuse_at(context, OBJECT_CACHE, 1, STATUS_CACHE_COUNT, count, 1);
	if (cache->type != JAILHOUSE_CACHE_L3)
		return rule_refuse(context, STATUS_CACHE_TYPE, cache->type, JAILHOUSE_CACHE_L3);
	if (cache->size == 0 || (u64)cache->start + cache->size > CAPACITY_BITS)
		return rule_refuse(context, STATUS_CACHE_RANGE, cache->start, cache->size);
	if (cache->flags & ~JAILHOUSE_CACHE_ROOTSHARED)
		return rule_refuse(context, STATUS_CACHE_FLAGS,
				   cache->flags & ~JAILHOUSE_CACHE_ROOTSHARED,
				   JAILHOUSE_CACHE_ROOTSHARED);
	return OK;
}

/* There is an entry. */
enum status rule_no_streams(const struct rule_context *context)
{
	return rule_refuse(context, STATUS_STREAM_IDS, context->cell->desc->num_stream_ids, 0);
}
