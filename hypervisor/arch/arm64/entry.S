/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where control comes in: image header, entry from Linux without translation, and the vectors of EL2.
 * Their page is also mapped at its physical address: translation goes on and off there. The first eight
 * vectors hold one instruction each; the rest of this file lies in the room behind those.
 */
#include <arch/arm64/cpu.h>
#include <arch/arm64/sysreg.h>
#include <arch/image.h>
#define __ASSEMBLY__
#include <jailhouse/hypercall.h>

#define HVC_SYNDROME	0x5a00	/* ESR_EL2 of HVC from AArch64 but for the immediate */
#define HEADER_ROOT	96	/* struct jailhouse_header.transition_root */

/* ESR_EL2: class and status of an abort; a data abort without a change of level, external. */
#define ABORT_MASK	0xfc00003f
#define ABORT_OWN_EXTERNAL 0x94000010

	image_header

/* The registers that a C function may change, but for x18, which the image is compiled to keep. */
	.macro	save_some
	stp	x0, x1, [sp]
	stp	x2, x3, [sp, #16]
	stp	x4, x5, [sp, #32]
	stp	x6, x7, [sp, #48]
	stp	x8, x9, [sp, #64]
	stp	x10, x11, [sp, #80]
	stp	x12, x13, [sp, #96]
	stp	x14, x15, [sp, #112]
	stp	x16, x17, [sp, #128]
	str	x30, [sp, #240]
	.endm

	.macro	save_rest
	stp	x18, x19, [sp, #144]
	stp	x20, x21, [sp, #160]
	stp	x22, x23, [sp, #176]
	stp	x24, x25, [sp, #192]
	stp	x26, x27, [sp, #208]
	stp	x28, x29, [sp, #224]
	.endm

/* Save the guest's registers, call handler(cpu), go back to whatever the CPU is to run then. */
	.macro	from_guest handler
	.balign	128
	save_some
	save_rest
	add	x0, sp, #CPU_REGS
	bl	\handler
	b	guest_resume
	.endm

/* Most traps are answered with most of the guest's registers in place. */
	.macro	from_guest_fast
	.balign	128
	save_some
	mrs	x4, esr_el2
	mov	w5, #JAILHOUSE_HVC_CODE
	movk	w5, #HVC_SYNDROME, lsl #16
	cmp	w4, w5
	b.eq	hypercall
	add	x0, sp, #CPU_REGS
	bl	exit_fast
	b	guest_resume_fast
	.endm

/* An exception of EL2 itself: none of these may happen. Behind it 124 bytes are free. */
	.macro	from_own
	.balign	128
	b	own_exception
	.endm

	.text
/*
 * A synchronous exception of EL2. No device answered an access of port/mmio.h: a load gives ones, a store
 * is lost, and the guest's return state, which the exception has overwritten, comes back. Recognised by
 * an external abort (DDI 0487, D23.2.37) behind the look-at windows' address, on x16; x17 is free there.
 */
own_abort:
	mrs	x16, esr_el2
	mov	w17, #ABORT_MASK & 0xffff
	movk	w17, #ABORT_MASK >> 16, lsl #16
	and	w16, w16, w17
	mov	w17, #ABORT_OWN_EXTERNAL & 0xffff
	movk	w17, #ABORT_OWN_EXTERNAL >> 16, lsl #16
	cmp	w16, w17
	b.ne	own_exception
	mrs	x16, far_el2
	lsr	x16, x16, #HOST_WINDOWS_SHIFT
	mov	w17, #HOST_WINDOWS_AT & 0xffff
	movk	w17, #HOST_WINDOWS_AT >> 16, lsl #16
	cmp	x16, x17
	b.lo	own_exception
	mrs	x16, elr_el2
	ldr	w17, [x16]
	and	w17, w17, #31
	cmp	w17, #16
	b.ne	own_exception
	mov	x16, sp
	and	x16, x16, #~(CPU_AREA - 1)
	add	x16, x16, #(CPU_AT + CPU_BACK) & ~0xfff
	ldr	x17, [x16, #((CPU_AT + CPU_BACK) & 0xfff) + 8]
	msr	spsr_el2, x17
	ldr	x16, [x16, #(CPU_AT + CPU_BACK) & 0xfff]
	mrs	x17, elr_el2
	msr	elr_el2, x16
	mov	x16, #-1
	add	x17, x17, #4
	br	x17

	.section .vectors, "ax"
	.balign	2048
	.globl	vectors
vectors:
	from_own
/*
 * image_entry(CPU number in x0), with ELR_EL2 and SPSR_EL2 naming Linux; x1 to x17 are free. Comes back
 * by eret with a negative errno in x0; success goes on as a guest at the same place.
 */
	.globl	image_entry
image_entry:
	adr	x1, image_start
	ldr	x2, [x1, #HEADER_ROOT]
	mrs	x9, sctlr_el2
	mrs	x10, mair_el2
	mrs	x11, tcr_el2
	mrs	x12, ttbr0_el2
	mov	x3, #MAIR_HOST
	msr	mair_el2, x3
	mrs	x4, id_aa64mmfr0_el1
	and	x4, x4, #15
	mov	x3, #5			/* 48 bits are all that the formats can say */
	cmp	x4, x3
	csel	x4, x4, x3, lo
	mov	x3, #TCR_T0SZ_48 | TCR_WALK
	movk	x3, #TCR_EL2_RES1 >> 16, lsl #16
	orr	x3, x3, x4, lsl #TCR_PS_SHIFT
	msr	tcr_el2, x3
	msr	ttbr0_el2, x2
	ic	iallu
	tlbi	alle2
	dsb	nsh
	isb
	mov	x3, #(SCTLR_EL2_RES1 | SCTLR_M | SCTLR_C | SCTLR_I) & 0xffff
	movk	x3, #SCTLR_EL2_RES1 >> 16, lsl #16
	msr	sctlr_el2, x3
	isb
	ldr	x3, =entered
	br	x3
	.ltorg

	from_own
entered:
	adrp	x5, image_end
	add	x5, x5, :lo12:image_end
	mov	x6, #CPU_AREA
	madd	x5, x0, x6, x5
	mov	x6, #CPU_AT
	add	x5, x5, x6
	sub	sp, x5, #CPU_REGS
	save_rest
	str	x30, [sp, #240]
	mrs	x13, vbar_el2
	adr	x14, vectors
	msr	vbar_el2, x14
	isb
	stp	x9, x10, [x5, #CPU_LINUX_STATE]
	stp	x11, x12, [x5, #CPU_LINUX_STATE + 16]
	str	x13, [x5, #CPU_LINUX_STATE + 32]
	mov	x1, x0
	mov	x0, x5
	b	cpu_enter

	from_own
/* Translation off, Linux's control registers from x9 to x13, and to Linux. */
identity_leave:
	msr	sctlr_el2, x9
	isb
	msr	mair_el2, x10
	msr	tcr_el2, x11
	msr	ttbr0_el2, x12
	msr	vbar_el2, x13
	tlbi	alle2
	dsb	nsh
	isb
	eret

/*
 * void identity_jump(struct cpu *, s64 result, u64 phys): Linux goes on natively with x0 = result and
 * x18 to x30 as in the guest's registers; phys is where identity_leave is without translation.
 */
	.globl	identity_jump, identity_leave
identity_jump:
	ldp	x9, x10, [x0, #CPU_LINUX_STATE]
	ldp	x11, x12, [x0, #CPU_LINUX_STATE + 16]
	ldr	x13, [x0, #CPU_LINUX_STATE + 32]
	sub	x3, x0, #CPU_REGS
	mov	x0, x1
	ldp	x18, x19, [x3, #144]
	ldp	x20, x21, [x3, #160]
	ldp	x22, x23, [x3, #176]
	ldp	x24, x25, [x3, #192]
	ldp	x26, x27, [x3, #208]
	ldp	x28, x29, [x3, #224]
	ldr	x30, [x3, #240]
	br	x2

	from_own
/*
 * Hypercalls that only ask or print: x0 is the result at once. The others reconfigure or leave, and need
 * all of the guest's registers saved.
 */
hypercall:
	mov	w3, w0
	add	x0, sp, #CPU_REGS
	cmp	w3, #JAILHOUSE_HC_CELL_DESTROY
	b.ls	2f
	ldr	w4, [x0, #CPU_HYPERCALLS]
	add	w4, w4, #1
	str	w4, [x0, #CPU_HYPERCALLS]
	bl	core_hypercall
	str	x0, [sp]
	b	guest_resume_check

	.balign	128
	b	own_abort
/* After exit_fast(): x0 tells whether it has answered. The CPU may have lost its guest in any case. */
guest_resume_fast:
	cbz	w0, 2f
guest_resume_check:
	ldrb	w0, [sp, #CPU_REGS + CPU_MODE]
	cbnz	w0, 1f
	ldp	x2, x3, [sp, #16]
	ldp	x4, x5, [sp, #32]
	ldp	x6, x7, [sp, #48]
	ldp	x8, x9, [sp, #64]
	ldp	x10, x11, [sp, #80]
	ldp	x12, x13, [sp, #96]
	ldp	x14, x15, [sp, #112]
	ldp	x16, x17, [sp, #128]
	ldr	x30, [sp, #240]
	ldp	x0, x1, [sp]
	eret
1:	save_rest
	b	guest_wait
2:	save_rest
	add	x0, sp, #CPU_REGS
	bl	exit_synchronous
	b	guest_resume

	from_own
/* The CPU whose area the stack is in continues its guest, as soon as it has one. */
guest_wait:
	add	x0, sp, #CPU_REGS
	bl	cpu_wait
guest_resume:
	ldrb	w0, [sp, #CPU_REGS + CPU_MODE]
	cbnz	w0, guest_wait
	ldp	x18, x19, [sp, #144]
	ldp	x20, x21, [sp, #160]
	ldp	x22, x23, [sp, #176]
	ldp	x24, x25, [sp, #192]
	ldp	x26, x27, [sp, #208]
	ldp	x28, x29, [sp, #224]
	b	guest_resume_check

/* void guest_run(struct cpu *): never returns. */
	.globl	guest_run
guest_run:
	sub	sp, x0, #CPU_REGS
	b	guest_resume

own_exception:
	mrs	x0, esr_el2
	mrs	x1, elr_el2
	mrs	x2, far_el2
	mov	x3, sp
	b	exception_panic

	.rept	2
	from_own
	.endr

	.rept	2			/* from AArch64, then from AArch32 */
	from_guest_fast
	from_guest exit_interrupt
	from_guest exit_interrupt
	from_guest exit_error
	.endr
	.org	vectors + 2048		/* no vector is too long, nor what lies behind one of EL2's own */

	image_pages
	.section .note.GNU-stack, "", @progbits
