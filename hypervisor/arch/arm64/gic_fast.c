/* SPDX-License-Identifier: GPL-2.0 */
/* What is constant in distributor and redistributors and often read is answered at once. */
#include <arch/arm64/gic_hw.h>
#include <base/bits.h>

enum answer gic_dist_fast(struct cpu *cpu, u64 offset, struct access *access)
{
	if (offset != GICD_TYPER_REG || access->width != 4 || access->write)
		return gic_dist_access(cpu, offset, access);
	access->value = gic.type;
	return ANSWER_DONE;
}

/* The window is not larger than the table of types reaches. */
enum answer gic_redist_fast(struct cpu *cpu, u64 offset, struct access *access)
{
	if ((offset & (BIT(REDIST_UNIT_SHIFT) - 1)) != GICR_TYPER_REG || access->width != 8 ||
	    access->write)
		return gic_redist_access(cpu, offset, access);
	access->value = gic.redist_types[offset >> REDIST_UNIT_SHIFT & (REDIST_UNITS - 1)];
	return ANSWER_DONE;
}
