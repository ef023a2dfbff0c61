// SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause)
/*
 * Traps of arm64, in nanoseconds: where a machine counts instructions, that is what they are. The
 * counter is coarse, so each is done many times. Then how late a timer interrupt is seen by its
 * handler.
 */
#include "../bench.h"

#define BENCH_ROUNDS		16
#define BENCH_REPEAT		256
#define BENCH_REPEATED(code)						\
	for (unsigned int _i = 0; _i < BENCH_REPEAT; _i++) {		\
		asm volatile("" : : : "memory");			\
		code;							\
	}
#define bench_units		clock_read_ns

#define GICD_TYPER		0x0004
#define GICD_ISENABLER1		0x0104
#define GICD_SGIR		0x0f00
#define GICR_TYPER		0x0008
#define SGI1R_IRQ_SHIFT		24

#define JITTER_BEATS		20
#define JITTER_NS		(10 * NS_PER_MSEC)

static volatile u64 expected, least = ~0ULL, most;
static volatile u32 beats;

static void set_next(void)
{
	expected = timer_get_ticks() + scale(JITTER_NS, timer_get_frequency(), NS_PER_SEC);
	write_sysreg(cntv_cval_el0, expected);
	write_sysreg(cntv_ctl_el0, 1);
	isb();
}

static void handle_irq(unsigned int irq)
{
	u64 late = timer_get_ticks() - expected;

	if (irq != TIMER_IRQ)
		return;
	least = late < least ? late : least;
	most = late > most ? late : most;
	beats++;
	set_next();
}

static void bench_jitter(void)
{
	irq_init(handle_irq);
	irq_enable(TIMER_IRQ);
	set_next();
	while (beats < JITTER_BEATS)
		wait_for_irq();
	write_sysreg(cntv_ctl_el0, 0);
	printk("BENCH timer_jitter %llu\n", timer_ticks_to_ns(least));
	printk("BENCH timer_jitter_max %llu\n", timer_ticks_to_ns(most));
}

static void bench_pci(u32 bdf)
{
	u64 window = (u64)cmdline_parse_int("ecam", (long long)comm_region->pci_mmconfig_base);
	void *ecam = (void *)(window + ((u64)bdf << 12));

	if (!window) {
		printk("bench: no ECAM window\n");
		return;
	}
	map_range(ecam, PAGE_SIZE, MAP_UNCACHED);
	BENCH("ecam_read", (void)mmio_read32(ecam));
}

static void bench_gic(void)
{
	u8 *gicd = (u8 *)comm_region->gicd_base, *gicr;

	map_range(gicd, PAGE_SIZE, MAP_UNCACHED);
	BENCH("gicd_read", (void)mmio_read32(gicd + GICD_TYPER));
	BENCH("isenabler_read", (void)mmio_read32(gicd + GICD_ISENABLER1));
	if (comm_region->gic_version == 2) {
		BENCH("sgi_send", mmio_write32(gicd + GICD_SGIR, IPI_IRQ));
		return;
	}
	gicr = gicv3_redistributor(cpu_id());
	BENCH("gicr_read", (void)mmio_read64(gicr + GICR_TYPER));
	BENCH("sgi_send", write_sysreg(icc_sgi1r_el1, IPI_IRQ << SGI1R_IRQ_SHIFT));
}

void bench_machine(void)
{
	u32 cpu = (u32)cmdline_parse_int("cpu", cpu_id());

	BENCH("empty", );
	BENCH("hvc", jailhouse_call_arg2(JAILHOUSE_HC_CPU_GET_INFO, cpu, JAILHOUSE_CPU_INFO_STATE));
	BENCH("hvc_unknown", jailhouse_call(~0U));
	BENCH("psci_version", psci_call(PSCI_VERSION, 0, 0, 0));
	bench_gic();
	bench_jitter();
	bench_pci((u32)cmdline_parse_int("bdf", 0));
}
