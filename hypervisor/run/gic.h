/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a cell may do with a GIC's distributor and redistributors (Arm IHI 0069, GICv3; IHI 0048,
 * GICv2). A cell owns interrupt ids. Bits and fields of ids it does not own read as zero and keep
 * their value, whatever it writes, and no interrupt of it can be led to a CPU outside. The model
 * decides and remembers; whoever asks performs the accesses it names.
 */
#ifndef RUN_GIC_H
#define RUN_GIC_H

#include <jailhouse/types.h>

#define GIC_IDS		1024
#define GIC_WORDS	(GIC_IDS / 32)
#define GIC_FIRST_SPI	32
#define GIC_LIMIT	1020	/* from here on ids are special */
#define GIC_FIRST_EXTENDED_PPI	1056
#define GIC_FIRST_EXTENDED_SPI	4096
#define GIC_KICK	15	/* the SGI that no guest has; on a GICv2 it is the kick */

/*
 * Priorities below are the hypervisor's: whatever a guest masks or serves, the kick gets through.
 */
#define GIC_PRIORITY_KICK	0x00
#define GIC_PRIORITY_GUEST	0x10	/* the highest one of guests */
#define GIC_PRIORITY_DEFAULT	0xa0

/*
 * Distributor (IHI 0069, 12.8) and, from IGROUPR on, the second frame of a redistributor (12.11).
 */
#define GICD_CTLR_REG		0x0000
#define   GICD_CTLR_GROUP0	1U	/* GICv2: the only enable there is */
#define   GICD_CTLR_GROUP1	2U
#define   GICD_CTLR_ARE		0x10U
#define   GICD_CTLR_DS		0x40U	/* one security state */
#define   GICD_CTLR_RWP		0x80000000U
#define GICD_TYPER_REG		0x0004
#define GICD_IIDR_REG		0x0008
#define GICD_SETSPI_REG		0x0040
#define GICD_CLRSPI_REG		0x0048
#define GICD_IGROUPR_REG	0x0080
#define GICD_ISENABLER_REG	0x0100
#define GICD_ICENABLER_REG	0x0180
#define GICD_ISPENDR_REG	0x0200
#define GICD_ICPENDR_REG	0x0280
#define GICD_ISACTIVER_REG	0x0300
#define GICD_ICACTIVER_REG	0x0380
#define GICD_IPRIORITYR_REG	0x0400
#define GICD_ITARGETSR_REG	0x0800	/* GICv2 */
#define GICD_ICFGR_REG		0x0c00
#define GICD_SGIR_REG		0x0f00	/* GICv2 */
#define GICD_CPENDSGIR_REG	0x0f10	/* a byte for each SGI, a bit for each sender */
#define GICD_SPENDSGIR_REG	0x0f20
#define GICD_IROUTER_REG	0x6000	/* + 8 * id */
#define GICD_ISENABLERE_REG	0x1200	/* of the extended SPIs, from 4096 on (12.9.13) */
#define GICD_PIDR2_REG		0xffe8
#define GICV2_PIDR2_REG		0x0fe8

/* Redistributor, first frame (12.10) */
#define GICR_CTLR_REG		0x0000
#define   GICR_CTLR_LPIS	1U
#define   GICR_CTLR_RWP		8U
#define GICR_IIDR_REG		0x0004
#define GICR_TYPER_REG		0x0008
#define   GICR_TYPER_VLPIS	2U	/* four frames instead of two */
#define   GICR_TYPER_LAST	0x10U
#define GICR_WAKER_REG		0x0014
#define   GICR_WAKER_ASLEEP	6U	/* ProcessorSleep, ChildrenAsleep */
#define GICR_SGI_FRAME		0x10000

#define GIC_CELLS	16
#define GIC_CLUSTERS	64

/*
 * Which CPUs a cell has, as affinities name them: up to 16 CPUs in a cluster have everything in
 * common but the low four bits; it begins zeroed. Values of MPIDR_EL1, GICD_IROUTER and
 * ICC_SGI1R_EL1 lead here.
 */
struct gic_map {
	struct gic_cluster {
		u64 key;	/* 0: free, and so are those behind it */
		u16 targets[GIC_CELLS];
	} clusters[GIC_CLUSTERS + 1];	/* the last one stays empty */
};

/* One cell's view of a distributor. A second kind is for all redistributors: only ids[0] is set. */
struct gic_view {
	u32 ids[GIC_WORDS]; /* owned; ids[0], the CPU's private ones, is 0 in a GICv3's distributor
			     */
	u32 enabled[GIC_WORDS];	/* what the cell has enabled; [0] is never used */
	u8 version;		/* 2 or 3 */
	bool on;		/* the cell has the distributor switched on */
	u8 control;		/* its two enable bits */
	u8 interfaces;		/* GICv2: CPU interfaces of the cell */
	u16 cell;
	struct gic_map *map;
};

enum gic_act {
	GIC_NOTHING,
	GIC_WRITE,	/* value to the register */
	GIC_MERGE,	/* value to the bits in mask, the others stay; accesses need a lock */
	GIC_BYTES,	/* the bytes in mask, one by one: no lock needed */
	GIC_SWITCH,	/* hardware's enables of owned SPIs follow view->on and view->enabled */
};

/* A write as asked for, and what is to be done instead. */
struct gic_write {
	u32 offset;	/* 64 bits are written from IROUTER on, else 32 */
	u64 value;
	u64 mask;
	u32 foreign;	/* GICv2: CPU interfaces that an SGI's list names and the cell does not have */
};

/*
 * Give the view these ids of a word; special ones and the kick are left out. Those of word 0 count
 * on a GICv2, or for a view of redistributors. The result is the ids gained and lost, which the
 * view holds as disabled.
 */
u32 gic_grant(struct gic_view *view, unsigned word, u32 ids);

/* The enable in GICD_CTLR of the group that the guest's ids are in. */
static inline u8 gic_group(const struct gic_view *view)
{
	return (u8)(view->version - 1);
}

_Static_assert(GICD_CTLR_GROUP0 == 2 - 1 && GICD_CTLR_GROUP1 == 3 - 1, "gic_group");

bool gic_own_spi(const struct gic_view *view, u32 id);

/* As a cell starts: nothing enabled, and switched on, as inmates expect it. */
void gic_start(struct gic_view *view);

/*
 * A read of width bytes from the distributor: the bits to take from the hardware's register, 0: it
 * is not asked. What the answer has beside them is set in *value, which begins as 0.
 */
u64 gic_read(const struct gic_view *view, u32 offset, unsigned width, u64 *value);
/* A write of width bytes; self: the CPU's interface bit on a GICv2. */
enum gic_act gic_write(struct gic_view *view, struct gic_write *write, unsigned width, u8 self);

/*
 * The same for a redistributor, but for GICR_TYPER; offset counts from its first frame on, that of a
 * write to be done from its second. *asleep is what the cell of its CPU wrote to GICR_WAKER, which
 * the hardware never sees; NULL: that is another cell than the one that reads.
 */
u64 gic_redist_read(const struct gic_view *view, u32 offset, unsigned width, const bool *asleep,
		    u64 *value);
enum gic_act gic_redist_write(struct gic_view *view, struct gic_write *write, unsigned width,
			      bool *asleep);

/* GICR_TYPER as cells see it: affinity, number, Last, and VLPIS for the stride. */
static inline u64 gic_redist_type(u64 typer)
{
	return typer & 0xffffffff00ffff12ULL;
}

/* A CPU's cluster, as ICC_SGInR_EL1 names it. */
u64 gic_map_key(u64 affinity);
/* A CPU belongs to a cell; false: the table is full. */
bool gic_map_add(struct gic_map *map, unsigned cell, u64 mpidr);
void gic_map_clear(struct gic_map *map, unsigned cell);
/* Is the CPU with this affinity in the cell? */
bool gic_map_has(struct gic_map *map, unsigned cell, u64 affinity);

/*
 * A write of ICC_SGI1R_EL1 by the CPU self of a cell, as the writes it becomes, one for each call,
 * 0: no more. *next counts from 0. *foreign, which begins as 0, is set to CPUs that were named and are
 * not in the cell.
 */
u64 gic_sgi(const struct gic_map *map, unsigned cell, u64 self, u64 value, unsigned *next,
	    u32 *foreign);

#endif
