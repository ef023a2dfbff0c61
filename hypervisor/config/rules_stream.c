// SPDX-License-Identifier: GPL-2.0
/*
 * Stream ids: by which name an SMMU knows a device. Root gives up a stream that another cell lists;
 * one that nobody lists aborts.
 */
#include <config/rules.h>

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
