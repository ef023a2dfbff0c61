// SPDX-License-Identifier: GPL-2.0
/* How fast does the local APIC timer count? Linux knows, but keeps it to itself. */
#include <linux/irqflags.h>
#include <linux/math64.h>
#include <linux/types.h>
#include <asm/apic.h>
#include <asm/apicdef.h>
#include <asm/msr.h>
#include <asm/tsc.h>

#include "lapic_x86.h"

#define WINDOW_US	200	/* watched time */
#define NOISE_US	2	/* a reading that takes longer is no good */
#define TRIES		8

struct sample {
	u32 count;	/* counts down, in divided ticks */
	u64 tsc;	/* when it was read */
	bool good;
};

static u32 lapic_read(u32 reg)
{
	u64 value;

	if (!x2apic_mode)
		return native_apic_mem_read(reg);
	rdmsrl(APIC_BASE_MSR + (reg >> 4), value);
	return value;
}

static u64 us_to_tsc(unsigned int us)
{
	return div_u64((u64)tsc_khz * us, 1000);
}

static struct sample sample_take(void)
{
	struct sample sample;
	u64 before = rdtsc_ordered(), after;

	sample.count = lapic_read(APIC_TMCCT);
	after = rdtsc_ordered();
	sample.tsc = before + (after - before) / 2;
	sample.good = after - before < us_to_tsc(NOISE_US);
	return sample;
}

/* Bits 0, 1 and 3 of the divide register: 000 is 2, ... 110 is 128, 111 is 1 (SDM 3A, 11.5.4). */
static unsigned int divider(u32 tdcr)
{
	unsigned int code = (tdcr & 3) | ((tdcr >> 1) & 4);

	return 1U << ((code + 1) & 7);
}

static unsigned int lapic_khz_try(void)
{
	unsigned int divide = divider(lapic_read(APIC_TDCR));
	struct sample first, last;
	unsigned long flags;

	local_irq_save(flags);
	sample_take();		/* the first one takes longer, and is late */
	first = sample_take();
	while (rdtsc_ordered() - first.tsc < us_to_tsc(WINDOW_US))
		cpu_relax();
	last = sample_take();
	local_irq_restore(flags);

	/* Zero: it stands still or ran out meanwhile. Growing: it was set anew. */
	if (!first.good || !last.good || !last.count || last.count >= first.count)
		return 0;
	return div64_u64((u64)(first.count - last.count) * divide * tsc_khz, last.tsc - first.tsc);
}

unsigned int lapic_khz(void)
{
	unsigned int tries, khz = 0;

	for (tries = 0; !khz && tries < TRIES; tries++)
		khz = lapic_khz_try();
	return khz;
}
