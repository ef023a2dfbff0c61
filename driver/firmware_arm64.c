// SPDX-License-Identifier: GPL-2.0
/* ACPI, and the memory that UEFI still has when Linux runs. */
#include <linux/acpi.h>
#include <linux/efi.h>

#include "firmware_arm64.h"

#define FIRST_SPI	32	/* tables count interrupts from the first private one */

bool firmware_has_tables(void)
{
	return !acpi_disabled;
}

/* Of the one distributor among the MADT's entries (ACPI 6.5, 5.2.12.15). */
static unsigned int madt_gic_version(const struct acpi_table_header *madt)
{
	const void *at = (const void *)madt + sizeof(struct acpi_table_madt);
	const void *end = (const void *)madt + madt->length;
	const struct acpi_madt_generic_distributor *gicd;

	for (; at + sizeof(gicd->header) <= end; at += gicd->header.length) {
		gicd = at;
		if (!gicd->header.length)
			break;
		if (gicd->header.type == ACPI_MADT_TYPE_GENERIC_DISTRIBUTOR &&
		    at + sizeof(*gicd) <= end)
			return gicd->version;
	}
	return 0;
}

/* A GICv4 is a GICv3 that can do more. */
unsigned int firmware_gic_version(void)
{
	struct acpi_table_header *madt;
	unsigned int version;

	if (ACPI_FAILURE(acpi_get_table(ACPI_SIG_MADT, 0, &madt)))
		return 0;
	version = madt_gic_version(madt);
	acpi_put_table(madt);
	return min(version, 3U);
}

unsigned int firmware_map_spi(unsigned int spi)
{
	int irq = acpi_register_gsi(NULL, FIRST_SPI + spi, ACPI_EDGE_SENSITIVE, ACPI_ACTIVE_HIGH);

	return max(irq, 0);
}

static bool is_kept(const efi_memory_desc_t *range)
{
	return range->attribute & EFI_MEMORY_RUNTIME || range->type == EFI_ACPI_RECLAIM_MEMORY ||
	       range->type == EFI_ACPI_MEMORY_NVS;
}

/* With "mem=" Linux forgets where these ranges are, but not what is in them. */
bool firmware_has(u64 start, u64 size)
{
	const efi_memory_desc_t *range;

	if (!efi_enabled(EFI_MEMMAP))
		return false;
	for_each_efi_memory_desc(range)
		if (is_kept(range) && start < range->phys_addr + range->num_pages * EFI_PAGE_SIZE &&
		    range->phys_addr < start + size)
			return true;
	return false;
}
