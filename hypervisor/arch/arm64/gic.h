/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The machine's interrupt controller, shared by cells id by id. Interrupts of a cell come to EL2,
 * which passes them on in list registers: injection. Where the GICv3 has one security state, a cell
 * whose config says that it is not protected from that has them delivered directly, and only the
 * kick comes to EL2. So delivery is a property of a CPU while it belongs to a cell.
 */
#ifndef ARCH_ARM64_GIC_H
#define ARCH_ARM64_GIC_H

#include <arch/access.h>
#include <base/status.h>
#include <plan/plan.h>

struct cpu;

/* What belongs to one CPU. */
struct gic_cpu {
	volatile u8 *local;	/* registers of its private ids, at the distributor's offsets */
	u8 interface;		/* GICv2: its bit in target lists */
	bool direct;		/* how this CPU's interrupts are delivered now, */
	u16 owner;		/* since it was made ready for this cell */
	u8 pmr;			/* direct: the priority mask the guest asked for */
	bool asleep;		/* what its cell wrote to GICR_WAKER */
	u32 was_enabled;	/* Linux's settings of the ids that are EL2's, */
	u8 was_kick, was_maintenance;	/* their priorities, */
	u8 was_group0;		/* and group 0's enable */
	u8 senders[16];		/* GICv2: who has sent an SGI that waits for the same one of another CPU */
};

/* Map and identify, and refuse what this code cannot run with; changes nothing. */
enum status gic_probe(struct refusal *refusal) MUST_USE;
/* Bits of HCR_EL2 the CPU's way of delivery needs beside FMO. */
u64 gic_hcr(const struct cpu *cpu);

/* Root's interrupts as Linux set them up, by the plan in force; all CPUs are in the hypervisor. */
enum status gic_adopt(struct refusal *refusal) MUST_USE;
void gic_return(void);

/* On each CPU after the probe, before anything is adopted. */
void gic_cpu_join(struct cpu *cpu);
/* On each CPU: from Linux to the hypervisor's use and back. What is pending or active stays so. */
void gic_cpu_take(struct cpu *cpu);
void gic_cpu_give_back(struct cpu *cpu);
/*
 * On the CPU itself: as after reset, with nothing pending, active or enabled but the kick. From then
 * on delivery is as its cell has it.
 */
void gic_cpu_reset(struct cpu *cpu);
/* On the CPU itself, from a reset to the next: nothing is wanted but the kick. */
void gic_cpu_idle(const struct cpu *cpu);
/* On the CPU itself, which stood still: what left its cell meanwhile leaves its list registers. */
void gic_cpu_review(struct cpu *cpu);
/* Nothing has been passed on that the guest has not ended; what is still to come wakes from WFI. */
bool gic_cpu_empty(const struct cpu *cpu);

/* Send a kick; one that arrived is acknowledged by the next call of gic_interrupt there. */
void gic_kick(const struct cpu *target);
/* A physical interrupt came to EL2. */
void gic_interrupt(struct cpu *self);

/* A trapped system register by the syndrome's fields; false: none of ours. */
bool gic_sysreg(struct cpu *cpu, u64 iss, bool write, u64 *value);
enum answer gic_dist_access(struct cpu *cpu, u64 offset, struct access *access);
enum answer gic_redist_access(struct cpu *cpu, u64 offset, struct access *access);
/* The same; what is constant and often read is answered sooner. */
enum answer gic_dist_fast(struct cpu *cpu, u64 offset, struct access *access);
enum answer gic_redist_fast(struct cpu *cpu, u64 offset, struct access *access);

/* CPUs and ids of a cell follow the plan; ids that change hands are quiet. Its CPUs stand still. */
void gic_regroup(const struct plan *plan, u16 cell);
/* The cell's SPIs as at handover. */
void gic_mask(u16 cell);
/* Pend an SPI, if the cell owns it: else false. */
bool gic_raise(u16 cell, u32 id);

#endif
