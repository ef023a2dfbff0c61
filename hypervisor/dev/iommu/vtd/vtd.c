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
	u64 cap = vtd_read64(unit, VTD_CAP_REG);
	u64 ecap = vtd_read64(unit, VTD_ECAP_REG);

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

static enum status vtd_probe(struct iommu_unit *unit, struct refusal *refusal)
{
	u64 base = unit->config->base;
	u64 cap, window;
	u32 version, status;

	if (unit->config->size < PAGE_SIZE / 4)
		return iommu_refuse(unit, refusal, IOMMU_WINDOW, unit->config->size, PAGE_SIZE);
	version = vtd_read32(unit, VTD_VER_REG);
	if (version == ~0U || (version & VTD_VER_MAJOR) == 0)
		return iommu_refuse(unit, refusal, IOMMU_ABSENT, base, version);
	vtd_read_caps(unit);
	cap = unit->state[VTD_CAP];
	window = vtd_window(cap, unit->state[VTD_ECAP]);
	if (window > unit->config->size)
		return iommu_refuse(unit, refusal, IOMMU_WINDOW, unit->config->size, window);
	if (unit->caps.levels == 0)
		return iommu_refuse(unit, refusal, IOMMU_LEVELS, base, cap);
	status = vtd_read32(unit, VTD_GSTS_REG);
	if (status & VTD_GCMD_TE)
		return iommu_refuse(unit, refusal, IOMMU_VTD_ON, base, status);
	if (status & (VTD_GCMD_QIE | VTD_GCMD_IRE))
		return iommu_refuse(unit, refusal, IOMMU_VTD_INTR_ON, base, status);
	return OK;
}

static enum status vtd_build(struct iommu_unit *unit, const struct plan *plan,
			     const struct iommu_domain *domains, u8 owner,
			     struct iommu_tables *tables)
{
	u32 domain_ids = vtd_domains(unit->state[VTD_CAP]);
	enum status why = vtd_tables_build(unit->pool, unit->index, domain_ids, plan, domains,
					   owner, tables);

	if (why == OK)
		iommu_show_pages(unit, owner);
	return why;
}

/* Make the unit walk these tables and nothing it remembers of others. */
static enum status vtd_point(struct iommu_unit *unit, u64 table)
{
	enum status why = vtd_settle(unit);

	if (why == OK && (unit->state[VTD_CAP] & VTD_CAP_RWBF))
		why = vtd_command(unit, VTD_GCMD_WBF, true, IOMMU_WAIT_FLUSH);
	if (why != OK)
		return why;
	vtd_write64(unit, VTD_RTADDR_REG, table);
	why = vtd_command(unit, VTD_GCMD_SRTP, true, IOMMU_WAIT_ROOT);
	if (why != OK)
		return why;
	return vtd_invalidate_all(unit);
}

/* The queue page is the only memory a running unit needs beside its tables. */
static enum status vtd_take_queue(struct iommu_unit *unit)
{
	void *page;

	unit->state[VTD_QUEUE] = 0;
	if (!(unit->state[VTD_ECAP] & VTD_ECAP_QI))
		return OK;
	page = pool_alloc(unit->pool, 1, 1, unit->owner);
	if (!page)
		return STATUS_NO_MEMORY;
	unit->state[VTD_QUEUE] = pool_phys(unit->pool, page);
	return OK;
}

static void vtd_save(struct iommu_unit *unit)
{
	unit->state[VTD_SAVED_RTADDR] = vtd_read64(unit, VTD_RTADDR_REG);
	unit->state[VTD_SAVED_FECTL] = vtd_read32(unit, VTD_FECTL_REG);
	unit->state[VTD_SAVED_IECTL] = vtd_read32(unit, VTD_IECTL_REG);
	unit->state[VTD_SAVED_IQA] = vtd_read64(unit, VTD_IQA_REG);
}

/* Faults of the time before are nobody's news. */
static void vtd_drop_faults(struct iommu_unit *unit)
{
	struct iommu_fault fault;

	for (unsigned i = 0; i < vtd_fault_records(unit->state[VTD_CAP]); i++)
		if (!vtd_take_fault(unit, &fault))
			break;
}

static enum status vtd_bring_up(struct iommu_unit *unit, u64 table)
{
	enum status why;

	vtd_write32(unit, VTD_FECTL_REG, VTD_FECTL_IM);
	if (unit->state[VTD_QUEUE] != 0)
		vtd_write32(unit, VTD_IECTL_REG, VTD_IECTL_IM);
	vtd_drop_faults(unit);
	why = vtd_queue_start(unit);
	if (why != OK)
		return why;
	why = vtd_point(unit, table);
	if (why != OK)
		return why;
	return vtd_command(unit, VTD_GCMD_TE, true, IOMMU_WAIT_SWITCH);
}

static void vtd_stop(struct iommu_unit *unit)
{
	bool queue = unit->state[VTD_QUEUE] != 0;

	vtd_switch_off(unit, VTD_GCMD_TE);
	vtd_queue_stop(unit);
	vtd_write64(unit, VTD_RTADDR_REG, unit->state[VTD_SAVED_RTADDR]);
	vtd_write32(unit, VTD_FECTL_REG, (u32)unit->state[VTD_SAVED_FECTL]);
	if (queue)
		vtd_write32(unit, VTD_IECTL_REG, (u32)unit->state[VTD_SAVED_IECTL]);
	unit->running = false;
}

static enum status vtd_start(struct iommu_unit *unit, const struct iommu_tables *tables)
{
	enum status why = vtd_take_queue(unit);

	if (why != OK)
		return why;
	vtd_save(unit);
	why = vtd_bring_up(unit, tables->table.value);
	if (why != OK) {
		vtd_stop(unit);
		pool_drop(unit->pool, unit->owner);
		return why;
	}
	unit->state[VTD_TABLES] = tables->table.value;
	unit->running = true;
	return OK;
}

static enum status vtd_commit(struct iommu_unit *unit, const struct iommu_tables *tables)
{
	enum status why = vtd_point(unit, tables->table.value);

	if (why == OK)
		unit->state[VTD_TABLES] = tables->table.value;
	else if (vtd_point(unit, unit->state[VTD_TABLES]) != OK)
		why = IOMMU_STUCK;
	return why;
}

const struct iommu_ops iommu_vtd = {
	.probe = vtd_probe,
	.build = vtd_build,
	.start = vtd_start,
	.commit = vtd_commit,
	.take_fault = vtd_take_fault,
	.explain = vtd_explain,
	.stop = vtd_stop,
};
