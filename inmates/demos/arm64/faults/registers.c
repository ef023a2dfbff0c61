// SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause)
/*
 * Registers that belong to EL2 or to the implementation. What ends in an undefined instruction says so
 * and goes on.
 */
#include "parts.h"

/* Vectors while something is tried: an exception in EL1 is noted, and its instruction skipped. */
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

static void undefined_opcode(void)
{
	asm volatile("udf #0");
}

static void undefined(void)
{
	try_to(undefined_opcode);
}

static u64 result;	/* of the last read */

/* System registers that are not EL1's: undefined there, or trapped. */
#define SYSREG_READ(name, reg)							\
	static void get_##name(void)						\
	{									\
		result = read_sysreg(reg);					\
	}									\
	static void read_##name(void)						\
	{									\
		if (try_to(get_##name))						\
			printk("faults: read 0x%llx\n", result);		\
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

const struct fault register_faults[] = {
	{ "undefined", undefined },
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
