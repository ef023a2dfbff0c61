// SPDX-License-Identifier: GPL-2.0
/* The header of the system config: what the machine is said to be. */
#include <base/addr.h>
#include <base/bits.h>
#include <config/rules.h>

#define SYSTEM_FLAGS JAILHOUSE_SYS_VIRTUAL_DEBUG_CONSOLE
#define ECAM_BUS 0x100000ULL	/* bytes of config space of one bus */

enum status rule_system_flags(const struct rule_context *context)
{
	const u32 unknown = context->system->header->flags & ~(u32)SYSTEM_FLAGS;

	return unknown ? rule_refuse(context, STATUS_SYSTEM_FLAGS, unknown, SYSTEM_FLAGS) : OK;
}

/* Whole pages below the limit of physical addresses. */
static bool is_pages(const struct rule_context *context, u64 start, u64 size)
{
	return rule_below(start, size, rule_phys_limit(context)) &&
	       is_aligned(start | size, PAGE_SIZE);
}

enum status rule_hypervisor_memory(const struct rule_context *context)
{
	const struct jailhouse_memory *memory = &context->system->header->hypervisor_memory;

	if (is_pages(context, memory->phys_start, memory->size))
		return OK;
	return rule_refuse(context, STATUS_HYPERVISOR_MEMORY, memory->phys_start,
			   memory->size);
}

static u64 ecam_size(const struct jailhouse_system *header)
{
	return (header->platform_info.pci_mmconfig_end_bus + 1) * ECAM_BUS;
}

enum status rule_ecam(const struct rule_context *context)
{
	const struct jailhouse_system *header = context->system->header;
	const u64 base = header->platform_info.pci_mmconfig_base;

	if (base && header->platform_info.pci_is_virtual && header->platform_info.pci_mmconfig_end_bus)
		return rule_refuse(context, STATUS_ECAM_VIRTUAL,
				   header->platform_info.pci_mmconfig_end_bus, 0);
	if (is_aligned(base, ECAM_BUS) && base <= rule_phys_limit(context) - ecam_size(header))
		return OK;
	return rule_refuse(context, STATUS_ECAM, base,
			   header->platform_info.pci_mmconfig_end_bus);
}

unsigned config_units(const struct system_view *system)
{
	unsigned units = 0;

	while (units < JAILHOUSE_MAX_IOMMU_UNITS &&
	       system->header->platform_info.iommu_units[units].base)
		units++;
	return units;
}

static bool capability_offset(u8 offset)
{
	return offset >= 0x40 && is_aligned(offset, 4);
}

static enum status check_unit(const struct rule_context *context, unsigned i)
{
	const struct jailhouse_iommu *unit = &context->system->header->platform_info.iommu_units[i];
	const u32 types = context->system->arch->iommu_types;

	if (unit->type >= 8 || !(types >> unit->type & 1))
		return rule_refuse_at(context, OBJECT_IOMMU, i, STATUS_IOMMU_TYPE, unit->type,
				      types);
	if (!is_pages(context, unit->base, unit->size))
		return rule_refuse_at(context, OBJECT_IOMMU, i, STATUS_IOMMU_WINDOW, unit->base,
				      unit->size);
	if (unit->type == JAILHOUSE_IOMMU_AMD &&
	    (!capability_offset(unit->amd.base_cap) ||
	     (unit->amd.msi_cap && !capability_offset(unit->amd.msi_cap))))
		return rule_refuse_at(context, OBJECT_IOMMU, i, STATUS_IOMMU_CAP,
				      unit->amd.base_cap, unit->amd.msi_cap);
	return OK;
}

enum status rule_iommu_units(const struct rule_context *context)
{
	const struct jailhouse_iommu *units = context->system->header->platform_info.iommu_units;
	const unsigned count = config_units(context->system);
	enum status status = OK;

	for (unsigned i = 0; i < JAILHOUSE_MAX_IOMMU_UNITS && status == OK; i++)
		if (i < count)
			status = check_unit(context, i);
		else if (units[i].base || units[i].type || units[i].size)
			status = rule_refuse_at(context, OBJECT_IOMMU, i, STATUS_IOMMU_GAP,
						units[i].base, count);
	return status;
}
