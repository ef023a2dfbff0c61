/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The trapped registers of the CPU interface (IHI 0069, 12.2; DDI 0487, D23.2.37 for the syndrome).
 */
#include <arch/arch.h>
#include <arch/arm64/gic_hw.h>
#include <base/bits.h>
#include <port/core.h>

/* Op0, Op2, Op1, CRn, CRm as the syndrome has them; here Op0 is 3, Op1 is 0. */
#define ISS(crn, crm, op2)	(3U << 20 | (op2) << 17 | (crn) << 10 | (crm) << 1)
#define ISS_MASK		0x3ffc1eU
#define ISS_SGI1R		ISS(12U, 11U, 5U)

static void send(struct cpu *cpu, u64 value)
{
	unsigned next = 0;
	u16 foreign = 0;
	u64 sgi;

	cpu->base.stat[STAT_VSGI]++;
	dsb(ishst);
	while ((sgi = gic_sgi(&gic.map, cpu->base.cell, cpu->mpidr, value, &next, &foreign)) != 0)
		gic_set(ICC_SGI1R, sgi);
	isb();
	if (foreign)
		core_denied(cpu->base.cell, cpu->base.id, DENIED_IPI, value, 4);
}

/* Only what is active on behalf of the cell: its CPU's private ids, and SPIs it owns. */
static bool owns(const struct cpu *cpu, u64 id)
{
	return id < GIC_FIRST_SPI
		       ? !(gic.reserved >> id & 1)
		       : id < GIC_LIMIT && bitmap_test(gic.views[cpu->base.cell].ids, (unsigned)id);
}

static void write(struct cpu *cpu, u32 reg, u64 value)
{
	switch (reg) {
	case ISS(12U, 11U, 1U):		/* DIR */
		if (owns(cpu, value & 0xffffff) && gic_get(ICC_CTLR) & ICC_CTLR_EOIMODE)
			gic_set(ICC_DIR, value & 0xffffff);
		break;
	case ISS(4U, 6U, 0U):		/* PMR: the kick stays possible */
		cpu->gic.pmr = (u8)value;
		gic_set(ICC_PMR, (u8)value < GIC_PRIORITY_GUEST ? GIC_PRIORITY_GUEST : (u8)value);
		break;
	case ISS(12U, 12U, 4U):		/* CTLR: group 0's binary point stays EL2's own */
		gic_set(ICC_CTLR, value & ICC_CTLR_EOIMODE);
		break;
	}
	isb();
}

static u64 read(const struct cpu *cpu, u32 reg)
{
	switch (reg) {
	case ISS(4U, 6U, 0U):
		return cpu->gic.pmr;
	case ISS(12U, 12U, 4U):
		return gic_get(ICC_CTLR);
	case ISS(12U, 12U, 5U):		/* SRE: there is no other way than system registers */
		return 7;
	default:
		return gic_get(ICC_RPR);
	}
}

bool gic_sysreg(struct cpu *cpu, u64 iss, bool is_write, u64 *value)
{
	u32 reg = (u32)iss & ISS_MASK;

	if (reg == ISS_SGI1R && is_write && !gic.v2) {
		send(cpu, *value);
		return true;
	}
	switch (reg) {
	case ISS(12U, 11U, 6U): /* ASGI1R, SGI0R: group 0 and the secure side are not a guest's */
	case ISS(12U, 11U, 7U):
		return is_write;
	case ISS(12U, 11U, 1U):
	case ISS(4U, 6U, 0U):
	case ISS(12U, 12U, 4U):
	case ISS(12U, 12U, 5U):
	case ISS(12U, 11U, 3U):
		if (!cpu->gic.direct)
			return false;
		if (is_write)
			write(cpu, reg, *value);
		else
			*value = read(cpu, reg);
		return true;
	}
	return false;
}
