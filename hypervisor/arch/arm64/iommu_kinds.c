/* SPDX-License-Identifier: GPL-2.0 */
/* The DMA-remapping units an Arm machine has. */
#include <dev/iommu/iommu.h>

const struct iommu_kind iommu_kinds[] = {
	{ JAILHOUSE_IOMMU_SMMUV3, &iommu_smmuv3 },
	{ JAILHOUSE_IOMMU_ARM_MMU500, &iommu_smmuv2 },
	{ 0, NULL },
};
