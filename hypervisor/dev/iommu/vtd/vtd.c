// SPDX-License-Identifier: GPL-2.0
/*
 * Life of a VT-d unit: off -> confined to a plan's tables -> other tables, any number of times ->
 * off.
 *
 * Exchanging tables: the root pointer may be set while translation is on; a request in flight is
 * then walked by the old or the new tables until the context cache and the IOTLB have been dropped
 * globally, in this order (specification, GCMD_REG.SRTP and 6.6). No device is ever unconfined, and
 * nobody may rely on the new tables before commit returns.
 */
#include <dev/iommu/vtd/vtd.h>

/* Bytes of registers this driver touches. */
static u64 vtd_window(u64 cap, u64 ecap)
{
	u64 faults = vtd_fault_offset(cap, vtd_fault_records(cap));
	u64 iotlb = vtd_iotlb_offset(ecap) + 8;

	return faults > iotlb ? faults : iotlb;
}

static void vtd_read_caps(struct iommu_unit *unit)
{
	u64 cap = iommu_read64(unit, VTD_CAP_REG);
	u64 ecap = iommu_read64(unit, VTD_ECAP_REG);

	unit->state[VTD_CAP] = cap;
	unit->state[VTD_ECAP] = ecap;
	unit->caps = (struct iommu_caps) {
		.format = &pt_vtd,
		.levels = cap & VTD_CAP_SAGAW_48 ? 4 : cap & VTD_CAP_SAGAW_39 ? 3 : 0,
		.coherent = ecap & VTD_ECAP_C,
	};
	if (cap & VTD_CAP_SLLPS_2M)
		unit->caps.max_super = cap & VTD_CAP_SLLPS_1G ? 2 : 1;
}

static enum status vtd_probe(struct iommu_unit *unit, u64 *found)
{
	u32 status, version = iommu_read32(unit, VTD_VER_REG);

	*found = version;
	if (version == ~0U || (version & VTD_VER_MAJOR) == 0)
		return IOMMU_ABSENT;
	vtd_read_caps(unit);
	*found = vtd_window(unit->state[VTD_CAP], unit->state[VTD_ECAP]);
	if (*found > unit->config->size)
		return IOMMU_WINDOW;
	*found = unit->state[VTD_CAP];
	if (unit->caps.levels == 0)
		return IOMMU_LEVELS;
	*found = status = iommu_read32(unit, VTD_GSTS_REG);
	if (status & VTD_GCMD_TE)
		return IOMMU_VTD_ON;
	return status & (VTD_GCMD_QIE | VTD_GCMD_IRE) ? IOMMU_VTD_INTR_ON : OK;
}

/* Make the unit walk these tables and nothing it remembers of others. */
static enum status vtd_exchange(struct iommu_unit *unit, u64 from, u64 to)
{
	enum status why = vtd_settle(unit);

	(void)from;
	if (why == OK && (unit->state[VTD_CAP] & VTD_CAP_RWBF))
		why = vtd_command(unit, VTD_GCMD_WBF, true, IOMMU_WAIT_FLUSH);
	if (why != OK)
		return why;
	iommu_write64(unit, VTD_RTADDR_REG, to);
	why = vtd_command(unit, VTD_GCMD_SRTP, true, IOMMU_WAIT_ROOT);
	if (why != OK)
		return why;
	return vtd_invalidate_all(unit);
}

static void vtd_save(struct iommu_unit *unit)
{
	unit->state[VTD_SAVED_RTADDR] = iommu_read64(unit, VTD_RTADDR_REG);
	unit->state[VTD_SAVED_FECTL] = iommu_read32(unit, VTD_FECTL_REG);
	unit->state[VTD_SAVED_IECTL] = iommu_read32(unit, VTD_IECTL_REG);
	unit->state[VTD_SAVED_IQA] = iommu_read64(unit, VTD_IQA_REG);
}

/* Faults of the time before are nobody's news. */
static void vtd_drop_faults(struct iommu_unit *unit)
{
	struct iommu_fault fault;

	for (unsigned i = 0; i < vtd_fault_records(unit->state[VTD_CAP]); i++)
		if (!vtd_take_fault(unit, &fault))
			break;
}

static enum status vtd_start(struct iommu_unit *unit)
{
	enum status why;

	vtd_save(unit);
	unit->state[VTD_QUEUE] = unit->state[VTD_ECAP] & VTD_ECAP_QI ? iommu_own(unit) : 0;
	iommu_write32(unit, VTD_FECTL_REG, VTD_FECTL_IM);
	vtd_drop_faults(unit);
	why = vtd_queue_start(unit);
	if (why == OK)
		why = vtd_exchange(unit, 0, unit->tables);
	return why == OK ? vtd_command(unit, VTD_GCMD_TE, true, IOMMU_WAIT_SWITCH) : why;
}

static void vtd_stop(struct iommu_unit *unit)
{
	vtd_switch_off(unit, VTD_GCMD_TE);
	vtd_queue_stop(unit);
	iommu_write64(unit, VTD_RTADDR_REG, unit->state[VTD_SAVED_RTADDR]);
	iommu_write32(unit, VTD_FECTL_REG, (u32)unit->state[VTD_SAVED_FECTL]);
}

const struct iommu_ops iommu_vtd = {
	.window = PAGE_SIZE / 4,
	.probe = vtd_probe,
	.build = vtd_build,
	.start = vtd_start,
	.exchange = vtd_exchange,
	.take_fault = vtd_take_fault,
	.stop = vtd_stop,
};
