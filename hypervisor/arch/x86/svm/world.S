/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The world switch. The stack pointer is at the guest frame in both directions: VMRUN saves it in
 * the host save area, VMEXIT restores it. FS, GS, TR, LDTR and the system-call MSRs stay the
 * guest's all the time: the hypervisor does not use them, so VMLOAD/VMSAVE are not in the path.
 */
#include <arch/x86/cpu.h>

	.text
/*
 * void svm_run(struct cpu *): never returns. svm_exit_fast() answers most exits; it is a C function, so
 * RBP and R10 to R15 survive it and stay the guest's (R10 and R11 because the whole image is compiled
 * to keep them, see dir.mk). What it leaves goes to svm_exit() with every
 * register saved, after which the guest may have changed altogether.
 */
	.globl	svm_run
svm_run:
	lea	CPU_AREA - CPU_FRAME(%rdi), %rsp
	mov	%rdi, 0x80(%rsp)
1:	mov	0x28(%rsp), %rbp
	mov	0x50(%rsp), %r10
	mov	0x58(%rsp), %r11
	mov	0x60(%rsp), %r12
	mov	0x68(%rsp), %r13
	mov	0x70(%rsp), %r14
	mov	0x78(%rsp), %r15
2:	mov	0x00(%rsp), %rax
	mov	0x08(%rsp), %rcx
	mov	0x10(%rsp), %rdx
	mov	0x18(%rsp), %rbx
	mov	0x30(%rsp), %rsi
	mov	0x38(%rsp), %rdi
	mov	0x40(%rsp), %r8
	mov	0x48(%rsp), %r9
	vmrun	%rax
	mov	%rcx, 0x08(%rsp)
	mov	%rdx, 0x10(%rsp)
	mov	%rbx, 0x18(%rsp)
	mov	%rsi, 0x30(%rsp)
	mov	%rdi, 0x38(%rsp)
	mov	%r8,  0x40(%rsp)
	mov	%r9,  0x48(%rsp)
	mov	0x80(%rsp), %rdi
	call	svm_exit_fast
	test	%al, %al
	jnz	2b
	mov	%rbp, 0x28(%rsp)
	mov	%r10, 0x50(%rsp)
	mov	%r11, 0x58(%rsp)
	mov	%r12, 0x60(%rsp)
	mov	%r13, 0x68(%rsp)
	mov	%r14, 0x70(%rsp)
	mov	%r15, 0x78(%rsp)
	mov	0x80(%rsp), %rdi
	call	svm_exit
	mov	0x80(%rsp), %rdi
	cmpb	$0, CPU_MODE(%rdi)
	je	1b
	call	cpu_wait
	jmp	1b
	.section .note.GNU-stack, "", @progbits
