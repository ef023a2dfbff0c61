// SPDX-License-Identifier: GPL-2.0
/*
 * A unit, its pool and the tables of a generation, made and exchanged as the callers of IOMMU drivers
 * do. The pool is write-protected while verbs run that may not write it.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <cmocka.h>

#include <host/iommu_rig.h>

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

/* An SMMU knows its devices by streams; the generations use the same numbers, sorted. */
static u32 list_streams(struct rig *rig, const struct generation *generation)
{
	u32 count = 0;

	for (u32 i = 0; i < rig_count_devices(generation); i++)
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
		.offset = offsetof(typeof(rig->plan), devices), .count = rig_count_devices(generation),
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

void rig_give_up(struct rig *rig, u8 owner)
{
	pool_drop(&rig->pool, owner);
	rig_poison_free_pages(rig);
}

void rig_commit(struct rig *r, const struct generation *generation, u8 owner, u8 old_owner)
{
	assert_int_equal(rig_build(r, generation, owner), OK);
	assert_int_equal(iommu_commit(&r->unit, &r->tables[owner - 1]), OK);
	assert_int_not_equal(pool_drop(&r->pool, old_owner), 0);
	rig_poison_free_pages(r);
}
