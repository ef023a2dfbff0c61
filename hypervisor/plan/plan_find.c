// SPDX-License-Identifier: GPL-2.0
/* Who grants an access: bisection over the sorted rows of a plan. */
#include <plan/plan.h>
#include <pt/pt.h>

/* The row of the cell's slice that has the address, for rows that start with first and last. */
static const void *find(const struct plan *plan, unsigned cell, enum plan_rows rows, u32 bytes,
			u64 at)
{
	const struct plan_slice *slice = &plan_cells(plan)[cell].slices[rows];
	const u8 *row = (const u8 *)plan + plan->rows[rows].offset + slice->first * bytes;
	const struct range *middle;

	for (u32 count = slice->count; count > 0; count /= 2) {
		middle = (const void *)(row + count / 2 * bytes);
		if (range_has(*middle, at))
			return middle;
		if (at > middle->last) {
			row = (const u8 *)middle + bytes;
			count--;
		}
	}
	return NULL;
}

const struct plan_map *plan_find_map(const struct plan *plan, unsigned cell, u64 gpa)
{
	return find(plan, cell, PLAN_MAPS, sizeof(struct plan_map), gpa);
}

const struct plan_map *plan_find_memory(const struct plan *plan, unsigned cell, u64 gpa)
{
	const struct plan_map *map = plan_find_map(plan, cell, gpa);
	bool made = map && (map->kind == PLAN_MAP_COMM || map->kind == PLAN_MAP_ZERO);

	return map && !made && !(map->rights & PT_DEVICE) ? map : NULL;
}

const struct plan_map *plan_find_dma(const struct plan *plan, unsigned cell, u64 iova)
{
	return find(plan, cell, PLAN_DMA, sizeof(struct plan_map), iova);
}

const struct plan_trap *plan_find_trap(const struct plan *plan, unsigned cell, u64 gpa)
{
	return find(plan, cell, PLAN_TRAPS, sizeof(struct plan_trap), gpa);
}

/* Rows are joined, so a granted access lies in one row. */
bool plan_pio_granted(const struct plan *plan, unsigned cell, u16 port, unsigned width)
{
	const struct plan_cell *slot = &plan_cells(plan)[cell];
	const struct plan_pio *rows = plan_pio(plan) + slot->first_pio;
	u32 count = slot->num_pio;

	while (count > 0) {
		u32 half = count / 2;

		if (port < rows[half].first) {
			count = half;
		} else if (port > rows[half].last) {
			rows += half + 1;
			count -= half + 1;
		} else {
			return width > 0 && width - 1 <= (unsigned)(rows[half].last - port);
		}
	}
	return false;
}

/* Index of the first row whose (bdf, cell) is not below the asked one. */
static u32 device_at(const struct plan *plan, u16 bdf, unsigned cell)
{
	const struct plan_device *rows = plan_devices(plan);
	u32 low = 0, high = plan->devices.count, key = (u32)bdf << 16 | cell;

	while (low < high) {
		u32 half = low + (high - low) / 2;

		if (((u32)rows[half].bdf << 16 | rows[half].cell) < key)
			low = half + 1;
		else
			high = half;
	}
	return low;
}

const struct plan_device *plan_find_device(const struct plan *plan, unsigned cell, u16 bdf)
{
	u32 at = device_at(plan, bdf, cell);
	const struct plan_device *row = plan_devices(plan) + at;

	return at < plan->devices.count && row->bdf == bdf && row->cell == cell ? row : NULL;
}

const struct plan_device *plan_dma_owner(const struct plan *plan, u16 bdf)
{
	const struct plan_device *rows = plan_devices(plan);

	for (u32 at = device_at(plan, bdf, 0); at < plan->devices.count && rows[at].bdf == bdf; at++)
		if (rows[at].type != JAILHOUSE_PCI_TYPE_IVSHMEM)
			return &rows[at];
	return NULL;
}

/* Masks leave no order among the rows, and there are few. */
const struct plan_stream *plan_find_stream(const struct plan *plan, u32 id)
{
	const struct plan_stream *rows = plan_streams(plan);

	for (u32 i = 0; i < plan->streams.count; i++)
		if (((rows[i].id ^ id) & ~rows[i].mask) == 0)
			return &rows[i];
	return NULL;
}
