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

#define ROW_MAX 32U	/* bytes of the biggest row that is sorted */

void sink_put(struct sink *sink, const void *row, u32 size)
{
	if (sink->rows)
		memcpy(sink->rows + (u64)sink->count * size, row, size);
	sink->count++;
}

static u64 key_map(const void *row) { return ((const struct plan_map *)row)->first; }
static u64 key_trap(const void *row) { return ((const struct plan_trap *)row)->first; }
static u64 key_pio(const void *row) { return ((const struct plan_pio *)row)->first; }

static u64 key_device(const void *row)
{
	const struct plan_device *device = row;

	return (u64)device->bdf << 16 | device->cell;
}

static u64 key_pin(const void *row)
{
	const struct plan_pin *pin = row;

	return (u64)pin->chip << 16 | pin->cell;
}

static u64 key_stream(const void *row)
{
	const struct plan_stream *stream = row;

	return (u64)stream->id << 16 | stream->cell;
}

/* Insertion: configs are nearly sorted already, and rows with the same key keep their order. */
static void sort(u8 *rows, u32 count, u32 size, u64 (*key)(const void *row))
{
	u8 row[ROW_MAX];

	for (u32 i = 1; i < count; i++) {
		u32 to = i;

		memcpy(row, rows + (u64)i * size, size);
		for (; to > 0 && key(rows + (u64)(to - 1) * size) > key(row); to--)
			memcpy(rows + (u64)to * size, rows + (u64)(to - 1) * size, size);
		memcpy(rows + (u64)to * size, row, size);
	}
}

/* Do two neighbours say the same about adjoining pages? Then superpages may span them. */
static bool joins(const struct plan_map *a, const struct plan_map *b)
{
	return (a->kind == PLAN_MAP_MEMORY || a->kind == PLAN_MAP_NO_HUGE) && a->kind == b->kind &&
	       a->rights == b->rights && a->owner == b->owner && a->last + 1 == b->first &&
	       a->out + (b->first - a->first) == b->out;
}

/* Sort and join the rows from first on, the sink's last slice; returns how many are left. */
static u32 finish_maps(struct sink *sink, u32 first)
{
	struct plan_map *rows = (struct plan_map *)sink->rows + first;
	u32 count = sink->count - first, kept = 0;

	sort((u8 *)rows, count, sizeof(*rows), key_map);
	for (u32 i = 1; i < count; i++)
		if (joins(&rows[kept], &rows[i]))
			rows[kept].last = rows[i].last;
		else
			rows[++kept] = rows[i];
	kept = count ? kept + 1 : 0;
	sink->count = first + kept;
	return kept;
}

/* The same for ports, where rows may also overlap: the PM timer may be inside a granted range. */
static u32 finish_pio(struct sink *sink, u32 first)
{
	struct plan_pio *rows = (struct plan_pio *)sink->rows + first;
	u32 count = sink->count - first, kept = 0;

	sort((u8 *)rows, count, sizeof(*rows), key_pio);
	for (u32 i = 1; i < count; i++)
		if (rows[i].first > rows[kept].last + 1U)
			rows[++kept] = rows[i];
		else if (rows[i].last > rows[kept].last)
			rows[kept].last = rows[i].last;
	kept = count ? kept + 1 : 0;
	sink->count = first + kept;
	return kept;
}

static u64 comm_of(const struct cell_view *view)
{
	for (unsigned i = 0; i < view->desc->num_memory_regions; i++)
		if (view->memory[i].flags & JAILHOUSE_MEM_COMM_REGION)
			return view->memory[i].virt_start;
	return ~0ULL;
}

static void fill_head(const struct builder *builder, unsigned slot, struct plan_cell *cell)
{
	const struct cell_view *view = view_of(builder, slot);

	memcpy(cell->name, view->desc->name, sizeof(cell->name));
	cell->name[sizeof(cell->name) - 1] = 0;
	cell->id = view->desc->id;
	cell->present = 1;
	cell->flags = view->desc->flags;
	cell->unprotected = config_unprotected(builder->input->set, slot);
	cell->comm_gpa = comm_of(view);
	cell->reset_address = view->desc->cpu_reset_address;
}

static void build_cell(struct builder *builder, unsigned slot)
{
	build_maps(builder, slot);
	build_dma(builder, slot);
	build_traps(builder, slot);
	build_devices(builder, slot);
	build_pins(builder, slot);
	builder->input->arch->rows(builder, slot);
}

/* The rows of one cell and its slices of the arrays. */
static void fill_cell(struct builder *builder, unsigned slot, struct plan_cell *cell)
{
	fill_head(builder, slot, cell);
	cell->first_map = builder->maps.count;
	cell->first_dma = builder->dma.count;
	cell->first_trap = builder->traps.count;
	cell->first_pio = builder->pio.count;
	build_cell(builder, slot);
	cell->num_maps = finish_maps(&builder->maps, cell->first_map);
	cell->num_dma = finish_maps(&builder->dma, cell->first_dma);
	cell->num_traps = builder->traps.count - cell->first_trap;
	sort(builder->traps.rows + cell->first_trap * sizeof(struct plan_trap), cell->num_traps,
	     sizeof(struct plan_trap), key_trap);
	cell->num_pio = finish_pio(&builder->pio, cell->first_pio);
}

/* Every CPU of root belongs to root unless a cell has it. */
static void fill_cpus(const struct builder *builder, u16 *cpus, u32 num_cpus)
{
	for (u32 cpu = 0; cpu < num_cpus; cpu++) {
		cpus[cpu] = PLAN_NONE;
		for (u16 slot = 0; slot < CONFIG_MAX_CELLS; slot++) {
			const struct cell_view *view = view_of(builder, slot);

			if (view && cpu / 8 < view->desc->cpu_set_size && bitmap_test(view->cpus, cpu))
				cpus[cpu] = slot;
		}
	}
}

static void count_rows(struct builder *builder)
{
	for (unsigned slot = 0; slot < CONFIG_MAX_CELLS; slot++)
		if (view_of(builder, slot))
			build_cell(builder, slot);
}

/* Give an array its place; returns where the next one starts. */
static u32 place(struct plan_array *array, u32 offset, u32 count, u32 row)
{
	*array = (struct plan_array){ .offset = offset, .count = count };
	return (u32)align_up(offset + (u64)count * row, 8);
}

/* The plan's head for this input, with every array as big as it can get. */
static struct plan lay_out(const struct plan_input *input)
{
	struct builder count = { .input = input };
	struct plan plan = { .num_cpus = config_cpus(&input->set->system->root) };
	u32 at = sizeof(plan);

	count_rows(&count);
	at = place(&plan.cells, at, CONFIG_MAX_CELLS, sizeof(struct plan_cell));
	at = place(&plan.maps, at, count.maps.count, sizeof(struct plan_map));
	at = place(&plan.dma, at, count.dma.count, sizeof(struct plan_map));
	at = place(&plan.traps, at, count.traps.count, sizeof(struct plan_trap));
	at = place(&plan.pio, at, count.pio.count, sizeof(struct plan_pio));
	at = place(&plan.devices, at, count.devices.count, sizeof(struct plan_device));
	at = place(&plan.pins, at, count.pins.count, sizeof(struct plan_pin));
	at = place(&plan.streams, at, count.streams.count, sizeof(struct plan_stream));
	plan.size = place(&plan.cpus, at, plan.num_cpus, sizeof(u16));
	return plan;
}

u32 plan_size(const struct plan_input *input)
{
	return lay_out(input).size;
}

static enum status refuse(struct refusal *refusal, const struct plan_cell *cell, u32 index, u64 a, u64 b)
{
	*refusal = (struct refusal){
		.why = STATUS_PLAN_OVERLAP, .object = OBJECT_MEMORY, .index = index, .a = a, .b = b,
	};
	memcpy(refusal->cell, cell->name, sizeof(refusal->cell));
	return STATUS_PLAN_OVERLAP;
}

static enum status check_maps(const struct plan_map *rows, u32 count, const struct plan_cell *cell,
			      struct refusal *refusal)
{
	for (u32 i = 1; i < count; i++)
		if (rows[i].first <= rows[i - 1].last)
			return refuse(refusal, cell, rows[i].region, rows[i].first, rows[i - 1].last);
	return OK;
}

static enum status check_traps(const struct plan_trap *rows, u32 count, const struct plan_cell *cell,
			       struct refusal *refusal)
{
	for (u32 i = 1; i < count; i++)
		if (rows[i].first <= rows[i - 1].last)
			return refuse(refusal, cell, rows[i].index, rows[i].first, rows[i - 1].last);
	return OK;
}

/* Lookups bisect, so no two rows of a cell may share an address. The rules see to it; this looks. */
static enum status check_plan(const struct plan *plan, struct refusal *refusal)
{
	enum status why = OK;

	for (unsigned slot = 0; slot < CONFIG_MAX_CELLS && !why; slot++) {
		const struct plan_cell *cell = &plan_cells(plan)[slot];

		why = check_maps(plan_maps(plan) + cell->first_map, cell->num_maps, cell, refusal);
		if (!why)
			why = check_maps(plan_dma(plan) + cell->first_dma, cell->num_dma, cell, refusal);
		if (!why)
			why = check_traps(plan_traps(plan) + cell->first_trap, cell->num_traps, cell,
					  refusal);
	}
	return why;
}

/* A sink that fills the array in its place. */
static struct sink sink_of(struct plan *plan, const struct plan_array *array)
{
	return (struct sink){ .rows = (u8 *)plan + array->offset };
}

static void fill(struct plan *plan, const struct plan_input *input)
{
	struct builder builder = {
		.input = input, .maps = sink_of(plan, &plan->maps), .dma = sink_of(plan, &plan->dma),
		.traps = sink_of(plan, &plan->traps), .pio = sink_of(plan, &plan->pio),
		.devices = sink_of(plan, &plan->devices), .pins = sink_of(plan, &plan->pins),
		.streams = sink_of(plan, &plan->streams),
	};
	struct plan_cell *cells = (struct plan_cell *)((u8 *)plan + plan->cells.offset);

	for (unsigned slot = 0; slot < CONFIG_MAX_CELLS; slot++)
		if (view_of(&builder, slot))
			fill_cell(&builder, slot, &cells[slot]);
	plan->maps.count = builder.maps.count;
	plan->dma.count = builder.dma.count;
	plan->pio.count = builder.pio.count;
	sort(builder.devices.rows, builder.devices.count, sizeof(struct plan_device), key_device);
	sort(builder.pins.rows, builder.pins.count, sizeof(struct plan_pin), key_pin);
	sort(builder.streams.rows, builder.streams.count, sizeof(struct plan_stream), key_stream);
	fill_cpus(&builder, (u16 *)((u8 *)plan + plan->cpus.offset), plan->num_cpus);
}

enum status plan_build(struct plan *plan, const struct plan_input *input, struct refusal *refusal)
{
	struct plan head = lay_out(input);

	memset(plan, 0, head.size);
	*plan = head;
	fill(plan, input);
	return check_plan(plan, refusal);
}
