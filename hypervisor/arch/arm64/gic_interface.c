/* SPDX-License-Identifier: GPL-2.0 */
/* The CPU interface, in system registers (GICv3) or in memory (GICv2). */
#include <arch/arm64/gic_interface.h>

#define PMR_OPEN	0xff

u32 gic_acknowledge(void)
{
	u32 ack;

	if (gic.v2)
		return gic_read32(gic.interface, GICC_IAR_REG) & ACK_MASK;
	ack = (u32)gic_get(ICC_IAR1);
	isb();		/* before the priority is asked for that it has now */
	return ack;
}

u32 gic_running(void)
{
	return (gic.v2 ? gic_read32(gic.interface, GICC_RPR_REG) : (u32)gic_get(ICC_RPR)) & 0xff;
}

void gic_drop(u32 ack, bool and_deactivate)
{
	if (gic.v2) {
		gic_write32(gic.interface, GICC_EOIR_REG, ack);
		if (and_deactivate)
			gic_write32(gic.interface, GICC_DIR_REG, ack);
	} else {
		gic_set(ICC_EOIR1, ack);
		if (and_deactivate)
			gic_set(ICC_DIR, ack);
	}
}

void gic_set_gates(u32 priority, u32 control)
{
	if (gic.v2) {
		gic_write32(gic.interface, GICC_PMR_REG, priority);
		gic_write32(gic.lists, GICH_HCR_REG, control);
	} else {
		gic_set(ICC_PMR, priority);
		gic_set(ICH_HCR, control);
	}
}

void gic_open(void)
{
	if (gic.v2) {
		gic_write32(gic.interface, GICC_CTLR_REG, gic_read32(gic.interface, GICC_CTLR_REG) |
			    GICC_CTLR_ENABLE | GICC_CTLR_EOIMODE);
	} else {
		gic_set(ICC_CTLR, ICC_CTLR_EOIMODE);
		gic_set(ICC_IGRPEN1, 1);
	}
	gic_set_gates(PMR_OPEN, ICH_HCR_EN);
	isb();
}

void gic_close(void)
{
	gic_set_gates(gic.closed, ICH_HCR_EN | ICH_HCR_UIE);
}

void gic_reopen(void)
{
	u32 control = gic.v2 ? gic_read32(gic.lists, GICH_HCR_REG) : (u32)gic_get(ICH_HCR);

	if (control & ICH_HCR_UIE && gic_lists_free())
		gic_open();
}

void gic_interface_start(u32 vmcr, u32 active)
{
	if (gic.v2) {
		gic_write32(gic.lists, GICH_APR_REG, active);
		gic_write32(gic.lists, GICH_VMCR_REG, vmcr);
	} else {
		gic_set(ICH_AP0R0, 0);
		gic_set(ICH_AP1R0, active);
		gic_set(ICH_VMCR, vmcr);
	}
	gic_open();
}

u32 gic_interface_take(void)
{
	u32 vmcr;

	if (gic.v2) {
		u32 control = gic_read32(gic.interface, GICC_CTLR_REG);

		vmcr = (gic_read32(gic.interface, GICC_PMR_REG) & 0xf8) << VMCR_PMR_SHIFT |
		       (control & (GICC_CTLR_ENABLE | GICC_CTLR_EOIMODE));
		gic_write32(gic.interface, GICC_APR_REG, 0);
	} else {
		vmcr = (u32)(gic_get(ICC_PMR) << VMCR_PMR_SHIFT |
			     gic_get(ICC_BPR1) << VMCR_BPR1_SHIFT |
			     (gic_get(ICC_CTLR) & ICC_CTLR_EOIMODE) << 8 |
			     gic_get(ICC_IGRPEN1) << 1);
		gic_set(ICC_AP1R0, 0);
	}
	return vmcr;
}

void gic_interface_give_back(void)
{
	u32 vmcr = gic.v2 ? gic_read32(gic.lists, GICH_VMCR_REG) : (u32)gic_get(ICH_VMCR);

	if (gic.v2) {
		u32 control = gic_read32(gic.interface, GICC_CTLR_REG) &
			      ~(GICC_CTLR_ENABLE | GICC_CTLR_EOIMODE);

		gic_write32(gic.interface, GICC_CTLR_REG,
			    control | (vmcr & (GICC_CTLR_ENABLE | GICC_CTLR_EOIMODE)));
	} else {
		gic_set(ICC_AP1R0, gic_get(ICH_AP1R0));
		gic_set(ICC_BPR1, VMCR_BPR1(vmcr));
		gic_set(ICC_CTLR, (vmcr & VMCR_EOIMODE) >> 8);
		gic_set(ICC_IGRPEN1, (vmcr & VMCR_GROUP1) >> 1);
	}
	gic_set_gates(VMCR_PMR(vmcr), 0);
	isb();
}
