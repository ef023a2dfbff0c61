// SPDX-License-Identifier: GPL-2.0
/* AMD processors with SVM; Intel's VMX is not supported yet. */
#include <string.h>

#include "device.h"
#include "hardware.h"
#include "sysfs.h"

/* A word in the flags of the first processor. */
static bool has_flag(const char *word)
{
	static char text[16384];
	const char *flags, *end, *at;
	size_t length = strlen(word);

	sysfs_read(device_system_file("/proc/cpuinfo"), text, sizeof(text));
	flags = strstr(text, "\nflags");
	end = flags ? strchr(flags + 1, '\n') : NULL;
	for (at = flags; at && (at = strstr(at, word)) != NULL && (!end || at < end); at++)
		if (at[-1] == ' ' && (!at[length] || strchr(" \n", at[length])))
			return true;
	return false;
}

static bool has_svm(void)
{
	return has_flag("svm");
}

static bool has_nested_pages(void)
{
	return has_flag("npt");
}

static bool has_iommu(void)
{
	return hardware_file("/sys/firmware/acpi/tables/IVRS") ||
	       hardware_file("/sys/firmware/acpi/tables/DMAR");
}

static bool iommu_is_free(void)
{
	return !has_iommu() || hardware_parameter("amd_iommu=off") ||
	       hardware_parameter("intel_iommu=off") || hardware_parameter("iommu=off");
}

const struct hardware_row hardware_x86[] = {
	{ "virtualization (SVM)", NEEDED, has_svm,
	  "the processor does not have it, or the firmware switches it off" },
	{ "nested paging", NEEDED, has_nested_pages, "the processor does not have it" },
	{ "IOMMU (AMD-Vi or VT-d)", OPTIONAL, has_iommu,
	  "without it devices can reach all memory; look for it in the firmware's setup" },
	{ "IOMMU left alone by Linux", NEEDED, iommu_is_free,
	  "boot with amd_iommu=off (AMD-Vi) or intel_iommu=off (VT-d)" },
	{ 0 }
};
