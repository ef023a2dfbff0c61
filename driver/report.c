// SPDX-License-Identifier: GPL-2.0
/*
 * Reads what the hypervisor writes while we look: each reader copies, then checks that nothing
 * changed meanwhile, and gives up after a bounded number of tries.
 */
#include <linux/delay.h>
#include <linux/minmax.h>
#include <linux/string.h>

#include "report.h"
#include "state.h"

#define REPORT_TRIES 1000

static u32 report_sequence_seen;

static const struct cellblock_report *report_page(void)
{
	if (!hypervisor.claim.base)
		return NULL;
	return hypervisor.claim.base + hypervisor.header.report_page;
}

void report_reset(void)
{
	report_sequence_seen = 0;
}

bool report_refusal(struct refusal *refusal)
{
	const struct cellblock_report *report = report_page();
	unsigned int tries;
	u32 sequence;

	BUILD_BUG_ON(sizeof(*refusal) > sizeof(report->refusal));
	for (tries = 0; report && tries < REPORT_TRIES; tries++, cpu_relax()) {
		sequence = READ_ONCE(report->refusal_sequence);
		smp_rmb();
		memcpy(refusal, report->refusal, sizeof(*refusal));
		smp_rmb();
		if ((sequence & 1) || sequence != READ_ONCE(report->refusal_sequence))
			continue;
		if (sequence == report_sequence_seen)
			return false;
		report_sequence_seen = sequence;
		refusal->cell[sizeof(refusal->cell) - 1] = '\0';
		return refusal->why != OK && refusal->why < STATUS_COUNT;
	}
	return false;
}

size_t report_denials(char *text, size_t size)
{
	const struct cellblock_report *report = report_page();
	unsigned int tries;
	size_t length;
	u32 count;

	for (tries = 0; report && tries < REPORT_TRIES; tries++, cpu_relax()) {
		count = READ_ONCE(report->denial_count);
		smp_rmb();
		length = min3((size_t)READ_ONCE(report->denials_length), sizeof(report->denials), size);
		memcpy(text, report->denials, length);
		smp_rmb();
		if (count == READ_ONCE(report->denial_count))
			return length;
	}
	return 0;
}

bool report_console(struct jailhouse_virt_console *copy)
{
	const struct jailhouse_virt_console *console;
	unsigned int tries;

	if (!hypervisor.claim.base)
		return false;
	console = hypervisor.claim.base + hypervisor.header.console_page;
	for (tries = 0; tries < REPORT_TRIES; tries++) {
		u32 tail = READ_ONCE(console->tail);

		smp_rmb();
		memcpy(copy, console, sizeof(*copy));
		smp_rmb();
		if (!copy->busy && copy->tail == tail && READ_ONCE(console->tail) == tail)
			break;
		usleep_range(10, 50);
	}
	return true;
}
