// SPDX-License-Identifier: GPL-2.0
/* Two tables that are lists of entries: each begins with its type, behind which is its length. */
#include <unistd.h>

#include <jailhouse/types.h>

#include "acpi.h"
#include "device.h"
#include "file.h"

#define GIC_VERSION	20	/* byte of a distributor's entry (ACPI 6.5, 5.2.12.15) */

static const struct list {
	const char *path;
	size_t first;		/* where the entries begin */
	unsigned length_bytes;
} madt = { "/sys/firmware/acpi/tables/APIC", 44, 1 }, iort = { "/sys/firmware/acpi/tables/IORT", 48, 2 };

/* The byte of the first entry of a type; -1: there is no such entry, or no table. */
static int list_byte(const struct list *list, unsigned type, size_t byte)
{
	struct file file;
	int found = -1;

	if (access(device_system_file(list->path), R_OK) < 0 ||
	    !file_open(&file, device_system_file(list->path)))
		return -1;
	for (size_t at = list->first, length; found < 0 && at + 3 <= file.size; at += length) {
		const u8 *entry = (const u8 *)file.data + at;

		length = entry[1] | (list->length_bytes == 2 ? (size_t)entry[2] << 8 : 0);
		if (!length || at + length > file.size)
			break;
		if (entry[0] == type && byte < length)
			found = entry[byte];
	}
	file_close(&file);
	return found;
}

bool acpi_madt_has(unsigned type)
{
	return list_byte(&madt, type, 0) >= 0;
}

bool acpi_iort_has(unsigned type)
{
	return list_byte(&iort, type, 0) >= 0;
}

/* Old tables leave the byte 0; only a GICv3 has redistributors. */
unsigned acpi_gic_version(void)
{
	int version = list_byte(&madt, MADT_GIC_DISTRIBUTOR, GIC_VERSION);

	if (version <= 0)
		return acpi_madt_has(MADT_GIC_REDISTRIBUTOR) ? 3 : 0;
	return version > 3 ? 3 : (unsigned)version;
}
