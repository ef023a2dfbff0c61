// SPDX-License-Identifier: GPL-2.0
/* Which SMMUs are taken. */
#include <dev/iommu/smmu.h>

enum status smmu_check(const struct iommu_unit *unit, const struct smmu_check *rows, u64 *found)
{
	*found = iommu_read32(unit, rows->reg);
	if (*found == 0 || *found == ~0U)
		return IOMMU_ABSENT;
	for (; rows->why != OK; rows++) {
		*found = iommu_read32(unit, rows->reg);
		if (!(rows->allowed >> (*found >> rows->shift & rows->bits) & 1))
			break;
	}
	return rows->why;
}
