/* SPDX-License-Identifier: GPL-2.0 */
/* What UEFI and its ACPI tables say of the machine, to a Linux that was started by them. */
#ifndef DRIVER_FIRMWARE_ARM64_H
#define DRIVER_FIRMWARE_ARM64_H

#include <linux/types.h>

/* ACPI tables, and no device tree, describe the machine. */
bool firmware_has_tables(void);
/* Version of the GIC, 0: the tables do not tell. */
unsigned int firmware_gic_version(void);
/* As machine_map_spi(), by the tables. */
unsigned int firmware_map_spi(unsigned int spi);
/* Tables, or services that Linux calls, are in a part of this memory. */
bool firmware_has(u64 start, u64 size);

#endif
