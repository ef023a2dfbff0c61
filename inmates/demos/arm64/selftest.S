/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/*
 * Notes every register before the library changes any. Only x0 has to give way: tpidrro_el0 keeps
 * it unless it is 0, and stands for both afterwards.
 */

	.section ".boot.first", "ax"
	cbz	x0, 1f
	msr	tpidrro_el0, x0
1:	adr	x0, reset_state
	stp	x2, x3, [x0, #16]
	stp	x4, x5, [x0, #32]
	stp	x6, x7, [x0, #48]
	stp	x8, x9, [x0, #64]
	stp	x10, x11, [x0, #80]
	stp	x12, x13, [x0, #96]
	stp	x14, x15, [x0, #112]
	stp	x16, x17, [x0, #128]
	stp	x18, x19, [x0, #144]
	stp	x20, x21, [x0, #160]
	stp	x22, x23, [x0, #176]
	stp	x24, x25, [x0, #192]
	stp	x26, x27, [x0, #208]
	stp	x28, x29, [x0, #224]
	str	x30, [x0, #240]
	mov	x2, sp
	mrs	x3, tpidrro_el0
	stp	x3, x1, [x0]
	str	x2, [x0, #248]
	add	x0, x0, #784
#define REGISTER(name, mask, value)	mrs x1, name; str x1, [x0], #8;
#include "selftest-registers.h"
#undef REGISTER

	adr	x0, reset_state
	mov	x1, #0x300000
	msr	cpacr_el1, x1
	isb
	mrs	x1, fpcr
	mrs	x2, fpsr
	stp	x1, x2, [x0, #256]
	add	x0, x0, #272
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, \
		21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
	str	q\n, [x0], #16
	.endr

	/* Written without caches: what they may hold of it is old. */
	adr	x0, reset_state
	adr	x1, reset_state_end
2:	dc	civac, x0
	add	x0, x0, #16
	cmp	x0, x1
	b.lo	2b
	dsb	sy

	/* End with every general register full, for the CPU's next owner to look at. */
	.text
	.globl fill_and_stop
fill_and_stop:
	ldr	x30, =0xdeadbeefdeadbeef
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, \
		21, 22, 23, 24, 25, 26, 27, 28, 29
	mov	x\n, x30
	fmov	d\n, x30
	.endr
	fmov	d30, x30
	fmov	d31, x30
	mov	sp, x30
1:	wfi
	b	1b
	.ltorg

	/* struct reset_state of selftest.c */
	.data
	.balign	64
	.globl reset_state
reset_state:
	.fill	272 + 512 + 512, 1, 0
	.balign	64
reset_state_end:
