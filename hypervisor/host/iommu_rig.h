/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A test bench for IOMMU drivers: every shape of unit there is a fake for, two generations of a
 * plan, and the comparison of what devices can do with what the generation says, by brute force.
 */
#ifndef HOST_IOMMU_RIG_H
#define HOST_IOMMU_RIG_H

#include <dev/iommu/iommu.h>
#include <host/fake_amdvi.h>
#include <host/fake_smmuv2.h>
#include <host/fake_smmuv3.h>
#include <host/fake_vtd.h>

#define POOL_PAGES 128
#define POOL_PHYS 0x100000000ULL
#define UNIT_OWNER 200
#define CELLS 4
#define ALWAYS 1000000

struct rig;

/* A shape of unit. */
struct shape {
	const char *name;
	u32 type;
	void (*open)(struct rig *rig);
	void (*close)(struct rig *rig);
	bool (*dma)(struct rig *rig, u16 bdf, u64 iova, enum fake_access access, u64 *out);
	bool (*on)(const struct rig *rig);
	void (*save)(struct rig *rig);	/* registers that stop gives back to Linux */
	void (*expect_saved)(struct rig *rig);
	u64 address_mask;	/* what a fault record keeps of the address */
	bool blind;	/* faults of requesters without entry have no address */
	unsigned records;	/* faults the unit keeps at least */
	unsigned pages;	/* of the smallest machine, at most, beside the tables of cells */
	unsigned start_requests, commit_requests;	/* handshakes the verbs need */
};

struct map {
	u64 first, last, out;
	unsigned rights;
};

/* Devices and windows of one generation; rows with last 0 are unused. */
struct generation {
	struct plan_device devices[8];
	struct map maps[CELLS][4];
};

struct rig {
	const struct shape *shape;
	struct fake_vtd vtd;
	struct fake_amdvi amdvi;
	struct fake_smmuv3 smmuv3;
	struct fake_smmuv2 smmuv2;
	struct jailhouse_iommu config;
	struct iommu_unit unit;
	struct pool pool;
	u8 owners[POOL_PAGES];
	u8 saved_registers[0x4000];
	struct {
		struct plan plan;
		struct plan_device devices[8];
		struct plan_stream streams[8];
	} plan;
	struct iommu_tables tables[3];	/* of owners 1 to 3 */
};

/* Shapes by name: the plain one of a kind, and others of it behind. */
enum {
	SHAPE_VTD, SHAPE_VTD_LIKE_QEMU, SHAPE_VTD_BY_REGISTERS, SHAPE_AMDVI, SHAPE_AMDVI_ENTRY_BY_ENTRY,
	SHAPE_SMMUV3, SHAPE_SMMUV3_LIKE_QEMU, SHAPE_SMMUV3_SMALL, SHAPE_SMMUV2, SHAPE_SMMUV2_SMALL,
	SHAPES,
};

#define PROBES 20
extern const struct shape shapes[SHAPES];
extern const struct generation generation_a, generation_b, generation_c;
extern const u64 probes[PROBES];

#define FOR_EACH_SHAPE(shape) \
	for (const struct shape *shape = shapes; shape < shapes + SHAPES; shape++)

/* iommu_rig.c */
void rig_open(struct rig *rig, const struct shape *shape, u32 pages);
void rig_close(struct rig *rig);
void rig_probe(struct rig *rig);
enum status rig_build_domain(struct rig *rig, const struct map *maps, unsigned cell, u8 owner,
			     struct iommu_domain *domain);
/* Domains and tables of a generation under one tag, as the caller of the drivers makes them. */
enum status rig_build(struct rig *rig, const struct generation *generation, u8 owner);
void rig_build_and_start(struct rig *rig, const struct generation *generation);
void rig_commit(struct rig *r, const struct generation *generation, u8 owner, u8 old_owner);
void rig_stop(struct rig *rig);
bool rig_take_fault(struct rig *rig, struct iommu_fault *fault);
void rig_save_registers(struct rig *rig);
void rig_poison_free_pages(struct rig *r);
/* A generation that was built and not taken is given up. */
void rig_give_up(struct rig *rig, u8 owner);

/* iommu_rig_generations.c */
u32 rig_count_devices(const struct generation *generation);
/* Slot of the requester's owner, PLAN_NONE: its DMA is blocked. */
u16 rig_owner_of(const struct generation *generation, u16 bdf);
const struct map *rig_find_map(const struct generation *generation, u16 cell, u64 iova);
const struct map *rig_granted(const struct generation *generation, u16 bdf, u64 iova);

/* iommu_rig_expect.c */
void rig_expect_dma(struct rig *rig, const struct generation *generation, u16 bdf, u64 iova,
		    enum fake_access access);
void rig_expect_generation(struct rig *rig, const struct generation *generation);
void rig_expect_sample(struct rig *rig, const struct generation *generation);
void rig_expect_off(struct rig *r);

#endif
