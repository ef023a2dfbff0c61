// SPDX-License-Identifier: GPL-2.0
/*
 * Handshakes with a VT-d unit: global commands, and dropping what it has cached. A unit with a
 * queue is served through it (its register interface is then off limits), one without by registers.
 *
 * One request at a time: what was not answered in time may be answered later, so the next exchange
 * first waits for the end of it, and is refused when that does not come either.
 *
 * The end of a queued batch is read from ICS.IWC with the event masked: no status word in memory,
 * so nothing but the queue page is written, and that only while a generation is exchanged.
 */
#include <dev/iommu/vtd/vtd.h>

static enum status vtd_wait_status(const struct iommu_unit *unit, u64 mask, u64 value, enum status why)
{
	return iommu_wait(unit, VTD_GSTS_REG, (u32)mask, (u32)value, why);
}

enum status vtd_command(struct iommu_unit *unit, u32 command, bool on, enum status why)
{
	/* Of all commands only the write-buffer flush reports its end by a clear bit (10.4.5). */
	u32 expected = on && command != VTD_GCMD_WBF ? command : 0;
	u32 lasting;

	if (vtd_wait_status(unit, unit->state[VTD_LATE], unit->state[VTD_LATE_VALUE], why) != OK)
		return why;
	lasting = iommu_read32(unit, VTD_GSTS_REG) & VTD_GCMD_LASTING & ~command;
	iommu_write32(unit, VTD_GCMD_REG, lasting | (on ? command : 0));
	why = vtd_wait_status(unit, command, expected, why);
	unit->state[VTD_LATE] = why == OK ? 0 : command;
	unit->state[VTD_LATE_VALUE] = why == OK ? 0 : expected;
	return why;
}

void vtd_switch_off(struct iommu_unit *unit, u32 command)
{
	unit->state[VTD_LATE] = 0;
	unit->state[VTD_LATE_VALUE] = 0;
	(void)vtd_command(unit, command, false, IOMMU_WAIT_SWITCH);
}

static void vtd_push(struct iommu_unit *unit, u64 descriptor)
{
	struct vtd_descriptor *slot = (struct vtd_descriptor *)unit->pages + unit->state[VTD_TAIL];

	*slot = (struct vtd_descriptor){ .lo = descriptor };
	if (!unit->caps.coherent)
		port_cache_flush(slot, sizeof(*slot));
	unit->state[VTD_TAIL] = (unit->state[VTD_TAIL] + 1) % VTD_QUEUE_LENGTH;
}

/* The unit stops at a descriptor it does not like and says so in FSTS.IQE. */
static enum status vtd_wait_batch(struct iommu_unit *unit)
{
	u32 budget = IOMMU_PATIENCE;

	while (unit->state[VTD_OPEN] && !(iommu_read32(unit, VTD_ICS_REG) & VTD_ICS_IWC)) {
		if (iommu_read32(unit, VTD_FSTS_REG) & VTD_FSTS_IQE)
			return IOMMU_BAD_QUEUE;
		if (!port_poll(&budget))
			return IOMMU_WAIT_INVALIDATE;
	}
	unit->state[VTD_OPEN] = 0;
	return OK;
}

/* Execute one descriptor and wait until it has taken effect. */
static enum status vtd_execute(struct iommu_unit *unit, u64 descriptor)
{
	vtd_push(unit, descriptor);
	vtd_push(unit, VTD_DESC_WAIT | VTD_DESC_WAIT_IF);
	unit->state[VTD_OPEN] = 1;
	iommu_write32(unit, VTD_ICS_REG, VTD_ICS_IWC);
	iommu_write64(unit, VTD_IQT_REG, unit->state[VTD_TAIL] * sizeof(struct vtd_descriptor));
	return vtd_wait_batch(unit);
}

enum status vtd_queue_start(struct iommu_unit *unit)
{
	if (unit->state[VTD_QUEUE] == 0)
		return OK;
	unit->state[VTD_TAIL] = 0;
	unit->state[VTD_OPEN] = 0;
	iommu_write32(unit, VTD_IECTL_REG, VTD_IECTL_IM);
	iommu_write32(unit, VTD_FSTS_REG, VTD_FSTS_IQE);	/* of a queue before ours */
	iommu_write64(unit, VTD_IQT_REG, 0);
	iommu_write64(unit, VTD_IQA_REG, unit->state[VTD_QUEUE]);
	return vtd_command(unit, VTD_GCMD_QIE, true, IOMMU_WAIT_QUEUE);
}

void vtd_queue_stop(struct iommu_unit *unit)
{
	if (unit->state[VTD_QUEUE] == 0)
		return;
	vtd_switch_off(unit, VTD_GCMD_QIE);
	iommu_write64(unit, VTD_IQA_REG, unit->state[VTD_SAVED_IQA]);
	iommu_write32(unit, VTD_IECTL_REG, (u32)unit->state[VTD_SAVED_IECTL]);
}

/* Both requests are made by the top bit of a 64-bit register, which the unit clears when done. */
static enum status vtd_wait_request(const struct iommu_unit *unit, u32 reg)
{
	return iommu_wait(unit, reg + 4, 1U << 31, 0, IOMMU_WAIT_INVALIDATE);
}

static enum status vtd_request(const struct iommu_unit *unit, u32 reg, u64 request)
{
	iommu_write64(unit, reg, BIT(63) | request);
	return vtd_wait_request(unit, reg);
}

enum status vtd_settle(struct iommu_unit *unit)
{
	enum status why;

	if (unit->state[VTD_QUEUE] != 0)
		return vtd_wait_batch(unit);
	why = vtd_wait_request(unit, VTD_CCMD_REG);
	return why == OK ? vtd_wait_request(unit, vtd_iotlb_offset(unit->state[VTD_ECAP])) : why;
}

/* By descriptor or by register, whichever the unit has. */
static enum status vtd_invalidate(struct iommu_unit *unit, u64 descriptor, u32 reg, u64 request)
{
	return unit->state[VTD_QUEUE] ? vtd_execute(unit, descriptor) : vtd_request(unit, reg, request);
}

enum status vtd_invalidate_all(struct iommu_unit *unit)
{
	u64 drains = field_get(VTD_CAP_DRAINS, unit->state[VTD_CAP]);
	enum status why = vtd_invalidate(unit, VTD_DESC_CONTEXT | VTD_DESC_CONTEXT_GLOBAL, VTD_CCMD_REG,
					 VTD_CCMD_CIRG_GLOBAL);

	if (why != OK)
		return why;
	return vtd_invalidate(unit, VTD_DESC_IOTLB | VTD_DESC_IOTLB_GLOBAL |
			      field_set(VTD_DESC_IOTLB_DRAINS, drains),
			      vtd_iotlb_offset(unit->state[VTD_ECAP]),
			      VTD_IOTLB_IIRG_GLOBAL | field_set(VTD_IOTLB_DRAINS, drains));
}
