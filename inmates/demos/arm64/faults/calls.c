// SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause)
/* Calls that are not for a cell: function= and argument= choose an SMC, cpu= the CPU to be started. */
#include "parts.h"

static void hvc_undefined(void)
{
	register u64 x0 asm("x0") = 0x1234;

	asm volatile("hvc #0x1234" : "+r"(x0) : : "x1", "x2", "x3", "memory");
	printk("faults: result %d\n", (int)x0);
}

/* What Linux's own code at EL2 would answer: set vectors, restart, reset vectors. */
static void hvc_stub(void)
{
	u64 call;

	for (call = 0; call < 3; call++)
		printk("faults: call %llu gave 0x%llx\n", call,
		       SMCCC_CALL("hvc", call, address, 0, 0));
}

static void smc_foreign(void)
{
	u64 function = (u64)cmdline_parse_int("function", (long long)0xc3000001);
	u64 argument = (u64)cmdline_parse_int("argument", 0);

	printk("faults: result 0x%llx\n", SMCCC_CALL("smc", function, argument, 0, 0));
}

static void smc_undefined(void)
{
	register u64 x0 asm("x0") = 0x1234;

	asm volatile("smc #1" : "+r"(x0) : : "x1", "x2", "x3", "memory");
	printk("faults: result %d\n", (int)x0);
}

static void psci_foreign(void)
{
	printk("faults: start %d, state %d\n", psci_call(PSCI_CPU_ON, get_cpu(), address, 0),
	       psci_call(PSCI_AFFINITY_INFO, get_cpu(), 0, 0));
}

static void system_off(void)
{
	printk("faults: result %d\n", psci_call(PSCI_SYSTEM_OFF, 0, 0, 0));
}

static volatile bool starts;
static u64 ender;

static void start_again(void)
{
	for (starts = true;;)
		psci_call(PSCI_CPU_ON, ender, address, 0);
}

/* Another CPU of the cell wants this one back, at an address that is not the cell's. */
static void system_off_beside(void)
{
	u32 i;

	ender = cpu_id();
	smp_wait_for_all_cpus();
	for (i = 0; i < smp_num_cpus; i++)
		if (smp_cpu_ids[i] != ender)
			smp_start_cpu(smp_cpu_ids[i], start_again);
	while (!starts)
		cpu_relax();
	system_off();
}

static void system_reset(void)
{
	printk("faults: result %d\n", psci_call(PSCI_SYSTEM_RESET, 0, 0, 0));
}

const struct fault call_faults[] = {
	{ "hvc-undefined", hvc_undefined },
	{ "hvc-stub", hvc_stub },
	{ "smc-foreign", smc_foreign },
	{ "smc-undefined", smc_undefined },
	{ "psci-foreign", psci_foreign },
	{ "system-off", system_off },
	{ "system-off-beside", system_off_beside },
	{ "system-reset", system_reset },
	{ NULL, NULL },
};
