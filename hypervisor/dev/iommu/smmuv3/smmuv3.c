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
 */
#include <dev/iommu/smmuv3/smmuv3.h>

#define SMMUV3_WIDE 1U	/* a register of 64 bits, in the list below */

/* What start changes and stop gives back, beside CR0 and GBPA; the unit is off meanwhile. */
static const u32 smmuv3_saved[] = {
	SMMUV3_CR1_REG, SMMUV3_CR2_REG, SMMUV3_STRTAB_BASE_REG | SMMUV3_WIDE, SMMUV3_STRTAB_CFG_REG,
	SMMUV3_CMDQ_BASE_REG | SMMUV3_WIDE, SMMUV3_CMDQ_PROD_REG, SMMUV3_CMDQ_CONS_REG,
	SMMUV3_EVENTQ_BASE_REG | SMMUV3_WIDE, SMMUV3_EVENTQ_PROD_REG, SMMUV3_EVENTQ_CONS_REG,
	SMMUV3_IRQ_CTRL_REG,
};
#define SMMUV3_SAVED_COUNT (sizeof(smmuv3_saved) / sizeof(smmuv3_saved[0]))
#define SMMUV3_SAVED_CR0 (SMMUV3_SAVED + SMMUV3_SAVED_COUNT)
#define SMMUV3_SAVED_GBPA (SMMUV3_SAVED_CR0 + 1)
_Static_assert(SMMUV3_SAVED_GBPA < sizeof(((struct iommu_unit *)0)->state) / sizeof(u64), "fits");

static void smmuv3_write64(const struct iommu_unit *unit, u32 reg, u64 value)
{
	port_mmio_write64(unit->registers + reg, value);
}

static bool smmuv3_can_walk(u32 idr0, u32 idr1, u32 idr5)
{
	bool linear = field_get(SMMUV3_IDR0_ST_LEVEL, idr0) == 0;

	return (idr0 & SMMUV3_IDR0_TTF_AARCH64) && field_get(SMMUV3_IDR0_TTENDIAN, idr0) != 3 &&
	       field_get(SMMUV3_IDR0_STALL_MODEL, idr0) != 2 && !(idr1 & SMMUV3_IDR1_PRESET) &&
	       (idr5 & SMMUV3_IDR5_GRAN4K) && stage2_size(idr5 & SMMUV3_IDR5_OAS) &&
	       (!linear || field_get(SMMUV3_IDR1_SIDSIZE, idr1) <= SMMUV3_LINEAR_BITS);
}

static u64 smmuv3_at_most(u64 value, u64 most)
{
	return value < most ? value : most;
}

static void smmuv3_keep_caps(struct iommu_unit *unit, u32 idr0, u32 idr1, u32 idr5)
{
	u64 *state = unit->state;

	state[SMMUV3_BITS] = smmuv3_at_most(field_get(SMMUV3_IDR1_SIDSIZE, idr1), SMMUV3_MAX_BITS);
	state[SMMUV3_LINEAR] = state[SMMUV3_BITS] <= SMMUV3_LINEAR_BITS;
	state[SMMUV3_OAS] = idr5 & SMMUV3_IDR5_OAS;
	state[SMMUV3_COMMANDS] = smmuv3_at_most(field_get(SMMUV3_IDR1_CMDQS, idr1),
						SMMUV3_COMMANDS_LOG2);
	state[SMMUV3_EVENTS] = smmuv3_at_most(field_get(SMMUV3_IDR1_EVENTQS, idr1),
					      SMMUV3_EVENTS_LOG2);
	state[SMMUV3_IMAGE] = 0;
	unit->caps = stage2_caps((unsigned)state[SMMUV3_OAS], idr0 & SMMUV3_IDR0_COHACC);
}

static enum status smmuv3_probe(struct iommu_unit *unit, struct refusal *refusal)
{
	u64 base = unit->config->base;
	u32 idr0, idr1, idr5, cr0;

	if (unit->config->size < SMMUV3_WINDOW)
		return iommu_refuse(unit, refusal, IOMMU_WINDOW, unit->config->size, SMMUV3_WINDOW);
	idr0 = smmuv3_read(unit, SMMUV3_IDR0_REG);
	idr1 = smmuv3_read(unit, SMMUV3_IDR1_REG);
	idr5 = smmuv3_read(unit, SMMUV3_IDR5_REG);
	if (idr0 == 0 || idr0 == ~0U)
		return iommu_refuse(unit, refusal, IOMMU_ABSENT, base, idr0);
	if (!(idr0 & SMMUV3_IDR0_S2P))
		return iommu_refuse(unit, refusal, IOMMU_STAGE2, base, idr0);
	if (!smmuv3_can_walk(idr0, idr1, idr5))
		return iommu_refuse(unit, refusal, IOMMU_FORMAT, base, (u64)idr5 << 32 | idr0);
	cr0 = smmuv3_read(unit, SMMUV3_CR0_REG) | smmuv3_read(unit, SMMUV3_CR0ACK_REG);
	if (cr0 & SMMUV3_CR0_ENABLES)
		return iommu_refuse(unit, refusal, IOMMU_SMMU_ON, base, cr0);
	smmuv3_keep_caps(unit, idr0, idr1, idr5);
	return OK;
}

static enum status smmuv3_build(struct iommu_unit *unit, const struct plan *plan,
				const struct iommu_domain *domains, u8 owner,
				struct iommu_tables *tables)
{
	const struct smmuv3_shape shape = {
		.bits = (u8)unit->state[SMMUV3_BITS], .oas = (u8)unit->state[SMMUV3_OAS],
		.coherent = unit->caps.coherent,
	};
	enum status why = smmuv3_tables_build(unit->pool, &shape, plan, domains,
					      smmuv3_image(unit, unit->state[SMMUV3_IMAGE]), owner,
					      tables);

	if (why == OK)
		iommu_show_pages(unit, owner);
	return why;
}

static enum status smmuv3_commit(struct iommu_unit *unit, const struct iommu_tables *tables)
{
	u64 old = unit->state[SMMUV3_IMAGE], new = tables->table.value;
	enum status why = smmuv3_exchange(unit, old, new);

	if (why == OK)
		unit->state[SMMUV3_IMAGE] = new;
	else if (smmuv3_exchange(unit, new, old) != OK)
		why = IOMMU_STUCK;
	return why;
}

/* --- on and off --- */

static enum status smmuv3_wait(const struct iommu_unit *unit, u32 reg, u32 mask, u32 value,
			       enum status why)
{
	u32 budget = IOMMU_PATIENCE;

	while ((smmuv3_read(unit, reg) & mask) != value)
		if (!port_poll(&budget))
			return why;
	return OK;
}

static enum status smmuv3_control(const struct iommu_unit *unit, u32 value, enum status why)
{
	smmuv3_write(unit, SMMUV3_CR0_REG, value);
	return smmuv3_wait(unit, SMMUV3_CR0ACK_REG, SMMUV3_CR0_ENABLES, value & SMMUV3_CR0_ENABLES, why);
}

/* What happens to DMA while the unit is off. */
static enum status smmuv3_bypass(const struct iommu_unit *unit, u32 value)
{
	/* A write during an earlier update may be ignored (6.3.14.1). */
	(void)smmuv3_wait(unit, SMMUV3_GBPA_REG, SMMUV3_GBPA_UPDATE, 0, OK);
	smmuv3_write(unit, SMMUV3_GBPA_REG, value | SMMUV3_GBPA_UPDATE);
	return smmuv3_wait(unit, SMMUV3_GBPA_REG, SMMUV3_GBPA_UPDATE, 0, IOMMU_WAIT_SWITCH);
}

static enum status smmuv3_take_pages(struct iommu_unit *unit)
{
	void *table = pool_alloc(unit->pool, 1, 1, unit->owner);
	void *queues = table ? pool_alloc(unit->pool, 1, 1, unit->owner) : NULL;

	if (!queues) {
		pool_drop(unit->pool, unit->owner);
		return STATUS_NO_MEMORY;
	}
	unit->state[SMMUV3_TABLE] = pool_phys(unit->pool, table);
	unit->state[SMMUV3_QUEUES] = pool_phys(unit->pool, queues);
	return OK;
}

static void smmuv3_save(struct iommu_unit *unit)
{
	u64 *saved = &unit->state[SMMUV3_SAVED];

	for (u32 i = 0; i < SMMUV3_SAVED_COUNT; i++)
		saved[i] = smmuv3_saved[i] & SMMUV3_WIDE ?
			   port_mmio_read64(unit->registers + (smmuv3_saved[i] & ~SMMUV3_WIDE)) :
			   smmuv3_read(unit, smmuv3_saved[i]);
	unit->state[SMMUV3_SAVED_CR0] = smmuv3_read(unit, SMMUV3_CR0_REG);
	unit->state[SMMUV3_SAVED_GBPA] = smmuv3_read(unit, SMMUV3_GBPA_REG);
}

static void smmuv3_restore(const struct iommu_unit *unit)
{
	const u64 *saved = &unit->state[SMMUV3_SAVED];

	for (u32 i = 0; i < SMMUV3_SAVED_COUNT; i++) {
		if (smmuv3_saved[i] & SMMUV3_WIDE)
			smmuv3_write64(unit, smmuv3_saved[i] & ~SMMUV3_WIDE, saved[i]);
		else
			smmuv3_write(unit, smmuv3_saved[i], (u32)saved[i]);
	}
}

/* Where everything is; interrupts stay off, errors of the time before are acknowledged. */
static void smmuv3_set_pointers(struct iommu_unit *unit)
{
	const u64 *state = unit->state;
	u64 levels = state[SMMUV3_LINEAR] ? 0 : SMMUV3_STRTAB_CFG_TWO_LEVELS |
		     field_set(SMMUV3_STRTAB_CFG_SPLIT, SMMUV3_SPLIT);

	smmuv3_write(unit, SMMUV3_CR1_REG,
		     unit->caps.coherent ? SMMUV3_CR1_COHERENT : SMMUV3_CR1_NOT_CACHED);
	smmuv3_write(unit, SMMUV3_CR2_REG, SMMUV3_CR2_RECINVSID | SMMUV3_CR2_PTM);
	smmuv3_write64(unit, SMMUV3_STRTAB_BASE_REG, state[SMMUV3_TABLE] | SMMUV3_STRTAB_RA);
	smmuv3_write(unit, SMMUV3_STRTAB_CFG_REG,
		     (u32)(levels | field_set(SMMUV3_STRTAB_CFG_LOG2SIZE, state[SMMUV3_BITS])));
	smmuv3_write64(unit, SMMUV3_CMDQ_BASE_REG,
		       state[SMMUV3_QUEUES] | SMMUV3_QUEUE_ALLOCATE | state[SMMUV3_COMMANDS]);
	smmuv3_write(unit, SMMUV3_CMDQ_PROD_REG, 0);
	smmuv3_write(unit, SMMUV3_CMDQ_CONS_REG, 0);
	smmuv3_write64(unit, SMMUV3_EVENTQ_BASE_REG, (state[SMMUV3_QUEUES] + SMMUV3_EVENTS_OFFSET) |
		       SMMUV3_QUEUE_ALLOCATE | state[SMMUV3_EVENTS]);
	smmuv3_write(unit, SMMUV3_EVENTQ_PROD_REG, 0);
	smmuv3_write(unit, SMMUV3_EVENTQ_CONS_REG, 0);
	smmuv3_write(unit, SMMUV3_GERRORN_REG, smmuv3_read(unit, SMMUV3_GERROR_REG));
	unit->state[SMMUV3_PROD] = 0;
	unit->state[SMMUV3_OPEN] = 0;
}

static enum status smmuv3_bring_up(struct iommu_unit *unit, u64 image)
{
	u32 queues = SMMUV3_CR0_CMDQEN | SMMUV3_CR0_EVENTQEN;
	enum status why;

	smmuv3_write(unit, SMMUV3_IRQ_CTRL_REG, 0);
	why = smmuv3_wait(unit, SMMUV3_IRQ_CTRLACK_REG, ~0U, 0, IOMMU_WAIT_QUEUE);
	if (why != OK)
		return why;
	smmuv3_set_pointers(unit);
	why = smmuv3_control(unit, queues, IOMMU_WAIT_QUEUE);
	if (why == OK)
		why = smmuv3_fill(unit, image);
	if (why == OK)
		why = smmuv3_bypass(unit, SMMUV3_GBPA_ABORT);
	return why == OK ? smmuv3_control(unit, queues | SMMUV3_CR0_SMMUEN, IOMMU_WAIT_SWITCH) : why;
}

/* There is nobody to tell when the unit does not answer any more. */
static void smmuv3_stop(struct iommu_unit *unit)
{
	(void)smmuv3_control(unit, SMMUV3_CR0_CMDQEN | SMMUV3_CR0_EVENTQEN, OK);
	(void)smmuv3_bypass(unit, (u32)unit->state[SMMUV3_SAVED_GBPA]);
	(void)smmuv3_control(unit, (u32)unit->state[SMMUV3_SAVED_CR0], OK);
	smmuv3_restore(unit);
	unit->state[SMMUV3_IMAGE] = 0;
	unit->running = false;
}

static enum status smmuv3_start(struct iommu_unit *unit, const struct iommu_tables *tables)
{
	enum status why = smmuv3_take_pages(unit);

	if (why != OK)
		return why;
	smmuv3_save(unit);
	why = smmuv3_bring_up(unit, tables->table.value);
	if (why != OK) {
		smmuv3_stop(unit);
		pool_drop(unit->pool, unit->owner);
		return why;
	}
	unit->state[SMMUV3_IMAGE] = tables->table.value;
	unit->running = true;
	return OK;
}

const struct iommu_ops iommu_smmuv3 = {
	.probe = smmuv3_probe,
	.build = smmuv3_build,
	.start = smmuv3_start,
	.commit = smmuv3_commit,
	.take_fault = smmuv3_take_fault,
	.explain = smmuv3_explain,
	.stop = smmuv3_stop,
};
