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
			return rule_refuse(context, STATUS_IOMMU_MIXED, OBJECT_IOMMU, i,
					   units[i].type, units[0].type);
	return OK;
}

static struct config_stream stream(const struct rule_context *context, const struct cell_view *cell,
				   u32 i)
{
	return config_stream(context->system, &cell->stream_ids[i]);
}

static enum status refuse(const struct rule_context *context, enum status why, u32 i, u64 b)
{
	return rule_refuse(context, why, OBJECT_STREAM_ID, i, stream(context, context->cell, i).id, b);
}

enum status rule_stream_shape(const struct rule_context *context)
{
	for (u32 i = 0; i < context->cell->desc->num_stream_ids; i++) {
		const struct config_stream ours = stream(context, context->cell, i);

		if (has_masks(context->system) && (ours.id | ours.mask) > MMU500_LAST)
			return refuse(context, STATUS_STREAM_LIMIT, i, ours.mask);
	}
	return OK;
}

enum status rule_stream_once(const struct rule_context *context)
{
	for (u32 i = 0; i < context->cell->desc->num_stream_ids; i++)
		for (u32 j = 0; j < i; j++)
			if (config_streams_meet(stream(context, context->cell, i),
						stream(context, context->cell, j)))
				return refuse(context, STATUS_STREAM_TWICE, i, j);
	return OK;
}

/* Root gives up whole entries, so what it lists together with others can only be taken as it is. */
static enum status check_pair(const struct rule_context *context, u32 i, u32 j)
{
	const struct config_stream ours = stream(context, context->cell, i);
	const struct config_stream theirs = stream(context, context->other, j);

	if (!config_streams_meet(ours, theirs))
		return OK;
	if (context->other_slot != 0)
		return refuse(context, STATUS_STREAM_FOREIGN, i, context->other_slot);
	return ours.mask == theirs.mask ? OK : refuse(context, STATUS_STREAM_PART, i, theirs.id);
}

enum status rule_stream_one_owner(const struct rule_context *context)
{
	enum status status = OK;

	for (u32 i = 0; i < context->cell->desc->num_stream_ids && status == OK; i++)
		for (u32 j = 0; j < context->other->desc->num_stream_ids && status == OK; j++)
			status = check_pair(context, i, j);
	return status;
}
