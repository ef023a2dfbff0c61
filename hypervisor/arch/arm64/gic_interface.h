/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The CPU interface: the physical half, by which EL2 takes interrupts, and the virtual one with its
 * list registers, which give them to the guest; for the files of this subject only.
 */
#ifndef ARCH_ARM64_GIC_INTERFACE_H
#define ARCH_ARM64_GIC_INTERFACE_H

#include <arch/arm64/gic_hw.h>
#include <arch/arm64/sysreg.h>

/* CPU interface (IHI 0069, 12.2): ICC_*_EL1, and ICH_*_EL2 for the virtual one */
#define ICC_PMR		S3_0_C4_C6_0
#define ICC_IAR0	S3_0_C12_C8_0
#define ICC_EOIR0	S3_0_C12_C8_1
#define ICC_BPR0	S3_0_C12_C8_3
#define ICC_AP0R0	S3_0_C12_C8_4
#define ICC_AP1R0	S3_0_C12_C9_0
#define ICC_AP1R1	S3_0_C12_C9_1
#define ICC_AP1R2	S3_0_C12_C9_2
#define ICC_AP1R3	S3_0_C12_C9_3
#define ICC_DIR		S3_0_C12_C11_1
#define ICC_RPR		S3_0_C12_C11_3
#define ICC_SGI1R	S3_0_C12_C11_5
#define ICC_SGI0R	S3_0_C12_C11_7
#define ICC_IAR1	S3_0_C12_C12_0
#define ICC_EOIR1	S3_0_C12_C12_1
#define ICC_BPR1	S3_0_C12_C12_3
#define ICC_CTLR	S3_0_C12_C12_4
#define   ICC_CTLR_CBPR		1U
#define   ICC_CTLR_EOIMODE	2U
#define   ICC_CTLR_PRIBITS(v)	(((v) >> 8 & 7) + 1)
#define ICC_SRE		S3_0_C12_C12_5
#define   ICC_SRE_ALL		7U	/* system registers, and no bypass around them */
#define ICC_SRE_EL2	S3_4_C12_C9_5
#define   ICC_SRE_EL1_TOO	8U	/* EL1 may change its own */
#define ICC_IGRPEN0	S3_0_C12_C12_6
#define ICC_IGRPEN1	S3_0_C12_C12_7
#define ICH_AP0R0	S3_4_C12_C8_0
#define ICH_AP1R0	S3_4_C12_C9_0
#define ICH_HCR		S3_4_C12_C11_0
#define ICH_VTR		S3_4_C12_C11_1
#define ICH_ELRSR	S3_4_C12_C11_5
#define ICH_VMCR	S3_4_C12_C11_7
#define   ICH_HCR_EN	1U
#define   ICH_HCR_UIE	2U	/* maintenance interrupt when at most one list register is in use */
#define   ICH_HCR_TC	0x400U	/* trap PMR, CTLR, DIR, RPR, SGIs */

/* The names above are macros, which write_sysreg takes by their text. */
#define gic_get(name) gic_get_as(name)
#define gic_get_as(name) read_sysreg(name)
#define gic_set(name, value) gic_set_as(name, value)
#define gic_set_as(name, value) write_sysreg(name, value)

/* Registers of a GICv2's CPU interface and virtual interface control (IHI 0048, 4.4 and 5.3) */
#define GICC_CTLR_REG	0x0000
#define   GICC_CTLR_ENABLE	1U
#define   GICC_CTLR_EOIMODE	0x200U
#define GICC_PMR_REG	0x0004
#define GICC_BPR_REG	0x0008
#define GICC_IAR_REG	0x000c
#define GICC_EOIR_REG	0x0010
#define GICC_RPR_REG	0x0014
#define GICC_APR_REG	0x00d0
#define GICC_DIR_REG	0x1000
#define GICH_HCR_REG	0x00
#define GICH_VTR_REG	0x04
#define GICH_VMCR_REG	0x08
#define GICH_EISR_REG	0x20
#define GICH_ELRSR_REG	0x30
#define GICH_APR_REG	0xf0
#define GICH_LR_REG	0x100

/* ICH_VMCR_EL2 and GICH_VMCR have the same places for what is used here. */
#define VMCR_GROUP0	1U
#define VMCR_GROUP1	2U
#define VMCR_EOIMODE	0x200U
#define VMCR_BPR1(v)	((v) >> 18 & 7)
#define VMCR_BPR1_SHIFT	18
#define VMCR_PMR(v)	((v) >> 24 & 0xff)
#define VMCR_PMR_SHIFT	24

/* An acknowledgement, and the low bits of a list register: id, on a GICv2 the sender of an SGI. */
#define ACK_ID(ack)	((ack) & 0x3ff)
#define ACK_SENDER(ack)	((ack) >> ACK_SENDER_SHIFT & 7)
#define ACK_SENDER_SHIFT 10
#define ACK_SENDER_MASK	0x1c00U
#define ACK_MASK	0x1fffU

/* gic_interface.c: the next interrupt, and its priority, which is the CPU's from then on. */
u32 gic_acknowledge(void);
u32 gic_running(void);
/* Drop its priority; an SGI and what is EL2's own is deactivated, too. */
void gic_drop(u32 ack, bool and_deactivate);
/* What comes to EL2, by its priority, and what of the guest's interface is on. */
void gic_set_gates(u32 priority, u32 control);
/* Let interrupts of all priorities come, as there is room for them; or only EL2's own until there is. */
void gic_open(void);
void gic_close(void);
void gic_reopen(void);
/* The guest's interface, with these active priorities. */
void gic_interface_start(u32 vmcr, u32 active);
/* Linux's settings as ICH_VMCR_EL2 has them, with no priority active; and back. */
u32 gic_interface_take(void);
void gic_interface_give_back(void);

/* GICv2: a list register's maintenance interrupt, when an SGI in it is ended. */
#define V2_LR_EOI	BIT(19)

/* gic_lists.c: a bit for each list register that can be used, or has no valid interrupt. */
u32 gic_lists_probe(void);
u32 gic_lists_free(void);
u64 gic_list_read(unsigned n);
void gic_list_write(unsigned n, u64 value);
/* A pending interrupt; the guest's end of one that is no SGI deactivates it in the hardware. */
u64 gic_list_make(u32 ack, u64 priority, bool sgi);

#endif
