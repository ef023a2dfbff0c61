// SPDX-License-Identifier: GPL-2.0
/*
 * Stream ids: by which name an SMMU knows a device. Root gives up a stream that another cell lists;
 * one that nobody lists aborts.
 */
#include <config/rules.h>

#define MMU500_LAST 0x7fff	/* of an id and of a mask: the match register has 15 bits for each */

/* The MMU-500's entries carry a mask, which an id of the SMMUv3 has no room for. */
static bool has_masks(const struct system_view *system)
{
	return system->header->platform_info.iommu_units[0].type == JAILHOUSE_IOMMU_ARM_MMU500;
}

struct config_stream config_stream(const struct system_view *system,
				   const union jailhouse_stream_id *entry)
{
	if (has_masks(system))
		return (struct config_stream){ entry->mmu500.id, entry->mmu500.mask_out };
	return (struct config_stream){ entry->id, 0 };
}

enum status rule_units_alike(const struct rule_context *context)
{
	const struct jailhouse_iommu *units = context->system->header->platform_info.iommu_units;

	for (unsigned i = 1; i < config_units(context->system); i++)
		if (units[i].type != units[0].type)
			return rule_refuse_at(context, OBJECT_IOMMU, i, STATUS_IOMMU_MIXED,
					      units[i].type, units[0].type);
	return OK;
}

enum status rule_stream_shape(const struct rule_context *context)
{
	const struct config_stream ours = config_stream(context->system, context->entry);

	if (has_masks(context->system) && (ours.id | ours.mask) > MMU500_LAST)
		return rule_refuse(context, STATUS_STREAM_LIMIT, ours.id, ours.mask);
	return OK;
}

enum status rule_stream_once(const struct rule_context *context)
{
	const struct config_stream one = config_stream(context->system, context->entry);

	if (config_streams_meet(one, config_stream(context->system, context->theirs)))
		return rule_refuse(context, STATUS_STREAM_TWICE, one.id, context->other_index);
	return OK;
}

/* Root gives up whole entries, so what it lists together with others can only be taken as it is. */
enum status rule_stream_one_owner(const struct rule_context *context)
{
	const struct config_stream ours = config_stream(context->system, context->entry);
	const struct config_stream theirs = config_stream(context->system, context->theirs);

	if (!config_streams_meet(ours, theirs))
		return OK;
	if (context->other_slot != 0)
		return rule_refuse(context, STATUS_STREAM_FOREIGN, ours.id, context->other_slot);
	return ours.mask == theirs.mask ? OK :
	       rule_refuse(context, STATUS_STREAM_PART, ours.id, theirs.id);
}
