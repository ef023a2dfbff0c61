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
	{ 0, "see the fault status registers in the SMMUv2 specification" },	/* any other */
};

static const char *smmuv2_explain(u32 reason)
{
	const struct smmuv2_row *row = smmuv2_reasons;

	while (((reason ^ row->bits) & SMMUV2_GLOBAL) || !(reason & row->bits & ~SMMUV2_GLOBAL))
		if (!(++row)->bits)
			break;
	return row->text;
}

/* The record with its status at reg; far, syndrome: from there. stream: where the stream's id is. */
static bool smmuv2_take(const struct iommu_unit *unit, struct iommu_fault *fault, u32 reg, int far,
			u32 syndrome, u32 stream, u32 global)
{
	u32 status = iommu_read32(unit, reg);

	if (status == 0)
		return false;
	*fault = (struct iommu_fault) {
		.requester = iommu_read32(unit, stream) & (u32)SMMUV2_STREAM_ID,
		.stream = true,
		.write = iommu_read32(unit, reg + syndrome) &
			 (global ? SMMUV2_GFSYNR0_WNR : SMMUV2_CB_FSYNR0_WNR),
		.overflow = status & SMMUV2_FSR_MULTI,
		.address = iommu_read64(unit, reg + (u32)far),
		.reason = global | (status & 0xffff),
	};
	fault->text = smmuv2_explain(fault->reason);
	iommu_write32(unit, reg, status);
	return true;
}

bool smmuv2_take_fault(struct iommu_unit *unit, struct iommu_fault *fault)
{
	const struct smmuv2_image *image = pool_virt(unit->pool, unit->tables);
	bool taken = smmuv2_take(unit, fault, SMMUV2_GFSR_REG, SMMUV2_GFAR_REG - SMMUV2_GFSR_REG,
				 SMMUV2_GFSYNR0_REG - SMMUV2_GFSR_REG, SMMUV2_GFSYNR1_REG, SMMUV2_GLOBAL);

	for (u32 i = 0; i < unit->state[SMMUV2_BANKS] && !taken; i++)
		if (image->roots[i])
			taken = smmuv2_take(unit, fault, smmuv2_bank(unit, i) + SMMUV2_CB_FSR_REG,
					    SMMUV2_CB_FAR_REG - SMMUV2_CB_FSR_REG,
					    SMMUV2_CB_FSYNR0_REG - SMMUV2_CB_FSR_REG,
					    smmuv2_page(unit, 1) + SMMUV2_CBFRSYNRA_REG(i), 0);
	return taken;
}
