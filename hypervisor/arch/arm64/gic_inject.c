/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Injection: EL2 acknowledges, drops the priority and puts the interrupt into a list register; the
 * guest's own end deactivates it (IHI 0069, 6.1; IHI 0048, 5.2). There is no queue: when the last
 * list register is taken the CPU's priority mask is closed, and what comes then waits in the
 * distributor until the maintenance interrupt tells that list registers are free. The kick and the
 * maintenance interrupt have priorities that no closed mask keeps out.
 */
#include <arch/arch.h>
#include <arch/arm64/gic_hw.h>
#include <base/bits.h>

#define PMR_OPEN	0xff
#define PMR_CLOSED	GIC_PRIORITY_GUEST
#define IDLE_PRIORITY	0xff

#define MAX_LISTS	4	/* more are left alone */
#define LR0		S3_4_C12_C12_0
#define LR1		S3_4_C12_C12_1
#define LR2		S3_4_C12_C12_2
#define LR3		S3_4_C12_C12_3
#define LR_PENDING	BIT(62)
#define LR_HW		BIT(61)
#define LR_GROUP1	BIT(60)
#define LR_PRIORITY_SHIFT 48
#define LR_PHYSICAL_SHIFT 32
#define V2_LR_PENDING	BIT(28)
#define V2_LR_HW	BIT(31)
#define V2_LR_PRIORITY_SHIFT 23	/* five bits of it */
#define V2_LR_PHYSICAL_SHIFT 10

/* What an acknowledgement gives: the id, and on a GICv2 the CPU that sent an SGI. */
#define ID(ack)		((ack) & 0x3ff)
#define SENDER(ack)	((ack) >> 10 & 7)
#define ACK_MASK	0x1fffU

static u64 list_read(unsigned n)
{
	if (gic.v2)
		return gic_read32(gic.lists, GICH_LR_REG + 4 * n);
	if (n & 2)
		return n & 1 ? gic_get(LR3) : gic_get(LR2);
	return n & 1 ? gic_get(LR1) : gic_get(LR0);
}

static void list_write(unsigned n, u64 value)
{
	if (gic.v2)
		gic_write32(gic.lists, GICH_LR_REG + 4 * n, (u32)value);
	else if (n & 2)
		if (n & 1)
			gic_set(LR3, value);
		else
			gic_set(LR2, value);
	else if (n & 1)
		gic_set(LR1, value);
	else
		gic_set(LR0, value);
}

u32 gic_inject_probe(void)
{
	u32 last;

	gic.pending = gic.v2 ? V2_LR_PENDING : LR_PENDING;
	last = (gic.v2 ? gic_read32(gic.lists, GICH_VTR_REG) : (u32)gic_get(ICH_VTR)) & 0x3f;

	return (2U << (last < MAX_LISTS ? last : MAX_LISTS - 1)) - 1;
}

/* List registers without a valid interrupt, a bit each. */
static u32 lists_free(void)
{
	return gic.all_lists &
	       (gic.v2 ? gic_read32(gic.lists, GICH_ELRSR_REG) : (u32)gic_get(ICH_ELRSR));
}

/* What comes to EL2, by its priority, and what of the guest's interface is on. */
static void set_gates(u32 priority, u32 control)
{
	if (gic.v2) {
		gic_write32(gic.interface, GICC_PMR_REG, priority);
		gic_write32(gic.lists, GICH_HCR_REG, control);
	} else {
		gic_set(ICC_PMR, priority);
		gic_set(ICH_HCR, control);
	}
}

static u32 acknowledge(void)
{
	return gic.v2 ? gic_read32(gic.interface, GICC_IAR_REG) & ACK_MASK
		      : (u32)gic_get(ICC_IAR1);
}

static u32 running(void)
{
	return (gic.v2 ? gic_read32(gic.interface, GICC_RPR_REG) : (u32)gic_get(ICC_RPR)) & 0xff;
}

static void drop(u32 ack, bool and_deactivate)
{
	if (gic.v2) {
		gic_write32(gic.interface, GICC_EOIR_REG, ack);
		if (and_deactivate)
			gic_write32(gic.interface, GICC_DIR_REG, ack);
	} else {
		gic_set(ICC_EOIR1, ack);
		if (and_deactivate)
			gic_set(ICC_DIR, ack);
	}
}

/* Priority drop and deactivation apart, all guest priorities let through. */
void gic_inject_open(void)
{
	if (gic.v2) {
		gic_write32(gic.interface, GICC_CTLR_REG, gic_read32(gic.interface, GICC_CTLR_REG) |
			    GICC_CTLR_ENABLE | GICC_CTLR_EOIMODE);
	} else {
		gic_set(ICC_CTLR, ICC_CTLR_EOIMODE);
		gic_set(ICC_IGRPEN1, 1);
	}
	set_gates(PMR_OPEN, ICH_HCR_EN);
	isb();
}

/* The guest's interface, with these active priorities. */
static void start(u32 vmcr, u32 active)
{
	if (gic.v2) {
		gic_write32(gic.lists, GICH_APR_REG, active);
		gic_write32(gic.lists, GICH_VMCR_REG, vmcr);
	} else {
		gic_set(ICH_AP0R0, 0);
		gic_set(ICH_AP1R0, active);
		gic_set(ICH_VMCR, vmcr);
	}
	gic_inject_open();
}

/*
 * What Linux has acknowledged it can no longer deactivate: that is done here. A line still high
 * comes again; an SGI of Linux is done with when it has been acknowledged.
 */
void gic_inject_take(struct cpu *cpu)
{
	u32 vmcr, priority = running();

	gic_write32(cpu->gic.local, GICD_ICACTIVER_REG, ~0U);
	if (gic.v2) {
		u32 control = gic_read32(gic.interface, GICC_CTLR_REG);

		vmcr = (gic_read32(gic.interface, GICC_PMR_REG) & 0xf8) << VMCR_PMR_SHIFT |
		       (control & (GICC_CTLR_ENABLE | GICC_CTLR_EOIMODE));
		gic_write32(gic.interface, GICC_APR_REG, 0);
	} else {
		vmcr = (u32)(gic_get(ICC_PMR) << VMCR_PMR_SHIFT |
			     gic_get(ICC_BPR1) << VMCR_BPR1_SHIFT |
			     (gic_get(ICC_CTLR) & ICC_CTLR_EOIMODE) << 8 |
			     gic_get(ICC_IGRPEN1) << 1);
		gic_set(ICC_AP1R0, 0);
	}
	for (unsigned n = 0; gic.all_lists >> n; n++)
		list_write(n, 0);
	start(vmcr, priority == IDLE_PRIORITY ? 0 : 1U << (priority >> 3));
}

/*
 * What waits in a list register waits in the hardware again. At a reset the guest will not end what
 * it has begun, and what is disabled need not come back: it may just have been quietened.
 */
static void return_list(struct cpu *cpu, u64 list, bool reset)
{
	u32 id = ID(list), bit = 1U << id % 32;
	volatile u8 *at = (id < GIC_FIRST_SPI ? cpu->gic.local : gic.dist) + id / 32 * 4;
	bool pending = list & gic.pending;

	if (!gic_owns(cpu, id))
		return;
	if (pending || reset)
		gic_write32(at, GICD_ICACTIVER_REG, bit);
	if (!pending || (reset && !(gic_read32(at, GICD_ISENABLER_REG) & bit)))
		return;
	if (gic.v2 && id < 16)
		port_mmio_write8(gic.dist + GICD_SPENDSGIR_REG + id, (u8)(1U << SENDER(list)));
	else
		gic_write32(at, GICD_ISPENDR_REG, bit);
}

static void return_lists(struct cpu *cpu, bool reset)
{
	u32 empty = lists_free();

	for (unsigned n = 0; gic.all_lists >> n; n++) {
		if (!(empty >> n & 1))
			return_list(cpu, list_read(n), reset);
		list_write(n, 0);
	}
}

void gic_inject_give_back(struct cpu *cpu)
{
	u32 vmcr = gic.v2 ? gic_read32(gic.lists, GICH_VMCR_REG) : (u32)gic_get(ICH_VMCR);

	return_lists(cpu, false);
	if (gic.v2) {
		u32 control = gic_read32(gic.interface, GICC_CTLR_REG) &
			      ~(GICC_CTLR_ENABLE | GICC_CTLR_EOIMODE);

		gic_write32(gic.interface, GICC_CTLR_REG,
			    control | (vmcr & (GICC_CTLR_ENABLE | GICC_CTLR_EOIMODE)));
	} else {
		gic_set(ICC_AP1R0, gic_get(ICH_AP1R0));
		gic_set(ICC_BPR1, VMCR_BPR1(vmcr));
		gic_set(ICC_CTLR, (vmcr & VMCR_EOIMODE) >> 8);
		gic_set(ICC_IGRPEN1, (vmcr & VMCR_GROUP1) >> 1);
	}
	set_gates(VMCR_PMR(vmcr), 0);
	isb();
}

void gic_inject_stop(struct cpu *cpu)
{
	return_lists(cpu, true);
}

void gic_inject_start(void)
{
	start(0, 0);
}

bool gic_cpu_empty(const struct cpu *cpu)
{
	return cpu->gic.direct || lists_free() == gic.all_lists;
}

/* Ids that change hands have been quietened: nothing is to be done to them in the hardware. */
void gic_cpu_review(struct cpu *cpu)
{
	if (gic_cpu_empty(cpu))
		return;
	for (unsigned n = 0; gic.all_lists >> n; n++)
		if (cpu->gic.owner != cpu->base.cell || !gic_owns(cpu, ID(list_read(n))))
			list_write(n, 0);
	isb();
}

/*
 * No id may be in two list registers. An SGI that is in one is pending there, too; what comes from
 * hardware begins anew, as it only comes again when the guest has cleared its active state by hand.
 */
static bool merge(u64 list, u32 ack, u32 empty, bool sgi)
{
	const u32 mask = sgi ? ACK_MASK : 0x3ff;

	for (u32 used = gic.all_lists & ~empty; used; used &= used - 1) {
		unsigned n = (unsigned)__builtin_ctz(used);
		u64 old = list_read(n);

		if ((old ^ ack) & mask)
			continue;
		list_write(n, sgi ? old | gic.pending : list);
		return true;
	}
	return false;
}

static u64 make_list(u32 ack, u64 priority, bool sgi)
{
	u64 list = ack | gic.pending;

	if (gic.v2) {
		list |= priority >> 3 << V2_LR_PRIORITY_SHIFT;
		return sgi ? list : list | V2_LR_HW | ack << V2_LR_PHYSICAL_SHIFT;
	}
	list |= LR_GROUP1 | priority << LR_PRIORITY_SHIFT;
	return sgi ? list : list | LR_HW | (u64)ack << LR_PHYSICAL_SHIFT;
}

static void pass_on(struct cpu *self, u32 ack)
{
	const bool sgi = ID(ack) < 16;
	u32 empty = lists_free();
	u64 list = make_list(ack, running(), sgi);

	self->base.stat[STAT_VIRQ]++;
	drop(ack, sgi);
	if (merge(list, ack, empty, sgi))
		return;
	list_write((unsigned)__builtin_ctz(empty), list);
	if (!(empty & (empty - 1)))
		set_gates(PMR_CLOSED, ICH_HCR_EN | ICH_HCR_UIE);
}

/*
 * With the last list register the mask is closed, so that one is free whenever a guest's id comes
 * here. One at a time: another one is seldom there, and comes back to EL2 at once.
 */
bool gic_inject(struct cpu *self)
{
	u32 ack = acknowledge();

	if (ID(ack) >= GIC_LIMIT)
		return false;
	if (!(ID(ack) < GIC_FIRST_SPI && gic.reserved >> ID(ack) & 1)) {
		pass_on(self, ack);
	} else {
		gic_own(self, ID(ack));
		drop(ack, true);
	}
	isb();
	return true;
}
