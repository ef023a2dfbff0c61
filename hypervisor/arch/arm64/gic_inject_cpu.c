/* SPDX-License-Identifier: GPL-2.0 */
/* Injection on a CPU begins and ends, and what is in its list registers is not lost. */
#include <arch/arm64/gic_interface.h>

#define IDLE_PRIORITY	0xff

/*
 * What Linux has acknowledged it can no longer deactivate: that is done here. A line still high
 * comes again; an SGI of Linux is done with when it has been acknowledged.
 */
void gic_inject_take(struct cpu *cpu)
{
	u32 vmcr, priority = gic_running();

	gic_write32(cpu->gic.local, GICD_ICACTIVER_REG, ~0U);
	vmcr = gic_interface_take();
	for (unsigned n = 0; gic.all_lists >> n; n++)
		gic_list_write(n, 0);
	gic_interface_start(vmcr, priority == IDLE_PRIORITY ? 0 : 1U << (priority >> 3));
}

/*
 * What waits in a list register waits in the hardware again. At a reset the guest will not end what
 * it has begun, and what is disabled need not come back: it may just have been quietened.
 */
static void return_list(struct cpu *cpu, u64 list, bool reset)
{
	u32 id = ACK_ID(list), bit = 1U << id % 32;
	volatile u8 *at = (id < GIC_FIRST_SPI ? cpu->gic.local : gic.dist) + id / 32 * 4;
	bool pending = list & gic.pending;

	if (!gic_owns(cpu, id))
		return;
	if (pending || reset)
		gic_write32(at, GICD_ICACTIVER_REG, bit);
	if (gic.v2 && id < 16)
		port_mmio_write8(gic.dist + GICD_SPENDSGIR_REG + id,
				 (u8)(cpu->gic.senders[id] | (u32)pending << ACK_SENDER(list)));
	else if (pending && !(reset && !(gic_read32(at, GICD_ISENABLER_REG) & bit)))
		gic_write32(at, GICD_ISPENDR_REG, bit);
}

static void return_lists(struct cpu *cpu, bool reset)
{
	u32 empty = gic_lists_free();

	for (unsigned n = 0; gic.all_lists >> n; n++) {
		if (!(empty >> n & 1))
			return_list(cpu, gic_list_read(n), reset);
		gic_list_write(n, 0);
	}
}

void gic_inject_give_back(struct cpu *cpu)
{
	return_lists(cpu, false);
	gic_interface_give_back();
}

void gic_inject_stop(struct cpu *cpu)
{
	return_lists(cpu, true);
}

void gic_inject_start(void)
{
	gic_interface_start(0, 0);
}

bool gic_cpu_empty(const struct cpu *cpu)
{
	return cpu->gic.direct || gic_lists_free() == gic.all_lists;
}

/* Ids that change hands have been quietened: nothing is to be done to them in the hardware. */
void gic_cpu_review(struct cpu *cpu)
{
	if (gic_cpu_empty(cpu))
		return;
	for (unsigned n = 0; gic.all_lists >> n; n++)
		if (cpu->gic.owner != cpu->base.cell || !gic_owns(cpu, ACK_ID(gic_list_read(n))))
			gic_list_write(n, 0);
	isb();
}
