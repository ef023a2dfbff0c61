/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/* The inmate library on x86: what one line of assembler can do, and the APIC, timers and CPUs. */
#ifndef _INMATE_H
#define _INMATE_H

#define COMM_REGION_BASE	0x100000

#define INMATE_CS32		0x08
#define INMATE_CS64		0x10
#define INMATE_DS32		0x18

#define PAGE_SIZE		0x1000ULL
#define PAGE_MASK		(~(PAGE_SIZE - 1))
#define HUGE_PAGE_SIZE		0x200000ULL
#define HUGE_PAGE_MASK		(~(HUGE_PAGE_SIZE - 1))
#define BITS_PER_LONG		64

#define X2APIC_ID		0x802
#define X2APIC_EOI		0x80b
#define X2APIC_SPIV		0x80f
#define X2APIC_ICR		0x830
#define X2APIC_LVTT		0x832
#define X2APIC_TMICT		0x838
#define X2APIC_TMCCT		0x839
#define X2APIC_TDCR		0x83e

#define APIC_LVL_ASSERT		(1 << 14)
#define APIC_DM_INIT		(5 << 8)
#define APIC_DM_SIPI		(6 << 8)

/* Page table entries. */
#define PTE_TABLE		0x003
#define PTE_CACHED		0x083
#define PTE_UNCACHED		0x09b	/* with PWT and PCD */
#define PTE_VALID		0x001
#define PTE_HARDWARE		0x060UL	/* accessed and dirty: the CPU sets these */

#define SMP_MAX_CPUS		255
#define MAX_INTERRUPT_VECTORS	32	/* vectors 32 to 63 are for the inmate */

#define TIMER_IRQ		32
#define IPI_IRQ			32
#define MSI_FIRST_IRQ		33
#define MSI_NUM_IRQS		16
#define IVSHMEM_BARS		0xff000000
#define FOREIGN_ADDRESS		0x100000000	/* the hypervisor of the test machine */

#define CLOCK_NAME		"TSC"
#define ALARM_NAME		"APIC timer"

#ifndef __ASSEMBLY__

#include <jailhouse/types.h>

static inline void enable_irqs(void)
{
	asm volatile("sti" : : : "memory");
}

static inline void disable_irqs(void)
{
	asm volatile("cli" : : : "memory");
}

static inline void cpu_relax(void)
{
	asm volatile("pause" : : : "memory");
}

/* All that was written before is seen by others before what is written afterwards. */
static inline void memory_barrier(void)
{
	asm volatile("mfence" : : : "memory");
}

static inline void flush_address(unsigned long address)
{
	asm volatile("invlpg (%0)" : : "r"(address) : "memory");
}

static inline void __attribute__((noreturn)) halt(void)
{
	for (;;)
		asm volatile("hlt" : : : "memory");
}

/* Sleep until an interrupt was taken; called with interrupts off, returns with interrupts off. */
static inline void wait_for_irq(void)
{
	asm volatile("sti; hlt; cli" : : : "memory");
}

#define INMATE_PORT(suffix, type)						\
	static inline void out##suffix(type value, u16 port)			\
	{									\
		asm volatile("out %0,%1" : : "a"(value), "Nd"(port));		\
	}									\
	static inline type in##suffix(u16 port)					\
	{									\
		type value;							\
										\
		asm volatile("in %1,%0" : "=a"(value) : "Nd"(port));		\
		return value;							\
	}
INMATE_PORT(b, u8)
INMATE_PORT(w, u16)
INMATE_PORT(l, u32)
#undef INMATE_PORT

#define UART_HAS_PORTS		1

static inline void uart_port_write(u16 port, u8 value)
{
	outb(value, port);
}

static inline u8 uart_port_read(u16 port)
{
	return inb(port);
}

#define INMATE_MMIO(bits)							\
	static inline u##bits mmio_read##bits(void *address)			\
	{									\
		u##bits value;							\
										\
		asm volatile("mov %1,%0"					\
			     : "=r"(value) : "m"(*(volatile u##bits *)address));\
		return value;							\
	}									\
	static inline void mmio_write##bits(void *address, u##bits value)	\
	{									\
		asm volatile("mov %1,%0"					\
			     : "=m"(*(volatile u##bits *)address) : "r"(value));\
	}
INMATE_MMIO(8)
INMATE_MMIO(16)
INMATE_MMIO(32)
INMATE_MMIO(64)
#undef INMATE_MMIO

static inline u64 read_msr(unsigned int msr)
{
	u32 low, high;

	asm volatile("rdmsr" : "=a"(low), "=d"(high) : "c"(msr));
	return low | (u64)high << 32;
}

static inline void write_msr(unsigned int msr, u64 value)
{
	asm volatile("wrmsr" : : "c"(msr), "a"((u32)value), "d"((u32)(value >> 32)) : "memory");
}

static inline u64 read_tsc(void)
{
	u32 low, high;

	asm volatile("rdtsc" : "=a"(low), "=d"(high) : : "memory");
	return low | (u64)high << 32;
}

struct cpuid {
	u32 eax, ebx, ecx, edx;
};

static inline struct cpuid read_cpuid(u32 leaf, u32 subleaf)
{
	struct cpuid id;

	asm volatile("cpuid" : "=a"(id.eax), "=b"(id.ebx), "=c"(id.ecx), "=d"(id.edx)
		     : "a"(leaf), "c"(subleaf) : "memory");
	return id;
}

/* The APIC id of this CPU. */
static inline unsigned int cpu_id(void)
{
	return (unsigned int)read_msr(X2APIC_ID);
}

#include <inmate_common.h>

/* Which of the two hypercall instructions this CPU has; set before inmate_main. */
extern bool jailhouse_use_vmcall;

static inline u32 jailhouse_call_arg2(u32 number, unsigned long arg1, unsigned long arg2)
{
	unsigned long result = number;

	if (jailhouse_use_vmcall)
		asm volatile("vmcall" : "+a"(result) : "D"(arg1), "S"(arg2) : "memory");
	else
		asm volatile("vmmcall" : "+a"(result) : "D"(arg1), "S"(arg2) : "memory");
	return (u32)result;
}

static inline u32 jailhouse_call_arg1(u32 number, unsigned long arg1)
{
	return jailhouse_call_arg2(number, arg1, 0);
}

static inline u32 jailhouse_call(u32 number)
{
	return jailhouse_call_arg2(number, 0, 0);
}

/* Print unexpected exceptions with registers and stop; on before inmate_main. */
void excp_reporting_init(void);

enum ioapic_trigger_mode {
	TRIGGER_EDGE = 0,
	TRIGGER_LEVEL_ACTIVE_HIGH = 1 << 15,
	TRIGGER_LEVEL_ACTIVE_LOW = 1 << 15 | 1 << 13,
};

void ioapic_init(void);
/* Unmask a pin, to this CPU. */
void ioapic_pin_set_vector(unsigned int pin, enum ioapic_trigger_mode trigger_mode,
			   unsigned int vector);

/* Nanoseconds since the first call; call it more often than every 4 seconds. */
unsigned long long pm_timer_read(void);

/* Frequency of the TSC in Hz: tsc_freq=, else from the hypervisor, else measured. */
unsigned long tsc_init(void);
unsigned long tsc_read_ns(void);

/* Prepare the one-shot timer of this CPU; returns the frequency it counts with, in Hz. */
unsigned long apic_timer_init(unsigned int vector);
/* One interrupt in timeout_ns from now. */
void apic_timer_set(unsigned long long timeout_ns);

static inline unsigned long clock_init(void)
{
	return tsc_init();
}

static inline u64 clock_read_ns(void)
{
	return tsc_read_ns();
}

static inline unsigned long alarm_init(void)
{
	return apic_timer_init(TIMER_IRQ);
}

static inline void alarm_set(u64 timeout_ns)
{
	apic_timer_set(timeout_ns);
}

static inline void alarm_set_at(u64 when, u64 now)
{
	apic_timer_set(when - now);
}

static inline u32 cell_num_cpus(void)
{
	return comm_region->num_cpus;
}

/* Virtual devices interrupt by messages only. */
static inline unsigned int pci_intx_irq(u16 bdf)
{
	(void)bdf;
	return 0;
}

/* CPUs of this cell that have arrived, their APIC ids in order; the first runs inmate_main. */
extern volatile u32 smp_num_cpus;
extern u8 smp_cpu_ids[SMP_MAX_CPUS];

extern unsigned long idt[];

#endif /* __ASSEMBLY__ */

#endif
