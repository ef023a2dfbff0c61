// SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause)
/* GICv2 (ARM IHI 0048): distributor and CPU interface in memory, eight CPUs by bit. */
#include <gic.h>

#define GICC_CTLR		0x00
#define  GICC_CTLR_ENABLE	1
#define GICC_PMR		0x04
#define GICC_IAR		0x0c
#define GICC_EOIR		0x10
#define GICC_SIZE		0x2000
#define CTLR_ON			1
#define SGIR_TARGET_SHIFT	16
#define MAX_CPUS		8

static u8 *gicd, *gicc;
static struct {
	u32 id;
	u8 mask;
} targets[MAX_CPUS];

/* The bit of this CPU stands in the target register of each interrupt of its own. */
static u8 own_mask(void)
{
	unsigned int irq;
	u8 mask = 0;

	for (irq = 0; irq < FIRST_SPI && !mask; irq++)
		mask = mmio_read8(gicd + GICD_ITARGETSR + irq);
	return mask ? mask : 1;
}

static u8 mask_of(unsigned int cpu_id)
{
	unsigned int i;

	for (i = 0; i < MAX_CPUS; i++)
		if (targets[i].mask && targets[i].id == cpu_id)
			return targets[i].mask;
	return (u8)(1 << (cpu_id & 7));
}

static void gicv2_init(void)
{
	u8 mask;

	gicd = (u8 *)comm_region->gicd_base;
	gicc = (u8 *)comm_region->gicc_base;
	map_range(gicd, PAGE_SIZE, MAP_UNCACHED);
	map_range(gicc, GICC_SIZE, MAP_UNCACHED);
	mmio_write32(gicd + GICD_CTLR, mmio_read32(gicd + GICD_CTLR) | CTLR_ON);
	mask = own_mask();
	targets[__builtin_ctz(mask) % MAX_CPUS].id = cpu_id();
	targets[__builtin_ctz(mask) % MAX_CPUS].mask = mask;
	mmio_write32(gicc + GICC_PMR, GIC_PRIORITY_MASK);
	mmio_write32(gicc + GICC_CTLR, GICC_CTLR_ENABLE);
}

static void gicv2_enable(unsigned int irq)
{
	mmio_write8(gicd + GICD_IPRIORITYR + irq, GIC_PRIORITY);
	if (irq >= FIRST_SPI)
		mmio_write8(gicd + GICD_ITARGETSR + irq, mask_of(cpu_id()));
	mmio_write32(GIC_WORD(gicd, GICD_ISENABLER, irq), GIC_BIT(irq));
}

/* The whole word, as it is needed at the end: it names the CPU that sent an SGI. */
static u32 gicv2_read_ack(void)
{
	return mmio_read32(gicc + GICC_IAR);
}

static void gicv2_write_eoi(u32 ack)
{
	mmio_write32(gicc + GICC_EOIR, ack);
}

static void gicv2_send_sgi(unsigned int cpu_id, unsigned int irq)
{
	mmio_write32(gicd + GICD_SGIR, (u32)mask_of(cpu_id) << SGIR_TARGET_SHIFT | irq);
}

const struct gic gic_v2 = {
	.init = gicv2_init,
	.enable = gicv2_enable,
	.id_mask = 0x3ff,
	.read_ack = gicv2_read_ack,
	.write_eoi = gicv2_write_eoi,
	.send_sgi = gicv2_send_sgi,
};
