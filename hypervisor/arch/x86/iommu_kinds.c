/* SPDX-License-Identifier: GPL-2.0 */
/* The DMA-remapping units an x86 machine has. */
#include <dev/iommu/iommu.h>

const struct iommu_kind iommu_kinds[] = {
	{ JAILHOUSE_IOMMU_AMD, &iommu_amdvi },
	{ JAILHOUSE_IOMMU_INTEL, &iommu_vtd },
	{ 0, NULL },
};
