/* SPDX-License-Identifier: GPL-2.0 */
/* State and registers for the files of this subject only. */
#ifndef ARCH_ARM64_GIC_HW_H
#define ARCH_ARM64_GIC_HW_H

#include <arch/arm64/cpu.h>
#include <arch/arm64/sysreg.h>
#include <port/mmio.h>
#include <run/gic.h>

#define REDIST_UNIT_SHIFT	17	/* two frames, which is a redistributor or half of one */
#define REDIST_UNITS		(2 * MACHINE_MAX_CPUS)	/* a power of two */

struct gic {
	volatile u8 *dist;
	volatile u8 *redists;
	volatile u8 *interface;	/* GICv2: GICC */
	volatile u8 *lists;	/* GICv2: GICH */
	bool v2;
	bool split;		/* one security state: group 0, taken as FIQ, is EL2's own */
	u8 redist_shift;	/* log2 of the bytes of a redistributor */
	u8 maintenance;		/* id of the PPI */
	u32 num_redists;
	u64 pending;		/* a list register's bit for it */
	u32 all_lists;		/* list registers in use, a bit each, from bit 0 on */
	u32 reserved;		/* private ids that are not the guest's */
	u32 type;		/* GICD_TYPER as all cells see it; it never changes */
	u64 redist_types[REDIST_UNITS];	/* likewise GICR_TYPER, by the 128 KiB it is in; 0: none */
	struct cpu *owners[MACHINE_MAX_CPUS];	/* by redistributor; NULL: its CPU is not in use */
	bool direct[CONFIG_MAX_CELLS];	/* cells with direct delivery */
	struct gic_view private;
	struct gic_view views[CONFIG_MAX_CELLS];
	struct gic_map map;
};

extern struct gic gic;

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

static inline u32 gic_read32(volatile u8 *base, u32 offset)
{
	return port_mmio_read32(base + offset);
}

void gic_write32(volatile u8 *base, u32 offset, u32 value);

/*
 * On the bits of a word of ids, in the distributor or a redistributor's second frame, gic.c. Level
 * triggered, at the default priority, not enabled, pending or active:
 */
void gic_quieten(volatile u8 *registers, unsigned word, u32 bits);
/* Priorities that are the hypervisor's become the highest one of guests. */
void gic_lower(volatile u8 *registers, unsigned word, u32 bits);
/* The SPIs that a cell has enabled are forwarded, or not. */
void gic_forward(const struct gic_view *view, bool on);

struct gic_view *gic_view_of(u16 cell);
/* The id is a private one of the guest's, or an SPI of its cell. */
bool gic_owns(const struct cpu *cpu, u32 id);

/* Direct delivery: the priority mask a guest asked for, which leaves room for the kick. */
void gic_set_pmr(struct cpu *cpu, u64 value);

/* List registers, gic_inject.c: a bit for each that can be used. */
u32 gic_inject_probe(void);
void gic_inject_take(struct cpu *cpu);
void gic_inject_give_back(struct cpu *cpu);
/* Begin with nothing to pass on, and end: what waits in list registers waits in the hardware. */
void gic_inject_start(void);
void gic_inject_stop(struct cpu *cpu);
/* Let interrupts of all priorities come, as there is room for them. */
void gic_inject_open(void);
/* An interrupt that is the guest's or, where nothing is split, EL2's own; false: there is none. */
bool gic_inject(struct cpu *self);
/* One of EL2's own has been acknowledged. */
void gic_own(struct cpu *self, u32 id);

#endif
