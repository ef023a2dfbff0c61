// SPDX-License-Identifier: GPL-2.0
/* Which fixed pieces of the machine's memory are never anybody's memory; all of them whole pages. */
#include <base/addr.h>
#include <plan/build.h>

bool pages_make(u64 start, u64 size, struct range *range)
{
	if (!range_make(start, size, range))
		return false;
	range->first &= ~PAGE_MASK;
	range->last |= PAGE_MASK;
	return true;
}

bool window_msix(const struct jailhouse_pci_device *device, struct range *range)
{
	return device->type == JAILHOUSE_PCI_TYPE_DEVICE && device->num_msix_vectors &&
	       device->msix_address &&
	       pages_make(device->msix_address, device->msix_region_size, range);
}

bool region_pages(const struct jailhouse_memory *region, struct range *range)
{
	return !(region->flags & JAILHOUSE_MEM_COMM_REGION) &&
	       pages_make(region->phys_start, region->size, range);
}
