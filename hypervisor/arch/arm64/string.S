/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The memory words of base/string.h for this processor. On a PC the host tests take the C library's, so this
 * file is in the image only. No access is misaligned.
 */
	.macro	word name
	.section .text.\name, "ax"
	.globl	\name
\name:
	.endm

/*
 * memcpy(to, from, n): 8 bytes per step where both sides are aligned, then single ones. The bits in which
 * an address is not aligned make x4 larger than any number of steps.
 */
	word	memcpy
	mov	x3, x0
	orr	x4, x0, x1
	lsl	x4, x4, #61
1:	cmp	x4, x2, lsr #3
	b.hs	2f
	ldr	x5, [x1], #8
	str	x5, [x3], #8
	sub	x2, x2, #8
	b	1b
2:	cbz	x2, 3f
	ldrb	w5, [x1], #1
	strb	w5, [x3], #1
	sub	x2, x2, #1
	b	2b
3:	ret

/* memset(to, byte, n): likewise. */
	word	memset
	mov	x3, x0
	lsl	x4, x0, #61
	and	x1, x1, #0xff
	mov	x5, #0x0101010101010101
	mul	x5, x5, x1
1:	cmp	x4, x2, lsr #3
	b.hs	2f
	str	x5, [x3], #8
	sub	x2, x2, #8
	b	1b
2:	cbz	x2, 3f
	strb	w1, [x3], #1
	sub	x2, x2, #1
	b	2b
3:	ret

/* memmove(to, from, n): from above where the other way would overwrite what it has not read yet. */
	word	memmove
	sub	x3, x0, x1
	cmp	x3, x2
	b.hs	memcpy
1:	cbz	x2, 2f
	sub	x2, x2, #1
	ldrb	w3, [x1, x2]
	strb	w3, [x0, x2]
	b	1b
2:	ret

/* memcmp(left, right, n): the difference of the first bytes that differ. */
	word	memcmp
	mov	w3, #0
1:	cbz	x2, 2f
	ldrb	w3, [x0], #1
	ldrb	w4, [x1], #1
	sub	x2, x2, #1
	subs	w3, w3, w4
	b.eq	1b
2:	mov	w0, w3
	ret

	.section .note.GNU-stack, "", @progbits
