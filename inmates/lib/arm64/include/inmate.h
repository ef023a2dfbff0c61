/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/* The inmate library on arm64: what one line of assembler can do, and the GIC, timer, PSCI and CPUs. */
#ifndef _INMATE_H
#define _INMATE_H

#define COMM_REGION_BASE	0x80000000

#define PAGE_SIZE		0x1000ULL
#define PAGE_MASK		(~(PAGE_SIZE - 1))
#define HUGE_PAGE_SIZE		0x200000ULL
#define HUGE_PAGE_MASK		(~(HUGE_PAGE_SIZE - 1))
#define BITS_PER_LONG		64

/* Translation table entries (ARM DDI 0487, D8.3); attribute 0 of MAIR is write-back, 1 is a device. */
#define PTE_TABLE		0x003
#define PTE_CACHED		0x701	/* block, accessed, inner shareable */
#define PTE_UNCACHED		0x60000000000405	/* block, accessed, never executed */
#define PTE_VALID		0x001
#define PTE_HARDWARE		0UL	/* the CPU sets none */

#define TIMER_IRQ		27	/* PPI of the virtual timer */
#define IPI_IRQ			7	/* one of the SGIs, 0 to 15 */
#define FIRST_SPI		32
/* The interrupts of the cell's virtual PCI host, four of them. */
#define MSI_FIRST_IRQ		(FIRST_SPI + comm_region->vpci_irq_base)
#define MSI_NUM_IRQS		4
#define IVSHMEM_BARS		0xff000000
#define FOREIGN_ADDRESS		0x7fc00000	/* the hypervisor of the test machine */

#define CLOCK_NAME		"counter"
#define ALARM_NAME		"virtual timer"

#define SMP_MAX_CPUS		64

#define PSCI_VERSION		0x84000000
#define PSCI_CPU_OFF		0x84000002
#define PSCI_CPU_ON		0xc4000003
#define PSCI_AFFINITY_INFO	0xc4000004
#define PSCI_SYSTEM_OFF		0x84000008
#define PSCI_SYSTEM_RESET	0x84000009
#define PSCI_FEATURES		0x8400000a
#define SMCCC_FEATURES		0x80000001
#define SMCCC_64		0x40000000
#define PSCI_IS_ON		0
#define PSCI_IS_OFF		1
#define PSCI_NOT_SUPPORTED	(-1)
#define PSCI_INVALID		(-2)
#define PSCI_ALREADY_ON		(-4)

#define MPIDR_AFFINITY		0xffffffUL	/* affinity levels 2, 1 and 0 */

#ifndef __ASSEMBLY__

#include <jailhouse/types.h>

#define read_sysreg(name)						\
	({								\
		u64 _value;						\
									\
		asm volatile("mrs %0, " #name : "=r"(_value) : : "memory");\
		_value;							\
	})
#define write_sysreg(name, value)					\
	asm volatile("msr " #name ", %0" : : "r"((u64)(value)) : "memory")

static inline void isb(void)
{
	asm volatile("isb" : : : "memory");
}

static inline void enable_irqs(void)
{
	asm volatile("msr daifclr, #2" : : : "memory");
}

static inline void disable_irqs(void)
{
	asm volatile("msr daifset, #2" : : : "memory");
}

static inline void cpu_relax(void)
{
	asm volatile("yield" : : : "memory");
}

/* All that was written before is seen by others before what is written afterwards. */
static inline void memory_barrier(void)
{
	asm volatile("dsb sy" : : : "memory");
}

static inline void flush_address(unsigned long address)
{
	asm volatile("dsb ishst; tlbi vaae1is, %0; dsb ish; isb" : : "r"(address >> 12) : "memory");
}

static inline void __attribute__((noreturn)) halt(void)
{
	for (;;)
		asm volatile("wfi" : : : "memory");
}

/* Sleep until an interrupt was taken; called with interrupts off, returns with interrupts off. */
static inline void wait_for_irq(void)
{
	asm volatile("wfi; msr daifclr, #2; isb; msr daifset, #2" : : : "memory");
}

/* One plain load or store each, so that a hypervisor can see from the exception what was wanted. */
#define INMATE_MMIO(bits, suffix, width)					\
	static inline u##bits mmio_read##bits(void *address)			\
	{									\
		u##bits value;							\
										\
		asm volatile("ldr" suffix " %" width "0, [%1]"			\
			     : "=r"(value) : "r"(address) : "memory");		\
		return value;							\
	}									\
	static inline void mmio_write##bits(void *address, u##bits value)	\
	{									\
		asm volatile("str" suffix " %" width "0, [%1]"			\
			     : : "r"(value), "r"(address) : "memory");		\
	}
INMATE_MMIO(8, "b", "w")
INMATE_MMIO(16, "h", "w")
INMATE_MMIO(32, "", "w")
INMATE_MMIO(64, "", "x")
#undef INMATE_MMIO

#define UART_HAS_PORTS		0

/* There are no ports: a UART said to be behind some takes everything and prints nothing. */
static inline void uart_port_write(u16 port, u8 value)
{
	(void)port;
	(void)value;
}

static inline u8 uart_port_read(u16 port)
{
	(void)port;
	return 0xff;
}

/* The affinity of this CPU, which is its number on machines that count their CPUs in one cluster. */
static inline unsigned int cpu_id(void)
{
	return (unsigned int)(read_sysreg(mpidr_el1) & MPIDR_AFFINITY);
}

#include <inmate_common.h>

#define JAILHOUSE_HVC(code)	"hvc #" #code
#define JAILHOUSE_HVC_TEXT(code) JAILHOUSE_HVC(code)

static inline u32 jailhouse_call_arg2(u32 number, unsigned long arg1, unsigned long arg2)
{
	register u64 x0 asm("x0") = number;
	register u64 x1 asm("x1") = arg1;
	register u64 x2 asm("x2") = arg2;

	asm volatile(JAILHOUSE_HVC_TEXT(JAILHOUSE_HVC_CODE)
		     : "+r"(x0), "+r"(x1), "+r"(x2) : : "x3", "memory");
	return (u32)x0;
}

static inline u32 jailhouse_call_arg1(u32 number, unsigned long arg1)
{
	return jailhouse_call_arg2(number, arg1, 0);
}

static inline u32 jailhouse_call(u32 number)
{
	return jailhouse_call_arg2(number, 0, 0);
}

/* A call of the SMC calling convention with up to three arguments; instruction is "smc" or "hvc". */
#define SMCCC_CALL(instruction, function, arg1, arg2, arg3)		\
	({								\
		register u64 _x0 asm("x0") = (function);		\
		register u64 _x1 asm("x1") = (arg1);			\
		register u64 _x2 asm("x2") = (arg2);			\
		register u64 _x3 asm("x3") = (arg3);			\
									\
		asm volatile(instruction " #0"				\
			     : "+r"(_x0), "+r"(_x1), "+r"(_x2), "+r"(_x3)\
			     : : "x4", "x5", "x6", "x7", "x8", "x9", "x10", "x11", "x12",\
			       "x13", "x14", "x15", "x16", "x17", "memory");\
		_x0;							\
	})

static inline int psci_call(u32 function, u64 arg1, u64 arg2, u64 arg3)
{
	return (int)SMCCC_CALL("smc", function, arg1, arg2, arg3);
}

/* Interrupt of a function's INTA on the virtual host: its four lines are dealt out by device number. */
static inline unsigned int pci_intx_irq(u16 bdf)
{
	return MSI_FIRST_IRQ + (bdf >> 3) % MSI_NUM_IRQS;
}

/* The virtual timer of this CPU: frequency in Hz, its count, and one interrupt in so many ticks. */
unsigned long timer_get_frequency(void);
u64 timer_get_ticks(void);
u64 timer_ticks_to_ns(u64 ticks);
void timer_start(u64 timeout);

static inline unsigned long clock_init(void)
{
	return timer_get_frequency();
}

static inline u64 clock_read_ns(void)
{
	return timer_ticks_to_ns(timer_get_ticks());
}

static inline unsigned long alarm_init(void)
{
	return timer_get_frequency();
}

void alarm_set(u64 timeout_ns);
void alarm_set_at(u64 when, u64 now);

/* One kind of interrupt controller; gic_version of the communication page chooses. */
struct gic {
	void (*init)(void);
	void (*enable)(unsigned int irq);
	u32 id_mask;		/* of what read_ack gives and write_eoi gets again */
	u32 (*read_ack)(void);
	void (*write_eoi)(u32 ack);
	void (*send_sgi)(unsigned int cpu_id, unsigned int irq);
};
extern const struct gic gic_v2, gic_v3;

/* The first id that read_ack gives when there is nothing, or nothing more. */
#define GIC_SPURIOUS		1020

/* Start of the GICv3 redistributor that belongs to a CPU, NULL when there is none. */
u8 *gicv3_redistributor(unsigned int cpu_id);
/* The first redistributor (of NULL) or the next one, of whichever cell; NULL behind the last. */
u8 *gicv3_next(u8 *redistributor);
/* The CPU a redistributor belongs to. */
u32 gicv3_affinity(u8 *redistributor);

/* Every interrupt that is pending goes to the handler, and is then over. */
void vector_irq(void);

/*
 * CPUs of this cell: their affinities in order, this one included. They are asked for by PSCI, so the
 * list is there after smp_wait_for_all_cpus(), which starts nothing.
 */
extern volatile u32 smp_num_cpus;
extern u32 smp_cpu_ids[SMP_MAX_CPUS];
u32 cell_num_cpus(void);
/* As smp_start_cpu, with a result: 0, or what PSCI says, or -1 for a CPU that does not report. */
int smp_try_start_cpu(unsigned int cpu_id, void (*entry)(void));
/* True when PSCI says of a CPU that it is off, at the latest after some time. */
bool smp_wait_for_off(unsigned int cpu_id);

#endif /* __ASSEMBLY__ */

#endif
