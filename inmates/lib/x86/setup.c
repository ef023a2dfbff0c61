// SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause)
/* What an x86 CPU has to find out before the inmate runs. */
#include <inmate.h>

bool jailhouse_use_vmcall;

void arch_init_early(void)
{
	struct cpuid vendor = read_cpuid(0, 0);

	/* "AuthenticAMD" and "HygonGenuine" have vmmcall */
	jailhouse_use_vmcall = vendor.ebx != 0x68747541 && vendor.ebx != 0x6f677948;
	excp_reporting_init();
}
