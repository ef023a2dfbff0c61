/* SPDX-License-Identifier: GPL-2.0 */
/* A PC has every kind of unit. */
#include <dev/iommu/iommu.h>

const struct iommu_kind iommu_kinds[] = {
	{ JAILHOUSE_IOMMU_AMD, &iommu_amdvi },
	{ JAILHOUSE_IOMMU_INTEL, &iommu_vtd },
	{ JAILHOUSE_IOMMU_SMMUV3, &iommu_smmuv3 },
	{ JAILHOUSE_IOMMU_ARM_MMU500, &iommu_smmuv2 },
	{ 0, NULL },
};
