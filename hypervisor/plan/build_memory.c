// SPDX-License-Identifier: GPL-2.0
/*
 * What a cell's CPUs and devices reach, and where they trap: each region of its config, without
 * whatever somebody else holds. Root gets the regions of loadable cells lent, for its CPUs only.
 */
#include <base/bits.h>
#include <config/windows.h>
#include <plan/build.h>
#include <pt/pt.h>

_Static_assert(JAILHOUSE_MEM_READ == PT_READ && JAILHOUSE_MEM_WRITE == PT_WRITE &&
	       JAILHOUSE_MEM_EXECUTE == PT_EXECUTE, "flags of a region are rights of a map");

static u8 region_rights(const struct builder *builder, const struct jailhouse_memory *region)
{
	const unsigned rights = region->flags & (PT_READ | PT_WRITE | PT_EXECUTE);
	const bool device = rights && (region->flags & JAILHOUSE_MEM_IO);

	return (u8)(device ? rights | builder->input->arch->io_rights : rights);
}

/* A region that is mapped or lent: it has host memory, in whole pages. */
static bool is_plain(const struct jailhouse_memory *region)
{
	return region->size && !(region->flags & JAILHOUSE_MEM_COMM_REGION) &&
	       !JAILHOUSE_MEMORY_IS_SUBPAGE(region);
}

/* Does root borrow it while the cell is loadable? What root shares anyway needs no loan. */
static bool is_lent(const struct jailhouse_memory *region)
{
	return is_plain(region) && (region->flags & JAILHOUSE_MEM_LOADABLE) &&
	       !(region->flags & JAILHOUSE_MEM_ROOTSHARED);
}

static u64 lower(u64 a, u64 b)
{
	return a < b ? a : b;
}

/*
 * A loan is memory that a cell claims from root, so only what that cell cannot have either counts;
 * and a page that two regions of the cell name is lent once.
 */
static void claims_loan(const struct builder *builder, const struct plan_map *want,
			struct stretch *stretch)
{
	const struct jailhouse_memory *memory = builder->views[want->owner]->memory;
	struct range range;

	for (unsigned i = 0; i < want->region; i++)
		if (is_lent(&memory[i]) && region_pages(&memory[i], &range))
			stretch_claim(stretch, range);
}

/*
 * Is the first byte of a wanted row free for the cell, on both sides? The answer holds for this byte
 * and *more bytes behind it.
 */
static bool is_free(const struct builder *builder, const struct plan_map *want, bool dma, u64 *more)
{
	const struct range messages = builder->input->arch->messages;
	struct stretch in = stretch_at(want->first), out = stretch_at(want->out);

	claims_phys(builder, want->owner, &out);
	if (want->owner != builder->cell)
		claims_loan(builder, want, &out);
	if (!dma)
		claims_gpa(builder, &in);
	else if (messages.first)
		stretch_claim(&in, messages);
	*more = lower(in.last - in.at, out.last - out.at);
	return !in.held && !out.held;
}

/* Put the free pieces of a wanted row. */
static void put_pieces(struct builder *builder, enum plan_rows rows, const struct plan_map *want)
{
	struct plan_map row = *want;
	const u64 last = row.last;
	u64 more;
	bool free;

	do {
		free = is_free(builder, &row, rows == PLAN_DMA, &more);
		more = lower(more, last - row.first);
		row.last = row.first + more;
		if (free)
			builder_put(builder, rows, &row);
		row.first += more + 1;
		row.out += more + 1;
	} while (row.last != last);
}

/* The row of a whole region at its own guest address; false: nothing to map. */
static bool region_row(const struct builder *builder, unsigned index, struct plan_map *row)
{
	const struct jailhouse_memory *region = &builder->view->memory[index];

	*row = (struct plan_map){
		.first = region->virt_start, .last = region->virt_start + (region->size - 1),
		.out = region->phys_start, .region = (u16)index, .owner = (u16)builder->cell,
		.rights = region_rights(builder, region),
		.kind = region->flags & JAILHOUSE_MEM_NO_HUGEPAGES ? PLAN_MAP_NO_HUGE
								   : PLAN_MAP_MEMORY,
	};
	return is_plain(region) && row->rights != 0;
}

static void put_comm(struct builder *builder, struct plan_map *row)
{
	row->out = 0;
	row->kind = PLAN_MAP_COMM;
	row->rights &= (u8)~PT_DEVICE;	/* a page of memory */
	builder_put(builder, PLAN_MAPS, row);
	builder->comm_gpa = row->first;
}

__attribute__((noinline)) void put_trap(struct builder *builder, unsigned index, unsigned kind,
					struct range range)
{
	builder_put(builder, PLAN_TRAPS, &(struct plan_trap){
		.first = range.first, .last = range.last, .index = (u16)index, .kind = kind,
	});
}

/* Does a region of another cell hold a byte of this host memory of root? */
static bool is_held(const void *entry, void *memory)
{
	const struct jailhouse_memory *region = entry;
	struct range range;

	return !(region->flags & (JAILHOUSE_MEM_ROOTSHARED | JAILHOUSE_MEM_COMM_REGION)) &&
	       range_make(region->phys_start, region->size, &range) &&
	       range_overlap(range, *(const struct range *)memory);
}

static void put_subpage(struct builder *builder, const struct plan_map *row)
{
	struct range memory = { row->out, row->out + (row->last - row->first) };

	if (builder->cell != 0 || !others_any(builder, OBJECT_MEMORY, is_held, &memory))
		put_trap(builder, row->region, PLAN_TRAP_SUBPAGE,
			 (struct range){ row->first, row->last });
}

static void put_plain(struct builder *builder, const struct plan_map *row, bool dma)
{
	struct plan_map io = *row;

	put_pieces(builder, PLAN_MAPS, row);
	io.rights &= (u8)~PT_EXECUTE;
	io.kind = PLAN_MAP_MEMORY;	/* the erratum behind NO_HUGEPAGES is the CPU's */
	if (dma && io.rights)
		put_pieces(builder, PLAN_DMA, &io);
}

/* Whatever comes of one region of the cell. */
static void put_region(struct builder *builder, const struct jailhouse_memory *region, u32 index)
{
	struct plan_map row;
	const bool maps = region_row(builder, index, &row);

	if (maps)
		put_plain(builder, &row, region->flags & JAILHOUSE_MEM_DMA);
	else if (region->size && (region->flags & JAILHOUSE_MEM_COMM_REGION))
		put_comm(builder, &row);
	else if (region->size && JAILHOUSE_MEMORY_IS_SUBPAGE(region))
		put_subpage(builder, &row);
}

/* Root sees zeros where the hypervisor is, so that a curious reader of memory does no harm. */
static void put_zero(struct builder *builder)
{
	const struct jailhouse_memory *memory = &builder->system->header->hypervisor_memory;
	struct range range;

	if (pages_make(memory->phys_start, memory->size, &range))
		builder_put(builder, PLAN_MAPS, &(struct plan_map){
			.first = range.first, .last = range.last, .kind = PLAN_MAP_ZERO,
			.region = PLAN_NONE, .rights = PT_READ,
		});
}

/* Lend one region of a loadable cell, where root's own config has that memory. */
static void put_loan(struct builder *builder, unsigned owner, unsigned index)
{
	const struct jailhouse_memory *region = &builder->views[owner]->memory[index];
	struct range lent, both;
	struct plan_map row;

	if (!is_lent(region) || !range_make(region->phys_start, region->size, &lent))
		return;
	for (u32 i = 0; i < builder->view->desc->num_memory_regions; i++) {
		if (!region_row(builder, i, &row) ||
		    !range_meet(lent, (struct range){ row.out, row.out + (row.last - row.first) },
				&both))
			continue;
		row.first += both.first - row.out;
		row.last = row.first + (both.last - both.first);
		row.out = both.first;
		row.rights = PT_READ | PT_WRITE;
		row.owner = (u16)owner;
		row.region = (u16)index;
		put_pieces(builder, PLAN_MAPS, &row);
	}
}

static void put_loans(struct builder *builder)
{
	const struct cell_view *view;

	for (unsigned slot = 1; slot < CONFIG_MAX_CELLS; slot++) {
		view = builder->input->loadable >> slot & 1 ? builder->views[slot] : NULL;
		for (u32 i = 0; view && i < view->desc->num_memory_regions; i++)
			put_loan(builder, slot, i);
	}
}

void build_regions(struct builder *builder)
{
	const struct jailhouse_memory *region;

	for (u32 i = 0; (region = config_entry(builder->view, OBJECT_MEMORY, i)); i++)
		put_region(builder, region, i);
	if (builder->cell != 0)
		return;
	put_zero(builder);
	put_loans(builder);
}

/* How accesses to the machine's windows are decided; the others are in no guest at all. */
static const u8 window_traps[] = {
	[WINDOW_ECAM] = PLAN_TRAP_ECAM, [WINDOW_LAPIC] = PLAN_TRAP_XAPIC,
	[WINDOW_GICD] = PLAN_TRAP_GICD, [WINDOW_GICR] = PLAN_TRAP_GICR, [WINDOW_GICV] = 0,
};

/* A host bridge, real or virtual, is there for every cell, as the communication page says where it is. */
void build_windows(struct builder *builder)
{
	struct config_window window;
	unsigned next = 0;

	while (config_next_window(builder->system, &next, &window)) {
		/* Behind the local APIC's page is what only devices write to. */
		if (window.kind == WINDOW_LAPIC)
			window.range.last = window.range.first | 0xfff;
		if (!window.root_guest_only && window_traps[window.kind])
			put_trap(builder, 0, window_traps[window.kind], window.range);
	}
}
