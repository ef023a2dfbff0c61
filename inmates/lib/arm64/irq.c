// SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause)
/* Interrupts go to the inmate's handler, by way of the GIC there is; exceptions are reported and final. */
#include <gic.h>

struct frame {
	u64 x[31];
	u64 vector, unused[2];
};

_Static_assert(sizeof(struct frame) == 272, "vectors.S");

void vector_fatal(const struct frame *frame);

static const struct gic *gic;
static irq_handler_t irq_handler;

void vector_fatal(const struct frame *frame)
{
	u64 esr = read_sysreg(esr_el1);
	unsigned int i;

	printk("FATAL: exception class 0x%llx, syndrome 0x%llx, vector %llu, PC 0x%llx, FAR 0x%llx\n",
	       esr >> 26, esr, frame->vector, read_sysreg(elr_el1), read_sysreg(far_el1));
	for (i = 0; i < 31; i++)
		printk("x%-2u %016llx%c", i, frame->x[i], i % 4 == 3 || i == 30 ? '\n' : ' ');
	stop();
}

void vector_irq(void)
{
	u32 ack, irq;

	while ((irq = (ack = gic->read_ack()) & gic->id_mask) < GIC_SPURIOUS) {
		if (irq_handler)
			irq_handler(irq);
		gic->write_eoi(ack);
	}
}

void arch_init_early(void)
{
	gic = comm_region->gic_version == 2 ? &gic_v2 : &gic_v3;
}

void irq_init(irq_handler_t handler)
{
	irq_handler = handler;
	gic->init();
}

void irq_enable(unsigned int irq)
{
	gic->enable(irq);
}

/* Two bits for each interrupt, the upper one for an edge. */
void irq_enable_message(unsigned int irq)
{
	u8 *at = (u8 *)comm_region->gicd_base + GICD_ICFGR + irq / 16 * 4;

	mmio_write32(at, mmio_read32(at) | 2U << irq % 16 * 2);
	irq_enable(irq);
}

void irq_send_ipi(unsigned int cpu_id, unsigned int irq)
{
	memory_barrier();
	gic->send_sgi(cpu_id, irq);
}

/* Any address does for a virtual device; a real one needs a GICv2m frame of the cell, frame=ADDRESS. */
u64 arch_msi_address(void)
{
	return (u64)cmdline_parse_int("frame", (long long)comm_region->gicd_base) + MSI_SETSPI;
}
