/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The MSR policy. Sorted by number, unlisted means denied. Root runs a stock kernel that owns power,
 * machine check and performance registers of its CPUs; a cell gets what belongs to its own
 * execution only.
 */
#include <arch/x86/svm/msr_map.h>

#define P MSR_PASS
#define E MSR_EMULATE
#define Z MSR_ZERO
#define I MSR_IGNORE
#define D MSR_DENY
#define ROW(first, last, ...) { first, (last) - (first), __VA_ARGS__ }

static const struct msr_row rows[] = {
	/* first, last, root read/write, cell read/write */
	ROW(0x00000000, 0x00000001, P, P, Z, I),	/* legacy machine check address and type */
	ROW(0x00000010, 0x00000010, P, D, P, D),	/* TSC: writing would move other users' time */
	ROW(0x0000001b, 0x0000001b, P, E, P, E),	/* APIC_BASE: mode stays as it is */
	ROW(0x0000002a, 0x0000002a, P, I, Z, I),	/* EBL_CR_POWERON */
	ROW(0x0000003a, 0x0000003a, Z, I, Z, I),	/* FEATURE_CONTROL of the other vendor */
	ROW(0x0000003b, 0x0000003b, P, I, Z, I),	/* TSC_ADJUST */
	ROW(0x00000048, 0x00000049, P, P, P, P),	/* SPEC_CTRL, PRED_CMD: the CPU's own */
	ROW(0x0000008b, 0x0000008b, P, D, Z, I),	/* microcode patch level */
	ROW(0x000000ce, 0x000000ce, Z, D, Z, D),	/* PLATFORM_INFO */
	ROW(0x000000e7, 0x000000e8, P, P, P, D),	/* MPERF, APERF */
	ROW(0x000000fe, 0x000000fe, P, D, Z, D),	/* MTRRcap: cells have none */
	ROW(0x0000010a, 0x0000010b, P, P, Z, P),	/* ARCH_CAPABILITIES, FLUSH_CMD */
	ROW(0x00000122, 0x00000123, P, P, Z, I),	/* TSX and MCU control */
	ROW(0x00000140, 0x00000140, Z, I, Z, I),	/* MISC_FEATURES_ENABLES */
	ROW(0x00000174, 0x00000176, P, P, P, P),	/* SYSENTER */
	ROW(0x00000179, 0x0000017b, P, P, Z, I),	/* machine check capability, status, control */
	ROW(0x00000198, 0x00000199, P, P, Z, I),	/* PERF_STATUS, PERF_CTL */
	ROW(0x000001a0, 0x000001a0, P, I, Z, I),	/* MISC_ENABLE */
	ROW(0x000001d9, 0x000001d9, P, P, P, P),	/* DEBUGCTL */
	ROW(0x000001db, 0x000001de, P, D, P, D),	/* last branch records */
	ROW(0x00000200, 0x0000020f, P, I, Z, I),	/* MTRRs stay as the firmware set them */
	ROW(0x00000250, 0x00000250, P, I, Z, I),
	ROW(0x00000258, 0x00000259, P, I, Z, I),
	ROW(0x00000268, 0x0000026f, P, I, Z, I),
	ROW(0x00000277, 0x00000277, P, P, P, P),	/* PAT: the guest's own under nested paging */
	ROW(0x000002ff, 0x000002ff, P, I, Z, I),	/* MTRRdefType */
	ROW(0x00000400, 0x0000047f, P, P, Z, I),	/* machine check banks */
	ROW(0x000006a0, 0x000006a8, P, P, P, P),	/* CET */
	ROW(0x000006e0, 0x000006e0, P, P, P, P),	/* TSC deadline of the CPU's own timer */
	ROW(0x00000800, 0x0000083f, E, E, E, E),	/* x2APIC: by the mode of the hardware */
	ROW(0x00000840, 0x00000853, P, P, Z, I),	/* extended APIC of AMD */
	ROW(0x00000c80, 0x00000d8f, P, D, D, D),	/* cache allocation */
	ROW(0x00000da0, 0x00000da0, P, P, P, P),	/* XSS */
	ROW(0xc0000080, 0xc0000080, E, E, E, E),	/* EFER: SVME is the hypervisor's */
	ROW(0xc0000081, 0xc0000084, P, P, P, P),	/* STAR, LSTAR, CSTAR, SFMASK */
	ROW(0xc0000100, 0xc0000103, P, P, P, P),	/* FS, GS, kernel GS base, TSC_AUX */
	ROW(0xc0000104, 0xc0000104, P, D, D, D),	/* TSC ratio */
	ROW(0xc000010f, 0xc000010f, P, P, D, D),	/* DBG_EXTN_CFG */
	ROW(0xc0000300, 0xc0000302, P, P, D, D),	/* performance counter global control */
	ROW(0xc0000408, 0xc000040a, P, P, Z, I),	/* machine check misc */
	ROW(0xc0000410, 0xc0000410, P, P, Z, I),	/* MCA interrupt configuration */
	ROW(0xc0002000, 0xc0002fff, P, P, Z, I),	/* scalable machine check banks */
	ROW(0xc0010000, 0xc0010007, P, P, D, D),	/* performance counters, first four */
	ROW(0xc0010010, 0xc0010010, P, I, Z, I),	/* SYSCFG */
	ROW(0xc0010015, 0xc0010015, P, P, Z, I),	/* HWCR */
	ROW(0xc0010016, 0xc001001a, P, D, D, D),	/* IORR, TOP_MEM */
	ROW(0xc001001d, 0xc001001d, P, D, Z, D),	/* TOP_MEM2 */
	ROW(0xc001001f, 0xc001001f, P, P, Z, I),	/* NB_CFG */
	ROW(0xc0010022, 0xc0010022, P, P, D, D),	/* machine check redirect */
	ROW(0xc0010030, 0xc0010035, P, D, Z, D),	/* processor name */
	ROW(0xc0010055, 0xc0010055, P, I, Z, I),	/* interrupt pending message */
	ROW(0xc0010058, 0xc0010058, P, D, Z, I),	/* ECAM base: the hypervisor relies on it */
	ROW(0xc0010061, 0xc001006f, P, P, Z, I),	/* P-states */
	ROW(0xc0010074, 0xc0010074, P, P, Z, I),	/* CPU watchdog */
	ROW(0xc0010112, 0xc0010113, P, D, D, D),	/* SMM range */
	ROW(0xc0010114, 0xc0010114, P, I, Z, I),	/* VM_CR */
	ROW(0xc0010140, 0xc0010141, P, P, Z, I),	/* OS visible workarounds */
	ROW(0xc0010200, 0xc001020b, P, P, D, D),	/* performance counters */
	ROW(0xc0010230, 0xc001023b, P, P, D, D),	/* L3 counters */
	ROW(0xc0010240, 0xc0010247, P, P, D, D),	/* data fabric counters */
	ROW(0xc0010292, 0xc001029b, P, P, D, D),	/* power management, energy */
	ROW(0xc00102b0, 0xc00102b4, P, P, D, D),	/* CPPC */
	ROW(0xc00102f0, 0xc00102f1, P, D, D, D),	/* protected processor inventory */
	ROW(0xc0011000, 0xc0011005, P, P, D, D),	/* CPUID feature overrides */
	ROW(0xc001100c, 0xc001100c, P, D, Z, D),	/* node id */
	ROW(0xc0011019, 0xc001101b, P, P, D, D),	/* address mask of debug registers */
	ROW(0xc0011020, 0xc001102f, P, P, Z, I),	/* load-store, cache, decode configuration */
	ROW(0xc0011030, 0xc001103d, P, P, D, D),	/* instruction based sampling */
	ROW(0xc00110a2, 0xc00110a2, P, P, D, D),	/* load-store configuration 2 */
	ROW(0xc00110e3, 0xc00110e3, P, P, Z, I),	/* decode configuration 2 */
};

const struct msr_row *msr_row_of(u32 msr)
{
	unsigned low = 0, high = sizeof(rows) / sizeof(rows[0]);

	while (low < high) {
		unsigned middle = (low + high) / 2;

		if (msr_row_last(&rows[middle]) < msr)
			low = middle + 1;
		else
			high = middle;
	}
	return low < sizeof(rows) / sizeof(rows[0]) && rows[low].first <= msr ? &rows[low] : NULL;
}

const struct msr_row *msr_row(unsigned index)
{
	return index < sizeof(rows) / sizeof(rows[0]) ? &rows[index] : NULL;
}
