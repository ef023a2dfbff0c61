/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The one face of every DMA-remapping unit, indexed by the type the config names, never by the
 * CPU's vendor. The verbs follow the life of a plan: probe and build may refuse and change no
 * hardware (build touches only memory); start, commit and stop touch the unit, with bounded waits.
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
#include <port/mmio.h>
#include <port/poll.h>
#include <pt/pt.h>

#define IOMMU_MAX_UNITS JAILHOUSE_MAX_IOMMU_UNITS
/* Polls (about 1 us each) until a handshake with a unit is given up. */
#define IOMMU_PATIENCE 1000000U
#define IOMMU_NO_DEVICE 0xffff	/* a fault of the unit's own making, e.g. while it read its queue */
#define IOMMU_NO_STREAM 0xffffffffU	/* the same of an SMMU */

/* Second-stage table of one cell for one unit; root.value 0: the cell has no DMA. */
struct iommu_domain {
	phys_t root;
	u8 levels;
	u8 root_pages;	/* more than 1: concatenated root tables, where caps allow them */
	u8 max_super;
	u16 id;		/* domain id: slot number + 1 */
};

/* What a unit can walk; a cell's table must satisfy every unit that shares it. */
struct iommu_caps {
	const struct pt_format *format;
	u8 levels;	/* levels the tables must have, or the fewest */
	u8 levels_max;	/* what may be added to them for wide addresses; 0: nothing */
	u8 root_pages;	/* how many root tables may be concatenated; 0: only one */
	u8 max_super;
	bool coherent;	/* the unit snoops the CPU's cache when it walks */
};

struct iommu_fault {
	u32 requester;	/* requester id, or stream id */
	bool stream;
	bool write;
	bool blind;	/* the unit tells neither address nor direction */
	bool overflow;	/* the unit lost records around this one */
	u64 address;	/* IOVA; the page only on units that report no offset */
	u32 reason;	/* the unit's own code */
	const char *text;	/* what it means, half a sentence for a report; never NULL */
};

/*
 * A unit at run time. Lives in the hypervisor's mutable state, never in the pool; the caller fills
 * the first group before probe, the driver owns the rest.
 */
struct iommu_unit {
	const struct jailhouse_iommu *config;
	const struct iommu_ops *ops;
	volatile u8 *registers;		/* config->base, mapped uncached, config->size bytes */
	struct pool *pool;
	u8 index;		/* in the system config's iommu_units, as in plan_device.unit */
	u8 owner;		/* pool tag of the pages that live until stop: queue and log */

	struct iommu_caps caps;
	bool running;
	bool stuck;	/* nobody knows which tables it uses, so it gets no others */
	u8 *pages;		/* IOMMU_PAGES of the unit's own, zeroed by start, good until stop */
	u64 tables;		/* in force, as in struct iommu_tables; 0: none */
	u64 state[32];		/* saved registers, queue heads */
};
#define IOMMU_PAGES 2U

/* Tables built for one plan generation: filled by build, put in force by commit. */
struct iommu_tables {
	phys_t table;		/* device table or root table, as the unit's register takes it */
	u8 owner;		/* pool tag of its pages */
};

/* What tables are built from, and for whom. */
struct iommu_build {
	const struct iommu_unit *unit;
	const struct plan *plan;
	const struct iommu_domain *domains;	/* indexed by slot */
	u8 owner;
	void *image;		/* the driver's, as tables that others are hung on */
	const void *before;	/* an SMMU's image in force; without one, the empty one of this build */
};

/* The verbs of a driver; those below are what others call. */
struct iommu_ops {
	u32 window;		/* bytes of registers that probe may read */
	/* Fills unit->caps, or refuses; *found is then what it found, or the bytes it needs. */
	enum status (*probe)(struct iommu_unit *unit, u64 *found) MUST_USE;
	/* *table: what unit->tables will be. */
	enum status (*build)(struct iommu_build *build, u64 *table) MUST_USE;
	/* From off to unit->tables. After a refusal stop is called. */
	enum status (*start)(struct iommu_unit *unit) MUST_USE;
	enum status (*exchange)(struct iommu_unit *unit, u64 from, u64 to) MUST_USE;
	bool (*take_fault)(struct iommu_unit *unit, struct iommu_fault *fault);
	void (*stop)(struct iommu_unit *unit);
};

/*
 * Who may write what: build, start, commit and stop write pages of the pool and need it writable;
 * probe and take_fault only read it. No verb allocates but build (pages tagged owner) and start
 * (IOMMU_PAGES tagged unit->owner).
 */

/*
 * Read-only: is the unit there, sane, and switched off by Linux (or refuse with the kernel parameter
 * to use)? Fills unit->caps.
 */
enum status iommu_probe(struct iommu_unit *unit, struct refusal *refusal) MUST_USE;
/*
 * Memory only: device/root/context tables for the plan out of the pool under owner. domains[] is
 * indexed by slot. After a refusal the pages with that tag are good for dropping. IOMMU_STUCK: a commit
 * ended so before.
 */
enum status iommu_build(const struct iommu_unit *unit, const struct plan *plan,
			const struct iommu_domain *domains, u8 owner,
			struct iommu_tables *tables) MUST_USE;
/*
 * Set up queue and log, point the unit at the tables, translation on. After a refusal the unit is
 * off, its registers are as they were found and its pages are given back.
 */
enum status iommu_start(struct iommu_unit *unit, const struct iommu_tables *tables) MUST_USE;
/*
 * Swap to tables of another generation and invalidate everything old, bounded. Until it returns a
 * device sees the old or the new tables; one that changes hands may also see the old tables of its
 * new owner, if that had the same domain id then. OK: only the new ones, the old may be dropped.
 * IOMMU_STUCK: the unit stopped answering, neither may be dropped, translation stays on, and no tables
 * are built for the unit any more. Any other refusal: the old ones are in force again, the new may be
 * dropped.
 */
enum status iommu_commit(struct iommu_unit *unit, const struct iommu_tables *tables) MUST_USE;
/* One recorded fault; false: none pending. Called with the rate limit of the caller. */
bool iommu_take_fault(struct iommu_unit *unit, struct iommu_fault *fault);
/* Translation off, registers as they were found; only the root cell is left. */
void iommu_stop(struct iommu_unit *unit);

extern const struct iommu_ops iommu_vtd, iommu_amdvi, iommu_smmuv3, iommu_smmuv2;

/*
 * The drivers an image has, up to a row without ops. Each arch/ folder has its own table, and the PC
 * has one with all, so a driver that a table does not name is not linked.
 */
struct iommu_kind {
	u32 type;	/* JAILHOUSE_IOMMU_* */
	const struct iommu_ops *ops;
};
extern const struct iommu_kind iommu_kinds[];

/* Driver for a config's unit type; NULL: no driver for that type on this machine. */
const struct iommu_ops *iommu_ops_of(u32 type);

/* True when the row is a requester behind this unit; a virtual device has no DMA of its own. */
static inline bool iommu_serves(const struct plan_device *device, u8 unit)
{
	return device->unit == unit && device->type != JAILHOUSE_PCI_TYPE_IVSHMEM;
}

/* Levels and root pages of a table whose highest address is last: the fewest that caps allow. */
void iommu_shape(const struct iommu_caps *caps, u64 last, struct iommu_domain *domain);

/* Make all pages with this tag visible to the unit; nothing to do for one that snoops. */
void iommu_show_pages(const struct iommu_unit *unit, u8 owner);

/* --- for drivers --- */

static inline u32 iommu_read32(const struct iommu_unit *unit, u32 reg)
{
	return port_mmio_read32(unit->registers + reg);
}

static inline u64 iommu_read64(const struct iommu_unit *unit, u32 reg)
{
	return port_mmio_read64(unit->registers + reg);
}

static inline void iommu_write32(const struct iommu_unit *unit, u32 reg, u32 value)
{
	port_mmio_write32(unit->registers + reg, value);
}

static inline void iommu_write64(const struct iommu_unit *unit, u32 reg, u64 value)
{
	port_mmio_write64(unit->registers + reg, value);
}

/* Spin until the masked register of 32 bits has the value; why when patience ends. */
enum status iommu_wait(const struct iommu_unit *unit, u32 reg, u32 mask, u32 value, enum status why);

/* iommu_tables.c: pure */
/* A requester behind the build's unit whose cell has DMA. */
typedef enum status iommu_add_t(const struct iommu_build *build, u16 bdf, const struct iommu_domain *domain);
enum status iommu_add_devices(const struct iommu_build *build, iommu_add_t *add) MUST_USE;

/* Physical address of the unit's own pages. */
static inline u64 iommu_own(const struct iommu_unit *unit)
{
	return pool_phys(unit->pool, unit->pages);
}

#endif
