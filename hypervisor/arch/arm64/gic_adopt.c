/* SPDX-License-Identifier: GPL-2.0 */
/* The interrupts that Linux has set up become root's, and Linux's again. */
#include <arch/arm64/gic_hw.h>

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

static enum status find_locals(struct refusal *refusal)
{
	for (u32 id = 0; id < machine.header->max_cpus; id++)
		if (cpu_of(id)->base.entered && !find_local(cpu_of(id))) {
			refusal->a = id;
			refusal->b = machine.system.header->platform_info.arm.gicr_base;
			return STATUS_GIC_REDISTRIBUTOR;
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
