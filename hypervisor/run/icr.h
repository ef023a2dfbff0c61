/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What does a CPU of a cell ask for when it writes the interrupt command register, and which CPUs of its
 * own cell does that reach? CPUs of other cells can never be named by the answer.
 */
#ifndef RUN_ICR_H
#define RUN_ICR_H

#include <base/status.h>

/* How logical destinations are read. The physical ones are 8 bits wide unless APIC_X2APIC. */
enum apic_mode {
	APIC_FLAT,	/* xAPIC, DFR 0xffffffff */
	APIC_CLUSTER,	/* xAPIC, DFR 0x0fffffff */
	APIC_X2APIC,
};

struct apic_cpu {
	u32 cpu;	/* the hypervisor's number */
	u32 apic_id;
	u32 logical;	/* LDR: bits 7..0 in xAPIC modes (already shifted down), all 32 in x2APIC */
};

/* The CPUs of one cell. Targets below are indices into cpus. */
struct apic_cell {
	const struct apic_cpu *cpus;
	u32 count;
	bool root;
	enum apic_mode mode;
};

/* The logical id hardware derives from an x2APIC id. */
static inline u32 apic_x2apic_logical(u32 apic_id)
{
	return (apic_id >> 4) << 16 | 1U << (apic_id & 0xf);
}

/* True when an interrupt message with this destination reaches the CPU. */
bool apic_match(enum apic_mode mode, const struct apic_cpu *cpu, u32 destination, bool logical);

enum icr_kind {
	ICR_NOTHING,	/* without effect (INIT de-assert) */
	ICR_IPI,	/* send low to each target as a physical, edge-triggered IPI */
	ICR_NMI,	/* an NMI for each target */
	ICR_INIT,	/* each target waits for SIPI */
	ICR_SIPI,	/* each target starts at vector << 12, if it waits */
	ICR_DROPPED,	/* has no effect; status says why, worth a report */
	ICR_VIOLATION,	/* not allowed; status says why */
};

struct icr_write {
	u32 low;		/* ICR bits 31..0 */
	u32 destination;	/* ICR bits 63..32 in x2APIC format, bits 63..56 in xAPIC format */
};

struct icr_decision {
	enum icr_kind kind;
	enum status status;	/* of DROPPED and VIOLATION, else OK */
	u32 low;		/* ICR_IPI: low half to write, with neither shorthand nor destination mode */
	u8 vector;		/* ICR_IPI, ICR_SIPI */
	/* who is meant; read it with icr_next */
	u8 shorthand;
	bool logical, single;
	u32 destination, sender;
};

#define ICR_NO_TARGET (~0U)

/* Decide a write by cell->cpus[sender]. At least one target exists unless NOTHING, DROPPED, VIOLATION. */
struct icr_decision icr_decide(const struct apic_cell *cell, u32 sender, struct icr_write write);

/* The same for a write of the x2APIC SELF_IPI register. */
struct icr_decision icr_decide_self(const struct apic_cell *cell, u32 sender, u32 value);

/*
 * The first target with an index >= from, or ICR_NO_TARGET:
 *	for (i = icr_next(d, cell, 0); i != ICR_NO_TARGET; i = icr_next(d, cell, i + 1))
 */
u32 icr_next(const struct icr_decision *decision, const struct apic_cell *cell, u32 from);

#endif
