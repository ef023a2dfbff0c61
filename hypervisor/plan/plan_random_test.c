// SPDX-License-Identifier: GPL-2.0
/*
 * Random small machines against a painter: a world of 48 pages around the local APIC, one byte per
 * page and question, painted in the plainest way. Plan and painter must agree about every page.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <plan/plan_kit.h>
#include <pt/pt.h>

#define PAGES 48
#define BASE 0xfedd8000ULL	/* page 40 of the world is the local APIC, those behind it MSI space */
#define APIC 40
#define CELLS 4
#define ADDRESS(page) (BASE + (u64)(page) * 0x1000)

static struct kit kit;

/* What the painter knows about pages of host memory. */
static bool fixed[PAGES];		/* hypervisor, units, windows: nobody's */
static bool hypervisor[PAGES];
static u8 taken[PAGES];			/* slot of the cell that has it alone, 0: nobody */
static u8 users[PAGES];			/* how many cells but root have it */

static unsigned below(unsigned limit)
{
	return (unsigned)rand() % limit;
}

static void paint(bool *pages, unsigned first, unsigned count)
{
	for (unsigned i = first; i < first + count && i < PAGES; i++)
		pages[i] = true;
}

/* The pieces of the machine that no cell may have, somewhere. */
static void random_machine(void)
{
	unsigned hv = below(PAGES - 3), unit = below(PAGES), chip = below(APIC);
	unsigned msix = (chip + 1 + below(APIC - 1)) % APIC;
	struct jailhouse_pci_device *device;

	kit_start(&kit);
	memset(fixed, 0, sizeof(fixed));
	memset(hypervisor, 0, sizeof(hypervisor));
	memset(taken, 0, sizeof(taken));
	memset(users, 0, sizeof(users));
	kit.header.hypervisor_memory.phys_start = ADDRESS(hv);
	kit.header.hypervisor_memory.size = 0x3000;
	kit.header.platform_info.iommu_units[0].base = ADDRESS(unit);
	kit.header.platform_info.iommu_units[0].size = 0x1000;
	kit_irqchip(&kit, 0, ADDRESS(chip), 0xff);
	device = kit_device(&kit, 0, JAILHOUSE_PCI_TYPE_DEVICE, 8);
	device->num_msix_vectors = 1;
	device->msix_address = ADDRESS(msix);
	device->msix_region_size = 0x1000;
	paint(hypervisor, hv, 3);
	paint(fixed, hv, 3);
	paint(fixed, unit, 1);
	paint(fixed, chip, 1);
	paint(fixed, msix, 1);
	paint(fixed, APIC, PAGES - APIC);
}

static u64 random_flags(void)
{
	static const u64 rights[] = { MEM_R, MEM_RW, MEM_RWX, 0 };

	return rights[below(8) ? below(3) : 3] | (below(2) ? MEM_DMA : 0);
}

/* Root: a few regions at their own addresses, some of them a part of a page. */
static void random_root(void)
{
	unsigned page = below(3);

	while (page < PAGES) {
		unsigned count = 1 + below(10);

		if (page + count > PAGES)
			count = PAGES - page;
		if (below(6) == 0 && !fixed[page])	/* the rules keep trap windows apart */
			kit_map(&kit, 0, ADDRESS(page) + 0x10, ADDRESS(page) + 0x10, 0x20, MEM_RW);
		else
			kit_map(&kit, 0, ADDRESS(page), ADDRESS(page), count * 0x1000ULL,
				random_flags());
		page += count + (below(2) ? 0 : below(4));
	}
}

static bool is_shared(const struct jailhouse_memory *region)
{
	return region->flags & MEM_SHARED;
}

/* A piece of host memory that the rules would let this cell have. */
static bool allowed(unsigned first, unsigned count, bool shared)
{
	for (unsigned i = first; i < first + count; i++)
		if (taken[i] || (users[i] && !shared))
			return false;
	return true;
}

static void random_cell(unsigned slot)
{
	unsigned gpa = below(2) * below(PAGES);

	kit_cell(&kit, slot, "cell", (u8)(1U << slot));
	kit.input.loadable |= below(2) << slot;
	for (unsigned i = below(6); i > 0; i--) {
		unsigned count = 1 + below(8), first = below(PAGES - count);
		bool shared = below(3) == 0, part = below(8) == 0;
		u64 flags = random_flags() | (shared ? MEM_SHARED : 0) | (below(2) ? MEM_LOAD : 0);

		if (!allowed(first, part ? 1 : count, shared))
			continue;
		if (part)
			count = 1;
		gpa += below(3);
		if (gpa + count > PAGES || (part && gpa == APIC))
			return;
		kit_map(&kit, slot, ADDRESS(first) + (part ? 0x40 : 0), ADDRESS(gpa) + (part ? 0x40 : 0),
			part ? 0x10 : count * 0x1000ULL, flags);
		gpa += count;
		for (unsigned p = first; p < first + count; p++) {
			taken[p] = shared ? 0 : (u8)slot;
			users[p]++;
		}
	}
}

static bool is_part(const struct jailhouse_memory *region)
{
	return region->size & 0xfff;
}

/* The region of a cell whose whole pages have this address on its guest or its host side. */
static const struct jailhouse_memory *region_at(unsigned slot, u64 address, bool guest)
{
	const struct kit_cell *cell = &kit.cells[slot];

	for (unsigned i = 0; i < cell->desc.num_memory_regions; i++) {
		const struct jailhouse_memory *region = &cell->memory[i];
		u64 start = guest ? region->virt_start : region->phys_start;

		if (!is_part(region) && address >= start && address < start + region->size)
			return region;
	}
	return NULL;
}

static bool part_on_page(unsigned slot, unsigned page)
{
	const struct kit_cell *cell = &kit.cells[slot];

	for (unsigned i = 0; i < cell->desc.num_memory_regions; i++)
		if (is_part(&cell->memory[i]) &&
		    align_down(cell->memory[i].virt_start, 0x1000) == ADDRESS(page))
			return true;
	return false;
}

static unsigned rights_of(const struct jailhouse_memory *region)
{
	return region ? region->flags & 7 : 0;
}

/* Guest pages where something traps: for root everything fixed but the units, for cells the APIC. */
static bool traps(unsigned slot, unsigned page)
{
	bool chip = kit.cells[0].irqchips[0].address == ADDRESS(page);
	bool msix = kit.cells[0].devices[0].msix_address == ADDRESS(page);

	return page == APIC || part_on_page(slot, page) || (slot == 0 && (chip || msix));
}

/* Guest pages that no region reaches. */
static bool closed(unsigned slot, unsigned page)
{
	return page > APIC || kit.cells[0].irqchips[0].address == ADDRESS(page) || traps(slot, page);
}

/* What the painter says about a page of root: rights, and whose configuration gives them. */
static unsigned root_rights(unsigned page, unsigned *owner)
{
	const struct jailhouse_memory *own = region_at(0, ADDRESS(page), false), *cells;

	*owner = 0;
	if (hypervisor[page])
		return PT_READ;
	if (fixed[page] || closed(0, page) || !rights_of(own))
		return 0;
	if (!taken[page])
		return rights_of(own);
	*owner = taken[page];
	cells = region_at(*owner, ADDRESS(page), false);
	if (!cells || !(cells->flags & MEM_LOAD) || !(kit.input.loadable >> *owner & 1))
		return 0;
	return PT_READ | PT_WRITE;
}

static unsigned cell_rights(unsigned slot, unsigned page, u64 *out)
{
	const struct jailhouse_memory *region = region_at(slot, ADDRESS(page), true);

	if (!rights_of(region) || closed(slot, page))
		return 0;
	*out = region->phys_start + (ADDRESS(page) - region->virt_start);
	return fixed[(*out - BASE) / 0x1000] ? 0 : rights_of(region);
}

/* Devices do not trap: in their way is only what is nobody's, and the messages. */
static unsigned device_rights(unsigned slot, unsigned page, u64 *out)
{
	const struct jailhouse_memory *region = region_at(slot, ADDRESS(page), true);

	if (!region || !(region->flags & MEM_DMA) || page >= APIC)
		return 0;
	*out = region->phys_start + (ADDRESS(page) - region->virt_start);
	return fixed[(*out - BASE) / 0x1000] ? 0 : rights_of(region) & 3;
}

static void check_root_page(const struct plan *plan, unsigned page)
{
	const struct plan_map *map = plan_find_map(plan, 0, ADDRESS(page) + 5);
	const struct plan_map *dma = plan_find_dma(plan, 0, ADDRESS(page) + 5);
	const struct jailhouse_memory *own = region_at(0, ADDRESS(page), false);
	unsigned owner, rights = root_rights(page, &owner);
	bool device = own && (own->flags & MEM_DMA) && rights_of(own) && !fixed[page] &&
		      !taken[page] && page < APIC;

	assert_int_equal(map ? map->rights : 0, rights);
	if (map)
		assert_int_equal(map->owner, owner);
	if (map && !hypervisor[page])
		assert_true(map->out + (ADDRESS(page) - map->first) == ADDRESS(page));
	assert_int_equal(map && map->kind == PLAN_MAP_ZERO, hypervisor[page]);
	assert_int_equal(dma ? dma->rights : 0, device ? rights_of(own) & 3 : 0);
}

static void check_cell_page(const struct plan *plan, unsigned slot, unsigned page)
{
	const struct plan_map *map = plan_find_map(plan, slot, ADDRESS(page) + 5);
	const struct plan_map *dma = plan_find_dma(plan, slot, ADDRESS(page) + 5);
	u64 out = 0;
	unsigned rights = cell_rights(slot, page, &out);

	assert_int_equal(map ? map->rights : 0, rights);
	if (map)
		assert_true(map->out + (ADDRESS(page) - map->first) == out);
	assert_int_equal(dma ? dma->rights : 0, device_rights(slot, page, &out));
	if (dma)
		assert_true(dma->out + (ADDRESS(page) - dma->first) == out);
	assert_int_equal(plan_find_trap(plan, slot, ADDRESS(page) + 0x48) != NULL, traps(slot, page));
}

/* Said without the configs: no host page in two cells' hands unless all but one share it. */
static void check_isolation(const struct plan *plan)
{
	unsigned seen[PAGES] = { 0 };

	for (unsigned i = 0; i < plan->maps.count; i++) {
		const struct plan_map *map = &plan_maps(plan)[i];

		if (map->kind == PLAN_MAP_ZERO)
			continue;
		for (u64 at = map->first; at <= map->last; at += 0x1000) {
			u64 page = (map->out + (at - map->first) - BASE) / 0x1000;
			bool lent = map->owner != map->cell;

			assert_true(page < PAGES && !hypervisor[page]);
			seen[page] |= lent ? 0 : 1U << map->cell;
		}
	}
	for (unsigned page = 0; page < PAGES; page++)
		for (unsigned slot = 1; slot < CELLS; slot++)
			if (seen[page] & 1U << slot) {
				const struct jailhouse_memory *r = region_at(slot, ADDRESS(page), false);

				assert_true(is_shared(r) || seen[page] == 1U << slot);
			}
}

static void random_machines(void **state)
{
	(void)state;
	srand(11);
	for (unsigned round = 0; round < 3000; round++) {
		struct plan *plan;

		random_machine();
		random_root();
		for (unsigned slot = 1; slot < CELLS; slot++)
			if (below(4))
				random_cell(slot);
		plan = kit_build(&kit, OK);
		for (unsigned page = 0; page < PAGES; page++) {
			check_root_page(plan, page);
			for (unsigned slot = 1; slot < CELLS; slot++)
				if (kit.set.cells[slot])
					check_cell_page(plan, slot, page);
		}
		check_isolation(plan);
		free(plan);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(random_machines) };

	return cmocka_run_group_tests_name("plan/plan_random", tests, NULL, NULL);
}
