// SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause)
/*
 * GICv3 (ARM IHI 0069): distributor, one redistributor per CPU, CPU interface in system registers.
 */
#include <gic.h>

#define SRE_ENABLE		1

#define FRAME_SIZE		0x20000
#define GICD_SIZE		0x10000
#define CTLR_ON			0x12	/* group 1, with affinity routing */
#define WAKE_TRIES		100000

u8 *gicv3_next(u8 *redistributor)
{
	u8 *at = redistributor;
	u64 typer;

	if (!at) {
		at = (u8 *)comm_region->gicr_base;
	} else {
		typer = mmio_read64(at + GICR_TYPER);
		if (typer & GICR_TYPER_LAST)
			return NULL;
		at += typer & GICR_TYPER_VLPIS ? 2 * FRAME_SIZE : FRAME_SIZE;
	}
	map_range(at, FRAME_SIZE, MAP_UNCACHED);
	return at;
}

u32 gicv3_affinity(u8 *redistributor)
{
	return (u32)(mmio_read64(redistributor + GICR_TYPER) >> 32);
}

u8 *gicv3_redistributor(unsigned int cpu_id)
{
	u8 *at = gicv3_next(NULL);

	while (at && gicv3_affinity(at) != cpu_id)
		at = gicv3_next(at);
	return at;
}

static void wake(u8 *redistributor)
{
	u32 waker = mmio_read32(redistributor + GICR_WAKER);
	unsigned int tries;

	if (!(waker & GICR_WAKER_ASLEEP))
		return;
	mmio_write32(redistributor + GICR_WAKER, waker & ~GICR_WAKER_SLEEP);
	for (tries = 0; tries < WAKE_TRIES; tries++)
		if (!(mmio_read32(redistributor + GICR_WAKER) & GICR_WAKER_ASLEEP))
			return;
	printk("gic: the redistributor of CPU %u does not wake\n", cpu_id());
}

static void gicv3_init(void)
{
	u8 *redistributor = gicv3_redistributor(cpu_id()), *gicd = (u8 *)comm_region->gicd_base;

	if (!redistributor) {
		printk("gic: CPU %u has no redistributor\n", cpu_id());
		stop();
	}
	map_range(gicd, GICD_SIZE, MAP_UNCACHED);
	mmio_write32(gicd + GICD_CTLR, mmio_read32(gicd + GICD_CTLR) | CTLR_ON);
	wake(redistributor);
	write_sysreg(icc_sre_el1, SRE_ENABLE);
	isb();
	write_sysreg(icc_pmr_el1, GIC_PRIORITY_MASK);
	write_sysreg(icc_ctlr_el1, 0);
	write_sysreg(icc_igrpen1_el1, 1);
	isb();
}

static void gicv3_enable(unsigned int irq)
{
	u8 *base = (u8 *)comm_region->gicd_base, *group;

	if (irq < FIRST_SPI)
		base = gicv3_redistributor(cpu_id()) + GICR_SGI_FRAME;
	else
		mmio_write64(base + GICD_IROUTER + 8 * irq, cpu_id());
	group = GIC_WORD(base, GICD_IGROUPR, irq);
	mmio_write32(group, mmio_read32(group) | GIC_BIT(irq));
	mmio_write8(base + GICD_IPRIORITYR + irq, GIC_PRIORITY);
	mmio_write32(GIC_WORD(base, GICD_ISENABLER, irq), GIC_BIT(irq));
}

static u32 gicv3_read_ack(void)
{
	u32 irq = (u32)read_sysreg(icc_iar1_el1);

	asm volatile("dsb sy" : : : "memory");
	return irq;
}

static void gicv3_write_eoi(u32 irq)
{
	write_sysreg(icc_eoir1_el1, irq);
	isb();
}

static void gicv3_send_sgi(unsigned int cpu_id, unsigned int irq)
{
	u64 value = (u64)(cpu_id >> 16 & 0xff) << 32 | (u64)irq << 24 | (cpu_id >> 8 & 0xff) << 16 |
		    1U << (cpu_id & 0xf);

	write_sysreg(icc_sgi1r_el1, value | (u64)(cpu_id >> 4 & 0xf) << 44);
	isb();
}

const struct gic gic_v3 = {
	.init = gicv3_init,
	.enable = gicv3_enable,
	.id_mask = 0xffffff,
	.read_ack = gicv3_read_ack,
	.write_eoi = gicv3_write_eoi,
	.send_sgi = gicv3_send_sgi,
};
