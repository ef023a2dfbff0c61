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
	const struct system_view *system;
	const struct cell_view *views[CONFIG_MAX_CELLS];	/* NULL: empty slot */
	const struct cell_view *view;	/* of the cell whose rows are made */
	unsigned cell;			/* its slot */
	u64 comm_gpa;			/* where its communication region is, ~0: nowhere */
	struct sink sinks[PLAN_ROWS];
	enum status status;		/* of the finished rows; if it is not OK, in *refusal */
	struct refusal *refusal;
};

/* Keep a row of the cell; its cell field is filled here. */
void builder_put(struct builder *builder, enum plan_rows rows, const void *row);

/* Looks at an entry of somebody's array; true: that answers the question. */
typedef bool (*look_t)(const void *entry, void *question);

/* Does an entry of the cell's array answer it? All are looked at until one does. */
bool view_any(const struct cell_view *view, enum object array, look_t look, void *question);
/* The same for all cells but root. */
bool others_any(const struct builder *builder, enum object array, look_t look, void *question);

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

/* Host memory that the cell in slot must not reach: the hypervisor's, trapped, others' for root. */
void claims_phys(const struct builder *builder, unsigned slot, struct stretch *stretch);
/* Guest addresses of the cell where accesses trap, and root's view of the hypervisor's memory. */
void claims_gpa(const struct builder *builder, struct stretch *stretch);

/* A range in whole pages; false when it is empty or would wrap. */
bool pages_make(u64 start, u64 size, struct range *range);
/* Pages of the MSI-X table that is moderated for a device; false: it has none. */
bool window_msix(const struct jailhouse_pci_device *device, struct range *range);
/* The range of host memory of a region, whole pages; false: the region owns none (empty, COMM). */
bool region_pages(const struct jailhouse_memory *region, struct range *range);
/* Has another cell this physical DEVICE or BRIDGE of root? */
bool is_device_given(const struct builder *builder, const struct jailhouse_pci_device *device);

void put_trap(struct builder *builder, unsigned index, unsigned kind, struct range range);

struct plan_arch {
	void (*rows)(struct builder *builder);	/* of one cell, of any kind */
	struct range messages;	/* I/O virtual addresses where interrupts go; 0, 0: none */
	u8 io_rights;		/* what JAILHOUSE_MEM_IO adds to the rights of a region */
};

/* The rows of one cell. */
void build_regions(struct builder *builder);
void build_windows(struct builder *builder);
void build_devices(struct builder *builder);
void build_pins(struct builder *builder);

#endif
