// SPDX-License-Identifier: GPL-2.0
/*
 * PCI devices and their capabilities. A device is known by bus, device and function alone: requests
 * on the bus carry no domain. Root gives up a device that another cell lists.
 */
#include <config/rules.h>

#define HEADER_END 0x40		/* of a function's config space; capabilities follow */
#define CONFIG_END 0x1000
#define MSI_VECTORS 32

/* Index of the unit that is the function bdf itself; units when there is none. */
static unsigned unit_of_function(const struct system_view *system, u16 bdf, unsigned units)
{
	const struct jailhouse_iommu *unit = system->header->platform_info.iommu_units;
	unsigned i = 0;

	while (i < units && (unit[i].type != JAILHOUSE_IOMMU_AMD || unit[i].amd.bdf != bdf))
		i++;
	return i;
}

enum status rule_device_shape(const struct rule_context *context)
{
	const struct jailhouse_pci_device *device = context->entry;
	const unsigned units = config_units(context->system);
	const unsigned self = unit_of_function(context->system, device->bdf, units);

	if (device->type < JAILHOUSE_PCI_TYPE_DEVICE || device->type > JAILHOUSE_PCI_TYPE_IVSHMEM)
		return rule_refuse(context, STATUS_DEVICE_TYPE, device->bdf, device->type);
	if (device->iommu >= units && device->iommu != 0)
		return rule_refuse(context, STATUS_DEVICE_UNIT, device->bdf, device->iommu);
	if (context->slot != 0 && self < units)
		return rule_refuse(context, STATUS_DEVICE_IS_UNIT, device->bdf, self);
	if (rule_is_physical(device) && device->num_msi_vectors > MSI_VECTORS)
		return rule_refuse(context, STATUS_MSI_COUNT, device->num_msi_vectors, MSI_VECTORS);
	return OK;
}

enum status rule_device_once(const struct rule_context *context)
{
	const struct jailhouse_pci_device *device = context->entry, *before = context->theirs;

	return device->bdf != before->bdf ? OK :
	       rule_refuse(context, STATUS_DEVICE_TWICE, device->bdf, context->other_index);
}

enum status rule_device_one_owner(const struct rule_context *context)
{
	const struct jailhouse_pci_device *ours = context->entry, *theirs = context->theirs;

	if (theirs->bdf != ours->bdf)
		return OK;
	if (rule_is_physical(theirs) != rule_is_physical(ours))
		return rule_refuse(context, STATUS_DEVICE_MIXED, ours->bdf, context->other_slot);
	if (rule_is_physical(ours) && context->other_slot != 0)
		return rule_refuse(context, STATUS_DEVICE_FOREIGN, ours->bdf, context->other_slot);
	return OK;
}

static enum status check_cap(const struct rule_context *context, u32 i)
{
	const struct jailhouse_pci_capability *cap = &context->cell->caps[i];

	if (cap->start < HEADER_END || cap->start + (u32)cap->len > CONFIG_END)
		return rule_refuse_at(context, OBJECT_PCI_CAP, i, STATUS_CAP_OFFSET, cap->start,
				      cap->len);
	if (cap->flags & ~JAILHOUSE_PCICAPS_WRITE)
		return rule_refuse_at(context, OBJECT_PCI_CAP, i, STATUS_CAP_FLAGS,
				      cap->flags & ~JAILHOUSE_PCICAPS_WRITE,
				      JAILHOUSE_PCICAPS_WRITE);
	return OK;
}

/* Only capabilities that a device uses are looked at: the array may have spare entries. */
enum status rule_device_caps(const struct rule_context *context)
{
	const struct jailhouse_pci_device *device = context->entry;
	const u32 end = device->caps_start + (u32)device->num_caps;
	enum status status = OK;

	if (device->num_caps == 0)
		return OK;
	if (end > context->cell->desc->num_pci_caps)
		return rule_refuse(context, STATUS_CAPS_INSIDE, end,
				   context->cell->desc->num_pci_caps);
	for (u32 i = device->caps_start; i < end && status == OK; i++)
		status = check_cap(context, i);
	return status;
}
