/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A guest's accesses to distributor and redistributors. Reads need no lock: nothing between decision
 * and access gives way to another CPU. Writes look things up under it, as ids may change hands meanwhile.
 */
#include <arch/arch.h>
#include <arch/arm64/gic_hw.h>

static u64 read_bits(volatile u8 *at, unsigned width, u64 mask)
{
	if (mask == 0)
		return 0;
	if (width == 4)
		return port_mmio_read32(at) & mask;
	return (width == 8 ? port_mmio_read64(at) : port_mmio_read8(at)) & mask;
}

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

static __attribute__((noinline)) enum answer dist_write(struct cpu *cpu, u32 offset, const struct access *access)
{
	struct gic_view *view = &gic.views[cpu->base.cell];
	struct gic_write write = { .offset = offset, .value = access->value };

	cpu_lock(cpu, &machine.device_lock);
	if (cpu->base.mode == CPU_RUNS)	/* the cell may have lost the CPU meanwhile */
		perform(gic.dist, view, gic_write(view, &write, access->width, cpu->gic.interface), &write);
	cpu_unlock(&machine.device_lock);
	return ANSWER_DONE;
}

static __attribute__((noinline)) enum answer dist_read(const struct cpu *cpu, u64 offset, struct access *access)
{
	u64 mask;

	access->value = 0;
	mask = gic_read(&gic.views[cpu->base.cell], (u32)offset, access->width, &access->value);
	access->value |= read_bits(gic.dist + offset, access->width, mask);
	return ANSWER_DONE;
}

enum answer gic_dist_access(struct cpu *cpu, u64 offset, struct access *access)
{
	if (access->write)
		return dist_write(cpu, (u32)offset, access);
	if (offset != GICD_TYPER_REG || access->width != 4)
		return dist_read(cpu, offset, access);
	access->value = gic.type;
	return ANSWER_DONE;
}

static __attribute__((noinline)) enum answer redist_write(struct cpu *cpu, u32 index, u32 offset, const struct access *access)
{
	struct gic_write write = { .offset = offset, .value = access->value };
	struct cpu *owner = gic.owners[index];

	cpu_lock(cpu, &machine.device_lock);
	if (owner && cpu->base.mode == CPU_RUNS && owner->base.cell == cpu->base.cell)
		perform(owner->gic.local, &gic.private,
			gic_redist_write(&gic.private, &write, access->width, &owner->gic.asleep), &write);
	cpu_unlock(&machine.device_lock);
	return ANSWER_DONE;
}

static __attribute__((noinline)) enum answer redist_read(const struct cpu *cpu, u32 index, u32 offset,
							 struct access *access)
{
	const struct cpu *owner = gic.owners[index];
	bool own = owner && owner->base.cell == cpu->base.cell;
	volatile u8 *at = gic.redists + ((u64)index << gic.redist_shift) + offset;
	u64 mask;

	access->value = 0;
	mask = gic_redist_read(&gic.private, offset, access->width, own, own && owner->gic.asleep,
			       &access->value);
	access->value |= read_bits(at, access->width, mask);
	return ANSWER_DONE;
}

enum answer gic_redist_access(struct cpu *cpu, u64 offset, struct access *access)
{
	u32 index = (u32)(offset >> gic.redist_shift), at = (u32)offset & ((1U << gic.redist_shift) - 1);

	if (index >= gic.num_redists) {
		access->value = 0;
		return ANSWER_DONE;
	}
	if (access->write)
		return redist_write(cpu, index, at, access);
	if (at != GICR_TYPER_REG || access->width != 8)
		return redist_read(cpu, index, at, access);
	access->value = gic.redist_types[index];
	return ANSWER_DONE;
}
