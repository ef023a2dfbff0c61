// SPDX-License-Identifier: GPL-2.0
/* What a 64-bit Arm machine does not have, or not in this way. */
#include <config/rules.h>

static enum status refuse_if(const struct rule_context *context, bool bad, enum status why, u64 a)
{
	return bad ? rule_refuse(context, why, a, 0) : OK;
}

enum status rule_aarch32(const struct rule_context *context)
{
	const u32 flags = context->cell->desc->flags;

	return refuse_if(context, flags & JAILHOUSE_CELL_AARCH32, STATUS_CELL_AARCH32, flags);
}

enum status rule_no_ports(const struct rule_context *context)
{
	const u32 count = context->cell->desc->num_pio_regions;

	return refuse_if(context, count, STATUS_PIO_NONE, count);
}

enum status rule_no_caches(const struct rule_context *context)
{
	const u32 count = context->cell->desc->num_cache_regions;

	return refuse_if(context, count, STATUS_CACHE_NONE, count);
}

/* Code does not run from device memory: the processor may fetch speculatively what it executes. */
enum status rule_memory_device(const struct rule_context *context)
{
	const u64 both = JAILHOUSE_MEM_IO | JAILHOUSE_MEM_EXECUTE;
	const struct jailhouse_memory *region = context->entry;

	if ((region->flags & both) == both)
		return rule_refuse(context, STATUS_MEM_DEVICE, region->virt_start, region->flags);
	return OK;
}

/*
 * PCI devices are behind config space, and hardware is behind that of the machine: when the host
 * bridge is the hypervisor's alone, a cell gets a device by its regions, interrupts and streams.
 */
enum status rule_device_host(const struct rule_context *context)
{
	const struct jailhouse_system *header = context->system->header;
	const struct jailhouse_pci_device *device = context->entry;

	if (header->platform_info.pci_mmconfig_base == 0 ||
	    (header->platform_info.pci_is_virtual && rule_is_physical(device)))
		return rule_refuse(context, STATUS_DEVICE_HOST, device->bdf,
				   header->platform_info.pci_is_virtual);
	return OK;
}
