/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The plan: who owns what, as pointer-free sorted data made from a checked config set. It can be
 * printed, compared and hashed, and is the same on a PC and on the machine. Tables are built from it
 * and run-time decisions are read off it; it is never edited.
 */
#ifndef PLAN_PLAN_H
#define PLAN_PLAN_H

#include <base/range.h>
#include <config/config.h>

#define PLAN_NONE 0xffff

/* One contiguous piece of a cell's guest-physical (or, in the dma array, I/O virtual) space. */
struct plan_map {
	u64 first, last;	/* closed, page aligned */
	u64 out;		/* host physical address of first */
	u16 cell;		/* slot */
	u16 region;		/* index in the owner's mem_regions; PLAN_NONE for the hypervisor's own */
	u16 owner;		/* slot whose config names the region (differs from cell when root borrows) */
	u8 rights;		/* PT_* */
	u8 kind;		/* enum plan_map_kind */
};

enum plan_map_kind {
	PLAN_MAP_MEMORY,
	PLAN_MAP_COMM,		/* out is 0: the hypervisor fills in its page */
	PLAN_MAP_ZERO,		/* root's view of hypervisor memory: read-only zero page, out is 0 */
	PLAN_MAP_NO_HUGE,	/* memory with 4 KiB leaves only */
	PLAN_MAP_GICV,		/* the GICv2's virtual CPU interface, seen at gicc_base */
};

/*
 * Rules of the rows:
 * - A cell's maps are its regions without the hypervisor's memory, IOMMU registers and trap windows;
 *   root's are also without every page of which another cell has a byte that it does not share (so
 *   root loses the whole page of a cell's sub-page region).
 * - Memory of a loadable cell is lent to root's CPUs, never to its devices, where root's own config
 *   has it; owner and region then name the cell's region.
 * - Neighbours with the same meaning are joined; region is then that of the first.
 * - Trap windows are in no map. The CPU folder may map the xAPIC page for reading itself.
 * - Ports 0xcf8-0xcff are in no row; the PM timer's four ports are in every cell's.
 */

/* Guest-physical windows where an access is decided by code. Sorted by (cell, first). */
struct plan_trap {
	u64 first, last;	/* closed, byte granular */
	u16 cell;
	u16 index;		/* region, irqchip or device index in the owner's config */
	u32 kind;		/* enum plan_trap_kind */
};

enum plan_trap_kind {
	PLAN_TRAP_SUBPAGE,	/* index: mem_regions */
	PLAN_TRAP_XAPIC,
	PLAN_TRAP_IOAPIC,	/* index: irqchips */
	PLAN_TRAP_ECAM,
	PLAN_TRAP_MSIX,		/* index: pci_devices */
	PLAN_TRAP_GICD,		/* the GIC's distributor: 64 KiB (GICv3) or 4 KiB (GICv2) */
	PLAN_TRAP_GICR,		/* its redistributors: 128 KiB for each CPU of the machine */
};

struct plan_pio {	/* ports that reach the device, sorted by (cell, first) */
	u16 first, last;
	u16 cell;
	u16 index;	/* pio_regions index of the first joined range; PLAN_NONE: the PM timer */
};

struct plan_device {	/* sorted by (bdf, cell) */
	u16 bdf;
	u16 cell;	/* owner; an ivshmem link has one row per peer */
	u16 index;	/* pci_devices index in the owner's config */
	u8 type;	/* JAILHOUSE_PCI_TYPE_* */
	u8 unit;	/* iommu_units index */
};

struct plan_pin {	/* sorted by (chip, cell) */
	u64 address;
	u16 chip;	/* index in the root's irqchips; PLAN_NONE: root does not have this one */
	u16 base;	/* of bit 0: a pin of an IOAPIC (0), an interrupt id of a GIC */
	u16 cell;
	u16 index;	/* irqchips index in the owner's config; PLAN_NONE: for virtual PCI */
	u32 pins[4];
};

struct plan_stream {	/* sorted by (id, cell); what is in no row aborts */
	u32 id;
	u32 mask;	/* bits of id that do not matter (MMU-500), else 0 */
	u16 cell;	/* owner */
	u16 index;	/* stream_ids index in the owner's config */
};

/* The arrays of rows. Of the first ones every cell has its own slice. */
enum plan_rows {
	PLAN_MAPS, PLAN_DMA, PLAN_TRAPS, PLAN_PIO, PLAN_SLICES,
	PLAN_DEVICES = PLAN_SLICES, PLAN_PINS, PLAN_STREAMS, PLAN_ROWS
};

struct plan_slice {
	u32 first, count;
};

struct plan_cell {
	char name[32];
	u32 id;			/* JAILHOUSE id given by the driver */
	u32 present;		/* 0: empty slot, all else 0 */
	u32 flags;
	u32 unprotected;	/* what is not isolated, JAILHOUSE_UNPROTECTED_* */
	u64 comm_gpa;		/* ~0: no comm region */
	u64 reset_address;
	union {			/* slices of the arrays below */
		struct plan_slice slices[PLAN_SLICES];
		struct {
			u32 first_map, num_maps;
			u32 first_dma, num_dma;
			u32 first_trap, num_traps;
			u32 first_pio, num_pio;
		};
	};
};

struct plan_array {
	u32 offset;	/* bytes from the start of the plan */
	u32 count;
};

struct plan {
	u32 size;	/* bytes, all arrays included */
	u32 num_cpus;	/* entries of the cpu array: highest root CPU + 1 */
	struct plan_array cells;
	union {
		struct plan_array rows[PLAN_ROWS];
		struct {
			struct plan_array maps, dma, traps, pio, devices, pins, streams;
		};
	};
	struct plan_array cpus;
};

#define PLAN_ARRAY(name, type)								\
	static inline const type *plan_##name(const struct plan *plan)			\
	{										\
		return (const type *)((const u8 *)plan + plan->name.offset);		\
	}
PLAN_ARRAY(cells, struct plan_cell)
PLAN_ARRAY(maps, struct plan_map)
PLAN_ARRAY(dma, struct plan_map)
PLAN_ARRAY(traps, struct plan_trap)
PLAN_ARRAY(pio, struct plan_pio)
PLAN_ARRAY(devices, struct plan_device)
PLAN_ARRAY(pins, struct plan_pin)
PLAN_ARRAY(streams, struct plan_stream)
PLAN_ARRAY(cpus, u16)	/* cpu -> slot; PLAN_NONE: nobody's */

/* What a kind of machine adds to the rows. An image knows only its own, tools know all. */
struct plan_arch;
extern const struct plan_arch plan_x86, plan_arm64;
const struct plan_arch *plan_arch_of(const struct config_arch *arch);

/* What the plan needs to know beside the configs: which cells are in loadable state (bit per slot). */
struct plan_input {
	const struct config_set *set;
	const struct plan_arch *arch;	/* of the kind that set->system->arch is */
	u32 loadable;
};

/* Upper bound of the bytes plan_build writes for this input. */
u32 plan_size(const struct plan_input *input);
/* Build into memory of at least plan_size bytes, 8-byte aligned. The set has passed config_check. */
enum status plan_build(struct plan *plan, const struct plan_input *input,
		       struct refusal *refusal) MUST_USE;

/* Lookups; NULL: nobody grants it. */
const struct plan_map *plan_find_map(const struct plan *plan, unsigned cell, u64 gpa);
/* The same, where bytes can be read as the cell would find them: no device, no page made for the cell. */
const struct plan_map *plan_find_memory(const struct plan *plan, unsigned cell, u64 gpa);
const struct plan_map *plan_find_dma(const struct plan *plan, unsigned cell, u64 iova);
const struct plan_trap *plan_find_trap(const struct plan *plan, unsigned cell, u64 gpa);
/* True when all width ports from port on are granted. */
bool plan_pio_granted(const struct plan *plan, unsigned cell, u16 port, unsigned width);
const struct plan_device *plan_find_device(const struct plan *plan, unsigned cell, u16 bdf);
/* Owner of a physical DEVICE or BRIDGE requester id, NULL: nobody (DMA aborts). */
const struct plan_device *plan_dma_owner(const struct plan *plan, u16 bdf);
/* The row of a stream, NULL: nobody's (DMA aborts). */
const struct plan_stream *plan_find_stream(const struct plan *plan, u32 id);

/* The whole plan, which was built from this set, as text, through emit, line by line. */
void plan_print(const struct plan *plan, const struct config_set *set,
		void (*emit)(void *context, const char *line), void *context);

#endif
