// SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause)
/*
 * Misbehaviour that only arm64 knows. irq= (default 33, root's UART on the test machine), cpu=
 * (default 0), function= choose the victim. What ends in an undefined instruction says so and goes on.
 */
#include "../faults.h"

#define GICD_CTLR	0x0000
#define GICD_ISENABLER	0x0100
#define GICD_ICENABLER	0x0180
#define GICD_ISPENDR	0x0200
#define GICD_IPRIORITYR	0x0400
#define GICD_ITARGETSR	0x0800
#define GICD_ICFGR	0x0c00
#define GICD_SGIR	0x0f00
#define GICD_SGIR_OTHERS	(1U << 24)
#define GICD_IROUTER	0x6000
#define GICR_WAKER	0x0014
#define GICR_SGI_FRAME	0x10000
#define SGI1R_ALL	(1ULL << 40)
#define SGI1R_IRQ_SHIFT	24
#define MAPPED_NOWHERE	0x600000000000	/* no table of the inmate has it */

/* Vectors while something is tried: an exception in EL1 is counted, and its instruction skipped. */
asm(".pushsection .text\n\t"
    ".balign 0x800\n"
    "skip_vectors:\n\t"
    ".skip 0x200\n\t"
    "stp x0, x1, [sp, #-16]!\n\t"
    "mrs x0, esr_el1\n\t"
    "adrp x1, skipped\n\t"
    "str x0, [x1, #:lo12:skipped]\n\t"
    "mrs x0, elr_el1\n\t"
    "add x0, x0, #4\n\t"
    "msr elr_el1, x0\n\t"
    "ldp x0, x1, [sp], #16\n\t"
    "eret\n\t"
    ".balign 0x800\n\t"
    ".popsection");
extern char skip_vectors[];
static volatile u64 skipped __attribute__((used));	/* the last syndrome */

/* Does it; says so and returns false when it was an undefined instruction. */
static bool try_to(void (*act)(void))
{
	u64 vectors = read_sysreg(vbar_el1);

	skipped = ~0ULL;
	write_sysreg(vbar_el1, (u64)skip_vectors);
	isb();
	act();
	isb();
	write_sysreg(vbar_el1, vectors);
	isb();
	if (skipped != ~0ULL)
		printk("faults: exception class 0x%llx\n", skipped >> 26);
	return skipped == ~0ULL;
}

static u8 *gicd(void)
{
	map_range((void *)comm_region->gicd_base, 0x10000, MAP_UNCACHED);
	return (u8 *)comm_region->gicd_base;
}

static unsigned int get_irq(void)
{
	return (unsigned int)cmdline_parse_int("irq", 33);
}

static u32 get_cpu(void)
{
	return (u32)cmdline_parse_int("cpu", 0);
}

/* Loads and stores whose syndrome does not say what they do. */
#define MEMORY_FAULT(name, type, code)						\
	static void memory_##name(void)						\
	{									\
		register unsigned long at = address;				\
										\
		map_range((void *)(at - 16), 32, type);				\
		asm volatile(code : "+r"(at) : : "x8", "x9", "memory");		\
	}
MEMORY_FAULT(pair, MAP_UNCACHED, "ldp x8, x9, [%0]")
MEMORY_FAULT(pair_write, MAP_UNCACHED, "stp xzr, xzr, [%0]")
MEMORY_FAULT(writeback, MAP_UNCACHED, "ldr w8, [%0], #4")
MEMORY_FAULT(writeback_write, MAP_UNCACHED, "str wzr, [%0, #4]!")
MEMORY_FAULT(unaligned, MAP_CACHED, "ldur w8, [%0, #2]")
MEMORY_FAULT(crossing, MAP_CACHED, "ldur x8, [%0, #-4]")
MEMORY_FAULT(simd, MAP_UNCACHED, ".arch_extension simd\n\tldr q0, [%0]")
MEMORY_FAULT(exclusive, MAP_CACHED, "ldxr w8, [%0]\n\tstxr w9, w8, [%0]")
MEMORY_FAULT(zero, MAP_CACHED, "dc zva, %0")
MEMORY_FAULT(flush, MAP_CACHED, "dc civac, %0")
MEMORY_FAULT(byte, MAP_UNCACHED, "strb wzr, [%0]")
MEMORY_FAULT(quad, MAP_UNCACHED, "ldr x8, [%0]")

/* Code, exception vectors or page tables in memory of somebody else. */
static void vector_foreign(void)
{
	map_range((void *)address, 4, MAP_CACHED);
	write_sysreg(vbar_el1, address & ~0x7ffUL);
	asm volatile("isb; udf #0");
}

static void walk_foreign(void)
{
	write_sysreg(ttbr0_el1, address & PAGE_MASK);
	asm volatile("isb; tlbi vmalle1; dsb sy; isb" : : : "memory");
}

/* An exception within an exception for ever: nobody else may suffer from it. */
static void exception_loop(void)
{
	write_sysreg(vbar_el1, MAPPED_NOWHERE);
	asm volatile("isb; udf #0");
}

static void mask_all(void)
{
	asm volatile("msr daifset, #15");
	if (comm_region->gic_version != 2)
		write_sysreg(icc_pmr_el1, 0);
	for (;;)
		cpu_relax();
}

/* Priority 0 is active for so many milliseconds (value=). */
static void hold_off(void)
{
	asm volatile("msr daifset, #15");
	write_sysreg(S3_0_C12_C9_0, 1);		/* ICC_AP1R0_EL1 */
	isb();
	delay_us(value * 1000);
	write_sysreg(S3_0_C12_C9_0, 0);
	isb();
}

static void undefined_opcode(void)
{
	asm volatile("udf #0");
}

static void undefined(void)
{
	try_to(undefined_opcode);
}

/* Interrupts of somebody else. */
static void spi_enable(void)
{
	u8 *at = gicd() + GICD_ISENABLER + get_irq() / 32 * 4;

	mmio_write32(at, 1U << get_irq() % 32);
	printk("faults: enabled 0x%x\n", mmio_read32(at) & 1U << get_irq() % 32);
}

static void spi_pend(void)
{
	u8 *at = gicd() + GICD_ISPENDR + get_irq() / 32 * 4;

	mmio_write32(at, 1U << get_irq() % 32);
	printk("faults: pending 0x%x\n", mmio_read32(at) & 1U << get_irq() % 32);
}

static void spi_disable(void)
{
	mmio_write32(gicd() + GICD_ICENABLER + get_irq() / 32 * 4, 1U << get_irq() % 32);
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
	mmio_write32(gicr + GICR_SGI_FRAME + GICD_ISENABLER, 1U << TIMER_IRQ);
	mmio_write32(gicr + GICR_SGI_FRAME + GICD_ISPENDR, 1U << TIMER_IRQ);
	mmio_write32(gicr + GICR_WAKER, 2);
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

/* irq=15 is the hypervisor's on a GICv3 that delivers directly. */
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

/* Calls that are not for a cell. */
static void hvc_undefined(void)
{
	register u64 x0 asm("x0") = 0x1234;

	asm volatile("hvc #0x1234" : "+r"(x0) : : "x1", "x2", "x3", "memory");
	printk("faults: result %d\n", (int)x0);
}

/* What Linux's own code at EL2 would answer: set vectors, restart, reset vectors. */
static void hvc_stub(void)
{
	u64 call;

	for (call = 0; call < 3; call++)
		printk("faults: call %llu gave 0x%llx\n", call,
		       SMCCC_CALL("hvc", call, address, 0, 0));
}

static void smc_foreign(void)
{
	u64 function = (u64)cmdline_parse_int("function", (long long)0xc3000001);
	u64 argument = (u64)cmdline_parse_int("argument", 0);

	printk("faults: result 0x%llx\n", SMCCC_CALL("smc", function, argument, 0, 0));
}

static void smc_undefined(void)
{
	register u64 x0 asm("x0") = 0x1234;

	asm volatile("smc #1" : "+r"(x0) : : "x1", "x2", "x3", "memory");
	printk("faults: result %d\n", (int)x0);
}

static void psci_foreign(void)
{
	printk("faults: start %d, state %d\n", psci_call(PSCI_CPU_ON, get_cpu(), address, 0),
	       psci_call(PSCI_AFFINITY_INFO, get_cpu(), 0, 0));
}

static void system_off(void)
{
	printk("faults: result %d\n", psci_call(PSCI_SYSTEM_OFF, 0, 0, 0));
}

static void system_reset(void)
{
	printk("faults: result %d\n", psci_call(PSCI_SYSTEM_RESET, 0, 0, 0));
}

/* System registers that are not EL1's: undefined there, or trapped. */
#define SYSREG_READ(name, reg)							\
	static u64 value_##name;						\
	static void get_##name(void)						\
	{									\
		value_##name = read_sysreg(reg);				\
	}									\
	static void read_##name(void)						\
	{									\
		if (try_to(get_##name))						\
			printk("faults: read 0x%llx\n", value_##name);		\
	}
#define SYSREG_WRITE(name, reg)							\
	static void set_##name(void)						\
	{									\
		write_sysreg(reg, value);					\
	}									\
	static void write_##name(void)						\
	{									\
		try_to(set_##name);						\
	}
SYSREG_READ(hcr, hcr_el2)
SYSREG_READ(vttbr, vttbr_el2)
SYSREG_READ(ich, S3_4_C12_C11_0)
SYSREG_READ(cntvoff, cntvoff_el2)
SYSREG_READ(actlr, actlr_el1)
SYSREG_READ(impdef, S3_1_C15_C2_1)
SYSREG_READ(scr, S3_6_C1_C1_0)
SYSREG_WRITE(hcr, hcr_el2)
SYSREG_WRITE(vbar, vbar_el2)
SYSREG_WRITE(ich, S3_4_C12_C11_0)
SYSREG_WRITE(sre_el2, S3_4_C12_C9_5)
SYSREG_WRITE(actlr, actlr_el1)
SYSREG_WRITE(impdef, S3_1_C15_C2_1)
SYSREG_WRITE(sre, icc_sre_el1)
SYSREG_WRITE(oslar, oslar_el1)

static void invalidate_el2(void)
{
	asm volatile("tlbi alle2" : : : "memory");
}

static void tlb_el2(void)
{
	try_to(invalidate_el2);
}

static void invalidate_stage2(void)
{
	asm volatile("tlbi vmalls12e1" : : : "memory");
}

static void tlb_stage2(void)
{
	try_to(invalidate_stage2);
}

static void set_way(void)
{
	asm volatile("dc cisw, %0; dsb sy" : : "r"(value) : "memory");
}

const struct fault machine_faults[] = {
	{ "memory-pair", memory_pair },
	{ "memory-pair-write", memory_pair_write },
	{ "memory-writeback", memory_writeback },
	{ "memory-writeback-write", memory_writeback_write },
	{ "memory-unaligned", memory_unaligned },
	{ "memory-crossing", memory_crossing },
	{ "memory-simd", memory_simd },
	{ "memory-exclusive", memory_exclusive },
	{ "memory-zero", memory_zero },
	{ "memory-flush", memory_flush },
	{ "memory-byte", memory_byte },
	{ "memory-quad", memory_quad },
	{ "vector-foreign", vector_foreign },
	{ "walk-foreign", walk_foreign },
	{ "exception-loop", exception_loop },
	{ "mask-all", mask_all },
	{ "hold-off", hold_off },
	{ "undefined", undefined },
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
	{ "hvc-undefined", hvc_undefined },
	{ "hvc-stub", hvc_stub },
	{ "smc-foreign", smc_foreign },
	{ "smc-undefined", smc_undefined },
	{ "psci-foreign", psci_foreign },
	{ "system-off", system_off },
	{ "system-reset", system_reset },
	{ "read-hcr", read_hcr },
	{ "read-vttbr", read_vttbr },
	{ "read-ich", read_ich },
	{ "read-cntvoff", read_cntvoff },
	{ "read-actlr", read_actlr },
	{ "read-impdef", read_impdef },
	{ "read-scr", read_scr },
	{ "write-hcr", write_hcr },
	{ "write-vbar", write_vbar },
	{ "write-ich", write_ich },
	{ "write-sre-el2", write_sre_el2 },
	{ "write-actlr", write_actlr },
	{ "write-impdef", write_impdef },
	{ "write-sre", write_sre },
	{ "write-oslar", write_oslar },
	{ "tlb-el2", tlb_el2 },
	{ "tlb-stage2", tlb_stage2 },
	{ "set-way", set_way },
	{ NULL, NULL },
};
