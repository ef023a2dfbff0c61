/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/*
 * From the reset state of a cell to C. All CPUs of the cell come here at the same time, in real mode at
 * 0:0, and climb to 64-bit mode without memory of their own. Then they draw tickets: the first becomes
 * the primary CPU, the others note their APIC id and sleep. A CPU that another one has started comes
 * here again and finds its entry function and stack waiting.
 */
#include <inmate.h>

#define CR0_PE		0x00000001
#define CR0_MP		0x00000002
#define CR0_PG		0x80000000
#define CR0_CACHE	0x60000000	/* CD and NW */
#define CR4_PAE		0x020
#define CR4_OSFXSR	0x600		/* with OSXMMEXCPT */
#define MSR_MTRR_DEF	0x2ff
#define MTRR_ENABLE	0x800
#define MSR_EFER	0xc0000080
#define EFER_LME	0x100
#define COMM_NUM_CPUS	0x42

	.section ".boot", "ax"
	.code16
	.globl inmate_entry
inmate_entry:
	cli
	lgdtl %cs:gdt_pointer
	movl %cr0, %eax
	andl $~CR0_CACHE, %eax
	orl $(CR0_PE | CR0_MP), %eax
	movl %eax, %cr0
	ljmpl $INMATE_CS32, $start32

	.code32
start32:
	movl $INMATE_DS32, %eax
	movl %eax, %ds
	movl %eax, %es
	movl %eax, %ss

	movl $MSR_MTRR_DEF, %ecx
	rdmsr
	orl $MTRR_ENABLE, %eax
	wrmsr

	movl $(CR4_PAE | CR4_OSFXSR), %eax
	movl %eax, %cr4
	movl $page_map_level_4, %eax
	movl %eax, %cr3
	movl $MSR_EFER, %ecx
	rdmsr
	orl $EFER_LME, %eax
	wrmsr
	movl %cr0, %eax
	orl $CR0_PG, %eax
	movl %eax, %cr0
	ljmpl $INMATE_CS64, $start64

	.code64
start64:
	xorl %eax, %eax
	movl %eax, %fs
	movl %eax, %gs

	/* Started by another CPU? Taking the entry tells it that its place is free again. */
	movq smp_entry_stack, %rsp
	xorl %eax, %eax
	xchgq %rax, smp_entry
	testq %rax, %rax
	jz draw_ticket
	lidt idt_pointer
	xorl %ebp, %ebp
	call *%rax
	jmp sleep

draw_ticket:
	/* Modulo the CPUs of the cell, so that it can be started again without loading it anew. */
	movl $1, %eax
	lock xaddl %eax, tickets
	xorl %edx, %edx
	movzwl COMM_REGION_BASE + COMM_NUM_CPUS, %ebx
	cmpl $1, %ebx
	adcl $0, %ebx
	divl %ebx
	movl %edx, %ebx		/* my place */

	movl $X2APIC_ID, %ecx
	rdmsr
	cmpl $SMP_MAX_CPUS, %ebx
	jae sleep
	movb %al, smp_cpu_ids(%rbx)
	lock incl smp_num_cpus
	testl %ebx, %ebx
	jnz sleep

	movq $stack_top, %rsp
	movq $bss_start, %rdi
	movq $bss_end, %rcx
	subq %rdi, %rcx
	xorl %eax, %eax
	cld
	rep stosb
	lidt idt_pointer
	xorl %ebp, %ebp
	call c_entry
sleep:
	cli
	hlt
	jmp sleep

	.balign 8
gdt:
	.quad 0
	.quad 0x00cf9b000000ffff	/* INMATE_CS32 */
	.quad 0x00af9b000000ffff	/* INMATE_CS64 */
	.quad 0x00cf93000000ffff	/* INMATE_DS32 */
gdt_pointer:
	.short gdt_pointer - gdt - 1
	.long gdt

	.data
	/* Not in .bss: all CPUs write here while the primary one clears that. */
	.balign 8
tickets:
	.long 0
	.globl smp_num_cpus
smp_num_cpus:
	.long 0
	.globl smp_entry, smp_entry_stack
smp_entry:
	.quad 0
smp_entry_stack:
	.quad 0
	.globl smp_cpu_ids
smp_cpu_ids:
	.fill SMP_MAX_CPUS, 1, 0

	.balign 8
	.globl idt_pointer
idt_pointer:
	.short 64 * 16 - 1
	.quad idt
