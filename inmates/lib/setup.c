// SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause)
/* First C code of the primary CPU: refuse a communication page of another revision, then go on. */
#include <inmate.h>

void c_entry(void);

void c_entry(void)
{
	map_range(comm_region, PAGE_SIZE, MAP_CACHED);
	if (comm_region->revision != COMM_REGION_ABI_REVISION ||
	    memcmp(comm_region->signature, COMM_REGION_MAGIC, sizeof(comm_region->signature))) {
		comm_region->cell_state = JAILHOUSE_CELL_FAILED_COMM_REV;
		stop();
	}
	arch_init_early();
	console_init();
	inmate_main();
}
