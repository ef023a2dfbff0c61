// SPDX-License-Identifier: GPL-2.0
/* Which SMMUs are taken, and what their faults mean. */
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

/* In the order of enum smmu_text; a list of pointers would be as long again. */
static const char smmu_texts[] =
	"no cell's config lists this stream id\0"
	"the cell's config gives no DMA access to this address\0"
	"the cell's config gives no DMA access of this kind to this address\0"
	"a page table could not be read\0"
	"the stream table could not be read\0"
	"the device sent a request it may not send\0"
	"the device asked for translations\0"
	"the device claims to have translated the address\0"
	"the device named an address space of its own\0"
	"the address is beyond the width of the tables\0"
	"two stream ids of the configs match\0"
	"the unit is not set up for this transfer\0"
	"see FSR in the SMMUv2 specification\0"
	"see the SMMUv3 specification, 7.3";

const char *smmu_text(enum smmu_text text)
{
	const char *at = smmu_texts;

	for (unsigned n = text; n > 0; n--)
		while (*at++)
			;
	return at;
}
