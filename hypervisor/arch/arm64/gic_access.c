/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A guest's accesses to distributor and redistributors. Reads need no lock: nothing between decision
 * and access gives way to another CPU. Writes look things up under it, as ids may change hands meanwhile.
 */
#include <arch/arch.h>
#include <arch/arm64/gic_hw.h>
#include <base/bits.h>

static u64 perform_read(volatile u8 *registers, u32 offset, unsigned width, struct gic_answer answer)
{
	volatile u8 *at = registers + offset;

	if (answer.mask == 0)
		return answer.value;
	if (width == 4)
		return (port_mmio_read32(at) & answer.mask) | answer.value;
	return (width == 8 ? port_mmio_read64(at) : port_mmio_read8(at)) & answer.mask;
}

/* SPIs of the cell are forwarded, or not, as it has asked for. */
static void switch_cell(const struct gic_view *view)
{
	u32 offset = view->on ? GICD_ISENABLER_REG : GICD_ICENABLER_REG;

	for (unsigned word = 1; word < GIC_WORDS; word++)
		if (view->enabled[word])
			gic_write32(gic.dist, offset + word * 4, view->enabled[word]);
}

static void perform_write(volatile u8 *registers, const struct gic_view *view,
			  const struct gic_decision *decision)
{
	volatile u8 *at = registers + decision->offset;
	u32 value = (u32)decision->value;

	switch (decision->act) {
	case GIC_NOTHING:
		break;
	case GIC_WRITE:
		if (decision->offset >= GICD_IROUTER_REG)
			port_mmio_write64(at, decision->value);
		else
			port_mmio_write32(at, value);
		break;
	case GIC_MERGE:
		port_mmio_write32(at, (port_mmio_read32(at) & ~(u32)decision->mask) | value);
		break;
	case GIC_BYTES:
		for (unsigned byte = 0; byte < 4; byte++)
			if (decision->mask >> 8 * byte & 0xff)
				port_mmio_write8(at + byte, (u8)(value >> 8 * byte));
		break;
	case GIC_SWITCH:
		switch_cell(view);
	}
}

enum answer gic_dist_access(struct cpu *cpu, u64 offset, struct access *access)
{
	struct gic_view *view = &gic.views[cpu->base.cell];
	struct gic_decision decision;

	if (!access->write) {
		access->value = perform_read(gic.dist, (u32)offset, access->width,
					     gic_read(view, (u32)offset, access->width));
		return ANSWER_DONE;
	}
	cpu_lock(cpu, &machine.device_lock);
	if (!arch_cpu_halted(cpu)) {	/* the cell may have lost the CPU meanwhile */
		decision = gic_write(view, (u32)offset, access->width, access->value, cpu->gic.interface);
		perform_write(gic.dist, view, &decision);
	}
	cpu_unlock(&machine.device_lock);
	return ANSWER_DONE;
}

static void redist_write(struct cpu *cpu, volatile u8 *redist, struct cpu *owner, u32 offset,
			 const struct access *access)
{
	struct gic_decision decision;

	cpu_lock(cpu, &machine.device_lock);
	if (owner && !arch_cpu_halted(cpu) && owner->base.cell == cpu->base.cell) {
		decision = gic_redist_write(&gic.private, offset, access->width, (u32)access->value,
					    &owner->gic.asleep);
		perform_write(redist + GICR_SGI_FRAME, &gic.private, &decision);
	}
	cpu_unlock(&machine.device_lock);
}

enum answer gic_redist_access(struct cpu *cpu, u64 offset, struct access *access)
{
	u32 index = (u32)(offset >> gic.redist_shift), at = (u32)(offset & (BIT(gic.redist_shift) - 1));
	volatile u8 *redist = gic.redists + offset - at;
	struct cpu *owner;
	bool own;

	access->value = access->write ? access->value : 0;
	if (index >= gic.num_redists)
		return ANSWER_DONE;
	owner = gic.owners[index];
	if (access->write) {
		redist_write(cpu, redist, owner, at, access);
		return ANSWER_DONE;
	}
	own = owner && owner->base.cell == cpu->base.cell;
	access->value = perform_read(redist, at, access->width,
				     gic_redist_read(&gic.private, at, access->width, own,
						     own && owner->gic.asleep));
	return ANSWER_DONE;
}
