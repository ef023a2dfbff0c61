/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The CPU interface. Direct delivery (IHI 0069, 4.6.2: with one security state group 0 is signalled
 * as FIQ, group 1 as IRQ): a guest acknowledges and ends its group 1 interrupts itself, without an
 * exit. The only interrupt of group 0 is the kick; HCR_EL2.FMO leads it to EL2 and makes the
 * guest's own group 0 registers virtual ones, and ICH_HCR_EL2.TC traps the registers that both
 * groups share.
 *
 * Seen on QEMU 10.0 with a Cortex-A57: interrupts and WFI without an exit, and the kick gets
 * through a guest that masks everything, serves an interrupt, asks for a priority mask of 0 or
 * sleeps. Two things no trap short of one for every interrupt (ICH_HCR_EL2.TALL1) prevents: a guest
 * that marks priority 0 as active (ICC_AP1R0_EL1) holds off the kick while it does; and one that
 * ends an interrupt of another cell (ICC_EOIR1_EL1, unpredictable by 12.2) makes it inactive early,
 * which its handler, at its running priority, does not see.
 */
#include <arch/arch.h>
#include <arch/arm64/gic_hw.h>
#include <base/bits.h>

#define PRIVATE_DEFAULT	(GIC_PRIORITY_DEFAULT * 0x01010101U)

/* ICC_SGInR_EL1 that sends the kick to one CPU (12.2). */
static u64 kick_value(u64 mpidr)
{
	return (u64)GIC_KICK << 24 | 1ULL << (mpidr & 15) | (mpidr >> 8 & 0xff) << 16 |
	       (mpidr >> 16 & 0xff) << 32 | (mpidr >> 32 & 0xff) << 48 | (mpidr >> 4 & 15) << 44;
}

void gic_kick(const struct cpu *target)
{
	dsb(ishst);	/* what the kick is about */
	if (gic.v2)
		gic_write32(gic.dist, GICD_SGIR_REG, (u32)target->gic.interface << 16 | GIC_KICK);
	else if (gic.direct)
		gic_set(ICC_SGI0R, kick_value(target->mpidr));
	else
		gic_set(ICC_SGI1R, kick_value(target->mpidr));
	isb();
}

/*
 * Private ids that are EL2's: enabled, before all others; on a shared group only the priority
 * tells.
 */
static void take_reserved(volatile u8 *local)
{
	gic_write32(local, GICD_ICPENDR_REG, gic.reserved);
	gic_write32(local, GICD_ICACTIVER_REG, gic.reserved);
	port_mmio_write8(local + GICD_IPRIORITYR_REG + GIC_KICK, GIC_PRIORITY_KICK);
	if (!gic.direct)
		port_mmio_write8(local + GICD_IPRIORITYR_REG + gic.maintenance, GIC_PRIORITY_KICK);
	else
		gic_write32(local, GICD_IGROUPR_REG, ~gic.reserved);
	gic_write32(local, GICD_ISENABLER_REG, gic.reserved);
}

static void set_pmr(struct cpu *cpu, u64 value)
{
	cpu->gic.pmr = (u8)value;
	gic_set(ICC_PMR, value < GIC_PRIORITY_GUEST ? GIC_PRIORITY_GUEST : value);
}

void gic_cpu_join(struct cpu *cpu)
{
	if (gic.v2)
		cpu->gic.interface = port_mmio_read8(gic.dist + GICD_ITARGETSR_REG);
}

void gic_cpu_take(struct cpu *cpu)
{
	volatile u8 *local = cpu->gic.local;

	cpu->gic.was_enabled = gic_read32(local, GICD_ISENABLER_REG) >> GIC_KICK & 1;
	cpu->gic.was_priority = port_mmio_read8(local + GICD_IPRIORITYR_REG + GIC_KICK);
	for (unsigned id = 0; id < GIC_FIRST_SPI; id++)
		if (port_mmio_read8(local + GICD_IPRIORITYR_REG + id) < GIC_PRIORITY_GUEST)
			port_mmio_write8(local + GICD_IPRIORITYR_REG + id, GIC_PRIORITY_GUEST);
	take_reserved(local);
	if (!gic.direct) {
		gic_inject_take(cpu);
		return;
	}
	cpu->gic.was_group0 = (u8)gic_get(ICC_IGRPEN0);
	set_pmr(cpu, gic_get(ICC_PMR));
	gic_set(ICC_BPR0, 0);
	gic_set(ICC_IGRPEN0, 1);
	gic_set(ICH_VMCR, 0);
	gic_set(ICH_HCR, ICH_HCR_TC);
	isb();
}

void gic_cpu_give_back(struct cpu *cpu)
{
	volatile u8 *local = cpu->gic.local;

	gic_write32(local, GICD_ICENABLER_REG, gic.reserved);
	gic_write32(local, GICD_ICPENDR_REG, gic.reserved);
	port_mmio_write8(local + GICD_IPRIORITYR_REG + GIC_KICK, cpu->gic.was_priority);
	if (cpu->gic.was_enabled)
		gic_write32(local, GICD_ISENABLER_REG, 1U << GIC_KICK);
	if (!gic.direct) {
		gic_inject_give_back(cpu);
		return;
	}
	gic_write32(local, GICD_IGROUPR_REG, ~0U);
	gic_set(ICH_HCR, 0);
	gic_set(ICC_IGRPEN0, cpu->gic.was_group0);
	gic_set(ICC_PMR, cpu->gic.pmr);
	isb();
}

static void reset_private(volatile u8 *local)
{
	for (unsigned word = 0; word < 8; word++)
		if (word != GIC_KICK / 4 && (gic.direct || word != gic.maintenance / 4U))
			gic_write32(local, GICD_IPRIORITYR_REG + word * 4, PRIVATE_DEFAULT);
	gic_write32(local, GICD_ICENABLER_REG, ~gic.reserved);
	gic_settle(local - (gic.v2 ? 0 : GICR_SGI_FRAME), gic.v2 ? 0 : GICR_CTLR_RWP);
	gic_write32(local, GICD_ICPENDR_REG, ~gic.reserved);
	gic_write32(local, GICD_ICACTIVER_REG, ~gic.reserved);
	gic_write32(local, GICD_ICFGR_REG + 4, 0);
	for (unsigned sgi = 0; gic.v2 && sgi < GIC_KICK; sgi++)
		port_mmio_write8(local + GICD_CPENDSGIR_REG + sgi, 0xff);
}

void gic_cpu_reset(struct cpu *cpu)
{
	unsigned bits;

	cpu->gic.asleep = false;
	if (!gic.direct)
		gic_inject_reset(cpu);	/* before: it may pend what is private */
	reset_private(cpu->gic.local);
	if (!gic.direct)
		return;
	gic_set(ICC_IGRPEN1, 0);
	gic_set(ICC_CTLR, 0);
	gic_set(ICC_BPR1, 0);
	bits = ICC_CTLR_PRIBITS(gic_get(ICC_CTLR));
	gic_set(ICC_AP1R0, 0);
	if (bits >= 6)
		gic_set(ICC_AP1R1, 0);
	if (bits >= 7) {
		gic_set(ICC_AP1R2, 0);
		gic_set(ICC_AP1R3, 0);
	}
	set_pmr(cpu, 0);
	gic_set(ICH_VMCR, 0);
	isb();
}

/* Direct delivery: nothing but the kick comes here. The guest's EOImode holds for both groups. */
void gic_interrupt(struct cpu *self)
{
	u64 id;

	if (!gic.direct) {
		gic_inject(self);
		return;
	}
	id = gic_get(ICC_IAR0);
	if (id != GIC_KICK)
		return;
	self->base.kicked = 0;	/* before the work it announces is looked for */
	gic_set(ICC_EOIR0, id);
	if (gic_get(ICC_CTLR) & ICC_CTLR_EOIMODE)
		gic_set(ICC_DIR, id);
	isb();
}
