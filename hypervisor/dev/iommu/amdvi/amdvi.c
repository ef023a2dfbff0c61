// SPDX-License-Identifier: GPL-2.0
/*
 * Life of an AMD-Vi unit: off -> confined to a plan's tables -> other tables, any number of times
 * -> off.
 *
 * Exchanging tables: base and size of the device table are one register and change with one 64-bit
 * write. The specification ties the command and log registers to stopped rings, the device table
 * register not (3.4.1; Linux sets it on a running unit when a crash kernel takes over). A request
 * then finds the old or the new entry, cached or not, until INVALIDATE has completed. The other
 * way, editing entries of the live table, would need V=1 at every instant, because V=0 passes all
 * DMA.
 */
#include <base/string.h>
#include <dev/iommu/amdvi/amdvi.h>

/* Nobody answers: zeros. A unit has features, or at least the ring length of its reset state. */
static bool amdvi_is_there(const struct iommu_unit *unit)
{
	return iommu_read64(unit, AMDVI_EFR_REG) || iommu_read64(unit, AMDVI_CMDBUF_REG);
}

static enum status amdvi_probe(struct iommu_unit *unit, u64 *found)
{
	u64 control = iommu_read64(unit, AMDVI_CONTROL_REG);

	*found = control;
	if (control == ~0ULL || !amdvi_is_there(unit))
		return IOMMU_ABSENT;
	unit->state[AMDVI_EFR] = iommu_read64(unit, AMDVI_EFR_REG);
	/*
	 * Every unit walks 4 levels, all page sizes, and snoops when it does (Coherent is set
	 * below).
	 */
	unit->caps = (struct iommu_caps) {
		.format = &pt_amdvi, .levels = 4, .max_super = 2, .coherent = true,
	};
	return control & AMDVI_CONTROL_IOMMU_EN ? IOMMU_AMDVI_ON : OK;
}

/* What start changes and stop gives back, beside the control register; the unit is off meanwhile. */
static const u16 amdvi_registers[] = {
	AMDVI_DEVTAB_REG, AMDVI_CMDBUF_REG, AMDVI_EVTLOG_REG, AMDVI_EXCLUSION_REG,
};

/* The registers get what state has, and the other way round. */
static void amdvi_swap(struct iommu_unit *unit)
{
	for (u32 i = 0; i < sizeof(amdvi_registers) / sizeof(amdvi_registers[0]); i++) {
		u64 was = iommu_read64(unit, amdvi_registers[i]);

		iommu_write64(unit, amdvi_registers[i], unit->state[AMDVI_REGISTERS + i]);
		unit->state[AMDVI_REGISTERS + i] = was;
	}
}

static u64 amdvi_ring(u64 page)
{
	return page | field_set(AMDVI_RING_LENGTH, AMDVI_RING_LENGTH_PAGE);
}

/* All pointers, while the unit is off and both rings are stopped. */
static void amdvi_set_pointers(struct iommu_unit *unit)
{
	u64 *value = &unit->state[AMDVI_REGISTERS];

	iommu_write64(unit, AMDVI_STATUS_REG, AMDVI_STATUS_EVENT_OVERFLOW | AMDVI_STATUS_EVENT_INT |
		      AMDVI_STATUS_COM_WAIT_INT);
	value[0] = unit->tables;
	value[1] = amdvi_ring(iommu_own(unit));
	value[2] = value[1] + AMDVI_EVENTS_OFFSET;
	value[3] = 0;
	amdvi_swap(unit);
	for (u32 reg = AMDVI_CMD_HEAD_REG; reg <= AMDVI_EVT_TAIL_REG; reg += 8)
		iommu_write64(unit, reg, 0);
	unit->state[AMDVI_CMD_TAIL] = 0;
	unit->state[AMDVI_CMD_OPEN] = 0;
	unit->state[AMDVI_CMD_LATE] = 0;
}

/*
 * The rings only run on an enabled unit, so what it may remember of an earlier life is dropped
 * right after it is on; until start returns nobody relies on it.
 */
static enum status amdvi_start(struct iommu_unit *unit)
{
	u32 running = AMDVI_STATUS_CMD_RUN | AMDVI_STATUS_EVENT_RUN;
	enum status why;
	u64 control;

	unit->state[AMDVI_SAVED_CONTROL] = iommu_read64(unit, AMDVI_CONTROL_REG);
	control = unit->state[AMDVI_SAVED_CONTROL] & AMDVI_CONTROL_ROUTING;
	control |= AMDVI_CONTROL_COHERENT | AMDVI_CONTROL_CMD_BUF_EN | AMDVI_CONTROL_EVENT_LOG_EN;
	amdvi_set_pointers(unit);
	iommu_write64(unit, AMDVI_CONTROL_REG, control);
	control |= AMDVI_CONTROL_IOMMU_EN;
	iommu_write64(unit, AMDVI_CONTROL_REG, control);
	unit->state[AMDVI_CONTROL] = control;
	why = amdvi_wait(unit, running, running, IOMMU_WAIT_QUEUE);
	if (why != OK)
		return why;
	return amdvi_invalidate_all(unit, amdvi_devtab_entries(unit->tables));
}

/*
 * The table in use says "pass" for every device from now on. QEMU reads it for each interrupt message
 * even while the unit is off, so a unit that nobody had set up before keeps pointing at it.
 */
static void amdvi_retire_table(struct iommu_unit *unit)
{
	u64 devtab = unit->tables;
	u64 *table = pool_virt(unit->pool, devtab & AMDVI_DEVTAB_BASE);

	memset(table, 0, amdvi_devtab_entries(devtab) * sizeof(struct amdvi_dte));
	if (!unit->state[AMDVI_REGISTERS])
		unit->state[AMDVI_REGISTERS] = devtab;
}

static void amdvi_stop(struct iommu_unit *unit)
{
	u64 rings = AMDVI_CONTROL_CMD_BUF_EN | AMDVI_CONTROL_EVENT_LOG_EN;

	/* There is nobody to tell when the unit does not answer any more. */
	iommu_write64(unit, AMDVI_CONTROL_REG, unit->state[AMDVI_CONTROL] & ~rings);
	(void)amdvi_wait(unit, AMDVI_STATUS_CMD_RUN | AMDVI_STATUS_EVENT_RUN, 0, IOMMU_WAIT_QUEUE);
	iommu_write64(unit, AMDVI_CONTROL_REG, unit->state[AMDVI_SAVED_CONTROL]);
	amdvi_retire_table(unit);
	amdvi_swap(unit);
}

/*
 * Entries beyond the new table may still be cached from the old one: cover the larger of the two.
 */
static enum status amdvi_exchange(struct iommu_unit *unit, u64 from, u64 to)
{
	u32 old = amdvi_devtab_entries(from);
	u32 new = amdvi_devtab_entries(to);

	iommu_write64(unit, AMDVI_DEVTAB_REG, to);
	return amdvi_invalidate_all(unit, old > new ? old : new);
}

const struct iommu_ops iommu_amdvi = {
	.window = AMDVI_WINDOW,
	.probe = amdvi_probe,
	.build = amdvi_build,
	.start = amdvi_start,
	.exchange = amdvi_exchange,
	.take_fault = amdvi_take_fault,
	.stop = amdvi_stop,
};
