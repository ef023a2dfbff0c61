/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A guest's writes to distributor and redistributors. Things are looked up under the lock, as ids
 * and CPUs may change hands before it is taken.
 */
#include <arch/arch.h>
#include <arch/arm64/gic_hw.h>

/* SPIs of the cell are forwarded, or not, as it has asked for. */
static void switch_cell(const struct gic_view *view)
{
	u32 offset = view->on ? GICD_ISENABLER_REG : GICD_ICENABLER_REG;

	for (unsigned word = 1; word < GIC_WORDS; word++)
		if (view->enabled[word])
			gic_write32(gic.dist, offset + word * 4, view->enabled[word]);
}

static void perform(volatile u8 *registers, const struct gic_view *view, enum gic_act act,
		    const struct gic_write *write)
{
	volatile u8 *at = registers + write->offset;
	u32 value = (u32)write->value;

	if (act == GIC_SWITCH)
		switch_cell(view);
	else if (act == GIC_WRITE && write->offset >= GICD_IROUTER_REG)
		port_mmio_write64(at, write->value);
	else if (act == GIC_WRITE)
		port_mmio_write32(at, value);
	else if (act == GIC_MERGE)
		port_mmio_write32(at, (port_mmio_read32(at) & ~(u32)write->mask) | value);
	for (unsigned byte = 0; act == GIC_BYTES && byte < 4; byte++)
		if (write->mask >> 8 * byte & 0xff)
			port_mmio_write8(at + byte, (u8)(value >> 8 * byte));
}

enum answer gic_dist_write(struct cpu *cpu, u32 offset, const struct access *access)
{
	struct gic_view *view = &gic.views[cpu->base.cell];
	struct gic_write write = { .offset = offset, .value = access->value };

	cpu_lock(cpu, &machine.device_lock);
	if (cpu->base.mode == CPU_RUNS)	/* the cell may have lost the CPU meanwhile */
		perform(gic.dist, view, gic_write(view, &write, access->width, cpu->gic.interface),
			&write);
	cpu_unlock(&machine.device_lock);
	return ANSWER_DONE;
}

enum answer gic_local_write(struct cpu *cpu, u32 index, u32 offset, const struct access *access)
{
	struct gic_write write = { .offset = offset, .value = access->value };
	struct cpu *owner = gic.owners[index];

	cpu_lock(cpu, &machine.device_lock);
	if (owner && cpu->base.mode == CPU_RUNS && owner->base.cell == cpu->base.cell)
		perform(owner->gic.local, &gic.private,
			gic_redist_write(&gic.private, &write, access->width, &owner->gic.asleep),
			&write);
	cpu_unlock(&machine.device_lock);
	return ANSWER_DONE;
}
