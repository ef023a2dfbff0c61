// SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause)
/* Traps of x86, each in TSC ticks between two rdtsc. */
#include "../bench.h"

#define BENCH_ROUNDS		64
#define BENCH_REPEAT		1
#define BENCH_REPEATED(code)	code
#define bench_units		read_tsc

#define PCI_ADDRESS_PORT	0xcf8
#define PCI_DATA_PORT		0xcfc
#define PCI_ADDRESS_ENABLE	(1U << 31)

static void bench_pci(u32 bdf)
{
	void *ecam = (void *)(comm_region->pci_mmconfig_base + ((u64)bdf << 12));

	outl(PCI_ADDRESS_ENABLE | bdf << 8, PCI_ADDRESS_PORT);
	BENCH("pio_config_read", (void)inl(PCI_DATA_PORT));
	if (!comm_region->pci_mmconfig_base) {
		printk("bench: no ECAM window\n");
		return;
	}
	map_range(ecam, PAGE_SIZE, MAP_UNCACHED);
	BENCH("ecam_read", (void)mmio_read32(ecam));
}

void bench_machine(void)
{
	u32 id = cpu_id();

	BENCH("empty", );
	BENCH("cpuid", (void)read_cpuid(0, 0));
	if (!cmdline_parse_bool("no-hypercall", false))
		BENCH("hypercall", jailhouse_call_arg2(JAILHOUSE_HC_CPU_GET_INFO, id,
						       JAILHOUSE_CPU_INFO_STATE));
	BENCH("x2apic_rdmsr", (void)read_msr(X2APIC_ID));
	bench_pci((u32)cmdline_parse_int("bdf", 0));
}
