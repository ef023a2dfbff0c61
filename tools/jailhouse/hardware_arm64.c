// SPDX-License-Identifier: GPL-2.0
/*
 * Processors with EL2 that Linux was started in and has left. Which ones have VHE a program cannot
 * see; the driver asks the processor itself at enable. The machine is described by a device tree or by
 * ACPI tables.
 */
#include <dirent.h>
#include <string.h>

#include <libfdt.h>

#include "acpi.h"
#include "device.h"
#include "file.h"
#include "hardware.h"

#define TREE_FILE "/sys/firmware/fdt"

static bool tree_has(const char *compatible)
{
	struct file file;
	bool found = false;

	if (!hardware_file(TREE_FILE) || !file_open(&file, device_system_file(TREE_FILE)))
		return false;
	if (file.size && fdt_check_full(file.data, file.size) == 0)
		found = fdt_node_offset_by_compatible(file.data, -1, compatible) >= 0;
	file_close(&file);
	return found;
}

/* KVM shows its device where it is the one in EL2; a kernel may lack it without being told to. */
static bool kvm_is_away(void)
{
	return !hardware_file("/dev/kvm") && !hardware_file("/sys/class/misc/kvm");
}

static bool vhe_is_hidden(void)
{
	return hardware_parameter("id_aa64mmfr1.vh=0");
}

static bool has_gic3(void)
{
	return tree_has("arm,gic-v3") || acpi_gic_version() == 3;
}

static bool has_gic(void)
{
	return has_gic3() || acpi_madt_has(MADT_GIC_DISTRIBUTOR) || tree_has("arm,gic-400") || tree_has("arm,cortex-a15-gic") ||
	       tree_has("arm,cortex-a9-gic") || tree_has("arm,cortex-a7-gic");
}

static bool its_is_unused(void)
{
	return !(tree_has("arm,gic-v3-its") || acpi_madt_has(MADT_GIC_ITS)) ||
	       hardware_parameter("irqchip.gicv3_nolpi=1");
}

static bool tables_have_smmu(void)
{
	return acpi_iort_has(IORT_SMMUV3) || acpi_iort_has(IORT_SMMU);
}

static bool has_smmu(void)
{
	return tables_have_smmu() || tree_has("arm,smmu-v3") || tree_has("arm,mmu-500") || tree_has("arm,smmu-v2");
}

/* A unit that Linux drives is a link in its driver's folder. */
static bool drives(const char *folder)
{
	DIR *dir = opendir(device_system_file(folder));
	struct dirent *entry;
	bool found = false;

	while (dir && (entry = readdir(dir)) != NULL)
		found = found || (entry->d_name[0] != '.' && strchr(entry->d_name, '.'));
	if (dir)
		closedir(dir);
	return found;
}

/* Devices wait for ever for the driver of a unit that the tables have. */
static bool smmu_is_free(void)
{
	return !tables_have_smmu() && !drives("/sys/bus/platform/drivers/arm-smmu-v3") &&
	       !drives("/sys/bus/platform/drivers/arm-smmu");
}

const struct hardware_row hardware_arm64[] = {
	{ "GIC in device tree or ACPI tables", NEEDED, has_gic,
	  "this tool knows no other interrupt controller" },
	{ "GICv3", OPTIONAL, has_gic3,
	  "a GICv2 works, but each interrupt of a cell takes an exit" },
	{ "EL2 left alone by KVM", NEEDED, kvm_is_away, "boot with kvm-arm.mode=none" },
	{ "EL2 left alone by Linux (VHE)", OPTIONAL, vhe_is_hidden,
	  "needed where the processor has VHE: boot with id_aa64mmfr1.vh=0" },
	{ "ITS left alone by Linux", NEEDED, its_is_unused, "boot with irqchip.gicv3_nolpi=1" },
	{ "SMMU", OPTIONAL, has_smmu,
	  "without it devices can reach all memory; with ACPI it may be there, hidden from Linux" },
	{ "SMMU left alone by Linux", NEEDED, smmu_is_free,
	  "boot with initcall_blacklist=arm_smmu_driver_init fw_devlink=off "
	  "deferred_probe_timeout=0; with ACPI, start Linux with an IORT that lacks it instead" },
	{ 0 }
};
