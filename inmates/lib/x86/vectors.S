/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/* 64 entry points of 16 bytes each; every one leaves a struct frame on the stack and calls vector_c. */

/* Exceptions for which the CPU pushes an error code: 8, 10 to 14, 17, 21, 29, 30. */
#define WITH_ERROR_CODE	0x60227d00

	.text
	.globl vector_stubs
	.balign 16
vector_stubs:
	vector = 0
	.rept 64
	.balign 16
	.if vector >= 32 || !((WITH_ERROR_CODE >> vector) & 1)
	pushq $0
	.endif
	pushq $vector
	jmp vector_common
	vector = vector + 1
	.endr

vector_common:
	pushq %rax
	pushq %rcx
	pushq %rdx
	pushq %rbx
	pushq %rbp
	pushq %rsi
	pushq %rdi
	pushq %r8
	pushq %r9
	pushq %r10
	pushq %r11
	pushq %r12
	pushq %r13
	pushq %r14
	pushq %r15
	movq %rsp, %rdi
	cld
	call vector_c
	popq %r15
	popq %r14
	popq %r13
	popq %r12
	popq %r11
	popq %r10
	popq %r9
	popq %r8
	popq %rdi
	popq %rsi
	popq %rbp
	popq %rbx
	popq %rdx
	popq %rcx
	popq %rax
	addq $16, %rsp
	iretq
