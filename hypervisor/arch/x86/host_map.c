/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The hypervisor's private address space: write xor execute, no guest memory but for the look-at
 * windows, and the pool behind one top-level entry that decides whether it can be written.
 */
#include <arch/machine.h>
#include <arch/x86/host.h>
#include <arch/x86/msr.h>
#include <base/bits.h>
#include <base/string.h>

#define ENTRY_PRESENT	BIT(0)
#define ENTRY_WRITE	BIT(1)
#define ENTRY_NO_CACHE	(BIT(3) | BIT(4))	/* PWT, PCD */
#define ENTRY_NX	BIT(63)
#define SLOT(va)	((va) >> 39 & 511)
#define CR4_HOST	(CR4_PAE | CR4_MCE | CR4_LA57 | CR4_OSXSAVE)

static struct pt host_pt;
static u64 *writable_top, *sealed_top;	/* top tables; with 5 levels the page of level 3 differs */
static u64 writable_root, sealed_root;
static u64 *temp_table;			/* one page of entries for all look-at windows */
static u64 device_next;

/* The engine knows addresses of the format's width, not their sign extension. */
static u64 host_input(u64 va)
{
	return va & (host_pt.levels == 5 ? MASK(56, 0) : MASK(47, 0));
}

static enum status host_map(u64 va, u64 phys, u64 size, unsigned rights, bool small)
{
	struct range in;

	if (!range_make(host_input(va), align_up(size, PAGE_SIZE), &in))
		return OK;
	return pt_map(&host_pt, in, phys, rights, small);
}

static enum status host_map_image(void)
{
	const struct jailhouse_header *header = machine.header;
	u64 base = header->hypervisor_phys;
	const struct { char *first, *end; unsigned rights; } parts[] = {
		{ image_start, image_text, PT_READ },
		{ image_text, image_bss, PT_READ | PT_EXECUTE },
		{ image_bss, (char *)machine.pool.base, PT_READ | PT_WRITE },
	};
	enum status status = OK;

	for (unsigned i = 0; i < sizeof(parts) / sizeof(parts[0]) && status == OK; i++)
		status = host_map((u64)parts[i].first, base + (u64)(parts[i].first - image_start),
				  (u64)(parts[i].end - parts[i].first), parts[i].rights, false);
	return status;
}

/* Pool page that holds the entries of level 0 for va; the walk is over our own fresh table. */
static u64 *host_leaf_table(u64 va)
{
	u64 *table = host_pt.root;

	for (int level = host_pt.levels - 1; level > 0; level--)
		table = pool_virt(&machine.pool,
				  table[va >> (12 + 9 * level) & 511] & host_pt.format->address);
	return table;
}

/* Look-at windows: leaves of one table, which is itself mapped writable beside them. */
static enum status host_map_temp(void)
{
	enum status status = host_map(HOST_TEMP, 0, PAGE_SIZE, PT_READ, true);

	if (status != OK)
		return status;
	temp_table = host_leaf_table(HOST_TEMP);
	temp_table[0] = 0;
	temp_table[511] = pool_phys(&machine.pool, temp_table) | ENTRY_PRESENT | ENTRY_WRITE |
			  ENTRY_NX;
	return OK;
}

/* Page whose entry for the pool's slot decides about writing: level 3 in both depths. */
static u64 *host_slot_page(void)
{
	if (host_pt.levels == 4)
		return host_pt.root;
	return pool_virt(&machine.pool, host_pt.root[511] & host_pt.format->address);
}

/* A second top table that differs in one bit. */
static enum status host_make_seal(u8 owner)
{
	u64 *slots = host_slot_page();
	u64 *copy = pool_alloc(&machine.pool, 1, 1, owner);
	u64 *top = copy;

	if (host_pt.levels == 5)
		top = pool_alloc(&machine.pool, 1, 1, owner);
	if (!copy || !top)
		return STATUS_NO_MEMORY;
	writable_top = slots;
	sealed_top = copy;
	writable_root = pool_phys(&machine.pool, host_pt.root);
	sealed_root = pool_phys(&machine.pool, top);
	if (top != copy)
		top[511] = pool_phys(&machine.pool, copy) | ENTRY_PRESENT | ENTRY_WRITE;
	return OK;
}

static void host_copy_slots(void)
{
	memcpy(sealed_top, writable_top, PAGE_SIZE);
	sealed_top[SLOT(HOST_POOL)] &= ~ENTRY_WRITE;
}

enum status host_build(void)
{
	struct pool *pool = &machine.pool;
	u8 owner = pool_new_owner(pool);
	enum status status = pt_create(&host_pt, &pt_host_x86, pool, owner,
				       read_cr4() & CR4_LA57 ? 5 : 4, 1);

	if (status == OK)
		status = host_map_image();
	if (status == OK)
		status = host_map(HOST_POOL, pool->phys, (u64)pool->pages * PAGE_SIZE,
				  PT_READ | PT_WRITE, false);
	if (status == OK)
		status = host_map_temp();
	if (status == OK)
		status = host_map(HOST_DEVICES, 0, PAGE_SIZE, PT_READ, true);
	if (status == OK)
		status = host_make_seal(owner);
	if (status != OK)
		return status;
	*host_leaf_table(HOST_DEVICES) = 0;
	device_next = HOST_DEVICES + PAGE_SIZE;
	host_copy_slots();
	return OK;
}

/* From now on the pool's pages have their final addresses. */
static void host_move_pool(void)
{
	struct pool *pool = &machine.pool;
	s64 distance = (s64)(HOST_POOL - (u64)pool->base);

	if (distance == 0)
		return;
	pool->base += distance;
	host_pt.root = (u64 *)((u8 *)host_pt.root + distance);
	writable_top = (u64 *)((u8 *)writable_top + distance);
	sealed_top = (u64 *)((u8 *)sealed_top + distance);
}

void host_enter(struct cpu *cpu, bool writable)
{
	host_load_tables();
	write_cr4(read_cr4() & ~CR4_PGE);	/* drops Linux's global translations */
	write_cr3(writable ? writable_root : sealed_root);
	write_cr4((read_cr4() & CR4_HOST) | CR4_PAE);
	write_cr0((read_cr0() | CR0_WP) & ~(CR0_CD | CR0_NW));
	if (writable)
		host_move_pool();
	cpu->temp_pages = (u8 *)HOST_TEMP + (u64)cpu->id * CPU_TEMP_PAGES * PAGE_SIZE;
	cpu->temp_entries = (u64 *)(HOST_TEMP + 511 * PAGE_SIZE) + cpu->id * CPU_TEMP_PAGES;
}

void host_unseal(void)
{
	write_cr3(writable_root);
}

void host_seal(void)
{
	write_cr3(sealed_root);
}

volatile u8 *host_map_device(u64 phys, u64 size)
{
	u64 offset = phys & PAGE_MASK;
	u64 bytes = align_up(offset + size, PAGE_SIZE);
	u64 align = bytes >= 0x200000 && is_aligned(phys, 0x200000) ? 0x200000 : PAGE_SIZE;
	u64 va = align_up(device_next, align);

	if (host_map(va, phys - offset, bytes, PT_READ | PT_WRITE | PT_DEVICE, false) != OK)
		return NULL;
	device_next = va + bytes;
	host_copy_slots();
	return (volatile u8 *)va + offset;
}

static u8 *look(struct cpu *cpu, unsigned window, u64 entry)
{
	u8 *page = cpu->temp_pages + window * PAGE_SIZE;

	cpu->temp_entries[window] = entry | ENTRY_PRESENT | ENTRY_WRITE | ENTRY_NX;
	invlpg(page);
	return page;
}

u8 *host_look(struct cpu *cpu, unsigned window, u64 phys)
{
	return look(cpu, window, phys & ~PAGE_MASK) + (phys & PAGE_MASK);
}

u8 *host_look_device(struct cpu *cpu, unsigned window, u64 phys)
{
	return look(cpu, window, (phys & ~PAGE_MASK) | ENTRY_NO_CACHE) + (phys & PAGE_MASK);
}
