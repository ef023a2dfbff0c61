/* SPDX-License-Identifier: GPL-2.0 */
/* Which interrupt controller the machine has: mapped, identified, or refused. */
#include <arch/arch.h>
#include <arch/arm64/gic_interface.h>

#define DIST_SIZE	0x10000
#define V2_SIZE		0x2000
#define PIDR2_VERSION(v) ((v) >> 4 & 15)

struct gic gic;

static enum status map(u64 phys, u64 size, volatile u8 **registers)
{
	*registers = arch_map_device(phys, size);
	return *registers ? OK : STATUS_NO_MEMORY;
}

/* A GICv2 has one page, so that there is nothing at the place where a GICv3 says what it is. */
static enum status probe_dist(struct refusal *refusal)
{
	u64 base = machine.system.header->platform_info.arm.gicd_base;
	enum status status = map(base, gic.v2 ? PAGE_SIZE : DIST_SIZE, &gic.dist);
	u32 found;

	if (status != OK)
		return status;
	found = PIDR2_VERSION(gic_read32(gic.dist, gic.v2 ? GICV2_PIDR2_REG : GICD_PIDR2_REG));
	refusal->a = base;
	refusal->b = found;
	return (gic.v2 ? found == 2 : found == 3 || found == 4) ? OK : STATUS_GIC_FOUND;
}

static enum status probe_v2(void)
{
	const struct jailhouse_system *system = machine.system.header;
	enum status status = map(system->platform_info.arm.gicc_base, V2_SIZE, &gic.interface);

	if (status == OK)
		status = map(system->platform_info.arm.gich_base, V2_SIZE, &gic.lists);
	return status;
}

/* Each redistributor is as long as the config says, which also tells who gets what lies around it. */
static enum status probe_redists(struct refusal *refusal)
{
	const struct jailhouse_system *system = machine.system.header;
	const u32 max = machine.header->max_cpus, wide = system->platform_info.arm.gic_version == 4;
	enum status status;
	u64 typer;
	u32 n = 0;

	gic.redist_shift = (u8)(REDIST_UNIT_SHIFT + wide);
	status = map(system->platform_info.arm.gicr_base, (u64)max << gic.redist_shift, &gic.redists);
	if (status != OK)
		return status;
	do {
		volatile u8 *redist = gic.redists + ((u64)n << gic.redist_shift);

		typer = port_mmio_read64(redist + GICR_TYPER_REG);
		if (wide != !!(typer & GICR_TYPER_VLPIS)) {
			refusal->a = system->platform_info.arm.gicr_base;
			refusal->b = 4 - wide;
			return STATUS_GIC_FOUND;
		}
		refusal->a = n;
		if (gic_read32(redist, GICR_CTLR_REG) & GICR_CTLR_LPIS)
			return STATUS_GIC_LPIS;
		if (n + 1 == max)
			typer |= GICR_TYPER_LAST;	/* of those a cell can use */
		gic.redist_types[n++ << wide] = gic_redist_type(typer);
	} while (!(typer & GICR_TYPER_LAST));
	gic.num_redists = n;
	return OK;
}

/*
 * With two security states our priorities are in the lower half of all: p is p / 2 + 0x80 to the CPU interface.
 * Its mask is ours, too, and counts like that itself, only if the secure side takes its interrupts at EL3
 * (4.8.1 of IHI 0069, SCR_EL3.FIQ); else its lowest implemented bit can be set.
 */
static u8 closed_mask(void)
{
	const u64 mask = gic_get(ICC_PMR), lowest = 0x100U >> ICC_CTLR_PRIBITS(gic_get(ICC_CTLR));
	u64 raw;

	gic_set(ICC_PMR, lowest);
	raw = gic_get(ICC_PMR);
	gic_set(ICC_PMR, mask);
	return raw ? GIC_PRIORITY_GUEST / 2 + 0x80 : GIC_PRIORITY_GUEST;
}

static enum status probe_v3(struct refusal *refusal)
{
	u32 control = gic_read32(gic.dist, GICD_CTLR_REG);

	gic.split = control & GICD_CTLR_DS;
	if (!gic.split)
		gic.closed = closed_mask();
	refusal->b = control;
	return control & GICD_CTLR_ARE ? probe_redists(refusal) : STATUS_GIC_AFFINITY;
}

enum status gic_probe(struct refusal *refusal)
{
	const struct jailhouse_system *system = machine.system.header;
	enum status status;

	gic.v2 = system->platform_info.arm.gic_version == 2;
	gic.maintenance = system->platform_info.arm.maintenance_irq % 32;
	gic.closed = GIC_PRIORITY_GUEST;
	status = probe_dist(refusal);
	if (status == OK)
		status = gic.v2 ? probe_v2() : probe_v3(refusal);
	if (status != OK)
		return status;
	gic.all_lists = gic_lists_probe();
	gic.reserved = 1U << GIC_KICK | 1U << gic.maintenance;
	return OK;
}
