/* SPDX-License-Identifier: GPL-2.0 */
/* Virtual machine control block: AMD64 manual volume 2, appendix B; exit codes appendix C. */
#ifndef ARCH_X86_SVM_VMCB_H
#define ARCH_X86_SVM_VMCB_H

#include <jailhouse/types.h>

struct vmcb_segment {
	u16 selector;
	u16 attributes;	/* access byte in bits 0-7, AVL L DB G in bits 8-11 */
	u32 limit;
	u64 base;
};

#define SEGMENT_CODE64	0xa9b
#define SEGMENT_DATA	0xc93
#define SEGMENT_CODE16	0x09b
#define SEGMENT_DATA16	0x093
#define SEGMENT_LDT	0x082
#define SEGMENT_TSS	0x08b
#define SEGMENT_L	0x200
#define SEGMENT_DB	0x400

struct vmcb {
	/* control area */
	u16 intercept_cr_read, intercept_cr_write;
	u16 intercept_dr_read, intercept_dr_write;
	u32 intercept_exceptions;
	u32 intercept_general1;
	u32 intercept_general2;
	u8 reserved1[0x040 - 0x014];
	u64 iopm_base;
	u64 msrpm_base;
	u64 tsc_offset;
	u32 asid;
	u8 tlb_control;
	u8 reserved2[3];
	u64 virtual_interrupt;
	u64 interrupt_shadow;
	u64 exit_code;
	u64 exit_info1;
	u64 exit_info2;
	u64 exit_int_info;
	u64 nested_control;
	u8 reserved3[0x0a8 - 0x098];
	u64 event_injection;
	u64 nested_cr3;
	u64 virtualization_control;
	u32 clean;
	u32 reserved4;
	u64 next_rip;
	u8 fetched;
	u8 bytes[15];
	u8 reserved5[0x400 - 0x0e0];
	/* state save area */
	struct vmcb_segment es, cs, ss, ds, fs, gs, gdtr, ldtr, idtr, tr;
	u8 reserved6[0x4cb - 0x4a0];
	u8 cpl;
	u32 reserved7;
	u64 efer;
	u8 reserved8[0x548 - 0x4d8];
	u64 cr4, cr3, cr0, dr7, dr6, rflags, rip;
	u8 reserved9[0x5d8 - 0x580];
	u64 rsp;
	u8 reserved10[0x5f8 - 0x5e0];
	u64 rax, star, lstar, cstar, sfmask, kernel_gs_base;
	u64 sysenter_cs, sysenter_esp, sysenter_eip, cr2;
	u8 reserved11[0x668 - 0x648];
	u64 pat;
	u8 reserved12[0x1000 - 0x670];
};

_Static_assert(__builtin_offsetof(struct vmcb, iopm_base) == 0x040, "VMCB IOPM_BASE_PA");
_Static_assert(__builtin_offsetof(struct vmcb, tlb_control) == 0x05c, "VMCB TLB_CONTROL");
_Static_assert(__builtin_offsetof(struct vmcb, exit_code) == 0x070, "VMCB EXITCODE");
_Static_assert(__builtin_offsetof(struct vmcb, nested_control) == 0x090, "VMCB NP_ENABLE");
_Static_assert(__builtin_offsetof(struct vmcb, event_injection) == 0x0a8, "VMCB EVENTINJ");
_Static_assert(__builtin_offsetof(struct vmcb, nested_cr3) == 0x0b0, "VMCB N_CR3");
_Static_assert(__builtin_offsetof(struct vmcb, next_rip) == 0x0c8, "VMCB nRIP");
_Static_assert(__builtin_offsetof(struct vmcb, fetched) == 0x0d0, "VMCB bytes fetched");
_Static_assert(__builtin_offsetof(struct vmcb, es) == 0x400, "VMCB ES");
_Static_assert(__builtin_offsetof(struct vmcb, cpl) == 0x4cb, "VMCB CPL");
_Static_assert(__builtin_offsetof(struct vmcb, efer) == 0x4d0, "VMCB EFER");
_Static_assert(__builtin_offsetof(struct vmcb, cr4) == 0x548, "VMCB CR4");
_Static_assert(__builtin_offsetof(struct vmcb, rip) == 0x578, "VMCB RIP");
_Static_assert(__builtin_offsetof(struct vmcb, rsp) == 0x5d8, "VMCB RSP");
_Static_assert(__builtin_offsetof(struct vmcb, rax) == 0x5f8, "VMCB RAX");
_Static_assert(__builtin_offsetof(struct vmcb, cr2) == 0x640, "VMCB CR2");
_Static_assert(__builtin_offsetof(struct vmcb, pat) == 0x668, "VMCB G_PAT");
_Static_assert(sizeof(struct vmcb) == 0x1000, "VMCB size");

/* intercept_general1 */
#define INTERCEPT_NMI		(1U << 1)
#define INTERCEPT_INIT		(1U << 3)
#define INTERCEPT_INVD		(1U << 22)
#define INTERCEPT_CPUID		(1U << 18)
#define INTERCEPT_IRET		(1U << 20)
#define INTERCEPT_INVLPGA	(1U << 26)
#define INTERCEPT_IOIO		(1U << 27)
#define INTERCEPT_MSR		(1U << 28)
#define INTERCEPT_TASK_SWITCH	(1U << 29)
#define INTERCEPT_SHUTDOWN	(1U << 31)
/* intercept_general2 */
#define INTERCEPT_VMRUN		(1U << 0)
#define INTERCEPT_VMMCALL	(1U << 1)
#define INTERCEPT_VMLOAD	(1U << 2)
#define INTERCEPT_VMSAVE	(1U << 3)
#define INTERCEPT_STGI		(1U << 4)
#define INTERCEPT_CLGI		(1U << 5)
#define INTERCEPT_SKINIT	(1U << 6)

#define EXIT_EXCEPTION		0x40	/* plus the vector */
#define EXIT_NMI		0x61
#define EXIT_CPUID		0x72
#define EXIT_IRET		0x74
#define EXIT_INVD		0x76
#define EXIT_INVLPGA		0x7a
#define EXIT_IOIO		0x7b
#define EXIT_MSR		0x7c
#define EXIT_SHUTDOWN		0x7f
#define EXIT_VMRUN		0x80
#define EXIT_VMMCALL		0x81
#define EXIT_VMLOAD		0x82
#define EXIT_SKINIT		0x86
#define EXIT_NPF		0x400
#define EXIT_INVALID		(~0ULL)

/* exit_info1 of IOIO */
#define IOIO_IN			(1U << 0)
#define IOIO_STRING		(1U << 2)
#define IOIO_REP		(1U << 3)
/* exit_info1 of NPF */
#define NPF_WRITE		(1ULL << 1)
#define NPF_EXECUTE		(1ULL << 4)
#define NPF_FINAL		(1ULL << 32)	/* the access itself, not a page-table walk */

#define EVENT_VALID		(1ULL << 31)
#define EVENT_ERROR_CODE	(1ULL << 11)
#define EVENT_NMI		(2ULL << 8)
#define EVENT_EXCEPTION		(3ULL << 8)

#define TLB_FLUSH_ALL		1
#define TLB_FLUSH_ASID		3

#endif
