/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How interrupts reach a CPU, from one owner to the next: injected or delivered directly. Where the
 * GICv3 has one security state, group 0 is signalled as FIQ and group 1 as IRQ (IHI 0069, 4.6.2).
 * Group 0 is EL2's own there: the maintenance interrupt, which is the kick, too. HCR_EL2.FMO leads it to EL2
 * and makes the guest's own group 0 registers virtual ones. Elsewhere there is one group for all,
 * and the kick differs by its number alone.
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
#include <arch/arm64/gic_interface.h>
#include <base/string.h>

void gic_set_pmr(struct cpu *cpu, u64 value)
{
	u8 priority = (u8)value;

	cpu->gic.pmr = priority;
	gic_set(ICC_PMR, priority < GIC_PRIORITY_GUEST ? GIC_PRIORITY_GUEST : priority);
}

u64 gic_hcr(const struct cpu *cpu)
{
	return cpu->gic.direct ? 0 : HCR_IMO;
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
	set_mode(cpu);
	gic_kick_take(cpu);
	if (cpu->gic.direct)
		direct_start(cpu, gic_get(ICC_PMR));
	else
		gic_inject_take(cpu);
}

void gic_cpu_give_back(struct cpu *cpu)
{
	gic_kick_give_back(cpu);
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

	gic_set(ICC_SRE, ICC_SRE_ALL);
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
	memset(cpu->gic.senders, 0, sizeof(cpu->gic.senders));
	if (!cpu->gic.direct)
		gic_inject_stop(cpu);	/* before: it may pend what is private */
	gic_quieten(cpu->gic.local, 0, ~gic.reserved);
	if (!gic.v2)
		reset_interface();
	set_mode(cpu);
	if (!gic.v2)
		gic_set(ICC_SRE_EL2, (gic_get(ICC_SRE_EL2) & ~(u64)ICC_SRE_EL1_TOO) |
					     (cpu->base.cell == 0 ? ICC_SRE_EL1_TOO : 0));
	if (cpu->gic.direct)
		direct_start(cpu, 0);
	else
		gic_inject_start();
}

/* Whatever leads here stays pending, so that it can still be led elsewhere. */
void gic_cpu_idle(const struct cpu *cpu)
{
	if (!cpu->gic.direct)
		gic_set_gates(gic.closed, 0);
	isb();
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
	gic_own(self);
	gic_set(ICC_EOIR0, id);
	if (gic_get(ICC_CTLR) & ICC_CTLR_EOIMODE)
		gic_set(ICC_DIR, id);
	isb();
}
