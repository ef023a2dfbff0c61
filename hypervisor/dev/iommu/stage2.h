/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What both kinds of SMMU say about the stage 2 tables they walk: 4 KiB granule, VMSAv8-64. The
 * control word has the layout of VTCR_EL2 (Arm ARM, D24.2); the SMMUv3 keeps it in bits 50:32 of a
 * stream table entry's third word, the SMMUv2 in a context bank's TCR.
 */
#ifndef DEV_IOMMU_STAGE2_H
#define DEV_IOMMU_STAGE2_H

#include <base/bits.h>
#include <dev/iommu/iommu.h>

#define STAGE2_T0SZ MASK(5, 0)	/* 64 less the bits of an input address */
#define STAGE2_SL0 MASK(7, 6)	/* 1: 3 levels, 2: 4 levels */
#define STAGE2_IRGN0 MASK(9, 8)	/* 1: walks are write-back cacheable, 0: not cacheable */
#define STAGE2_ORGN0 MASK(11, 10)
#define STAGE2_SH0 MASK(13, 12)	/* 2: outer, 3: inner shareable */
#define STAGE2_PS MASK(18, 16)	/* output size, in the encoding of the unit's OAS */

#define STAGE2_SIZES 0x7fU	/* encodings of sizes, a bit each */
/* Address bits of an OAS or IAS field; 0: reserved. */
unsigned stage2_size(unsigned encoding);
/* What a unit with this OAS can walk: 3 levels, for wide addresses 4 or concatenated roots. */
struct iommu_caps stage2_caps(unsigned encoding, bool coherent);
/* The control word for a domain's tables. */
u32 stage2_control(const struct iommu_domain *domain, unsigned encoding, bool coherent);
/* True when tables have a shape that the unit walks and every address of the plan's DMA fits in it. */
bool stage2_fits(const struct iommu_domain *domain);
bool stage2_reaches(const struct plan *plan, unsigned encoding);

#endif
