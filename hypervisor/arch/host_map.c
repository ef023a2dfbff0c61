/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The hypervisor's private address space: write xor execute, no guest memory but for the look-at
 * windows, and the pool behind one top-level entry that decides whether it can be written.
 */
#include <arch/arch.h>
#include <arch/host_map.h>
#include <base/bits.h>
#include <base/string.h>

#define SLOT(va)	((va) >> 39 & 511)
#define LAST_ENTRY	511
#define LARGE		0x200000ULL

/* Complete before the first seal. */
static struct {
	struct pt pt;
	u64 writable_root, sealed_root;
	u64 sealed_slots;	/* the page that differs from slot_page() in one entry */
	u64 devices;		/* bytes given out at host_layout.devices */
} host;

/* The engine knows addresses of the format's width, not their sign extension. */
static u64 host_input(u64 va)
{
	return va & (arch_host_levels() == 5 ? MASK(56, 0) : MASK(47, 0));
}

static enum status map(u64 va, u64 phys, u64 size, unsigned rights)
{
	struct range in;

	if (!range_make(host_input(va), align_up(size, PAGE_SIZE), &in))
		return OK;
	return pt_map(&host.pt, in, phys, rights, false);
}

/* Large pages need the same offset on both sides. */
static u64 pool_place(void)
{
	return host_layout.pool + (machine.pool.phys & (LARGE - 1));
}

static enum status map_image(char *first, char *end, unsigned rights)
{
	return map((u64)first, machine.header->hypervisor_phys + (u64)(first - image_start),
		   (u64)(end - first), rights);
}

/* Pool page that holds the entries of this level for va; the walk is over our own fresh table. */
static u64 *table_of(u64 va, int leaf)
{
	u64 *table = host.pt.root;

	for (int level = host.pt.levels - 1; level > leaf; level--)
		table = pool_virt(&machine.pool,
				  table[va >> (12 + 9 * level) & 511] & host.pt.format->address);
	return table;
}

/* Look-at windows: leaves of one table, which is itself mapped writable beside them. */
static enum status map_windows(void)
{
	enum status status = map(host_layout.windows, 0, PAGE_SIZE, PT_READ);
	u64 *table;

	if (status != OK)
		return status;
	table = table_of(host_layout.windows, 0);
	table[0] = 0;
	table[LAST_ENTRY] = pool_phys(&machine.pool, table) | host_layout.window;
	return OK;
}

/* Page whose entry for the pool's slot decides about writing: level 3 in both depths. */
static u64 *slot_page(void)
{
	return table_of(host_layout.pool, 3);
}

/* A second top table that differs in one bit. */
static enum status make_seal(u8 owner)
{
	u64 *copy = pool_alloc(&machine.pool, 1, 1, owner);
	u64 *top = copy;

	if (arch_host_levels() == 5)
		top = pool_alloc(&machine.pool, 1, 1, owner);
	if (!copy || !top)
		return STATUS_NO_MEMORY;
	host.writable_root = pool_phys(&machine.pool, host.pt.root);
	host.sealed_root = pool_phys(&machine.pool, top);
	host.sealed_slots = pool_phys(&machine.pool, copy);
	if (top != copy)
		top[LAST_ENTRY] = host.sealed_slots | host_layout.table;
	return OK;
}

static void copy_slots(void)
{
	u64 *sealed = pool_virt(&machine.pool, host.sealed_slots);
	u64 *entry = &sealed[SLOT(host_layout.pool)];

	memcpy(sealed, slot_page(), PAGE_SIZE);
	*entry = (*entry & ~host_layout.seal_clear) | host_layout.seal_set;
}

enum status host_build(void)
{
	struct pool *pool = &machine.pool;
	u8 owner = pool_new_owner(pool);
	enum status status = pt_create(&host.pt, host_layout.format, pool, owner,
				       (u8)arch_host_levels(), 1);

	if (status == OK)
		status = map_image(image_start, image_constants, PT_READ | PT_EXECUTE);
	if (status == OK)
		status = map_image(image_constants, image_bss, PT_READ);
	if (status == OK)
		status = map_image(image_bss, (char *)pool->base, PT_READ | PT_WRITE);
	if (status == OK)
		status = map(pool_place(), pool->phys, (u64)pool->pages * PAGE_SIZE,
			     PT_READ | PT_WRITE);
	if (status == OK)
		status = map_windows();
	if (status == OK)
		status = make_seal(owner);
	if (status != OK)
		return status;
	host.devices = PAGE_SIZE;
	copy_slots();
	return OK;
}

enum status host_map(u64 va, u64 phys, u64 size, unsigned rights)
{
	enum status status = map(va, phys, size, rights);

	copy_slots();
	return status;
}

/* From now on the pool's pages have their final addresses. */
static void move_pool(void)
{
	u64 distance = pool_place() - (u64)machine.pool.base;

	machine.pool.base += distance;
	host.pt.root = (u64 *)((u8 *)host.pt.root + distance);
}

void host_enter(struct cpu *cpu, bool writable)
{
	struct cpu_base *base = cpu_base(cpu);

	arch_host_root(writable ? host.writable_root : host.sealed_root);
	if (writable)
		move_pool();
	base->windows = (u8 *)host_layout.windows + (u64)base->id * HOST_WINDOWS * PAGE_SIZE;
	base->window_entries = (u64 *)(host_layout.windows + LAST_ENTRY * PAGE_SIZE) +
			       base->id * HOST_WINDOWS;
}

void arch_unseal(void)
{
	arch_host_root(host.writable_root);
}

void arch_seal(void)
{
	arch_host_root(host.sealed_root);
}

volatile u8 *arch_map_device(u64 phys, u64 size)
{
	u64 offset = phys & PAGE_MASK;
	u64 bytes = align_up(offset + size, PAGE_SIZE);
	u64 align = bytes >= LARGE && is_aligned(phys, LARGE) ? LARGE : PAGE_SIZE;
	u64 va = align_up(host_layout.devices + host.devices, align);

	if (host_map(va, phys - offset, bytes, PT_READ | PT_WRITE | PT_DEVICE) != OK)
		return NULL;
	host.devices = va + bytes - host_layout.devices;
	arch_unseal();		/* that table again, which has it from here on */
	return (volatile u8 *)va + offset;
}

static u8 *look(struct cpu *cpu, unsigned window, u64 phys, u64 attributes)
{
	u8 *page = cpu_base(cpu)->windows + window * PAGE_SIZE;

	arch_host_window(&cpu_base(cpu)->window_entries[window], (phys & ~PAGE_MASK) | attributes, page);
	return page + (phys & PAGE_MASK);
}

u8 *host_look(struct cpu *cpu, unsigned window, u64 phys)
{
	return look(cpu, window, phys, host_layout.window);
}

u8 *host_look_device(struct cpu *cpu, unsigned window, u64 phys)
{
	return look(cpu, window, phys, host_layout.window_device);
}

void *arch_look(struct cpu *cpu, u64 phys)
{
	return host_look(cpu, HOST_WINDOW_STORY, phys);
}

volatile u8 *arch_look_device(struct cpu *cpu, u64 phys)
{
	return host_look_device(cpu, HOST_WINDOW_STORY, phys);
}
