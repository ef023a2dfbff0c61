/* SPDX-License-Identifier: GPL-2.0 */
/* What the ACPI tables say that root Linux shows below /sys/firmware/acpi/tables. */
#ifndef TOOLS_ACPI_H
#define TOOLS_ACPI_H

#include <stdbool.h>

/* Types of entries (ACPI 6.5, 5.2.12), and of nodes (IO Remapping Table, Arm DEN 0049). */
#define MADT_GIC_DISTRIBUTOR	12
#define MADT_GIC_REDISTRIBUTOR	14
#define MADT_GIC_ITS		15
#define IORT_SMMU		3
#define IORT_SMMUV3		4

/* There is such a table and such an entry in it. */
bool acpi_madt_has(unsigned type);
bool acpi_iort_has(unsigned type);
/* Version of the GIC; 0: the tables do not tell. */
unsigned acpi_gic_version(void);

#endif
