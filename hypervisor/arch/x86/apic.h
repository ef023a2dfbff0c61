/* SPDX-License-Identifier: GPL-2.0 */
/* The CPU's own local APIC: registers by index (xAPIC offset / 16 = x2APIC MSR - 0x800). */
#ifndef ARCH_X86_APIC_H
#define ARCH_X86_APIC_H

#include <arch/x86/insn.h>
#include <arch/x86/msr.h>
#include <base/status.h>

#define XAPIC_BASE	0xfee00000ULL

#define APIC_ID		0x02
#define APIC_VERSION	0x03
#define APIC_TPR	0x08
#define APIC_PPR	0x0a
#define APIC_EOI	0x0b
#define APIC_LDR	0x0d
#define APIC_DFR	0x0e
#define APIC_SVR	0x0f
#define   APIC_SVR_ENABLE	0x100
#define APIC_ISR	0x10
#define APIC_IRR	0x20
#define APIC_ESR	0x28
#define APIC_LVT_CMCI	0x2f
#define APIC_ICR	0x30
#define   APIC_ICR_PENDING	0x1000
#define APIC_ICR_HIGH	0x31
#define APIC_LVT_TIMER	0x32
#define APIC_LVT_ERROR	0x37
#define   APIC_LVT_MASKED	0x10000
#define APIC_TMICT	0x38
#define APIC_TMCCT	0x39
#define APIC_TDCR	0x3e
#define APIC_SELF_IPI	0x3f
#define APIC_EXTENDED_FIRST	0x40	/* AMD: features, specific EOI, interrupt enable, LVTs */
#define APIC_EXTENDED_LVT	0x50
#define APIC_EXTENDED_LAST	0x53

#define COMMAND_NMI	0x400
#define COMMAND_ASSERT	0x4000

/* Follows the mode Linux has chosen; refuses a disabled APIC. Called once by the first CPU. */
enum status apic_probe(void) MUST_USE;
bool apic_is_x2(void);
u32 apic_id(void);
/* The mapped page, NULL in x2APIC mode. */
extern volatile u8 *apic_page;
static inline u32 apic_read(unsigned index)
{
	return apic_page ? *(volatile u32 *)(apic_page + index * 16)
			 : (u32)read_msr(MSR_X2APIC_FIRST + index);
}
void apic_write(unsigned index, u32 value);
/* The same with a guest's value: false when the hardware refuses it. */
bool apic_try_write(unsigned index, u32 value);
/* Send an interrupt command to one APIC id, waits (bounded) until the APIC took it. */
void apic_command(u32 destination, u32 low);
void apic_eoi(void);
bool apic_in_service(unsigned vector);
/* State after INIT, with nothing pending or in service any more. */
void apic_reset(void);

#endif
