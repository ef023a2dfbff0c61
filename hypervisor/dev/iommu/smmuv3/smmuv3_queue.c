// SPDX-License-Identifier: GPL-2.0
/*
 * Commands for an SMMUv3. A batch is pushed and ends with a SYNC, which the unit consumes only when
 * everything before it has taken effect (4.7.3); so a batch is done when the queue is empty.
 *
 * A unit that meets a bad command stops and says so in GERROR (7.1). The command is then replaced by
 * a SYNC and the error acknowledged, so that the queue runs again; the batch counts as failed. What
 * was not consumed in time may be consumed later, so the next batch first waits for it.
 */
#include <dev/iommu/smmuv3/smmuv3.h>

/* An index and its lap bit. */
static u32 smmuv3_wrap(const struct iommu_unit *unit, u64 index)
{
	return (u32)index & ((2U << unit->state[SMMUV3_COMMANDS]) - 1);
}

static void smmuv3_store(const struct iommu_unit *unit, u64 index, u64 lo, u64 hi)
{
	struct smmuv3_command *queue = pool_virt(unit->pool, unit->state[SMMUV3_QUEUES]);
	struct smmuv3_command *slot = &queue[index & ((1U << unit->state[SMMUV3_COMMANDS]) - 1)];

	*slot = (struct smmuv3_command){ lo, hi };
	if (!unit->caps.coherent)
		port_cache_flush(slot, sizeof(*slot));
}

/* True when the unit had stopped at a command; it goes on behind it, or reads it again. */
static bool smmuv3_recover(const struct iommu_unit *unit)
{
	u32 acknowledged = smmuv3_read(unit, SMMUV3_GERRORN_REG);
	u32 cons = smmuv3_read(unit, SMMUV3_CMDQ_CONS_REG);

	if (!((smmuv3_read(unit, SMMUV3_GERROR_REG) ^ acknowledged) & SMMUV3_GERROR_CMDQ))
		return false;
	if (field_get(SMMUV3_CMDQ_CONS_ERR, cons) != SMMUV3_CERROR_ABT)
		smmuv3_store(unit, cons, SMMUV3_CMD_SYNC, 0);
	smmuv3_write(unit, SMMUV3_GERRORN_REG, acknowledged ^ SMMUV3_GERROR_CMDQ);
	return true;
}

static enum status smmuv3_wait_commands(struct iommu_unit *unit)
{
	enum status why = OK;
	u32 budget = IOMMU_PATIENCE;

	while (smmuv3_wrap(unit, smmuv3_read(unit, SMMUV3_CMDQ_CONS_REG)) != unit->state[SMMUV3_PROD]) {
		if (smmuv3_recover(unit))
			why = IOMMU_BAD_QUEUE;
		if (!port_poll(&budget))
			return IOMMU_WAIT_INVALIDATE;
	}
	return why;
}

enum status smmuv3_settle(struct iommu_unit *unit)
{
	unit->state[SMMUV3_OPEN] = 0;
	/* A bad command of the batch before has failed that one. */
	return smmuv3_wait_commands(unit) == IOMMU_WAIT_INVALIDATE ? IOMMU_WAIT_INVALIDATE : OK;
}

static enum status smmuv3_publish(struct iommu_unit *unit)
{
	unit->state[SMMUV3_OPEN] = 0;
	smmuv3_write(unit, SMMUV3_CMDQ_PROD_REG, (u32)unit->state[SMMUV3_PROD]);
	return smmuv3_wait_commands(unit);
}

enum status smmuv3_push(struct iommu_unit *unit, u64 lo, u64 hi)
{
	enum status why = OK;

	if (unit->state[SMMUV3_OPEN] >> unit->state[SMMUV3_COMMANDS])
		why = smmuv3_publish(unit);	/* full */
	if (why != OK)
		return why;
	smmuv3_store(unit, unit->state[SMMUV3_PROD], lo, hi);
	unit->state[SMMUV3_PROD] = smmuv3_wrap(unit, unit->state[SMMUV3_PROD] + 1);
	unit->state[SMMUV3_OPEN]++;
	return OK;
}

enum status smmuv3_finish(struct iommu_unit *unit)
{
	enum status why = smmuv3_push(unit, SMMUV3_CMD_SYNC, 0);

	return why == OK ? smmuv3_publish(unit) : why;
}
