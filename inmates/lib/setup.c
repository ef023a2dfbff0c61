// SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause)
/* First C code of the primary CPU: refuse a communication page of another revision, then go on. */
#include <inmate.h>

bool jailhouse_use_vmcall;

void c_entry(void);

void arch_init_early(void)
{
	struct cpuid vendor = read_cpuid(0, 0);

	/* "AuthenticAMD" and "HygonGenuine" have vmmcall */
	jailhouse_use_vmcall = vendor.ebx != 0x68747541 && vendor.ebx != 0x6f677948;
	excp_reporting_init();
}

void c_entry(void)
{
	if (comm_region->revision != COMM_REGION_ABI_REVISION ||
	    memcmp(comm_region->signature, COMM_REGION_MAGIC, sizeof(comm_region->signature))) {
		comm_region->cell_state = JAILHOUSE_CELL_FAILED_COMM_REV;
		stop();
	}
	arch_init_early();
	console_init();
	inmate_main();
}
