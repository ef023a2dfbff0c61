/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/*
 * A 64 KiB ROM that stands in for the hypervisor in a QEMU q35 machine: it fills the communication
 * page, switches every CPU to x2APIC mode and lets all of them enter the inmate at 0:0 in real mode.
 */
#define COMM_SEGMENT	0xffff		/* 0xffff:0x10 is 0x100000 */
#define COMM_OFFSET	0x10
#define COMM_NUM_CPUS	0x42
#define MSR_APIC_BASE	0x1b
#define APIC_X2		0x400
#define X2APIC_ICR	0x830
#define INIT_OTHERS	0xc4500
#define SIPI_OTHERS	0xc46f0		/* they start at 0xf0000 */
#define PCI_REG(dev, fn, reg)	(0x80000000 | (dev) << 11 | (fn) << 8 | (reg))

	.text
	.code16
	.globl _start
_start:
enter_inmate:
	cli
	movl $MSR_APIC_BASE, %ecx
	rdmsr
	orl $APIC_X2, %eax
	wrmsr
	ljmp $0, $0

reset:
	cli
	cld
	movw %cs, %ax
	movw %ax, %ds

	movw $(pci_writes - _start), %si
	movw $((pci_writes_end - pci_writes) / 8), %cx
1:	movw $0xcf8, %dx
	lodsl
	outl %eax, %dx
	movw $0xcfc, %dx
	lodsl
	outl %eax, %dx
	loop 1b

	movw $COMM_SEGMENT, %ax
	movw %ax, %es
	movw $COMM_OFFSET, %di
	movw $(comm - _start), %si
	movw $(comm_end - comm), %cx
	rep movsb

	/* QEMU tells the number of CPUs under key 5. */
	movw $0x510, %dx
	movw $5, %ax
	outw %ax, %dx
	incw %dx
	inb %dx, %al
	movb %al, %es:COMM_OFFSET + COMM_NUM_CPUS

	movl $MSR_APIC_BASE, %ecx
	rdmsr
	orl $APIC_X2, %eax
	wrmsr
	movl $X2APIC_ICR, %ecx
	xorl %edx, %edx
	movl $INIT_OTHERS, %eax
	wrmsr
	movl $SIPI_OTHERS, %eax
	wrmsr
	jmp enter_inmate

	.balign 4
pci_writes:
	.long PCI_REG(0, 0, 0x64), 0
	.long PCI_REG(0, 0, 0x60), 0xb0000001	/* ECAM */
	.long PCI_REG(31, 0, 0x40), 0x601	/* ACPI ports, with the PM timer at 0x608 */
	.long PCI_REG(31, 0, 0x44), 0x80
	.long PCI_REG(4, 0, 0x10), 0xfea00000	/* BAR of the edu device */
pci_writes_end:

comm:
	.ascii "JHCOMM"
	.short 2
	.long 0, 0, 0, 0
	.quad 0x3f8		/* console: 8250 behind ports */
	.long 0
	.short 2, 0
	.long 1, 0
	.quad 0
	.quad 0xb0000000
	.short 0x608, 1
	.long 0, 0		/* frequencies are left to be measured */
comm_end:

	.org 0xfff0
	ljmp $0xf000, $(reset - _start)
	.org 0xffff
	.byte 0
