/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/* Which UART or screen a hypervisor or an inmate writes to; part of both config blobs. */
#ifndef _JAILHOUSE_CONSOLE_H
#define _JAILHOUSE_CONSOLE_H

#include <jailhouse/types.h>

#define JAILHOUSE_CON_TYPE_NONE		0x0000
#define JAILHOUSE_CON_TYPE_EFIFB	0x0001
#define JAILHOUSE_CON_TYPE_8250		0x0002
#define JAILHOUSE_CON_TYPE_PL011	0x0003
#define JAILHOUSE_CON_TYPE_XUARTPS	0x0004
#define JAILHOUSE_CON_TYPE_MVEBU	0x0005
#define JAILHOUSE_CON_TYPE_HSCIF	0x0006
#define JAILHOUSE_CON_TYPE_SCIFA	0x0007
#define JAILHOUSE_CON_TYPE_IMX		0x0008
#define JAILHOUSE_CON_TYPE_IMX_LPUART	0x0009
#define JAILHOUSE_CON_TYPE_SCIF		0x000a

/* How the registers are reached; a pair of names shares one bit. */
#define JAILHOUSE_CON_ACCESS_PIO	0x0000
#define JAILHOUSE_CON_ACCESS_MMIO	0x0001
#define JAILHOUSE_CON_REGDIST_1		0x0000	/* 8-bit registers, one byte apart */
#define JAILHOUSE_CON_REGDIST_4		0x0002	/* 32-bit registers, four bytes apart */
#define JAILHOUSE_CON_FB_1024x768	0x0000
#define JAILHOUSE_CON_FB_1920x1080	0x0004
#define JAILHOUSE_CON_INVERTED_GATE	0x1000	/* clearing the gate bit starts the clock */
#define JAILHOUSE_CON_MDR_QUIRK		0x2000	/* 8250 of TI: MDR1 selects the mode */

#define CON_IS_MMIO(flags)		(!!((flags) & JAILHOUSE_CON_ACCESS_MMIO))
#define CON_USES_REGDIST_1(flags)	(((flags) & JAILHOUSE_CON_REGDIST_4) == 0)
#define CON_HAS_INVERTED_GATE(flags)	(!!((flags) & JAILHOUSE_CON_INVERTED_GATE))
#define CON_HAS_MDR_QUIRK(flags)	(!!((flags) & JAILHOUSE_CON_MDR_QUIRK))

#ifndef __ASSEMBLY__

struct jailhouse_console {
	__u64 address;		/* port, or physical address with ACCESS_MMIO */
	__u32 size;		/* bytes of the MMIO window */
	__u16 type;		/* JAILHOUSE_CON_TYPE_* */
	__u16 flags;
	__u32 divider;		/* 0: the UART is set up already */
	__u32 gate_nr;		/* bit of clock_reg that starts its clock */
	__u64 clock_reg;	/* 0: no clock gate */
} __attribute__((packed));

_Static_assert(__builtin_offsetof(struct jailhouse_console, address) == 0x00, "layout");
_Static_assert(__builtin_offsetof(struct jailhouse_console, size) == 0x08, "layout");
_Static_assert(__builtin_offsetof(struct jailhouse_console, type) == 0x0c, "layout");
_Static_assert(__builtin_offsetof(struct jailhouse_console, flags) == 0x0e, "layout");
_Static_assert(__builtin_offsetof(struct jailhouse_console, divider) == 0x10, "layout");
_Static_assert(__builtin_offsetof(struct jailhouse_console, gate_nr) == 0x14, "layout");
_Static_assert(__builtin_offsetof(struct jailhouse_console, clock_reg) == 0x18, "layout");
_Static_assert(sizeof(struct jailhouse_console) == 32, "layout");

#endif /* __ASSEMBLY__ */

#endif
