/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/*
 * The 16 vectors of EL1. An interrupt taken from EL1 saves what a C function may change and calls
 * vector_irq; all else leaves a struct frame and is final.
 */
	.text
	.balign 0x800
	.globl vectors
vectors:
	vector = 0
	.rept 16
	.balign 0x80
	.if vector == 5			/* IRQ, from EL1 with its own stack pointer */
	b	irq_entry
	.else
	stp	x0, x1, [sp, #-272]!
	mov	x0, #vector
	b	fatal_entry
	.endif
	vector = vector + 1
	.endr

irq_entry:
	stp	x29, x30, [sp, #-176]!
	mov	x29, sp
	stp	x0, x1, [sp, #16]
	stp	x2, x3, [sp, #32]
	stp	x4, x5, [sp, #48]
	stp	x6, x7, [sp, #64]
	stp	x8, x9, [sp, #80]
	stp	x10, x11, [sp, #96]
	stp	x12, x13, [sp, #112]
	stp	x14, x15, [sp, #128]
	stp	x16, x17, [sp, #144]
	str	x18, [sp, #160]
	bl	vector_irq
	ldp	x0, x1, [sp, #16]
	ldp	x2, x3, [sp, #32]
	ldp	x4, x5, [sp, #48]
	ldp	x6, x7, [sp, #64]
	ldp	x8, x9, [sp, #80]
	ldp	x10, x11, [sp, #96]
	ldp	x12, x13, [sp, #112]
	ldp	x14, x15, [sp, #128]
	ldp	x16, x17, [sp, #144]
	ldr	x18, [sp, #160]
	ldp	x29, x30, [sp], #176
	eret

fatal_entry:
	stp	x2, x3, [sp, #16]
	stp	x4, x5, [sp, #32]
	stp	x6, x7, [sp, #48]
	stp	x8, x9, [sp, #64]
	stp	x10, x11, [sp, #80]
	stp	x12, x13, [sp, #96]
	stp	x14, x15, [sp, #112]
	stp	x16, x17, [sp, #128]
	stp	x18, x19, [sp, #144]
	stp	x20, x21, [sp, #160]
	stp	x22, x23, [sp, #176]
	stp	x24, x25, [sp, #192]
	stp	x26, x27, [sp, #208]
	stp	x28, x29, [sp, #224]
	str	x30, [sp, #240]
	str	x0, [sp, #248]
	mov	x0, sp
	bl	vector_fatal
	b	.
