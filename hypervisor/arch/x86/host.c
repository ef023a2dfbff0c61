/* SPDX-License-Identifier: GPL-2.0 */
/* Descriptor tables of the hypervisor: flat segments, exceptions that end in a panic, and NMI. */
#include <arch/x86/host.h>
#include <arch/x86/apic.h>
#include <base/string.h>
#include <port/core.h>

#define GATE_PRESENT_INTERRUPT	0x8e00ULL
#define VECTOR_NMI		2
#define VECTOR_MACHINE_CHECK	18

struct gate {
	u64 low, high;
};

extern char exception_stubs[], nmi_stub[], drain_stub[], machine_check_stub[];
void cpu_load_tables(const struct descriptor_table *gdtr, const struct descriptor_table *idtr,
		     u16 cs, u16 data);

/* Code and data where Linux has them, so that an NMI between LGDT and LIDT finds what it names. */
static const u64 host_gdt[] = { 0, 0, 0x00af9b000000ffff, 0x00cf93000000ffff };
static struct gate host_idt[256];

static struct gate gate_to(const char *code)
{
	u64 address = (u64)code;

	return (struct gate) {
		.low = (address & 0xffff) | (u64)HOST_CS << 16 | GATE_PRESENT_INTERRUPT << 32 |
		       (address & 0xffff0000) << 32,
		.high = address >> 32,
	};
}

/* Either the exception, or a guest's interrupt of the same number that is drained. */
void machine_check(void);
void machine_check(void)
{
	if (!apic_in_service(VECTOR_MACHINE_CHECK))
		core_panic("machine check");
	apic_eoi();
}

/*
 * From vector 16 on a guest can have sent the interrupt that is drained here, and the exceptions of the
 * same numbers cannot happen: no FPU, no user mode, no CET. Machine check (18) can.
 */
void host_init_idt(void)
{
	for (unsigned vector = 0; vector < 256; vector++)
		host_idt[vector] = gate_to(vector < EXCEPTION_STUBS ?
					     exception_stubs + vector * EXCEPTION_STUB : drain_stub);
	host_idt[VECTOR_NMI] = gate_to(nmi_stub);
	host_idt[VECTOR_MACHINE_CHECK] = gate_to(machine_check_stub);
}

void host_load_tables(void)
{
	const struct descriptor_table gdtr = { sizeof(host_gdt) - 1, (u64)host_gdt };
	const struct descriptor_table idtr = { sizeof(host_idt) - 1, (u64)host_idt };

	cpu_load_tables(&gdtr, &idtr, HOST_CS, HOST_DATA);
}

/* Called by the exception stubs; frame: vector, error code, rip, cs, rflags, rsp, ss. */
void exception_panic(const u64 *frame);
void exception_panic(const u64 *frame)
{
	core_panic("exception %llu, error %llx at %llx, stack %llx, cr2 %llx", frame[0], frame[1],
		   frame[2], frame[5], read_cr2());
}
