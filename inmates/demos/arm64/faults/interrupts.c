// SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause)
/*
 * Interrupts of somebody else: irq= (default 33, root's UART on the test machine), and another CPU's
 * part of the interrupt controller: cpu= (default 0).
 */
#include <gic.h>
#include "parts.h"

#define GICD_SGIR_OTHERS	(1U << 24)
#define SGI1R_ALL	(1ULL << 40)
#define SGI1R_IRQ_SHIFT	24

static u8 *gicd(void)
{
	map_range((void *)comm_region->gicd_base, 0x10000, MAP_UNCACHED);
	return (u8 *)comm_region->gicd_base;
}

static unsigned int get_irq(void)
{
	return (unsigned int)cmdline_parse_int("irq", 33);
}

static void spi_enable(void)
{
	u8 *at = GIC_WORD(gicd(), GICD_ISENABLER, get_irq());

	mmio_write32(at, GIC_BIT(get_irq()));
	printk("faults: enabled 0x%x\n", mmio_read32(at) & GIC_BIT(get_irq()));
}

static void spi_pend(void)
{
	u8 *at = GIC_WORD(gicd(), GICD_ISPENDR, get_irq());

	mmio_write32(at, GIC_BIT(get_irq()));
	printk("faults: pending 0x%x\n", mmio_read32(at) & GIC_BIT(get_irq()));
}

static void spi_disable(void)
{
	mmio_write32(GIC_WORD(gicd(), GICD_ICENABLER, get_irq()), GIC_BIT(get_irq()));
}

/* Edge-triggered, which root's lines are not. */
static void spi_config(void)
{
	u8 *at = gicd() + GICD_ICFGR + get_irq() / 16 * 4;

	mmio_write32(at, ~0U);
	printk("faults: configuration 0x%x\n", mmio_read32(at) & 3U << get_irq() % 16 * 2);
}

static void spi_priority(void)
{
	mmio_write8(gicd() + GICD_IPRIORITYR + get_irq(), (u8)value);
	printk("faults: priority 0x%x\n", mmio_read8(gicd() + GICD_IPRIORITYR + get_irq()));
}

/* With irq= of the cell and cpu= of another one: its interrupt would go there. */
static void spi_route(void)
{
	if (comm_region->gic_version == 2)
		mmio_write8(gicd() + GICD_ITARGETSR + get_irq(), (u8)(1U << get_cpu()));
	else
		mmio_write64(gicd() + GICD_IROUTER + 8 * get_irq(), get_cpu());
}

static void gicd_off(void)
{
	mmio_write32(gicd() + GICD_CTLR, 0);
	printk("faults: control 0x%x\n", mmio_read32(gicd() + GICD_CTLR));
}

static void gicr_foreign(void)
{
	u8 *gicr = gicv3_redistributor(get_cpu());

	if (!gicr) {
		printk("faults: CPU %u has no redistributor\n", get_cpu());
		return;
	}
	mmio_write32(gicr + GICR_SGI_FRAME + GICD_ICENABLER, ~0U);
	mmio_write32(gicr + GICR_SGI_FRAME + GICD_ISENABLER, GIC_BIT(TIMER_IRQ));
	mmio_write32(gicr + GICR_SGI_FRAME + GICD_ISPENDR, GIC_BIT(TIMER_IRQ));
	mmio_write32(gicr + GICR_WAKER, GICR_WAKER_SLEEP);
	printk("faults: enabled 0x%x\n", mmio_read32(gicr + GICR_SGI_FRAME + GICD_ISENABLER));
}

static void sgi_all(void)
{
	if (comm_region->gic_version == 2) {
		mmio_write32(gicd() + GICD_SGIR, GICD_SGIR_OTHERS | IPI_IRQ);
		return;
	}
	write_sysreg(icc_sgi1r_el1, SGI1R_ALL | IPI_IRQ << SGI1R_IRQ_SHIFT);
	isb();
}

/* Deactivated by a CPU that does not own it. */
static void dir_foreign(void)
{
	write_sysreg(icc_ctlr_el1, 2);
	write_sysreg(icc_dir_el1, get_irq());
	isb();
}

/* Of a group that no guest has. */
static void sgi_group0(void)
{
	write_sysreg(icc_sgi0r_el1, (u64)(get_irq() & 15) << SGI1R_IRQ_SHIFT | 1U << (get_cpu() & 15));
	isb();
}

static void group0_on(void)
{
	write_sysreg(icc_igrpen0_el1, 1);
	isb();
	printk("faults: group 0 is 0x%llx\n", read_sysreg(icc_igrpen0_el1));
}

/* More than there are list registers, none of which is ever taken. */
static void fill_lists(void)
{
	unsigned int irq;

	disable_irqs();
	irq_init(NULL);
	for (irq = 0; irq < IPI_IRQ; irq++) {
		irq_enable(irq);
		irq_send_ipi(cpu_id(), irq);
	}
	for (;;)
		cpu_relax();
}

const struct fault interrupt_faults[] = {
	{ "fill-lists", fill_lists },
	{ "spi-enable", spi_enable },
	{ "spi-pend", spi_pend },
	{ "spi-disable", spi_disable },
	{ "spi-config", spi_config },
	{ "spi-priority", spi_priority },
	{ "spi-route", spi_route },
	{ "gicd-off", gicd_off },
	{ "gicr-foreign", gicr_foreign },
	{ "sgi-all", sgi_all },
	{ "dir-foreign", dir_foreign },
	{ "sgi-group0", sgi_group0 },
	{ "group0-on", group0_on },
	{ NULL, NULL },
};
