// SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause)
/* Time: the ACPI PM timer, the TSC, and one-shot interrupts from the APIC timer or the TSC deadline. */
#include <inmate.h>

#define PM_TIMER_HZ		3579545ULL
#define PM_TIMER_MASK		0xffffffU	/* 24 bits count everywhere */
#define MSR_TSC_DEADLINE	0x6e0
#define CPUID_TSC_DEADLINE	(1U << 24)	/* leaf 1, ECX */
#define LVTT_MASKED		(1U << 16)
#define LVTT_TSC_DEADLINE	(2U << 17)
#define DIVIDE_BY_16		3
#define CALIBRATE_NS		(10 * NS_PER_MSEC)

static u64 tsc_hz, timer_hz;	/* timer_hz: after division */
static bool deadline;

unsigned long long pm_timer_read(void)
{
	static u32 last;
	static u64 ticks;
	static bool running;
	u32 now = inl(comm_region->pm_timer_address) & PM_TIMER_MASK;

	if (running)
		ticks += (now - last) & PM_TIMER_MASK;
	running = true;
	last = now;
	return scale(ticks, NS_PER_SEC, PM_TIMER_HZ);
}

static u64 measure_tsc(void)
{
	u64 start = pm_timer_read(), tsc = read_tsc(), now;

	do
		now = pm_timer_read();
	while (now - start < CALIBRATE_NS);
	return scale(read_tsc() - tsc, NS_PER_SEC, now - start);
}

unsigned long tsc_init(void)
{
	long long given = cmdline_parse_int("tsc_freq", (long long)comm_region->tsc_khz * 1000);

	tsc_hz = given > 0 ? (u64)given : measure_tsc();
	return tsc_hz;
}

unsigned long tsc_read_ns(void)
{
	if (!tsc_hz)
		tsc_init();
	return scale(read_tsc(), NS_PER_SEC, tsc_hz);
}

/* Undivided frequency of the APIC timer. */
static u64 measure_apic(void)
{
	unsigned long start, now;
	u64 ticks;

	write_msr(X2APIC_TMICT, 0xffffffff);
	start = tsc_read_ns();
	do
		now = tsc_read_ns();
	while (now - start < CALIBRATE_NS);
	ticks = 0xffffffffU - (u32)read_msr(X2APIC_TMCCT);
	write_msr(X2APIC_TMICT, 0);
	return scale(ticks * 16, NS_PER_SEC, now - start);
}

unsigned long apic_timer_init(unsigned int vector)
{
	u64 hz = (u64)comm_region->apic_khz * 1000;

	if (!tsc_hz)
		tsc_init();
	deadline = read_cpuid(1, 0).ecx & CPUID_TSC_DEADLINE;
	if (deadline) {
		write_msr(X2APIC_LVTT, LVTT_TSC_DEADLINE | vector);
		/* The mode must be in force before a deadline is set (Intel SDM volume 3, 11.5.4.1). */
		asm volatile("mfence" : : : "memory");
		return tsc_hz;
	}
	write_msr(X2APIC_TDCR, DIVIDE_BY_16);
	write_msr(X2APIC_LVTT, LVTT_MASKED | vector);
	if (!hz)
		hz = measure_apic();
	timer_hz = hz / 16;
	write_msr(X2APIC_LVTT, vector);
	return hz;
}

void apic_timer_set(unsigned long long timeout_ns)
{
	u64 ticks;

	if (deadline) {
		write_msr(MSR_TSC_DEADLINE, read_tsc() + scale(timeout_ns, tsc_hz, NS_PER_SEC));
		return;
	}
	ticks = scale(timeout_ns, timer_hz, NS_PER_SEC);
	if (ticks > 0xffffffff)
		ticks = 0xffffffff;
	write_msr(X2APIC_TMICT, ticks ? ticks : 1);
}
