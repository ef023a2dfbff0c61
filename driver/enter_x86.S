/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The two trampolines. They run on Linux's own text and stack, which the transition tables map
 * too, so an NMI at any instruction finds everything it needs.
 */
#include <linux/linkage.h>
#include <linux/objtool.h>
#include <asm/nospec-branch.h>
#include <asm/unwind_hints.h>

#define HYPERCALL_DISABLE 0

/* Callee-saved state goes to the stack; the stack and CR3 go to registers that survive. */
.macro TRAMP_SAVE
	push	%rbp
	push	%rbx
	push	%r12
	push	%r13
	push	%r14
	push	%r15
	pushf
	UNWIND_HINT_SAVE
	mov	%rsp, %r12
	mov	%cr3, %r13
.endm

/* The landing: all the hypervisor has to keep is rax, r12 and r13. */
.macro TRAMP_RESTORE
	ANNOTATE_NOENDBR
	mov	%r13, %cr3
	mov	%r12, %rsp
	UNWIND_HINT_RESTORE
	popf
	pop	%r15
	pop	%r14
	pop	%r13
	pop	%r12
	pop	%rbx
	pop	%rbp
	RET
.endm

.text

/* int tramp_enter(root, entry, cpu) */
SYM_FUNC_START(tramp_enter)
	TRAMP_SAVE
	mov	%rdi, %cr3
	mov	%rsi, %rax
	mov	%edx, %edi
	lea	.Lentered(%rip), %rsi
	ANNOTATE_RETPOLINE_SAFE
	call	*%rax
.Lentered:
	TRAMP_RESTORE
SYM_FUNC_END(tramp_enter)

/* int tramp_leave(void) */
SYM_FUNC_START(tramp_leave)
	TRAMP_SAVE
	mov	$HYPERCALL_DISABLE, %eax
	vmmcall
	TRAMP_RESTORE
SYM_FUNC_END(tramp_leave)
