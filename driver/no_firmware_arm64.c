// SPDX-License-Identifier: GPL-2.0
/* A Linux that was built without ACPI knows its machine by a device tree. */
#include "firmware_arm64.h"

bool firmware_has_tables(void)
{
	return false;
}

unsigned int firmware_gic_version(void)
{
	return 0;
}

unsigned int firmware_map_spi(unsigned int spi)
{
	return 0;
}

bool firmware_has(u64 start, u64 size)
{
	return false;
}
