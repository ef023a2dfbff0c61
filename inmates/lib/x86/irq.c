// SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause)
/* The interrupt table: exceptions are reported and final, vectors 32 to 63 go to the inmate's handler. */
#include <inmate.h>

#define GATE_PRESENT	0x8e00UL	/* interrupt gate, present */
#define FIRST_IRQ	32
#define NUM_VECTORS	(FIRST_IRQ + MAX_INTERRUPT_VECTORS)
#define SPIV_ENABLE	0x1ff

struct frame {
	u64 r15, r14, r13, r12, r11, r10, r9, r8, rdi, rsi, rbp, rbx, rdx, rcx, rax;
	u64 vector, error, rip, cs, rflags, rsp, ss;
};

unsigned long idt[NUM_VECTORS * 2] __attribute__((aligned(16)));
extern const char vector_stubs[];
void vector_c(const struct frame *frame);

static irq_handler_t irq_handler;

static void set_gate(unsigned int vector)
{
	unsigned long entry = (unsigned long)vector_stubs + 16 * vector;

	idt[2 * vector + 1] = entry >> 32;
	idt[2 * vector] = (entry & 0xffff) | INMATE_CS64 << 16 | GATE_PRESENT << 32 |
			  (entry >> 16 & 0xffff) << 48;
}

void excp_reporting_init(void)
{
	unsigned int vector;

	for (vector = 0; vector < FIRST_IRQ; vector++)
		set_gate(vector);
}

static void report(const struct frame *frame)
{
	u64 cr2;

	asm("mov %%cr2,%0" : "=r"(cr2));
	printk("FATAL: exception %llu, error code 0x%llx, RIP 0x%llx, CR2 0x%llx\n", frame->vector,
	       frame->error, frame->rip, cr2);
	printk("RAX %016llx RBX %016llx RCX %016llx\nRDX %016llx RSI %016llx RDI %016llx\n",
	       frame->rax, frame->rbx, frame->rcx, frame->rdx, frame->rsi, frame->rdi);
	printk("RBP %016llx RSP %016llx RFLAGS %llx CS %llx\n", frame->rbp, frame->rsp,
	       frame->rflags, frame->cs);
}

void vector_c(const struct frame *frame)
{
	if (frame->vector < FIRST_IRQ) {
		report(frame);
		stop();
	}
	write_msr(X2APIC_EOI, 0);
	if (irq_handler)
		irq_handler((unsigned int)frame->vector);
}

void irq_init(irq_handler_t handler)
{
	irq_handler = handler;
	write_msr(X2APIC_SPIV, SPIV_ENABLE);
}

void irq_enable(unsigned int irq)
{
	if (irq >= FIRST_IRQ && irq < NUM_VECTORS)
		set_gate(irq);
}

void irq_enable_message(unsigned int irq)
{
	irq_enable(irq);
}

void irq_send_ipi(unsigned int cpu_id, unsigned int vector)
{
	write_msr(X2APIC_ICR, (u64)cpu_id << 32 | APIC_LVL_ASSERT | vector);
}

u64 arch_msi_address(void)
{
	return 0xfee00000 | cpu_id() << 12;
}
