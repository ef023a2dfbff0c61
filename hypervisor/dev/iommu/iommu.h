/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The one face of every DMA-remapping unit, indexed by the type the config names, never by the CPU's
 * vendor. The verbs follow the life of a plan: probe and build may refuse and change no hardware
 * (build touches only memory); start, commit and stop touch the unit, with bounded waits.
 *
 * Protection has no gap: start enables translation only with tables that block every requester the
 * plan does not list, commit swaps a device's entry so that it is either the old or the new one or
 * blocked, and stop is called with only the root cell left.
 */
#ifndef DEV_IOMMU_IOMMU_H
#define DEV_IOMMU_IOMMU_H

#include <base/pool.h>
#include <base/status.h>
#include <plan/plan.h>
#include <pt/pt.h>

#define IOMMU_MAX_UNITS JAILHOUSE_MAX_IOMMU_UNITS

/* Second-stage table of one cell for one unit; root.value 0: the cell has no DMA. */
struct iommu_domain {
	phys_t root;
	u8 levels;
	u8 max_super;
	u16 id;		/* domain id: slot number + 1 */
};

/* What a unit can walk; a cell's table must satisfy every unit that shares it. */
struct iommu_caps {
	const struct pt_format *format;
	u8 levels;	/* levels the tables must have */
	u8 max_super;
	bool coherent;	/* the unit snoops the CPU's cache when it walks */
};

struct iommu_fault {
	u16 bdf;
	bool write;
	u64 address;	/* IOVA; the page only on units that report no offset */
	u32 reason;	/* the unit's own code */
	bool overflow;	/* the unit lost records before this one */
};

/* A unit at run time. Lives in the hypervisor's mutable state; the driver owns the private part. */
struct iommu_unit {
	const struct jailhouse_iommu *config;
	const struct iommu_ops *ops;
	volatile u8 *registers;		/* mapped config->base, config->size bytes */
	struct pool *pool;
	struct iommu_caps caps;
	u8 index;
	bool running;
	u64 state[32];		/* private to the driver: saved registers, queue heads, table addresses */
};

/* Tables built for one plan generation: filled by build, put in force by commit. */
struct iommu_tables {
	phys_t table;		/* device table or root table */
	u8 owner;		/* pool tag of its pages */
};

struct iommu_ops {
	/*
	 * Read-only: is the unit there, sane, and switched off by Linux (or refuse with the kernel
	 * parameter to use)? Fills unit->caps.
	 */
	enum status (*probe)(struct iommu_unit *unit, struct refusal *refusal);
	/*
	 * Memory only: device/root/context tables for the plan out of the pool under owner.
	 * domains[] is indexed by slot.
	 */
	enum status (*build)(struct iommu_unit *unit, const struct plan *plan,
			     const struct iommu_domain *domains, u8 owner,
			     struct iommu_tables *tables);
	/* Set up queues and log (pages given once), point the unit at the tables, translation on. */
	enum status (*start)(struct iommu_unit *unit, const struct iommu_tables *tables);
	/* Swap to tables of another generation and invalidate everything old, bounded. */
	enum status (*commit)(struct iommu_unit *unit, const struct iommu_tables *tables);
	/* One recorded fault; false: none pending. Called with the rate limit of the caller. */
	bool (*take_fault)(struct iommu_unit *unit, struct iommu_fault *fault);
	/* Translation off, registers as they were found; only the root cell is left. */
	void (*stop)(struct iommu_unit *unit);
};

extern const struct iommu_ops iommu_vtd, iommu_amdvi;

/* Driver for a config's unit type; NULL: no driver for that type on this machine. */
const struct iommu_ops *iommu_ops_of(u32 type);

/* Asked of the floors above. Make writes visible to a unit that does not snoop (CLFLUSH). */
void port_cache_flush(const void *start, u64 size);
/* Spin a little; counts down *budget, false when it is used up. Each poll costs one unit (~1 us). */
bool port_poll(u32 *budget);

#endif
