// SPDX-License-Identifier: GPL-2.0
/*
 * What a cell's CPUs and devices reach, and where they trap: each region of its config, without
 * whatever somebody else holds. Root gets the regions of loadable cells lent, for its CPUs only.
 */
#include <base/bits.h>
#include <config/windows.h>
#include <plan/build.h>
#include <pt/pt.h>

static u8 region_rights(const struct builder *builder, const struct jailhouse_memory *region)
{
	unsigned rights = 0;

	if (region->flags & JAILHOUSE_MEM_READ)
		rights |= PT_READ;
	if (region->flags & JAILHOUSE_MEM_WRITE)
		rights |= PT_WRITE;
	if (region->flags & JAILHOUSE_MEM_EXECUTE)
		rights |= PT_EXECUTE;
	/* On x86 the flag has no effect: the guest's own memory types decide. */
	if (rights && (region->flags & JAILHOUSE_MEM_IO) && !is_x86(builder))
		rights |= PT_DEVICE;
	return (u8)rights;
}

static u8 region_kind(const struct jailhouse_memory *region)
{
	return region->flags & JAILHOUSE_MEM_NO_HUGEPAGES ? PLAN_MAP_NO_HUGE : PLAN_MAP_MEMORY;
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
	const struct jailhouse_memory *memory = view_of(builder, want->owner)->memory;
	struct range range;

	claims_phys(builder, want->owner, stretch);
	for (unsigned i = 0; i < want->region; i++)
		if (is_lent(&memory[i]) && region_pages(&memory[i], &range))
			stretch_claim(stretch, range);
}

/*
 * Is the byte at offset of a wanted row free for the cell, on both sides? The answer holds for this
 * byte and *more bytes behind it.
 */
static bool is_free(const struct builder *builder, const struct plan_map *want, u64 offset, bool dma,
		    u64 *more)
{
	struct stretch in = stretch_at(want->first + offset), out = stretch_at(want->out + offset);

	if (want->owner != want->cell)
		claims_loan(builder, want, &out);
	else
		claims_phys(builder, want->cell, &out);
	if (dma)
		claims_iova(builder, &in);
	else
		claims_gpa(builder, want->cell, &in);
	*more = lower(in.last - in.at, out.last - out.at);
	return !in.held && !out.held;
}

/* Put the free pieces of a wanted row. */
static void put_pieces(const struct builder *builder, struct sink *sink, const struct plan_map *want,
		       bool dma)
{
	u64 offset = 0, end = want->last - want->first, more;

	for (;;) {
		bool free = is_free(builder, want, offset, dma, &more);

		more = lower(more, end - offset);
		if (free) {
			struct plan_map piece = *want;

			piece.first = want->first + offset;
			piece.last = piece.first + more;
			piece.out = want->out + offset;
			sink_put(sink, &piece, sizeof(piece));
		}
		if (offset + more == end)
			return;
		offset += more + 1;
	}
}

/* The row of a whole region at its own guest address; false: nothing to map. */
static bool region_row(const struct builder *builder, unsigned cell, unsigned index,
		       struct plan_map *row)
{
	const struct jailhouse_memory *region = &view_of(builder, cell)->memory[index];
	struct range in, out;

	if (!is_plain(region) || !range_make(region->virt_start, region->size, &in) ||
	    !range_make(region->phys_start, region->size, &out))
		return false;
	*row = (struct plan_map){
		.first = in.first, .last = in.last, .out = out.first,
		.cell = (u16)cell, .region = (u16)index, .owner = (u16)cell,
		.rights = region_rights(builder, region), .kind = region_kind(region),
	};
	return row->rights != 0;
}

static void put_comm(struct builder *builder, unsigned cell, unsigned index)
{
	const struct jailhouse_memory *region = &view_of(builder, cell)->memory[index];
	struct range in;

	if (!(region->flags & JAILHOUSE_MEM_COMM_REGION) ||
	    !range_make(region->virt_start, region->size, &in))
		return;
	sink_put(&builder->maps, &(struct plan_map){
		.first = in.first, .last = in.last, .kind = PLAN_MAP_COMM,
		.cell = (u16)cell, .region = (u16)index, .owner = (u16)cell,
		.rights = region_rights(builder, region) & ~PT_DEVICE,	/* a page of memory */
	}, sizeof(struct plan_map));
}

/* Root sees zeros where the hypervisor is, so that a curious reader of memory does no harm. */
static void put_zero(struct builder *builder)
{
	struct range range;

	if (!window_hypervisor(builder, &range))
		return;
	sink_put(&builder->maps, &(struct plan_map){
		.first = range.first, .last = range.last, .kind = PLAN_MAP_ZERO,
		.region = PLAN_NONE, .rights = PT_READ,
	}, sizeof(struct plan_map));
}

/* Lend one region of a loadable cell, where root's own config has that memory. */
static void put_loan(struct builder *builder, unsigned owner, unsigned index)
{
	const struct jailhouse_memory *region = &view_of(builder, owner)->memory[index];
	const struct cell_view *root = view_of(builder, 0);
	struct range lent, both;
	struct plan_map row;

	if (!range_make(region->phys_start, region->size, &lent))
		return;
	for (unsigned i = 0; i < root->desc->num_memory_regions; i++) {
		u64 out = root->memory[i].phys_start;

		if (!region_row(builder, 0, i, &row) ||
		    !range_meet(lent, (struct range){ out, out + (row.last - row.first) }, &both))
			continue;
		row.first += both.first - out;
		row.last = row.first + (both.last - both.first);
		row.out = both.first;
		row.rights = PT_READ | PT_WRITE;
		row.owner = (u16)owner;
		row.region = (u16)index;
		put_pieces(builder, &builder->maps, &row, false);
	}
}

static void put_loans(struct builder *builder, unsigned owner)
{
	const struct cell_view *view = view_of(builder, owner);

	for (unsigned i = 0; i < view->desc->num_memory_regions; i++)
		if (is_lent(&view->memory[i]))
			put_loan(builder, owner, i);
}

void build_maps(struct builder *builder, unsigned cell)
{
	const struct cell_view *view = view_of(builder, cell);
	struct plan_map row;

	for (unsigned i = 0; i < view->desc->num_memory_regions; i++) {
		if (region_row(builder, cell, i, &row))
			put_pieces(builder, &builder->maps, &row, false);
		put_comm(builder, cell, i);
	}
	if (cell != 0)
		return;
	put_zero(builder);
	for (unsigned slot = 1; slot < CONFIG_MAX_CELLS; slot++)
		if (view_of(builder, slot) && (builder->input->loadable >> slot & 1))
			put_loans(builder, slot);
}

void build_dma(struct builder *builder, unsigned cell)
{
	const struct cell_view *view = view_of(builder, cell);
	struct plan_map row;

	for (unsigned i = 0; i < view->desc->num_memory_regions; i++) {
		if (!(view->memory[i].flags & JAILHOUSE_MEM_DMA) || !region_row(builder, cell, i, &row))
			continue;
		row.rights &= (u8)~PT_EXECUTE;
		row.kind = PLAN_MAP_MEMORY;	/* the erratum behind NO_HUGEPAGES is the CPU's */
		if (row.rights)
			put_pieces(builder, &builder->dma, &row, true);
	}
}

void put_trap(struct builder *builder, unsigned cell, unsigned index, unsigned kind,
	      struct range range)
{
	sink_put(&builder->traps, &(struct plan_trap){
		.first = range.first, .last = range.last,
		.cell = (u16)cell, .index = (u16)index, .kind = kind,
	}, sizeof(struct plan_trap));
}

/* Does another cell hold a byte of this region of root? */
static bool is_taken(const struct builder *builder, struct range range)
{
	struct range other;

	for (unsigned slot = 1; slot < CONFIG_MAX_CELLS; slot++) {
		const struct cell_view *view = view_of(builder, slot);

		for (unsigned i = 0; view && i < view->desc->num_memory_regions; i++)
			if (!(view->memory[i].flags & (JAILHOUSE_MEM_ROOTSHARED |
						       JAILHOUSE_MEM_COMM_REGION)) &&
			    range_make(view->memory[i].phys_start, view->memory[i].size, &other) &&
			    range_overlap(range, other))
				return true;
	}
	return false;
}

static void put_subpage(struct builder *builder, unsigned cell, unsigned index)
{
	const struct jailhouse_memory *region = &view_of(builder, cell)->memory[index];
	struct range in, out;

	if ((region->flags & JAILHOUSE_MEM_COMM_REGION) || !JAILHOUSE_MEMORY_IS_SUBPAGE(region) ||
	    !range_make(region->virt_start, region->size, &in) ||
	    !range_make(region->phys_start, region->size, &out))
		return;
	if (cell != 0 || !is_taken(builder, out))
		put_trap(builder, cell, index, PLAN_TRAP_SUBPAGE, in);
}

/* How accesses to the machine's windows are decided; the others are in no guest at all. */
static const u8 window_traps[] = {
	[WINDOW_ECAM] = PLAN_TRAP_ECAM, [WINDOW_LAPIC] = PLAN_TRAP_XAPIC,
	[WINDOW_GICD] = PLAN_TRAP_GICD, [WINDOW_GICR] = PLAN_TRAP_GICR, [WINDOW_GICV] = 0,
};

/* A host bridge, real or virtual, is there for every cell, as the communication page says where it is. */
static void put_windows(struct builder *builder, unsigned cell)
{
	struct config_window window;
	unsigned next = 0;

	while (config_next_window(builder->input->set->system, &next, &window)) {
		/* Behind the local APIC's page is what only devices write to. */
		if (window.kind == WINDOW_LAPIC)
			window.range.last = window.range.first | 0xfff;
		if (!window.root_guest_only && window_traps[window.kind])
			put_trap(builder, cell, 0, window_traps[window.kind], window.range);
	}
}

void build_traps(struct builder *builder, unsigned cell)
{
	const struct cell_view *view = view_of(builder, cell);
	struct range range;

	for (unsigned i = 0; i < view->desc->num_memory_regions; i++)
		put_subpage(builder, cell, i);
	put_windows(builder, cell);
	for (unsigned i = 0; i < view->desc->num_pci_devices; i++)
		if (window_msix(&view->devices[i], &range) &&
		    device_owner(builder, view->devices[i].bdf) == cell)
			put_trap(builder, cell, i, PLAN_TRAP_MSIX, range);
}
