// SPDX-License-Identifier: GPL-2.0
/*
 * One list of tests over all drivers and all shapes of units: whatever the unit, the life of a plan
 * looks the same. DMA of every requester is compared with the plan by brute force, before, between
 * and after each verb; the pool is write-protected while verbs run that may not write it.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <cmocka.h>

#include <dev/iommu/amdvi/amdvi.h>
#include <dev/iommu/vtd/vtd.h>
#include <host/fake_amdvi.h>
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
	u64 address_mask;	/* what a fault record keeps of the address */
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
	struct jailhouse_iommu config;
	struct iommu_unit unit;
	struct pool pool;
	u8 owners[POOL_PAGES];
	u8 saved_registers[0x2100];
	struct {
		struct plan plan;
		struct plan_device devices[8];
	} plan;
	struct iommu_tables tables[2];
};

#define DEVICE(at, of, on_unit) \
	{ .bdf = (at), .cell = (of), .type = JAILHOUSE_PCI_TYPE_DEVICE, .unit = (on_unit) }

/* Cell 3 has a device and no windows; 00:03.0 is virtual, 00:04.0 is behind another unit. */
static const struct generation generation_a = {
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
static const struct generation generation_b = {
	.devices = {
		DEVICE(0x0008, 1, 0), DEVICE(0x0028, 0, 0), DEVICE(0x00fb, 0, 0),
	},
	.maps = {
		{ { 0, 0xfff, 0, 3 }, { 0x2000, 0x1fffff, 0x2000, 3 },
		  { 0x40000000, 0x401fffff, 0x40000000, 3 } },
		{ { 0, 0xfff, 0x81000000, 3 }, { 0x1000, 0x1fff, 0x1000, 3 } },
	},
};

static const u64 probes[] = {
	0, 0xff8, 0x1000, 0x1ff8, 0x2000, 0x5000, 0x1ffff8, 0x200000, 0x203ff8, 0x204000,
	0x3ffffff8, 0x40000000, 0x401ffff8, 0x40200000, 0x100000000, 0x1003ffff8, 0x100400000,
	0x7ffffffff8, 0x8000000000, 0x7ffffffffff8,
};

/* --- the units --- */

static void vtd_open(struct rig *rig)
{
	fake_vtd_open(&rig->vtd);
	rig->unit.registers = rig->vtd.window.base;
	rig->config.size = rig->vtd.window.size;
}

static void vtd_open_simple(struct rig *rig)
{
	vtd_open(rig);
	rig->vtd.ecap &= ~3ULL;	/* no queue, no snooping */
	rig->vtd.cap |= 0x10;	/* write buffer */
	rig->vtd.cap &= ~(7ULL | 4ULL << 8 | 3ULL << 34 | 3ULL << 54);
	rig->vtd.cap |= 1;	/* 64 domains, 3 levels, no superpages, no drains */
}

static void vtd_open_like_qemu(struct rig *rig)
{
	vtd_open(rig);
	rig->vtd.ecap &= ~1ULL;
}

static void vtd_close(struct rig *rig)
{
	fake_vtd_close(&rig->vtd);
}

static bool vtd_dma(struct rig *rig, u16 bdf, u64 iova, enum fake_access access, u64 *out)
{
	return fake_vtd_dma(&rig->vtd, bdf, iova, access, out);
}

static bool vtd_on(const struct rig *rig)
{
	return rig->vtd.gsts >> 31;
}

static void amdvi_open(struct rig *rig)
{
	fake_amdvi_open(&rig->amdvi);
	rig->unit.registers = rig->amdvi.window.base;
	rig->config.size = rig->amdvi.window.size;
}

static void amdvi_open_old(struct rig *rig)
{
	amdvi_open(rig);
	rig->amdvi.efr = 0;	/* entry by entry, in several batches */
}

static void amdvi_close(struct rig *rig)
{
	fake_amdvi_close(&rig->amdvi);
}

static bool amdvi_dma(struct rig *rig, u16 bdf, u64 iova, enum fake_access access, u64 *out)
{
	return fake_amdvi_dma(&rig->amdvi, bdf, iova, access, out);
}

static bool amdvi_on(const struct rig *rig)
{
	return rig->amdvi.control & 1;
}

#define VTD_SHAPE(text, how, start, commit) \
	{ .name = text, .type = JAILHOUSE_IOMMU_INTEL, .open = how, .close = vtd_close, \
	  .dma = vtd_dma, .on = vtd_on, .address_mask = ~0xfffULL, \
	  .start_requests = start, .commit_requests = commit }
#define AMDVI_SHAPE(text, how, start, commit) \
	{ .name = text, .type = JAILHOUSE_IOMMU_AMD, .open = how, .close = amdvi_close, \
	  .dma = amdvi_dma, .on = amdvi_on, .address_mask = ~0ULL, \
	  .start_requests = start, .commit_requests = commit }

static const struct shape shapes[] = {
	/* queue, root, two invalidations, on; root, two invalidations */
	VTD_SHAPE("vtd with queue", vtd_open, 5, 3),
	VTD_SHAPE("vtd like qemu", vtd_open_like_qemu, 5, 3),
	/* flush, root, two invalidations, on */
	VTD_SHAPE("vtd by registers", vtd_open_simple, 5, 4),
	/* rings, one batch */
	AMDVI_SHAPE("amdvi", amdvi_open, 2, 1),
	/* 4 buses are 1024 entries: 5 batches */
	AMDVI_SHAPE("amdvi entry by entry", amdvi_open_old, 6, 5),
};

/* --- the world --- */

static void rig_open(struct rig *rig, const struct shape *shape, u32 pages)
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

static void rig_close(struct rig *rig)
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

static void probe(struct rig *rig)
{
	struct refusal refusal;

	protect(rig, true);
	assert_int_equal(rig->unit.ops->probe(&rig->unit, &refusal), OK);
	protect(rig, false);
}

static enum status build_domain(struct rig *rig, const struct map *maps, unsigned cell, u8 owner,
				struct iommu_domain *domain)
{
	struct pt pt;
	enum status why;

	*domain = (struct iommu_domain){ 0 };
	if (maps[0].last == 0)
		return OK;
	why = pt_create(&pt, rig->unit.caps.format, &rig->pool, owner, rig->unit.caps.levels,
			rig->unit.caps.max_super);
	for (unsigned i = 0; i < 4 && maps[i].last && why == OK; i++)
		why = pt_map(&pt, (struct range){ maps[i].first, maps[i].last }, maps[i].out,
			     maps[i].rights, false);
	if (why == OK)
		*domain = (struct iommu_domain) {
			.root = PHYS(pool_phys(&rig->pool, pt.root)), .levels = pt.levels,
			.max_super = pt.max_super, .id = (u16)(cell + 1),
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

/* Domains and tables of a generation under one tag, as the caller of the drivers makes them. */
static enum status build(struct rig *rig, const struct generation *generation, u8 owner)
{
	struct iommu_domain domains[CONFIG_MAX_CELLS] = { 0 };
	enum status why = OK;

	memcpy(rig->plan.devices, generation->devices, sizeof(rig->plan.devices));
	rig->plan.plan.devices = (struct plan_array) {
		.offset = offsetof(typeof(rig->plan), devices), .count = count_devices(generation),
	};
	for (unsigned cell = 0; cell < CELLS && why == OK; cell++)
		why = build_domain(rig, generation->maps[cell], cell, owner, &domains[cell]);
	if (why == OK)
		iommu_show_pages(&rig->unit, owner);
	if (why == OK)
		why = rig->unit.ops->build(&rig->unit, &rig->plan.plan, domains, owner,
					   &rig->tables[owner - 1]);
	return why;
}

static void build_and_start(struct rig *rig, const struct generation *generation)
{
	probe(rig);
	assert_int_equal(build(rig, generation, 1), OK);
	assert_int_equal(rig->unit.ops->start(&rig->unit, &rig->tables[0]), OK);
	assert_true(rig->unit.running);
}

/* Write protection costs two system calls, so only some of the many calls have it. */
static bool take_fault(struct rig *rig, struct iommu_fault *fault)
{
	static unsigned calls;
	bool taken, protected = calls++ % 61 == 0;

	if (protected)
		protect(rig, true);
	taken = rig->unit.ops->take_fault(&rig->unit, fault);
	if (protected)
		protect(rig, false);
	return taken;
}

static void stop(struct rig *rig)
{
	protect(rig, true);
	rig->unit.ops->stop(&rig->unit);
	protect(rig, false);
	assert_false(rig->unit.running);
	assert_false(rig->shape->on(rig));
}

/* --- the reference: the generation itself --- */

/* Slot of the requester's owner, PLAN_NONE: its DMA is blocked. */
static u16 owner_of(const struct generation *generation, u16 bdf)
{
	for (u32 i = 0; i < count_devices(generation); i++) {
		const struct plan_device *device = &generation->devices[i];

		if (device->bdf == bdf && !device->unit &&
		    device->type != JAILHOUSE_PCI_TYPE_IVSHMEM)
			return device->cell;
	}
	return PLAN_NONE;
}

static const struct map *find_map(const struct generation *generation, u16 cell, u64 iova)
{
	for (unsigned i = 0; i < 4 && cell != PLAN_NONE; i++) {
		const struct map *map = &generation->maps[cell][i];

		if (map->last && iova >= map->first && iova <= map->last)
			return map;
	}
	return NULL;
}

static const struct map *granted(const struct generation *generation, u16 bdf, u64 iova)
{
	return find_map(generation, owner_of(generation, bdf), iova);
}

static void expect_fault(struct rig *rig, u16 bdf, u64 iova, enum fake_access access)
{
	struct iommu_fault fault;

	assert_true(take_fault(rig, &fault));
	assert_int_equal(fault.bdf, bdf);
	assert_int_equal(fault.address, iova & rig->shape->address_mask);
	assert_int_equal(fault.write, access == FAKE_WRITE);
	assert_false(fault.overflow);
	assert_non_null(rig->unit.ops->explain(&fault));
	assert_false(take_fault(rig, &fault));
}

static void expect_dma(struct rig *rig, const struct generation *generation, u16 bdf, u64 iova,
		       enum fake_access access)
{
	const struct map *map = granted(generation, bdf, iova);
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
	expect_fault(rig, bdf, iova, access);
}

/* Every requester of buses 0 and 3 that is near a listed one, and of buses nobody is on. */
static void expect_generation(struct rig *rig, const struct generation *generation)
{
	static const u16 far[] = { 0x0100, 0x01ff, 0x0300, 0x0301, 0x03fe, 0x03ff, 0x0400, 0xffff };

	for (unsigned p = 0; p < sizeof(probes) / sizeof(probes[0]); p++) {
		for (u16 bdf = 0; bdf < 0x100; bdf++) {
			expect_dma(rig, generation, bdf, probes[p], FAKE_READ);
			expect_dma(rig, generation, bdf, probes[p], FAKE_WRITE);
		}
		for (unsigned i = 0; i < sizeof(far) / sizeof(far[0]); i++) {
			expect_dma(rig, generation, far[i], probes[p], FAKE_READ);
			expect_dma(rig, generation, far[i], probes[p], FAKE_WRITE);
		}
	}
}

/* Both generations agree with what most devices see, so one sample is enough where time matters. */
static void expect_sample(struct rig *rig, const struct generation *generation)
{
	expect_dma(rig, generation, 0x0008, 0x0, FAKE_WRITE);
	expect_dma(rig, generation, 0x0008, 0x1000, FAKE_WRITE);
	expect_dma(rig, generation, 0x0010, 0x0, FAKE_READ);
	expect_dma(rig, generation, 0x00fb, 0x1000, FAKE_READ);
	expect_dma(rig, generation, 0x0300, 0x100000000, FAKE_WRITE);
	expect_dma(rig, generation, 0x0007, 0x0, FAKE_WRITE);
}

static void save_registers(struct rig *rig)
{
	memcpy(rig->saved_registers, &rig->vtd, offsetof(struct fake_vtd, caches));
	memcpy(rig->saved_registers + 0x1000, &rig->amdvi, offsetof(struct fake_amdvi, caches));
}

/* Registers a stopped unit gives back to Linux. */
static void expect_saved_registers(struct rig *rig)
{
	const struct fake_vtd *vtd = (const void *)rig->saved_registers;
	const struct fake_amdvi *amdvi = (const void *)(rig->saved_registers + 0x1000);

	assert_int_equal(rig->vtd.rtaddr, vtd->rtaddr);
	assert_int_equal(rig->vtd.iqa, vtd->iqa);
	assert_int_equal(rig->vtd.iectl, vtd->iectl);
	assert_int_equal(rig->vtd.fectl, vtd->fectl);
	assert_int_equal(rig->amdvi.devtab, amdvi->devtab);
	assert_int_equal(rig->amdvi.cmdbuf, amdvi->cmdbuf);
	assert_int_equal(rig->amdvi.evtlog, amdvi->evtlog);
	assert_int_equal(rig->amdvi.control, amdvi->control);
	assert_int_equal(rig->amdvi.exclusion, amdvi->exclusion);
}

/* --- tests over every shape --- */

#define FOR_EACH_SHAPE(shape) \
	for (const struct shape *shape = shapes; \
	     shape < shapes + sizeof(shapes) / sizeof(shapes[0]); shape++)

static struct rig rig;

/* Nobody may look at pages that were given back: fill them, for snooping units and others. */
static void poison_free_pages(struct rig *r)
{
	for (u32 page = 0; page < r->pool.pages; page++) {
		u8 *memory = r->pool.base + page * PAGE_SIZE;

		if (r->pool.owner[page] != POOL_FREE)
			continue;
		memset(memory, 0xff, PAGE_SIZE);
		port_cache_flush(memory, PAGE_SIZE);
	}
}

static void commit(struct rig *r, const struct generation *generation, u8 owner, u8 old_owner)
{
	assert_int_equal(build(r, generation, owner), OK);
	assert_int_equal(r->unit.ops->commit(&r->unit, &r->tables[owner - 1]), OK);
	assert_int_not_equal(pool_drop(&r->pool, old_owner), 0);
	poison_free_pages(r);
}

static void expect_off(struct rig *r)
{
	u64 out;

	expect_saved_registers(r);
	assert_false(r->shape->on(r));
	assert_true(r->shape->dma(r, 0x0007, 0x123000, FAKE_WRITE, &out));
	assert_int_equal(out, 0x123000);
}

static void life(void **state)
{
	(void)state;
	FOR_EACH_SHAPE(shape) {
		rig_open(&rig, shape, POOL_PAGES);
		save_registers(&rig);
		for (unsigned lap = 0; lap < 2; lap++) {
			poison_free_pages(&rig);
			build_and_start(&rig, &generation_a);
			expect_generation(&rig, &generation_a);
			commit(&rig, &generation_b, 2, 1);
			expect_generation(&rig, &generation_b);
			commit(&rig, &generation_a, 1, 2);
			expect_generation(&rig, &generation_a);
			stop(&rig);
			expect_off(&rig);
			pool_drop(&rig.pool, 1);
			assert_in_range(pool_drop(&rig.pool, UNIT_OWNER), 0, 2);
			assert_int_equal(rig.pool.used, 0);
		}
		rig_close(&rig);
	}
}

/* The queue wraps; 300 exchanges are more than one ring of commands. */
static void many_exchanges(void **state)
{
	(void)state;
	FOR_EACH_SHAPE(shape) {
		rig_open(&rig, shape, POOL_PAGES);
		build_and_start(&rig, &generation_a);
		for (unsigned i = 0; i < 150; i++) {
			commit(&rig, &generation_b, 2, 1);
			expect_sample(&rig, &generation_b);
			commit(&rig, &generation_a, 1, 2);
			expect_sample(&rig, &generation_a);
		}
		stop(&rig);
		rig_close(&rig);
	}
}

/* Building a generation beside the one in force changes nothing for any device. */
static void build_is_memory_only(void **state)
{
	(void)state;
	FOR_EACH_SHAPE(shape) {
		rig_open(&rig, shape, POOL_PAGES);
		build_and_start(&rig, &generation_a);
		fake_mute(0, 0, 0);
		assert_int_equal(build(&rig, &generation_b, 2), OK);
		assert_int_equal(fake_requests(), 0);
		expect_generation(&rig, &generation_a);
		stop(&rig);
		rig_close(&rig);
	}
}

static void every_allocation_fails_once(void **state)
{
	(void)state;
	FOR_EACH_SHAPE(shape) {
		u32 pages;
		enum status why = STATUS_NO_MEMORY;

		for (pages = 1; why != OK; pages++) {
			rig_open(&rig, shape, pages);
			save_registers(&rig);
			probe(&rig);
			why = build(&rig, &generation_a, 1);
			if (why == OK)
				why = rig.unit.ops->start(&rig.unit, &rig.tables[0]);
			if (why != OK) {
				assert_int_equal(why, STATUS_NO_MEMORY);
				expect_off(&rig);
				assert_false(rig.unit.running);
			} else {
				expect_sample(&rig, &generation_a);
				stop(&rig);
				pool_drop(&rig.pool, UNIT_OWNER);
			}
			pool_drop(&rig.pool, 1);
			assert_int_equal(rig.pool.used, 0);
			rig_close(&rig);
		}
		assert_in_range(pages, 8, 40);
	}
}

static bool is_time_out(enum status why)
{
	return why == IOMMU_WAIT_FLUSH || why == IOMMU_WAIT_QUEUE || why == IOMMU_WAIT_ROOT ||
	       why == IOMMU_WAIT_INVALIDATE || why == IOMMU_WAIT_SWITCH;
}

static void start_counts_its_requests(void **state)
{
	(void)state;
	FOR_EACH_SHAPE(shape) {
		rig_open(&rig, shape, POOL_PAGES);
		build_and_start(&rig, &generation_a);
		assert_int_equal(fake_requests(), shape->start_requests);
		fake_mute(0, 0, 0);
		commit(&rig, &generation_b, 2, 1);
		assert_int_equal(fake_requests(), shape->commit_requests);
		stop(&rig);
		rig_close(&rig);
	}
}

static void refuse_start(struct rig *r, unsigned from, unsigned count, u32 delay)
{
	u32 used = r->pool.used;

	fake_mute(from, count, delay);
	assert_true(is_time_out(r->unit.ops->start(&r->unit, &r->tables[0])));
	fake_mute(0, 0, 0);
	assert_false(r->unit.running);
	assert_int_equal(r->pool.used, used);
	expect_off(r);
}

/* Each handshake of start fails once, late or for ever; a unit that was only late can be started. */
static void start_times_out(void **state)
{
	(void)state;
	FOR_EACH_SHAPE(shape) {
		for (unsigned from = 0; from < shape->start_requests; from++) {
			rig_open(&rig, shape, POOL_PAGES);
			save_registers(&rig);
			probe(&rig);
			assert_int_equal(build(&rig, &generation_a, 1), OK);
			refuse_start(&rig, from, 1, FAKE_LATE);
			pool_drop(&rig.pool, 1);
			build_and_start(&rig, &generation_a);
			expect_sample(&rig, &generation_a);
			stop(&rig);
			pool_drop(&rig.pool, UNIT_OWNER);
			refuse_start(&rig, from, ALWAYS, FAKE_NEVER);
			rig_close(&rig);
		}
	}
}

/* A unit that is late falls back to the old tables and can exchange them later. */
static void commit_comes_back(void **state)
{
	(void)state;
	FOR_EACH_SHAPE(shape) {
		for (unsigned from = 0; from < shape->commit_requests; from++) {
			enum status why;

			rig_open(&rig, shape, POOL_PAGES);
			build_and_start(&rig, &generation_a);
			expect_sample(&rig, &generation_a);
			assert_int_equal(build(&rig, &generation_b, 2), OK);
			fake_mute(from, 1, FAKE_LATE);
			why = rig.unit.ops->commit(&rig.unit, &rig.tables[1]);
			if (!is_time_out(why))
				fail_msg("%s: %u at request %u", shape->name, why, from);
			pool_drop(&rig.pool, 2);
			poison_free_pages(&rig);
			expect_generation(&rig, &generation_a);
			commit(&rig, &generation_b, 2, 1);
			expect_generation(&rig, &generation_b);
			stop(&rig);
			rig_close(&rig);
		}
	}
}

/* What an owner of the requester, old or new, may reach in the old or the new tables; or nothing. */
static void expect_either(struct rig *r, u16 bdf, u64 iova)
{
	const struct generation *generations[] = { &generation_a, &generation_b };
	u64 out;

	if (!r->shape->dma(r, bdf, iova, FAKE_READ, &out))
		return;
	for (unsigned i = 0; i < 4; i++) {
		u16 cell = owner_of(generations[i & 1], bdf);
		const struct map *map = find_map(generations[i >> 1], cell, iova);

		if (map && out == iova - map->first + map->out)
			return;
	}
	fail_msg("%s: %04x reaches %llx by %llx", r->shape->name, bdf, out, iova);
}

static void commit_gets_stuck(void **state)
{
	(void)state;
	FOR_EACH_SHAPE(shape) {
		for (unsigned from = 0; from < shape->commit_requests; from++) {
			rig_open(&rig, shape, POOL_PAGES);
			build_and_start(&rig, &generation_a);
			expect_sample(&rig, &generation_a);
			assert_int_equal(build(&rig, &generation_b, 2), OK);
			fake_mute(from, ALWAYS, FAKE_NEVER);
			assert_int_equal(rig.unit.ops->commit(&rig.unit, &rig.tables[1]),
					 IOMMU_STUCK);
			assert_true(rig.unit.running);
			assert_true(shape->on(&rig));
			for (u16 bdf = 0; bdf < 0x100; bdf++)
				for (unsigned p = 0; p < sizeof(probes) / sizeof(probes[0]); p++)
					expect_either(&rig, bdf, probes[p]);
			fake_mute(0, 0, 0);
			rig_close(&rig);
		}
	}
}

/* More faults than the unit can keep: the first ones are told, the loss is told, then all goes on. */
static void faults_overflow(void **state)
{
	(void)state;
	FOR_EACH_SHAPE(shape) {
		struct iommu_fault fault;
		bool overflow = false;
		unsigned told = 0;
		u64 out;

		rig_open(&rig, shape, POOL_PAGES);
		build_and_start(&rig, &generation_a);
		for (unsigned i = 0; i < 300; i++)
			assert_false(shape->dma(&rig, 0x0050, i * 0x1000ULL, FAKE_WRITE, &out));
		while (take_fault(&rig, &fault)) {
			assert_int_equal(fault.bdf, 0x0050);
			assert_int_equal(fault.address, told * 0x1000ULL);
			assert_true(fault.write);
			overflow |= fault.overflow;
			told++;
		}
		assert_true(overflow);
		assert_in_range(told, FAKE_VTD_RECORDS, 299);
		expect_dma(&rig, &generation_a, 0x0060, 0x7000, FAKE_READ);
		stop(&rig);
		rig_close(&rig);
	}
}

static enum status probe_why(struct rig *r)
{
	struct refusal refusal = { 0 };
	enum status why = r->unit.ops->probe(&r->unit, &refusal);

	assert_int_equal(refusal.why, why);
	if (why != OK)
		assert_int_equal(refusal.object, OBJECT_IOMMU);
	return why;
}

static void vtd_probe_refusals(void **state)
{
	(void)state;
	rig_open(&rig, &shapes[0], POOL_PAGES);
	rig.vtd.gsts = VTD_GCMD_TE | VTD_GCMD_QIE;
	assert_int_equal(probe_why(&rig), IOMMU_VTD_ON);
	rig.vtd.gsts = VTD_GCMD_QIE;
	assert_int_equal(probe_why(&rig), IOMMU_VTD_INTR_ON);
	rig.vtd.gsts = VTD_GCMD_IRE;
	assert_int_equal(probe_why(&rig), IOMMU_VTD_INTR_ON);
	rig.vtd.gsts = VTD_GCMD_SRTP;	/* a root table was set once: harmless */
	assert_int_equal(probe_why(&rig), OK);
	rig.config.size = FAKE_VTD_FRO + FAKE_VTD_RECORDS * 16 - 1;
	assert_int_equal(probe_why(&rig), IOMMU_WINDOW);
	rig.config.size++;
	assert_int_equal(probe_why(&rig), IOMMU_WINDOW);	/* fixed registers end at 0x400 */
	rig.config.size = 0x400;
	assert_int_equal(probe_why(&rig), OK);
	rig.vtd.cap &= ~(6ULL << 8);
	assert_int_equal(probe_why(&rig), IOMMU_LEVELS);
	rig.vtd.version = 0;
	assert_int_equal(probe_why(&rig), IOMMU_ABSENT);
	rig.vtd.version = ~0U;
	assert_int_equal(probe_why(&rig), IOMMU_ABSENT);
	rig_close(&rig);
}

static void vtd_probe_capabilities(void **state)
{
	(void)state;
	rig_open(&rig, &shapes[0], POOL_PAGES);
	probe(&rig);
	assert_true(rig.unit.caps.levels == 4 && rig.unit.caps.max_super == 2);
	assert_true(rig.unit.caps.coherent && rig.unit.caps.format == &pt_vtd);
	rig_close(&rig);
	rig_open(&rig, &shapes[2], POOL_PAGES);
	probe(&rig);
	assert_true(rig.unit.caps.levels == 3 && rig.unit.caps.max_super == 0);
	assert_false(rig.unit.caps.coherent);
	rig_close(&rig);
}

static void amdvi_probe_refusals(void **state)
{
	(void)state;
	rig_open(&rig, &shapes[3], POOL_PAGES);
	rig.amdvi.control = 1;
	assert_int_equal(probe_why(&rig), IOMMU_AMDVI_ON);
	rig.amdvi.control = ~0ULL;
	assert_int_equal(probe_why(&rig), IOMMU_ABSENT);
	rig.amdvi.control = 2;
	rig.config.size = AMDVI_WINDOW - 1;
	assert_int_equal(probe_why(&rig), IOMMU_WINDOW);
	rig.config.size = AMDVI_WINDOW;
	assert_int_equal(probe_why(&rig), OK);
	assert_true(rig.unit.caps.levels == 4 && rig.unit.caps.format == &pt_amdvi);
	rig_close(&rig);
}

static void drivers_by_config_type(void **state)
{
	(void)state;
	assert_ptr_equal(iommu_ops_of(JAILHOUSE_IOMMU_INTEL), &iommu_vtd);
	assert_ptr_equal(iommu_ops_of(JAILHOUSE_IOMMU_AMD), &iommu_amdvi);
	assert_null(iommu_ops_of(0));
	assert_null(iommu_ops_of(JAILHOUSE_IOMMU_SMMUV3));
}

/* The budget of pages above the tables of the cells. */
static void pages_of_a_small_machine(void **state)
{
	(void)state;
	FOR_EACH_SHAPE(shape) {
		u32 before;

		rig_open(&rig, shape, POOL_PAGES);
		probe(&rig);
		for (unsigned cell = 0; cell < CELLS; cell++) {
			struct iommu_domain domain;

			assert_int_equal(build_domain(&rig, generation_b.maps[cell], cell, 1,
						      &domain), OK);
		}
		before = rig.pool.used;
		pool_drop(&rig.pool, 1);
		build_and_start(&rig, &generation_b);
		assert_in_range(rig.pool.used - before, 2, 4);
		stop(&rig);
		rig_close(&rig);
	}
}

/* --- the fakes can say no --- */

static void fake_sees_a_missing_invalidation(void **state)
{
	u64 out;

	(void)state;
	rig_open(&rig, &shapes[0], POOL_PAGES);
	build_and_start(&rig, &generation_a);
	expect_sample(&rig, &generation_a);
	assert_int_equal(build(&rig, &generation_b, 2), OK);
	port_mmio_write64(rig.unit.registers + VTD_RTADDR_REG, rig.tables[1].table.value);
	assert_int_equal(vtd_command(&rig.unit, VTD_GCMD_SRTP, true, IOMMU_WAIT_ROOT), OK);
	assert_true(vtd_dma(&rig, 0x0008, 0x1000, FAKE_WRITE, &out));
	assert_int_equal(out, 0x1000);	/* what generation a says of root's device */
	rig_close(&rig);

	rig_open(&rig, &shapes[3], POOL_PAGES);
	build_and_start(&rig, &generation_a);
	expect_sample(&rig, &generation_a);
	assert_int_equal(build(&rig, &generation_b, 2), OK);
	port_mmio_write64(rig.unit.registers + AMDVI_DEVTAB_REG, rig.tables[1].table.value);
	assert_true(amdvi_dma(&rig, 0x0008, 0x1000, FAKE_WRITE, &out));
	assert_int_equal(out, 0x1000);
	rig_close(&rig);
}

static void fake_sees_wrong_order_and_width(void **state)
{
	(void)state;
	rig_open(&rig, &shapes[0], POOL_PAGES);
	probe(&rig);
	fake_violations_quiet(true);
	(void)vtd_command(&rig.unit, VTD_GCMD_TE, true, IOMMU_WAIT_SWITCH);
	assert_int_equal(fake_violations(), 1);
	port_mmio_write32(rig.unit.registers + VTD_RTADDR_REG, 0);
	assert_int_equal(fake_violations(), 1);
	port_mmio_write64(rig.unit.registers + VTD_IQT_REG, 0x18);
	assert_int_equal(fake_violations(), 2);
	port_mmio_write32(rig.unit.registers + VTD_GCMD_REG, VTD_GCMD_SRTP);
	assert_int_equal(fake_violations(), 1);
	fake_violations_quiet(false);
	rig_close(&rig);

	rig_open(&rig, &shapes[3], POOL_PAGES);
	probe(&rig);
	fake_violations_quiet(true);
	port_mmio_write64(rig.unit.registers + AMDVI_CONTROL_REG, 0x1005);
	assert_int_equal(fake_violations(), 2);	/* no table, no snooping */
	(void)port_mmio_read32(rig.unit.registers + AMDVI_CONTROL_REG);
	assert_int_equal(fake_violations(), 1);
	port_mmio_write64(rig.unit.registers + AMDVI_CMD_TAIL_REG, 0x1000);
	assert_int_not_equal(fake_violations(), 0);
	fake_violations_quiet(false);
	rig_close(&rig);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(drivers_by_config_type),
		cmocka_unit_test(vtd_probe_refusals),
		cmocka_unit_test(vtd_probe_capabilities),
		cmocka_unit_test(amdvi_probe_refusals),
		cmocka_unit_test(life),
		cmocka_unit_test(many_exchanges),
		cmocka_unit_test(build_is_memory_only),
		cmocka_unit_test(every_allocation_fails_once),
		cmocka_unit_test(start_counts_its_requests),
		cmocka_unit_test(start_times_out),
		cmocka_unit_test(commit_comes_back),
		cmocka_unit_test(commit_gets_stuck),
		cmocka_unit_test(faults_overflow),
		cmocka_unit_test(pages_of_a_small_machine),
		cmocka_unit_test(fake_sees_a_missing_invalidation),
		cmocka_unit_test(fake_sees_wrong_order_and_width),
	};

	return cmocka_run_group_tests_name("dev/iommu", tests, NULL, NULL);
}
