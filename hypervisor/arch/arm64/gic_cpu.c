/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The CPU interface. Where the GICv3 has one security state, group 0 is signalled as FIQ and group 1
 * as IRQ (IHI 0069, 4.6.2). Group 0 is EL2's own there: the kick and the maintenance interrupt.
 * HCR_EL2.FMO leads it to EL2 and makes the guest's own group 0 registers virtual ones. Elsewhere
 * there is one group for all, and the kick differs by its number alone.
 *
 * Direct delivery: a guest acknowledges and ends its group 1 interrupts itself, without an exit.
 * ICH_HCR_EL2.TC traps the registers that both groups share. The kick gets through a guest that
 * masks everything, serves an interrupt, asks for a priority mask of 0 or sleeps. Two things no trap
 * short of one for every interrupt (ICH_HCR_EL2.TALL1) prevents: a guest that marks priority 0 as
 * active (ICC_AP1R0_EL1) holds off the kick while it does, so that requests for its CPU, like
 * ending its cell, are refused with STATUS_CPU_SILENT until it stops; and one that ends an interrupt
 * of another cell (ICC_EOIR1_EL1, unpredictable by 12.2) makes it inactive early, which its handler,
 * at its running priority, does not see. So only cells whose config says that they are trusted with
 * this have it (JAILHOUSE_UNPROTECTED_DELIVERY).
 */
#include <arch/arch.h>
#include <arch/arm64/gic_hw.h>
#include <base/bits.h>

/* ICC_SGInR_EL1 that sends the kick to one CPU (12.2). */
static u64 kick_value(u64 mpidr)
{
	return gic_map_key(mpidr) | GIC_KICK << 24 | 1U << (mpidr & 15);
}

void gic_kick(const struct cpu *target)
{
	dsb(ishst);	/* what the kick is about */
	if (gic.v2)
		gic_write32(gic.dist, GICD_SGIR_REG, (u32)target->gic.interface << 16 | GIC_KICK);
	else if (gic.split)
		gic_set(ICC_SGI0R, kick_value(target->mpidr));
	else
		gic_set(ICC_SGI1R, kick_value(target->mpidr));
	isb();
}

/* Private ids that are EL2's, idle, with these priorities, groups and enables. */
static void set_reserved(volatile u8 *local, u8 kick, u8 maintenance, u32 groups, u32 enabled)
{
	gic_write32(local, GICD_ICENABLER_REG, gic.reserved);
	gic_write32(local, GICD_ICPENDR_REG, gic.reserved);
	gic_write32(local, GICD_ICACTIVER_REG, gic.reserved);
	port_mmio_write8(local + GICD_IPRIORITYR_REG + GIC_KICK, kick);
	port_mmio_write8(local + GICD_IPRIORITYR_REG + gic.maintenance, maintenance);
	if (gic.split)
		gic_write32(local, GICD_IGROUPR_REG, groups);
	gic_write32(local, GICD_ISENABLER_REG, enabled);
}

void gic_set_pmr(struct cpu *cpu, u64 value)
{
	u8 priority = (u8)value;

	cpu->gic.pmr = priority;
	gic_set(ICC_PMR, priority < GIC_PRIORITY_GUEST ? GIC_PRIORITY_GUEST : priority);
}

static void direct_start(struct cpu *cpu, u64 pmr)
{
	gic_set_pmr(cpu, pmr);
	gic_set(ICH_VMCR, 0);
	gic_set(ICH_HCR, ICH_HCR_TC);
	isb();
}

void gic_cpu_join(struct cpu *cpu)
{
	if (gic.v2)
		cpu->gic.interface = port_mmio_read8(gic.dist + GICD_ITARGETSR_REG);
}

static void set_mode(struct cpu *cpu)
{
	cpu->gic.owner = cpu->base.cell;
	cpu->gic.direct = gic.direct[cpu->base.cell];
}

void gic_cpu_take(struct cpu *cpu)
{
	volatile u8 *local = cpu->gic.local;

	set_mode(cpu);
	cpu->gic.was_enabled = gic_read32(local, GICD_ISENABLER_REG) & gic.reserved;
	cpu->gic.was_kick = port_mmio_read8(local + GICD_IPRIORITYR_REG + GIC_KICK);
	cpu->gic.was_maintenance = port_mmio_read8(local + GICD_IPRIORITYR_REG + gic.maintenance);
	gic_lower(local, 0, ~0U);
	/* before all others; on a shared group only the priority tells */
	set_reserved(local, GIC_PRIORITY_KICK, GIC_PRIORITY_KICK, ~gic.reserved, gic.reserved);
	if (gic.split) {
		cpu->gic.was_group0 = (u8)gic_get(ICC_IGRPEN0);
		gic_set(ICC_BPR0, 0);
		gic_set(ICC_IGRPEN0, 1);
	}
	if (cpu->gic.direct)
		direct_start(cpu, gic_get(ICC_PMR));
	else
		gic_inject_take(cpu);
}

void gic_cpu_give_back(struct cpu *cpu)
{
	set_reserved(cpu->gic.local, cpu->gic.was_kick, cpu->gic.was_maintenance, ~0U,
		     cpu->gic.was_enabled);
	if (gic.split)
		gic_set(ICC_IGRPEN0, cpu->gic.was_group0);
	if (cpu->gic.direct) {
		gic_set(ICH_HCR, 0);
		gic_set(ICC_PMR, cpu->gic.pmr);
		isb();
	} else {
		gic_inject_give_back(cpu);
	}
}

/* Off, with no group 1 priority active, as a guest with direct delivery may have left them. */
static void reset_interface(void)
{
	unsigned bits;

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
	gic_set(ICH_AP0R0, 0);
	gic_set(ICH_AP1R0, 0);
	isb();
}

void gic_cpu_reset(struct cpu *cpu)
{
	cpu->gic.asleep = false;
	if (!cpu->gic.direct)
		gic_inject_stop(cpu);	/* before: it may pend what is private */
	gic_quieten(cpu->gic.local, 0, ~gic.reserved);
	if (!gic.v2)
		reset_interface();
	set_mode(cpu);
	if (cpu->gic.direct)
		direct_start(cpu, 0);
	else
		gic_inject_start();
}

__attribute__((noinline)) void gic_own(struct cpu *self, u32 id)
{
	if (id == GIC_KICK) {
		self->base.stat[STAT_MANAGEMENT]++;
		self->base.kicked = 0;	/* before the work it announces is looked for */
	} else {
		self->base.stat[STAT_MAINTENANCE]++;
		gic_inject_open();
	}
}

/*
 * EL2's own comes before all others, so that there is none while a guest's is acknowledged. With
 * direct delivery the guest's EOImode holds for both groups.
 */
void gic_interrupt(struct cpu *self)
{
	u64 id;

	if ((!self->gic.direct && gic_inject(self)) || !gic.split)
		return;
	id = gic_get(ICC_IAR0);
	if (id >= GIC_FIRST_SPI)
		return;
	gic_own(self, (u32)id);
	gic_set(ICC_EOIR0, id);
	if (gic_get(ICC_CTLR) & ICC_CTLR_EOIMODE)
		gic_set(ICC_DIR, id);
	isb();
}
