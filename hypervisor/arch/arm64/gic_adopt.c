/* SPDX-License-Identifier: GPL-2.0 */
/* The interrupts that Linux has set up become root's, and Linux's again. */
#include <arch/arm64/gic_hw.h>
#include <base/bits.h>

/* The redistributor of a CPU; its banked registers on a GICv2. */
static bool find_local(struct cpu *cpu)
{
	const u32 affinity = (u32)(cpu->mpidr & 0xffffff) | (u32)(cpu->mpidr >> 32) << 24;

	cpu->gic.local = gic.dist;
	if (gic.v2)
		return true;
	for (u32 i = 0; i < gic.num_redists; i++) {
		u64 at = (u64)i << gic.redist_shift;

		if (gic.redist_types[at >> REDIST_UNIT_SHIFT] >> 32 != affinity)
			continue;
		cpu->gic.local = gic.redists + at + GICR_SGI_FRAME;
		gic.owners[i] = cpu;
		return true;
	}
	return false;
}

/*
 * An interrupt that is on although nobody owns it would come to whoever has its CPU, and nobody could switch
 * it off. Extended SPIs are as many words more; the registers of what is not there read as zero.
 */
static bool any_stray(struct refusal *refusal)
{
	for (u32 word = 1; word < (gic.v2 ? GIC_WORDS : 2 * GIC_WORDS); word++) {
		const bool extended = word >= GIC_WORDS;
		u32 strays = gic_read32(gic.dist, word * 4 + (extended ? GICD_ISENABLERE_REG - GIC_IDS / 8
								       : GICD_ISENABLER_REG));

		strays &= ~gic_spis_in(machine.now.plan, 0, word);
		if (!strays)
			continue;
		refusal->a = word * 32 + (u32)__builtin_ctz(strays) +
			     (extended ? GIC_FIRST_EXTENDED_SPI - GIC_IDS : 0);
		return true;
	}
	return false;
}

/* The same of private ones, in two words behind those that all have. */
static bool any_extended(volatile u8 *local, struct refusal *refusal)
{
	u64 strays = gic.v2 ? 0 : gic_read32(local, GICD_ISENABLER_REG + 4) |
				  (u64)gic_read32(local, GICD_ISENABLER_REG + 8) << 32;

	refusal->a = GIC_FIRST_EXTENDED_PPI + (u32)__builtin_ctzll(strays | BIT(63));
	return strays;
}

/* What a GICv2 has for the kick may be the secure side's, and then reads as zero. */
static bool can_kick(struct refusal *refusal)
{
	gic_write32(gic.dist, GICD_ISENABLER_REG, 1U << GIC_KICK);
	refusal->a = GIC_KICK;
	refusal->b = gic_read32(gic.dist, GICD_ISENABLER_REG);
	gic_write32(gic.dist, GICD_ICENABLER_REG, 1U << GIC_KICK);
	return refusal->b >> GIC_KICK & 1;
}

static enum status find_locals(struct refusal *refusal)
{
	for (u32 id = 0; id < machine.header->max_cpus; id++) {
		struct cpu *cpu = cpu_of(id);

		if (cpu->base.entered && !find_local(cpu)) {
			refusal->a = id;
			refusal->b = machine.system.header->platform_info.arm.gicr_base;
			return STATUS_GIC_REDISTRIBUTOR;
		}
		if (cpu->base.entered && any_extended(cpu->gic.local, refusal))
			return STATUS_GIC_STRAY;
	}
	return OK;
}

/* The distributor as it is, and group 0, which is EL2's own, switched on. */
static void adopt_dist(struct gic_view *root)
{
	u32 control = gic_read32(gic.dist, GICD_CTLR_REG);

	if (gic.split && !(control & GICD_CTLR_GROUP0))
		gic_write32(gic.dist, GICD_CTLR_REG, control | GICD_CTLR_GROUP0);
	gic_assign(machine.now.plan, 0, true);
	root->control = control & (GICD_CTLR_GROUP0 | GICD_CTLR_GROUP1);
	root->on = control & gic_group(root);
}

enum status gic_adopt(struct refusal *refusal)
{
	struct access type = { .width = 4 };
	enum status status;

	gic_cpu_join(cpu_this());
	status = find_locals(refusal);
	if (status != OK)
		return status;
	if (any_stray(refusal))
		return STATUS_GIC_STRAY;
	if (gic.v2 && !can_kick(refusal))
		return STATUS_GIC_KICK;
	gic.private.version = 3;
	gic.private.on = true;
	gic.private.ids[0] = ~gic.reserved;
	adopt_dist(&gic.views[0]);
	gic_dist_access(cpu_this(), GICD_TYPER_REG, &type);
	gic.type = (u32)type.value;
	return OK;
}

/* The distributor holds what root wrote to it; only enables may have been withheld. */
void gic_return(void)
{
	gic_forward(&gic.views[0], true);
}
