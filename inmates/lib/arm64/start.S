/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/*
 * From the reset state of a cell to C. The first CPU comes to address 0 at EL1 with the MMU off; others
 * come to smp_secondary, when PSCI starts them, with their context in x0.
 */
#include <inmate.h>

#define SCTLR_RESET	0x30d00800	/* bits that are one (DDI 0487, SCTLR_EL1) */
#define SCTLR_ON	0x1005		/* I, C, M */
#define CPACR_FP	0x300000
#define MAIR		0x00ff		/* 0: write-back; 1: device nGnRnE */
/* 48 bits of address below, none above; 4 KiB pages; walks in write-back, inner shareable memory. */
#define TCR		0x803510
#define TCR_IPS_SHIFT	32
#define IPS_48_BITS	5

	.section ".boot", "ax"
__reset_entry:
	bl	mmu_on
	ldr	x0, =bss_start
	ldr	x1, =bss_end
1:	cmp	x0, x1
	b.hs	2f
	stp	xzr, xzr, [x0], #16
	b	1b
2:	ldr	x0, =stack_top
	mov	sp, x0
	mov	x29, xzr
	bl	c_entry
	b	sleep

	/*
	 * Whoever starts another CPU has filled smp_start, and waits for its entry to become zero. The
	 * stack there is of use to a CPU only whose context is the one that was given to PSCI.
	 */
	.globl smp_secondary
smp_secondary:
	mov	x19, x0
	bl	mmu_on
	ldr	x1, =smp_start
	ldp	x2, x3, [x1]		/* context, stack */
	cmp	x2, x19
	b.ne	1f
	ldr	x0, [x1, #16]
	mov	sp, x3
	mov	x29, xzr
	dmb	sy
	str	xzr, [x1, #16]
	blr	x0
	b	2f
1:	str	x19, [x1, #24]
	mov	x0, #1
	str	x0, [x1, #32]
2:	dsb	sy
	ldr	w0, =PSCI_CPU_OFF
	smc	#0
sleep:
	msr	daifset, #15
	wfi
	b	sleep

	/* Vectors, tables, caches and FP on; changes x1 and x2. */
mmu_on:
	ldr	x1, =vectors
	msr	vbar_el1, x1
	mov	x1, #CPACR_FP
	msr	cpacr_el1, x1
	ldr	x1, =MAIR
	msr	mair_el1, x1
	mrs	x1, id_aa64mmfr0_el1
	and	x1, x1, #0xf
	mov	x2, #IPS_48_BITS
	cmp	x1, x2
	csel	x1, x1, x2, lo
	ldr	x2, =TCR
	orr	x1, x2, x1, lsl #TCR_IPS_SHIFT
	msr	tcr_el1, x1
	ldr	x1, =page_map_level_4
	msr	ttbr0_el1, x1
	msr	ttbr1_el1, xzr
	dsb	sy
	tlbi	vmalle1
	ic	iallu
	dsb	sy
	isb
	ldr	x1, =(SCTLR_RESET | SCTLR_ON)
	msr	sctlr_el1, x1
	isb
	ret

	.ltorg
