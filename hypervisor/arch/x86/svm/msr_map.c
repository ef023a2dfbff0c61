/* SPDX-License-Identifier: GPL-2.0 */
/*
 * MSR and I/O permission maps (AMD64 manual volume 2, 15.10 and 15.11). Set bits intercept, so a map
 * starts all ones and gets holes where the policy says pass.
 */
#include <arch/machine.h>
#include <arch/x86/apic.h>
#include <arch/x86/msr.h>
#include <arch/x86/svm/msr_map.h>
#include <arch/x86/svm/svm.h>
#include <base/bits.h>
#include <base/string.h>

#define MSR_MAP_PAGES	2
#define PORT_MAP_PAGES	3

static phys_t msr_maps[2];

phys_t msr_map_of(unsigned cell)
{
	return msr_maps[cell != 0];
}

/* Bit of the read permission of an MSR, write is the next one; ~0: outside the map's ranges. */
static u32 msr_bit(u32 msr)
{
	static const u32 bases[] = { 0x00000000, 0xc0000000, 0xc0010000 };

	for (u32 i = 0; i < 3; i++)
		if (msr - bases[i] < 0x2000)
			return (i * 0x2000 + msr - bases[i]) * 2;
	return ~0U;
}

/* Local vector table entries: a write could ask for an SMI or INIT. */
static bool is_lvt(u32 index)
{
	return index == APIC_LVT_CMCI || (index >= APIC_LVT_TIMER && index <= APIC_LVT_ERROR);
}

static bool passes(u8 action, u32 msr, bool write)
{
	bool x2apic = msr >= MSR_X2APIC_FIRST && msr <= MSR_X2APIC_LAST;

	if (x2apic)
		return apic_is_x2() && msr != MSR_X2APIC_ICR &&
		       !(write && is_lvt(msr - MSR_X2APIC_FIRST));
	return action == MSR_PASS;
}

static void msr_map_open(u8 *map, const struct msr_row *row, bool root)
{
	if (msr_bit(row->first) == ~0U)
		return;		/* outside of the map: always traps, see msr.c */
	for (u32 msr = row->first; msr <= msr_row_last(row); msr++) {
		if (passes(root ? row->root_read : row->cell_read, msr, false))
			bitmap_clear(map, msr_bit(msr));
		if (passes(root ? row->root_write : row->cell_write, msr, true))
			bitmap_clear(map, msr_bit(msr) + 1);
	}
}

static void msr_map_fill(u8 *map, bool root)
{
	memset(map, 0xff, MSR_MAP_PAGES * PAGE_SIZE);
	for (unsigned i = 0; msr_row(i); i++)
		msr_map_open(map, msr_row(i), root);
}

enum status svm_build_msr_maps(void)
{
	u8 owner = pool_new_owner(&machine.pool);

	for (unsigned i = 0; i < 2; i++) {
		u8 *map = pool_alloc(&machine.pool, MSR_MAP_PAGES, 1, owner);

		if (!map)
			return STATUS_NO_MEMORY;
		msr_map_fill(map, i == 0);
		msr_maps[i] = PHYS(pool_phys(&machine.pool, map));
	}
	return OK;
}

enum status svm_build_port_map(const struct plan *plan, unsigned cell, u8 owner, phys_t *ports)
{
	const struct plan_cell *row = &plan_cells(plan)[cell];
	u8 *map = pool_alloc(&machine.pool, PORT_MAP_PAGES, 1, owner);

	if (!map)
		return STATUS_NO_MEMORY;
	memset(map, 0xff, PORT_MAP_PAGES * PAGE_SIZE);
	for (u32 i = 0; i < row->num_pio; i++) {
		const struct plan_pio *pio = &plan_pio(plan)[row->first_pio + i];

		for (u32 port = pio->first; port <= pio->last; port++)
			bitmap_clear(map, port);
	}
	bitmap_set(map, 0x64);
	*ports = PHYS(pool_phys(&machine.pool, map));
	return OK;
}
