/* SPDX-License-Identifier: GPL-2.0 */
/* What is EL2's own on every CPU: the kick, and the maintenance interrupt of list registers. */
#include <arch/arm64/gic_interface.h>

/*
 * On a GICv2 only an SGI reaches another CPU. From a GICv3 on the maintenance interrupt of that CPU is made
 * pending: firmware often keeps SGIs 8 to 15 for the secure side, and Linux uses all others.
 */
void gic_kick(const struct cpu *target)
{
	dsb(ishst);	/* what the kick is about */
	if (gic.v2)
		gic_write32(gic.dist, GICD_SGIR_REG, (u32)target->gic.interface << 16 | GIC_KICK);
	else
		gic_write32(target->gic.local, GICD_ISPENDR_REG, 1U << gic.maintenance);
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

/* Linux's settings of what becomes EL2's. */
static void remember(struct cpu *cpu)
{
	volatile u8 *local = cpu->gic.local;

	cpu->gic.was_enabled = gic_read32(local, GICD_ISENABLER_REG) & gic.reserved;
	cpu->gic.was_kick = port_mmio_read8(local + GICD_IPRIORITYR_REG + GIC_KICK);
	cpu->gic.was_maintenance = port_mmio_read8(local + GICD_IPRIORITYR_REG + gic.maintenance);
}

/* Before all others; on a shared group only the priority tells. */
void gic_kick_take(struct cpu *cpu)
{
	volatile u8 *local = cpu->gic.local;

	remember(cpu);
	gic_lower(local, 0, ~0U);
	set_reserved(local, GIC_PRIORITY_KICK, GIC_PRIORITY_KICK, ~gic.reserved, gic.reserved);
	if (gic.split) {
		cpu->gic.was_group0 = (u8)gic_get(ICC_IGRPEN0);
		gic_set(ICC_BPR0, 0);
		gic_set(ICC_IGRPEN0, 1);
	}
}

void gic_kick_give_back(struct cpu *cpu)
{
	set_reserved(cpu->gic.local, cpu->gic.was_kick, cpu->gic.was_maintenance, ~0U,
		     cpu->gic.was_enabled);
	if (gic.split)
		gic_set(ICC_IGRPEN0, cpu->gic.was_group0);
}

__attribute__((noinline)) void gic_own(struct cpu *self)
{
	self->base.stat[self->base.kicked ? STAT_MANAGEMENT : STAT_MAINTENANCE]++;
	self->base.kicked = 0;	/* before the work it announces is looked for */
	if (gic.v2)
		gic_next_senders(self);
	gic_reopen();
}
