// SPDX-License-Identifier: GPL-2.0
/* How a checked config set becomes a plan: count, lay out, fill, sort, join, and look once more. */
#include <base/bits.h>
#include <base/string.h>
#include <plan/build.h>

_Static_assert(sizeof(struct plan_map) == 32, "no hidden bytes in a row");
_Static_assert(sizeof(struct plan_trap) == 24, "no hidden bytes in a row");
_Static_assert(sizeof(struct plan_pio) == 8, "no hidden bytes in a row");
_Static_assert(sizeof(struct plan_device) == 8, "no hidden bytes in a row");
_Static_assert(sizeof(struct plan_pin) == 32, "no hidden bytes in a row");
_Static_assert(sizeof(struct plan_stream) == 12, "no hidden bytes in a row");
_Static_assert(sizeof(struct plan_cell) == 96, "no hidden bytes in a row");
_Static_assert(sizeof(struct plan) == 80, "every array starts on 8 bytes");

#define ROW_MAX 32U	/* bytes of the biggest row */

/* Do two neighbours say the same about adjoining pages? Then superpages may span them. */
static bool join_maps(void *kept, const void *next)
{
	struct plan_map *a = kept;
	const struct plan_map *b = next;

	if ((a->kind != PLAN_MAP_MEMORY && a->kind != PLAN_MAP_NO_HUGE) || a->kind != b->kind ||
	    a->rights != b->rights || a->owner != b->owner || a->last + 1 != b->first ||
	    a->out + (b->first - a->first) != b->out)
		return false;
	a->last = b->last;
	return true;
}

/* Ports may also overlap: the PM timer may be inside a granted range. */
static bool join_pio(void *kept, const void *next)
{
	struct plan_pio *a = kept;
	const struct plan_pio *b = next;

	if (b->first > a->last + 1U)
		return false;
	if (b->last > a->last)
		a->last = b->last;
	return true;
}

/* What the rows of an array are. */
struct kind {
	bool (*join)(void *kept, const void *next);	/* NULL: neighbours are never joined */
	u8 bytes;	/* of a row */
	u8 cell;	/* offset of its slot */
	u8 key, shift;	/* sorted by the word at this offset, shifted left */
	u8 index;	/* offset of what a refusal names */
} __attribute__((packed));

/* Rows are put cell by cell and keep their order, so no key needs the cell. */
#define KIND(type, by, bits) \
	.bytes = sizeof(struct type), .cell = __builtin_offsetof(struct type, cell), \
	.key = __builtin_offsetof(struct type, by), .shift = 64 - (bits)

static const struct kind kinds[PLAN_ROWS] = {
	[PLAN_MAPS ... PLAN_DMA] = {
		KIND(plan_map, first, 64), .index = __builtin_offsetof(struct plan_map, region),
		.join = join_maps,
	},
	[PLAN_TRAPS] = {
		KIND(plan_trap, first, 64), .index = __builtin_offsetof(struct plan_trap, index),
	},
	[PLAN_PIO] = { KIND(plan_pio, first, 16), .join = join_pio },
	[PLAN_DEVICES] = { KIND(plan_device, bdf, 16) },
	[PLAN_PINS] = { KIND(plan_pin, chip, 16) },
	[PLAN_STREAMS] = { KIND(plan_stream, id, 32) },
};

void builder_put(struct builder *builder, enum plan_rows rows, const void *row)
{
	struct sink *sink = &builder->sinks[rows];
	const struct kind *kind = &kinds[rows];
	u8 *place;

	if (sink->rows) {
		place = sink->rows + (u64)sink->count * kind->bytes;
		memcpy(place, row, kind->bytes);
		*(u16 *)(place + kind->cell) = (u16)builder->cell;
	}
	sink->count++;
}

struct word {
	u64 value;
} __attribute__((packed));

static u64 key_of(const struct kind *kind, const u8 *row)
{
	return ((const struct word *)(row + kind->key))->value << kind->shift;
}

/* Insertion: configs are nearly sorted already, and rows with the same key keep their order. */
static void sort(u8 *rows, u32 count, const struct kind *kind)
{
	const u32 bytes = kind->bytes;
	u8 row[ROW_MAX];
	u8 *to;

	for (u32 i = 1; i < count; i++) {
		to = rows + (u64)i * bytes;
		memcpy(row, to, bytes);
		for (; to > rows && key_of(kind, to - bytes) > key_of(kind, row); to -= bytes)
			memcpy(to, to - bytes, bytes);
		memcpy(to, row, bytes);
	}
}

/* Lookups bisect, so no two rows of a slice share an address. The rules see to it; this looks. */
static void check_row(struct builder *builder, const struct kind *kind, const u8 *before)
{
	const struct range *one = (const void *)before, *two = (const void *)(before + kind->bytes);

	if (kind->index && builder->status == OK && two->first <= one->last)
		builder->status = refusal_fill(builder->refusal, STATUS_PLAN_OVERLAP,
					       builder->view->desc->name, OBJECT_MEMORY,
					       *(const u16 *)((const u8 *)two + kind->index),
					       two->first, one->last);
}

/* Sort, join and check the rows from first on, a sink's last slice; returns how many are left. */
static u32 finish(struct builder *builder, enum plan_rows rows, u32 first)
{
	const struct kind *kind = &kinds[rows];
	struct sink *sink = &builder->sinks[rows];
	u8 *kept = sink->rows + (u64)first * kind->bytes, *row = kept;
	u32 count = sink->count - first;

	sort(kept, count, kind);
	for (u32 left = count; left > 1; left--) {
		row += kind->bytes;
		if (kind->join && kind->join(kept, row)) {
			count--;
			continue;
		}
		memmove(kept + kind->bytes, row, kind->bytes);
		check_row(builder, kind, kept);
		kept += kind->bytes;
	}
	sink->count = first + count;
	return count;
}

static void build_cell(struct builder *builder, unsigned slot)
{
	builder->cell = slot;
	builder->view = builder->views[slot];
	builder->comm_gpa = ~0ULL;
	build_regions(builder);
	build_windows(builder);
	build_devices(builder);
	build_pins(builder);
	builder->input->arch->rows(builder);
}

/* The rows of one cell and its slices of the arrays. */
static void fill_cell(struct builder *builder, unsigned slot, struct plan_cell *cell)
{
	const struct jailhouse_cell_desc *desc = builder->views[slot]->desc;

	for (unsigned i = 0; i < PLAN_SLICES; i++)
		cell->slices[i].first = builder->sinks[i].count;
	build_cell(builder, slot);
	for (unsigned i = 0; i < PLAN_SLICES; i++)
		cell->slices[i].count = finish(builder, i, cell->slices[i].first);
	memcpy(cell->name, desc->name, sizeof(cell->name) - 1);
	cell->id = desc->id;
	cell->present = 1;
	cell->flags = desc->flags;
	cell->unprotected = config_unprotected(builder->input->set, slot);
	cell->comm_gpa = builder->comm_gpa;
	cell->reset_address = desc->cpu_reset_address;
}

/* Give an array its place; returns where the next one starts. */
static u32 place(struct plan_array *array, u32 offset, u32 count, u32 row)
{
	*array = (struct plan_array){ .offset = offset, .count = count };
	return (u32)align_up(offset + (u64)count * row, 8);
}

static void builder_open(struct builder *builder, const struct plan_input *input)
{
	*builder = (struct builder){ .input = input, .system = input->set->system };
	for (unsigned slot = 0; slot < CONFIG_MAX_CELLS; slot++)
		builder->views[slot] = config_cell(input->set, slot);
}

/* The plan's head for this input, with every array as big as it can get. */
static void lay_out(struct plan *plan, struct builder *builder)
{
	u32 at = place(&plan->cells, sizeof(*plan), CONFIG_MAX_CELLS, sizeof(struct plan_cell));

	for (unsigned slot = 0; slot < CONFIG_MAX_CELLS; slot++)
		if (builder->views[slot])
			build_cell(builder, slot);
	for (unsigned i = 0; i < PLAN_ROWS; i++)
		at = place(&plan->rows[i], at, builder->sinks[i].count, kinds[i].bytes);
	plan->num_cpus = config_cpus(&builder->system->root);
	plan->size = place(&plan->cpus, at, plan->num_cpus, sizeof(u16));
}

u32 plan_size(const struct plan_input *input)
{
	struct builder builder;
	struct plan plan;

	builder_open(&builder, input);
	lay_out(&plan, &builder);
	return plan.size;
}

/* The sinks fill the arrays in their place. */
static void fill_rows(struct plan *plan, struct builder *builder)
{
	struct plan_cell *cells = (struct plan_cell *)((u8 *)plan + plan->cells.offset);

	for (unsigned i = 0; i < PLAN_ROWS; i++)
		builder->sinks[i] = (struct sink){ .rows = (u8 *)plan + plan->rows[i].offset };
	for (unsigned slot = 0; slot < CONFIG_MAX_CELLS; slot++)
		if (builder->views[slot])
			fill_cell(builder, slot, &cells[slot]);
	for (unsigned i = PLAN_SLICES; i < PLAN_ROWS; i++)
		finish(builder, i, 0);
	for (unsigned i = 0; i < PLAN_ROWS; i++)
		plan->rows[i].count = builder->sinks[i].count;
}

/* Every CPU of root belongs to root unless a cell has it. */
static void fill_cpus(struct plan *plan, const struct builder *builder)
{
	u16 *cpus = (u16 *)((u8 *)plan + plan->cpus.offset);

	for (u32 cpu = 0; cpu < plan->num_cpus; cpu++) {
		cpus[cpu] = PLAN_NONE;
		for (u16 slot = 0; slot < CONFIG_MAX_CELLS; slot++)
			if (builder->views[slot] && config_has_cpu(builder->views[slot], cpu))
				cpus[cpu] = slot;
	}
}

enum status plan_build(struct plan *plan, const struct plan_input *input, struct refusal *refusal)
{
	struct builder builder;

	builder_open(&builder, input);
	builder.refusal = refusal;
	lay_out(plan, &builder);
	memset(plan + 1, 0, plan->size - sizeof(*plan));
	fill_rows(plan, &builder);
	fill_cpus(plan, &builder);
	return builder.status;
}
