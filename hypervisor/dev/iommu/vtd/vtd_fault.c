// SPDX-License-Identifier: GPL-2.0
/*
 * What a VT-d unit says about DMA it has blocked. The unit keeps a handful of records (QEMU: one)
 * and drops what does not fit; the fault event is masked, the records are polled.
 */
#include <dev/iommu/vtd/vtd.h>

/* Reasons of untranslated requests in legacy mode (specification, 7.2.3 "Fault Reasons"). */
static const char *const vtd_reasons[] = {
	[0x1] = "no device of this bus may do DMA",
	[0x2] = "this device may not do DMA",
	[0x3] = "the context entry is invalid",
	[0x4] = "the address is beyond the width of the tables",
	[0x5] = "the cell's config gives no DMA access to this address",
	[0x6] = "the cell's config gives no DMA access to this address",
	[0x7] = "a page table could not be read",
	[0x8] = "the root table could not be read",
	[0x9] = "the context table could not be read",
	[0xa] = "reserved bits in the root entry",
	[0xb] = "reserved bits in the context entry",
	[0xc] = "reserved bits in a page table",
	[0xd] = "the device claims to have translated the address",
};

static const char *vtd_explain(u32 reason)
{
	const char *text = reason < sizeof(vtd_reasons) / sizeof(vtd_reasons[0]) ? vtd_reasons[reason] : NULL;

	return text ? text : "see the VT-d specification, 7.2.3";
}

/* Decode record n and give it back to the unit; false: it holds nothing. */
static bool vtd_take_record(const struct iommu_unit *unit, unsigned n, struct iommu_fault *fault)
{
	u32 reg = vtd_fault_offset(unit->state[VTD_CAP], n);
	u64 hi = iommu_read64(unit, reg + VTD_FRCD_HI_REG);

	if (!(hi & VTD_FRCD_HI_F))
		return false;
	*fault = (struct iommu_fault) {
		.requester = (u32)field_get(VTD_FRCD_HI_SID, hi),
		.write = !(hi & VTD_FRCD_HI_T1),
		.address = iommu_read64(unit, reg) & VTD_FRCD_LO_FI,
		.reason = (u32)field_get(VTD_FRCD_HI_FR, hi),
	};
	fault->text = vtd_explain(fault->reason);
	iommu_write64(unit, reg + VTD_FRCD_HI_REG, VTD_FRCD_HI_F);
	return true;
}

bool vtd_take_fault(struct iommu_unit *unit, struct iommu_fault *fault)
{
	u32 status = iommu_read32(unit, VTD_FSTS_REG);
	unsigned records = vtd_fault_records(unit->state[VTD_CAP]);
	unsigned first = (unsigned)field_get(VTD_FSTS_FRI, status);
	bool taken = false;

	if (!(status & (VTD_FSTS_PPF | VTD_FSTS_PFO)))
		return false;
	for (unsigned i = 0; i < records && !taken; i++)
		taken = vtd_take_record(unit, (first + i) % records, fault);
	if (taken)
		fault->overflow = status & VTD_FSTS_PFO;
	/* While the overflow is pending the unit records nothing; a record is free now (7.3.1). */
	if (status & VTD_FSTS_PFO)
		iommu_write32(unit, VTD_FSTS_REG, VTD_FSTS_PFO);
	return taken;
}
