// SPDX-License-Identifier: GPL-2.0
/*
 * PCI devices and their capabilities. A device is known by bus, device and function alone: requests
 * on the bus carry no domain. Root gives up a device that another cell lists.
 */
#include <config/rules.h>

#define HEADER_END 0x40		/* of a function's config space; capabilities follow */
#define CONFIG_END 0x1000
#define MSI_VECTORS 32

static enum status refuse(const struct rule_context *context, enum status why, u32 i, u64 a, u64 b)
{
	return rule_refuse(context, why, OBJECT_PCI_DEVICE, i, a, b);
}

static enum status each(const struct rule_context *context,
			enum status (*check)(const struct rule_context *, u32))
{
	enum status status = OK;

	for (u32 i = 0; i < context->cell->desc->num_pci_devices && status == OK; i++)
		status = check(context, i);
	return status;
}

/* Index of the unit that is the function bdf itself; units when there is none. */
static unsigned unit_of_function(const struct system_view *system, u16 bdf, unsigned units)
{
	const struct jailhouse_iommu *unit = system->header->platform_info.iommu_units;
	unsigned i = 0;

	while (i < units && (unit[i].type != JAILHOUSE_IOMMU_AMD || unit[i].amd.bdf != bdf))
		i++;
	return i;
}

static enum status check_shape(const struct rule_context *context, u32 i)
{
	const struct jailhouse_pci_device *device = &context->cell->devices[i];
	const unsigned units = config_units(context->system);
	const unsigned self = unit_of_function(context->system, device->bdf, units);

	if (device->type < JAILHOUSE_PCI_TYPE_DEVICE || device->type > JAILHOUSE_PCI_TYPE_IVSHMEM)
		return refuse(context, STATUS_DEVICE_TYPE, i, device->bdf, device->type);
	if (device->iommu >= units && device->iommu != 0)
		return refuse(context, STATUS_DEVICE_UNIT, i, device->bdf, device->iommu);
	if (context->slot != 0 && self < units)
		return refuse(context, STATUS_DEVICE_IS_UNIT, i, device->bdf, self);
	if (rule_is_physical(device) && device->num_msi_vectors > MSI_VECTORS)
		return refuse(context, STATUS_MSI_COUNT, i, device->num_msi_vectors, MSI_VECTORS);
	return OK;
}

enum status rule_device_shape(const struct rule_context *context)
{
	return each(context, check_shape);
}

static enum status check_once(const struct rule_context *context, u32 i)
{
	const struct jailhouse_pci_device *devices = context->cell->devices;

	for (u32 j = 0; j < i; j++)
		if (devices[j].bdf == devices[i].bdf)
			return refuse(context, STATUS_DEVICE_TWICE, i, devices[i].bdf, j);
	return OK;
}

enum status rule_device_once(const struct rule_context *context)
{
	return each(context, check_once);
}

static enum status check_owner(const struct rule_context *context, u32 i)
{
	const struct jailhouse_pci_device *ours = &context->cell->devices[i];
	const struct jailhouse_pci_device *theirs = context->other->devices;

	for (u32 j = 0; j < context->other->desc->num_pci_devices; j++) {
		if (theirs[j].bdf != ours->bdf)
			continue;
		if (rule_is_physical(&theirs[j]) != rule_is_physical(ours))
			return refuse(context, STATUS_DEVICE_MIXED, i, ours->bdf,
				      context->other_slot);
		if (rule_is_physical(ours) && context->other_slot != 0)
			return refuse(context, STATUS_DEVICE_FOREIGN, i, ours->bdf,
				      context->other_slot);
	}
	return OK;
}

enum status rule_device_one_owner(const struct rule_context *context)
{
	return each(context, check_owner);
}

static enum status check_cap(const struct rule_context *context, u32 i)
{
	const struct jailhouse_pci_capability *cap = &context->cell->caps[i];

	if (cap->start < HEADER_END || cap->start + (u32)cap->len > CONFIG_END)
		return rule_refuse(context, STATUS_CAP_OFFSET, OBJECT_PCI_CAP, i, cap->start,
				   cap->len);
	if (cap->flags & ~JAILHOUSE_PCICAPS_WRITE)
		return rule_refuse(context, STATUS_CAP_FLAGS, OBJECT_PCI_CAP, i,
				   cap->flags & ~JAILHOUSE_PCICAPS_WRITE, JAILHOUSE_PCICAPS_WRITE);
	return OK;
}

/* Only capabilities that a device uses are looked at: the array may have spare entries. */
static enum status check_caps(const struct rule_context *context, u32 i)
{
	const struct jailhouse_pci_device *device = &context->cell->devices[i];
	const u32 end = device->caps_start + (u32)device->num_caps;
	enum status status = OK;

	if (device->num_caps == 0)
		return OK;
	if (end > context->cell->desc->num_pci_caps)
		return refuse(context, STATUS_CAPS_INSIDE, i, end,
			      context->cell->desc->num_pci_caps);
	for (u32 j = device->caps_start; j < end && status == OK; j++)
		status = check_cap(context, j);
	return status;
}

enum status rule_device_caps(const struct rule_context *context)
{
	return each(context, check_caps);
}
