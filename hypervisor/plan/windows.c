// SPDX-License-Identifier: GPL-2.0
/* Which fixed pieces of the machine's memory are never anybody's memory. */
#include <plan/build.h>

/* A range of whole pages; false when it is empty or would wrap. */
static bool window(u64 start, u64 size, struct range *range)
{
	if (!range_make(start, size, range))
		return false;
	range->first &= ~0xfffULL;
	range->last |= 0xfffULL;
	return true;
}

bool window_hypervisor(const struct builder *builder, struct range *range)
{
	const struct jailhouse_memory *memory = &builder->input->set->system->header->hypervisor_memory;

	return window(memory->phys_start, memory->size, range);
}

bool window_msix(const struct jailhouse_pci_device *device, struct range *range)
{
	return device->type == JAILHOUSE_PCI_TYPE_DEVICE && device->num_msix_vectors &&
	       device->msix_address && window(device->msix_address, device->msix_region_size, range);
}
