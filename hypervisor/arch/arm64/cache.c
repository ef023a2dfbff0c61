/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Memory that changes hands leaves the caches: a dirty line of the old owner would be written over what
 * the new one has stored, and a guest without translation reads past them (DDI 0487, D7.5.9).
 */
#include <arch/arch.h>
#include <port/poll.h>

#define NO_MEMORY (JAILHOUSE_MEM_COMM_REGION | JAILHOUSE_MEM_IO)

/* What root shares never changes hands, but root may have loaded it. */
static bool changes_hands(u64 flags)
{
	return !(flags & NO_MEMORY) &&
	       (flags & (JAILHOUSE_MEM_ROOTSHARED | JAILHOUSE_MEM_LOADABLE)) != JAILHOUSE_MEM_ROOTSHARED;
}

static void clean(struct cpu *self, const struct jailhouse_memory *region)
{
	u64 end = region->phys_start + region->size;

	for (u64 page = region->phys_start & ~PAGE_MASK; page < end; page += PAGE_SIZE)
		port_cache_flush(arch_look(self, page), PAGE_SIZE);
}

void arch_clean_memory(struct cpu *self, const struct cell_view *view)
{
	for (u32 i = 0; i < view->desc->num_memory_regions; i++)
		if (changes_hands(view->memory[i].flags))
			clean(self, &view->memory[i]);
}
