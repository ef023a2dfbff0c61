/* SPDX-License-Identifier: GPL-2.0 */
/* State, and what the parts of this subject do for each other. */
#ifndef ARCH_ARM64_GIC_HW_H
#define ARCH_ARM64_GIC_HW_H

#include <arch/arm64/cpu.h>
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
	u8 closed;		/* priority mask that only EL2's own interrupts pass */
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

static inline u32 gic_read32(volatile u8 *base, u32 offset)
{
	return port_mmio_read32(base + offset);
}

void gic_write32(volatile u8 *base, u32 offset, u32 value);

static inline struct gic_view *gic_view_of(u16 cell)
{
	return &gic.views[cell];
}

/*
 * gic_ids.c, on the bits of a word of ids, in the distributor or a redistributor's second frame.
 * Level triggered, at the default priority, not enabled, pending or active:
 */
void gic_quieten(volatile u8 *registers, unsigned word, u32 bits);
/* Priorities that are the hypervisor's become the highest one of guests. */
void gic_lower(volatile u8 *registers, unsigned word, u32 bits);
/* The SPIs that a cell has enabled are forwarded, or not. */
void gic_forward(const struct gic_view *view, bool on);

/* gic_owner.c: the id is a private one of the guest's, or an SPI of its cell. */
bool gic_owns(const struct cpu *cpu, u32 id);
/* SPIs of a cell in a plan, a word of them. */
u32 gic_spis_in(const struct plan *plan, u16 cell, unsigned word);
/* As gic_regroup(), or what the cell gains is adopted as it is. */
void gic_assign(const struct plan *plan, u16 cell, bool adopt);

/* gic_kick.c: the ids that are EL2's become so on a CPU, and Linux's again. */
void gic_kick_take(struct cpu *cpu);
void gic_kick_give_back(struct cpu *cpu);
/* One of EL2's own has been acknowledged: a kick, or there is room in the list registers, or both. */
void gic_own(struct cpu *self);

/* gic_cpu.c, direct delivery: the priority mask a guest asked for, with room for the kick. */
void gic_set_pmr(struct cpu *cpu, u64 value);

/* gic_inject_cpu.c: from Linux on and back to it. */
void gic_inject_take(struct cpu *cpu);
void gic_inject_give_back(struct cpu *cpu);
/* Begin with nothing to pass on, and end: what waits in list registers waits in the hardware. */
void gic_inject_start(void);
void gic_inject_stop(struct cpu *cpu);
/*
 * gic_inject.c: an interrupt that is the guest's or, where nothing is split, EL2's own; false:
 * there is none.
 */
bool gic_inject(struct cpu *self);
/* GICv2: SGIs that have been ended make place for the same ones of other senders. */
void gic_next_senders(struct cpu *self);

#endif
