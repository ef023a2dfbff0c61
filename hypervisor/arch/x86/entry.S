/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where control comes in: image header, entry from Linux, exceptions, and the halted state.
 */
#include <arch/x86/cpu.h>
#include <arch/image.h>

	image_header

	.text
/*
 * int image_entry(unsigned cpu_id, u64 resume): Linux's stack, Linux's IDT, the transition table.
 * r12 and r13 hold the trampoline's stack pointer and CR3. Returns only a negative errno; success
 * goes on as a guest at resume.
 */
	.globl	image_entry
image_entry:
	endbr64
	push	%rbx
	push	%rbp
	push	%r12
	push	%r13
	push	%r14
	push	%r15
	mov	%edi, %eax
	imul	$CPU_AREA, %rax, %rax
	lea	image_end(%rip), %rbx
	add	%rax, %rbx
	mov	%rsp, CPU_LINUX_RSP(%rbx)
	lea	CPU_AREA - CPU_FRAME(%rbx), %rsp
	mov	%rsi, %rdx
	mov	%edi, %esi
	mov	%rbx, %rdi
	mov	%r12, %rcx
	mov	%r13, %r8
	call	cpu_enter
	mov	CPU_LINUX_RSP(%rbx), %rsp
	pop	%r15
	pop	%r14
	pop	%r13
	pop	%r12
	pop	%rbp
	pop	%rbx
	ret

/* void cpu_load_tables(gdtr *, idtr *, u16 cs, u16 data): also reloads CS, SS, DS, ES. */
	.globl	cpu_load_tables
cpu_load_tables:
	lgdt	(%rdi)
	lidt	(%rsi)
	mov	%ecx, %ss
	mov	%ecx, %ds
	mov	%ecx, %es
	pop	%rax
	push	%rdx
	push	%rax
	lretq

/*
 * void cpu_give_back(u64 *registers, u64 transition_cr3, struct give_back *): the last step of
 * disable. Linux's tables, then its registers from the guest frame, then its code by far return.
 * give_back: gdtr (16), idtr (16), cs, ss|ds<<16|es<<32, rip, rsp, rax, nmi
 */
	.globl	cpu_give_back
cpu_give_back:
	mov	%rsi, %cr3
	mov	%rdx, %rbx
	mov	%rdi, %rbp
	lgdt	(%rbx)
	lidt	16(%rbx)
	mov	40(%rbx), %eax
	mov	%eax, %ss
	mov	44(%rbx), %eax
	mov	%eax, %ds
	mov	48(%rbx), %eax
	mov	%eax, %es
	mov	%rsp, %rax
	pushq	32(%rbx)
	lea	1f(%rip), %rax
	push	%rax
	lretq
1:	mov	%rsp, %rax		/* NMIs up to here were taken by nmi_stub */
	and	$~(CPU_AREA - 1), %rax
	mov	CPU_NMIS(%rax), %eax
	or	%rax, 80(%rbx)
	cmpq	$0, 80(%rbx)
	je	2f
	int	$2			/* an NMI came while Linux was not there: its own handler */
2:	mov	72(%rbx), %rax
	mov	64(%rbx), %rsp
	pushq	56(%rbx)
	mov	96(%rbp), %r12
	mov	104(%rbp), %r13
	mov	112(%rbp), %r14
	mov	120(%rbp), %r15
	mov	24(%rbp), %rbx
	mov	40(%rbp), %rbp
	ret

/* ------------------------------------------------------------------ exceptions of the hypervisor */
/* NMI: count it; when it hit the halted state, step over the HLT so that no wake-up is lost. */
	.globl	nmi_stub
nmi_stub:
	push	%rax
	push	%rcx
	mov	%rsp, %rax
	and	$~(CPU_AREA - 1), %rax
	lock incl CPU_NMIS(%rax)
	lea	cpu_halt_begin(%rip), %rcx
	cmp	%rcx, 16(%rsp)
	jb	1f
	lea	cpu_halt_end(%rip), %rcx
	cmp	%rcx, 16(%rsp)
	ja	1f
	mov	%rcx, 16(%rsp)
1:	pop	%rcx
	pop	%rax
	iretq

/*
 * void cpu_halt(volatile u32 *nmis, u32 seen): halts with GIF set until an NMI; returns at once when
 * *nmis is no longer seen. Interrupts stay off, so only NMIs wake it.
 */
	.globl	cpu_halt
cpu_halt:
	stgi
cpu_halt_begin:
	cmp	%esi, (%rdi)
	jne	cpu_halt_end
	hlt
cpu_halt_end:
	clgi
	ret

/* Open the window in which a pending NMI is taken by nmi_stub. */
	.globl	cpu_take_nmi
cpu_take_nmi:
	stgi
	nop
	clgi
	ret

/* Handlers in C that return to where they came from. */
	.globl	drain_stub, machine_check_stub
drain_stub:			/* any vector while stale interrupts are drained: acknowledge and go on */
	push	%rax
	lea	apic_eoi(%rip), %rax
	jmp	call_and_return
machine_check_stub:
	push	%rax
	lea	machine_check(%rip), %rax
call_and_return:
	push	%rcx
	push	%rdx
	push	%rsi
	push	%rdi
	push	%r8
	push	%r9
	push	%r10
	push	%r11
	push	%rbp
	mov	%rsp, %rbp
	and	$~0xf, %rsp
	cld
	call	*%rax
	mov	%rbp, %rsp
	pop	%rbp
	pop	%r11
	pop	%r10
	pop	%r9
	pop	%r8
	pop	%rdi
	pop	%rsi
	pop	%rdx
	pop	%rcx
	pop	%rax
	iretq

/* Exceptions 0..15, 8 bytes each: push a zero where the CPU pushes no error code, then the vector. */
	.altmacro
	.macro exception_stub number
	.balign EXCEPTION_STUB
	.if !((0x60227d00 >> \number) & 1)
	push	$0
	.endif
	push	$\number
	jmp	exception_common
	.endm
	.balign EXCEPTION_STUB
	.globl	exception_stubs
exception_stubs:
	.set	n, 0
	.rept	EXCEPTION_STUBS
	exception_stub %n
	.set	n, n + 1
	.endr

exception_common:
	lea	msr_try_read(%rip), %rax
	cmp	%rax, 16(%rsp)
	je	2f
	lea	msr_try_write(%rip), %rax
	cmp	%rax, 16(%rsp)
	je	2f
	mov	%rsp, %rdi	/* vector, error code, rip, cs, rflags, rsp, ss */
	and	$~0xf, %rsp
	cld
	call	exception_panic
1:	hlt
	jmp	1b
2:	lea	msr_try_failed(%rip), %rax
	mov	%rax, 16(%rsp)
	add	$16, %rsp
	iretq

/* bool msr_try(u32 msr, u64 *value, bool write): false when the processor has no such register. */
	.globl	msr_try
msr_try:
	mov	%edi, %ecx
	test	%edx, %edx
	jnz	1f
msr_try_read:
	rdmsr
	mov	%eax, (%rsi)
	mov	%edx, 4(%rsi)
	mov	$1, %eax
	ret
1:	mov	(%rsi), %eax
	mov	4(%rsi), %edx
msr_try_write:
	wrmsr
	mov	$1, %eax
	ret
msr_try_failed:
	xor	%eax, %eax
	ret

	image_pages
	.section .note.GNU-stack, "", @progbits
