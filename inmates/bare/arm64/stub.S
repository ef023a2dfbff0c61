/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/*
 * Stands in for the hypervisor in a QEMU virt machine with EL2 and 2 GiB: it fills the
 * communication page, gives the inmate RAM at address 0 (where the machine has flash), and enters
 * it at EL1 in a cell's reset state. PSCI is QEMU's, except that CPUs are started here first.
 * Interrupts go straight to the inmate.
 */
#include <inmate.h>

#define INMATE_RAM	0xa0000000	/* 128 MiB of it appear at 0 */
#define OPTIONS		0xbe000000	/* a word set by QEMU: the entry; bit 0: leave registers dirty */
#define STACKS		0xbe800000	/* unused RAM: a slot for each CPU's start */
#define GICD		0x08000000
#define GICC		0x08010000
#define GICR		0x080a0000
#define UART		0x09000000
#define ECAM		0x4010000000
#define EDU_BAR		0x10000000
#define EDU_FUNCTION	(4 << 15)
#define CPACR_RESET	0x300000	/* floating point is on, as under the hypervisor */

#define HCR		0x30080080001	/* API, APK, RW, TSC, VM */
#define CPTR		0x32ff		/* FP and SVE are EL1's */
#define VTCR		0x80043559	/* 39 bits in from level 1, 44 out, 4 KiB pages */
#define S2_RAM		0x7fd		/* block: write-back, shareable, read and write */
#define S2_DEVICE	0x4c5
#define ZCR_EL2		S3_4_C1_C2_0	/* length of SVE registers for EL1 */
#define SPSR_EL1H	0x3c5
#define SCTLR_RESET	0x30d00800
#define EC_HVC64	0x16
#define EC_SMC64	0x17
#define ENOSYS		38

	.text
	.globl _start
_start:
	ldr	x1, =(STACKS + 0x1000)
	mov	sp, x1
	ldr	x1, =OPTIONS
	ldr	w1, [x1]
	and	x27, x1, #~1			/* entry */
	mov	x28, xzr			/* context */
	adr	x1, comm
	mov	x2, #COMM_REGION_BASE
	mov	x3, #(comm_end - comm)
1:	ldr	x4, [x1], #8
	str	x4, [x2], #8
	subs	x3, x3, #8
	b.hi	1b

	mrs	x1, id_aa64pfr0_el1
	ubfx	x1, x1, #24, #4
	cmp	x1, xzr
	mov	w2, #2
	mov	w3, #3
	csel	w2, w2, w3, eq
	mov	x1, #COMM_REGION_BASE
	strb	w2, [x1, #0x40]

	ldr	x1, =(ECAM + EDU_FUNCTION)
	mov	w2, #EDU_BAR
	str	w2, [x1, #0x10]

	/* The first 128 MiB are RAM; what follows below 1 GiB is what the machine has there. */
	adr	x1, level2
	ldr	x2, =(INMATE_RAM | S2_RAM)
	mov	x3, #64
1:	str	x2, [x1], #8
	add	x2, x2, #0x200000
	subs	x3, x3, #1
	b.hi	1b
	ldr	x2, =(0x08000000 | S2_DEVICE)
	mov	x3, #448
1:	str	x2, [x1], #8
	add	x2, x2, #0x200000
	subs	x3, x3, #1
	b.hi	1b
	adr	x1, level1
	adr	x2, level2
	orr	x2, x2, #3
	str	x2, [x1]
	ldr	x2, =(0x40000000 | S2_RAM)
	str	x2, [x1, #8]
	ldr	x2, =(0x80000000 | S2_RAM)
	str	x2, [x1, #16]
	ldr	x2, =(0x4000000000 | S2_DEVICE)
	str	x2, [x1, #(256 * 8)]

	/* Every CPU, with x27 and x28 set. */
enter:
	adr	x1, vectors
	msr	vbar_el2, x1
	adr	x1, level1
	msr	vttbr_el2, x1
	ldr	x1, =VTCR
	msr	vtcr_el2, x1
	ldr	x1, =HCR
	msr	hcr_el2, x1
	mov	x1, #3
	msr	cnthctl_el2, x1
	msr	cntvoff_el2, xzr
	mov	x1, #CPTR
	msr	cptr_el2, x1
	isb
	mrs	x1, id_aa64pfr0_el1
	ubfx	x1, x1, #32, #4
	cbz	x1, 1f
	mov	x1, #0xf
	msr	ZCR_EL2, x1
1:
	mrs	x1, pmcr_el0			/* all event counters are EL1's */
	ubfx	x1, x1, #11, #5
	msr	mdcr_el2, x1
	mrs	x1, midr_el1
	msr	vpidr_el2, x1
	mrs	x1, mpidr_el1
	msr	vmpidr_el2, x1
	mrs	x1, id_aa64pfr0_el1
	ubfx	x1, x1, #24, #4
	cbz	x1, 1f
	mov	x1, #0xf
	msr	icc_sre_el2, x1
	isb
	msr	ich_hcr_el2, xzr
1:	tlbi	vmalls12e1
	dsb	sy
	ldr	x1, =SCTLR_RESET
	msr	sctlr_el1, x1
	mov	x1, #CPACR_RESET
	msr	cpacr_el1, x1
	mov	x1, #SPSR_EL1H
	msr	spsr_el2, x1
	msr	elr_el2, x27
	mov	x0, x28
	ldr	x1, =OPTIONS
	ldr	w1, [x1]
	tbnz	w1, #0, dirty
	mov	x1, #0
	mov	x27, #0
	mov	x28, #0
	mov	x2, #0
	mov	x3, #0
	mov	x4, #0
	isb
	eret

	/* As if somebody had been here before and nobody had cleaned up. */
dirty:
	msr	cptr_el2, xzr
	isb
	fmov	d7, #1.0
	mov	x1, #1
	msr	tpidr_el0, x1
	msr	cntv_ctl_el0, x1
	msr	dbgbvr0_el1, x1
	mov	x9, #9
	mov	x1, #0
	isb
	eret

	.balign 0x800
vectors:
	.fill	0x400, 1, 0
	/* Synchronous, from EL1: calls. x0 to x3 are the caller's; the rest is kept. */
	stp	x4, x5, [sp, #-16]!
	mrs	x4, esr_el2
	lsr	x5, x4, #26
	cmp	x5, #EC_SMC64
	b.eq	call_smc
	cmp	x5, #EC_HVC64
	b.ne	.
	and	x4, x4, #0xffff
	cbz	x4, call_psci
	mov	x0, #-ENOSYS
	b	call_done

	.balign 0x800
call_smc:
	mrs	x4, elr_el2			/* a trapped SMC has not been executed */
	add	x4, x4, #4
	msr	elr_el2, x4
call_psci:
	ldr	w4, =PSCI_CPU_ON
	cmp	w0, w4
	b.ne	1f
	/* Entry and context wait in the CPU's slot. */
	ldr	x4, =STACKS
	and	x5, x1, #0xff
	add	x4, x4, x5, lsl #12
	stp	x2, x3, [x4]
	adr	x2, started
	mov	x3, x4
	dsb	sy
1:	smc	#0
call_done:
	ldp	x4, x5, [sp], #16
	eret

started:
	ldp	x27, x28, [x0]
	add	x0, x0, #0x1000
	mov	sp, x0
	b	enter

	.ltorg
	.balign 8
comm:
	.ascii	"JHCOMM"
	.short	2
	.long	0, 0, 0, 0
	.quad	UART
	.long	0x1000
	.short	3, 1			/* PL011, MMIO */
	.long	0, 0
	.quad	0
	.quad	ECAM
	.quad	0			/* gic_version is found out */
	.quad	GICD
	.quad	GICC
	.quad	GICR
	.long	3			/* the four lines of the PCI host start at SPI 3 */
	.long	0
comm_end:

	.balign	0x1000
level1:
	.fill	0x1000, 1, 0
level2:
	.fill	0x1000, 1, 0
