/* SPDX-License-Identifier: GPL-2.0 */
/* What both kinds of SMMU do alike: look at features, and go through the streams of a plan. */
#ifndef DEV_IOMMU_SMMU_H
#define DEV_IOMMU_SMMU_H

#include <dev/iommu/stage2.h>

/* A field of a register that must have one of some values; a row that says OK ends a list. */
struct smmu_check {
	u8 why;		/* enum status, when it has another */
	u8 reg, shift, bits;	/* the field: bits is its mask, moved down */
	u16 allowed;	/* bit n: it may be n */
};
#define SMMU_CHECK(reason, at, mask, values) {							\
	.why = reason, .reg = at, .shift = __builtin_ctzll(mask),				\
	.bits = (mask) >> __builtin_ctzll(mask), .allowed = values,				\
}

/* smmu.c */
/* *found: the register of the row that is not met, or the first one when nobody answers. */
enum status smmu_check(const struct iommu_unit *unit, const struct smmu_check *rows, u64 *found) MUST_USE;

/* What a fault means, for all that either kind reports. */
enum smmu_text {
	SMMU_NO_STREAM, SMMU_NO_ADDRESS, SMMU_NO_RIGHT, SMMU_NO_TABLE, SMMU_NO_STREAM_TABLE, SMMU_REQUEST,
	SMMU_TRANSLATIONS, SMMU_TRANSLATED, SMMU_SPACE, SMMU_WIDTH, SMMU_TWO, SMMU_SET_UP, SMMU_OTHER_V2,
	SMMU_OTHER_V3,
};
const char *smmu_text(enum smmu_text text);

/* smmu_tables.c: pure */
/* One row of the plan's streams, whose cell has this domain. */
typedef enum status smmu_add_t(const struct iommu_build *build, const struct plan_stream *stream,
			       const struct iommu_domain *domain);

/*
 * build->image becomes pages zeroed pages, build->before is set, and add is called for each stream of a cell with DMA. Ids
 * and masks may have bits of ids and masks only. oas: encoding of the unit's address size.
 */
enum status smmu_build(struct iommu_build *build, u32 pages, u32 oas, u32 ids, u32 masks,
		       smmu_add_t *add, u64 *table) MUST_USE;

#endif
