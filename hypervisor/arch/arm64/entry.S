/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where control comes in: image header, entry from Linux without translation, and the vectors of EL2.
 * The page is also mapped at its physical address: translation goes on and off there. A vector is 128 bytes
 * long, most hold less, and the way in and out lies in the room behind them, as does what image.lds puts there.
 */
#include <arch/arm64/cpu.h>
#include <arch/arm64/sysreg.h>
#include <arch/image.h>
#define __ASSEMBLY__
#include <jailhouse/hypercall.h>

#define HVC_SYNDROME	0x5a00	/* ESR_EL2 of HVC from AArch64 but for the immediate */
#define HEADER_ROOT	96	/* struct jailhouse_header: transition_root, hypervisor_phys */
#define HEADER_PHYS	112

/* ESR_EL2: class and status of an abort; a data abort without a change of level, external. */
#define ABORT_MASK	0xfc00003f
#define ABORT_OWN_EXTERNAL 0x94000010

	image_header

/* From here on the vector of this number, and what is in the room behind it: see image.lds. */
	.macro	vector number
	.section .vector\number, "ax"
vector_\number:
	.endm

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

/* The others, by stp to the guest's registers and by ldp from there. */
	.macro	rest how
	\how	x18, x19, [sp, #144]
	\how	x20, x21, [sp, #160]
	\how	x22, x23, [sp, #176]
	\how	x24, x25, [sp, #192]
	\how	x26, x27, [sp, #208]
	\how	x28, x29, [sp, #224]
	.endm

/* Save the guest's registers, call handler(cpu), go back to whatever the CPU is to run then. */
	.macro	from_guest number, handler
	vector	\number
	save_some
	rest	stp
	add	x0, sp, #CPU_REGS
	bl	\handler
	b	guest_resume
	.endm

/* Most traps are answered with most of the guest's registers in place. */
	.macro	from_guest_fast number
	vector	\number
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

/* An exception of EL2 itself: none of these may happen. */
	.macro	from_own number
	vector	\number
	b	own_exception
	.endm

/* Two of Linux's registers to their place in the struct cpu at x5; at is within struct linux_state. */
	.macro	save_linux first, second, at
	mrs	x14, \first
	mrs	x15, \second
	stp	x14, x15, [x5, #CPU_LINUX_STATE + \at]
	.endm

/* And back, from the struct cpu at x0. */
	.macro	restore_linux first, second, at
	ldp	x14, x15, [x0, #CPU_LINUX_STATE + \at]
	msr	\first, x14
	msr	\second, x15
	.endm

/*
 * Vectors 0 to 3 are for SP_EL0, which EL2 never selects. The header is in the way of the first two: the
 * first words of its text and of its last field, a size below 64 KiB times 65536, are undefined instructions.
 */
	vector	0
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
	ldr	x3, entered_at
	br	x3

	from_own 2
entered:
	adr	x5, image_end + CPU_AT
	mov	x6, #CPU_AREA
	madd	x5, x0, x6, x5
	sub	sp, x5, #CPU_REGS
	rest	stp
	str	x30, [sp, #240]
	stp	x9, x10, [x5, #CPU_LINUX_STATE]
	stp	x11, x12, [x5, #CPU_LINUX_STATE + 16]
	save_linux vbar_el2, hcr_el2, 32
	save_linux cptr_el2, mdcr_el2, 48
	save_linux cnthctl_el2, cntvoff_el2, 64
	save_linux vttbr_el2, vtcr_el2, 80
	save_linux vpidr_el2, vmpidr_el2, 96
	b	1f

	from_own 3
1:	save_linux elr_el2, spsr_el2, 112
	adr	x14, image_start
	msr	vbar_el2, x14
	isb
	mov	x1, x0
	mov	x0, x5
	b	cpu_enter

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

entered_at:
	.quad	entered

/*
 * A synchronous exception of EL2. No device answered an access of port/mmio.h: a load gives ones, a store
 * is lost, and the guest's return state, which the exception has overwritten, comes back. Recognised by
 * an external abort (DDI 0487, D23.2.37) behind the look-at windows' address, on x16; x17 is free there, and
 * x14 and x15 are the return state.
 */
	vector	4
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
	mrs	x17, elr_el2
	msr	elr_el2, x14
	msr	spsr_el2, x15
	mov	x16, #-1
	add	x17, x17, #4
	br	x17

	from_own 5
/* void cpu_leave(struct cpu *, s64 result): Linux goes on natively, see arch/arm64/control.h. */
	.globl	cpu_leave
cpu_leave:
	restore_linux cptr_el2, mdcr_el2, 48
	restore_linux cnthctl_el2, cntvoff_el2, 64
	restore_linux vttbr_el2, vtcr_el2, 80
	restore_linux vpidr_el2, vmpidr_el2, 96
	restore_linux elr_el2, spsr_el2, 112
	ldp	x9, x10, [x0, #CPU_LINUX_STATE]
	ldp	x11, x12, [x0, #CPU_LINUX_STATE + 16]
	ldp	x13, x14, [x0, #CPU_LINUX_STATE + 32]
	msr	hcr_el2, x14
	isb
	tlbi	alle1			/* Linux's own too: it has invalidated none of them as a guest */
	dsb	nsh
	sub	sp, x0, #CPU_REGS
	mov	x0, x1
	b	1f

own_exception:
	adr	x0, own_exception_text
	mrs	x1, esr_el2
	mrs	x2, elr_el2
	mrs	x3, far_el2
	mov	x4, sp
	b	core_panic
	.section .rodata
own_exception_text:
	.asciz	"exception %llx at %llx, address %llx, stack %llx"

	from_own 6
1:	adr	x2, image_start
	ldr	x2, [x2, #HEADER_PHYS]
	add	x2, x2, #:lo12:identity_leave
	rest	ldp
	ldr	x30, [sp, #240]
	br	x2

/* The CPU whose area the stack is in continues its guest, as soon as it has one. */
guest_wait:
	add	x0, sp, #CPU_REGS
	bl	cpu_wait
guest_resume:
	ldrb	w0, [sp, #CPU_REGS + CPU_MODE]
	cbnz	w0, guest_wait
	rest	ldp
	b	guest_resume_check

/* void guest_run(struct cpu *): never returns. */
	.globl	guest_run
guest_run:
	sub	sp, x0, #CPU_REGS
	b	guest_resume

	vector	7
	b	own_error
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
1:	rest	stp
	b	guest_wait
2:	rest	stp
	add	x0, sp, #CPU_REGS
	bl	exit_synchronous
	b	guest_resume

	from_guest_fast 8		/* from AArch64 */
/*
 * Hypercalls that only ask or print: x0 is the result at once. The others reconfigure or leave, and need
 * all of the guest's registers saved.
 */
hypercall:
	mov	w3, w0
	add	x0, sp, #CPU_REGS
	cmp	w3, #JAILHOUSE_HC_CELL_DESTROY
	b.ls	2b
	ldr	w4, [x0, #CPU_HYPERCALLS]
	add	w4, w4, #1
	str	w4, [x0, #CPU_HYPERCALLS]
	bl	core_hypercall
	str	x0, [sp]
	b	guest_resume_check

	from_guest 9, cpu_interrupt
	vector	10
	b	vector_9
	from_guest 11, exit_error

	vector	12			/* from AArch32: the same again */
	b	vector_8
	vector	13
	b	vector_9
	vector	14
	b	vector_9
	vector	15
	b	vector_11

/*
 * void cpu_drop_errors(void): see arch/arm64/control.h. Only here does EL2 let errors in. Vector 7 goes on
 * behind the window, where they are masked as on its way there, so that one which stays is met once.
 */
	.globl	cpu_drop_errors
cpu_drop_errors:
	dsb	sy
	msr	daifclr, #4
errors_in:
	hint	#16			/* ESB, which waits for errors where there is RAS */
	isb
errors_out:
	msr	daifset, #4
	ret

own_error:
	mrs	x16, elr_el2
	adr	x17, errors_in
	sub	x16, x16, x17
	cmp	x16, #errors_out - errors_in
	b.ls	errors_out
	b	own_exception

	image_pages
	.section .note.GNU-stack, "", @progbits
