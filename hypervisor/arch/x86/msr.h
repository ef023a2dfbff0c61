/* SPDX-License-Identifier: GPL-2.0 */
/* Model specific registers by the names of the AMD64 manual, volume 2, appendix A. */
#ifndef ARCH_X86_MSR_H
#define ARCH_X86_MSR_H

#define MSR_TSC			0x00000010
#define MSR_APIC_BASE		0x0000001b
#define   APIC_BASE_EXTD	(1ULL << 10)
#define   APIC_BASE_ENABLE	(1ULL << 11)
#define MSR_SPEC_CTRL		0x00000048
#define MSR_DEBUGCTL		0x000001d9
#define MSR_PAT			0x00000277
#define   PAT_RESET		0x0007040600070406ULL
#define MSR_MTRR_DEF_TYPE	0x000002ff
#define MSR_S_CET		0x000006a2
#define MSR_X2APIC_FIRST	0x00000800
#define MSR_X2APIC_LAST		0x0000083f
#define MSR_X2APIC_ICR		0x00000830
#define MSR_X2APIC_SELF_IPI	0x0000083f
#define MSR_XSS			0x00000da0
#define MSR_EFER		0xc0000080
#define   EFER_LME		(1ULL << 8)
#define   EFER_LMA		(1ULL << 10)
#define   EFER_NXE		(1ULL << 11)
#define   EFER_SVME		(1ULL << 12)
#define MSR_TSC_AUX		0xc0000103
#define MSR_VM_CR		0xc0010114
#define   VM_CR_SVMDIS		(1ULL << 4)
#define MSR_VM_HSAVE_PA		0xc0010117

#define VECTOR_DEBUG		1
#define VECTOR_INVALID_OPCODE	6
#define VECTOR_ALIGNMENT	17

#define CR0_PE			(1ULL << 0)
#define CR0_ET			(1ULL << 4)
#define CR0_WP			(1ULL << 16)
#define CR0_NW			(1ULL << 29)
#define CR0_CD			(1ULL << 30)
#define CR0_PG			(1ULL << 31)
#define CR4_PAE			(1ULL << 5)
#define CR4_MCE			(1ULL << 6)
#define CR4_PGE			(1ULL << 7)
#define CR4_LA57		(1ULL << 12)
#define CR4_OSXSAVE		(1ULL << 18)
#define CR4_CET			(1ULL << 23)
#define RFLAGS_VM		(1ULL << 17)

#define CR4_PKE			(1ULL << 22)

/* False when the processor has no such register or refuses the value. */
_Bool msr_try(unsigned msr, unsigned long long *value, _Bool write);

#endif
