// SPDX-License-Identifier: GPL-2.0
/*
 * Telling an AMD-Vi unit to forget. Commands go through a ring of one page. Every batch ends with a
 * COMPLETION_WAIT that sets ComWaitInt in the status register (its interrupt stays disabled): no
 * word in memory is needed, and the head register, which QEMU shows one lap late, is never read.
 *
 * One batch at a time: what was not executed in time may be executed later, so the next batch first
 * waits for the end of it, and is refused when that does not come either.
 */
#include <dev/iommu/amdvi/amdvi.h>

enum status amdvi_wait(const struct iommu_unit *unit, u32 mask, u32 value, enum status why)
{
	return iommu_wait(unit, AMDVI_STATUS_REG, mask, value, why);
}

static void amdvi_push(struct iommu_unit *unit, u64 opcode, u64 lo, u64 hi)
{
	struct amdvi_command *ring = (struct amdvi_command *)unit->pages;

	ring[unit->state[AMDVI_CMD_TAIL]] = (struct amdvi_command) {
		.lo = field_set(AMDVI_CMD_OPCODE, opcode) | lo,
		.hi = hi,
	};
	unit->state[AMDVI_CMD_TAIL] = (unit->state[AMDVI_CMD_TAIL] + 1) % AMDVI_RING_ENTRIES;
	unit->state[AMDVI_CMD_OPEN]++;
}

static enum status amdvi_wait_batch(struct iommu_unit *unit)
{
	enum status why = amdvi_wait(unit, AMDVI_STATUS_COM_WAIT_INT, AMDVI_STATUS_COM_WAIT_INT,
				     IOMMU_WAIT_INVALIDATE);

	/* A unit that meets a bad command logs it and halts its ring (2.5.6, 2.5.7). */
	if (why != OK && !(iommu_read64(unit, AMDVI_STATUS_REG) & AMDVI_STATUS_CMD_RUN))
		why = IOMMU_BAD_QUEUE;
	unit->state[AMDVI_CMD_LATE] = why != OK;
	return why;
}

/* Let the unit execute what was pushed, and wait for its effect. */
static enum status amdvi_finish(struct iommu_unit *unit)
{
	amdvi_push(unit, AMDVI_CMD_COMPLETION_WAIT, AMDVI_CMD_WAIT_I, 0);
	iommu_write64(unit, AMDVI_STATUS_REG, AMDVI_STATUS_COM_WAIT_INT);
	iommu_write64(unit, AMDVI_CMD_TAIL_REG,
		    unit->state[AMDVI_CMD_TAIL] * sizeof(struct amdvi_command));
	unit->state[AMDVI_CMD_OPEN] = 0;
	return amdvi_wait_batch(unit);
}

/* Room for one more command and the wait behind it; a full ring would look empty. */
static enum status amdvi_room(struct iommu_unit *unit)
{
	if (unit->state[AMDVI_CMD_OPEN] + 2 < AMDVI_RING_ENTRIES)
		return OK;
	return amdvi_finish(unit);
}

/* For units without INVALIDATE_IOMMU_ALL: entry by entry, then domain by domain. */
static enum status amdvi_invalidate_each(struct iommu_unit *unit, u32 entries)
{
	enum status why = OK;

	for (u32 device = 0; device < entries && why == OK; device++) {
		why = amdvi_room(unit);
		if (why == OK)
			amdvi_push(unit, AMDVI_CMD_INVALIDATE_DEVTAB,
				   field_set(AMDVI_CMD_DEVICE, device), 0);
	}
	for (u32 domain = 0; domain <= CONFIG_MAX_CELLS && why == OK; domain++) {
		why = amdvi_room(unit);
		if (why == OK)
			amdvi_push(unit, AMDVI_CMD_INVALIDATE_PAGES,
				   field_set(AMDVI_CMD_PAGES_DOMAIN, domain),
				   AMDVI_CMD_PAGES_ALL_HI);
	}
	return why == OK ? amdvi_finish(unit) : why;
}

enum status amdvi_invalidate_all(struct iommu_unit *unit, u32 entries)
{
	if (unit->state[AMDVI_CMD_LATE] && amdvi_wait_batch(unit) != OK)
		return IOMMU_WAIT_INVALIDATE;
	if (!(unit->state[AMDVI_EFR] & AMDVI_EFR_IA))
		return amdvi_invalidate_each(unit, entries);
	amdvi_push(unit, AMDVI_CMD_INVALIDATE_ALL, 0, 0);
	return amdvi_finish(unit);
}
