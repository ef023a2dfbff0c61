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
	bool global;
	u8 bits, text;	/* enum smmu_text */
} smmuv2_reasons[] = {
	{ true, 0x2, SMMU_NO_STREAM },
	{ true, 0x4, SMMU_TWO },
	{ true, 0xb9, SMMU_SET_UP },
	{ false, 0x2, SMMU_NO_ADDRESS },
	{ false, 0x8, SMMU_NO_RIGHT },
	{ false, 0x10, SMMU_NO_TABLE },
	{ false, 0, SMMU_OTHER_V2 },	/* any other */
};

static const char *smmuv2_explain(u32 status, bool global)
{
	const struct smmuv2_row *row = smmuv2_reasons;

	while (row->bits && (row->global != global || !(status & row->bits)))
		row++;
	return smmu_text(row->text);
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
	fault->text = smmuv2_explain(status, n == 0);
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
