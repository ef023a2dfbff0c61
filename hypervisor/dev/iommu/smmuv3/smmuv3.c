// SPDX-License-Identifier: GPL-2.0
/*
 * Life of an SMMUv3: off -> confined to a plan's tables -> other tables, any number of times -> off.
 *
 * On and off. A unit that is off treats all streams as GBPA says, and passes each transfer wholly by
 * the state before or after a change (6.3.9.6). So GBPA is set to abort right before translation goes
 * on, and given back right after it went off: tables -> abort -> as found, with nothing in between.
 * While it aborts, a transfer of root that falls into these two handshakes is lost, too. When stop is
 * called only root is left, and what root may not touch is the hypervisor's own memory; from the
 * instant GBPA is given back that is as open to DMA as it was before start, and root gets it next.
 *
 * Devices with ATS. A transfer of one that says its address is a translated one passes a unit that
 * does not check (6.3.9, ATSCHK). So the check is on before translation is, and until it is off. No
 * entry allows ATS, so all such transfers abort, of unlisted streams without an event (3.9.1.3). A unit
 * that is off aborts them, too.
 */
#include <base/string.h>
#include <dev/iommu/smmuv3/smmuv3.h>

#define SMMUV3_WIDE 1U	/* a register of 64 bits, in the list below */

/* What start changes and stop gives back, beside CR0 and GBPA; the unit is off meanwhile. */
static const u32 smmuv3_registers[] = {
	SMMUV3_CR1_REG, SMMUV3_CR2_REG, SMMUV3_STRTAB_BASE_REG | SMMUV3_WIDE, SMMUV3_STRTAB_CFG_REG,
	SMMUV3_CMDQ_BASE_REG | SMMUV3_WIDE, SMMUV3_EVENTQ_BASE_REG | SMMUV3_WIDE,
	/* These are 0 while the unit runs; interrupts stay off. */
	SMMUV3_CMDQ_PROD_REG, SMMUV3_CMDQ_CONS_REG, SMMUV3_EVENTQ_PROD_REG, SMMUV3_EVENTQ_CONS_REG,
	SMMUV3_IRQ_CTRL_REG,
};
#define SMMUV3_COUNT (sizeof(smmuv3_registers) / sizeof(smmuv3_registers[0]))
_Static_assert(SMMUV3_REGISTERS + SMMUV3_COUNT <= sizeof(((struct iommu_unit *)0)->state) / sizeof(u64),
	       "fits");

/* What the unit must have, and that nobody uses it. */
static const struct smmu_check smmuv3_checks[] = {
	SMMU_CHECK(IOMMU_STAGE2, SMMUV3_IDR0_REG, SMMUV3_IDR0_S2P, BIT(1)),
	SMMU_CHECK(IOMMU_FORMAT, SMMUV3_IDR0_REG, SMMUV3_IDR0_TTF_AARCH64, BIT(1)),
	SMMU_CHECK(IOMMU_FORMAT, SMMUV3_IDR0_REG, SMMUV3_IDR0_TTENDIAN, BIT(0) | BIT(1) | BIT(2)),
	SMMU_CHECK(IOMMU_FORMAT, SMMUV3_IDR0_REG, SMMUV3_IDR0_STALL_MODEL, BIT(0) | BIT(1) | BIT(3)),
	SMMU_CHECK(IOMMU_FORMAT, SMMUV3_IDR1_REG, SMMUV3_IDR1_PRESET, BIT(0)),
	SMMU_CHECK(IOMMU_FORMAT, SMMUV3_IDR5_REG, SMMUV3_IDR5_GRAN4K, BIT(1)),
	SMMU_CHECK(IOMMU_FORMAT, SMMUV3_IDR5_REG, SMMUV3_IDR5_OAS, STAGE2_SIZES),
	SMMU_CHECK(IOMMU_SMMU_ON, SMMUV3_CR0_REG, SMMUV3_CR0_ENABLES, BIT(0)),
	SMMU_CHECK(IOMMU_SMMU_ON, SMMUV3_CR0ACK_REG, SMMUV3_CR0_ENABLES, BIT(0)),
	{ .why = OK },
};

static u64 smmuv3_at_most(u64 value, u64 most)
{
	return value < most ? value : most;
}

static enum status smmuv3_probe(struct iommu_unit *unit, u64 *found)
{
	enum status why = smmu_check(unit, smmuv3_checks, found);
	u32 idr0 = iommu_read32(unit, SMMUV3_IDR0_REG), idr1 = iommu_read32(unit, SMMUV3_IDR1_REG);
	u64 bits = field_get(SMMUV3_IDR1_SIDSIZE, idr1), *state = unit->state;

	state[SMMUV3_BITS] = smmuv3_at_most(bits, SMMUV3_MAX_BITS);
	state[SMMUV3_QUEUES] = SMMUV3_CR0_CMDQEN | SMMUV3_CR0_EVENTQEN |
			       (idr0 & SMMUV3_IDR0_ATS ? SMMUV3_CR0_ATSCHK : 0);
	state[SMMUV3_OAS] = iommu_read32(unit, SMMUV3_IDR5_REG) & SMMUV3_IDR5_OAS;
	state[SMMUV3_COMMANDS] = smmuv3_at_most(field_get(SMMUV3_IDR1_CMDQS, idr1), SMMUV3_COMMANDS_LOG2);
	state[SMMUV3_EVENTS] = smmuv3_at_most(field_get(SMMUV3_IDR1_EVENTQS, idr1), SMMUV3_EVENTS_LOG2);
	unit->caps = stage2_caps((unsigned)state[SMMUV3_OAS], idr0 & SMMUV3_IDR0_COHACC);
	if (why == OK && field_get(SMMUV3_IDR0_ST_LEVEL, idr0) == 0 && !smmuv3_linear(unit)) {
		*found = idr0;
		why = IOMMU_FORMAT;
	}
	return why;
}

/* --- on and off --- */

static enum status smmuv3_control(const struct iommu_unit *unit, u32 value, enum status why)
{
	const u32 shown = SMMUV3_CR0_ENABLES | SMMUV3_CR0_ATSCHK;

	iommu_write32(unit, SMMUV3_CR0_REG, value);
	return iommu_wait(unit, SMMUV3_CR0ACK_REG, shown, value & shown, why);
}

static enum status smmuv3_wait_bypass(const struct iommu_unit *unit)
{
	return iommu_wait(unit, SMMUV3_GBPA_REG, SMMUV3_GBPA_UPDATE, 0, IOMMU_WAIT_SWITCH);
}

/* What happens to DMA while the unit is off. */
static enum status smmuv3_bypass(const struct iommu_unit *unit, u32 value)
{
	/* A write during an earlier update may be ignored (6.3.14.1). */
	(void)smmuv3_wait_bypass(unit);
	iommu_write32(unit, SMMUV3_GBPA_REG, value | SMMUV3_GBPA_UPDATE);
	return smmuv3_wait_bypass(unit);
}

/* The registers get what state has, and the other way round. */
static void smmuv3_swap(struct iommu_unit *unit)
{
	for (u32 i = 0; i < SMMUV3_COUNT; i++) {
		u64 *value = &unit->state[SMMUV3_REGISTERS + i], was;
		u32 reg = smmuv3_registers[i] & ~SMMUV3_WIDE;

		if (reg != smmuv3_registers[i]) {
			was = iommu_read64(unit, reg);
			iommu_write64(unit, reg, *value);
		} else {
			was = iommu_read32(unit, reg);
			iommu_write32(unit, reg, (u32)*value);
		}
		*value = was;
	}
}

/* Where everything is; what nothing is written to here is 0. */
static void smmuv3_set_pointers(struct iommu_unit *unit)
{
	u64 *state = unit->state, *value = memset(&state[SMMUV3_REGISTERS], 0, SMMUV3_COUNT * sizeof(u64));
	u64 own = iommu_own(unit) | SMMUV3_QUEUE_ALLOCATE;

	value[0] = unit->caps.coherent ? SMMUV3_CR1_COHERENT : SMMUV3_CR1_NOT_CACHED;
	value[1] = SMMUV3_CR2_RECINVSID | SMMUV3_CR2_PTM;
	value[2] = own;
	value[3] = state[SMMUV3_BITS];
	if (!smmuv3_linear(unit))
		value[3] |= SMMUV3_STRTAB_CFG_TWO_LEVELS | field_set(SMMUV3_STRTAB_CFG_SPLIT, SMMUV3_SPLIT);
	value[4] = (own + SMMUV3_QUEUES_OFFSET) | state[SMMUV3_COMMANDS];
	value[5] = (own + SMMUV3_QUEUES_OFFSET + SMMUV3_EVENTS_OFFSET) | state[SMMUV3_EVENTS];
	state[SMMUV3_PROD] = 0;
	smmuv3_swap(unit);
}

static enum status smmuv3_start(struct iommu_unit *unit)
{
	u32 queues = (u32)unit->state[SMMUV3_QUEUES];
	enum status why;

	unit->state[SMMUV3_SAVED_CR0] = iommu_read32(unit, SMMUV3_CR0_REG);
	unit->state[SMMUV3_SAVED_GBPA] = iommu_read32(unit, SMMUV3_GBPA_REG);
	smmuv3_set_pointers(unit);
	/* Errors of the time before are acknowledged. */
	iommu_write32(unit, SMMUV3_GERRORN_REG, iommu_read32(unit, SMMUV3_GERROR_REG));
	why = iommu_wait(unit, SMMUV3_IRQ_CTRLACK_REG, ~0U, 0, IOMMU_WAIT_QUEUE);
	if (why == OK)
		why = smmuv3_control(unit, queues, IOMMU_WAIT_QUEUE);
	if (why == OK)
		why = smmuv3_exchange(unit, 0, unit->tables);
	if (why == OK)
		why = smmuv3_bypass(unit, SMMUV3_GBPA_ABORT);
	return why == OK ? smmuv3_control(unit, queues | SMMUV3_CR0_SMMUEN, IOMMU_WAIT_SWITCH) : why;
}

/* There is nobody to tell when the unit does not answer any more. */
static void smmuv3_stop(struct iommu_unit *unit)
{
	(void)smmuv3_control(unit, (u32)unit->state[SMMUV3_QUEUES], OK);
	(void)smmuv3_bypass(unit, (u32)unit->state[SMMUV3_SAVED_GBPA]);
	(void)smmuv3_control(unit, (u32)unit->state[SMMUV3_SAVED_CR0], OK);
	smmuv3_swap(unit);
}

const struct iommu_ops iommu_smmuv3 = {
	.window = SMMUV3_WINDOW,
	.probe = smmuv3_probe,
	.build = smmuv3_build,
	.start = smmuv3_start,
	.exchange = smmuv3_exchange,
	.take_fault = smmuv3_take_fault,
	.stop = smmuv3_stop,
};
