// SPDX-License-Identifier: GPL-2.0
/*
 * Units, plans and the reference for tests of IOMMU drivers. The pool is write-protected while
 * verbs run that may not write it.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <cmocka.h>

#include <host/iommu_rig.h>

#define DEVICE(at, of, on_unit) \
	{ .bdf = (at), .cell = (of), .type = JAILHOUSE_PCI_TYPE_DEVICE, .unit = (on_unit) }

/* Cell 3 has a device and no windows; 00:03.0 is virtual, 00:04.0 is behind another unit. */
const struct generation generation_a = {
	.devices = {
		DEVICE(0x0008, 0, 0), DEVICE(0x0010, 1, 0),
		{ .bdf = 0x0018, .cell = 0, .type = JAILHOUSE_PCI_TYPE_IVSHMEM },
		DEVICE(0x0020, 1, 1), DEVICE(0x0028, 3, 0),
		{ .bdf = 0x00fb, .cell = 0, .type = JAILHOUSE_PCI_TYPE_BRIDGE },
		DEVICE(0x0300, 2, 0), DEVICE(0x03ff, 2, 0),
	},
	.maps = {
		{ { 0, 0x1fffff, 0, 3 }, { 0x200000, 0x203fff, 0x200000, 1 },
		  { 0x40000000, 0x401fffff, 0x40000000, 3 } },
		{ { 0, 0xfff, 0x80000000, 3 } },
		{ { 0x100000000, 0x1003fffff, 0x90000000, 3 }, { 0x5000, 0x5fff, 0x5000, 2 } },
	},
};

/* Root lost a page and a device, cell 1 has moved, bus 3 is gone. */
const struct generation generation_b = {
	.devices = {
		DEVICE(0x0008, 1, 0), DEVICE(0x0028, 0, 0), DEVICE(0x00fb, 0, 0),
	},
	.maps = {
		{ { 0, 0xfff, 0, 3 }, { 0x2000, 0x1fffff, 0x2000, 3 },
		  { 0x40000000, 0x401fffff, 0x40000000, 3 } },
		{ { 0, 0xfff, 0x81000000, 3 }, { 0x1000, 0x1fff, 0x1000, 3 } },
	},
};

/* The devices of a, and other memory for each cell. */
const struct generation generation_c = {
	.devices = {
		DEVICE(0x0008, 0, 0), DEVICE(0x0010, 1, 0), DEVICE(0x00fb, 0, 0), DEVICE(0x0300, 2, 0),
		DEVICE(0x03ff, 2, 0),
	},
	.maps = {
		{ { 0, 0x1fffff, 0x200000, 1 }, { 0x200000, 0x203fff, 0, 3 } },
		{ { 0, 0xfff, 0x82000000, 3 } },
		{ { 0x100000000, 0x1003fffff, 0xa0000000, 3 }, { 0x5000, 0x5fff, 0x6000, 2 } },
	},
};

const u64 probes[PROBES] = {
	0, 0xff8, 0x1000, 0x1ff8, 0x2000, 0x5000, 0x1ffff8, 0x200000, 0x203ff8, 0x204000,
	0x3ffffff8, 0x40000000, 0x401ffff8, 0x40200000, 0x100000000, 0x1003ffff8, 0x100400000,
	0x7ffffffff8, 0x8000000000, 0x7ffffffffff8,
};

/* --- the world --- */

void rig_open(struct rig *rig, const struct shape *shape, u32 pages)
{
	static u8 memory[POOL_PAGES][PAGE_SIZE] __attribute__((aligned(4096)));

	memset(memory, 0, sizeof(memory));
	memset(rig, 0, sizeof(*rig));
	rig->shape = shape;
	pool_init(&rig->pool, memory, POOL_PHYS, rig->owners, pages);
	fake_memory_open(&rig->pool);
	fake_mute(0, 0, 0);
	shape->open(rig);
	rig->config.type = shape->type;
	rig->config.base = 0xfed90000;
	rig->unit.config = &rig->config;
	rig->unit.ops = iommu_ops_of(shape->type);
	rig->unit.pool = &rig->pool;
	rig->unit.owner = UNIT_OWNER;
}

void rig_close(struct rig *rig)
{
	rig->shape->close(rig);
	fake_memory_close();
	assert_int_equal(fake_violations(), 0);
}

static void protect(struct rig *rig, bool yes)
{
	assert_int_equal(mprotect(rig->pool.base, POOL_PAGES * PAGE_SIZE,
				  yes ? PROT_READ : PROT_READ | PROT_WRITE), 0);
}

void rig_probe(struct rig *rig)
{
	struct refusal refusal;

	protect(rig, true);
	assert_int_equal(iommu_probe(&rig->unit, &refusal), OK);
	protect(rig, false);
}

static u64 highest(const struct map *maps)
{
	u64 last = 0;

	for (unsigned i = 0; i < 4; i++)
		last = maps[i].last > last ? maps[i].last : last;
	return last;
}

enum status rig_build_domain(struct rig *rig, const struct map *maps, unsigned cell, u8 owner,
				struct iommu_domain *domain)
{
	struct pt pt;
	enum status why;

	*domain = (struct iommu_domain){ 0 };
	if (maps[0].last == 0)
		return OK;
	iommu_shape(&rig->unit.caps, highest(maps), domain);
	why = pt_create_wide(&pt, rig->unit.caps.format, &rig->pool, owner, domain->levels,
			     rig->unit.caps.max_super, domain->root_pages);
	for (unsigned i = 0; i < 4 && maps[i].last && why == OK; i++)
		why = pt_map(&pt, (struct range){ maps[i].first, maps[i].last }, maps[i].out,
			     maps[i].rights, false);
	if (why == OK)
		*domain = (struct iommu_domain) {
			.root = PHYS(pool_phys(&rig->pool, pt.root)), .levels = pt.levels,
			.root_pages = pt.root_pages, .max_super = pt.max_super, .id = (u16)(cell + 1),
		};
	return why;
}

static u32 count_devices(const struct generation *generation)
{
	u32 count = 0;

	while (count < 8 && generation->devices[count].type)
		count++;
	return count;
}

/* An SMMU knows its devices by streams; the generations use the same numbers, sorted. */
static u32 list_streams(struct rig *rig, const struct generation *generation)
{
	u32 count = 0;

	for (u32 i = 0; i < count_devices(generation); i++)
		if (iommu_serves(&generation->devices[i], 0))
			rig->plan.streams[count++] = (struct plan_stream) {
				.id = generation->devices[i].bdf, .cell = generation->devices[i].cell,
			};
	return count;
}

/* Domains and tables of a generation under one tag, as the caller of the drivers makes them. */
enum status rig_build(struct rig *rig, const struct generation *generation, u8 owner)
{
	struct iommu_domain domains[CONFIG_MAX_CELLS] = { 0 };
	enum status why = OK;

	memcpy(rig->plan.devices, generation->devices, sizeof(rig->plan.devices));
	rig->plan.plan.devices = (struct plan_array) {
		.offset = offsetof(typeof(rig->plan), devices), .count = count_devices(generation),
	};
	rig->plan.plan.streams = (struct plan_array) {
		.offset = offsetof(typeof(rig->plan), streams), .count = list_streams(rig, generation),
	};
	for (unsigned cell = 0; cell < CELLS && why == OK; cell++)
		why = rig_build_domain(rig, generation->maps[cell], cell, owner, &domains[cell]);
	if (why == OK)
		iommu_show_pages(&rig->unit, owner);
	if (why == OK)
		why = iommu_build(&rig->unit, &rig->plan.plan, domains, owner, &rig->tables[owner - 1]);
	return why;
}

void rig_build_and_start(struct rig *rig, const struct generation *generation)
{
	rig_probe(rig);
	assert_int_equal(rig_build(rig, generation, 1), OK);
	assert_int_equal(iommu_start(&rig->unit, &rig->tables[0]), OK);
	assert_true(rig->unit.running);
}

/* Write protection costs two system calls, so only some of the many calls have it. */
bool rig_take_fault(struct rig *rig, struct iommu_fault *fault)
{
	static unsigned calls;
	bool taken, protected = calls++ % 61 == 0;

	if (protected)
		protect(rig, true);
	taken = iommu_take_fault(&rig->unit, fault);
	if (protected)
		protect(rig, false);
	return taken;
}

void rig_stop(struct rig *rig)
{
	iommu_stop(&rig->unit);
	assert_false(rig->unit.running);
	assert_false(rig->shape->on(rig));
}

/* --- the reference: the generation itself --- */

/* Slot of the requester's owner, PLAN_NONE: its DMA is blocked. */
u16 rig_owner_of(const struct generation *generation, u16 bdf)
{
	for (u32 i = 0; i < count_devices(generation); i++) {
		const struct plan_device *device = &generation->devices[i];

		if (device->bdf == bdf && !device->unit &&
		    device->type != JAILHOUSE_PCI_TYPE_IVSHMEM)
			return device->cell;
	}
	return PLAN_NONE;
}

const struct map *rig_find_map(const struct generation *generation, u16 cell, u64 iova)
{
	for (unsigned i = 0; i < 4 && cell != PLAN_NONE; i++) {
		const struct map *map = &generation->maps[cell][i];

		if (map->last && iova >= map->first && iova <= map->last)
			return map;
	}
	return NULL;
}

const struct map *rig_granted(const struct generation *generation, u16 bdf, u64 iova)
{
	return rig_find_map(generation, rig_owner_of(generation, bdf), iova);
}

static void expect_fault(struct rig *rig, const struct generation *generation, u16 bdf, u64 iova,
			 enum fake_access access)
{
	u16 cell = rig_owner_of(generation, bdf);
	bool blind = rig->shape->blind && (cell == PLAN_NONE || !generation->maps[cell][0].last);
	struct iommu_fault fault;

	assert_true(rig_take_fault(rig, &fault));
	assert_int_equal(fault.requester, bdf);
	assert_int_equal(fault.blind, blind);
	if (!blind) {
		assert_int_equal(fault.address, iova & rig->shape->address_mask);
		assert_int_equal(fault.write, access == FAKE_WRITE);
	}
	assert_false(fault.overflow);
	assert_non_null(fault.text);
	assert_false(rig_take_fault(rig, &fault));
}

void rig_expect_dma(struct rig *rig, const struct generation *generation, u16 bdf, u64 iova,
		       enum fake_access access)
{
	const struct map *map = rig_granted(generation, bdf, iova);
	u64 out;
	bool passed = rig->shape->dma(rig, bdf, iova, access, &out);

	if (map && (map->rights & access)) {
		if (!passed)
			fail_msg("%s: %04x is kept from %llx", rig->shape->name, bdf, iova);
		assert_int_equal(out, iova - map->first + map->out);
		return;
	}
	if (passed)
		fail_msg("%s: %04x reaches %llx", rig->shape->name, bdf, iova);
	expect_fault(rig, generation, bdf, iova, access);
}

/* Every requester of buses 0 and 3 that is near a listed one, and of buses nobody is on. */
void rig_expect_generation(struct rig *rig, const struct generation *generation)
{
	static const u16 far[] = { 0x0100, 0x01ff, 0x0300, 0x0301, 0x03fe, 0x03ff, 0x0400, 0xffff };

	for (unsigned p = 0; p < PROBES; p++) {
		for (u16 bdf = 0; bdf < 0x100; bdf++) {
			rig_expect_dma(rig, generation, bdf, probes[p], FAKE_READ);
			rig_expect_dma(rig, generation, bdf, probes[p], FAKE_WRITE);
		}
		for (unsigned i = 0; i < sizeof(far) / sizeof(far[0]); i++) {
			rig_expect_dma(rig, generation, far[i], probes[p], FAKE_READ);
			rig_expect_dma(rig, generation, far[i], probes[p], FAKE_WRITE);
		}
	}
}

/* Both generations agree with what most devices see, so one sample is enough where time matters. */
void rig_expect_sample(struct rig *rig, const struct generation *generation)
{
	rig_expect_dma(rig, generation, 0x0008, 0x0, FAKE_WRITE);
	rig_expect_dma(rig, generation, 0x0008, 0x1000, FAKE_WRITE);
	rig_expect_dma(rig, generation, 0x0010, 0x0, FAKE_READ);
	rig_expect_dma(rig, generation, 0x00fb, 0x1000, FAKE_READ);
	rig_expect_dma(rig, generation, 0x0300, 0x100000000, FAKE_WRITE);
	rig_expect_dma(rig, generation, 0x0007, 0x0, FAKE_WRITE);
}

void rig_save_registers(struct rig *rig)
{
	rig->shape->save(rig);
}

/* Nobody may look at pages that were given back: fill them, for snooping units and others. */
void rig_poison_free_pages(struct rig *r)
{
	for (u32 page = 0; page < r->pool.pages; page++) {
		u8 *memory = r->pool.base + page * PAGE_SIZE;

		if (r->pool.owner[page] != POOL_FREE)
			continue;
		memset(memory, 0xff, PAGE_SIZE);
		port_cache_flush(memory, PAGE_SIZE);
	}
}

void rig_commit(struct rig *r, const struct generation *generation, u8 owner, u8 old_owner)
{
	assert_int_equal(rig_build(r, generation, owner), OK);
	assert_int_equal(iommu_commit(&r->unit, &r->tables[owner - 1]), OK);
	assert_int_not_equal(pool_drop(&r->pool, old_owner), 0);
	rig_poison_free_pages(r);
}

void rig_expect_off(struct rig *r)
{
	u64 out;

	r->shape->expect_saved(r);
	assert_false(r->shape->on(r));
	assert_true(r->shape->dma(r, 0x0007, 0x123000, FAKE_WRITE, &out));
	assert_int_equal(out, 0x123000);
}
