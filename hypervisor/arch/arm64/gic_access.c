/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A guest's reads of distributor and redistributors. They need no lock: nothing between decision
 * and access gives way to another CPU.
 */
#include <arch/arch.h>
#include <arch/arm64/gic_hw.h>
#include <base/bits.h>

static u64 read_bits(volatile u8 *at, unsigned width, u64 mask)
{
	if (mask == 0)
		return 0;
	if (width == 4)
		return port_mmio_read32(at) & mask;
	return (width == 8 ? port_mmio_read64(at) : port_mmio_read8(at)) & mask;
}

static __attribute__((noinline)) enum answer dist_read(const struct cpu *cpu, u64 offset,
						       struct access *access)
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
		return gic_dist_write(cpu, (u32)offset, access);
	if (offset != GICD_TYPER_REG || access->width != 4)
		return dist_read(cpu, offset, access);
	access->value = gic.type;
	return ANSWER_DONE;
}

static enum answer redist_read(const struct cpu *cpu, u32 index,
							 u32 offset, struct access *access)
{
	const struct cpu *owner = gic.owners[index];
	bool own = owner && owner->base.cell == cpu->base.cell;
	volatile u8 *at = gic.redists + ((u64)index << gic.redist_shift) + offset;
	u64 mask;

	if ((offset & ~4U) == GICR_TYPER_REG && access->width == 4) {
		access->value = (u32)(gic.redist_types[(at - gic.redists) >> REDIST_UNIT_SHIFT] >>
				      (offset & 4) * 8);
		return ANSWER_DONE;
	}
	access->value = 0;
	mask = gic_redist_read(&gic.private, offset, access->width, own, own && owner->gic.asleep,
			       &access->value);
	access->value |= read_bits(at, access->width, mask);
	return ANSWER_DONE;
}

static __attribute__((noinline)) enum answer redist_access(struct cpu *cpu, u64 offset,
							   struct access *access)
{
	u32 index = (u32)(offset >> gic.redist_shift);
	u32 at = (u32)offset & ((1U << gic.redist_shift) - 1);

	if (index < gic.num_redists)
		return access->write ? gic_local_write(cpu, index, at, access)
				     : redist_read(cpu, index, at, access);
	access->value = 0;
	return ANSWER_DONE;
}

/* The window is not larger than the table of types reaches. */
enum answer gic_redist_access(struct cpu *cpu, u64 offset, struct access *access)
{
	if ((offset & (BIT(REDIST_UNIT_SHIFT) - 1)) != GICR_TYPER_REG || access->width != 8 ||
	    access->write)
		return redist_access(cpu, offset, access);
	access->value = gic.redist_types[offset >> REDIST_UNIT_SHIFT & (REDIST_UNITS - 1)];
	return ANSWER_DONE;
}
