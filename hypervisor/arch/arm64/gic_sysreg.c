/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The trapped registers of the CPU interface (IHI 0069, 12.2; DDI 0487, D23.2.37 for the syndrome).
 */
#include <arch/arm64/gic_interface.h>
#include <port/core.h>

/*
 * Op0, Op2, Op1, CRn, CRm as the syndrome has them. Where Op0 is 3 and Op1 is 0, a register is named
 * by CRn, CRm and Op2, a hexadecimal digit each.
 */
#define ISS_OP0_OP1	0x31c000U
#define ISS_OP0_3	0x300000U
#define ISS_NAME(iss)	(((iss) >> 10 & 15) << 8 | ((iss) >> 1 & 15) << 4 | ((iss) >> 17 & 7))
#define NAME_PMR	0x460
#define NAME_DIR	0xcb1
#define NAME_RPR	0xcb3
#define NAME_SGI1R	0xcb5
#define NAME_ASGI1R	0xcb6
#define NAME_SGI0R	0xcb7
#define NAME_CTLR	0xcc4
#define NAME_SRE	0xcc5

static void send(struct cpu *cpu, u64 value)
{
	unsigned next = 0;
	u32 foreign = 0;
	u64 sgi;

	cpu->base.stat[STAT_VSGI]++;
	dsb(ishst);
	while ((sgi = gic_sgi(&gic.map, cpu->base.cell, cpu->mpidr, value, &next, &foreign)) != 0)
		gic_set(ICC_SGI1R, sgi);
	isb();
	if (foreign)
		core_denied(cpu->base.cell, cpu->base.id, DENIED_IPI, value, 4);
}

/* Registers that both groups share; they are trapped with direct delivery. */
static bool write(struct cpu *cpu, u32 name, u64 value)
{
	switch (name) {
	case NAME_DIR:		/* only what is active on behalf of the cell */
		if (gic_owns(cpu, value & 0xffffff) && gic_get(ICC_CTLR) & ICC_CTLR_EOIMODE)
			gic_set(ICC_DIR, value & 0xffffff);
		break;
	case NAME_PMR:		/* the kick stays possible */
		gic_set_pmr(cpu, value);
		break;
	case NAME_CTLR:		/* group 0's binary point stays EL2's own */
		gic_set(ICC_CTLR, value & ICC_CTLR_EOIMODE);
		break;
	default:
		return name == NAME_RPR;
	}
	isb();
	return true;
}

static bool read(const struct cpu *cpu, u32 name, u64 *value)
{
	switch (name) {
	case NAME_PMR:
		*value = cpu->gic.pmr;
		return true;
	case NAME_CTLR:
		*value = gic_get(ICC_CTLR);
		return true;
	case NAME_RPR: case NAME_DIR:
		*value = gic_get(ICC_RPR);
		return true;
	}
	return false;
}

bool gic_sysreg(struct cpu *cpu, u64 iss, bool is_write, u64 *value)
{
	u32 name = ISS_NAME((u32)iss);

	if ((iss & ISS_OP0_OP1) != ISS_OP0_3)
		return false;
	if (name == NAME_SGI1R && is_write && !gic.v2) {
		send(cpu, *value);
		return true;
	}
	if (name == NAME_SRE) {		/* there is no other way than system registers */
		*value = ICC_SRE_ALL;
		return true;
	}
	/* Group 0 and the secure side are not a guest's. */
	if (name == NAME_ASGI1R || name == NAME_SGI0R)
		return is_write;
	if (!cpu->gic.direct)
		return false;
	return is_write ? write(cpu, name, *value) : read(cpu, name, value);
}
