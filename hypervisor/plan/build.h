/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Inside the plan's builder. Every row is made twice by the same code: once to count, with sinks that
 * keep nothing, once to fill. So the size of a plan is exact before a byte of it exists, and the
 * builder needs no memory of its own.
 */
#ifndef PLAN_BUILD_H
#define PLAN_BUILD_H

#include <plan/plan.h>

struct sink {
	u8 *rows;	/* NULL: count only */
	u32 count;
};

struct builder {
	const struct plan_input *input;
	struct sink maps, dma, traps, pio, devices, pins, streams;
};

void sink_put(struct sink *sink, const void *row, u32 size);

/*
 * What the claims on a space say about one address: it is held or it is free, and this stays so up to
 * and including last.
 */
struct stretch {
	u64 at, last;
	bool held;
};

static inline struct stretch stretch_at(u64 at)
{
	return (struct stretch){ .at = at, .last = ~0ULL };
}

/* Somebody holds these addresses; calls in any order give the same free stretches. */
void stretch_claim(struct stretch *stretch, struct range range);

/* Host memory that this cell must not reach: the hypervisor's, trapped pages, other cells' for root. */
void claims_phys(const struct builder *builder, unsigned cell, struct stretch *stretch);
/* Guest addresses of this cell where accesses trap, and root's view of the hypervisor's memory. */
void claims_gpa(const struct builder *builder, unsigned cell, struct stretch *stretch);
/* I/O virtual addresses that are not memory: where interrupt messages go. */
void claims_iova(const struct builder *builder, struct stretch *stretch);

/* Pieces that are nobody's memory; false: this machine has none. */
bool window_hypervisor(const struct builder *builder, struct range *range);
bool window_msix(const struct jailhouse_pci_device *device, struct range *range);
/* The slot that uses a physical DEVICE or BRIDGE: the cell that lists it, else root. */
unsigned device_owner(const struct builder *builder, u16 bdf);

void put_trap(struct builder *builder, unsigned cell, unsigned index, unsigned kind,
	      struct range range);

struct plan_arch {
	void (*rows)(struct builder *builder, unsigned cell);	/* of one cell, of any kind */
};

/* The rows of one cell. */
void build_maps(struct builder *builder, unsigned cell);
void build_dma(struct builder *builder, unsigned cell);
void build_traps(struct builder *builder, unsigned cell);
void build_devices(struct builder *builder, unsigned cell);
void build_pins(struct builder *builder, unsigned cell);

/* The range of host memory of a region, whole pages; false: the region owns none (empty, COMM). */
static inline bool region_pages(const struct jailhouse_memory *region, struct range *range)
{
	if ((region->flags & JAILHOUSE_MEM_COMM_REGION) ||
	    !range_make(region->phys_start, region->size, range))
		return false;
	range->first &= ~0xfffULL;
	range->last |= 0xfffULL;
	return true;
}

static inline bool is_x86(const struct builder *builder)
{
	return builder->input->set->system->header->architecture == JAILHOUSE_X86;
}

static inline const struct cell_view *view_of(const struct builder *builder, unsigned cell)
{
	return config_cell(builder->input->set, cell);
}

#endif
