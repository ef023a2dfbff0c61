// SPDX-License-Identifier: GPL-2.0
/*
 * What an SMMUv2 says about DMA it has aborted: one record for streams that no register matches, one
 * in each context bank. A record keeps the first fault and counts the others as "more"; it is free
 * again when its status bits have been written back. Interrupts stay off, the records are polled.
 */
#include <dev/iommu/smmuv2/smmuv2.h>

/* Reasons: the status bits; those of the global record have bit 16 set. */
#define SMMUV2_GLOBAL 0x10000U

static const struct smmuv2_row {
	u32 bits;
	const char *text;
} smmuv2_reasons[] = {
	{ SMMUV2_GLOBAL | 0x2, "no cell's config lists this stream id" },
	{ SMMUV2_GLOBAL | 0x4, "two stream ids of the configs match" },
	{ SMMUV2_GLOBAL | 0xb9, "the unit is not set up for this transfer" },
	{ 0x2, "the cell's config gives no DMA access to this address" },
	{ 0x8, "the cell's config gives no DMA access of this kind to this address" },
	{ 0x10, "a page table could not be read" },
	{ 0, "see FSR in the SMMUv2 specification" },	/* any other */
};

static const char *smmuv2_explain(u32 reason)
{
	const struct smmuv2_row *row = smmuv2_reasons;

	while (((reason ^ row->bits) & SMMUV2_GLOBAL) || !(reason & row->bits & ~SMMUV2_GLOBAL))
		if (!(++row)->bits)
			break;
	return row->text;
}

/* Registers of a record, from the page it is in; the bit of the syndrome that says "write". */
static const struct {
	u8 status, address, syndrome, write;
} smmuv2_records[] = {
	{ SMMUV2_GFSR_REG, SMMUV2_GFAR_REG, SMMUV2_GFSYNR0_REG, SMMUV2_GFSYNR0_WNR },
	{ SMMUV2_CB_FSR_REG, SMMUV2_CB_FAR_REG, SMMUV2_CB_FSYNR0_REG, SMMUV2_CB_FSYNR0_WNR },
};

/* Record 0 is the global one, n that of bank n - 1. */
static bool smmuv2_take(const struct iommu_unit *unit, u32 n, struct iommu_fault *fault)
{
	const typeof(smmuv2_records[0]) *at = &smmuv2_records[n != 0];
	u32 page = n ? smmuv2_bank(unit, n - 1) : 0;
	u32 stream = n ? smmuv2_page(unit, 1) + SMMUV2_CBFRSYNRA_REG(n - 1) : SMMUV2_GFSYNR1_REG;
	u32 status = iommu_read32(unit, page + at->status);

	if (status == 0)
		return false;
	*fault = (struct iommu_fault) {
		.requester = iommu_read32(unit, stream) & (u32)SMMUV2_STREAM_ID,
		.stream = true,
		.write = iommu_read32(unit, page + at->syndrome) & at->write,
		.overflow = status & SMMUV2_FSR_MULTI,
		.address = iommu_read64(unit, page + at->address),
		.reason = (n ? 0 : SMMUV2_GLOBAL) | (status & 0xffff),
	};
	fault->text = smmuv2_explain(fault->reason);
	iommu_write32(unit, page + at->status, status);
	return true;
}

bool smmuv2_take_fault(struct iommu_unit *unit, struct iommu_fault *fault)
{
	const struct smmuv2_image *image = pool_virt(unit->pool, unit->tables);

	for (u32 n = 0; n <= unit->state[SMMUV2_BANKS]; n++)
		if ((n == 0 || image->roots[n - 1]) && smmuv2_take(unit, n, fault))
			return true;
	return false;
}
