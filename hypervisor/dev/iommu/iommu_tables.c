// SPDX-License-Identifier: GPL-2.0
/* The requesters of a plan, one after the other, for units that know them by bus, device and function. */
#include <dev/iommu/iommu.h>

enum status iommu_add_devices(const struct iommu_build *build, iommu_add_t *add)
{
	const struct plan_device *device = plan_devices(build->plan);
	const struct plan_device *end = device + build->plan->devices.count;
	enum status why = OK;

	for (; device < end && why == OK; device++) {
		const struct iommu_domain *domain = &build->domains[device->cell];

		if (iommu_serves(device, build->unit->index) && domain->root.value)
			why = add(build, device->bdf, domain);
	}
	return why;
}
