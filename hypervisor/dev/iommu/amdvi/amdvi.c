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
	return amdvi_read(unit, AMDVI_EFR_REG) || amdvi_read(unit, AMDVI_CMDBUF_REG);
}

static enum status amdvi_probe(struct iommu_unit *unit, struct refusal *refusal)
{
	u64 base = unit->config->base;
	u64 control;

	if (unit->config->size < AMDVI_WINDOW)
		return iommu_refuse(unit, refusal, IOMMU_WINDOW, unit->config->size, AMDVI_WINDOW);
	control = amdvi_read(unit, AMDVI_CONTROL_REG);
	if (control == ~0ULL || !amdvi_is_there(unit))
		return iommu_refuse(unit, refusal, IOMMU_ABSENT, base, control);
	if (control & AMDVI_CONTROL_IOMMU_EN)
		return iommu_refuse(unit, refusal, IOMMU_AMDVI_ON, base, control);
	unit->state[AMDVI_EFR] = amdvi_read(unit, AMDVI_EFR_REG);
	/*
	 * Every unit walks 4 levels, all page sizes, and snoops when it does (Coherent is set
	 * below).
	 */
	unit->caps = (struct iommu_caps) {
		.format = &pt_amdvi, .levels = 4, .max_super = 2, .coherent = true,
	};
	return OK;
}

static enum status amdvi_build(struct iommu_unit *unit, const struct plan *plan,
			       const struct iommu_domain *domains, u8 owner,
			       struct iommu_tables *tables)
{
	return amdvi_tables_build(unit->pool, unit->index, plan, domains, owner, tables);
}

static enum status amdvi_take_rings(struct iommu_unit *unit)
{
	void *commands = pool_alloc(unit->pool, 1, 1, unit->owner);
	void *events = commands ? pool_alloc(unit->pool, 1, 1, unit->owner) : NULL;

	if (!events) {
		pool_drop(unit->pool, unit->owner);
		return STATUS_NO_MEMORY;
	}
	unit->state[AMDVI_COMMANDS] = pool_phys(unit->pool, commands);
	unit->state[AMDVI_EVENTS] = pool_phys(unit->pool, events);
	return OK;
}

static void amdvi_save(struct iommu_unit *unit)
{
	unit->state[AMDVI_SAVED_DEVTAB] = amdvi_read(unit, AMDVI_DEVTAB_REG);
	unit->state[AMDVI_SAVED_CMDBUF] = amdvi_read(unit, AMDVI_CMDBUF_REG);
	unit->state[AMDVI_SAVED_EVTLOG] = amdvi_read(unit, AMDVI_EVTLOG_REG);
	unit->state[AMDVI_SAVED_CONTROL] = amdvi_read(unit, AMDVI_CONTROL_REG);
	unit->state[AMDVI_SAVED_EXCLUSION] = amdvi_read(unit, AMDVI_EXCLUSION_REG);
}

static u64 amdvi_ring(u64 page)
{
	return page | field_set(AMDVI_RING_LENGTH, AMDVI_RING_LENGTH_PAGE);
}

/* All pointers, while the unit is off and both rings are stopped. */
static void amdvi_set_pointers(struct iommu_unit *unit, u64 devtab)
{
	amdvi_write(unit, AMDVI_STATUS_REG, AMDVI_STATUS_EVENT_OVERFLOW | AMDVI_STATUS_EVENT_INT |
		    AMDVI_STATUS_COM_WAIT_INT);
	amdvi_write(unit, AMDVI_EXCLUSION_REG, 0);
	amdvi_write(unit, AMDVI_DEVTAB_REG, devtab);
	amdvi_write(unit, AMDVI_CMDBUF_REG, amdvi_ring(unit->state[AMDVI_COMMANDS]));
	amdvi_write(unit, AMDVI_CMD_HEAD_REG, 0);
	amdvi_write(unit, AMDVI_CMD_TAIL_REG, 0);
	amdvi_write(unit, AMDVI_EVTLOG_REG, amdvi_ring(unit->state[AMDVI_EVENTS]));
	amdvi_write(unit, AMDVI_EVT_HEAD_REG, 0);
	amdvi_write(unit, AMDVI_EVT_TAIL_REG, 0);
	unit->state[AMDVI_CMD_TAIL] = 0;
	unit->state[AMDVI_CMD_OPEN] = 0;
	unit->state[AMDVI_CMD_LATE] = 0;
}

/*
 * The rings only run on an enabled unit, so what it may remember of an earlier life is dropped
 * right after it is on; until start returns nobody relies on it.
 */
static enum status amdvi_bring_up(struct iommu_unit *unit, u64 devtab)
{
	u64 running = AMDVI_STATUS_CMD_RUN | AMDVI_STATUS_EVENT_RUN;
	u64 control = unit->state[AMDVI_SAVED_CONTROL] & AMDVI_CONTROL_ROUTING;
	enum status why;

	control |= AMDVI_CONTROL_COHERENT | AMDVI_CONTROL_CMD_BUF_EN | AMDVI_CONTROL_EVENT_LOG_EN;
	amdvi_set_pointers(unit, devtab);
	amdvi_write(unit, AMDVI_CONTROL_REG, control);
	control |= AMDVI_CONTROL_IOMMU_EN;
	amdvi_write(unit, AMDVI_CONTROL_REG, control);
	unit->state[AMDVI_CONTROL] = control;
	why = amdvi_wait(unit, running, running, IOMMU_WAIT_QUEUE);
	if (why != OK)
		return why;
	return amdvi_invalidate_all(unit, amdvi_devtab_entries(devtab));
}

/*
 * The table in use says "pass" for every device from now on. QEMU reads it for each interrupt message
 * even while the unit is off, so a unit that nobody had set up before keeps pointing at it.
 */
static void amdvi_retire_table(struct iommu_unit *unit)
{
	u64 devtab = unit->state[AMDVI_DEVTAB];
	u64 *table = pool_virt(unit->pool, devtab & AMDVI_DEVTAB_BASE);

	memset(table, 0, amdvi_devtab_entries(devtab) * sizeof(struct amdvi_dte));
	if (unit->state[AMDVI_SAVED_DEVTAB])
		amdvi_write(unit, AMDVI_DEVTAB_REG, unit->state[AMDVI_SAVED_DEVTAB]);
}

static void amdvi_stop(struct iommu_unit *unit)
{
	u64 rings = AMDVI_CONTROL_CMD_BUF_EN | AMDVI_CONTROL_EVENT_LOG_EN;

	/* There is nobody to tell when the unit does not answer any more. */
	amdvi_write(unit, AMDVI_CONTROL_REG, unit->state[AMDVI_CONTROL] & ~rings);
	(void)amdvi_wait(unit, AMDVI_STATUS_CMD_RUN | AMDVI_STATUS_EVENT_RUN, 0, IOMMU_WAIT_QUEUE);
	amdvi_write(unit, AMDVI_CONTROL_REG, unit->state[AMDVI_SAVED_CONTROL]);
	amdvi_retire_table(unit);
	amdvi_write(unit, AMDVI_CMDBUF_REG, unit->state[AMDVI_SAVED_CMDBUF]);
	amdvi_write(unit, AMDVI_EVTLOG_REG, unit->state[AMDVI_SAVED_EVTLOG]);
	amdvi_write(unit, AMDVI_EXCLUSION_REG, unit->state[AMDVI_SAVED_EXCLUSION]);
	unit->running = false;
}

static enum status amdvi_start(struct iommu_unit *unit, const struct iommu_tables *tables)
{
	enum status why = amdvi_take_rings(unit);

	if (why != OK)
		return why;
	amdvi_save(unit);
	unit->state[AMDVI_DEVTAB] = tables->table.value;
	why = amdvi_bring_up(unit, tables->table.value);
	if (why != OK) {
		amdvi_stop(unit);
		pool_drop(unit->pool, unit->owner);
		return why;
	}
	unit->running = true;
	return OK;
}

/*
 * Entries beyond the new table may still be cached from the old one: cover the larger of the two.
 */
static enum status amdvi_exchange(struct iommu_unit *unit, u64 from, u64 to)
{
	u32 old = amdvi_devtab_entries(from);
	u32 new = amdvi_devtab_entries(to);

	amdvi_write(unit, AMDVI_DEVTAB_REG, to);
	return amdvi_invalidate_all(unit, old > new ? old : new);
}

static enum status amdvi_commit(struct iommu_unit *unit, const struct iommu_tables *tables)
{
	u64 old = unit->state[AMDVI_DEVTAB];
	u64 new = tables->table.value;
	enum status why = amdvi_exchange(unit, old, new);

	if (why == OK)
		unit->state[AMDVI_DEVTAB] = new;
	else if (amdvi_exchange(unit, new, old) != OK)
		why = IOMMU_STUCK;
	return why;
}

const struct iommu_ops iommu_amdvi = {
	.probe = amdvi_probe,
	.build = amdvi_build,
	.start = amdvi_start,
	.commit = amdvi_commit,
	.take_fault = amdvi_take_fault,
	.explain = amdvi_explain,
	.stop = amdvi_stop,
};
