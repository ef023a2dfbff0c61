/* SPDX-License-Identifier: GPL-2.0 */
#include <arch/arch.h>
#include <base/string.h>
#include <boot/fetch_config.h>

/* False when some byte is not in root's own memory; a device, which may not even answer, is none. */
static bool copy_from_root(struct cpu *self, u8 *to, u64 gpa, u32 size)
{
	while (size) {
		const struct plan_map *map = plan_find_memory(machine.now.plan, 0, gpa);
		u32 chunk = (u32)(PAGE_SIZE - (gpa & PAGE_MASK));

		if (!map)
			return false;
		if (chunk > size)
			chunk = size;
		memcpy(to, arch_look(self, map->out + (gpa - map->first)), chunk);
		to += chunk;
		gpa += chunk;
		size -= chunk;
	}
	return true;
}

enum status fetch_config(struct cpu *self, u64 gpa, u64 size, struct cell *cell,
			 struct refusal *refusal)
{
	u8 *copy = NULL;

	refusal->a = gpa;
	refusal->b = size;
	if (size == 0 || size > CONFIG_MAX_BLOB)
		return STATUS_CONFIG_ADDRESS;
	copy = pool_alloc(&machine.pool, ((u32)size + PAGE_MASK) / PAGE_SIZE, 1, cell->owner);
	if (!copy)
		return STATUS_NO_MEMORY;
	if (!copy_from_root(self, copy, gpa, (u32)size))
		return STATUS_CONFIG_ADDRESS;
	return cell_view_open(&cell->view, arch_config, copy, (u32)size, refusal);
}
