/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A guest's accesses to distributor and redistributors: decided by run/gic.h, performed here. Reads
 * need no lock: nothing between decision and access gives way to another CPU. For writes things are
 * looked up under the lock, as ids and CPUs may change hands before it is taken.
 */
#include <arch/arm64/gic_hw.h>
#include <port/core.h>

/* Adds the bits in mask, as a read of the access's width gives them. */
static void read_bits(volatile u8 *at, struct access *access, u64 mask)
{
	u64 value;

	if (mask == 0)
		return;
	if (access->width == 4)
		value = port_mmio_read32(at);
	else
		value = access->width == 8 ? port_mmio_read64(at) : port_mmio_read8(at);
	access->value |= value & mask;
}

static void perform(volatile u8 *registers, const struct gic_view *view, enum gic_act act,
		    const struct gic_write *write)
{
	volatile u8 *at = registers + write->offset;
	u32 value = (u32)write->value;

	if (act == GIC_SWITCH)
		gic_forward(view, view->on);
	else if (act == GIC_WRITE && write->offset >= GICD_IROUTER_REG)
		port_mmio_write64(at, write->value);
	else if (act == GIC_WRITE)
		port_mmio_write32(at, value);
	else if (act == GIC_MERGE)
		port_mmio_write32(at, (port_mmio_read32(at) & ~(u32)write->mask) | value);
	else if (act == GIC_BYTES)
		for (u32 mask = (u32)write->mask; mask; mask >>= 8, value >>= 8, at++)
			if (mask & 0xff)
				port_mmio_write8(at, (u8)value);
}

/* A write to the distributor, or to the redistributor of owner, NULL: of no CPU. */
static void locked_write(struct cpu *cpu, u32 offset, const struct access *access, bool dist,
			 struct cpu *owner)
{
	struct gic_view *view = dist ? gic_view_of(cpu->base.cell) : &gic.private;
	struct gic_write write = { .offset = offset, .value = access->value };

	cpu_lock(cpu, &machine.device_lock);
	/* the cell may have lost the CPU meanwhile */
	if (owner && cpu->base.mode == CPU_RUNS && owner->base.cell == cpu->base.cell)
		perform(dist ? gic.dist : owner->gic.local, view,
			dist ? gic_write(view, &write, access->width, cpu->gic.interface)
			     : gic_redist_write(view, &write, access->width, &owner->gic.asleep),
			&write);
	cpu_unlock(&machine.device_lock);
	if (write.foreign)	/* as ICC_SGI1R_EL1 would say it */
		core_denied(cpu->base.cell, cpu->base.id, DENIED_IPI,
			    (access->value & 15) << 24 | write.foreign, 4);
}

enum answer gic_dist_access(struct cpu *cpu, u64 offset, struct access *access)
{
	u64 mask;

	if (access->write) {
		locked_write(cpu, (u32)offset, access, true, cpu);
		return ANSWER_DONE;
	}
	access->value = 0;
	mask = gic_read(gic_view_of(cpu->base.cell), (u32)offset, access->width, &access->value);
	read_bits(gic.dist + offset, access, mask);
	return ANSWER_DONE;
}

static void redist_read(const struct cpu *cpu, const struct cpu *owner, u64 at, u32 offset,
			struct access *access)
{
	const bool *asleep = owner && owner->base.cell == cpu->base.cell ? &owner->gic.asleep : NULL;
	u64 mask;

	access->value = 0;
	if ((offset & ~4U) == GICR_TYPER_REG && access->width >= 4) {
		mask = gic.redist_types[at >> REDIST_UNIT_SHIFT] >> (offset & 4) * 8;
		access->value = access->width == 4 ? (u32)mask : mask;
		return;
	}
	mask = gic_redist_read(&gic.private, offset, access->width, asleep, &access->value);
	read_bits(gic.redists + at, access, mask);
}

enum answer gic_redist_access(struct cpu *cpu, u64 offset, struct access *access)
{
	u32 index = (u32)(offset >> gic.redist_shift);
	u32 at = (u32)offset & ((1U << gic.redist_shift) - 1);

	if (index >= gic.num_redists)
		access->value = 0;
	else if (access->write)
		locked_write(cpu, at, access, false, gic.owners[index]);
	else
		redist_read(cpu, gic.owners[index], offset, at, access);
	return ANSWER_DONE;
}
