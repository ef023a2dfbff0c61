// SPDX-License-Identifier: GPL-2.0
/*
 * Commands for an SMMUv3, one at a time. A SYNC is consumed only when everything before it has taken
 * effect (4.7.3); so all is done when the queue is empty and a SYNC was the last.
 *
 * A unit that meets a bad command stops and says so in GERROR (7.1). The command is then replaced by
 * a SYNC and the error acknowledged, so that the queue runs again; the exchange counts as failed. What
 * was not consumed in time may be consumed later, so the next exchange first waits for it.
 */
#include <dev/iommu/smmuv3/smmuv3.h>

/* An index and its lap bit. */
static u32 smmuv3_wrap(const struct iommu_unit *unit, u64 index)
{
	return (u32)index & ((2U << unit->state[SMMUV3_COMMANDS]) - 1);
}

static void smmuv3_store(const struct iommu_unit *unit, u64 index, u64 lo, u64 hi)
{
	struct smmuv3_command *slot = (void *)(unit->pages + SMMUV3_QUEUES_OFFSET);

	slot += index & ((1U << unit->state[SMMUV3_COMMANDS]) - 1);
	*slot = (struct smmuv3_command){ lo, hi };
	if (!unit->caps.coherent)
		port_cache_flush(slot, sizeof(*slot));
}

/* True when the unit had stopped at a command; it goes on behind it, or reads it again. */
static bool smmuv3_recover(const struct iommu_unit *unit, u32 cons)
{
	u32 acknowledged = iommu_read32(unit, SMMUV3_GERRORN_REG);

	if (!((iommu_read32(unit, SMMUV3_GERROR_REG) ^ acknowledged) & SMMUV3_GERROR_CMDQ))
		return false;
	if (field_get(SMMUV3_CMDQ_CONS_ERR, cons) != SMMUV3_CERROR_ABT)
		smmuv3_store(unit, cons, SMMUV3_CMD_SYNC, 0);
	iommu_write32(unit, SMMUV3_GERRORN_REG, acknowledged ^ SMMUV3_GERROR_CMDQ);
	return true;
}

static enum status smmuv3_wait(const struct iommu_unit *unit)
{
	enum status why = OK;
	u32 budget = IOMMU_PATIENCE;

	for (;;) {
		u32 cons = iommu_read32(unit, SMMUV3_CMDQ_CONS_REG);

		if (smmuv3_wrap(unit, cons) == unit->state[SMMUV3_PROD])
			return why;
		if (smmuv3_recover(unit, cons))
			why = IOMMU_BAD_QUEUE;
		if (!port_poll(&budget))
			return IOMMU_WAIT_INVALIDATE;
	}
}

void smmuv3_settle(struct iommu_unit *unit)
{
	enum status why = smmuv3_wait(unit);

	/* A bad command of the exchange before has failed that one. */
	unit->state[SMMUV3_WHY] = why == IOMMU_BAD_QUEUE ? OK : why;
}

void smmuv3_issue(struct iommu_unit *unit, u64 lo, u64 hi)
{
	u64 *state = unit->state;

	if (state[SMMUV3_WHY] != OK)
		return;
	smmuv3_store(unit, state[SMMUV3_PROD], lo, hi);
	state[SMMUV3_PROD] = smmuv3_wrap(unit, state[SMMUV3_PROD] + 1);
	iommu_write32(unit, SMMUV3_CMDQ_PROD_REG, (u32)state[SMMUV3_PROD]);
	state[SMMUV3_WHY] = smmuv3_wait(unit);
}
