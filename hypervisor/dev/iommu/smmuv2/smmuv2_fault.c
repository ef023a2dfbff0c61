// SPDX-License-Identifier: GPL-2.0
/*
 * What an SMMUv2 says about DMA it has aborted: one record for streams that no register matches, one
 * in each context bank. A record keeps the first fault and counts the others as "more"; it is free
 * again when its status bits have been written back. Interrupts stay off, the records are polled.
 */
#include <dev/iommu/smmuv2/smmuv2.h>

/* Reasons: the status bits; those of the global record have bit 16 set. */
#define SMMUV2_GLOBAL 0x10000U

static const struct {
	u32 bits;
	const char *text;
} smmuv2_reasons[] = {
	{ SMMUV2_GLOBAL | 0x2, "no cell's config lists this stream id" },
	{ SMMUV2_GLOBAL | 0x4, "two stream ids of the configs match" },
	{ SMMUV2_GLOBAL | 0xb9, "the unit is not set up for this transfer" },
	{ 0x2, "the cell's config gives no DMA access to this address" },
	{ 0x8, "the cell's config gives no DMA access of this kind to this address" },
	{ 0x10, "a page table could not be read" },
};

const char *smmuv2_explain(const struct iommu_fault *fault)
{
	for (u32 i = 0; i < sizeof(smmuv2_reasons) / sizeof(smmuv2_reasons[0]); i++)
		if ((fault->reason & SMMUV2_GLOBAL) == (smmuv2_reasons[i].bits & SMMUV2_GLOBAL) &&
		    (fault->reason & smmuv2_reasons[i].bits & ~SMMUV2_GLOBAL))
			return smmuv2_reasons[i].text;
	return "see the fault status registers in the SMMUv2 specification";
}

static bool smmuv2_take_global(const struct iommu_unit *unit, struct iommu_fault *fault)
{
	u32 status = smmuv2_read(unit, SMMUV2_GFSR_REG);

	if (status == 0)
		return false;
	*fault = (struct iommu_fault) {
		.requester = smmuv2_read(unit, SMMUV2_GFSYNR1_REG) & (u32)SMMUV2_STREAM_ID,
		.stream = true,
		.write = smmuv2_read(unit, SMMUV2_GFSYNR0_REG) & SMMUV2_GFSYNR0_WNR,
		.overflow = status & SMMUV2_FSR_MULTI,
		.address = port_mmio_read64(unit->registers + SMMUV2_GFAR_REG),
		.reason = SMMUV2_GLOBAL | (status & 0xffff),
	};
	smmuv2_write(unit, SMMUV2_GFSR_REG, status);
	return true;
}

static bool smmuv2_take_bank(const struct iommu_unit *unit, u32 bank, struct iommu_fault *fault)
{
	u32 status = smmuv2_read(unit, smmuv2_bank(unit, bank, SMMUV2_CB_FSR_REG));
	u64 stream = smmuv2_space1(unit, SMMUV2_CBFRSYNRA_REG(bank));
	u64 address = smmuv2_bank(unit, bank, SMMUV2_CB_FAR_REG);
	u64 syndrome = smmuv2_bank(unit, bank, SMMUV2_CB_FSYNR0_REG);

	if (status == 0)
		return false;
	*fault = (struct iommu_fault) {
		.requester = smmuv2_read(unit, stream) & (u32)SMMUV2_STREAM_ID,
		.stream = true,
		.write = smmuv2_read(unit, syndrome) & SMMUV2_CB_FSYNR0_WNR,
		.overflow = status & SMMUV2_FSR_MULTI,
		.address = port_mmio_read64(unit->registers + address),
		.reason = status & 0xffff,
	};
	smmuv2_write(unit, smmuv2_bank(unit, bank, SMMUV2_CB_FSR_REG), status);
	return true;
}

bool smmuv2_take_fault(struct iommu_unit *unit, struct iommu_fault *fault)
{
	const struct smmuv2_image *image = pool_virt(unit->pool, unit->state[SMMUV2_IMAGE]);
	bool taken = smmuv2_take_global(unit, fault);

	for (u32 i = 0; i < unit->state[SMMUV2_BANKS] && !taken; i++)
		if (image->banks[i].root)
			taken = smmuv2_take_bank(unit, i, fault);
	return taken;
}
